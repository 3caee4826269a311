//! Deals and their stages out of a CRM's export: `HubSpot`'s deals, Salesforce's opportunities and
//! both shapes of its stage history, or a table of one's own. It reads each row once as a stream,
//! as [`super::backlog`] does, and knows no workspace.

use std::path::Path;

use super::backlog::{BadCell, BadRow, RowError};
use super::dates::DayOrder;
use super::delimiter::Delimiter;
use super::encoding::Encoding;
use super::input::Progress;
use super::names;
use super::numbers::Marks;
use super::read_error::ReadError;
use super::table::{ReadOptions, Table};
use super::votes::{self, Verdicts, Votes};
use super::{caps, numbers};
use crate::domain::metric::deals::{Currency, Deal, StageEvent, Standing};

mod columns;
mod history;
mod hubspot;
mod keys;
mod row;
mod salesforce;
mod slot;
mod source;
mod stage;

use columns::Columns;
pub use history::Change;
use keys::{Keys, Seen};
use row::Sheet;
pub use slot::{DealMapping, DealSlot};
pub use source::DealSource;
pub use stage::Ends;

/// What the user says beside the file.
#[derive(Debug, Clone, Default)]
pub struct DealOptions {
    pub encoding: Option<Encoding>,
    pub delimiter: Option<Delimiter>,
    pub source: Option<DealSource>,
    /// The order of day and month, when the file cannot tell.
    pub dates: Option<DayOrder>,
    /// The decimal mark, when the file cannot tell.
    pub marks: Option<Marks>,
    pub map: Vec<DealMapping>,
    /// The currency of amounts that name none.
    pub currency: Option<Currency>,
    /// Stages that mean won or lost in this company.
    pub ends: Ends,
}

/// One row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DealRow {
    Deal {
        line: u64,
        deal: Box<Deal>,
        events: Vec<StageEvent>,
    },
    /// Of a history: the deal is known by an id or only by its name.
    Change(Change),
}

/// Something that the user should know and that is no reason to refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub line: u64,
    /// The whole sentence.
    pub words: String,
}

/// An open export, standing before its next row.
#[derive(Debug)]
pub struct DealFile {
    table: Table,
    columns: Columns,
    source: DealSource,
    dates: Verdicts<DayOrder>,
    marks: Verdicts<Marks>,
    currency: Currency,
    ends: Ends,
    fingerprint: String,
    keys: Keys,
    notices: Vec<Notice>,
    repeated: u64,
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Ahead,
    Reached,
}

impl DealFile {
    /// Opens the file, recognises its source, and finds out how its columns write days and
    /// amounts.
    ///
    /// # Errors
    /// When it cannot be read, is grouped, lacks a column that deals need, a mapping does not
    /// fit, or days or amounts can be read two ways.
    pub fn open(path: &Path, options: &DealOptions) -> Result<Self, ReadError> {
        let mut known = columns::all_names();
        known.extend(options.map.iter().map(|one| names::normal(&one.column)));
        let score = |cells: &[&str]| columns::known(cells, &known);
        let (encoding, delimiter) = (options.encoding, options.delimiter);
        let mut table = Table::open(path, &ReadOptions { encoding, delimiter, score: &score })?;
        if table.header().iter().any(|name| name.ends_with(['↑', '↓'])) {
            return Err(ReadError::Grouped);
        }
        let columns = Columns::new(table.header(), &options.map)?;
        let source = options.source.unwrap_or_else(|| source::recognise(&columns));
        columns.check(source)?;
        let (dates, marks) = ways(&mut table, &columns, options)?;
        Ok(Self {
            fingerprint: names::fingerprint(table.header().iter().map(String::as_str)),
            table,
            columns,
            source,
            dates,
            marks,
            currency: options.currency.unwrap_or(Currency::UNSAID),
            ends: options.ends.clone(),
            keys: Keys::default(),
            notices: Vec::new(),
            repeated: 0,
            end: End::Ahead,
        })
    }

