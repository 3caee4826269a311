//! Estimates as trackers write them. Only what has a unit becomes minutes; points and bare
//! figures are somebody's own measure and stay words.

use super::source::Estimates;
use crate::domain::day;

/// What an estimate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effort {
    Minutes(i64),
    /// To be kept as words.
    Words(String),
}

/// Who says what a bare figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Teller {
    Source(Estimates),
    User,
}

/// Reads the cell of a column of this normal name; nothing for an estimate of nothing.
pub(super) fn read(text: &str, column: &str, teller: Teller) -> Option<Effort> {
    let bare = text.chars().all(|letter| letter.is_ascii_digit() || ".,".contains(letter));
    if text.is_empty() || text.trim_matches(['0', '.', ',']).is_empty() {
        return None;
    }
    let unit = match (unit_of_column(column), teller) {
        (Some(unit), _) => unit,
        (None, Teller::User) => "m",
        (None, Teller::Source(Estimates::Points)) => "points",
        (None, Teller::Source(Estimates::Seconds)) => "seconds",
        (None, Teller::Source(Estimates::Spoken)) => "",
    };
    let minutes = match (bare, unit) {
        (true, "seconds") => text.parse::<i64>().ok().map(|seconds| (seconds + 59) / 60),
        (true, "points" | "") => None,
        (true, unit) => day::minutes(&format!("{text}{unit}")).ok(),
        (false, _) => day::minutes(text).ok(),
    };
    Some(minutes.map_or_else(
        || Effort::Words(if unit == "points" { format!("{text} points") } else { text.to_owned() }),
        Effort::Minutes,
    ))
}

/// The unit that the name of the column says.
fn unit_of_column(name: &str) -> Option<&'static str> {
    const UNITS: [(&str, &str); 8] = [
        ("point", "points"),
        ("minute", "m"),
        ("(min", "m"),
        ("hour", "h"),
        ("(h)", "h"),
        ("hrs", "h"),
        ("day", "d"),
        ("second", "seconds"),
    ];
    UNITS.iter().find(|(word, _)| name.contains(word)).map(|(_, unit)| *unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_units_make_minutes() {
        let spoken = Teller::Source(Estimates::Spoken);
        let points = Teller::Source(Estimates::Points);
        let seconds = Teller::Source(Estimates::Seconds);
        for (text, column, teller, expected) in [
            ("2h", "estimate", spoken, Some(Effort::Minutes(120))),
            ("1h 30m", "effort", spoken, Some(Effort::Minutes(90))),
            ("3", "estimate", spoken, Some(Effort::Words("3".to_owned()))),
            ("3", "estimate", Teller::User, Some(Effort::Minutes(3))),
            ("1.5", "estimate(hours)", spoken, Some(Effort::Minutes(90))),
            ("3", "estimate", points, Some(Effort::Words("3 points".to_owned()))),
            ("5400", "originalestimate", seconds, Some(Effort::Minutes(90))),
            ("L", "estimate", spoken, Some(Effort::Words("L".to_owned()))),
            ("0", "estimate", points, None),
        ] {
            assert_eq!(read(text, column, teller), expected, "{text} in {column}");
        }
    }
}
