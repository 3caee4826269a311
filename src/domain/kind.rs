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
    Evidence,
    Insight,
    Claim,
    Segment,
    Objection,
    Conversation,
    Positioning,
    Message,
    Experiment,
    Moment,
}

impl Kind {
    pub const ALL: [Self; 29] = [
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
        Self::Evidence,
        Self::Insight,
        Self::Claim,
        Self::Segment,
        Self::Objection,
        Self::Conversation,
        Self::Positioning,
        Self::Message,
        Self::Experiment,
        Self::Moment,
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

    /// The kind that letters before a capture mean: `r`, `e`, `msg`. With `j` a mention of an
    /// objection is meant, which is a conversation; `n` is a note on the day, so a conversation
    /// without one has letters of its own.
    #[must_use]
    pub fn captured(letters: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter().filter(|kind| kind.is_added());
        let kind = all.find(|kind| kind.capture().eq_ignore_ascii_case(letters))?;
        Some(if kind == Self::Objection { Self::Conversation } else { kind })
    }

    /// The letters before a capture: those of its refs, but for conversations, whose letter is
    /// taken by the note on today.
    #[must_use]
    pub fn capture(self) -> &'static str {
        if self == Self::Conversation { "cv" } else { self.letter() }
    }

    /// Whether an item of this kind is made when a name that nobody bears is typed where one is
    /// meant: people, segments and objections, never anything with more to it than a name.
    #[must_use]
    pub fn is_made_by_name(self) -> bool {
        matches!(self, Self::Person | Self::Segment | Self::Objection)
    }

    /// The word for what a list says of this kind beside its fields, where it says something.
    #[must_use]
    pub fn weighed(self) -> Option<&'static str> {
        match self {
            Self::Claim => Some("weighs"),
            Self::Objection => Some("came up"),
            Self::Segment | Self::Positioning | Self::Message => Some("to mend"),
            Self::Experiment => Some("readings"),
            Self::Outcome => Some("stands"),
            Self::Metric => Some("reads"),
            Self::Entry => Some("guess"),
            Self::Person => Some("last touch"),
            _ => None,
        }
    }

    /// The slug that JSON, the schema and the command line use.
    #[must_use]
    pub fn slug(self) -> &'static str {
        self.noun().name
    }

    /// The letter of its refs: `d` of `d12`; `msg` of `msg3`.
    #[must_use]
    pub fn letter(self) -> &'static str {
        self.noun().letter
    }

    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    #[must_use]
    pub fn from_letter(letter: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.letter().eq_ignore_ascii_case(letter))
    }
}
