//! A backlog from another tracker as rows for prewire. It recognises the source, reads each
//! row once as a stream and judges it; it writes nothing and knows no workspace.

use std::collections::BTreeMap;
use std::path::Path;

use super::caps;
use super::dates::DayOrder;
use super::delimiter::Delimiter;
use super::encoding::{self, Encoding};
use super::input::{Input, Progress};
use super::json;
use super::names;
use super::read_error::ReadError;
use super::table::{ReadOptions, Table};
use crate::domain::field::{TEXT_MAX, TITLE_MAX};

mod asana;
mod body;
mod cells;
mod columns;
mod draft;
mod effort;
mod generic;
mod jira;
mod kinds;
mod ledger;
mod linear;
mod notion;
mod orders;
mod phrases;
mod prewire;
mod row;
mod shape;
mod slot;
mod source;
mod trello;
mod trello_json;
mod wiki;
mod words;

use body::{Body, Found, SheetBody};
use columns::Columns;
use ledger::Ledger;
use orders::Orders;
pub use prewire::{OwnTable, own_table};
pub use row::{BadCell, BadRow, Closure, Link, Row, RowError, RowKind};
pub use slot::{Mapping, Slot};
pub use source::Source;
use trello_json::Board;

/// What the user says beside the file.
#[derive(Debug, Clone, Default)]
pub struct BacklogOptions {
    pub encoding: Option<Encoding>,
    pub delimiter: Option<Delimiter>,
    /// The source, when it should not be guessed.
    pub source: Option<Source>,
    /// The order of day and month, when the file cannot tell.
    pub dates: Option<DayOrder>,
    pub map: Vec<Mapping>,
    /// By external id, the kinds that the user chose instead of the rule's.
    pub flips: BTreeMap<String, RowKind>,
    /// The kind of every row that is not flipped.
    pub kind: Option<RowKind>,
}

/// An open backlog, standing before its next row.
#[derive(Debug)]
pub struct Backlog {
    body: Body,
    source: Source,
    fingerprint: String,
    sha256: String,
    flips: BTreeMap<String, RowKind>,
    kind: Option<RowKind>,
    ledger: Ledger,
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Ahead,
    Reached,
}

impl Backlog {
    /// Opens the file and recognises its source. Reads the file once for its checksum and,
    /// for the order of day and month, some of its rows.
    ///
    /// # Errors
    /// When the file cannot be read, has no title column, a mapping does not fit, or day and
    /// month cannot be told apart.
    pub fn open(path: &Path, options: &BacklogOptions) -> Result<Self, ReadError> {
        let mut input = Input::open(path, caps::FILE_BYTES)?;
        if is_board(path, &mut input, options)? {
            return Self::open_board(path, options);
        }
        let stem = path.file_stem().and_then(std::ffi::OsStr::to_str).unwrap_or("");
        Self::open_table(input, stem, options)
    }

    fn open_board(path: &Path, options: &BacklogOptions) -> Result<Self, ReadError> {
        let mut input = Input::open(path, caps::JSON_BYTES)?;
        let sha256 = encoding::survey(&mut input, Some(Encoding::Utf8))?.sha256;
        let board = Board::read(&mut input)?;
        let total = input.length();
        let progress = Progress { read: total, total };
        Ok(Self {
            body: Body::Board { board: Box::new(board), next: 0, progress },
            source: Source::Trello,
            fingerprint: names::fingerprint(["trello.json"]),
            sha256,
            flips: options.flips.clone(),
            kind: options.kind,
            ledger: Ledger::default(),
            end: End::Ahead,
        })
    }

    fn open_table(input: Input, stem: &str, options: &BacklogOptions) -> Result<Self, ReadError> {
        let told: Vec<String> = options.map.iter().map(|one| names::normal(&one.column)).collect();
        let score = |cells: &[&str]| source::known_names(cells, &told);
        let reading =
            ReadOptions { encoding: options.encoding, delimiter: options.delimiter, score: &score };
        let mut table = Table::from_input(input, &reading)?;
        let source = options.source.unwrap_or_else(|| source::recognise(table.header(), stem));
        let columns = Columns::new(table.header(), source.layout(), &options.map)?;
        if columns.of(Slot::Title).is_empty() {
            return Err(ReadError::NoTitle { columns: table.header().to_vec() });
        }
        let orders = match (source, options.dates) {
            (Source::Prewire, _) => Orders::default(),
            (_, Some(order)) => Orders::told(order),
            (_, None) => Orders::find(&mut table, &columns)?,
        };
        Ok(Self {
            source,
            fingerprint: names::fingerprint(table.header().iter().map(String::as_str)),
            sha256: table.sha256().to_owned(),
            body: Body::Sheet(Box::new(SheetBody { table, columns, orders })),
            flips: options.flips.clone(),
            kind: options.kind,
            ledger: Ledger::default(),
            end: End::Ahead,
        })
    }

