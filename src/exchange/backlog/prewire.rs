//! prewire's own CSV: every column is a field already, and every cell is what was exported,
//! but for one guard against spreadsheet formulas.

use std::borrow::Cow;
use std::path::Path;

use super::draft::Draft;
use super::row::{BadCell, Closure, Link, Row};
use super::slot::Slot;
use super::source::{Habits, Layout};
use crate::domain::item::Ref;
use crate::domain::kind::Kind;
use crate::exchange::record::Record;
use crate::exchange::table::{ReadOptions, Table};

/// Only recognised by these columns; rows are read by [`read`].
pub(super) const LAYOUT: Layout = Layout {
    signatures: &[&["ref", "id", "title", "state"]],
    columns: &[("ref", Slot::Id), ("id", Slot::Id), ("title", Slot::Title), ("state", Slot::State)],
    habits: Habits::PLAIN,
    refine,
};

fn refine(_: &mut Draft) {}

/// Columns that every list of prewire's own begins with or ends with.
const OWN: [&str; 5] = ["ref", "id", "title", "state", "created_at"];

/// What a file is of prewire's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnTable {
    /// A whole list, by the kind of its first row.
    Whole(Kind),
    /// Refs and titles without the ids by which rows are known; the first ref.
    WithoutIds(Ref),
}

/// What a file is of prewire's own, if anything.
#[must_use]
pub fn own_table(path: &Path) -> Option<OwnTable> {
    let score = |cells: &[&str]| cells.iter().filter(|cell| OWN.contains(cell)).count();
    let options = ReadOptions { encoding: None, delimiter: None, score: &score };
    let mut table = Table::open(path, &options).ok()?;
    let header = table.header();
    let has = |name: &str| header.iter().any(|column| column == name);
    let (is_whole, is_known) = (OWN.iter().all(|name| has(name)), has("title") && !has("id"));
    let at = header.iter().position(|name| name == "ref")?;
    let record = table.next_record().ok()??;
    let reference = Ref::parse(unguarded(record.cells().nth(at)?))?;
    match (is_whole, is_known) {
        (true, _) => Some(OwnTable::Whole(reference.kind)),
        (false, true) => Some(OwnTable::WithoutIds(reference)),
        (false, false) => None,
    }
}

/// Reads one row. The kind is the letter of its ref; the external id is its `id`.
///
/// # Errors
/// Every problem of the row.
pub(super) fn read(header: &[String], record: &Record) -> Result<Row, Vec<BadCell>> {
    if let Some(flaw) = record.flaw() {
        return Err(vec![BadCell::of_row(flaw.to_string())]);
    }
    let mut reader = Reader { row: empty(record.line()), reference: "", problems: Vec::new() };
    for (name, cell) in header.iter().zip(record.cells()) {
        if !name.is_empty() && !cell.is_empty() {
            reader.take(name, cell);
        }
    }
    reader.finish()
}

struct Reader<'a> {
    row: Row,
    reference: &'a str,
    problems: Vec<BadCell>,
}

impl<'a> Reader<'a> {
    fn take(&mut self, name: &str, cell: &'a str) {
        let text = unguarded(cell);
        match name {
            "ref" => self.reference = text,
            "id" => text.clone_into(&mut self.row.external_id),
            "title" => text.clone_into(&mut self.row.title),
            "note" => self.row.note = Some(text.to_owned()),
            "tags" => self.row.tags = super::cells::parts(text, &[',', ' ']),
            "blocked_by" => self.row.blocked_by = links(text),
            "blocks" => self.row.blocks = links(text),
            field => self.field(field, text),
        }
    }

    fn field(&mut self, name: &str, text: &str) {
        if name == "state" {
            self.row.closure = closure(&text.trim().to_lowercase());
        }
        let text = if name == "state" { text.trim().to_lowercase() } else { text.to_owned() };
        self.row.fields.push((Cow::Owned(name.to_owned()), text));
    }

    fn finish(mut self) -> Result<Row, Vec<BadCell>> {
        let Some(kind) = Ref::parse(self.reference).map(|reference| reference.kind) else {
            self.problems.push(BadCell::new("ref", self.reference, "is no ref such as d12 or e3"));
            return Err(self.problems);
        };
        if !kind.is_added() {
            let why = format!("is {}, and no table brings those in", kind.noun().one());
            self.problems.push(BadCell::new("ref", self.reference, why));
        }
        self.row.kind = kind;
        if self.row.field("kind") == Some(kind.slug()) {
            self.row.fields.iter_mut().for_each(|(name, _)| named_by_kind(kind, name));
        }
        self.row.fields.push((Cow::Borrowed("ref"), self.reference.to_owned()));
        if self.row.external_id.is_empty() {
            self.reference.clone_into(&mut self.row.external_id);
        }
        if self.problems.is_empty() { Ok(self.row) } else { Err(self.problems) }
    }
}

fn empty(line: u64) -> Row {
    Row {
        line,
        external_id: String::new(),
        kind: Kind::Asset,
        why_kind: "its ref says so",
        title: String::new(),
        fields: Vec::new(),
        tags: Vec::new(),
        note: None,
        blocked_by: Vec::new(),
        blocks: Vec::new(),
        closure: Closure::Open,
    }
}

/// The cell without the one quote that an export puts before what a spreadsheet would run.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// A list of several nouns calls one column by one name for all: `due` is what each of them is held
/// to, and the sort of a row stands in no column.
fn named_by_kind(kind: Kind, name: &mut Cow<'static, str>) {
    if let ("due", Some(due)) = (name.as_ref(), kind.noun().due) {
        *name = Cow::Borrowed(due);
    }
}

fn links(text: &str) -> Vec<Link> {
    super::cells::parts(text, &[',', ' ']).into_iter().map(Link::ExternalId).collect()
}

fn closure(state: &str) -> Closure {
    match state {
        "shipped" | "in-use" | "decided" | "reviewed" | "done" | "self-served" => Closure::Done,
        "dropped" | "superseded" | "declined" | "traded" => Closure::Cancelled,
        "retired" => Closure::Archived,
        _ => Closure::Open,
    }
}
