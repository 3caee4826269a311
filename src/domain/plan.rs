//! A plan with gates: milestones on numbered days from a start, in phases. Its figures are those
//! of `spec/3-model.md §3.4`; it knows no clock, and what ticks a milestone comes in as facts.

pub mod burn_up;
pub mod criterion;
pub mod exit;
pub mod figures;
pub mod forecast;
pub mod rebase;
pub mod stored;
pub mod template;

use std::fmt;

use chrono::{Days, NaiveDate};

pub use criterion::{Criterion, Fact, Facts, Figure, Measured, Proof, Standing};
pub use rebase::Baseline;
pub use template::Template;

/// A stretch of a plan, up to its last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    pub name: String,
    /// Counted from 1, as every day of a plan.
    pub last_day: u32,
}

/// Something that is to be true by a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// What stays the same when it is moved or renamed.
    pub key: String,
    pub title: String,
    pub due_day: u32,
    pub weight: u32,
    /// Whether its phase is late while it is open.
    pub gate: bool,
    pub criteria: Vec<Criterion>,
    pub done_on: Option<NaiveDate>,
}

/// A plan that runs from a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub name: String,
    /// Day 1.
    pub start: NaiveDate,
    pub days: u32,
    pub phases: Vec<Phase>,
    pub milestones: Vec<Milestone>,
    /// The days as they stood before each re-baseline; the first is the original.
    pub baselines: Vec<Baseline>,
}

/// Where a day stands in a plan: what the top line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standpoint {
    /// So many days before day 1.
    Before(u32),
    Day {
        day: u32,
        of: u32,
    },
    /// So many days after the last.
    After(u32),
}

impl Plan {
    /// The date of a numbered day; `day45` of the grammar.
    #[must_use]
    pub fn date(&self, day: u32) -> NaiveDate {
        let after = u64::from(day.saturating_sub(1));
        self.start.checked_add_days(Days::new(after)).unwrap_or(NaiveDate::MAX)
    }

    /// The number of a date: 1 on the first day, 0 or less before it.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> i64 {
        date.signed_duration_since(self.start).num_days() + 1
    }

    #[must_use]
    pub fn standpoint(&self, today: NaiveDate) -> Standpoint {
        let day = self.day(today);
        let whole = |days: i64| u32::try_from(days).unwrap_or(u32::MAX);
        if day < 1 {
            Standpoint::Before(whole(1 - day))
        } else if day > i64::from(self.days) {
            Standpoint::After(whole(day - i64::from(self.days)))
        } else {
            Standpoint::Day { day: whole(day), of: self.days }
        }
    }

    /// The place of the phase that a day falls into: the first that does not end before it, else
    /// the last.
    #[must_use]
    pub fn phase_of(&self, day: u32) -> usize {
        let found = self.phases.iter().position(|phase| day <= phase.last_day);
        found.unwrap_or(self.phases.len().saturating_sub(1))
    }

    /// The milestones of the phase at this place, in their order.
    pub fn in_phase(&self, place: usize) -> impl Iterator<Item = &Milestone> {
        self.milestones.iter().filter(move |one| self.phase_of(one.due_day) == place)
    }
}

impl fmt::Display for Standpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before(days) => write!(out, "plan starts in {days} d"),
            Self::Day { day, of } => write!(out, "day {day}/{of}"),
            Self::After(days) => write!(out, "plan ended {days} d ago"),
        }
    }
}

#[cfg(test)]
pub(super) mod sample {
    use super::*;
    use crate::domain::day::fixture::day;

    pub fn milestone(key: &str, due_day: u32, weight: u32) -> Milestone {
        Milestone {
            key: key.to_owned(),
            title: key.to_owned(),
            due_day,
            weight,
            gate: false,
            criteria: Vec::new(),
            done_on: None,
        }
    }

    /// Three phases of ten days from Mon 4 May 2026, a gate at the end of the first.
    pub fn plan() -> Plan {
        let phase = |name: &str, last_day| Phase { name: name.to_owned(), last_day };
        let mut milestones = vec![
            milestone("a", 5, 1),
            milestone("b", 10, 3),
            milestone("c", 20, 2),
            milestone("d", 30, 4),
        ];
        milestones[1].gate = true;
        Plan {
            name: "sample".to_owned(),
            start: day("2026-05-04"),
            days: 30,
            phases: vec![phase("one", 10), phase("two", 20), phase("three", 30)],
            milestones,
            baselines: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sample::plan;
    use super::*;
    use crate::domain::day::fixture::day;

    #[test]
    fn the_first_day_is_day_one() {
        let plan = plan();
        let says = |iso| plan.standpoint(day(iso)).to_string();
        assert_eq!(says("2026-05-04"), "day 1/30");
        assert_eq!(says("2026-06-02"), "day 30/30");
        assert_eq!(says("2026-06-03"), "plan ended 1 d ago");
        assert_eq!(says("2026-05-01"), "plan starts in 3 d");
        assert_eq!(plan.date(30), day("2026-06-02"));
    }

    #[test]
    fn days_go_over_new_year_a_leap_day_and_week_53() {
        let at = |start: &str| Plan { start: day(start), days: 90, ..plan() };
        assert_eq!(at("2026-12-01").date(37), day("2027-01-06"));
        assert_eq!(at("2026-12-01").standpoint(day("2027-01-01")).to_string(), "day 32/90");
        assert_eq!(at("2028-02-28").date(2), day("2028-02-29"));
        assert_eq!(at("2028-02-28").date(3), day("2028-03-01"));
        assert_eq!(at("2027-02-28").date(2), day("2027-03-01"));
        for number in 1..=90 {
            assert_eq!(at("2026-11-15").day(at("2026-11-15").date(number)), i64::from(number));
        }
    }

    #[test]
    fn a_milestone_is_in_the_phase_of_its_day() {
        let plan = plan();
        let keys =
            |place| plan.in_phase(place).map(|one| one.key.clone()).collect::<Vec<_>>().concat();
        assert_eq!([keys(0), keys(1), keys(2)], ["ab", "c", "d"]);
        assert_eq!(plan.phase_of(99), 2);
    }
}
