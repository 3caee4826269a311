//! What a metric of the workspace says about its figures: unit, direction, cadence, and the goal,
//! which is that of the outcome it shows, else its own.

use chrono::NaiveDate;

use super::goal::{Aim, Direction, Goal};
use super::period::Cadence;
use super::unit::Unit;
use crate::domain::day::{parse_quarter, quarter_bounds};
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::value::Value;

/// The fields that say what a figure is to become; of a share they are kept in per cent.
pub const AIMS: [&str; 4] = ["baseline", "target", "low", "high"];

/// Per cent as a fraction of 1, as its decimals say: 7.1 is 0.071.
#[must_use]
pub fn fraction(per_cent: f64) -> f64 {
    shifted(per_cent, "e-2")
}

/// A fraction of 1 in per cent: 0.071 is 7.1.
#[must_use]
pub fn per_cent(fraction: f64) -> f64 {
    shifted(fraction, "e2")
}

/// Text is the exact way from decimal digits to the nearest double.
fn shifted(number: f64, power: &str) -> f64 {
    format!("{number}{power}").parse().unwrap_or(number)
}

/// Whether the field says what a share is to become.
#[must_use]
pub fn is_aim_of_share(item: &Item, field: &str) -> bool {
    item.kind() == Kind::Metric
        && AIMS.contains(&field)
        && Unit::from_slug(item.text("unit")) == Some(Unit::Share)
}

/// The terms under which a figure is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    pub unit: Unit,
    pub direction: Direction,
    pub cadence: Cadence,
}

/// What is aimed at, as people typed it: the fields of a metric or of an outcome that a goal is made
/// of. An outcome has no range and begins with its quarter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    pub baseline: Option<f64>,
    pub target: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub starts_on: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    pub quarter: String,
}

impl Marks {
    #[must_use]
    pub fn of(item: &Item) -> Self {
        Self {
            baseline: real(item, "baseline"),
            target: real(item, "target"),
            low: real(item, "low"),
            high: real(item, "high"),
            starts_on: item.day("starts_on"),
            due: item.day("due"),
            quarter: item.text("quarter").to_owned(),
        }
    }
}

impl Terms {
    #[must_use]
    pub fn of(metric: &Item) -> Self {
        Self::named(metric.text("unit"), metric.text("direction"), metric.text("cadence"))
    }

    /// By the words that a metric has for them; a word that is none, as another program may write
    /// it, is the usual one.
    #[must_use]
    pub fn named(unit: &str, direction: &str, cadence: &str) -> Self {
        Self {
            unit: Unit::from_slug(unit).unwrap_or(Unit::Share),
            direction: Direction::from_slug(direction).unwrap_or(Direction::Up),
            cadence: Cadence::from_slug(cadence).unwrap_or(Cadence::Weekly),
        }
    }

    /// A figure as people type it into a field (`30` of per cent) as the figure that is reckoned
    /// with (0.30).
    #[must_use]
    pub fn figure(self, typed: f64) -> f64 {
        if self.unit == Unit::Share { fraction(typed) } else { typed }
    }

    /// The goal of the metric: that of the outcome which it shows, as far as it has one, else its
    /// own. A target without a baseline begins where the first reading was.
    #[must_use]
    pub fn goal(
        self,
        metric: &Marks,
        outcome: Option<&Marks>,
        (first, today): (Option<f64>, NaiveDate),
        fiscal_start_month: u32,
    ) -> Option<Goal> {
        let figure = |typed: Option<f64>| typed.map(|typed| self.figure(typed));
        let of_outcome = |mark: fn(&Marks) -> Option<f64>| figure(outcome.and_then(mark));
        let aim = match self.direction {
            Direction::Range => {
                let (low, high) = (figure(metric.low), figure(metric.high));
                if low.is_none() && high.is_none() {
                    return None;
                }
                let (low, high) = (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY));
                Aim::Range { low, high }
            }
            Direction::Up | Direction::Down => {
                let target = self.target(metric, outcome)?;
                let baseline = of_outcome(|one| one.baseline);
                let baseline = baseline.or_else(|| figure(metric.baseline)).or(first)?;
                if self.direction == Direction::Up {
                    Aim::Up { baseline, target }
                } else {
                    Aim::Down { baseline, target }
                }
            }
        };
        let due = outcome.and_then(|one| one.due).or(metric.due);
        let quarter = outcome.and_then(|one| parse_quarter(&one.quarter, fiscal_start_month));
        let anchor = quarter.or(due).unwrap_or(today);
        let (start, end) = quarter_bounds(anchor, fiscal_start_month);
        let starts_on = metric.starts_on.unwrap_or(start);
        let due = due.unwrap_or(end);
        Some(Goal { aim, starts_on: starts_on.min(due), due })
    }

    /// The figure to reach: that of the outcome, else its own.
    #[must_use]
    pub fn target(self, metric: &Marks, outcome: Option<&Marks>) -> Option<f64> {
        let typed = outcome.and_then(|one| one.target).or(metric.target)?;
        Some(self.figure(typed))
    }
}

fn real(item: &Item, name: &str) -> Option<f64> {
    match item.get(name) {
        Value::Real(number) => Some(*number),
        _ => None,
    }
}
