//! The reports that go to people who are not at the workspace: which there are, what each looks
//! back on, and the shipped template of each.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::refusal::Refusal;
use super::sheet::Sheet;
use super::slugs::slugs;
use super::week::Week;

/// Days that the one-pager looks back and ahead \[D\].
pub const HORIZON_DAYS: u64 = 30;
/// Days at the beginning of a month in which its report is about the month before.
const LATE_DAYS: u32 = 10;

slugs! {
    /// Which report.
    ReportKind {
        Week => "week", "weekly readout";
        Month => "month", "monthly review";
        Exec => "exec", "executive one-pager";
    }
}

impl ReportKind {
    /// The template as it ships.
    #[must_use]
    pub fn shipped(self) -> Sheet<'static> {
        match self {
            Self::Week => {
                Sheet::new("reports/week.md", include_str!("../../assets/reports/week.md"))
            }
            Self::Month => {
                Sheet::new("reports/month.md", include_str!("../../assets/reports/month.md"))
            }
            Self::Exec => {
                Sheet::new("reports/exec.md", include_str!("../../assets/reports/exec.md"))
            }
        }
    }

    /// As it is logged where it went: `executive one-pager, 6 April to 6 May 2026`.
    #[must_use]
    pub fn sent(self, today: NaiveDate) -> String {
        format!("{}, {}", self.words(), self.period(today))
    }

    /// What a time that ends on a day is called in the name of a file: `2026-W12`, `2026-03`.
    #[must_use]
    pub fn key(self, last: NaiveDate) -> String {
        match self {
            Self::Week => Week::of(last).to_string(),
            Self::Month => last.format("%Y-%m").to_string(),
            Self::Exec => last.to_string(),
        }
    }

    /// The last day of a time that is over, named as `2026-W12`, `2026-03` or `2026-03-31`; nothing
    /// for the time that runs.
    ///
    /// # Errors
    /// When it is not named so, or has not begun.
    pub fn last_day(self, named: &str, today: NaiveDate) -> Result<Option<NaiveDate>, Refusal> {
        let month = || NaiveDate::parse_from_str(&format!("{named}-01"), "%Y-%m-%d").ok();
        let days = match self {
            Self::Week => Week::parse(named).map(|week| (week.monday(), week.sunday())),
            Self::Month => month().and_then(|first| {
                let next = first.checked_add_months(Months::new(1))?;
                Some((first, next.pred_opt()?))
            }),
            Self::Exec => NaiveDate::parse_from_str(named, "%Y-%m-%d").ok().map(|day| (day, day)),
        };
        let Some((first, last)) = days else {
            let (what, such) = match self {
                Self::Week => ("week", "2026-W12"),
                Self::Month => ("month", "2026-03"),
                Self::Exec => ("day", "2026-03-31"),
            };
            let named = format!("“{named}” is no {what}");
            return Err(Refusal::input(named).hint(format!("say it as {such}")));
        };
        if first > today {
            return Err(Refusal::input(format!("{named} has not begun")));
        }
        Ok(Some(last).filter(|last| *last < today))
    }

    /// The first day that it looks at.
    #[must_use]
    pub fn since(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Week => Week::of(today).monday(),
            Self::Month => month_looked_at(today),
            Self::Exec => today.checked_sub_days(Days::new(HORIZON_DAYS)).unwrap_or(today),
        }
    }

    /// `2026-W19`, `May 2026`, `1 April to 6 May 2026`.
    #[must_use]
    pub fn period(self, today: NaiveDate) -> String {
        let since = self.since(today);
        let is_whole = since.month() == today.month() && since.year() == today.year();
        match self {
            Self::Week => Week::of(today).to_string(),
            Self::Month if is_whole && today.succ_opt().is_none_or(|day| day.day() == 1) => {
                since.format("%B %Y").to_string()
            }
            Self::Month if is_whole => {
                format!("1 to {}", today.format("%-d %B %Y"))
            }
            Self::Month | Self::Exec => {
                let year = if since.year() == today.year() { "" } else { " %Y" };
                let since = since.format(&format!("%-d %B{year}")).to_string();
                format!("{since} to {}", today.format("%-d %B %Y"))
            }
        }
    }
}

/// The first day of the month that a review looks at: of the month before in its first ten days.
#[must_use]
pub fn month_looked_at(today: NaiveDate) -> NaiveDate {
    let first = today.with_day(1).unwrap_or(today);
    if today.day() > LATE_DAYS {
        return first;
    }
    first.pred_opt().and_then(|day| day.with_day(1)).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::fixture::day;

    #[test]
    fn each_looks_back_on_its_time() {
        let on = day("2027-01-01");
        assert_eq!(ReportKind::Week.period(on), "2026-W53");
        assert_eq!(ReportKind::Month.period(on), "1 December 2026 to 1 January 2027");
        assert_eq!(ReportKind::Month.period(day("2027-01-11")), "1 to 11 January 2027");
        assert_eq!(ReportKind::Month.period(day("2027-01-31")), "January 2027");
        assert_eq!(ReportKind::Month.period(day("2026-05-06")), "1 April to 6 May 2026");
        assert_eq!(ReportKind::Exec.since(on), day("2026-12-02"));
    }

    #[test]
    fn a_time_that_is_over_is_named() {
        let today = day("2026-05-06");
        let last = |kind: ReportKind, named| kind.last_day(named, today);
        assert_eq!(last(ReportKind::Month, "2026-02"), Ok(Some(day("2026-02-28"))));
        assert_eq!(last(ReportKind::Month, "2026-05"), Ok(None), "it runs");
        assert_eq!(last(ReportKind::Week, "2026-W18"), Ok(Some(day("2026-05-03"))));
        assert_eq!(last(ReportKind::Week, "2026-W19"), Ok(None));
        let later = ReportKind::Week.last_day("2026-W53", day("2027-02-01"));
        assert_eq!(later, Ok(Some(day("2027-01-03"))));
        assert_eq!(last(ReportKind::Exec, "2026-03-31"), Ok(Some(day("2026-03-31"))));
        for (kind, named) in [
            (ReportKind::Month, "2026-W12"),
            (ReportKind::Month, "2026-13"),
            (ReportKind::Month, "2026-06"),
            (ReportKind::Week, "2026-W20"),
            (ReportKind::Week, "2025-W53"),
            (ReportKind::Week, "march"),
        ] {
            assert!(last(kind, named).is_err(), "{named}");
        }
    }
}
