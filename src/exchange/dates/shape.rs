//! The shape of a written date: which figures are year, month and day, before anybody asks
//! whether that day exists.

use super::months;

/// A date as written, and the hour beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    pub written: Written,
    /// From 0 to 23, when a time of day stands behind the date.
    pub hour: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Named {
        year: u32,
        month: u32,
        day: u32,
    },
    /// Day and month in an order that only the column knows.
    Unnamed {
        first: u32,
        second: u32,
        year: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Figure { value: u32, digits: usize },
    Word(String),
    Mark(char),
}

use Token::{Figure, Mark, Word};

/// Longest text that can be a date with its time and zone.
const LONGEST: usize = 100;

/// Reads the whole text as one date, with or without a time behind it.
pub fn read(text: &str) -> Option<Shape> {
    let tokens = tokens(text)?;
    let tokens = match tokens.split_first() {
        Some((Word(word), rest)) if months::is_weekday(word) => rest,
        _ => &tokens[..],
    };
    let (written, rest) = by_year_first(tokens)
        .or_else(|| by_year_first_at_once(tokens))
        .or_else(|| by_suffix(tokens))
        .or_else(|| by_figures(tokens))
        .or_else(|| by_day_and_name(tokens))
        .or_else(|| by_name_and_day(tokens))?;
    if rest.is_empty() {
        return Some(Shape { written, hour: None });
    }
    Some(Shape { written, hour: Some(hour(rest)?) })
}

/// Whether the text is a time of day and nothing else.
pub fn is_time(text: &str) -> bool {
    tokens(text).is_some_and(|tokens| hour(&tokens).is_some())
}

/// Figures, words in lower case and marks; commas and white space only part them.
fn tokens(text: &str) -> Option<Vec<Token>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_whitespace() || letter == ',' {
            continue;
        }
        let mut run = String::from(letter);
        let same: fn(&char) -> bool = if letter.is_ascii_digit() {
            char::is_ascii_digit
        } else if letter.is_alphabetic() {
            |next| next.is_alphabetic()
        } else {
            tokens.push(Mark(letter));
            continue;
        };
        while let Some(next) = letters.next_if(same) {
            run.push(next);
        }
        tokens.push(if letter.is_ascii_digit() {
            Figure { digits: run.len(), value: run.parse().ok()? }
        } else {
            Word(run.to_lowercase())
        });
    }
    tokens.retain(|token| !matches!(token, Word(word) if months::is_filler(word)));
    Some(tokens)
}

type Found<'a> = Option<(Written, &'a [Token])>;

/// `2026-05-14`, `2026/05/14`, `2026.05.14`.
fn by_year_first(tokens: &[Token]) -> Found<'_> {
    let [
        Figure { value: year, digits: 4 },
        Mark(one @ ('-' | '/' | '.')),
        Figure { value: month, digits: 1..=2 },
        Mark(other),
        Figure { value: day, digits: 1..=2 },
        rest @ ..,
    ] = tokens
    else {
        return None;
    };
    (one == other).then_some((Written::Named { year: *year, month: *month, day: *day }, rest))
}

/// `20260514`.
fn by_year_first_at_once(tokens: &[Token]) -> Found<'_> {
    let [Figure { value, digits: 8 }, rest @ ..] = tokens else { return None };
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    let is_date = (1970..=2100).contains(&year) && (1..=12).contains(&month) && day > 0;
    is_date.then_some((Written::Named { year, month, day }, rest))
}

/// `2026년 5월 4일`, `2026年5月4日`.
fn by_suffix(tokens: &[Token]) -> Found<'_> {
    let [
        Figure { value: year, digits: 4 },
        Word(year_word),
        Figure { value: month, digits: 1..=2 },
        Word(month_word),
        Figure { value: day, digits: 1..=2 },
        Word(day_word),
        rest @ ..,
    ] = tokens
    else {
        return None;
    };
    let words = (year_word.as_str(), month_word.as_str(), day_word.as_str());
    matches!(words, ("년", "월", "일") | ("年", "月", "日"))
        .then_some((Written::Named { year: *year, month: *month, day: *day }, rest))
}

/// `14.05.2026`, `6/18/2026`, `18-06-26`.
fn by_figures(tokens: &[Token]) -> Found<'_> {
    let [
        Figure { value: first, digits: 1..=2 },
        Mark(one @ ('-' | '/' | '.')),
        Figure { value: second, digits: 1..=2 },
        Mark(other),
        year,
        rest @ ..,
    ] = tokens
    else {
        return None;
    };
    let year = year_of(year)?;
    let (first, second) = (*first, *second);
    if one != other {
        return None;
    }
    let written = if *one == '.' {
        Written::Named { year, month: second, day: first }
    } else {
        Written::Unnamed { first, second, year }
    };
    Some((written, rest))
}

/// `11/May/26`, `11 May 2026`, `14. Mai 2026`.
fn by_day_and_name(tokens: &[Token]) -> Found<'_> {
    let (Figure { value: day, digits: 1..=2 }, rest) = tokens.split_first()? else {
        return None;
    };
    let (Word(word), rest) = after_mark(rest).split_first()? else {
        return None;
    };
    let month = months::month(word)?;
    let (year, rest) = after_mark(rest).split_first()?;
    let written = Written::Named { year: year_of(year)?, month, day: *day };
    Some((written, rest))
}

/// `May 14, 2026`.
fn by_name_and_day(tokens: &[Token]) -> Found<'_> {
    let (Word(word), rest) = tokens.split_first()? else {
        return None;
    };
    let month = months::month(word)?;
    let (Figure { value: day, digits: 1..=2 }, rest) = after_mark(rest).split_first()? else {
        return None;
    };
    let (year @ Figure { digits: 4, .. }, rest) = rest.split_first()? else {
        return None;
    };
    let written = Written::Named { year: year_of(year)?, month, day: *day };
    Some((written, rest))
}

fn after_mark(tokens: &[Token]) -> &[Token] {
    match tokens {
        [Mark('-' | '/' | '.'), rest @ ..] => rest,
        _ => tokens,
    }
}

/// A year of four figures, or of two in this century.
fn year_of(token: &Token) -> Option<u32> {
    match token {
        Figure { value, digits: 4 } => Some(*value),
        Figure { value, digits: 2 } => Some(2000 + *value),
        _ => None,
    }
}

/// The hour when the tokens are a time of day with or without a zone.
fn hour(tokens: &[Token]) -> Option<u32> {
    let known = tokens.iter().all(|token| match token {
        Figure { .. } => true,
        Word(word) => months::belongs_to_time(word),
        Mark(mark) => [':', '.', '+', '-', '(', ')'].contains(mark),
    });
    let mut figures = tokens.iter().enumerate().filter_map(|(index, token)| match token {
        Figure { value, digits: 1..=2 } => Some((index, *value)),
        _ => None,
    });
    let (index, hour) = figures.next()?;
    let afternoon =
        tokens.iter().any(|token| matches!(token, Word(word) if months::is_afternoon(word)));
    let halved =
        afternoon || tokens.iter().any(|token| matches!(token, Word(word) if is_morning(word)));
    let split = matches!(tokens.get(index + 1), Some(Mark(':' | '.')));
    if !known || hour > 24 || !(split || halved) {
        return None;
    }
    Some(if halved { hour % 12 + if afternoon { 12 } else { 0 } } else { hour % 24 })
}

fn is_morning(word: &str) -> bool {
    ["am", "a", "오전", "午前", "上午"].contains(&word)
}
