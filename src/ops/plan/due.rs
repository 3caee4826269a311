//! What is due by a day, of every kind, each with why; for `due`, reports and status bars.

use chrono::NaiveDate;

use crate::domain::decision::standing::Exception;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::listing::last_day;
use crate::domain::metric::Period;

use super::super::error::Result;
use super::super::workspace::Workspace;

/// Metrics that are told as due.
const FIGURES: usize = 1_000;

/// Something that is due.
#[derive(Debug, Clone)]
pub struct Due {
    pub item: Item,
    pub day: NaiveDate,
    /// Why it is: `3 days late`, `a review is due`.
    pub why: String,
}

impl Due {
    fn by_its_day(item: Item, today: NaiveDate) -> Option<Self> {
        let day = last_day(&item)?;
        let days = (day - today).num_days();
        let many = if days.abs() == 1 { "day" } else { "days" };
        let is_back = item.state().slug == "deferred" && item.day("deferred_until") == Some(day);
        let why = match days {
            ..=0 if is_back => Exception::Back { days: -days }.words(),
            0 => "due today".to_owned(),
            1.. => format!("due in {days} {many}"),
            _ => format!("{} {many} late", -days),
        };
        Some(Self { item, day, why })
    }
}

impl Workspace {
    /// What is open and due by a day, of every kind: by its own day, a decided decision by that of
    /// its review, a metric by the end of the period that has no figure yet; the earliest first.
    ///
    /// # Errors
    /// A storage error.
    pub fn due_by(&self, by: NaiveDate) -> Result<Vec<Due>> {
        let today = self.clock.today();
        let mut found = Vec::new();
        for kind in Kind::ALL.into_iter().filter(|kind| kind.noun().due.is_some()) {
            let items = self.store.items(&self.store.due_by(kind, by)?)?;
            found.extend(items.into_iter().filter_map(|item| Due::by_its_day(item, today)));
        }
        let reviews = self.store.items(&self.store.reviews_due(by, usize::MAX)?)?;
        found.extend(reviews.into_iter().filter_map(|item| {
            let day = item.day("review_on")?;
            Some(Due { item, day, why: "did it work? a review is due".to_owned() })
        }));
        found.extend(self.figures_due()?);
        found.sort_by_key(|one| (one.day, one.item.kind(), one.item.reference.number));
        found.dedup_by_key(|one| one.item.id);
        Ok(found)
    }

    /// The metrics whose last period is over and has no figure.
    fn figures_due(&self) -> Result<Vec<Due>> {
        let (glances, _) = self.metrics_due(FIGURES)?;
        let ids: Vec<ItemId> = glances.iter().map(|glance| glance.id).collect();
        let items = self.store.items(&ids)?;
        let told = glances.into_iter().filter_map(|glance| {
            let item = items.iter().find(|item| item.id == glance.id)?.clone();
            let key = glance.due?;
            let day = Period::parse(&key, self.settings.fiscal_start_month)?.next().first();
            Some(Due { item, day, why: format!("{key} has no figure yet") })
        });
        Ok(told.collect())
    }
}
