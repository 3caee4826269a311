//! The description of one kind of item: its names, states and fields. Everything that is
//! generic (form, list, flags, JSON, CSV, filter, history) is driven by it.

use super::field::{Field, FieldKind, place_of};
use super::kind::Kind;

/// Where an item stands for lists: in the open, among the closed, or in the Trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shelf {
    Open,
    Closed,
    Trash,
}

/// One state that an item can be in.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    pub slug: &'static str,
    pub shelf: Shelf,
    /// How it comes about.
    pub entry: StateEntry,
    /// Beside the way that an item goes, such as deferred: no card comes there by going on.
    pub is_aside: bool,
    /// Between two such states the record decides, whatever is chosen.
    pub follows: bool,
}

/// How a state comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateEntry {
    /// Chosen by hand.
    Chosen,
    /// Derived from the record.
    Derived,
    /// The end of a verb that asks something first (decide, defer, drop).
    ByVerb,
}

impl State {
    #[must_use]
    pub const fn open(slug: &'static str) -> Self {
        Self {
            slug,
            shelf: Shelf::Open,
            entry: StateEntry::Chosen,
            is_aside: false,
            follows: false,
        }
    }

    #[must_use]
    pub const fn closed(slug: &'static str) -> Self {
        Self {
            slug,
            shelf: Shelf::Closed,
            entry: StateEntry::Chosen,
            is_aside: false,
            follows: false,
        }
    }

    #[must_use]
    pub const fn by_verb(mut self) -> Self {
        self.entry = StateEntry::ByVerb;
        self
    }

    #[must_use]
    pub const fn aside(mut self) -> Self {
        self.is_aside = true;
        self
    }

    /// Between those that follow, the record decides.
    #[must_use]
    pub const fn following(mut self) -> Self {
        self.follows = true;
        self
    }

    #[must_use]
    pub const fn derived(mut self) -> Self {
        self.entry = StateEntry::Derived;
        self
    }

    #[must_use]
    pub fn is_derived(&self) -> bool {
        self.entry == StateEntry::Derived
    }
}

/// One kind of item, described.
#[derive(Debug)]
pub struct Noun {
    pub kind: Kind,
    /// The letter of its refs; where all are taken, a few.
    pub letter: &'static str,
    pub name: &'static str,
    pub plural: &'static str,
    /// What it is, in one sentence, for help and empty states.
    pub what: &'static str,
    /// A line that somebody could type to add one.
    pub example: &'static str,
    pub states: &'static [State],
    pub fields: Vec<Field>,
    /// The field that `due:` writes and the overdue rule reads.
    pub due: Option<&'static str>,
    /// The columns of its list after ref and title, by priority.
    pub columns: &'static [&'static str],
}

impl Noun {
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        place_of(&self.fields, name)
    }

    /// The field of exactly this name.
    ///
    /// # Panics
    /// When the noun has no such field: names in the code are checked by a test.
    #[must_use]
    pub fn field(&self, name: &str) -> &Field {
        let place = place_of(&self.fields, name);
        &self.fields[place.unwrap_or_else(|| panic!("{} has no field {name}", self.name))]
    }

    /// The field that a typed word means: its name, or an alias.
    #[must_use]
    pub fn answering(&self, word: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.answers_to(word))
    }

    /// The text that `E` opens: what it says itself where that is a text, else the note.
    #[must_use]
    pub fn written(&self) -> &'static str {
        if self.position("body").is_some() { "body" } else { "note" }
    }

    /// The state of this slug; the first one for a slug that is not known.
    #[must_use]
    pub fn state(&self, slug: &str) -> &'static State {
        self.find_state(slug).unwrap_or(&self.states[0])
    }

    #[must_use]
    pub fn find_state(&self, slug: &str) -> Option<&'static State> {
        self.states.iter().find(|state| state.slug == slug)
    }

    pub fn state_slugs(&self) -> impl Iterator<Item = &'static str> {
        self.states.iter().map(|state| state.slug)
    }

    /// The fields that people fill in, in the order of the form.
    pub fn form_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| {
            field.entry == super::field::Entry::Free && field.kind != FieldKind::State
        })
    }

    /// `a decision`, `an asset`.
    #[must_use]
    pub fn one(&self) -> String {
        // What is not counted comes in pieces.
        if self.name == self.plural {
            return format!("a piece of {}", self.name);
        }
        let vowel = self.name.starts_with(['a', 'e', 'i', 'o', 'u']);
        format!("{} {}", if vowel { "an" } else { "a" }, self.name)
    }

    /// `decision` or `decisions`.
    #[must_use]
    pub fn counted(&self, count: usize) -> &'static str {
        if count == 1 { self.name } else { self.plural }
    }
}
