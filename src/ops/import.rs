//! Bringing a file into the workspace: first a plan that writes nothing, then one step, whole or not
//! at all. The same file twice changes nothing; a changed row changes only what the file changed.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::domain::item::Ref;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
pub use crate::exchange::dates::DayOrder;
use crate::exchange::encoding::Encoding;
use crate::store;
use crate::store::snapshot::{self, Reason};

use super::error::{Error, Result};
use super::op::Done;
use super::workspace::Workspace;

mod apply;
mod deal_digest;
mod deal_file;
mod deal_rows;
mod digest;
mod fate;
mod file_refs;
mod found;
mod known_rows;
mod known_write;
mod own_rules;
mod people;
mod prepare;
mod reader;
mod refused;
mod remembered;
mod rewrite;
mod rings;
mod source_file;
mod standing;
mod survey;
mod ties;
mod time_folder;
mod time_rows;
mod time_source;
mod value;
mod warnings;
mod which_table;
mod workspace_file;
mod world;
mod write;
mod zones;

pub use deal_file::DealAnswers;
pub use refused::listed as bad_rows_listed;
pub use rewrite::{Before, Rewrite};
use source_file::{SourceFile, WorkspaceFile};
pub(super) use time_rows::{GONE, write_calendar};
pub(super) use time_source::OURS;
use time_source::TimeSource;
use warnings::Warnings;

/// Rows that a plan shows.
pub const PREVIEW: usize = 200;
/// Bad rows and warnings that are named; the rest is counted.
pub const NAMED: usize = 20;
/// Changes of a watched calendar that need no snapshot before them.
const LITTLE: usize = 25;
/// Rows that are looked up and written together.
const CHUNK: usize = 500;
/// Bytes of text after which fewer rows are taken together.
const CHUNK_BYTES: usize = 1024 * 1024;

/// What to import, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportRequest {
    pub path: PathBuf,
    /// Every row becomes this, whatever the rule says.
    pub as_kind: Option<Kind>,
    /// `Column=field`, as typed. Empty: as remembered for these columns, else by their names.
    pub map: Vec<String>,
    pub encoding: Option<Encoding>,
    pub dates: Option<DayOrder>,
    pub bad_rows: BadRows,
    /// By line of the file, the kinds that the user chose against the rule.
    pub flips: Vec<(u64, Kind)>,
    /// Zones that the file names and nobody knows, as the user answers.
    pub zones: Vec<(String, crate::domain::zone::Zone)>,
    /// The calendar that is watched under this name.
    pub calendar: Option<String>,
    /// What is said of an export of deals; with it a file is read as nothing else.
    pub deals: Option<DealAnswers>,
}

/// What becomes of a file with rows that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BadRows {
    /// Nothing of the file is taken.
    #[default]
    Refuse,
    /// They are left out.
    Skip,
}

/// Told the bytes done and in all; says whether to go on.
pub type Progress<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// How many rows of a kind become what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
    /// What the source has no more, and goes into the Trash.
    pub gone: usize,
}

impl Tally {
    fn touched(self) -> usize {
        self.new + self.changed + self.gone
    }
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    New,
    Changed,
    Unchanged,
}

impl Fate {
    /// The word for people and for JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
        }
    }
}

/// One row of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow {
    /// The line of the file; what a flip names.
    pub line: u64,
    pub kind: Kind,
    /// Why it is of this kind, as the end of a sentence that begins with “because”.
    pub why: &'static str,
    pub title: String,
    pub fate: Fate,
    /// The item that it is already.
    pub reference: Option<Ref>,
    /// Labels and words of what the row sets.
    pub fields: Vec<(&'static str, String)>,
    /// Of a row that changed: what it changes.
    pub rewrites: Vec<Rewrite>,
}

/// A row that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    pub line: u64,
    /// The whole sentence: `row 17, column due: “31.02.2026” is not a date`.
    pub words: String,
}

/// A column of the file and what is read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedColumn {
    pub column: String,
    /// `None`: nothing is read from it.
    pub field: Option<String>,
}

