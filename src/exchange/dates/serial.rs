//! The day as a spreadsheet counts it: days since the end of 1899, as a cell becomes when its format
//! is lost on the way. Only a column of dates may be read so.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::day::YEARS;

/// The day of a number such as `46357` or `46357.5`; none for what is no such day.
#[must_use]
pub fn read_serial(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let (days, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let is_figure = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if days.len() != 5 || !is_figure(days) || !is_figure(part) {
        return None;
    }
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let day = zero.checked_add_days(Days::new(days.parse().ok()?))?;
    YEARS.contains(&day.year()).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_as_a_spreadsheet_counts_it() {
        for (text, expected) in [
            ("46357", Some("2026-12-01")),
            (" 46357.75 ", Some("2026-12-01")),
            ("46357,5", Some("2026-12-01")),
            ("25569", Some("1970-01-01")),
            ("73415", Some("2100-12-31")),
            ("25568", None),
            ("73416", None),
            ("4635", None),
            ("463570", None),
            ("46357.", None),
            ("46 357", None),
            ("-46357", None),
            ("1e4", None),
        ] {
            let found = read_serial(text).map(|day| day.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
