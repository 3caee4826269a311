//! What a change touches and what a copy takes.

use crate::domain::report::ReportKind;

/// What `c` and a letter change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Due,
    Owner,
    Priority,
    Tags,
    Band,
    Estimate,
    Name,
    Serves,
    Waiting,
    Approver,
    Stake,
    Note,
    Reply,
}

/// What `W` and a letter write for people who are not at the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Report {
    /// The pack of a meeting, decisions first.
    Pack,
    /// How the decisions go.
    Figures,
    /// What requests came to.
    Trades,
    /// How early people ask, beside what shipped.
    Pull,
    /// What changed in the week, the month, or on one sheet for those who lead.
    Of(ReportKind),
    /// The page of the row.
    Row,
}

impl Field {
    /// The word that the noun's field answers to.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Owner => "owner",
            Self::Priority => "priority",
            Self::Tags => "tags",
            Self::Band => "band",
            Self::Estimate => "estimate",
            Self::Name => "title",
            Self::Serves => "for",
            Self::Waiting => "waiting_on",
            Self::Approver => "approver",
            Self::Stake => "stake",
            Self::Note => "note",
            Self::Reply => "reply",
        }
    }
}

/// What `y` and a letter copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    Line,
    Title,
    Link,
    Markdown,
    Json,
    Reply,
}
