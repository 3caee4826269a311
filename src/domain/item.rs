//! One item of the workspace as a value: its identity, its audit fields and its values,
//! which stand in the order of the noun's fields. It does not know how it is stored.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::field::Field;
use super::kind::Kind;
use super::noun::{Shelf, State};
use super::value::Value;

/// The identity that never changes: a `UUIDv7`, written as 36 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub Uuid);

impl fmt::Display for ItemId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(out)
    }
}

impl FromStr for ItemId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// The short name that people say and type: `d12`. Never used for another item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ref {
    pub kind: Kind,
    pub number: i64,
}

impl fmt::Display for Ref {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.kind.letter(), self.number)
    }
}

impl Ref {
    /// Reads `d12`, `D12` or `msg3`; `None` when the text has another shape.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (letters, digits) = text.split_at(letters);
        let kind = Kind::from_letter(letters)?;
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number = digits.parse().ok().filter(|number| *number > 0)?;
        Some(Self { kind, number })
    }
}

/// An item as it stands in the workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub id: ItemId,
    pub reference: Ref,
    /// Grows with every change; an edit made against an older one is a conflict.
    pub rev: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub author: String,
    pub deleted_at: Option<DateTime<Utc>>,
    values: Vec<Value>,
}

impl Item {
    /// A new item with the noun's defaults.
    #[must_use]
    pub fn new(id: ItemId, reference: Ref, now: DateTime<Utc>, author: &str) -> Self {
        let values = reference.kind.noun().fields.iter().map(Field::default_value).collect();
        Self {
            id,
            reference,
            rev: 1,
            created_at: now,
            updated_at: now,
            author: author.to_owned(),
            deleted_at: None,
            values,
        }
    }

    #[must_use]
    pub fn kind(&self) -> Kind {
        self.reference.kind
    }

    /// The value of a field that the noun has; `Value::Nothing` for any other name.
    #[must_use]
    pub fn get(&self, name: &str) -> &Value {
        self.kind().noun().position(name).map_or(&Value::Nothing, |at| &self.values[at])
    }

    /// Sets a field; a name that the noun does not have is ignored, since no description leads here.
    pub fn set(&mut self, name: &str, value: Value) {
        if let Some(at) = self.kind().noun().position(name) {
            self.values[at] = value;
        }
    }

    /// Sets the field that stands at this place of the noun, for whoever has looked it up once.
    ///
    /// # Panics
    /// When the noun has no such place.
    pub fn set_at(&mut self, place: usize, value: Value) {
        self.values[place] = value;
    }

    #[must_use]
    pub fn title(&self) -> &str {
        self.text("title")
    }

    #[must_use]
    pub fn state(&self) -> &'static State {
        self.kind().noun().state(self.text("state"))
    }

    #[must_use]
    pub fn shelf(&self) -> Shelf {
        if self.deleted_at.is_some() { Shelf::Trash } else { self.state().shelf }
    }

    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).text()
    }

    #[must_use]
    pub fn day(&self, name: &str) -> Option<NaiveDate> {
        self.get(name).day()
    }

    #[must_use]
    pub fn whole(&self, name: &str) -> Option<i64> {
        self.get(name).whole()
    }

    #[must_use]
    pub fn link(&self, name: &str) -> Option<ItemId> {
        self.get(name).link()
    }

    #[must_use]
    pub fn links(&self, name: &str) -> &[ItemId] {
        self.get(name).links()
    }

    /// Field and value, in the order of the description.
    pub fn entries(&self) -> impl Iterator<Item = (&'static Field, &Value)> {
        self.kind().noun().fields.iter().zip(&self.values)
    }
}
