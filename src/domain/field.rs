//! One field of a noun: its name, its help and its type. The single place that form, columns,
//! flags, JSON, CSV, filter keys and tables ask. Reading and showing live in `field/`.

use super::kind::Kind;
use super::value::Value;

mod read;
mod show;

pub use read::{pick as read_pick, read_tags};
pub use show::{Names, NoNames, grouped, show_real};

/// Longest title, in characters.
pub const TITLE_MAX: usize = 500;
/// Longest one-line text, in characters.
pub const LINE_MAX: usize = 2_000;
/// Longest Markdown text, in characters.
pub const TEXT_MAX: usize = 200_000;
/// Longest tag, in characters.
pub const TAG_MAX: usize = 100;

/// What may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FieldKind {
    /// One line of text.
    Line,
    /// Markdown of many lines.
    Text,
    /// A web address (http, https or mailto).
    Url,
    /// A civil date in the future sense: `fri` is the next Friday.
    Day,
    /// A civil date in the past sense: `fri` is the last Friday.
    PastDay,
    /// A quarter such as `2026-Q2`.
    Quarter,
    /// A time of day, `09:30`.
    Clock,
    /// Whole minutes, typed `2h` or `90m`.
    Minutes,
    /// A whole number within bounds.
    Whole {
        least: i64,
        most: i64,
    },
    /// A measured figure.
    Real,
    /// One of fixed slugs; any unique beginning of one is understood.
    Choice(&'static [&'static str]),
    /// The state, whose slugs are the noun's states.
    State,
    /// One item of these kinds.
    One(&'static [Kind]),
    /// Any number of items of these kinds.
    Many(&'static [Kind]),
    Tags,
}

/// Where a field is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A column that all kinds share.
    Shared,
    /// A column of the noun's own table.
    Own,
    /// Edges of this name that leave the item.
    EdgeOut(&'static str),
    /// Edges of this name that arrive at the item.
    EdgeIn(&'static str),
    /// The tags of the item.
    Tagging,
}

/// Who sets a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Typed by people, in forms, flags and tokens.
    Free,
    /// Set by a verb (`decide`, `defer`), shown everywhere, refused in forms and flags.
    ByVerb,
    /// Kept for the program: in JSON and exports, never on a screen.
    Inner,
}

/// One field of a noun.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// JSON key, flag, filter key and column.
    pub name: &'static str,
    /// Words for people: column header and form label.
    pub label: &'static str,
    /// One sentence on what to put there.
    pub help: &'static str,
    pub kind: FieldKind,
    pub place: Place,
    pub entry: Entry,
    /// Further tokens that mean this field, such as `due`.
    pub aliases: &'static [&'static str],
    /// What a new item starts with, as it would be typed.
    pub default: &'static str,
    /// Kinds whose titles are offered for a text that may name one, and may be anything else.
    pub offers: &'static [Kind],
}

impl Field {
    #[must_use]
    pub const fn new(
        name: &'static str,
        label: &'static str,
        kind: FieldKind,
        help: &'static str,
    ) -> Self {
        let place = match kind {
            FieldKind::Tags => Place::Tagging,
            FieldKind::Line
            | FieldKind::Text
            | FieldKind::Url
            | FieldKind::Day
            | FieldKind::PastDay
            | FieldKind::Quarter
            | FieldKind::Clock
            | FieldKind::Minutes
            | FieldKind::Whole { .. }
            | FieldKind::Real
            | FieldKind::Choice(_)
            | FieldKind::State
            | FieldKind::One(_)
            | FieldKind::Many(_) => Place::Own,
        };
        Self {
            name,
            label,
            help,
            kind,
            place,
            entry: Entry::Free,
            aliases: &[],
            default: "",
            offers: &[],
        }
    }

    /// Offers what is called so for a text that may name it.
    #[must_use]
    pub const fn offering(mut self, kinds: &'static [Kind]) -> Self {
        self.offers = kinds;
        self
    }

    #[must_use]
    pub const fn shared(mut self) -> Self {
        self.place = Place::Shared;
        self
    }

    /// Kept as edges of this name from the item to what the field names.
    #[must_use]
    pub const fn edge_out(mut self, edge: &'static str) -> Self {
        self.place = Place::EdgeOut(edge);
        self
    }

    /// Kept as edges of this name from what the field names to the item.
    #[must_use]
    pub const fn edge_in(mut self, edge: &'static str) -> Self {
        self.place = Place::EdgeIn(edge);
        self
    }

    #[must_use]
    pub const fn by_verb(mut self) -> Self {
        self.entry = Entry::ByVerb;
        self
    }

    #[must_use]
    pub const fn inner(mut self) -> Self {
        self.entry = Entry::Inner;
        self
    }

    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    #[must_use]
    pub const fn default(mut self, default: &'static str) -> Self {
        self.default = default;
        self
    }

    /// Whether this word names the field: its name or an alias, `-` and `_` alike.
    #[must_use]
    pub fn answers_to(&self, word: &str) -> bool {
        let same = |name: &str| {
            name.len() == word.len() && name.bytes().zip(word.bytes()).all(|(a, b)| a == fold(b))
        };
        same(self.name) || self.aliases.iter().any(|alias| same(alias))
    }

    /// The flag of the command line: `needed-by`.
    #[must_use]
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }

    #[must_use]
    pub fn is_date(&self) -> bool {
        matches!(self.kind, FieldKind::Day | FieldKind::PastDay)
    }

    /// The kinds that a link may point at; empty for other fields.
    #[must_use]
    pub fn targets(&self) -> &'static [Kind] {
        match self.kind {
            FieldKind::One(kinds) | FieldKind::Many(kinds) => kinds,
            _ => &[],
        }
    }

    /// The kinds of which something is offered for it: what a link points at, or a text may name.
    #[must_use]
    pub fn offered(&self) -> &'static [Kind] {
        if self.targets().is_empty() { self.offers } else { self.targets() }
    }

    #[must_use]
    pub fn is_person(&self) -> bool {
        self.targets() == [Kind::Person]
    }

    /// Whether a name that nobody bears makes what it names.
    #[must_use]
    pub fn makes_by_name(&self) -> bool {
        matches!(self.targets(), [kind] if kind.is_made_by_name())
    }

    /// Whether the field is a column (shared or own) rather than edges or tags.
    #[must_use]
    pub fn is_column(&self) -> bool {
        matches!(self.place, Place::Shared | Place::Own)
    }

    #[must_use]
    pub fn default_value(&self) -> Value {
        match self.kind {
            FieldKind::Choice(_) | FieldKind::State if !self.default.is_empty() => {
                Value::Text(self.default.to_owned())
            }
            FieldKind::Whole { .. } | FieldKind::Minutes if !self.default.is_empty() => {
                self.default.parse().map_or(Value::Nothing, Value::Whole)
            }
            _ => Value::Nothing,
        }
    }
}

fn fold(byte: u8) -> u8 {
    if byte == b'-' { b'_' } else { byte.to_ascii_lowercase() }
}

/// Where the field of exactly this name stands among those of a description.
#[must_use]
pub fn place_of(fields: &[Field], name: &str) -> Option<usize> {
    fields.iter().position(|field| field.name == name)
}
