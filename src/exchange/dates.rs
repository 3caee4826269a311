//! Dates as trackers and people write them, read as the civil day that is written: no zone is
//! applied, so a file means the same on every machine. Relative words are not dates here.

use chrono::{Datelike, NaiveDate};

use crate::domain::day::YEARS;

mod months;
mod order;
mod serial;
mod shape;

pub use order::{DayOrder, OrderVote};
pub use serial::read_serial;
use shape::Shape;

/// Which end of a range is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    First,
    Last,
}

/// Why a text gives no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDate {
    NotADate,
    OutOfRange,
    /// Day and month can be read both ways and no order is known.
    Ambiguous,
}

impl NoDate {
    /// The end of a sentence that begins with the text.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            Self::NotADate => "is not a date",
            Self::OutOfRange => "is not between 1970 and 2100",
            Self::Ambiguous => {
                "can be read as day/month and as month/day; say `--dates dmy` or `--dates mdy`"
            }
        }
    }
}

/// The day that the text means. Of a range with `→`, the wanted end.
///
/// # Errors
/// When it is no date, or cannot be told without knowing the order of day and month.
pub fn read(text: &str, order: Option<DayOrder>, end: End) -> Result<NaiveDate, NoDate> {
    let shape = shape_of(text, end).ok_or(NoDate::NotADate)?;
    resolve(shape, order)
}

/// As [`read`], for a tracker that writes a civil day as midnight somewhere, in UTC: the day
/// whose beginning lies nearest.
///
/// # Errors
/// As [`read`].
pub fn read_midnight(text: &str, order: Option<DayOrder>) -> Result<NaiveDate, NoDate> {
    const NOON: u32 = 12;
    let shape = shape_of(text, End::Last).ok_or(NoDate::NotADate)?;
    let day = resolve(shape, order)?;
    if shape.hour.is_some_and(|hour| hour >= NOON) {
        return day.succ_opt().ok_or(NoDate::OutOfRange);
    }
    Ok(day)
}

/// What the text says about the order of day and month in its column; `None` for no date.
#[must_use]
pub fn vote(text: &str) -> Option<OrderVote> {
    shape_of(text, End::First).map(|shape| order::vote(&shape))
}

fn shape_of(text: &str, end: End) -> Option<Shape> {
    let text = text.trim().trim_start_matches('@');
    let Some((first, last)) = text.split_once('→') else {
        return shape::read(text);
    };
    match end {
        End::First => shape::read(first),
        End::Last if shape::is_time(last) => shape::read(first),
        End::Last => shape::read(last),
    }
}

