//! The words of a typed date: numbers, names of days and months, and the parts
//! of a written date. It completes nothing; what is missing stays missing.

use chrono::{Month, NaiveDate, Weekday};

use super::super::{DayError, weekday_name};

/// Shorter than this, `ma` and `t` would be a guess.
const SHORTEST_NAME: usize = 3;

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

const MONTHS: [Month; 12] = [
    Month::January,
    Month::February,
    Month::March,
    Month::April,
    Month::May,
    Month::June,
    Month::July,
    Month::August,
    Month::September,
    Month::October,
    Month::November,
    Month::December,
];

/// A date as it was written, with or without its year and weekday.
pub(super) struct Written {
    pub year: Option<i32>,
    month: Month,
    day: u32,
    pub weekday: Option<Weekday>,
}

impl Written {
    /// `2026-05-04`, also without the zeros.
    pub fn from_iso(word: &str) -> Option<Self> {
        let mut parts = word.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let month = number(month).filter(|_| month.len() <= 2)?;
        let month = u8::try_from(month).ok()?;
        let written = Self {
            year: Some(year_of(year)?),
            month: Month::try_from(month).ok()?,
            day: number(day).filter(|_| day.len() <= 2)?,
            weekday: None,
        };
        parts.next().is_none().then_some(written)
    }

    /// `14 dec`, `dec 14 2026`, `fri 27 nov`.
    pub fn from_words(words: &[String]) -> Option<Self> {
        let (weekday, words) = match words {
            [first, rest @ ..] if rest.len() >= 2 && weekday_of(first).is_some() => {
                (weekday_of(first), rest)
            }
            _ => (None, words),
        };
        let (first, second, year) = match words {
            [first, second] => (first, second, None),
            [first, second, year] => (first, second, Some(year_of(year)?)),
            _ => return None,
        };
        let (day, month) = match (day_of(first), day_of(second)) {
            (Some(day), None) => (day, month_of(second)?),
            (None, Some(day)) => (day, month_of(first)?),
            (None, None) | (Some(_), Some(_)) => return None,
        };
        Some(Self { year, month, day, weekday })
    }

    pub fn in_year(&self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month.number_from_month(), self.day)
    }

    /// The date, for one that names its year.
    pub fn in_its_year(&self) -> Result<NaiveDate, DayError> {
        self.year.and_then(|year| self.in_year(year)).ok_or_else(|| self.no_such_day())
    }

    pub fn no_such_day(&self) -> DayError {
        let (day, month) = (self.day, self.month.name());
        DayError::NoSuchDay(match self.year {
            Some(year) => format!("{day} {month} {year}"),
            None => format!("{day} {month}"),
        })
    }
}

/// Lower case, without commas, and with our own minus sign read as a hyphen.
pub(super) fn words_of(text: &str) -> Vec<String> {
    text.to_lowercase()
        .replace('−', "-")
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The words without the spaces, but never two numbers made into one.
pub(super) fn compact_of(words: &[String]) -> String {
    let digit = |c: char| c.is_ascii_digit();
    let two_numbers =
        words.windows(2).any(|pair| pair[0].ends_with(digit) && pair[1].starts_with(digit));
    if two_numbers {
        return String::new();
    }
    words.concat()
}

/// A number of digits alone: no sign, no point.
pub(super) fn number(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// `14` or `14th`.
pub(super) fn day_of(word: &str) -> Option<u32> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
    let day = bare.unwrap_or(word);
    number(day).filter(|number| day.len() <= 2 && (1..=31).contains(number))
}

pub(super) fn weekday_of(word: &str) -> Option<Weekday> {
    WEEKDAYS.into_iter().find(|&weekday| names(word, weekday_name(weekday)))
}

fn month_of(word: &str) -> Option<Month> {
    MONTHS.into_iter().find(|month| names(word, month.name()))
}

/// Whether a word is a name, or its beginning from three letters on.
fn names(word: &str, name: &str) -> bool {
    word.len() >= SHORTEST_NAME && name.to_ascii_lowercase().starts_with(word)
}

fn year_of(word: &str) -> Option<i32> {
    let year = number(word).filter(|_| word.len() == 4)?;
    i32::try_from(year).ok()
}
