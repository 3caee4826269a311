//! A part of an item: an option of a decision, a pre-wire, a blocker. It has a description like a
//! noun, and a key by which people name it within its item; what it means is said elsewhere.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use uuid::Uuid;

use super::field::{Entry, Field, Names, place_of};
use super::item::ItemId;
use super::kind::Kind;
use super::parts;
use super::value::Value;

/// The identity of a part; never that of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartId(pub Uuid);

impl fmt::Display for PartId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(out)
    }
}

impl FromStr for PartId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// One kind of part. The order is that of JSON, exports and pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartKind {
    Option,
    Framing,
    Prewire,
    Objection,
    Pushback,
    Section,
    Blocker,
    Override,
    Version,
    Observation,
    Factor,
    Agreement,
    Rebase,
    Narrative,
    Confidence,
    Displacement,
    Verdict,
    Basis,
    Definition,
    Response,
    Score,
    Trial,
    Swap,
    Audit,
    Promise,
    Look,
    Touch,
    Pulse,
}

impl PartKind {
    pub const ALL: [Self; 28] = [
        Self::Option,
        Self::Framing,
        Self::Prewire,
        Self::Objection,
        Self::Pushback,
        Self::Section,
        Self::Blocker,
        Self::Override,
        Self::Version,
        Self::Observation,
        Self::Factor,
        Self::Agreement,
        Self::Rebase,
        Self::Narrative,
        Self::Confidence,
        Self::Displacement,
        Self::Verdict,
        Self::Basis,
        Self::Definition,
        Self::Response,
        Self::Score,
        Self::Trial,
        Self::Swap,
        Self::Audit,
        Self::Promise,
        Self::Look,
        Self::Touch,
        Self::Pulse,
    ];

    /// The description that drives flags, JSON, bundle, history and tables.
    #[must_use]
    pub fn noun(self) -> &'static PartNoun {
        parts::of(self)
    }

    /// The word of the command line: `option`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        self.noun().name
    }

    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// The kind whose parts stand in this table.
    #[must_use]
    pub fn of_table(table: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.noun().table == table)
    }

    /// The kinds of part that an item of this kind may have.
    pub fn of(owner: Kind) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |kind| kind.noun().owners.contains(&owner))
    }
}

/// How a part is named within its item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKey {
    /// `a`, `b`, `c`; no more than so many.
    Letter { most: i64 },
    /// By the value of a field that no other part of the item has.
    Field(&'static str),
    /// `1`, `2`, `3` …
    Number,
}

/// What ending a part means, where the keys have one letter for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// Nothing ends it.
    Never,
    /// It is the recommended one from now on.
    Recommend,
    /// Its form opens with this field set so, and the cursor on another.
    Fill { field: &'static str, text: &'static str, then: &'static str },
    /// Its form opens at this field.
    Ask(&'static str),
}

/// One kind of part, described.
#[derive(Debug)]
pub struct PartNoun {
    pub kind: PartKind,
    /// The word of the command line.
    pub name: &'static str,
    /// The word for people.
    pub label: &'static str,
    /// The key of JSON.
    pub plural: &'static str,
    pub table: &'static str,
    /// What it is, in one sentence.
    pub what: &'static str,
    pub owners: &'static [Kind],
    pub key: PartKey,
    /// The field that must not be empty, and that plain words of a call mean.
    pub main: &'static str,
    /// Whether people add and edit it, or only verbs do.
    pub entry: Entry,
    pub finish: Finish,
    pub fields: Vec<Field>,
}

impl PartNoun {
    /// The fields that people say; the others are set by the program.
    pub fn typed(&self) -> impl Iterator<Item = &Field> + Clone {
        self.fields.iter().filter(|field| field.entry == Entry::Free)
    }

    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        place_of(&self.fields, name)
    }

    /// The field of exactly this name.
    ///
    /// # Panics
    /// When the part has no such field: names in the code are checked by a test.
    #[must_use]
    pub fn field(&self, name: &str) -> &Field {
        let place = place_of(&self.fields, name);
        &self.fields[place.unwrap_or_else(|| panic!("{} has no field {name}", self.name))]
    }

    /// `an option`, `a pre-wire`.
    #[must_use]
    pub fn one(&self) -> String {
        let vowel = self.label.starts_with(['a', 'e', 'i', 'o', 'u']);
        format!("{} {}", if vowel { "an" } else { "a" }, self.label)
    }

    /// `options`, `pre-wires`.
    #[must_use]
    pub fn several(&self) -> String {
        // What ends in s already goes by the name of its list: `rests on`.
        match self.label.strip_suffix('s') {
            Some(_) => self.plural.replace('_', " "),
            None if self.label.ends_with("ch") => format!("{}es", self.label),
            None => format!("{}s", self.label),
        }
    }
}

