//! What a backlog gives: one item to be, or the sentences that say why a row gives none.

use std::borrow::Cow;
use std::fmt;

use crate::domain::kind::Kind;
use crate::domain::refusal::Unclear;
use crate::exchange::read_error::ReadError;

/// What the rule makes of a row of a tracker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowKind {
    Decision,
    Asset,
    Request,
}

impl RowKind {
    pub const ALL: [Self; 3] = [Self::Decision, Self::Asset, Self::Request];

    /// The word that prewire uses everywhere.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Asset => "asset",
            Self::Request => "request",
        }
    }

    /// The same among all kinds.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Decision => Kind::Decision,
            Self::Asset => Kind::Asset,
            Self::Request => Kind::Request,
        }
    }

    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// Whether the tracker still counts the row as work, and if not, how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closure {
    Open,
    Done,
    Cancelled,
    Archived,
}

/// Another item, as the tracker names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    ExternalId(String),
    Title(String),
}

/// One item to be. `title`, `tags` and `note` are not repeated in `fields`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The physical line of the file, from 1; of a board in JSON, the number of the card.
    pub line: u64,
    /// Stable for this source: the same file gives the same ids again.
    pub external_id: String,
    /// Of a tracker one of [`RowKind`]; of prewire's own CSV any.
    pub kind: Kind,
    /// Why it is of this kind, as the end of a sentence that begins with “because”.
    pub why_kind: &'static str,
    pub title: String,
    /// Names of prewire's fields with canonical text: ISO days, minutes, slugs, `1` to `4`.
    pub fields: Vec<(Cow<'static, str>, String)>,
    pub tags: Vec<String>,
    /// Markdown.
    pub note: Option<String>,
    pub blocked_by: Vec<Link>,
    pub blocks: Vec<Link>,
    pub closure: Closure,
}

impl Row {
    /// The text of a field, when the row has it.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str())
    }
}

/// A cell that says nothing prewire can take. Without a column it is about the whole row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCell {
    pub column: String,
    pub value: String,
    /// The end of a sentence that begins with the value.
    pub why: String,
    /// What may be read two ways, where that is all that is wrong.
    pub unclear: Option<Unclear>,
}

impl BadCell {
    #[must_use]
    pub fn new(column: &str, value: &str, why: impl Into<String>) -> Self {
        Self { column: column.to_owned(), value: value.to_owned(), why: why.into(), unclear: None }
    }

    /// Says what may be read two ways.
    #[must_use]
    pub fn unclear(self, unclear: Option<Unclear>) -> Self {
        Self { unclear, ..self }
    }

    /// A problem of the row as a whole.
    #[must_use]
    pub fn of_row(why: impl Into<String>) -> Self {
        Self::new("", "", why)
    }
}

impl fmt::Display for BadCell {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 60;
        if self.column.is_empty() {
            return out.write_str(&self.why);
        }
        write!(out, "column {}: ", self.column)?;
        if self.value.is_empty() {
            return out.write_str(&self.why);
        }
        let shown: String = self.value.chars().take(MOST).collect();
        let cut = if self.value.chars().count() > MOST { "…" } else { "" };
        write!(out, "“{shown}{cut}” {}", self.why)
    }
}

/// A row that gives no item, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    pub line: u64,
    pub problems: Vec<BadCell>,
}

impl fmt::Display for BadRow {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "row {}", self.line)?;
        for (index, problem) in self.problems.iter().enumerate() {
            let before = match (index, problem.column.is_empty()) {
                (0, true) => ": ",
                (0, false) => ", ",
                _ => "; ",
            };
            write!(out, "{before}{problem}")?;
        }
        Ok(())
    }
}

/// Why there is no row: this one is bad, or the file ends here and nothing of it may be used.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    #[error("{0}")]
    Row(BadRow),
    #[error("{0}")]
    File(#[from] ReadError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_row_reads_as_one_line() {
        let problems = vec![
            BadCell::new("due", "31.02.2026", "is not a date"),
            BadCell::new("title", "", "it is empty"),
        ];
        let row = BadRow { line: 17, problems };
        assert_eq!(
            row.to_string(),
            "row 17, column due: “31.02.2026” is not a date; column title: it is empty"
        );
        let row = BadRow { line: 3, problems: vec![BadCell::of_row("it has 2 cells")] };
        assert_eq!(row.to_string(), "row 3: it has 2 cells");
    }
}
