//! The figures of a metric, wherever they are from: what somebody told of a period, else what is
//! counted for it on the deals. The current figure of what is counted is that of the last period
//! that is over; the one that runs is marked and judged only where there is no other.

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::metric::Observation;
use crate::domain::metric::account::counted;
use crate::store::metric::Told;

use super::super::error::Result;
use super::super::workspace::Workspace;

/// The source of a figure that is counted on deals.
pub const COUNTED: &str = "counted on deals";

/// The figures of a metric.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// One for each period, oldest first.
    pub all: Vec<Observation>,
    /// Those of them that are counted and not told.
    pub counted: Vec<Observation>,
}

impl Rows {
    /// The figures by which the metric is judged.
    #[must_use]
    pub fn judged(&self, today: NaiveDate) -> Vec<Observation> {
        let mut rows = self.all.clone();
        let runs = |one: &Observation| !one.period.is_complete(today) && self.counted.contains(one);
        if rows.len() > 1 && rows.last().is_some_and(runs) {
            rows.pop();
        }
        rows
    }

    /// The figures that are counted, told like those that somebody recorded.
    pub fn told(&self) -> impl Iterator<Item = Told> + '_ {
        self.counted.iter().map(|observation| Told {
            position: 0,
            observation: *observation,
            recorded_on: None,
            source: COUNTED.to_owned(),
            note: String::new(),
        })
    }
}

impl Workspace {
    /// The figures of a metric, with what was told of it.
    ///
    /// # Errors
    /// A storage error.
    pub fn rows_of(&self, metric: &Item, told: &[Told]) -> Result<Rows> {
        let mut all = counted(&told.iter().map(|one| one.observation).collect::<Vec<_>>());
        let on_deals = self.counted_on_deals(metric)?.unwrap_or_default();
        let known = |one: &Observation| {
            all.binary_search_by_key(&one.period.first(), |row| row.period.first()).is_ok()
        };
        let counted: Vec<Observation> = on_deals.into_iter().filter(|one| !known(one)).collect();
        all.extend(&counted);
        all.sort_by_key(|one| one.period.first());
        Ok(Rows { all, counted })
    }
}
