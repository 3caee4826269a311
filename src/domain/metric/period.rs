//! The stretch of days that a figure is about: a day, an ISO week, a month or a fiscal quarter,
//! and its key. Weeks begin on Monday whatever a source says.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::day::{
    YEARS, parse_quarter, parse_week, quarter_bounds, quarter_key, week_bounds, week_key,
};

/// How often a figure is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cadence {
    Daily,
    Weekly,
    Monthly,
    Quarterly,
}

impl Cadence {
    pub const ALL: [Self; 4] = [Self::Daily, Self::Weekly, Self::Monthly, Self::Quarterly];

    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
        }
    }

    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cadence| cadence.slug() == slug)
    }

    /// Days that a period of this cadence counts for in staleness.
    #[must_use]
    pub fn days(self) -> u32 {
        match self {
            Self::Daily => 1,
            Self::Weekly => 7,
            Self::Monthly => 30,
            Self::Quarterly => 91,
        }
    }

    /// The cadence whose periods begin about so many days apart; `None` when none does.
    #[must_use]
    pub fn from_gap(days: i64) -> Option<Self> {
        match days {
            1 => Some(Self::Daily),
            7 => Some(Self::Weekly),
            28..=31 => Some(Self::Monthly),
            89..=92 => Some(Self::Quarterly),
            _ => None,
        }
    }
}

/// A period, from its first day to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: NaiveDate,
    last: NaiveDate,
    cadence: Cadence,
}

impl Period {
    /// The period of this cadence that holds the day. Only quarters ask for the fiscal start.
    #[must_use]
    pub fn of(day: NaiveDate, cadence: Cadence, fiscal_start_month: u32) -> Self {
        let (first, last) = match cadence {
            Cadence::Daily => (day, day),
            Cadence::Weekly => week_bounds(day),
            Cadence::Monthly => months_from(day.with_day(1).unwrap_or(day), 1),
            Cadence::Quarterly => quarter_bounds(day, fiscal_start_month),
        };
        Self { first, last, cadence }
    }

    /// The period that a source means by its first day. A week that begins on Sunday is the ISO
    /// week that holds most of it.
    #[must_use]
    pub fn begun(day: NaiveDate, cadence: Cadence, fiscal_start_month: u32) -> Self {
        const TO_MIDDLE: Days = Days::new(3);
        let within = match cadence {
            Cadence::Weekly => day.checked_add_days(TO_MIDDLE).unwrap_or(day),
            Cadence::Daily | Cadence::Monthly | Cadence::Quarterly => day,
        };
        Self::of(within, cadence, fiscal_start_month)
    }

    /// Reads `2026-W19`, `2026-05`, `2026-Q2` and `2026-05-04`.
    #[must_use]
    pub fn parse(key: &str, fiscal_start_month: u32) -> Option<Self> {
        let key = key.trim();
        if let Some(first) = parse_week(key) {
            let last = first.checked_add_days(Days::new(6)).unwrap_or(first);
            return Some(Self { first, last, cadence: Cadence::Weekly });
        }
        if let Some(first) = parse_quarter(key, fiscal_start_month) {
            return Some(Self::of(first, Cadence::Quarterly, fiscal_start_month));
        }
        let digits = key.bytes().filter(u8::is_ascii_digit).count();
        let (text, cadence) = match (key.len(), digits) {
            (7, 6) => (format!("{key}-01"), Cadence::Monthly),
            (10, 8) => (key.to_owned(), Cadence::Daily),
            _ => return None,
        };
        let day: NaiveDate = text.parse().ok()?;
        YEARS.contains(&day.year()).then(|| Self::of(day, cadence, fiscal_start_month))
    }

    /// The key under which it is stored and typed.
    #[must_use]
    pub fn key(self, fiscal_start_month: u32) -> String {
        match self.cadence {
            Cadence::Daily => self.first.to_string(),
            Cadence::Weekly => week_key(self.first),
            Cadence::Monthly => self.first.format("%Y-%m").to_string(),
            Cadence::Quarterly => quarter_key(self.first, fiscal_start_month),
        }
    }

    #[must_use]
    pub fn cadence(self) -> Cadence {
        self.cadence
    }

    #[must_use]
    pub fn first(self) -> NaiveDate {
        self.first
    }

    #[must_use]
    pub fn last(self) -> NaiveDate {
        self.last
    }

