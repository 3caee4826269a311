//! The kinds of item that a workspace holds. What each consists of is said in `nouns`.

use super::noun::Noun;
use super::nouns;

/// One kind of item. The order is the order in which menus and exports name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Decision,
    Asset,
    Request,
    Outcome,
    Bet,
    Person,
    Commitment,
    Block,
    Entry,
    Plan,
    Milestone,
    Artefact,
    Involvement,
    Meeting,
    Metric,
    Deal,
    Impact,
    Escalation,
    Ritual,
}

impl Kind {
    pub const ALL: [Self; 19] = [
        Self::Decision,
        Self::Asset,
        Self::Request,
        Self::Outcome,
        Self::Bet,
        Self::Person,
        Self::Commitment,
        Self::Block,
        Self::Entry,
        Self::Plan,
        Self::Milestone,
        Self::Artefact,
        Self::Involvement,
        Self::Meeting,
        Self::Metric,
        Self::Deal,
        Self::Impact,
        Self::Escalation,
        Self::Ritual,
    ];

    /// The description that drives form, columns, flags, JSON, CSV and filter keys.
    #[must_use]
    pub fn noun(self) -> &'static Noun {
        nouns::of(self)
    }

    /// Whether people add it in a line; a run is begun by its ritual, and
    /// meetings come in from calendars.
    #[must_use]
    pub fn is_added(self) -> bool {
        !matches!(self, Self::Ritual | Self::Meeting)
    }

    /// The slug that JSON, the schema and the command line use.
    #[must_use]
    pub fn slug(self) -> &'static str {
        self.noun().name
    }

    /// The letter of its refs: `d` of `d12`.
    #[must_use]
    pub fn letter(self) -> char {
        self.noun().letter
    }

    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    #[must_use]
    pub fn from_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.letter() == letter.to_ascii_lowercase())
    }
}
