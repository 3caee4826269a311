//! History in words: what changed, from what to what, with the names of whatever ids stand for.

use chrono::{Local, NaiveDate};

use crate::domain::day;
use crate::domain::field::{Field, FieldKind, Names};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::part::{PartKey, letter};
use crate::store::history::{FieldChange, OfPart};

use super::detail::ItemStep;

/// Letters of a text that history tells.
const WORDS: usize = 48;

/// The steps of one item, each followed by its fields, as lines.
#[must_use]
pub fn history(steps: &[ItemStep], names: &impl Names, today: NaiveDate) -> Vec<String> {
    let mut lines = Vec::new();
    for step in steps {
        let at = step.step.at.with_timezone(&Local);
        let undone = if step.step.undone_by.is_some() { "  (undone)" } else { "" };
        let who = if step.step.actor.is_empty() {
            String::new()
        } else {
            format!("  {}", step.step.actor)
        };
        let day = day::short(at.date_naive(), today);
        lines.push(format!("{day} {}  {}{who}{undone}", at.format("%H:%M"), step.step.label));
        for change in &step.changes {
            if let Some(words) = field_change(change, names, today) {
                lines.push(format!("    {words}"));
            }
        }
    }
    lines
}

/// `needed by: Fri 8 May → Thu 14 May`: days as they are called on any day; `None` for what people do not care about.
#[must_use]
pub fn field_change(change: &FieldChange, names: &impl Names, today: NaiveDate) -> Option<String> {
    if let Some(part) = &change.part {
        return part_change(change, part, names, today);
    }
    let is_made = change.kind == "I" && !change.column.is_empty();
    if change.kind != "U" && !is_made {
        return None;
    }
    if change.column == "deleted_at" {
        let words = if change.new.is_some() {
            "thrown into the Trash"
        } else {
            "brought back from the Trash"
        };
        return Some(words.to_owned());
    }
    // The step says where it was put; the figure behind it says nothing.
    if change.column == "rank" {
        return None;
    }
    let field = Kind::ALL
        .into_iter()
        .filter(|kind| change.table == "item" || kind.slug() == change.table)
        .find_map(|kind| kind.noun().answering(&change.column))?;
    if is_made {
        let new = shown(field, change.new.as_ref(), names, today);
        return Some(format!("{}: {new}", field.label));
    }
    Some(format!("{}: {}", field.label, from_to(field, change, names, today)))
}

/// `option b: cost: 2 h → 3 h`; `option b added`.
fn part_change(
    change: &FieldChange,
    part: &OfPart,
    names: &impl Names,
    today: NaiveDate,
) -> Option<String> {
    let noun = part.kind.noun();
    let called = part_called(part, names);
    match change.kind.as_str() {
        "I" => Some(format!("{called} added")),
        "D" => Some(format!("{called} removed")),
        _ => {
            let field = noun.fields.iter().find(|field| field.name == change.column)?;
            Some(format!("{called}: {}: {}", field.label, from_to(field, change, names, today)))
        }
    }
}

/// `option b`, `prewire Raj Mehta`.
#[must_use]
pub fn part_called(part: &OfPart, names: &impl Names) -> String {
    let noun = part.kind.noun();
    let key = match noun.key {
        PartKey::Letter { .. } => part.key.parse().map_or('?', letter).to_string(),
        PartKey::Number => part.key.clone(),
        PartKey::Field(name) => match part.key.parse::<ItemId>() {
            Ok(id) => noun.field(name).called(id, names),
            Err(_) => part.key.clone(),
        },
    };
    format!("{} {key}", noun.label)
}

/// What a value was and is; of two texts that begin alike, the first line in which they differ.
fn from_to(field: &Field, change: &FieldChange, names: &impl Names, today: NaiveDate) -> String {
    let show = |value: &Option<String>| shown(field, value.as_ref(), names, today);
    let (old, new) = (show(&change.old), show(&change.new));
    if let (true, Some(before), Some(after)) = (old == new, &change.old, &change.new) {
        let (mut before, mut after) = (before.lines(), after.lines());
        loop {
            let (was, is) = (before.next(), after.next());
            if was.is_none() && is.is_none() {
                break;
            }
            if was != is {
                let told = |line: Option<&str>| line.map_or_else(|| "nothing".to_owned(), begun);
                return format!("{} → {}", told(was), told(is));
            }
        }
    }
    format!("{old} → {new}")
}

/// The first words of a text, and how many lines come after them.
fn text_told(text: &str) -> String {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = begun(lines.next().unwrap_or_default());
    match lines.count() {
        0 => first,
        1 => format!("{first} + 1 line"),
        more => format!("{first} + {more} lines"),
    }
}

/// The beginning of a line, in quotation marks.
fn begun(line: &str) -> String {
    let line = line.trim();
    match line.char_indices().nth(WORDS) {
        None => format!("“{line}”"),
        Some((end, _)) => {
            let cut = line[..end].rsplit_once(' ').map_or(&line[..end], |(words, _)| words);
            format!("“{cut}…”")
        }
    }
}

/// A stored value in words.
fn shown(field: &Field, value: Option<&String>, names: &impl Names, today: NaiveDate) -> String {
    match (value, field.kind) {
        (None, _) => "nothing".to_owned(),
        (Some(text), FieldKind::One(_)) => {
            text.parse::<ItemId>().ok().map_or_else(|| text.clone(), |id| field.called(id, names))
        }
        (Some(text), FieldKind::Day | FieldKind::PastDay) => {
            text.parse().map_or_else(|_| text.clone(), |date| day::echo(date, today))
        }
        (Some(text), FieldKind::Minutes) => {
            text.parse().map_or_else(|_| text.clone(), day::show_minutes)
        }
        (Some(text), FieldKind::Text) => text_told(text),
        (Some(text), _) => format!("“{text}”"),
    }
}

/// The ids that a history mentions, so that they can be named.
#[must_use]
pub fn mentioned(steps: &[ItemStep]) -> Vec<ItemId> {
    steps
        .iter()
        .flat_map(|step| &step.changes)
        .flat_map(|change| {
            let key = change.part.as_ref().map(|part| &part.key);
            [change.old.as_ref(), change.new.as_ref(), key]
        })
        .filter_map(|value| value?.parse().ok())
        .collect()
}