    #[must_use]
    pub fn holds(self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Whether its last day is over.
    #[must_use]
    pub fn is_complete(self, today: NaiveDate) -> bool {
        self.last < today
    }

    #[must_use]
    pub fn next(self) -> Self {
        let first = self.last.succ_opt().unwrap_or(self.last);
        self.starting(first)
    }

    #[must_use]
    pub fn previous(self) -> Self {
        let first = match self.cadence {
            Cadence::Daily => self.first.pred_opt(),
            Cadence::Weekly => self.first.checked_sub_days(Days::new(7)),
            Cadence::Monthly => self.first.checked_sub_months(Months::new(1)),
            Cadence::Quarterly => self.first.checked_sub_months(Months::new(3)),
        };
        self.starting(first.unwrap_or(self.first))
    }

    /// The last period of this cadence that is over.
    #[must_use]
    pub fn last_complete(today: NaiveDate, cadence: Cadence, fiscal_start_month: u32) -> Self {
        Self::of(today, cadence, fiscal_start_month).previous()
    }

    /// So many periods, oldest first, of which this is the last.
    #[must_use]
    pub fn back(self, count: usize) -> Vec<Self> {
        let mut periods: Vec<Self> =
            std::iter::successors(Some(self), |period| Some(period.previous()))
                .take(count)
                .collect();
        periods.reverse();
        periods
    }

    fn starting(self, first: NaiveDate) -> Self {
        let (first, last) = match self.cadence {
            Cadence::Daily => (first, first),
            Cadence::Weekly => week_bounds(first),
            Cadence::Monthly => months_from(first, 1),
            Cadence::Quarterly => months_from(first, 3),
        };
        Self { first, last, ..self }
    }
}

/// The first day and the last of so many months.
fn months_from(first: NaiveDate, count: u32) -> (NaiveDate, NaiveDate) {
    let after = first.checked_add_months(Months::new(count));
    (first, after.and_then(|day| day.pred_opt()).unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixture::day;
    use super::*;

    #[test]
    fn keys_known_by_hand() {
        for (iso, cadence, key, first, last) in [
            ("2026-05-06", Cadence::Daily, "2026-05-06", "2026-05-06", "2026-05-06"),
            ("2026-05-06", Cadence::Weekly, "2026-W19", "2026-05-04", "2026-05-10"),
            ("2027-01-01", Cadence::Weekly, "2026-W53", "2026-12-28", "2027-01-03"),
            ("2028-02-11", Cadence::Monthly, "2028-02", "2028-02-01", "2028-02-29"),
            ("2026-05-06", Cadence::Quarterly, "2026-Q2", "2026-04-01", "2026-06-30"),
        ] {
            let period = Period::of(day(iso), cadence, 1);
            assert_eq!((period.first(), period.last()), (day(first), day(last)), "{key}");
            assert_eq!(period.key(1), key);
            assert_eq!(Period::parse(key, 1), Some(period), "{key}");
        }
        for key in ["", "2026", "2026-W54", "2026-13", "2026-Q5", "2026-02-30", "1969-05", "May"] {
            assert_eq!(Period::parse(key, 1), None, "{key}");
        }
    }

    #[test]
    fn a_week_that_begins_on_sunday_is_the_week_of_its_middle() {
        let sunday = Period::begun(day("2026-05-03"), Cadence::Weekly, 1);
        assert_eq!(sunday.key(1), "2026-W19");
        assert_eq!(Period::begun(day("2026-05-04"), Cadence::Weekly, 1), sunday);
    }

    #[test]
    fn the_running_period_is_not_the_last_complete_one() {
        let monday = day("2026-05-11");
        assert_eq!(Period::last_complete(monday, Cadence::Weekly, 1).key(1), "2026-W19");
        assert_eq!(Period::last_complete(day("2026-05-10"), Cadence::Weekly, 1).key(1), "2026-W18");
        assert!(!Period::of(monday, Cadence::Weekly, 1).is_complete(monday));
        assert_eq!(Period::last_complete(monday, Cadence::Quarterly, 2).key(2), "2027-Q1");
    }

    #[test]
    fn gaps_tell_the_cadence() {
        let found: Vec<_> = [1, 7, 28, 31, 92, 14, 0].map(Cadence::from_gap).into();
        let slugs: Vec<&str> = found.iter().map(|one| one.map_or("-", Cadence::slug)).collect();
        assert_eq!(slugs, ["daily", "weekly", "monthly", "monthly", "quarterly", "-", "-"]);
    }

    proptest! {
        #[test]
        fn periods_stand_side_by_side_and_keys_read_back(
            days in 0_u64..45_000, cadence in 0_usize..4, start in 1_u32..=12,
        ) {
            let date = day("1971-01-01") + Days::new(days);
            let period = Period::of(date, Cadence::ALL[cadence], start);
            prop_assert!(period.holds(date));
            prop_assert_eq!(period.next().first(), period.last() + Days::new(1));
            prop_assert_eq!(period.next().previous(), period);
            prop_assert_eq!(Period::of(period.last(), period.cadence(), start), period);
            prop_assert_eq!(Period::parse(&period.key(start), start), Some(period));
            prop_assert_eq!(period.back(13).len(), 13);
        }
    }
}
