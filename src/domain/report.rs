//! The reports that go to people who are not at the workspace: which there are, what each looks
//! back on, and the shipped template of each.

use chrono::{Datelike, Days, NaiveDate};

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
}
