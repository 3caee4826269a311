//! From a value to words for people, and to the text that would be typed to get it again.

use chrono::NaiveDate;

use super::{Field, FieldKind};
use crate::domain::day;
use crate::domain::item::{ItemId, Ref};
use crate::domain::value::Value;

/// Tells what an id is called. The store answers for a page, tests with a table.
pub trait Names {
    fn reference(&self, id: ItemId) -> Option<Ref>;
    fn title(&self, id: ItemId) -> Option<&str>;

    /// Whether it lies in the Trash.
    fn is_gone(&self, _: ItemId) -> bool {
        false
    }
}

/// Knows nobody; for values that hold no links.
pub struct NoNames;

impl Names for NoNames {
    fn reference(&self, _: ItemId) -> Option<Ref> {
        None
    }

    fn title(&self, _: ItemId) -> Option<&str> {
        None
    }
}

impl Field {
    /// Short words for a list or a detail pane; empty when there is nothing.
    #[must_use]
    pub fn show(&self, value: &Value, names: &impl Names, today: NaiveDate) -> String {
        match (value, self.kind) {
            (Value::Day(date), FieldKind::PastDay) => day::ago(*date, today),
            (Value::Day(date), _) => day::short(*date, today),
            (Value::Whole(minutes), FieldKind::Minutes) => day::show_minutes(*minutes),
            // What is made by its name is known by it.
            (Value::Item(id), _) if self.makes_by_name() => {
                names.title(*id).map_or_else(|| self.called(*id, names), str::to_owned)
            }
            // What was thrown away holds nothing up, and is held by nothing.
            (Value::Items(ids), _) if matches!(self.name, "blocks" | "blocked_by") => {
                let live = ids.iter().filter(|id| !names.is_gone(**id));
                live.map(|id| self.called(*id, names)).collect::<Vec<_>>().join(", ")
            }
            (Value::Whole(_) | Value::Real(_), _) => grouped(&self.typed(value, names)),
            _ => self.typed(value, names),
        }
    }

    /// As `show`, in words that are still so when somebody reads them months later.
    #[must_use]
    pub fn told(&self, value: &Value, names: &impl Names, today: NaiveDate) -> String {
        match value {
            Value::Day(date) => day::lasting(*date, today),
            _ => self.show(value, names, today),
        }
    }

    /// The text that, typed into the field, gives this value again; also what JSON and CSV hold.
    #[must_use]
    pub fn typed(&self, value: &Value, names: &impl Names) -> String {
        match value {
            Value::Nothing => String::new(),
            Value::Text(text) => text.clone(),
            Value::Whole(number) if self.kind == FieldKind::Minutes => format!("{number}m"),
            Value::Whole(number) => number.to_string(),
            Value::Real(number) => show_real(*number),
            Value::Day(date) => date.to_string(),
            Value::Item(id) => self.called(*id, names),
            Value::Items(ids) => {
                ids.iter().map(|id| self.called(*id, names)).collect::<Vec<_>>().join(", ")
            }
            Value::Tags(tags) => tags.join(", "),
        }
    }

    /// A person by name, any other item by ref.
    pub fn called(&self, id: ItemId, names: &impl Names) -> String {
        if self.is_person()
            && let Some(title) = names.title(id)
        {
            return title.to_owned();
        }
        names.reference(id).map_or_else(|| id.to_string(), |reference| reference.to_string())
    }
}

/// Digits with their thousands apart: `61,000`, `-1,200.5`.
#[must_use]
pub fn grouped(digits: &str) -> String {
    let from = usize::from(digits.starts_with('-'));
    let whole = digits.find(['.', 'e']).unwrap_or(digits.len());
    let mut told = String::with_capacity(digits.len() + 2);
    for (place, letter) in digits.char_indices() {
        if place > from && place < whole && (whole - place).is_multiple_of(3) {
            told.push(',');
        }
        told.push(letter);
    }
    told
}

/// A figure without needless zeros: `24`, `31.2`.
#[must_use]
pub fn show_real(number: f64) -> String {
    format!("{number}")
}
