//! The file of a request, opened: a backlog of some tracker with its options, or a whole
//! workspace in prewire's own JSON. Hands out rows in chunks; knows no item.

use std::path::Path;

use crate::domain::refusal::Refusal;
use crate::exchange::backlog::{Backlog, BacklogOptions, BadRow, RowError, RowKind, Source};

use crate::exchange::input::Input;
use crate::exchange::names::hex;
use crate::exchange::{bundle, caps, json};

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::deal_file::{self, DealTable};
use super::known_rows::KnownRows;
use super::prepare::Whose;
use super::remembered::{self, Told};
use super::time_source::TimeSource;
use super::{BadLine, ImportRequest, NAMED, refused, row_kind};

/// From so many bytes on the rows of a file are counted first: a shorter one cannot have too many.
const LONG_BYTES: u64 = 2 * caps::BACKLOG_ROWS;

/// An opened file.
pub(super) enum SourceFile {
    Backlog(Box<BacklogFile>),
    Workspace(WorkspaceFile),
    /// Events of a calendar, or time that was logged elsewhere.
    Time(TimeSource),
    /// Deals of a CRM.
    Deals(DealTable),
    /// A table of what is known: call notes, interviews, tickets.
    Known(KnownRows),
}

/// A backlog of some source.
pub(super) struct BacklogFile {
    pub backlog: Backlog,
    /// The file's name, without its folder.
    pub name: String,
    /// Under which external ids of this file are kept.
    pub namespace: String,
    pub whose: Whose,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// What the user said about the columns, to be remembered.
    pub told: Option<Told>,
    /// It was said before.
    pub remembered: bool,
}

/// prewire's own JSON.
pub(super) struct WorkspaceFile {
    pub input: Input,
    pub name: String,
}

/// The bad rows so far.
#[derive(Debug, Default)]
pub(super) struct Bad {
    pub named: Vec<BadLine>,
    pub total: u64,
}

impl Bad {
    pub fn extend(&mut self, later: Self) {
        let room = NAMED.saturating_sub(self.named.len());
        self.named.extend(later.named.into_iter().take(room));
        self.total += later.total;
    }

    pub fn push(&mut self, row: &BadRow) {
        self.total += 1;
        if self.named.len() < NAMED {
            self.named.push(BadLine { line: row.line, words: row.to_string() });
        }
    }
}

impl SourceFile {
    /// # Errors
    /// A refusal when the file cannot be read, or the request does not fit it.
    pub fn open(workspace: &Workspace, request: &ImportRequest) -> Result<Self> {
        let path = &request.path;
        let is_free = request.as_kind.is_none() && request.flips.is_empty();
        if request.deals.is_some() || is_free && deal_file::is_export(path) {
            return DealTable::open(workspace, request).map(Self::Deals);
        }
        if let Some(time) = TimeSource::open(workspace, request)? {
            refuse_choices(request, "events and logged time name their kind themselves")?;
            return Ok(Self::Time(time));
        }
        let mut input =
            Input::open(path, caps::FILE_BYTES).map_err(|error| refused::file(path, error))?;
        let looks =
            json::looks_like_json(&mut input).map_err(|error| refused::file(path, error))?;
        if looks && bundle::is_bundle(&mut input) {
            refuse_choices(request, "a whole workspace names the kind of each item itself")?;
            return Ok(Self::Workspace(WorkspaceFile { input, name: name_of(path) }));
        }
        drop(input);
        if let Some(known) = KnownRows::open(workspace, request)? {
            return Ok(Self::Known(known));
        }
        BacklogFile::open(workspace, request).map(Box::new).map(Self::Backlog)
    }
}

impl BacklogFile {
    fn open(workspace: &Workspace, request: &ImportRequest) -> Result<Self> {
        let path = &request.path;
        let mut options = BacklogOptions {
            encoding: request.encoding,
            dates: request.dates,
            kind: request.as_kind.map(row_kind).transpose()?,
            ..BacklogOptions::default()
        };
        let remembered = remembered::recall(workspace, request, &mut options)?;
        let backlog = Backlog::open(path, &options).map_err(|error| refused::file(path, error))?;
        let ours = backlog.source() == Source::Prewire;
        if ours {
            refuse_choices(request, "prewire's own CSV names the kind of each row by its ref")?;
        }
        let mut file = Self {
            namespace: namespace(&backlog, path),
            name: name_of(path),
            whose: if ours { Whose::Ours } else { Whose::Theirs },
            columns: backlog.mapping().into_iter().map(|(column, _)| column).collect(),
            told: remembered::told(request, backlog.fingerprint()),
            remembered,
            backlog,
        };
        file.flip(request)?;
        Ok(file)
    }

