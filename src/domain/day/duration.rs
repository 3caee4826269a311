//! Lengths of working time, in whole minutes: how they are typed and printed.
//! A day is a working day of eight hours, not a civil one.

const HOUR: i64 = 60;
const DAY: i64 = 8 * HOUR;
const WEEK: i64 = 5 * DAY;

/// More than a working year in one figure is a slip of the finger.
const MOST_MINUTES: i64 = 52 * WEEK;

/// More decimals than this say nothing about minutes.
const MOST_DECIMALS: usize = 4;

/// Why a text is not a length of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    #[error("a length of time is missing; try 45, 90m, 1h30 or 2d")]
    Empty,
    #[error("“{0}” is not a length of time; try 45, 90m, 1h30 or 2d")]
    NotADuration(String),
    #[error("“{0}” is more than a working year")]
    TooLong(String),
}

/// Reads `2h`, `90m`, `1h30`, `1h 30m`, `1.5h`, `45` (minutes), `2d` (working
/// days of 8 h), `1w` (of 5 days) and what [`show_minutes`] prints, into whole
/// minutes; half a minute is rounded up. The decimal sign is a point or a comma.
///
/// # Errors
///
/// If the text is none of these, or more than a working year.
pub fn minutes(text: &str) -> Result<i64, DurationError> {
    let said = text.trim();
    if said.is_empty() {
        return Err(DurationError::Empty);
    }
    let not_one = || DurationError::NotADuration(said.to_owned());
    let lower = said.to_lowercase();
    let mut rest = lower.as_str();
    let mut total: i64 = 0;
    let mut larger = None;
    while !rest.is_empty() {
        let (number, unit, after) = next_part(rest).ok_or_else(not_one)?;
        let unit = unit_of(unit, larger).ok_or_else(not_one)?;
        let part = number.times(unit).ok_or_else(not_one)?;
        total = total.saturating_add(part);
        larger = Some(unit);
        rest = after;
    }
    if total > MOST_MINUTES {
        return Err(DurationError::TooLong(said.to_owned()));
    }
    Ok(total)
}

/// The short look: `45 m`, `2 h`, `1 h 30`.
#[must_use]
pub fn show_minutes(minutes: i64) -> String {
    if minutes != 0 && minutes % HOUR == 0 {
        return format!("{}{} h", sign(minutes), minutes.unsigned_abs() / 60);
    }
    show_minutes_fully(minutes)
}

/// The look of two lengths side by side, as in `5 h 10 of 6 h 00`: from an hour
/// on, the minutes always stand there.
#[must_use]
pub fn show_minutes_fully(minutes: i64) -> String {
    let sign = sign(minutes);
    let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
    if hours == 0 { format!("{sign}{rest} m") } else { format!("{sign}{hours} h {rest:02}") }
}

fn sign(minutes: i64) -> &'static str {
    if minutes < 0 { "−" } else { "" }
}

/// A decimal number without a float, so that `1.1h` is 66 minutes everywhere.
struct Number<'a> {
    whole: &'a str,
    decimals: Option<&'a str>,
}

impl Number<'_> {
    /// So many units in minutes; none if it does not fit, or if it asks for a
    /// part of a minute.
    fn times(&self, unit: i64) -> Option<i64> {
        let whole = self.whole.parse::<i64>().ok()?.checked_mul(unit)?;
        let Some(decimals) = self.decimals else {
            return Some(whole);
        };
        if unit == 1 || decimals.is_empty() || decimals.len() > MOST_DECIMALS {
            return None;
        }
        let scale = 10_i64.pow(u32::try_from(decimals.len()).ok()?);
        let part = decimals.parse::<i64>().ok()? * unit;
        whole.checked_add((part + scale / 2) / scale)
    }
}

/// A number, the letters after it, and what is left.
fn next_part(text: &str) -> Option<(Number<'_>, &str, &str)> {
    let (whole, rest) = split_while(text, |c| c.is_ascii_digit());
    if whole.is_empty() {
        return None;
    }
    let (decimals, rest) = match rest.strip_prefix(['.', ',']) {
        Some(rest) => {
            let (decimals, rest) = split_while(rest, |c| c.is_ascii_digit());
            (Some(decimals), rest)
        }
        None => (None, rest),
    };
    let (unit, rest) = split_while(rest.trim_start(), char::is_alphabetic);
    Some((Number { whole, decimals }, unit, rest.trim_start()))
}

/// The minutes of a unit. Each is smaller than the one before it; a bare number
/// is minutes, alone or after hours.
fn unit_of(word: &str, larger: Option<i64>) -> Option<i64> {
    let unit = match word {
        "w" | "wk" | "week" | "weeks" => WEEK,
        "d" | "day" | "days" => DAY,
        "h" | "hr" | "hrs" | "hour" | "hours" => HOUR,
        "m" | "min" | "mins" | "minute" | "minutes" => 1,
        "" if larger.is_none_or(|larger| larger == HOUR) => 1,
        _ => return None,
    };
    larger.is_none_or(|larger| unit < larger).then_some(unit)
}

fn split_while(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_type() {
        for (text, expected) in [
            ("2h", 120),
            ("90m", 90),
            ("1h30", 90),
            ("1h 30m", 90),
            ("1.5h", 90),
            ("1,5 H", 90),
            ("45", 45),
            ("2d", 960),
            ("0.5d", 240),
            ("1d 2h", 600),
            ("1w", 2_400),
            ("1 h 05", 65),
            ("20 min", 20),
            ("0.33h", 20),
            ("0", 0),
        ] {
            assert_eq!(minutes(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_refused_and_how() {
        for text in [
            "soon",
            "-2h",
            "1.5",
            "1.5m",
            "h",
            "2x",
            "30m1h",
            "1h1h",
            "1d30",
            "1.h",
            "1..5h",
            "45 90",
            "99999999999999999999",
        ] {
            let expected = DurationError::NotADuration(text.to_owned());
            assert_eq!(minutes(text), Err(expected), "{text}");
        }
        assert_eq!(minutes("  "), Err(DurationError::Empty));
        assert_eq!(
            minutes("soon").unwrap_err().to_string(),
            "“soon” is not a length of time; try 45, 90m, 1h30 or 2d"
        );
        assert_eq!(
            minutes("9999h").unwrap_err().to_string(),
            "“9999h” is more than a working year"
        );
    }

    #[test]
    fn how_screens_print_them() {
        for (length, short, full) in [
            (0, "0 m", "0 m"),
            (45, "45 m", "45 m"),
            (60, "1 h", "1 h 00"),
            (65, "1 h 05", "1 h 05"),
            (90, "1 h 30", "1 h 30"),
            (360, "6 h", "6 h 00"),
            (-85, "−1 h 25", "−1 h 25"),
            (-120, "−2 h", "−2 h 00"),
        ] {
            assert_eq!(show_minutes(length), short);
            assert_eq!(show_minutes_fully(length), full);
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_can_be_read(length in 0..=MOST_MINUTES) {
            prop_assert_eq!(minutes(&show_minutes(length)), Ok(length));
            prop_assert_eq!(minutes(&show_minutes_fully(length)), Ok(length));
        }

        #[test]
        fn no_text_panics(text in any::<String>(), near in "[0-9hmdw., -]{0,20}") {
            let _ = (minutes(&text), minutes(&near));
        }
    }
}
