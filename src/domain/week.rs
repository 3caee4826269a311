//! The week as a budget: time by band, what it says, when to raise it, and how to plan it.
//! Formulas of `spec/3-model.md §3.4` on whole minutes; what they read comes in as arguments.

pub mod band;
pub mod capacity;
pub mod escalation;
pub mod fill;
pub mod fit;
pub mod guess;
pub mod letter;
pub mod overlap;
pub mod policy;
pub mod request;
pub mod share;
pub mod span;
pub mod stretch;
pub mod tally;
pub mod timer;
pub mod verdict;
pub mod zone;

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

pub use band::Band;
pub use span::Span;
pub use tally::Tally;
pub use verdict::Verdict;

use super::day;

/// Days after its end from which a week that nobody closed counts as closed \[D\].
pub const GRACE_DAYS: u64 = 7;
/// Working minutes of a week unless set \[D\].
pub const WEEKLY_MINUTES: i64 = 2_400;

/// One ISO 8601 week, Monday to Sunday. Ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Week(NaiveDate);

impl Week {
    /// The week that holds the date.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self(day::week_bounds(date).0)
    }

    /// Reads `2026-W53`; `None` when there is no such week.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        day::parse_week(key).map(Self)
    }

    #[must_use]
    pub fn monday(self) -> NaiveDate {
        self.0
    }

    #[must_use]
    pub fn sunday(self) -> NaiveDate {
        self.0.checked_add_days(Days::new(6)).unwrap_or(self.0)
    }

    #[must_use]
    pub fn next(self) -> Self {
        self.0.checked_add_days(Days::new(7)).map_or(self, Self)
    }

    #[must_use]
    pub fn previous(self) -> Self {
        self.0.checked_sub_days(Days::new(7)).map_or(self, Self)
    }

    #[must_use]
    pub fn holds(self, date: NaiveDate) -> bool {
        Self::of(date) == self
    }

    /// Weeks from this one to the other; negative when it lies before.
    #[must_use]
    pub fn weeks_to(self, other: Self) -> i64 {
        other.0.signed_duration_since(self.0).num_days() / 7
    }

    /// The seven days.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.0.iter_days().take(7)
    }

    /// Whether it counts as closed although nobody closed it: its seven days of grace are over.
    #[must_use]
    pub fn is_overdue(self, today: NaiveDate) -> bool {
        self.sunday().checked_add_days(Days::new(GRACE_DAYS)).is_some_and(|last| today > last)
    }
}

impl fmt::Display for Week {
    /// `2026-W53`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let week = self.0.iso_week();
        write!(out, "{:04}-W{:02}", week.year(), week.week())
    }
}

/// What can be worked in a week: the minutes agreed, less leave; never below nothing.
#[must_use]
pub fn available(weekly_minutes: i64, leave_minutes: i64) -> i64 {
    weekly_minutes.saturating_sub(leave_minutes.max(0)).max(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::day::fixture::{any_day, day};
    use super::*;

    /// Made by Python's `datetime`: year, Monday of its first week, number of its weeks.
    const ORACLE: &str = include_str!("../../tests/fixtures/calendar/iso-weeks.txt");

    #[test]
    fn weeks_are_those_of_an_independent_table() {
        let mut years = 0;
        for line in ORACLE.lines() {
            let mut words = line.split(' ');
            let mut word = || words.next().unwrap();
            let (year, mut monday) = (word().to_owned(), day(word()));
            let count: u32 = word().parse().unwrap();
            for number in 1..=count {
                let key = format!("{year}-W{number:02}");
                let week = Week::parse(&key).unwrap();
                assert_eq!((week.monday(), week.to_string()), (monday, key));
                for date in week.days() {
                    assert_eq!(Week::of(date), week);
                }
                monday = monday + Days::new(7);
            }
            assert_eq!(Week::parse(&format!("{year}-W{:02}", count + 1)), None);
            years += 1;
        }
        assert_eq!(years, 131);
    }

    #[test]
    fn the_end_of_a_year_is_one_step() {
        let last = Week::of(day("2027-01-01"));
        assert_eq!(last.to_string(), "2026-W53");
        assert_eq!(last.next().to_string(), "2027-W01");
        assert_eq!(last.next().previous(), last);
        assert_eq!(Week::parse("2026-W50").unwrap().weeks_to(last.next()), 4);
    }

    #[test]
    fn a_week_has_seven_days_to_be_closed_in() {
        let week = Week::parse("2026-W19").unwrap();
        assert_eq!(week.sunday(), day("2026-05-10"));
        assert!(!week.is_overdue(day("2026-05-17")));
        assert!(week.is_overdue(day("2026-05-18")));
    }

    #[test]
    fn leave_leaves_what_is_left() {
        assert_eq!(available(2_400, 480), 1_920);
        assert_eq!(available(2_400, 9_000), 0);
        assert_eq!(available(2_400, -5), 2_400);
    }

    proptest! {
        #[test]
        fn a_week_holds_its_days_and_no_others(date in any_day()) {
            let week = Week::of(date);
            prop_assert!(week.holds(date));
            prop_assert!(!week.holds(date + Days::new(7)));
            prop_assert_eq!(Week::parse(&week.to_string()).is_some(), (1970..=2100).contains(&week.monday().iso_week().year()));
        }
    }
}
