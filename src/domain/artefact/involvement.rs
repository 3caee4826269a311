//! Whether somebody asks before they commit: the early-involvement rate, the days of lead by the
//! function that asked, and who came at the last minute (`spec/3-model.md §3.4`).

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::super::evidence::median::{Middle, middle};
use super::super::week::share::Share;

/// Fewer days than this between being asked in and a launch is the last minute \[D\].
pub const LAST_MINUTE_DAYS: i64 = 14;

/// One initiative and when product marketing came into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Involvement {
    pub initiative: String,
    /// The function that asked, by its slug.
    pub asked_by: String,
    pub first_involved: Option<NaiveDate>,
    /// When the others committed to it.
    pub commitment_on: Option<NaiveDate>,
    pub launches_on: Option<NaiveDate>,
}

impl Involvement {
    /// Days between being asked in and the commitment; below nothing when that was afterwards.
    #[must_use]
    pub fn lead_days(&self) -> Option<i64> {
        let (first, committed) = (self.first_involved?, self.commitment_on?);
        Some(committed.signed_duration_since(first).num_days())
    }

    /// Asked in on or after the day of the commitment, or within two weeks of the launch.
    #[must_use]
    pub fn is_late(&self) -> bool {
        let hurried = self.first_involved.zip(self.launches_on).is_some_and(|(first, launch)| {
            launch.signed_duration_since(first).num_days() < LAST_MINUTE_DAYS
        });
        self.lead_days().is_some_and(|days| days <= 0) || hurried
    }
}

/// How early, over those with both dates.
#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    pub early: Share,
    /// The median of the lead days; nothing without any.
    pub days: Option<Middle>,
}

impl Lead {
    /// `3 of 5, median lead 5 days`.
    #[must_use]
    pub fn words(&self) -> String {
        let Some(days) = &self.days else { return self.early.counted() };
        let days = days.to_string();
        let many = if days == "1" { "day" } else { "days" };
        format!("{}, median lead {days} {many}", self.early.counted())
    }
}

/// The rate and the lead over these involvements.
#[must_use]
pub fn lead<'a>(involvements: impl IntoIterator<Item = &'a Involvement>) -> Lead {
    let days: Vec<i64> = involvements.into_iter().filter_map(Involvement::lead_days).collect();
    let early = days.iter().filter(|days| **days > 0).count();
    Lead { early: Share::new(count(early), count(days.len())), days: middle(days) }
}

/// The same by the function that asked.
#[must_use]
pub fn by_function(involvements: &[Involvement]) -> BTreeMap<&str, Lead> {
    let mut groups: BTreeMap<&str, Vec<&Involvement>> = BTreeMap::new();
    for one in involvements {
        groups.entry(&one.asked_by).or_default().push(one);
    }
    groups.into_iter().map(|(function, ones)| (function, lead(ones))).collect()
}

/// A month beside another: artefacts shipped, and how early people asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    pub shipped: i64,
    pub early: Share,
}

/// Both series over the same months, up to the one that holds `last`; an involvement is in the
/// month of its commitment.
#[must_use]
pub fn by_month(
    shipped: &[NaiveDate],
    involvements: &[Involvement],
    last: NaiveDate,
    months: u32,
) -> Vec<Month> {
    let index = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
    let of = |month: i64| {
        let year = i32::try_from(month.div_euclid(12)).ok()?;
        let number = u32::try_from(month.rem_euclid(12)).ok()?;
        let first = NaiveDate::from_ymd_opt(year, number + 1, 1)?;
        let here = |date: &NaiveDate| index(*date) == month;
        let early =
            lead(involvements.iter().filter(|one| one.commitment_on.as_ref().is_some_and(here)));
        let shipped = count(shipped.iter().filter(|date| here(date)).count());
        Some(Month { first, shipped, early: early.early })
    };
    let end = index(last);
    (end - i64::from(months) + 1..=end).filter_map(of).collect()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::fixture::day;

    fn involved(asked_by: &str, first: &str, committed: &str) -> Involvement {
        let date = |iso: &str| (!iso.is_empty()).then(|| day(iso));
        Involvement {
            initiative: "Atlas".to_owned(),
            asked_by: asked_by.to_owned(),
            first_involved: date(first),
            commitment_on: date(committed),
            launches_on: None,
        }
    }

    #[test]
    fn early_is_before_the_commitment() {
        let all = [
            involved("product", "2026-03-01", "2026-04-10"),
            involved("product", "2026-04-10", "2026-04-10"),
            involved("sales", "2026-04-20", "2026-04-16"),
            involved("sales", "2026-04-01", "2026-04-11"),
            involved("sales", "2026-04-01", ""),
            involved("sales", "", "2026-04-01"),
        ];
        let whole = lead(&all);
        assert_eq!(whole.early, Share::new(2, 4));
        assert_eq!(whole.words(), "2 of 4, median lead 5 days");
        let one = lead(&[involved("cs", "2026-03-01", "2026-03-02")]);
        assert_eq!(one.words(), "1 of 1, median lead 1 day");
        let by = by_function(&all);
        assert_eq!(by["product"].early, Share::new(1, 2));
        assert_eq!(by["sales"].early, Share::new(1, 2));
        assert_eq!(by["sales"].days.unwrap().to_string(), "3");
        assert_eq!(lead(&[]).early.in_tenths(), "no data");
        assert_eq!(lead(&[]).days, None);
    }

    #[test]
    fn two_days_before_launch_is_the_last_minute() {
        let mut one = involved("product", "2026-05-01", "2026-05-02");
        assert!(!one.is_late());
        one.launches_on = Some(day("2026-05-03"));
        assert!(one.is_late());
        one.launches_on = Some(day("2026-05-15"));
        assert!(!one.is_late());
        assert!(involved("product", "2026-05-02", "2026-05-02").is_late());
        assert!(!involved("product", "", "2026-05-02").is_late(), "not known is not late");
    }

    #[test]
    fn both_series_have_the_same_months() {
        let shipped = [day("2026-12-31"), day("2027-01-01"), day("2027-01-31")];
        let all = [
            involved("cs", "2026-12-01", "2026-12-20"),
            involved("cs", "2027-02-01", "2027-02-01"),
        ];
        let months = by_month(&shipped, &all, day("2027-02-14"), 4);
        let firsts: Vec<String> = months.iter().map(|month| month.first.to_string()).collect();
        assert_eq!(firsts, ["2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01"]);
        assert_eq!(months.iter().map(|month| month.shipped).collect::<Vec<_>>(), [0, 1, 2, 0]);
        assert_eq!(months[1].early, Share::new(1, 1));
        assert_eq!(months[2].early.in_tenths(), "no data");
        assert_eq!(months[3].early, Share::new(0, 1));
    }
}
