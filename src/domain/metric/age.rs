//! How old the newest figure is beside its cadence: fresh, stale or dead.

use chrono::NaiveDate;

use super::period::{Cadence, Period};

/// Stale above this many halves of a cadence, that is 1.5 [D].
const STALE_HALVES: i64 = 3;
/// Dead above this many cadences [D].
const DEAD: i64 = 3;

/// Whether a figure may still be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Freshness {
    Fresh,
    /// The status is shown grey.
    Stale,
    Dead,
}

/// The age of a figure in days since the end of its period, never below 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    pub days: i64,
    pub freshness: Freshness,
}

impl Age {
    #[must_use]
    pub fn of(newest: Period, cadence: Cadence, today: NaiveDate) -> Self {
        let days = today.signed_duration_since(newest.last()).num_days().max(0);
        let length = i64::from(cadence.days());
        let freshness = if days > DEAD * length {
            Freshness::Dead
        } else if 2 * days > STALE_HALVES * length {
            Freshness::Stale
        } else {
            Freshness::Fresh
        };
        Self { days, freshness }
    }

    /// `today`, `3 d old`, `stale 11 d`, `dead 40 d`.
    #[must_use]
    pub fn words(self) -> String {
        match self.freshness {
            Freshness::Fresh if self.days == 0 => "today".to_owned(),
            Freshness::Fresh => format!("{} d old", self.days),
            Freshness::Stale => format!("stale {} d", self.days),
            Freshness::Dead => format!("dead {} d", self.days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::day;
    use super::*;

    #[test]
    fn a_week_is_stale_after_ten_days_and_dead_after_three_weeks() {
        let newest = Period::parse("2026-W19", 1).unwrap();
        let words = |iso| Age::of(newest, Cadence::Weekly, day(iso)).words();
        assert_eq!(words("2026-05-06"), "today");
        assert_eq!(words("2026-05-13"), "3 d old");
        assert_eq!(words("2026-05-20"), "10 d old");
        assert_eq!(words("2026-05-21"), "stale 11 d");
        assert_eq!(words("2026-05-31"), "stale 21 d");
        assert_eq!(words("2026-06-01"), "dead 22 d");
    }

    #[test]
    fn a_month_has_thirty_days_and_a_quarter_ninety_one() {
        let fresh = |key: &str, cadence, iso| {
            Age::of(Period::parse(key, 1).unwrap(), cadence, day(iso)).freshness
        };
        assert_eq!(fresh("2026-04", Cadence::Monthly, "2026-06-14"), Freshness::Fresh);
        assert_eq!(fresh("2026-04", Cadence::Monthly, "2026-06-15"), Freshness::Stale);
        assert_eq!(fresh("2026-Q1", Cadence::Quarterly, "2026-08-14"), Freshness::Fresh);
        assert_eq!(fresh("2026-Q1", Cadence::Quarterly, "2026-08-15"), Freshness::Stale);
    }
}
