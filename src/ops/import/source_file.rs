//! The file of a request, opened: a backlog of some tracker with its options, or a whole
//! workspace in prewire's own JSON. Hands out rows in chunks; knows no item.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::domain::field::Names;
use crate::domain::item::Ref;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::exchange::backlog::{
    Backlog, BacklogOptions, BadRow, OwnTable, RowError, RowKind, Source, own_table,
};

use crate::exchange::input::Input;
use crate::exchange::names::hex;
use crate::exchange::{bundle, caps, json};
use crate::store::bulk::Bulk;
use crate::store::lookup::Lookup;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::deal_file::{self, DealTable};
use super::digest::Digest;
use super::file_refs::FileRefs;
use super::known_rows::KnownRows;
use super::prepare::Whose;
use super::remembered::{self, Told};
use super::time_source::TimeSource;
use super::which_table::{self, Home};
use super::{BadLine, ImportRequest, NAMED, refused, row_kind};

/// From so many bytes on the rows of a file are counted first: a shorter one cannot have too many.
const LONG_BYTES: u64 = 2 * caps::BACKLOG_ROWS;
/// Letters of a fingerprint that are kept.
const LETTERS: usize = 12;

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
    /// What is worth saying of whose list it is, and of rows that are something else here.
    pub notes: Vec<String>,
    pub whose: Whose,
    /// Of prewire's own CSV: what its refs mean.
    pub refs: Arc<FileRefs>,
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
        let kind = if looks { bundle::kind(&mut input) } else { None };
        if kind.as_deref() == Some(bundle::KIND) {
            refuse_choices(request, "a whole workspace names the kind of each item itself")?;
            return Ok(Self::Workspace(WorkspaceFile { input, name: name_of(path) }));
        }
        drop(input);
        if let Some(kind) = kind.as_deref().and_then(Kind::from_slug) {
            return Err(a_listing(kind, &name_of(path)).into());
        }
        match own_table(path) {
            Some(OwnTable::Whole(kind)) if !kind.is_added() => {
                return Err(own_csv_of(kind).into());
            }
            Some(OwnTable::WithoutIds(reference))
                if request.as_kind.is_none() && workspace.store.by_ref(reference)?.is_some() =>
            {
                return Err(without_ids(reference).into());
            }
            Some(OwnTable::Whole(_)) => {}
            Some(OwnTable::WithoutIds(_)) | None => {
                if let Some(known) = KnownRows::open(workspace, request)? {
                    return Ok(Self::Known(known));
                }
            }
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
        let mut backlog =
            Backlog::open(path, &options).map_err(|error| refused::file(path, error))?;
        let ours = backlog.source() == Source::Prewire;
        if ours {
            refuse_choices(request, "prewire's own CSV names the kind of each row by its ref")?;
        }
        let home = namespace(workspace, &mut backlog, path)?;
        let refs = if ours {
            FileRefs::of(&mut backlog, path, &workspace.store)?
        } else {
            FileRefs::default()
        };
        let mut file = Self {
            namespace: home.namespace,
            notes: home.told.into_iter().chain(refs.note()).collect(),
            name: name_of(path),
            whose: if ours { Whose::Ours } else { Whose::Theirs },
            refs: Arc::new(refs),
            columns: backlog.mapping().into_iter().map(|(column, _)| column).collect(),
            told: remembered::told(request, backlog.fingerprint()),
            remembered,
            backlog,
        };
        let there = file.know(workspace, request)?;
        file.flip(workspace, request, &there)?;
        Ok(file)
    }

    /// Rows that came in before are read as they were then, whatever the rule says of them.
    fn know(
        &mut self,
        workspace: &Workspace,
        request: &ImportRequest,
    ) -> Result<HashMap<String, Kind>> {
        let mut there = HashMap::new();
        if self.whose == Whose::Ours {
            return Ok(there);
        }
        let mut others = 0;
        for (id, kind, digest) in workspace.store.origin_kinds(&self.namespace)? {
            others += usize::from(request.as_kind.is_some_and(|wanted| wanted != kind));
            let then = Digest::kind(&digest).unwrap_or(kind);
            if let Some(then) = RowKind::from_slug(then.slug()) {
                self.backlog.know(id.clone(), then);
            }
            if !request.flips.is_empty() {
                there.insert(id, kind);
            }
        }
        if others > 0 {
            let words = match others {
                1 => "1 row is here already as something else, and stays so; turn makes another \
                      kind of it"
                    .to_owned(),
                _ => format!(
                    "{others} rows are here already as something else, and stay so; turn makes \
                     another kind of each"
                ),
            };
            self.notes.push(words);
        }
        Ok(there)
    }

    /// Finds the rows on the lines that the user flipped.
    fn flip(
        &mut self,
        workspace: &Workspace,
        request: &ImportRequest,
        there: &HashMap<String, Kind>,
    ) -> Result<()> {
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
            if let Some(now) = there.get(&id).filter(|now| now.slug() != kind.slug()) {
                return Err(self.is_there(workspace, &id, (*now, kind))?.into());
            }
            self.backlog.flip(&id, kind);
        }
        self.rewind(&request.path)
    }

    /// A row that is an item already becomes nothing else by an import.
    fn is_there(
        &self,
        workspace: &Workspace,
        id: &str,
        (now, wanted): (Kind, RowKind),
    ) -> Result<Refusal> {
        let origin = workspace.store.origin_of(&self.namespace, id)?;
        let item = origin.map(|origin| origin.item);
        let names = workspace.store.names_of(item.as_slice())?;
        let called = item.and_then(|item| names.reference(item));
        let called = called.map_or_else(|| id.to_owned(), |found| found.to_string());
        let (now, wanted) = (now.slug(), wanted.slug());
        Ok(Refusal::input(format!("a row to flip is {called} already, of kind {now}"))
            .hint(format!("prewire {now} turn {called} {wanted}")))
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

/// What `--json` printed is no file to import.
fn a_listing(kind: Kind, name: &str) -> Refusal {
    let what = kind.noun().plural;
    Refusal::input(format!("{name} is what --json printed of {what}, and no file to import"))
        .hint("prewire export json writes the whole workspace as import knows it again")
}

/// What nobody adds in a line comes in by no table either.
fn own_csv_of(kind: Kind) -> Refusal {
    let (why, hint) = if kind == Kind::Meeting {
        ("which come in from a calendar", "prewire import calendar.ics")
    } else {
        (
            "and what was said in them stands in no table",
            "prewire export json writes the whole workspace as import knows it again",
        )
    };
    let what = kind.noun().plural;
    Refusal::input(format!("this is prewire's own CSV of {what}, {why}")).hint(hint)
}

fn without_ids(reference: Ref) -> Refusal {
    Refusal::input(format!(
        "its column “ref” names {reference} and others of prewire's own, but the column “id” is gone, \
         so no row can be known again"
    ))
    .hint("export it again and leave id in it; --as asset takes the rows as new ones")
}

fn refuse_choices(request: &ImportRequest, why: &str) -> Result<()> {
    if request.as_kind.is_none() && request.flips.is_empty() && request.map.is_empty() {
        return Ok(());
    }
    Err(Refusal::usage(why).hint("leave out --as, --flip and --map").into())
}

/// Under which name the ids of a file are kept. Those of a tracker are its own; those of Notion,
/// which has titles for ids, mean something only within one database.
fn namespace(workspace: &Workspace, backlog: &mut Backlog, path: &Path) -> Result<Home> {
    let source = backlog.source();
    let slug = source.slug();
    let namespace = match source {
        Source::Generic => return table_home(workspace, backlog, path),
        Source::Notion => match database(path) {
            Some(database) => format!("{slug}:{}", &database[..LETTERS]),
            None => slug.to_owned(),
        },
        Source::Trello | Source::Asana | Source::Linear | Source::Jira | Source::Prewire => {
            slug.to_owned()
        }
    };
    Ok(Home { namespace, told: None })
}

/// Which list the rows of a table belong to.
fn table_home(workspace: &Workspace, backlog: &mut Backlog, path: &Path) -> Result<Home> {
    let mut rows = Vec::new();
    while rows.len() < which_table::LOOKED_AT {
        match backlog.next_row() {
            // What is wrong with the file is said when it is read.
            None | Some(Err(RowError::File(_))) => break,
            Some(Err(RowError::Row(_))) => {}
            Some(Ok(row)) => rows.push(which_table::mark(&row.external_id, &row.title)),
        }
    }
    backlog.rewind().map_err(|error| refused::file(path, error))?;
    let family = format!("{}:", backlog.source().slug());
    let columns = &backlog.fingerprint()[..LETTERS.min(backlog.fingerprint().len())];
    let name = which_table::called(path);
    let known_by = which_table::KnownBy::Id;
    let table = which_table::Table { family: &family, columns, name, rows: &rows, known_by };
    which_table::home(&workspace.store, &table)
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
