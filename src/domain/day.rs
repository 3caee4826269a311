//! Civil dates: how a person types them, how a screen prints them, and the
//! weeks and quarters that they fall in. It knows no clock and no zone; the
//! day comes in from outside.

mod clock;
mod duration;
mod parse;
mod period;

use chrono::{Datelike, NaiveDate, Weekday};

pub use clock::{clock, clock_minutes, show_clock};
pub use duration::{DurationError, minutes, show_minutes, show_minutes_fully};
pub use parse::parse;
pub use period::{parse_quarter, parse_week, quarter_bounds, quarter_key, week_bounds, week_key};

/// The first and the last year that a workspace can hold.
pub const YEARS: std::ops::RangeInclusive<i32> = 1970..=2100;

/// How far back a late date is printed as a number of days.
const LATE_DAYS: i64 = 60;

/// What a typed date is read against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The civil day of the person at the keyboard.
    pub today: NaiveDate,
    /// The first month of the fiscal year, 1 to 12.
    pub fiscal_start_month: u32,
    /// Day 1 of the running plan, for `day45`.
    pub plan_start: Option<NaiveDate>,
}

/// Which way an incomplete date is completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// To the next one: a due date, a review.
    Future,
    /// To the latest that is not after today: something held or observed.
    Past,
}

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    #[error("a date is missing; try fri, 14 dec or 2026-12-14")]
    Empty,
    #[error("“{0}” is not a date; try fri, 14 dec or 2026-12-14")]
    NotADate(String),
    /// Well formed, and not in the calendar, such as “30 February”.
    #[error("there is no {0}")]
    NoSuchDay(String),
    #[error("“{0}” is outside the years 1970 to 2100")]
    OutOfRange(String),
    #[error("day{0} counts from the start of a plan, and no plan is running")]
    NoPlan(u32),
    #[error("{date} is a {is}, not a {said}")]
    OtherWeekday { date: String, is: &'static str, said: &'static str },
}

/// The short look of a list: `today`, `tomorrow`, `−2 d` when it was within the
/// last 60 days, `Fri` within the next six, else `14 May`, with the year if it
/// is not this one.
#[must_use]
pub fn short(date: NaiveDate, today: NaiveDate) -> String {
    match date.signed_duration_since(today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        2..=6 => date.format("%a").to_string(),
        // U+2212, since a hyphen is easily lost beside a number.
        days if (-LATE_DAYS..0).contains(&days) => format!("−{} d", -days),
        _ => with_year_if_other(date, today, "%-d %b"),
    }
}

/// The short look of what has happened: `yesterday`, `16 d ago`; otherwise as `short`.
#[must_use]
pub fn ago(date: NaiveDate, today: NaiveDate) -> String {
    match today.signed_duration_since(date).num_days() {
        1 => "yesterday".to_owned(),
        days @ 2..=LATE_DAYS => format!("{days} d ago"),
        _ => short(date, today),
    }
}

/// A day whose usual look is too long for so many columns: tomorrow as its weekday, a day of another
/// year as its month, and then as the year alone.
#[must_use]
pub fn narrow(date: NaiveDate, today: NaiveDate, room: usize) -> String {
    let look = match date.signed_duration_since(today).num_days() {
        1 => "%a",
        _ if date.year() == today.year() => "%-d %b",
        _ => "%b %Y",
    };
    let tries = [look, "%b \u{2019}%y"].map(|look| date.format(look).to_string());
    let fits = |look: &String| look.chars().count() <= room;
    tries.into_iter().find(fits).unwrap_or_else(|| date.format("%Y").to_string())
}

/// What was understood, printed back while somebody types: `Fri 27 Nov`, with
/// the year if it is not this one.
#[must_use]
pub fn echo(date: NaiveDate, today: NaiveDate) -> String {
    with_year_if_other(date, today, "%a %-d %b")
}

/// A day as it is told for good, in a label that somebody reads months later: `Fri 27 Nov`.
#[must_use]
pub fn lasting(date: NaiveDate, today: NaiveDate) -> String {
    with_year_if_other(date, today, "%a %-d %b")
}

fn with_year_if_other(date: NaiveDate, today: NaiveDate, look: &str) -> String {
    let look = date.format(look);
    if date.year() == today.year() { look.to_string() } else { format!("{look} {}", date.year()) }
}

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

#[cfg(test)]
pub(super) mod fixture {
    use chrono::{Datelike, NaiveDate};
    use proptest::prelude::*;

    pub fn day(iso: &str) -> NaiveDate {
        iso.parse().unwrap()
    }

    /// Any day that a workspace can hold.
    pub fn any_day() -> impl Strategy<Value = NaiveDate> {
        let first = day("1970-01-01").num_days_from_ce();
        let last = day("2100-12-31").num_days_from_ce();
        (first..=last).prop_map(|days| NaiveDate::from_num_days_from_ce_opt(days).unwrap())
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::day;
    use super::*;

    #[test]
    fn the_short_look_of_a_list() {
        let today = day("2026-05-06");
        let look = |iso: &str| short(day(iso), today);
        assert_eq!(look("2026-05-06"), "today");
        assert_eq!(look("2026-05-07"), "tomorrow");
        assert_eq!(look("2026-05-08"), "Fri");
        assert_eq!(look("2026-05-12"), "Tue");
        assert_eq!(look("2026-05-13"), "13 May");
        assert_eq!(look("2026-05-04"), "−2 d");
        assert_eq!(look("2026-03-07"), "−60 d");
        assert_eq!(look("2026-03-06"), "6 Mar");
        assert_eq!(look("2027-05-14"), "14 May 2027");
        assert_eq!(look("2025-12-31"), "31 Dec 2025");
    }

    #[test]
    fn a_narrow_column_says_a_day_in_less() {
        let today = day("2026-05-06");
        let look = |iso: &str, room| narrow(day(iso), today, room);
        assert_eq!(look("2026-05-07", 7), "Thu");
        assert_eq!(look("2026-05-05", 7), "5 May");
        assert_eq!(look("2027-05-14", 9), "May 2027");
        assert_eq!(look("2027-05-14", 7), "May ’27");
        assert_eq!(look("2025-12-31", 5), "2025");
    }

    #[test]
    fn what_has_happened_is_not_late() {
        let today = day("2026-05-06");
        let look = |iso: &str| ago(day(iso), today);
        assert_eq!(look("2026-05-06"), "today");
        assert_eq!(look("2026-05-05"), "yesterday");
        assert_eq!(look("2026-04-20"), "16 d ago");
        assert_eq!(look("2026-03-07"), "60 d ago");
        assert_eq!(look("2026-03-06"), "6 Mar");
        assert_eq!(look("2026-05-08"), "Fri");
    }

    #[test]
    fn the_echo_names_the_weekday() {
        let today = day("2026-05-06");
        assert_eq!(echo(day("2026-11-27"), today), "Fri 27 Nov");
        assert_eq!(echo(day("2027-01-01"), today), "Fri 1 Jan 2027");
    }
}
