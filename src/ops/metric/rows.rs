//! The figures of a metric, wherever they are from: what somebody told of a period, else what is
//! counted for it on the deals or on what is known. The current figure of what is counted is that of the last period
//! that is over; the one that runs is marked and judged only where there is no other.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::metric::account;
use crate::domain::metric::computed::Formula;
use crate::domain::metric::{Observation, Reading, Terms};
use crate::store::Write;
use crate::store::deal::Deals;
use crate::store::metric::{Metrics, Told};

use super::super::deal::Ledger;
use super::super::deal::ledger::Asked;
use super::super::error::Result;
use super::super::workspace::{Settings, Workspace};
use super::known::{self, Counted};

/// Periods after the newest figure beyond which nobody looks for the last that is over.
const FURTHEST: usize = 4_000;
/// Nothing was there to be counted.
const NOTHING: Reading = Reading::Share { k: 0, n: 0 };

/// What figures are counted on that nobody told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    #[default]
    Deals,
    /// What is known, period by period.
    Known,
    /// What is known up to this day: the period that runs counts like any other.
    ToThisDay,
}

impl Source {
    fn words(self) -> &'static str {
        match self {
            Self::Deals => "counted on deals",
            Self::Known | Self::ToThisDay => "counted",
        }
    }
}

/// The figures of a metric.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// One for each period, oldest first.
    pub all: Vec<Observation>,
    /// Those of them that are counted and not told.
    pub counted: Vec<Observation>,
    /// What stands beside some of those, by the first day of their period.
    pub notes: Vec<(NaiveDate, String)>,
    /// Where those are from.
    pub source: Source,
    /// What is counted for the newest period, beside what somebody told of it.
    pub beside: Option<Observation>,
}

impl Rows {
    /// The figures by which the metric is judged.
    #[must_use]
    pub fn judged(&self, today: NaiveDate) -> Cow<'_, [Observation]> {
        if self.counted.is_empty() || self.source == Source::ToThisDay {
            return Cow::Borrowed(&self.all);
        }
        let mut rows = self.all.clone();
        let runs = |one: &Observation| !one.period.is_complete(today) && self.counted.contains(one);
        if rows.len() > 1 && rows.last().is_some_and(runs) {
            rows.pop();
        }
        // What is counted reads the last period that is over, and nothing where it holds nothing.
        if let Some(last) = rows.last().copied().filter(|one| self.counted.contains(one)) {
            let later = std::iter::successors(Some(last.period.next()), |one| Some(one.next()));
            let over = later.take(FURTHEST).take_while(|one| one.is_complete(today)).last();
            rows.extend(over.map(|period| Observation { period, reading: NOTHING }));
        }
        Cow::Owned(rows)
    }

    /// What stands beside the figure of the period that begins on this day.
    #[must_use]
    pub fn note(&self, first: NaiveDate) -> &str {
        self.notes.iter().find(|(day, _)| *day == first).map_or("", |(_, note)| note)
    }

    /// The figures that are counted, told like those that somebody recorded.
    pub fn told(&self) -> impl Iterator<Item = Told> + '_ {
        self.counted.iter().map(|observation| Told {
            position: 0,
            observation: *observation,
            recorded_on: None,
            source: self.source.words().to_owned(),
            note: self.note(observation.period.first()).to_owned(),
        })
    }
}

impl Rows {
    /// What was told, of which one counts a period, and what is counted for the periods of which
    /// nothing was.
    #[must_use]
    pub fn of(mut all: Vec<Observation>, counted: Vec<Observation>, source: Source) -> Self {
        let is_told = |one: &Observation| {
            all.binary_search_by_key(&one.period.first(), |row| row.period.first()).is_ok()
        };
        let beside = all.last().and_then(|newest| {
            counted.iter().copied().find(|one| one.period.first() == newest.period.first())
        });
        let counted: Vec<Observation> = counted.into_iter().filter(|one| !is_told(one)).collect();
        all.extend(&counted);
        all.sort_by_key(|one| one.period.first());
        let beside = beside.filter(|one| all.last().is_some_and(|last| last.period == one.period));
        Self { all, counted, notes: Vec::new(), source, beside }
    }

    fn known(told: Vec<Observation>, known: Counted) -> Self {
        Self { notes: known.notes, ..Self::of(told, known.rows, known.source) }
    }
}

impl Workspace {
    /// The figures of a metric, beside those that were told of it, of which one counts a period.
    ///
    /// # Errors
    /// A storage error.
    pub fn rows_of(&self, metric: &Item, told: Vec<Observation>) -> Result<Rows> {
        let today = self.clock.today();
        let mut told = of_its_cadence(metric, told);
        // Seen from a day that is over, only what was over by then is there.
        told.retain(|one| match self.looks_back_to {
            Some((last, _)) => one.period.last() <= last,
            None => one.period.first() <= today,
        });
        if let Some(known) = known::counted(&self.store, metric, &self.settings, today)? {
            return Ok(Rows::known(told, known));
        }
        let on_deals = self.counted_on_deals(metric)?.unwrap_or_default();
        Ok(Rows::of(told, on_deals, Source::Deals))
    }
}

/// The readings at the rhythm in which the metric is read now: a week among months would be a month
/// of seven days. Those of another stay on record and count for nothing.
#[must_use]
pub fn of_its_cadence(metric: &Item, mut told: Vec<Observation>) -> Vec<Observation> {
    let cadence = Terms::of(metric).cadence;
    told.retain(|one| one.period.cadence() == cadence);
    told
}

/// The figures of a metric as a write finds them, before it is over.
///
/// # Errors
/// A storage error.
pub fn within(
    write: &Write<'_>,
    metric: &Item,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Rows> {
    let fiscal = settings.fiscal_start_month;
    let told = write.readings(&[metric.id], fiscal)?.remove(&metric.id).unwrap_or_default();
    let told = account::counted(told.iter().map(|one| one.observation).collect());
    let told = of_its_cadence(metric, told);
    if let Some(known) = known::counted(write, metric, settings, today)? {
        return Ok(Rows::known(told, known));
    }
    let is_on_deals = Formula::from_slug(metric.text("catalogue")).is_some();
    if !is_on_deals || !write.has_deals()? {
        return Ok(Rows::of(told, Vec::new(), Source::Deals));
    }
    let ledger = Ledger::read(write)?;
    let asked = Asked::of(metric, &ledger, (today, fiscal));
    let counted = asked.map(|asked| ledger.series(&asked, fiscal)).unwrap_or_default();
    Ok(Rows::of(told, counted, Source::Deals))
}
