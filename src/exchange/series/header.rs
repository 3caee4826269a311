//! What columns of figures are called, and how much a row looks like their header.

use super::when;
use crate::exchange::names::normal;

/// What a column of a table of figures is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    When,
    Metric,
    Segment,
    Value,
    Count,
    Whole,
    Person,
    Insert,
}

const NAMES: [(&str, Role); 34] = [
    ("date", Role::When),
    ("day", Role::When),
    ("week", Role::When),
    ("month", Role::When),
    ("quarter", Role::When),
    ("period", Role::When),
    ("time", Role::When),
    ("timestamp", Role::When),
    ("datum", Role::When),
    ("weekof", Role::When),
    ("metric", Role::Metric),
    ("measure", Role::Metric),
    ("kpi", Role::Metric),
    ("event", Role::Metric),
    ("eventname", Role::Metric),
    ("metricname", Role::Metric),
    ("name", Role::Metric),
    ("segment", Role::Segment),
    ("group", Role::Segment),
    ("channel", Role::Segment),
    ("breakdown", Role::Segment),
    ("value", Role::Value),
    ("result", Role::Value),
    ("wert", Role::Value),
    ("valor", Role::Value),
    ("k", Role::Count),
    ("numerator", Role::Count),
    ("n", Role::Whole),
    ("denominator", Role::Whole),
    ("outof", Role::Whole),
    ("sample", Role::Whole),
    ("distinctid", Role::Person),
    ("$distinctid", Role::Person),
    ("$insertid", Role::Insert),
];

/// What a column of this name is about; `None` for a name of its own.
pub(super) fn role(name: &str) -> Option<Role> {
    let name = normal(name);
    NAMES.iter().find(|(alias, _)| *alias == name).map(|(_, role)| *role)
}

/// How much the cells look like a header: names count more than dates, of which rows of figures
/// hold one.
pub(super) fn score(cells: &[&str]) -> usize {
    const NAME: usize = 2;
    let points = |cell: &&str| {
        if cell.len() < 40 && role(cell).is_some() {
            NAME
        } else {
            usize::from(when::is_when(cell.trim()))
        }
    };
    cells.iter().map(points).sum()
}
