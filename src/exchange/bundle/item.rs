//! From the members of an object to an item: every field that the noun has, none that it has not,
//! each of its type and within its bounds.

use chrono::{Datelike, NaiveDate};

use super::raw::{Members, Raw};
use super::{Audit, LinkTo, part};
use crate::domain::day::YEARS;
use crate::domain::field::{Field, FieldKind, LINE_MAX, TAG_MAX, TEXT_MAX, TITLE_MAX};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::part::Part;
use crate::domain::value::Value;
use crate::exchange::instant;

/// The item, and what it points at.
///
/// # Errors
/// A sentence that names the item and the field.
pub(super) fn read(mut members: Members) -> Result<(Item, Vec<Part>, Vec<LinkTo>), String> {
    let audit = audit(&mut members)?;
    let reference = audit.reference;
    let mut item = Item::new(audit.id, reference, audit.created_at, &audit.author);
    item.updated_at = audit.updated_at;
    item.deleted_at = audit.deleted_at;
    let mut links = Vec::new();
    for field in &reference.kind.noun().fields {
        let raw = members
            .take(field.name)
            .ok_or_else(|| format!("{reference}: “{}” is missing", field.name))?;
        let value = value(Some(reference.kind), field, raw, &mut links)
            .map_err(|why| format!("{reference}, field {}: {why}", field.name))?;
        item.set(field.name, value);
    }
    let parts = part::read_all(&mut members, &item, &mut links)?;
    members.done(&format!("{reference}: {}", reference.kind.noun().one()))?;
    if links.iter().any(|link| link.id == item.id) {
        return Err(format!("{reference} points at itself"));
    }
    Ok((item, parts, links))
}

fn audit(members: &mut Members) -> Result<Audit, String> {
    let text = members.text("ref")?;
    let reference = read_ref(&text)?;
    let kind = members.text("type")?;
    if Kind::from_slug(&kind) != Some(reference.kind) {
        return Err(format!("{reference} is not a “{kind}”"));
    }
    let at =
        |text: String| instant::read(&text).map_err(|why| format!("{reference}: “{text}” {why}"));
    let deleted_at = match members.take("deleted_at") {
        Some(Raw::Null) => None,
        Some(Raw::Text(text)) => Some(at(text)?),
        Some(_) | None => return Err(format!("{reference}: “deleted_at” is no instant or null")),
    };
    Ok(Audit {
        id: read_id(&members.text("id")?)?,
        reference,
        created_at: at(members.text("created_at")?)?,
        updated_at: at(members.text("updated_at")?)?,
        author: clean(members.text("author")?, LINE_MAX)?,
        deleted_at,
    })
}

pub(super) fn read_id(text: &str) -> Result<ItemId, String> {
    let id: ItemId = text.parse().map_err(|_| format!("“{text}” is not an id"))?;
    if id.to_string() == text {
        Ok(id)
    } else {
        Err(format!("“{text}” is not an id as written"))
    }
}

fn read_ref(text: &str) -> Result<Ref, String> {
    Ref::parse(text)
        .filter(|reference| reference.to_string() == text)
        .ok_or_else(|| format!("“{text}” is not a ref"))
}

/// A value of a field; `kind` is that of the item, whose states it may be, and none for a part.
pub(super) fn value(
    kind: Option<Kind>,
    field: &Field,
    raw: Raw,
    links: &mut Vec<LinkTo>,
) -> Result<Value, String> {
    match (field.kind, raw) {
        (FieldKind::State, Raw::Text(slug)) => one_of(
            slug,
            &kind.into_iter().flat_map(|kind| kind.noun().state_slugs()).collect::<Vec<_>>(),
        ),
        (FieldKind::Many(_), Raw::List(list)) => many(field, list, links),
        (FieldKind::Tags, Raw::List(list)) => tags(list),
        (FieldKind::Many(_) | FieldKind::Tags, _) => Err("a list belongs here".to_owned()),
        (FieldKind::State, _) => Err("a state belongs here".to_owned()),
        (_, Raw::Null) if field.name == "title" => Err("it is empty".to_owned()),
        (_, Raw::Null) => Ok(Value::Nothing),
        (FieldKind::One(_), Raw::Link { id, reference }) => {
            let link = link(field, &id, &reference)?;
            links.push(link);
            Ok(Value::Item(link.id))
        }
        (FieldKind::One(_), _) => Err("a link belongs here".to_owned()),
        (FieldKind::Real, Raw::Real(number)) => Ok(Value::Real(number)),
        #[expect(clippy::cast_precision_loss, reason = "figures of a plan are far below 2^52")]
        (FieldKind::Real, Raw::Whole(number)) => Ok(Value::Real(number as f64)),
        (FieldKind::Minutes, Raw::Whole(number)) => within(number, 0, minutes_most(field)),
        (FieldKind::Whole { least, most }, Raw::Whole(number)) => within(number, least, most),
        (_, Raw::Text(text)) => worded(field, text),
        (_, Raw::Whole(_) | Raw::Real(_) | Raw::List(_) | Raw::Link { .. } | Raw::Part(_)) => {
            Err("a value of another type belongs here".to_owned())
        }
    }
}

