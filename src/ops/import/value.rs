//! From the canonical text of a row to a value of the field's type. Nothing is relative here, so
//! no clock is asked; names stay names.

use chrono::NaiveDate;

use crate::domain::field::{Field, FieldKind, LINE_MAX, TEXT_MAX, TITLE_MAX, read_pick};
use crate::domain::value::Value;
use crate::exchange::dates::{self, End};

use super::prepare::Whose;

/// What a row wants in a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wanted {
    Value(Value),
    /// People by name or e-mail; made when nobody is called so.
    People(Vec<String>),
    /// Other items by ref; never made.
    Items(Vec<String>),
}

/// The value that the text means.
///
/// # Errors
/// The end of a sentence that begins with the text.
pub(super) fn read(field: &Field, text: &str, whose: Whose) -> Result<Wanted, String> {
    let value = match field.kind {
        FieldKind::One(_) if field.is_person() => {
            return people(std::iter::once(text));
        }
        FieldKind::Many(_) if field.is_person() => {
            return people(listed(text));
        }
        FieldKind::One(_) | FieldKind::Many(_) => {
            return Ok(Wanted::Items(listed(text).map(str::to_owned).collect()));
        }
        FieldKind::Line if field.name == "title" => title(text, whose)?,
        FieldKind::Text => within(text, TEXT_MAX)?,
        FieldKind::Line | FieldKind::Url => within(text, LINE_MAX)?,
        FieldKind::Day | FieldKind::PastDay => day(text)?,
        FieldKind::Quarter => quarter(text)?,
        FieldKind::Clock => crate::domain::day::clock(text)
            .map(Value::Text)
            .ok_or_else(|| format!("“{text}” is not a time of day such as 09:30"))?,
        FieldKind::Minutes => minutes(text)?,
        FieldKind::Whole { least, most } => whole(text, least, most)?,
        FieldKind::Real => real(text)?,
        FieldKind::Choice(slugs) => choice(text, slugs)?,
        FieldKind::State => Value::Text(text.to_owned()),
        FieldKind::Tags => Value::Tags(listed(text).map(str::to_owned).collect()),
    };
    Ok(Wanted::Value(value))
}

fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty())
}

/// Names without the `@` of a handle.
fn people<'a>(names: impl Iterator<Item = &'a str>) -> Result<Wanted, String> {
    let bare = |name: &'a str| name.trim().trim_start_matches('@').trim();
    let names: Vec<&str> = names.map(bare).filter(|name| !name.is_empty()).collect();
    if names.iter().any(|name| name.len() > TITLE_MAX || name.contains('\0')) {
        return Err(format!("is no name of at most {TITLE_MAX} characters"));
    }
    Ok(Wanted::People(names.into_iter().map(str::to_owned).collect()))
}

fn title(text: &str, whose: Whose) -> Result<Value, String> {
    if text.contains('\0') {
        return Err("holds a NUL character".to_owned());
    }
    let title = match whose {
        Whose::Ours => text.to_owned(),
        Whose::Theirs => text.replace(['\n', '\r'], " ").trim().to_owned(),
    };
    if title.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    within(&title, TITLE_MAX)
}

fn within(text: &str, most: usize) -> Result<Value, String> {
    if text.len() > most && text.chars().count() > most {
        return Err(format!("has more than {most} characters"));
    }
    Ok(Value::Text(text.to_owned()))
}

fn day(text: &str) -> Result<Value, String> {
    if let (10, Ok(day)) = (text.len(), text.parse::<NaiveDate>()) {
        return Ok(Value::Day(day));
    }
    dates::read(text, None, End::Last).map(Value::Day).map_err(|error| error.why().to_owned())
}

fn quarter(text: &str) -> Result<Value, String> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 7
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && &bytes[4..6] == b"-Q"
        && (b'1'..=b'4').contains(&bytes[6]);
    if shape { Ok(Value::Text(text.to_owned())) } else { Err("is not a quarter".to_owned()) }
}

fn minutes(text: &str) -> Result<Value, String> {
    let found = text.trim().parse().ok().or_else(|| crate::domain::day::minutes(text).ok());
    match found {
        Some(minutes) if minutes >= 0 => Ok(Value::Whole(minutes)),
        _ => Err("is not a span of time".to_owned()),
    }
}

fn whole(text: &str, least: i64, most: i64) -> Result<Value, String> {
    match text.trim().parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(Value::Whole(number)),
        _ => Err(format!("is not a whole number from {least} to {most}")),
    }
}

fn real(text: &str) -> Result<Value, String> {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Value::Real(number)),
        _ => Err("is not a number".to_owned()),
    }
}

fn choice(text: &str, slugs: &'static [&'static str]) -> Result<Value, String> {
    read_pick(text, slugs)
        .map(|slug| Value::Text(slug.to_owned()))
        .ok_or_else(|| format!("is not one of {}", slugs.join(", ")))
}
