//! Why a file cannot be read at all. A row that is bad in itself is not an error of the file:
//! see `backlog::BadRow`.

use std::io;

use super::caps;
use super::encoding::Encoding;
use crate::domain::refusal::Unclear;

/// What import reads of JSON.
const EXPECTED: &str = "import reads the JSON of a Trello board, with “cards” and “lists”, and what \
     prewire export json wrote; export it again, or bring it in as CSV";

/// The file as a whole is refused; nothing of it may be written.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    #[error("“{0}” is a symbolic link")]
    Link(String),
    #[error("“{0}” is not a regular file")]
    NotAFile(String),
    #[error("“{name}” has more than {most} MiB")]
    TooLarge { name: String, most: u64 },
    #[error("the file changed while it was read")]
    Changed,
    #[error("this is {0}, not text")]
    NotText(&'static str),
    #[error("this is a ZIP archive, not text")]
    Packed(Vec<String>),
    #[error("line {line}: this is not {encoding} text")]
    Malformed { line: u64, encoding: Encoding },
    #[error("line {line}: the quote that opens here is never closed")]
    OpenQuote { line: u64 },
    #[error("line {line}: one cell has more than {} KiB", caps::CELL_BYTES / 1024)]
    LongCell { line: u64 },
    #[error("line {line}: the row has more than {} KiB", caps::ROW_BYTES / 1024)]
    LongRow { line: u64 },
    #[error("line {line}: the row has more than {} columns", caps::COLUMNS)]
    ManyColumns { line: u64 },
    #[error("the file has more than {most} rows")]
    ManyRows { most: u64 },
    #[error("the file holds no table")]
    Empty,
    #[error("no column holds the title; the columns are {}", listed(columns))]
    NoTitle { columns: Vec<String> },
    #[error("there is no column “{name}”")]
    UnknownColumn { name: String, candidates: Vec<String> },
    #[error("there is no field “{name}”")]
    UnknownField { name: String, candidates: Vec<String> },
    #[error("“{name}” is no {what}")]
    UnknownWord { what: &'static str, name: String, candidates: Vec<String> },
    #[error("“{0}” is not a mapping")]
    NotAMapping(String),
    #[error("day and month cannot be told apart in {}", listed(columns))]
    DayOrder { columns: Vec<String> },
    #[error("thousands and decimals cannot be told apart in {}", listed(columns))]
    Marks { columns: Vec<String> },
    #[error("no column holds {what}; the columns are {}", listed(columns))]
    NoColumn { what: &'static str, columns: Vec<String>, hint: &'static str },
    #[error("this report is grouped; its rows do not stand for themselves")]
    Grouped,
    #[error("how often {} is measured cannot be told from its dates", listed(metrics))]
    NoCadence { metrics: Vec<String> },
    #[error("the file has more than {} figures", caps::FIGURES)]
    ManyFigures,
    #[error("line {line}, character {column}: this JSON cannot be read: {why}")]
    Json { line: usize, column: usize, why: String },
    #[error(
        "the file is JSON {found}, and neither a board of Trello nor a whole export of prewire"
    )]
    NoBoard { found: String },
    #[error("line {line}: JSON lies deeper than {} levels", caps::JSON_DEPTH)]
    Depth { line: u64 },
}

impl ReadError {
    /// What of the file may be read two ways.
    #[must_use]
    pub fn unclear(&self) -> Option<Unclear> {
        match self {
            Self::DayOrder { .. } => Some(Unclear::Dates),
            Self::Marks { .. } => Some(Unclear::Marks),
            _ => None,
        }
    }

    /// What to do about it, when there is something to do.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Link(_) => "name the file that the link points to".to_owned(),
            Self::NotText("a gzip archive") => "unpack it, and import the file in it".to_owned(),
            Self::NotText(_) => "save it as CSV first, and import that".to_owned(),
            Self::Packed(files) => match files.as_slice() {
                [] => "unzip it, and import the file in it".to_owned(),
                [one] => format!("unzip it, and import {one}"),
                [_, ..] => format!("unzip it, and import one of {}", files.join(", ")),
            },
            Self::Changed => "wait until it is written, then import again".to_owned(),
            Self::Malformed { .. } => {
                "say `--encoding utf-8`, `utf-16le`, `utf-16be` or `windows-1252`".to_owned()
            }
            Self::LongCell { .. } | Self::LongRow { .. } => {
                "look for a quote that is opened on that line and not closed".to_owned()
            }
            Self::OpenQuote { .. } => "close it, and double the quotes inside a cell".to_owned(),
            Self::NoTitle { .. } => "say which with `--map \"Column=title\"`".to_owned(),
            Self::UnknownColumn { candidates, .. } | Self::UnknownField { candidates, .. } => {
                format!("did you mean {}?", listed(candidates))
            }
            Self::UnknownWord { candidates, .. } => format!("say one of {}", candidates.join(", ")),
            Self::NotAMapping(_) => "write `--map \"Column=field\"`".to_owned(),
            Self::DayOrder { .. } => "say `--dates dmy` or `--dates mdy`".to_owned(),
            Self::Marks { .. } => "say `--marks point` or `--marks comma`".to_owned(),
            Self::NoColumn { hint, .. } => (*hint).to_owned(),
            Self::ManyRows { .. } => {
                "bring in the open ones alone, or the file in parts".to_owned()
            }
            Self::Grouped => "export it as Details Only".to_owned(),
            Self::NoCadence { .. } => "say `--cadence weekly`, or `monthly`".to_owned(),
            Self::NotAFile(_) => {
                "name the file itself; a calendar may be a folder of .ics files".to_owned()
            }
            Self::Json { .. } | Self::NoBoard { .. } => EXPECTED.to_owned(),
            Self::Io(_)
            | Self::TooLarge { .. }
            | Self::ManyColumns { .. }
            | Self::ManyFigures
            | Self::Empty
            | Self::Depth { .. } => return None,
        };
        Some(hint)
    }
}

/// The names in quotes, at most twelve of them.
fn listed(names: &[String]) -> String {
    const MOST: usize = 12;
    let mut shown: Vec<String> = names.iter().take(MOST).map(|name| format!("“{name}”")).collect();
    if names.len() > MOST {
        shown.push(format!("and {} more", names.len() - MOST));
    }
    shown.join(", ")
}
