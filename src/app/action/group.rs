//! Where actions belong in help.

/// Where an action belongs in help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Row,
    Change,
    List,
    Go,
    Workspace,
}

impl Group {
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Row => "On this row",
            Self::Change => "Change a field of the row or of all marked",
            Self::List => "This list",
            Self::Go => "Go",
            Self::Workspace => "Everywhere",
        }
    }

    /// Where its actions are meant, in one word.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Change => "field",
            Self::List => "list",
            Self::Go => "go",
            Self::Workspace => "anywhere",
        }
    }
}
