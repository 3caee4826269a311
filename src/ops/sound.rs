//! What any value must be, whoever writes it: no character that no file can hold, no longer than
//! what an export reads again, and something where something always stands.

use crate::domain::field::{Entry, Field, FieldKind, LINE_MAX, TAG_MAX, TITLE_MAX};
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

/// What always stands beside the fields that begin with something.
const ALWAYS: [(Kind, &str); 7] = [
    (Kind::Decision, "raised_on"),
    (Kind::Request, "asked_on"),
    (Kind::Block, "on"),
    (Kind::Block, "minutes"),
    (Kind::Entry, "on"),
    (Kind::Entry, "minutes"),
    (Kind::Impact, "kind"),
];

/// Looks at an item; what it was before is nobody's fault now.
///
/// # Errors
/// A refusal that names the field.
pub(super) fn look(before: Option<&Item>, item: &Item) -> Result<(), Refusal> {
    for (field, value) in item.entries() {
        let was = before.map(|before| before.get(field.name));
        if was == Some(value) {
            continue;
        }
        fits(field, value)?;
        let had = was.is_some_and(|was| !was.is_nothing());
        if value.is_nothing() && had && always_stands(item.kind(), field) {
            return Err(missing(field));
        }
    }
    Ok(())
}

/// A new item has what it begins with, though somebody said nothing there.
pub(super) fn complete(item: &mut Item) {
    let fresh = Item::new(item.id, item.reference, item.created_at, &item.author);
    for field in &item.kind().noun().fields {
        if !field.default.is_empty() && item.get(field.name).is_nothing() {
            item.set(field.name, fresh.get(field.name).clone());
        }
    }
}

fn always_stands(kind: Kind, field: &Field) -> bool {
    field.entry == Entry::Free
        && (!field.default.is_empty() || ALWAYS.contains(&(kind, field.name)))
}

fn missing(field: &Field) -> Refusal {
    let what = format!("{}: something always stands there", field.label);
    match field.kind {
        FieldKind::Choice(slugs) => {
            Refusal::input(what).hint(format!("say one of {}", slugs.join(", ")))
        }
        _ => Refusal::input(what).hint("say another"),
    }
}

/// # Errors
/// A refusal of a text that cannot be kept or brought in again.
pub(super) fn fits(field: &Field, value: &Value) -> Result<(), Refusal> {
    let texts: &[String] = match value {
        Value::Text(text) => std::slice::from_ref(text),
        Value::Tags(tags) => tags,
        _ => &[],
    };
    let most = match field.kind {
        FieldKind::Tags => Some(TAG_MAX),
        FieldKind::Line if field.name == "title" => Some(TITLE_MAX),
        FieldKind::Url | FieldKind::Line => Some(LINE_MAX),
        _ => None,
    };
    for text in texts {
        if text.contains('\0') {
            let what = format!("{}: it holds a NUL character, which no text has", field.label);
            return Err(Refusal::input(what));
        }
        let length = text.chars().count();
        if let Some(most) = most.filter(|most| length > *most) {
            let what = format!("{} has {length} characters, at most {most} fit", field.label);
            return Err(Refusal::input(what));
        }
    }
    Ok(())
}