    #[must_use]
    pub fn source(&self) -> Source {
        self.source
    }

    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.body.sheet().map_or(Encoding::Utf8, |sheet| sheet.table.encoding())
    }

    /// `None` for JSON.
    #[must_use]
    pub fn delimiter(&self) -> Option<Delimiter> {
        self.body.sheet().map(|sheet| sheet.table.delimiter())
    }

    /// SHA-256 of the file: a file of the same hash was imported already.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// SHA-256 over the names of the columns, under which a mapping can be remembered.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Each column with the name of what is read from it; `None` for what is not read.
    #[must_use]
    pub fn mapping(&self) -> Vec<(String, Option<&'static str>)> {
        self.body.sheet().map(|sheet| sheet.columns.mapping()).unwrap_or_default()
    }

    /// Columns that nothing is read from. In prewire's own CSV the caller knows the fields.
    #[must_use]
    pub fn unmapped(&self) -> Vec<String> {
        if let Body::Board { board, .. } = &self.body {
            return board.unread().map(str::to_owned).collect();
        }
        let sheet = self.body.sheet().filter(|_| self.source != Source::Prewire);
        sheet.map(|sheet| sheet.columns.unmapped()).unwrap_or_default()
    }

    /// Total and footer rows that this pass has left out so far.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.body.sheet().map_or(0, |sheet| sheet.table.left_out())
    }

    /// Bytes read in this pass, and bytes in all.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.body.progress()
    }

    /// Chooses the kind of a row against the rule; it counts from the next row read.
    pub fn flip(&mut self, external_id: &str, kind: RowKind) {
        self.flips.insert(external_id.to_owned(), kind);
    }

    /// What a row that came in before was read as; it goes before the rule, and before what is said
    /// of all rows.
    pub fn know(&mut self, external_id: String, kind: RowKind) {
        self.flips.insert(external_id, kind);
    }

    /// How many rows the whole file has, good or bad, and back to the first one.
    ///
    /// # Errors
    /// When there are more than may be, or the file cannot be read to its end.
    pub fn count_rows(&mut self) -> Result<u64, ReadError> {
        let rows = self.body.count_rows()?;
        self.rewind()?;
        Ok(rows)
    }

    /// Goes back to the first row, for another pass.
    ///
    /// # Errors
    /// When the file can no longer be read.
    pub fn rewind(&mut self) -> Result<(), ReadError> {
        self.ledger = Ledger::default();
        self.end = End::Ahead;
        self.body.rewind()
    }

    /// The next row; `None` at the end, and after an error of the file. After a bad row the
    /// next one can be read.
    pub fn next_row(&mut self) -> Option<Result<Row, RowError>> {
        if self.end == End::Reached {
            return None;
        }
        match self.body.find(self.source) {
            Ok(Some(found)) => Some(self.judge(found).map_err(RowError::Row)),
            Ok(None) => {
                self.end = End::Reached;
                None
            }
            Err(error) => {
                self.end = End::Reached;
                Some(Err(RowError::File(error)))
            }
        }
    }

    fn judge(&mut self, found: Found) -> Result<Row, BadRow> {
        match found {
            Found::Bad(bad) => Err(bad),
            Found::Row(row) => {
                self.check(row.line, Some(&row.external_id), &row.title)?;
                check_note(row.line, row.note.as_deref())?;
                Ok(*row)
            }
            Found::Draft(draft) => {
                let line = draft.line;
                let id = self.check(line, draft.id.as_deref(), &draft.title)?;
                let flip = self.flips.get(&id).copied().or(self.kind);
                let row = shape::shape(*draft, id, flip);
                check_note(line, row.note.as_deref())?;
                Ok(row)
            }
        }
    }

    /// What the file itself calls the column that something is read from.
    fn column(&self, slot: Slot) -> &str {
        let sheet = self.body.sheet().filter(|_| self.source != Source::Prewire);
        let column = sheet.and_then(|sheet| Some((sheet, *sheet.columns.of(slot).first()?)));
        column.map_or(slot.name(), |(sheet, column)| sheet.columns.name(column))
    }

    /// Checks title and id, and gives the external id.
    fn check(&mut self, line: u64, id: Option<&str>, title: &str) -> Result<String, BadRow> {
        let mut problems = Vec::new();
        if title.trim().is_empty() {
            problems.push(BadCell::new(self.column(Slot::Title), "", "it is empty"));
        } else if title.chars().count() > TITLE_MAX {
            let why = format!("has more than {TITLE_MAX} characters");
            problems.push(BadCell::new(self.column(Slot::Title), title, why));
        }
        let id = match id.filter(|id| !id.is_empty()) {
            None => self.ledger.name(title),
            Some(id) => {
                if let Err(earlier) = self.ledger.admit(id, line) {
                    let why = format!("is already in row {earlier}");
                    problems.push(BadCell::new(self.column(Slot::Id), id, why));
                }
                id.to_owned()
            }
        };
        if problems.is_empty() { Ok(id) } else { Err(BadRow { line, problems }) }
    }
}

/// Whether the file is JSON by its name, or by its first letter when its name says nothing.
fn is_board(path: &Path, input: &mut Input, options: &BacklogOptions) -> Result<bool, ReadError> {
    if options.source.is_some_and(|source| source != Source::Trello) {
        return Ok(false);
    }
    let extension = path.extension().and_then(std::ffi::OsStr::to_str).unwrap_or("");
    match extension.to_ascii_lowercase().as_str() {
        "json" => Ok(true),
        "csv" | "tsv" => Ok(false),
        _ => json::looks_like_json(input),
    }
}

/// Refuses a note that the workspace would not take.
fn check_note(line: u64, note: Option<&str>) -> Result<(), BadRow> {
    match note {
        Some(note) if note.len() > TEXT_MAX && note.chars().count() > TEXT_MAX => {
            let why = format!("the note has more than {TEXT_MAX} characters");
            Err(BadRow { line, problems: vec![BadCell::of_row(why)] })
        }
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