    /// Finds the rows on the lines that the user flipped.
    fn flip(&mut self, request: &ImportRequest) -> Result<()> {
        let mut open: Vec<(u64, RowKind)> = Vec::new();
        for (line, kind) in &request.flips {
            open.push((*line, row_kind(*kind)?));
        }
        let mut found: Vec<(String, RowKind)> = Vec::new();
        while !open.is_empty() {
            let row = match self.backlog.next_row() {
                None => break,
                Some(Err(RowError::File(error))) => {
                    return Err(refused::file(&request.path, error));
                }
                Some(Err(RowError::Row(_))) => continue,
                Some(Ok(row)) => row,
            };
            if let Some(at) = open.iter().position(|(line, _)| *line == row.line) {
                found.push((row.external_id, open.swap_remove(at).1));
            }
        }
        if let Some((line, _)) = open.first() {
            return Err(Refusal::usage(format!("no row that can be read begins on line {line}"))
                .hint("--dry-run shows the line of each row")
                .into());
        }
        for (id, kind) in found {
            self.backlog.flip(&id, kind);
        }
        self.rewind(&request.path)
    }

    /// # Errors
    /// When the file cannot be read any more.
    pub fn rewind(&mut self, path: &Path) -> Result<()> {
        self.backlog.rewind().map_err(|error| refused::file(path, error))
    }

    /// Counts the rows of a long file, which takes a moment, so that too many of them are refused
    /// before anything is done for them.
    ///
    /// # Errors
    /// When there are more than may be, or the file as a whole cannot be read.
    pub fn refuse_too_long(&mut self) -> Result<()> {
        if self.backlog.progress().total < LONG_BYTES {
            return Ok(());
        }
        self.backlog.count_rows().map_err(|error| refused::file(Path::new(&self.name), error))?;
        Ok(())
    }
}

fn refuse_choices(request: &ImportRequest, why: &str) -> Result<()> {
    if request.as_kind.is_none() && request.flips.is_empty() && request.map.is_empty() {
        return Ok(());
    }
    Err(Refusal::usage(why).hint("leave out --as, --flip and --map").into())
}

/// Ids of a table that no tracker wrote mean something only within tables of the same columns and
/// the same name, for any list counts from 1; those of Notion, which has titles for ids, only within
/// one database.
fn namespace(backlog: &Backlog, path: &Path) -> String {
    const LETTERS: usize = 12;
    let source = backlog.source();
    let mark = match source {
        Source::Generic => Some(backlog.fingerprint().to_owned()),
        Source::Notion => database(path),
        Source::Trello | Source::Asana | Source::Linear | Source::Jira | Source::Prewire => None,
    };
    match mark {
        Some(mark) => {
            let mark = mark.chars().take(LETTERS).collect::<String>();
            let table = if source == Source::Generic { called(path) } else { String::new() };
            format!("{}:{mark}{table}", source.slug())
        }
        None => source.slug().to_owned(),
    }
}

/// What a table is called by its file, whatever day or copy it is: `:backlog` for
/// `Backlog 2026-05-04 (2).csv`.
fn called(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
    let stem = stem.unwrap_or_default();
    let words = stem.split(|letter: char| !letter.is_alphanumeric());
    let is_copy = stem.ends_with(')');
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if is_copy && words.last().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
        words.pop();
    }
    words.retain(|word| *word != "copy");
    let name = without_days(&words).join("-");
    if name.is_empty() { name } else { format!(":{name}") }
}

/// Without `2026 05 04` and `20260504`.
fn without_days<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let number = |word: &str, digits: usize| {
        word.len() == digits && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut kept = Vec::new();
    let mut rest = words;
    while let [first, after @ ..] = rest {
        rest = match after {
            [month, day, after @ ..] if number(first, 4) && number(month, 2) && number(day, 2) => {
                after
            }
            _ if number(first, 8) || number(first, 14) => after,
            _ => {
                kept.push(*first);
                after
            }
        };
    }
    kept
}

/// The 32 hexadecimal digits in the name of a file that Notion wrote.
fn database(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?.trim_end_matches("_all");
    let digits = stem.rsplit(' ').next()?;
    let known = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    known.then(|| digits.to_ascii_lowercase())
}

/// The name without its folder; bytes that are no text are written out.
pub(super) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_str().map_or_else(
        || {
            use std::os::unix::ffi::OsStrExt;
            hex(name.as_bytes())
        },
        str::to_owned,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_the_same_on_any_day_and_in_any_copy() {
        for (name, expected) in [
            ("Backlog.csv", ":backlog"),
            ("backlog 2026-05-04.csv", ":backlog"),
            ("backlog_20260504 (3).csv", ":backlog"),
            ("Backlog - Copy.csv", ":backlog"),
            ("q3 plan.csv", ":q3-plan"),
            ("ta.csv", ":ta"),
            ("2026-05-04.csv", ""),
        ] {
            assert_eq!(called(Path::new(name)), expected, "{name}");
        }
    }
}
