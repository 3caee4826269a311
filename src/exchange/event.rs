//! What a calendar says that happens, and what a time sheet says that happened, as plain values.
//! Readers make them; what becomes a meeting or an entry is decided elsewhere.

use crate::domain::zone::Zone;
use chrono::{DateTime, NaiveDate, Utc};

use super::read_error::ReadError;
use crate::domain::week::span::Span;

/// One event, or one instance of an event that recurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same in every export of the calendar.
    pub uid: String,
    /// Which instance: its original start as `20260505T120000Z` or `20260505`; `None` for an
    /// event that happens once. With the uid it names the instance for good.
    pub recurrence: Option<String>,
    pub when: When,
    /// The zone in which it was planned.
    pub zone: Zone,
    /// Empty when the calendar hides it.
    pub title: String,
    pub note: String,
    pub calendar: Option<String>,
    /// The name or address of who called it.
    pub organiser: Option<String>,
    /// Addresses of who calls and attends it, in lower case, oneself left out.
    pub people: Vec<String>,
    pub categories: Vec<String>,
    pub presence: Presence,
    pub standing: Standing,
    /// Whether oneself said no.
    pub declined: bool,
    pub private: bool,
    /// Line of the file on which it begins, from 1.
    pub line: u64,
}

/// When an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Timed(Span),
    /// Civil days, which are the same in every zone.
    AllDay {
        first: NaiveDate,
        days: u32,
    },
}

/// What the calendar says that one is meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Busy,
    Free,
    /// Out of the office.
    Away,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Confirmed,
    Tentative,
    Cancelled,
}

impl Event {
    /// The time it takes out of the week: a timed event at which one is, and is busy.
    #[must_use]
    pub fn working_time(&self) -> Option<Span> {
        let on = self.standing != Standing::Cancelled && !self.declined;
        match self.when {
            When::Timed(span) if on && self.presence == Presence::Busy && span.minutes > 0 => {
                Some(span)
            }
            When::Timed(_) | When::AllDay { .. } => None,
        }
    }

    /// The name under which a second import finds it again (I12).
    #[must_use]
    pub fn key(&self) -> String {
        match &self.recurrence {
            Some(instance) => format!("{}/{instance}", self.uid),
            None => self.uid.clone(),
        }
    }
}

/// Time that somebody logged elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// The same in every export of the sheet (I12).
    pub key: String,
    pub start: DateTime<Utc>,
    /// `None`: it still runs.
    pub minutes: Option<i64>,
    pub title: String,
    pub project: Option<String>,
    pub client: Option<String>,
    pub tags: Vec<String>,
    /// Address or name of whose time it is, when the sheet says so.
    pub person: Option<String>,
    /// The name beside that address.
    pub called: Option<String>,
    pub line: u64,
}

/// A zone that is in no table. Once answered, the caller passes it along with every reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneQuestion {
    /// The name as it stands in the file.
    pub name: String,
    /// Where it stands first.
    pub line: u64,
}

impl ZoneQuestion {
    #[must_use]
    pub fn words(&self) -> String {
        format!("which zone is “{}”?", self.name)
    }
}

/// Why a file of events or of logged time is refused; nothing of it may be written.
#[derive(Debug, thiserror::Error)]
pub enum TimeError {
    #[error(transparent)]
    File(#[from] ReadError),
    #[error("line {line}: {why}")]
    Line { line: u64, why: String },
    #[error("this is neither an iCalendar file nor a calendar or time sheet that prewire knows")]
    Unknown,
}

impl TimeError {
    pub(super) fn at(line: u64, why: impl Into<String>) -> Self {
        Self::Line { line, why: why.into() }
    }

    /// What to do about it, when there is something to do.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::File(error) => error.hint(),
            Self::Line { .. } => None,
            Self::Unknown => Some(
                "export it as .ics, as Outlook, Google or Toggl CSV, or as Timewarrior JSON"
                    .to_owned(),
            ),
        }
    }
}

/// What the rows of a table became, and those that cannot be read: the first of them with their lines.
#[derive(Debug)]
pub struct Rows<T> {
    pub found: Vec<T>,
    pub bad: Vec<(u64, String)>,
    /// All of those.
    pub bad_total: u64,
    /// Whether the month was taken to come first, though no date shows it.
    pub month_first: bool,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { found: Vec::new(), bad: Vec::new(), bad_total: 0, month_first: false }
    }
}

impl<T> Rows<T> {
    /// All rows, when all can be read; else what is wrong.
    #[cfg(test)]
    pub(super) fn sound(self) -> Result<Vec<T>, String> {
        let lines: Vec<String> =
            self.bad.iter().map(|(line, why)| format!("line {line}: {why}")).collect();
        if lines.is_empty() { Ok(self.found) } else { Err(lines.join("\n")) }
    }

    pub(super) fn cannot_read(&mut self, line: u64, why: String) {
        self.bad_total += 1;
        if self.bad.len() < NAMED_ROWS {
            self.bad.push((line, why));
        }
    }
}

/// Most bad rows that are named.
const NAMED_ROWS: usize = 20;
