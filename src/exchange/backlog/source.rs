//! Where a backlog comes from, recognised by its columns, and what is peculiar to each source.

use super::draft::Draft;
use super::slot::Slot;
use super::{asana, generic, jira, linear, notion, prewire, trello};
use crate::exchange::names::normal;

/// The program that wrote the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    Trello,
    Asana,
    Linear,
    Jira,
    Notion,
    Prewire,
    Generic,
}

impl Source {
    pub const ALL: [Self; 7] = [
        Self::Prewire,
        Self::Trello,
        Self::Linear,
        Self::Jira,
        Self::Asana,
        Self::Notion,
        Self::Generic,
    ];

    /// The word under which external ids of this source are kept.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Trello => "trello",
            Self::Asana => "asana",
            Self::Linear => "linear",
            Self::Jira => "jira",
            Self::Notion => "notion",
            Self::Prewire => "prewire",
            Self::Generic => "csv",
        }
    }

    /// The name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Trello => "Trello",
            Self::Asana => "Asana",
            Self::Linear => "Linear",
            Self::Jira => "Jira",
            Self::Notion => "Notion",
            Self::Prewire => "prewire",
            Self::Generic => "a table",
        }
    }

    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.slug() == slug)
    }

    pub(super) fn layout(self) -> &'static Layout {
        match self {
            Self::Trello => &trello::LAYOUT,
            Self::Asana => &asana::LAYOUT,
            Self::Linear => &linear::LAYOUT,
            Self::Jira => &jira::LAYOUT,
            Self::Notion => &notion::LAYOUT,
            Self::Prewire => &prewire::LAYOUT,
            Self::Generic => &generic::LAYOUT,
        }
    }
}

/// What a source calls its columns and how it fills them.
pub(super) struct Layout {
    /// Sets of normal names that only this source has together.
    pub signatures: &'static [&'static [&'static str]],
    /// Normal names and their meaning; of several for one meaning the first that is there.
    pub columns: &'static [(&'static str, Slot)],
    pub habits: Habits,
    /// The last touch on a row of this source.
    pub refine: fn(&mut Draft),
}

/// How a source fills its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Habits {
    pub owners: Owners,
    pub labels: Labels,
    pub links: Links,
    pub estimates: Estimates,
    pub due: DueText,
    pub width: Width,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owners {
    One,
    CommaSeparated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Labels {
    CommaSeparated,
    /// Labels hold no spaces.
    SpaceSeparated,
    /// `Decision (red), Q3 (blue)`.
    Coloured,
    /// `Title (https://…), Title (https://…)`.
    Relations,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    Ids,
    Titles,
    /// Ids when the table has a column of ids, else titles.
    IdsIfAny,
    Relations,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Estimates {
    /// The cell or the name of the column says the unit.
    Spoken,
    Points,
    Seconds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DueText {
    AsWritten,
    /// A civil day as midnight of some zone in UTC.
    Midnight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    Exact,
    /// The last cell may be missing.
    MayMissLast,
    /// Cells beyond the header are further comments.
    MayHaveComments,
}

impl Habits {
    pub const PLAIN: Self = Self {
        owners: Owners::One,
        labels: Labels::CommaSeparated,
        links: Links::Titles,
        estimates: Estimates::Spoken,
        due: DueText::AsWritten,
        width: Width::Exact,
    };
}

/// The source that these columns, in a file of this name, belong to.
pub(super) fn recognise(header: &[String], file_stem: &str) -> Source {
    let names: Vec<String> = header.iter().map(|name| normal(name)).collect();
    let has = |wanted: &&str| names.iter().any(|name| name == *wanted);
    let signed = Source::ALL.into_iter().find(|source| {
        source.layout().signatures.iter().any(|signature| signature.iter().all(has))
    });
    match signed {
        Some(source) => source,
        None if notion::is_export_name(file_stem) => Source::Notion,
        None => Source::Generic,
    }
}

/// How many of the cells are names of columns in any source.
pub(super) fn known_names(cells: &[&str], further: &[String]) -> usize {
    let known = |name: &str| {
        further.iter().any(|wanted| wanted == name)
            || Source::ALL.into_iter().any(|source| {
                let layout = source.layout();
                layout.columns.iter().any(|(alias, _)| *alias == name)
            })
    };
    cells.iter().map(|cell| normal(cell)).filter(|name| !name.is_empty() && known(name)).count()
}
