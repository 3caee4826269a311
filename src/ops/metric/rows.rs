//! The figures of a metric, wherever they are from: what somebody told of a period, else what is
//! counted for it on the deals or on what is known. The current figure of what is counted is that of the last period
//! that is over; the one that runs is marked and judged only where there is no other.

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::metric::Observation;
use crate::store::metric::Told;

use super::super::error::Result;
use super::super::workspace::Workspace;

/// What a figure is counted on that nobody told.
const ON_DEALS: &str = "counted on deals";
const ON_KNOWN: &str = "counted";

/// The figures of a metric.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// One for each period, oldest first.
    pub all: Vec<Observation>,
    /// Those of them that are counted and not told.
    pub counted: Vec<Observation>,
    /// What they were counted on.
    pub source: &'static str,
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
            source: self.source.to_owned(),
            note: String::new(),
        })
    }
}

impl Workspace {
    /// The figures of a metric, beside those that were told of it, of which one counts a period.
    ///
    /// # Errors
    /// A storage error.
    pub fn rows_of(&self, metric: &Item, mut all: Vec<Observation>) -> Result<Rows> {
        let (found, source) = match self.counted_on_deals(metric)? {
            Some(found) => (found, ON_DEALS),
            None => (self.counted_on_known(metric)?.unwrap_or_default(), ON_KNOWN),
        };
        let known = |one: &Observation| {
            all.binary_search_by_key(&one.period.first(), |row| row.period.first()).is_ok()
        };
        let counted: Vec<Observation> = found.into_iter().filter(|one| !known(one)).collect();
        all.extend(&counted);
        all.sort_by_key(|one| one.period.first());
        Ok(Rows { all, counted, source })
    }
}
