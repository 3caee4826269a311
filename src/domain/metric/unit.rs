//! What a figure counts, and how it is printed: `24 %`, `7 of 12`, `−3 points`. Under twenty a
//! share is never a percentage.

use super::Reading;

/// The smallest sample of which a percentage is printed.
pub const SMALL: u32 = 20;

/// Most decimals beyond the usual ones.
const FINEST: usize = 4;

/// What a figure is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// From 0 to 1, printed in per cent.
    Share,
    Money,
    Points,
    Days,
    Hours,
    Weeks,
    Count,
    /// A mean from 1 to 5.
    Score,
}

impl Unit {
    pub const ALL: [Self; 8] = [
        Self::Share,
        Self::Money,
        Self::Points,
        Self::Days,
        Self::Hours,
        Self::Weeks,
        Self::Count,
        Self::Score,
    ];

    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Share => "percent",
            Self::Money => "money",
            Self::Points => "points",
            Self::Days => "days",
            Self::Hours => "hours",
            Self::Weeks => "weeks",
            Self::Count => "count",
            Self::Score => "score",
        }
    }

    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.slug() == slug)
    }

    /// The least and the most that such a figure can be, for the limits of a chart.
    #[must_use]
    pub fn bounds(self) -> super::Bounds {
        let (low, high) = match self {
            Self::Share => (Some(0.0), Some(1.0)),
            Self::Score => (Some(1.0), Some(5.0)),
            Self::Money | Self::Days | Self::Hours | Self::Weeks | Self::Count => (Some(0.0), None),
            Self::Points => (None, None),
        };
        super::Bounds { low, high }
    }

    /// The value as a person reads it: at most one decimal, two under ten where the unit has no
    /// finer look of its own.
    #[must_use]
    pub fn show(self, value: f64) -> String {
        self.show_to(value, 0)
    }

    /// The same, with as many more decimals as part it from another value that it is not: what is
    /// out of a range up to 5 days reads `5.01 days`.
    #[must_use]
    pub fn show_apart(self, value: f64, other: f64) -> String {
        let is_apart = |more: &usize| self.show_to(value, *more) != self.show_to(other, *more);
        self.show_to(value, (0..=FINEST).find(is_apart).unwrap_or(0))
    }

    fn show_to(self, value: f64, more: usize) -> String {
        match self {
            Self::Share => format!("{} %", trimmed(value * 100.0, 1 + more)),
            Self::Money | Self::Count => grouped(value, more),
            Self::Points => named(value, "point", "points", more),
            Self::Days => named(value, "day", "days", more),
            Self::Hours => named(value, "hour", "hours", more),
            Self::Weeks => named(value, "week", "weeks", more),
            Self::Score => trimmed(value, 2 + more),
        }
    }

    /// A change of such a figure, with its sign; shares move in points.
    #[must_use]
    pub fn show_change(self, change: f64) -> String {
        let text = match self {
            Self::Share => named(change * 100.0, "point", "points", 0),
            Self::Money
            | Self::Points
            | Self::Days
            | Self::Hours
            | Self::Weeks
            | Self::Count
            | Self::Score => self.show(change),
        };
        if text.starts_with('−') || text.starts_with("0 ") || text == "0" {
            text
        } else {
            format!("+{text}")
        }
    }

    /// A reading: `7 of 12` under twenty, else the figure.
    #[must_use]
    pub fn show_reading(self, reading: Reading) -> String {
        match reading {
            Reading::Share { n: 0, .. } => "no data".to_owned(),
            Reading::Share { k, n } if n < SMALL => format!("{k} of {n}"),
            Reading::Share { .. } | Reading::Number(_) => {
                reading.value().map_or_else(|| "no data".to_owned(), |value| self.show(value))
            }
        }
    }
}

fn named(value: f64, one: &str, many: &str, more: usize) -> String {
    let number = trimmed(value, 1 + more);
    let word = if number == "1" || number == "−1" { one } else { many };
    format!("{number} {word}")
}

/// At most so many decimals, none of them an idle nought, with a minus that is seen.
fn trimmed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text.as_str()
    };
    match text.strip_prefix('-') {
        Some("0") => "0".to_owned(),
        Some(digits) => format!("−{digits}"),
        None => text.to_owned(),
    }
}

/// Thousands apart: `1,204`, and decimals only below a hundred, unless more are wanted.
fn grouped(value: f64, more: usize) -> String {
    let decimals = usize::from(value.abs() < 100.0) + more;
    let text = trimmed(value, decimals);
    match text.strip_prefix('−') {
        Some(digits) => format!("−{}", crate::domain::field::grouped(digits)),
        None => crate::domain::field::grouped(&text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_people_read_them() {
        for (unit, value, text) in [
            (Unit::Share, 0.24, "24 %"),
            (Unit::Share, 0.312, "31.2 %"),
            (Unit::Share, 31.0 / 129.0, "24 %"),
            (Unit::Days, 35.0, "35 days"),
            (Unit::Days, 1.0, "1 day"),
            (Unit::Points, -3.0, "−3 points"),
            (Unit::Points, -0.01, "0 points"),
            (Unit::Money, 1_234_567.4, "1,234,567"),
            (Unit::Count, 1204.0, "1,204"),
            (Unit::Count, -999.0, "−999"),
            (Unit::Count, 2.5, "2.5"),
            (Unit::Score, 4.25, "4.25"),
        ] {
            assert_eq!(unit.show(value), text);
        }
        assert_eq!(Unit::Share.show_change(0.05), "+5 points");
        assert_eq!(Unit::Days.show_change(-4.0), "−4 days");
        assert_eq!(Unit::Days.show_change(0.0), "0 days");
    }

    #[test]
    fn what_is_not_the_same_does_not_read_the_same() {
        for (unit, value, other, text) in [
            (Unit::Days, 5.01, 5.0, "5.01 days"),
            (Unit::Days, 5.0, 5.0, "5 days"),
            (Unit::Share, 0.19996, 0.2, "19.996 %"),
            (Unit::Count, 1234.4, 1234.0, "1,234.4"),
            (Unit::Score, 3.996, 4.0, "3.996"),
            (Unit::Share, 0.1 + 0.2, 0.3, "30 %"),
        ] {
            assert_eq!(unit.show_apart(value, other), text);
        }
    }

    #[test]
    fn a_small_sample_prints_k_of_n() {
        let show = |k, n| Unit::Share.show_reading(Reading::share(k, n).unwrap());
        assert_eq!(show(7, 12), "7 of 12");
        assert_eq!(show(7, 19), "7 of 19");
        assert_eq!(show(7, 20), "35 %");
        assert_eq!(show(0, 0), "no data");
    }

    #[test]
    fn slugs_read_back() {
        assert!(Unit::ALL.iter().all(|unit| Unit::from_slug(unit.slug()) == Some(*unit)));
    }
}