/// A part as it stands in the workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub id: PartId,
    pub kind: PartKind,
    pub owner: ItemId,
    /// From 1, unique among the parts of its kind that an item has.
    pub position: i64,
    values: Vec<Value>,
}

impl Part {
    #[must_use]
    pub fn new(id: PartId, kind: PartKind, owner: ItemId, position: i64) -> Self {
        let values = kind.noun().fields.iter().map(Field::default_value).collect();
        Self { id, kind, owner, position, values }
    }

    /// The value of a field; `Value::Nothing` for a name that the part does not have.
    #[must_use]
    pub fn get(&self, name: &str) -> &Value {
        self.kind.noun().position(name).map_or(&Value::Nothing, |at| &self.values[at])
    }

    /// Sets a field; a name that the part does not have is ignored.
    pub fn set(&mut self, name: &str, value: Value) {
        if let Some(at) = self.kind.noun().position(name) {
            self.values[at] = value;
        }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.set(name, value);
        self
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
    pub fn link(&self, name: &str) -> Option<ItemId> {
        self.get(name).link()
    }

    /// What it says in its main field.
    #[must_use]
    pub fn main(&self) -> &str {
        self.text(self.kind.noun().main)
    }

    /// Field and value, in the order of the description.
    pub fn entries(&self) -> impl Iterator<Item = (&'static Field, &Value)> {
        self.kind.noun().fields.iter().zip(&self.values)
    }

    /// How it is named within its item: `b`, `Raj Mehta`, `sales`, `2`.
    #[must_use]
    pub fn key(&self, names: &impl Names) -> String {
        match self.kind.noun().key {
            PartKey::Letter { .. } => letter(self.position).to_string(),
            PartKey::Number => self.position.to_string(),
            PartKey::Field(name) => self.kind.noun().field(name).typed(self.get(name), names),
        }
    }
}

/// The letter of a position: `a` of 1.
#[must_use]
pub fn letter(position: i64) -> char {
    u8::try_from(position - 1).ok().filter(|at| *at < 26).map_or('?', |at| char::from(b'a' + at))
}

/// The first position that none of these has.
#[must_use]
pub fn free_position(taken: &[i64]) -> i64 {
    let most = i64::try_from(taken.len()).unwrap_or(i64::MAX - 1) + 1;
    (1..=most).find(|position| !taken.contains(position)).unwrap_or(most)
}

/// The parts of one kind, in their order.
pub fn of_kind(parts: &[Part], kind: PartKind) -> impl Iterator<Item = &Part> {
    parts.iter().filter(move |part| part.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_have_letters_and_gaps_are_filled_first() {
        assert_eq!((letter(1), letter(3)), ('a', 'c'));
        assert_eq!(free_position(&[]), 1);
        assert_eq!(free_position(&[1, 3]), 2);
        assert_eq!(free_position(&[1, 2]), 3);
    }

    #[test]
    fn every_part_has_its_place_name_and_main_field_and_clashes_with_nothing() {
        for kind in PartKind::ALL {
            let noun = kind.noun();
            assert_eq!(noun.kind, kind);
            assert_eq!(PartKind::from_slug(noun.name), Some(kind));
            assert_eq!(PartKind::of_table(noun.table), Some(kind));
            assert!(noun.position(noun.main).is_some(), "{}", noun.name);
            if let PartKey::Field(name) = noun.key {
                assert!(noun.position(name).is_some(), "{name} of {}", noun.name);
            }
            for field in &noun.fields {
                assert!(field.help.ends_with('.') && field.help.len() > 8, "{}", field.name);
                assert!(field.place == crate::domain::field::Place::Own, "{}", field.name);
            }
            let named: &[&str] = match &noun.finish {
                Finish::Never | Finish::Recommend => &[],
                Finish::Fill { field, then, .. } => &[field, then],
                Finish::Ask(field) => std::slice::from_ref(field),
            };
            assert!(named.iter().all(|name| noun.position(name).is_some()), "{}", noun.name);
            for owner in noun.owners {
                assert!(owner.noun().answering(noun.plural).is_none(), "{}", noun.plural);
                let verbs = crate::domain::verb::of(*owner);
                assert!(verbs.into_iter().all(|verb| verb.name() != noun.name), "{}", noun.name);
            }
        }
    }
}
