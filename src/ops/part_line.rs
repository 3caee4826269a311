//! A part in words: what the command line, the detail and the menus say of an option or a pre-wire.

use chrono::NaiveDate;

use crate::domain::day::echo;
use crate::domain::field::{Field, FieldKind, Names};
use crate::domain::item::Item;
use crate::domain::metric::Terms;
use crate::domain::part::{Part, PartKey, PartKind, letter};
use crate::domain::value::Value;

/// The label of a field as it stands before its words: held on 4 May, but held 3 d ago.
fn before(field: &Field, words: &str) -> &'static str {
    let is_ago = words.ends_with("ago") || ["today", "yesterday"].contains(&words);
    match field.label.strip_suffix(" on") {
        Some(bare) if is_ago && field.kind == FieldKind::PastDay => bare,
        _ => field.label,
    }
}

/// A part on one line, its key apart.
#[must_use]
pub fn of(part: &Part, owner: &Item, names: &impl Names, today: NaiveDate) -> String {
    let noun = part.kind.noun();
    let mut pieces = Vec::new();
    let by_field = match noun.key {
        PartKey::Field(name) => name,
        PartKey::Letter { .. } | PartKey::Number => "",
    };
    for (field, value) in part.entries() {
        if value.is_nothing() || field.name == "linked_at" {
            continue;
        }
        if field.name == by_field {
            // A person is called by name; anything else has a ref as its key, and a title.
            let title = value.ids().first().filter(|_| !field.is_person());
            pieces.extend(title.and_then(|id| names.title(*id)).map(str::to_owned));
            continue;
        }
        if part.kind == PartKind::Basis && field.name == "late" {
            pieces.push("linked after deciding, so it does not count".to_owned());
            continue;
        }
        if let Some(words) = of_override(part, field.name, today) {
            pieces.push(words);
            continue;
        }
        // A share is kept from 0 to 1 and read in per cent.
        let words = match (part.kind, field.name, value) {
            (PartKind::Observation, "value", Value::Real(figure)) => {
                Terms::of(owner).unit.show(*figure)
            }
            _ => field.show(value, names, today),
        };
        pieces.push(match field.name {
            name if name == noun.main => words.lines().next().unwrap_or_default().to_owned(),
            "text" | "stance" | "notes" | "status" | "result" => words,
            _ => format!("{} {words}", before(field, &words)),
        });
    }
    let own = letter(part.position).to_string();
    if part.kind == PartKind::Option && owner.text("recommendation") == own {
        pieces.push("recommended".to_owned());
    }
    if part.kind == PartKind::Option && owner.text("chosen") == own {
        pieces.push("chosen".to_owned());
    }
    if part.kind == PartKind::Pushback && part.text("instead").trim().is_empty() {
        pieces.push("without options".to_owned());
    }
    pieces.join("; ")
}

/// Who set a rule aside, on which day, and what was missing.
fn of_override(part: &Part, field: &str, today: NaiveDate) -> Option<String> {
    let text = part.text(field);
    match (part.kind, field) {
        (PartKind::Override, "person") => Some(format!("by {text}")),
        (PartKind::Override, "given_at") => {
            let day: NaiveDate = text.get(..10)?.parse().ok()?;
            Some(format!("on {}", echo(day, today)))
        }
        _ => None,
    }
}
