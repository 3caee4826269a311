//! When a figure was measured: a key of a period, or a day whose period depends on how often its
//! metric is measured, which the gaps between its days tell.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Found;
use crate::domain::metric::period::{Cadence, Period};
use crate::exchange::dates::{self, DayOrder, End, NoDate};
use crate::exchange::read_error::ReadError;

/// As the file says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Key(Period),
    Day(NaiveDate),
}

/// What the day of a figure is to its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    /// Its first: a week may begin on Sunday.
    FirstDay,
    AnyDay,
}

/// The period or the day that the text names; keys such as `2026-W19`, `2026-Q2` and `2026-05`
/// first.
///
/// # Errors
/// When it is neither.
pub(super) fn read(
    text: &str,
    order: Option<DayOrder>,
    fiscal_start_month: u32,
) -> Result<When, NoDate> {
    match Period::parse(text, fiscal_start_month) {
        Some(period) if period.cadence() != Cadence::Daily => Ok(When::Key(period)),
        Some(_) | None => dates::read(text, order, End::First).map(When::Day),
    }
}

/// Whether a cell says when, in any order of day and month.
pub(super) fn is_when(text: &str) -> bool {
    text.len() < 40 && (dates::vote(text).is_some() || Period::parse(text, 1).is_some())
}

impl When {
    pub fn period(self, cadence: Cadence, beginning: Beginning, fiscal_start_month: u32) -> Period {
        match (self, beginning) {
            (Self::Key(period), _) => period,
            (Self::Day(day), Beginning::FirstDay) => {
                Period::begun(day, cadence, fiscal_start_month)
            }
            (Self::Day(day), Beginning::AnyDay) => Period::of(day, cadence, fiscal_start_month),
        }
    }
}

/// Whose days tell how often a metric is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pool {
    /// Its own.
    Metric,
    /// Those of the file, where all metrics share the same days and some have gaps.
    File,
}

/// How often each metric is measured: as told, else by the least gap between its days, else as
/// the other metrics of the file.
///
/// # Errors
/// The metrics of which nothing tells.
pub(super) fn cadences(
    found: &[Found],
    told: Option<Cadence>,
    pool: Pool,
) -> Result<BTreeMap<String, Cadence>, ReadError> {
    let mut days: BTreeMap<&str, BTreeSet<NaiveDate>> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for one in found {
        if let When::Day(day) = one.when {
            days.entry(&one.metric).or_default().insert(day);
            all.insert(day);
        }
    }
    let own = |days: &BTreeSet<NaiveDate>| told.or_else(|| Cadence::from_gap(least_gap(days)?));
    let of_file = own(&all);
    let own: BTreeMap<&str, Option<Cadence>> = days
        .iter()
        .map(|(metric, days)| match pool {
            Pool::Metric => (*metric, own(days)),
            Pool::File => (*metric, of_file),
        })
        .collect();
    let mut known = own.values().flatten().copied();
    let first = known.next();
    let elsewhere = first.filter(|first| known.all(|other| other == *first));
    let wider = |metric: &str, cadence: &Cadence| {
        let gap = days.get(metric).and_then(least_gap);
        gap.is_none_or(|gap| gap > i64::from(cadence.days()))
    };
    let mut cadences = BTreeMap::new();
    let mut unknown = Vec::new();
    for (metric, cadence) in own {
        match cadence.or_else(|| elsewhere.filter(|cadence| wider(metric, cadence))) {
            Some(cadence) => {
                cadences.insert(metric.to_owned(), cadence);
            }
            None => unknown.push(metric.to_owned()),
        }
    }
    if unknown.is_empty() { Ok(cadences) } else { Err(ReadError::NoCadence { metrics: unknown }) }
}

/// The fewest days between two of these; `None` of one alone.
fn least_gap(days: &BTreeSet<NaiveDate>) -> Option<i64> {
    let pairs = days.iter().zip(days.iter().skip(1));
    pairs.map(|(one, next)| next.signed_duration_since(*one).num_days()).min()
}