fn resolve(shape: Shape, order: Option<DayOrder>) -> Result<NaiveDate, NoDate> {
    let (year, month, day) = order::arrange(&shape, order).ok_or(NoDate::Ambiguous)?;
    let date = i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or(NoDate::NotADate)?;
    let within = YEARS.contains(&date.year());
    if within { Ok(date) } else { Err(NoDate::OutOfRange) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str, order: Option<DayOrder>) -> String {
        match read(text, order, End::Last) {
            Ok(date) => date.to_string(),
            Err(error) => error.why().to_owned(),
        }
    }

    #[test]
    fn every_shape_that_trackers_write() {
        for (text, expected) in [
            ("2026-05-14T16:00:00.000Z", "2026-05-14"),
            ("2026-05-14T16:00:00+02:00", "2026-05-14"),
            ("2026-05-18 10:22", "2026-05-18"),
            ("2026-04-28", "2026-04-28"),
            ("2026/04/28", "2026-04-28"),
            ("11/May/26 03:26 PM", "2026-05-11"),
            ("12/May/26 9:01 AM", "2026-05-12"),
            ("11-May-2026", "2026-05-11"),
            ("May 14, 2026", "2026-05-14"),
            ("@May 14, 2026 9:00 AM (GMT+2)", "2026-05-14"),
            ("Wed May 13 2026 11:21:41 GMT+0000 (GMT+00:00)", "2026-05-13"),
            ("Thursday, 14 May 2026", "2026-05-14"),
            ("2026년 5월 4일 오전 7:04", "2026-05-04"),
            ("2026年5月4日 7:04", "2026-05-04"),
            ("14.05.2026", "2026-05-14"),
            ("14.5.26", "2026-05-14"),
            ("14. Mai 2026", "2026-05-14"),
            ("14 mai 2026 09:00", "2026-05-14"),
            ("14 de mayo de 2026", "2026-05-14"),
            ("3 février 2026", "2026-02-03"),
            ("1er août 2026", "2026-08-01"),
            ("May 1st, 2026", "2026-05-01"),
            ("May 12, 2026 → May 14, 2026", "2026-05-14"),
            ("May 14, 2026 9:00 AM → 10:00 AM", "2026-05-14"),
            ("2026년 5월 4일 → 2026년 5월 6일", "2026-05-06"),
            ("18/06/2026", "2026-06-18"),
            ("6/18/2026", "2026-06-18"),
            ("5/5/2026", "2026-05-05"),
        ] {
            assert_eq!(day(text, None), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "31.02.2026",
            "2026-13-01",
            "30/30/2026",
            "soon",
            "",
            "2026",
            "14",
            "Q2-2026",
            "May 2026",
            "2026-05-14 later",
            "1.2.3.4",
            "→",
            "99999999999-01-01",
            "12:30",
            "2026-05-14 99",
            "14 Floréal 2026",
        ] {
            assert_eq!(day(text, None), "is not a date", "{text}");
        }
        assert_eq!(day("1969-12-31", None), "is not between 1970 and 2100");
        assert_eq!(day("2101-01-01", None), "is not between 1970 and 2100");
        assert_eq!(day("1970-01-01", None), "1970-01-01");
        assert_eq!(day("2100-12-31", None), "2100-12-31");
    }

    #[test]
    fn the_order_of_day_and_month_decides_the_rest() {
        assert_eq!(day("6/7/2026", Some(DayOrder::DayFirst)), "2026-07-06");
        assert_eq!(day("6/7/2026", Some(DayOrder::MonthFirst)), "2026-06-07");
        assert!(day("6/7/2026", None).starts_with("can be read"));
        assert_eq!(day("18/6/2026", Some(DayOrder::MonthFirst)), "is not a date");
        assert_eq!(day("6.7.2026", Some(DayOrder::MonthFirst)), "2026-07-06");
    }

    #[test]
    fn votes_name_what_they_know() {
        assert_eq!(vote("6/18/2026"), Some(OrderVote::For(DayOrder::MonthFirst)));
        assert_eq!(vote("18/06/2026"), Some(OrderVote::For(DayOrder::DayFirst)));
        assert_eq!(vote("6/7/2026"), Some(OrderVote::Either));
        assert_eq!(vote("6/6/2026"), Some(OrderVote::Clear));
        assert_eq!(vote("2026-06-07"), Some(OrderVote::Clear));
        assert_eq!(vote("soon"), None);
    }

    #[test]
    fn the_first_end_of_a_range_can_be_asked_for() {
        let first = read("May 12, 2026 → May 14, 2026", None, End::First).unwrap();
        assert_eq!(first.to_string(), "2026-05-12");
    }

    #[test]
    fn midnight_elsewhere_is_the_day_that_was_meant() {
        for (text, expected) in [
            ("Thu Jun 25 2026 23:00:00 GMT+0000 (GMT+00:00)", "2026-06-26"),
            ("Thu Jun 25 2026 00:00:00 GMT+0000 (GMT+00:00)", "2026-06-25"),
            ("2026-06-25T07:00:00.000Z", "2026-06-25"),
            ("2026-06-25", "2026-06-25"),
        ] {
            assert_eq!(read_midnight(text, None).unwrap().to_string(), expected, "{text}");
        }
    }
}