/// A week has 10,080 minutes; other spans have no bound but the number itself.
fn minutes_most(field: &Field) -> i64 {
    if field.name == "weekly_minutes" { 10_080 } else { i64::MAX }
}

fn within(number: i64, least: i64, most: i64) -> Result<Value, String> {
    if (least..=most).contains(&number) {
        return Ok(Value::Whole(number));
    }
    Err(format!("{number} is not from {least} to {most}"))
}

fn worded(field: &Field, text: String) -> Result<Value, String> {
    match field.kind {
        FieldKind::Line if field.name == "title" => name(text, TITLE_MAX).map(Value::Text),
        FieldKind::Line => clean(text, LINE_MAX).map(Value::Text),
        FieldKind::Text => clean(text, TEXT_MAX).map(Value::Text),
        FieldKind::Url => address(text),
        FieldKind::Day | FieldKind::PastDay => day(&text),
        FieldKind::Quarter => quarter(text),
        FieldKind::Clock => clock(text),
        FieldKind::Choice(slugs) => one_of(text, slugs),
        FieldKind::State
        | FieldKind::Minutes
        | FieldKind::Whole { .. }
        | FieldKind::Real
        | FieldKind::One(_)
        | FieldKind::Many(_)
        | FieldKind::Tags => Err(format!("“{text}” is a text; another type belongs here")),
    }
}

fn clock(text: String) -> Result<Value, String> {
    if crate::domain::day::clock(&text).as_deref() == Some(text.as_str()) {
        return Ok(Value::Text(text));
    }
    Err(format!("“{text}” is not a time of day such as 09:30"))
}

fn one_of(text: String, slugs: &[&str]) -> Result<Value, String> {
    if slugs.contains(&text.as_str()) {
        return Ok(Value::Text(text));
    }
    Err(format!("“{text}” is not one of {}", slugs.join(", ")))
}

fn clean(text: String, most: usize) -> Result<String, String> {
    let length = text.chars().count();
    if length > most {
        return Err(format!("it has {length} characters, at most {most} fit"));
    }
    Ok(text)
}

/// A text that may not be empty, nor hold what `SQLite` would take for its end.
fn name(text: String, most: usize) -> Result<String, String> {
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    if text.contains('\0') {
        return Err("it holds a NUL character".to_owned());
    }
    clean(text, most)
}

fn address(text: String) -> Result<Value, String> {
    let lower = text.to_lowercase();
    let known = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    if !known || text.contains(char::is_whitespace) {
        return Err(format!("“{text}” is not a web address"));
    }
    clean(text, LINE_MAX).map(Value::Text)
}

fn day(text: &str) -> Result<Value, String> {
    let day: NaiveDate = text.parse().map_err(|_| format!("“{text}” is not a date"))?;
    if day.to_string() != text {
        return Err(format!("“{text}” is not a date as YYYY-MM-DD"));
    }
    if !YEARS.contains(&day.year()) {
        return Err(format!("“{text}” is not between 1970 and 2100"));
    }
    Ok(Value::Day(day))
}

fn quarter(text: String) -> Result<Value, String> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 7
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && &bytes[4..6] == b"-Q"
        && (b'1'..=b'4').contains(&bytes[6]);
    if shape { Ok(Value::Text(text)) } else { Err(format!("“{text}” is not a quarter")) }
}

fn link(field: &Field, id: &str, reference: &str) -> Result<LinkTo, String> {
    let reference = read_ref(reference)?;
    if !field.targets().contains(&reference.kind) {
        return Err(format!("{reference} is {}, which does not fit", reference.kind.noun().one()));
    }
    Ok(LinkTo { id: read_id(id)?, reference })
}

fn many(field: &Field, list: Vec<Raw>, links: &mut Vec<LinkTo>) -> Result<Value, String> {
    let mut ids = Vec::with_capacity(list.len());
    for raw in list {
        let Raw::Link { id, reference } = raw else {
            return Err("only links belong into this list".to_owned());
        };
        let link = link(field, &id, &reference)?;
        if ids.contains(&link.id) {
            return Err(format!("{reference} stands here twice"));
        }
        ids.push(link.id);
        links.push(link);
    }
    Ok(if ids.is_empty() { Value::Nothing } else { Value::Items(ids) })
}

fn tags(list: Vec<Raw>) -> Result<Value, String> {
    let mut tags = Vec::with_capacity(list.len());
    for raw in list {
        let Raw::Text(tag) = raw else {
            return Err("only texts belong into this list".to_owned());
        };
        let tag = name(tag, TAG_MAX)?;
        if tags.contains(&tag) {
            return Err(format!("“{tag}” stands here twice"));
        }
        tags.push(tag);
    }
    tags.sort();
    Ok(if tags.is_empty() { Value::Nothing } else { Value::Tags(tags) })
}
