//! Weeks and quarters: their keys, and the days that they begin and end on.
//! Weeks are ISO 8601; a quarter is fiscal.

use chrono::{Datelike, Months, NaiveDate, Weekday};

use super::YEARS;

const MONTHS_A_YEAR: u32 = 12;
const MONTHS_A_QUARTER: u32 = 3;

/// The key of the ISO week: `2026-W53`. Its year is that of the week's
/// Thursday, so 2027-01-01 is in 2026-W53.
#[must_use]
pub fn week_key(date: NaiveDate) -> String {
    let week = date.iso_week();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// The Monday of a week key, if there is such a week.
#[must_use]
pub fn parse_week(key: &str) -> Option<NaiveDate> {
    // Figures are kept by their weeks and read by the thousand, so nothing is searched for.
    let (year, week) = key.trim().split_at_checked(4)?;
    let week = week.strip_prefix("-W").or_else(|| week.strip_prefix("-w"))?;
    NaiveDate::from_isoywd_opt(year_of(year)?, digits(week, 2)?, Weekday::Mon)
}

/// Monday and Sunday of the week that holds the date.
#[must_use]
pub fn week_bounds(date: NaiveDate) -> (NaiveDate, NaiveDate) {
    let week = date.week(Weekday::Mon);
    (week.first_day(), week.last_day())
}

/// The key of the fiscal quarter: `2026-Q2`.
///
/// A fiscal year that does not begin in January is named by the calendar year
/// in which it ends: with a start in July, 2026-08-01 is in 2027-Q1.
#[must_use]
pub fn quarter_key(date: NaiveDate, fiscal_start_month: u32) -> String {
    let quarter = months_into_year(date, fiscal_start_month) / MONTHS_A_QUARTER + 1;
    let start = start_month(fiscal_start_month);
    let year = date.year() + i32::from(start > 1 && date.month() >= start);
    format!("{year:04}-Q{quarter}")
}

/// The first day of a fiscal quarter's key, if there is such a quarter.
#[must_use]
pub fn parse_quarter(key: &str, fiscal_start_month: u32) -> Option<NaiveDate> {
    let (year, quarter) = key.trim().split_once('-')?;
    let quarter = quarter.strip_prefix(['Q', 'q'])?;
    let quarter = digits(quarter, 1).filter(|quarter| (1..=4).contains(quarter))?;
    let start = start_month(fiscal_start_month);
    let begins_in = year_of(year)? - i32::from(start > 1);
    let year_start = NaiveDate::from_ymd_opt(begins_in, start, 1)?;
    year_start.checked_add_months(Months::new((quarter - 1) * MONTHS_A_QUARTER))
}

/// The first and the last day of the fiscal quarter that holds the date.
#[must_use]
pub fn quarter_bounds(date: NaiveDate, fiscal_start_month: u32) -> (NaiveDate, NaiveDate) {
    let months_in = months_into_year(date, fiscal_start_month) % MONTHS_A_QUARTER;
    let first = first_of_month(date) - Months::new(months_in);
    let last_month = first + Months::new(MONTHS_A_QUARTER - 1);
    (first, last_of_month(last_month))
}

/// The last day of the month that holds the date.
pub(super) fn last_of_month(date: NaiveDate) -> NaiveDate {
    let next = first_of_month(date) + Months::new(1);
    next.pred_opt().unwrap_or(next)
}

fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

fn months_into_year(date: NaiveDate, fiscal_start_month: u32) -> u32 {
    (date.month() + MONTHS_A_YEAR - start_month(fiscal_start_month)) % MONTHS_A_YEAR
}

/// A damaged setting must not take a screen down.
fn start_month(setting: u32) -> u32 {
    setting.clamp(1, MONTHS_A_YEAR)
}

fn year_of(text: &str) -> Option<i32> {
    let year = i32::try_from(digits(text, 4)?).ok()?;
    YEARS.contains(&year).then_some(year)
}

/// A number of exactly so many digits.
fn digits(text: &str, exactly: usize) -> Option<u32> {
    let next =
        |sum: u32, digit: u8| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0'));
    (text.len() == exactly).then(|| text.bytes().try_fold(0, next)).flatten()
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::super::fixture::{any_day, day};
    use super::*;

    /// ISO 8601 from its definition: a week belongs to the year of its
    /// Thursday, and its number is that Thursday's seventh of the year.
    fn week_by_definition(date: NaiveDate) -> String {
        let past_monday = date.weekday().num_days_from_monday();
        let thursday = date + Days::new(3) - Days::new(past_monday.into());
        format!("{}-W{:02}", thursday.year(), thursday.ordinal0() / 7 + 1)
    }

    #[test]
    fn every_day_of_the_range_is_in_its_iso_week() {
        let mut date = day("1970-01-01");
        while date <= day("2100-12-31") {
            let key = week_key(date);
            let iso = date.iso_week();
            assert_eq!(key, week_by_definition(date));
            assert_eq!(key, format!("{}-W{:02}", iso.year(), iso.week()));
            assert_eq!(parse_week(&key), Some(week_bounds(date).0));
            date = date.succ_opt().unwrap();
        }
    }

    #[test]
    fn weeks_known_by_hand() {
        for (iso, key) in [
            ("2025-12-28", "2025-W52"),
            ("2025-12-29", "2026-W01"),
            ("2026-01-01", "2026-W01"),
            ("2026-05-06", "2026-W19"),
            ("2026-12-31", "2026-W53"),
            ("2027-01-01", "2026-W53"),
            ("2027-01-03", "2026-W53"),
            ("2027-01-04", "2027-W01"),
            ("2032-12-31", "2032-W53"),
            ("2028-02-29", "2028-W09"),
            ("1970-01-01", "1970-W01"),
            ("2100-12-31", "2100-W52"),
        ] {
            assert_eq!(week_key(day(iso)), key, "{iso}");
        }
    }

    #[test]
    fn a_week_that_is_not_there_is_refused() {
        assert_eq!(parse_week("2026-W53"), Some(day("2026-12-28")));
        assert_eq!(parse_week(" 2026-w01 "), Some(day("2025-12-29")));
        for key in [
            "2025-W53", "2026-W00", "2026-W54", "2026-W1", "2026W01", "2026-19", "1969-W01",
            "2101-W01", "", "2026-W+1", "-W01",
        ] {
            assert_eq!(parse_week(key), None, "{key}");
        }
    }

    #[test]
    fn quarters_of_the_calendar_year() {
        assert_eq!(quarter_key(day("2026-05-06"), 1), "2026-Q2");
        assert_eq!(quarter_bounds(day("2026-05-06"), 1), (day("2026-04-01"), day("2026-06-30")));
        assert_eq!(quarter_key(day("2026-12-31"), 1), "2026-Q4");
    }

    #[test]
    fn a_fiscal_year_is_named_by_the_year_in_which_it_ends() {
        assert_eq!(quarter_key(day("2026-08-01"), 7), "2027-Q1");
        assert_eq!(quarter_key(day("2026-06-30"), 7), "2026-Q4");
        assert_eq!(quarter_key(day("2027-01-31"), 2), "2027-Q4");
        assert_eq!(quarter_key(day("2027-02-01"), 2), "2028-Q1");
        assert_eq!(quarter_bounds(day("2027-01-15"), 2), (day("2026-11-01"), day("2027-01-31")));
        assert_eq!(parse_quarter("2027-Q1", 7), Some(day("2026-07-01")));
        assert_eq!(parse_quarter("2027-Q5", 7), None);
        assert_eq!(parse_quarter("2027-02", 7), None);
    }

    #[test]
    fn a_damaged_fiscal_start_does_not_panic() {
        assert_eq!(quarter_key(day("2026-05-06"), 0), "2026-Q2");
        assert_eq!(quarter_key(day("2026-12-06"), 99), "2027-Q1");
    }

    proptest! {
        #[test]
        fn a_week_is_seven_days_around_its_date(date in any_day()) {
            let (monday, sunday) = week_bounds(date);
            prop_assert_eq!(monday.weekday(), Weekday::Mon);
            prop_assert_eq!(sunday, monday + Days::new(6));
            prop_assert!(monday <= date && date <= sunday);
        }

        #[test]
        fn a_quarter_holds_its_date_and_has_one_key(date in any_day(), start in 1_u32..=12) {
            let (first, last) = quarter_bounds(date, start);
            let key = quarter_key(date, start);
            prop_assert!(first <= date && date <= last);
            prop_assert_eq!(&quarter_key(first, start), &key);
            prop_assert_eq!(&quarter_key(last, start), &key);
            // A fiscal year may end after the last year that a key can have.
            if first < day("2100-01-01") {
                prop_assert_eq!(parse_quarter(&key, start), Some(first));
            }
        }
    }
}