/// What an import would do. Making it changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportPlan {
    /// The program that wrote the file, for people: `Linear`.
    pub source: String,
    /// The file's name, without its folder.
    pub file: String,
    pub encoding: String,
    /// `None` for JSON.
    pub delimiter: Option<String>,
    pub columns: Vec<MappedColumn>,
    /// The mapping was told for such a file before.
    pub remembered: bool,
    pub unmapped: Vec<String>,
    /// Rows read, bad ones included.
    pub rows: u64,
    /// Total and footer rows that are no data.
    pub left_out: u64,
    pub tallies: BTreeMap<Kind, Tally>,
    /// Of a whole workspace: settings and origins of earlier imports that differ.
    pub others: usize,
    pub preview: Vec<PreviewRow>,
    /// The first twenty.
    pub bad: Vec<BadLine>,
    pub bad_total: u64,
    pub warnings: Vec<String>,
}

impl ImportPlan {
    /// The sums over all kinds.
    #[must_use]
    pub fn total(&self) -> Tally {
        sum(&self.tallies)
    }

    /// Whether an import would change anything.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        let total = self.total();
        total.new + total.changed + total.gone + self.others == 0
    }
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImportDone {
    /// The step, as undo names it; `seq` is `None` when nothing had to change.
    pub done: Done,
    pub source: String,
    pub file: String,
    /// How it was read, for a table: its encoding, and the columns that were not.
    pub encoding: String,
    pub unmapped: Vec<String>,
    pub tallies: BTreeMap<Kind, Tally>,
    /// Bad rows that were left out, the first twenty, and how many in all.
    pub bad: Vec<BadLine>,
    pub bad_total: u64,
    /// Links that could not be tied, names that had to change.
    pub warnings: Vec<String>,
    /// The copy of the workspace as it was before.
    pub snapshot: Option<PathBuf>,
}

impl ImportDone {
    /// The sums over all kinds.
    #[must_use]
    pub fn total(&self) -> Tally {
        sum(&self.tallies)
    }
}

fn sum(tallies: &BTreeMap<Kind, Tally>) -> Tally {
    tallies.values().fold(Tally::default(), |all, one| Tally {
        new: all.new + one.new,
        changed: all.changed + one.changed,
        unchanged: all.unchanged + one.unchanged,
        gone: all.gone + one.gone,
    })
}

impl Workspace {
    /// Reads the whole file and says what an import would do. Not a byte of the workspace changes.
    ///
    /// # Errors
    /// A refusal when the file as a whole cannot be read; `Interrupted` when `progress` breaks.
    pub fn plan_import(
        &mut self,
        request: &ImportRequest,
        progress: &mut Progress<'_>,
    ) -> Result<ImportPlan> {
        match SourceFile::open(self, request)? {
            SourceFile::Backlog(mut file) => survey::plan(self, &mut file, progress),
            SourceFile::Workspace(mut file) => workspace_file::plan(self, &mut file, progress),
            SourceFile::Time(file) => time_rows::plan(self, &file, progress),
            SourceFile::Deals(table) => deal_rows::plan(self, &table, progress),
            SourceFile::Known(rows) => known_rows::plan(self, &rows, progress),
        }
    }

    /// Looks at the file alone: that it can be opened, what it is, that its columns are known.
    ///
    /// # Errors
    /// The refusal that a plan would begin with.
    pub fn check_import(&self, request: &ImportRequest) -> Result<()> {
        SourceFile::open(self, request).map(drop)
    }

    /// Imports the file as one step, behind a snapshot. Bad rows refuse the file, unless they are
    /// to be skipped.
    ///
    /// # Errors
    /// A refusal that names the first bad rows; `Interrupted` when `progress` breaks; a storage
    /// error. Nothing has changed then.
    pub fn import(
        &mut self,
        request: &ImportRequest,
        progress: &mut Progress<'_>,
    ) -> Result<ImportDone> {
        match SourceFile::open(self, request)? {
            SourceFile::Backlog(mut file) => write::import(self, &mut file, request, progress),
            SourceFile::Workspace(mut file) => self.import_workspace(&mut file, progress),
            SourceFile::Time(mut file) => self.import_time(&mut file, request, progress),
            SourceFile::Deals(table) => deal_rows::import(self, &table, request, progress),
            SourceFile::Known(rows) => known_write::import(self, &rows, request, progress),
        }
    }

