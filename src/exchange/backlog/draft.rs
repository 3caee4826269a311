//! A row of a tracker before it is known what it becomes.

use chrono::NaiveDate;

use super::effort::Effort;
use super::kinds;
use super::row::{Closure, Link};
use super::words::{self, Stage};

/// What the cells of one row say, whatever the source called its columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub line: u64,
    pub id: Option<String>,
    pub title: String,
    pub state: Option<String>,
    pub list: Option<String>,
    pub kinds: Vec<String>,
    pub labels: Vec<String>,
    pub owners: Vec<String>,
    pub from: Option<String>,
    pub due: Option<NaiveDate>,
    pub created: Option<NaiveDate>,
    pub updated: Option<NaiveDate>,
    pub completed: Option<NaiveDate>,
    pub done: Done,
    pub archive: Archive,
    pub priority: Option<&'static str>,
    pub link: Option<String>,
    pub estimate: Option<Effort>,
    pub origin: Option<String>,
    pub parent: Option<String>,
    /// Markdown.
    pub note: String,
    pub comments: Vec<String>,
    pub blocked_by: Vec<Link>,
    pub blocks: Vec<Link>,
    /// Fields that only some of the kinds have.
    pub own: Vec<(&'static str, String)>,
}

/// Whether the tracker itself, rather than a status, says that the work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Done {
    #[default]
    Unsaid,
    Said,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Archive {
    #[default]
    Live,
    Archived,
}

impl Draft {
    /// How far the row is: what is archived before it was done is dropped.
    pub fn stage(&self) -> Option<Stage> {
        let named = self.named_stage();
        let done = match (self.done, named) {
            (
                Done::Said,
                None | Some(Stage::Idea | Stage::Planned | Stage::Doing | Stage::Review),
            ) => Some(Stage::Done),
            (Done::Said | Done::Unsaid, named) => named,
        };
        let ended = matches!(done, Some(Stage::Done | Stage::InUse | Stage::Dropped));
        match self.archive {
            Archive::Archived if !ended => Some(Stage::Dropped),
            Archive::Archived | Archive::Live => done,
        }
    }

    /// The stage that status or list names; a date of completion when neither does.
    fn named_stage(&self) -> Option<Stage> {
        let named = [&self.state, &self.list].into_iter().flatten();
        named
            .map(String::as_str)
            .find_map(words::stage)
            .or_else(|| self.completed.map(|_| Stage::Done))
    }

    /// How the row ended, when it is at this stage.
    pub fn closure(&self, stage: Option<Stage>) -> Closure {
        match (stage, self.archive) {
            (Some(Stage::Done | Stage::InUse), _) => Closure::Done,
            (Some(Stage::Dropped), Archive::Archived) => Closure::Archived,
            (Some(Stage::Dropped), Archive::Live) => Closure::Cancelled,
            (Some(Stage::Idea | Stage::Planned | Stage::Doing | Stage::Review) | None, _) => {
                Closure::Open
            }
        }
    }

    /// What has no field of its own: words that mean nothing to prewire, further owners,
    /// estimates without a unit.
    pub fn further_lines(&self) -> Vec<String> {
        let unknown = |text: &&String| words::stage(text).is_none();
        let idle = |text: &&String| unknown(text) && !kinds::names_a_kind(text);
        let odd = |text: &&String| !kinds::is_any_type(text) && !kinds::names_a_kind(text);
        let estimate = match &self.estimate {
            Some(Effort::Words(words)) => Some(words.as_str()),
            Some(Effort::Minutes(_)) | None => None,
        };
        let others = self.owners.get(1..).unwrap_or_default().join(", ");
        let kinds: Vec<&str> = self.kinds.iter().filter(odd).map(String::as_str).collect();
        let link = self.link.as_ref().filter(|link| !is_address(link));
        let lines = [
            ("Status", self.state.as_ref().filter(unknown).map(String::as_str)),
            ("List", self.list.as_ref().filter(idle).map(String::as_str)),
            ("Type", Some(kinds.join(", ").as_str()).filter(|kinds| !kinds.is_empty())),
            ("Parent", self.parent.as_deref()),
            ("Also assigned", Some(others.as_str()).filter(|others| !others.is_empty())),
            ("Estimate", estimate),
            ("Link", link.map(String::as_str)),
        ]
        .map(|(name, text)| text.map(|text| format!("{name}: {text}")));
        lines.into_iter().flatten().collect()
    }
}

/// Whether the text is an address that prewire would open.
pub(super) fn is_address(text: &str) -> bool {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let known = matches!(scheme.as_deref(), Some("http" | "https" | "mailto"));
    known && !text.contains(char::is_whitespace)
}