    #[must_use]
    pub fn source(&self) -> DealSource {
        self.source
    }

    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.table.encoding()
    }

    #[must_use]
    pub fn delimiter(&self) -> Delimiter {
        self.table.delimiter()
    }

    /// SHA-256 of the file: a file of the same hash was imported already.
    #[must_use]
    pub fn sha256(&self) -> &str {
        self.table.sha256()
    }

    /// SHA-256 over the names of the columns, under which a mapping can be remembered.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Each column with the name of what is read from it; `None` for what is not read.
    #[must_use]
    pub fn mapping(&self) -> Vec<(String, Option<&'static str>)> {
        self.columns.mapping()
    }

    /// Columns that nothing is read from. A reason of loss may hide among them.
    #[must_use]
    pub fn unmapped(&self) -> Vec<String> {
        let named = self.columns.mapping().into_iter();
        named
            .filter(|(name, slot)| slot.is_none() && !name.is_empty())
            .map(|(name, _)| name)
            .collect()
    }

    /// Total and footer rows that this pass has left out so far.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.table.left_out()
    }

    /// Rows that stood in the file before, word for word, and were left out.
    #[must_use]
    pub fn repeated(&self) -> u64 {
        self.repeated
    }

    /// What this pass has found worth knowing.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    #[must_use]
    pub fn progress(&self) -> Progress {
        self.table.progress()
    }

    /// Goes back to the first row, for another pass.
    ///
    /// # Errors
    /// When the file can no longer be read.
    pub fn rewind(&mut self) -> Result<(), ReadError> {
        self.keys = Keys::default();
        self.notices.clear();
        self.repeated = 0;
        self.end = End::Ahead;
        self.table.rewind()
    }

    /// The next row; `None` at the end, and after an error of the file. After a bad row the next
    /// one can be read.
    pub fn next_row(&mut self) -> Option<Result<DealRow, RowError>> {
        while self.end == End::Ahead {
            match self.step() {
                Ok(Some(row)) => return Some(Ok(row)),
                Ok(None) => {}
                Err(RowError::Row(bad)) => return Some(Err(RowError::Row(bad))),
                Err(RowError::File(error)) => {
                    self.end = End::Reached;
                    return Some(Err(RowError::File(error)));
                }
            }
        }
        None
    }

    /// One row of the table; `None` when it says nothing.
    fn step(&mut self) -> Result<Option<DealRow>, RowError> {
        let Self { table, columns, dates, marks, ends, .. } = self;
        let Some(record) = table.next_record()? else {
            self.end = End::Reached;
            return Ok(None);
        };
        let line = record.line();
        let sheet = Sheet { columns, dates, marks, ends, currency: self.currency };
        let bad = |problems| RowError::Row(BadRow { line, problems });
        if self.source.is_history() {
            let change = history::read(&sheet, record).map_err(bad)?;
            return Ok(change.map(DealRow::Change));
        }
        let (mut deal, mut events) = row::read(&sheet, record).map_err(bad)?;
        match self.keys.admit(&mut deal, record) {
            Seen::New => {}
            Seen::Repeated => {
                self.repeated += 1;
                return Ok(None);
            }
            Seen::Twice { earlier } => {
                let why = format!("is already in row {earlier}, and differs");
                return Err(bad(vec![BadCell::new("id", &deal.external_id, why)]));
            }
            Seen::SameName { earlier } => self.notices.push(Notice {
                line,
                words: format!(
                    "row {line}: “{}” has the name, account and day of row {earlier}; without a \
                     column of ids the two are told apart by their order alone",
                    deal.name
                ),
            }),
        }
        for event in &mut events {
            event.deal.clone_from(&deal.external_id);
        }
        let words = backwards(line, &deal);
        self.notices.extend(words.map(|words| Notice { line, words }));
        Ok(Some(DealRow::Deal { line, deal: Box::new(deal), events }))
    }
}

/// What is said of a deal that ended before it came up: it counts as won or lost, and its days
/// do not.
fn backwards(line: u64, deal: &Deal) -> Option<String> {
    let (created, closed) = deal.created.zip(deal.closed)?;
    let ended = deal.standing != Standing::Open;
    (ended && closed < created).then(|| {
        format!(
            "row {line}: “{}” closed on {closed}, before it was created on {created}; its days \
             are in no sales cycle",
            deal.name
        )
    })
}

/// What a glance at a file shows, whatever is to be asked about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// SHA-256 over the names of the columns.
    pub fingerprint: String,
    /// Whether a CRM wrote it that is known, and nothing is missing that deals need.
    pub is_known: bool,
}

/// Looks at the columns of a file; `None` for one that is no table.
#[must_use]
pub fn look(path: &Path) -> Option<Look> {
    let known = columns::all_names();
    let score = |cells: &[&str]| columns::known(cells, &known);
    let table =
        Table::open(path, &ReadOptions { encoding: None, delimiter: None, score: &score }).ok()?;
    let columns = Columns::new(table.header(), &[]).ok()?;
    let source = source::recognise(&columns);
    let is_known = source != DealSource::Generic && columns.check(source).is_ok();
    let fingerprint = names::fingerprint(table.header().iter().map(String::as_str));
    Some(Look { fingerprint, is_known })
}

/// How the columns write days and amounts; reads ahead as far as needed.
fn ways(
    table: &mut Table,
    columns: &Columns,
    options: &DealOptions,
) -> Result<(Verdicts<DayOrder>, Verdicts<Marks>), ReadError> {
    let (days, amounts) = (columns.days(), columns.amounts());
    let mut orders = Votes::default();
    let mut marks = Votes::default();
    let mut rows = 0;
    while let Some(record) = table.next_record()? {
        rows += 1;
        let cell = |column: usize| record.get(column).unwrap_or("");
        for column in &days {
            orders.count(*column, votes::of_day(cell(*column)));
        }
        for column in &amounts {
            marks.count(*column, numbers::vote(cell(*column)));
        }
        let sure = orders.in_doubt().is_empty() && marks.in_doubt().is_empty();
        if rows >= caps::DATE_ROWS && sure {
            break;
        }
    }
    table.rewind()?;
    let named = |doubt: Vec<usize>| doubt.iter().map(|one| columns.name(*one).to_owned()).collect();
    let orders = match options.dates {
        Some(order) => Verdicts::told(order),
        None => orders.verdict().map_err(|doubt| ReadError::DayOrder { columns: named(doubt) })?,
    };
    let marks = match options.marks {
        Some(way) => Verdicts::told(way),
        None => marks.verdict().map_err(|doubt| ReadError::Marks { columns: named(doubt) })?,
    };
    Ok((orders, marks))
}

#[cfg(test)]
mod tests;