    /// A whole workspace is checked before anything of it is written.
    fn import_workspace(
        &mut self,
        file: &mut WorkspaceFile,
        progress: &mut Progress<'_>,
    ) -> Result<ImportDone> {
        let mut first_half = |done: u64, all: u64| progress(done, all.saturating_mul(2));
        let plan = workspace_file::plan(self, file, &mut first_half)?;
        if plan.is_idle() {
            return Ok(idle(plan));
        }
        let mut second_half =
            |done: u64, all: u64| progress(all.saturating_add(done), all.saturating_mul(2));
        self.behind_snapshot(Some(Reason::Import), |workspace| {
            workspace_file::load(workspace, file, &plan, &mut second_half)
        })
    }

    fn import_time(
        &mut self,
        file: &mut TimeSource,
        request: &ImportRequest,
        progress: &mut Progress<'_>,
    ) -> Result<ImportDone> {
        let mut first_half = |done: u64, all: u64| progress(done, all.saturating_mul(2));
        let plan = time_rows::plan(self, file, &mut first_half)?;
        if plan.bad_total > 0 && request.bad_rows == BadRows::Refuse {
            let bad = source_file::Bad { named: plan.bad, total: plan.bad_total };
            return Err(refused::bad_rows(plan.rows, &bad).into());
        }
        if plan.is_idle() {
            return Ok(idle(plan));
        }
        // What is watched comes in little by little, and every step can be taken back.
        let little = request.calendar.is_some() && plan.total().touched() <= LITTLE;
        let reason = if little { None } else { Some(Reason::Import) };
        let mut second_half =
            |done: u64, all: u64| progress(all.saturating_add(done), all.saturating_mul(2));
        let done = self.behind_snapshot(reason, |workspace| {
            time_rows::load(workspace, file, &plan, &mut second_half)
        })?;
        Ok(ImportDone { bad: plan.bad, bad_total: plan.bad_total, ..done })
    }

    /// Writes many rows, prepared for it, with a copy of what was before when there is a reason.
    fn behind_snapshot(
        &mut self,
        reason: Option<Reason>,
        write: impl FnOnce(&mut Self) -> Result<ImportDone>,
    ) -> Result<ImportDone> {
        self.store.make_writable()?;
        let snapshot = match reason {
            Some(reason) => snapshot::make(&self.store, reason)?,
            None => None,
        };
        self.store.spread(store::bulk::Spread::Wide)?;
        let written = write(self);
        self.store.spread(store::bulk::Spread::Usual)?;
        if let (Err(Error::Refused(_)), Some(copy)) = (&written, &snapshot) {
            snapshot::discard(copy);
        }
        Ok(ImportDone { snapshot, ..written? })
    }
}

fn idle(plan: ImportPlan) -> ImportDone {
    ImportDone {
        done: Done { label: "nothing changed".to_owned(), ..Done::default() },
        source: plan.source,
        file: plan.file,
        tallies: plan.tallies,
        bad: plan.bad,
        bad_total: plan.bad_total,
        warnings: plan.warnings,
        encoding: plan.encoding,
        unmapped: plan.unmapped,
        snapshot: None,
    }
}

/// Stops when the user says so.
fn go_on(progress: &mut Progress<'_>, done: u64, all: u64) -> Result<()> {
    match progress(done, all) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Store(store::Error::Interrupted)),
    }
}

/// The kinds that rows of a backlog can become.
fn row_kind(kind: Kind) -> Result<crate::exchange::backlog::RowKind> {
    crate::exchange::backlog::RowKind::from_slug(kind.slug()).ok_or_else(|| {
        let plural = kind.noun().plural;
        let what = format!("rows of a file become decisions, assets or requests, not {plural}");
        Refusal::usage(what).into()
    })
}
