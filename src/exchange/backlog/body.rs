//! Where the rows of an open backlog come from: a table that streams, or a board in memory.

use super::cells::{self, Sheet};
use super::columns::Columns;
use super::draft::Draft;
use super::orders::Orders;
use super::prewire;
use super::row::{BadCell, BadRow, Row};
use super::source::Source;
use super::trello_json::Board;
use crate::exchange::caps;
use crate::exchange::input::Progress;
use crate::exchange::read_error::ReadError;
use crate::exchange::table::Table;

#[derive(Debug)]
pub(super) enum Body {
    Sheet(Box<SheetBody>),
    Board { board: Box<Board>, next: usize, progress: Progress },
}

#[derive(Debug)]
pub(super) struct SheetBody {
    pub table: Table,
    pub columns: Columns,
    pub orders: Orders,
}

/// What a body gives for one row.
pub(super) enum Found {
    Draft(Box<Draft>),
    Row(Box<Row>),
    Bad(BadRow),
}

impl Body {
    /// The next row, not yet judged; `None` at the end.
    ///
    /// # Errors
    /// When the file ends here for a reason of its own.
    pub fn find(&mut self, source: Source) -> Result<Option<Found>, ReadError> {
        match self {
            Self::Sheet(sheet) => sheet.find(source),
            Self::Board { board, next, .. } => {
                let place = *next;
                *next += 1;
                Ok(board.draft(place).map(|draft| found(draft, place as u64 + 1)))
            }
        }
    }

    /// # Errors
    /// When the file can no longer be read.
    pub fn rewind(&mut self) -> Result<(), ReadError> {
        match self {
            Self::Sheet(sheet) => sheet.table.rewind(),
            Self::Board { next, .. } => {
                *next = 0;
                Ok(())
            }
        }
    }

    /// Reads to the end and counts.
    ///
    /// # Errors
    /// When there are more rows than may be, or the file cannot be read.
    pub fn count_rows(&mut self) -> Result<u64, ReadError> {
        match self {
            Self::Sheet(sheet) => {
                sheet.table.rewind()?;
                let mut rows = 0;
                while sheet.table.next_record()?.is_some() {
                    rows += 1;
                    if rows > caps::BACKLOG_ROWS {
                        return Err(ReadError::ManyRows { most: caps::BACKLOG_ROWS });
                    }
                }
                Ok(rows)
            }
            Self::Board { board, .. } => Ok(board.len() as u64),
        }
    }

    pub fn sheet(&self) -> Option<&SheetBody> {
        match self {
            Self::Sheet(sheet) => Some(sheet),
            Self::Board { .. } => None,
        }
    }

    pub fn progress(&self) -> Progress {
        match self {
            Self::Sheet(sheet) => sheet.table.progress(),
            Self::Board { progress, .. } => *progress,
        }
    }
}

impl SheetBody {
    fn find(&mut self, source: Source) -> Result<Option<Found>, ReadError> {
        let Self { table, columns, orders } = self;
        let Some(record) = table.next_record()? else {
            return Ok(None);
        };
        let line = record.line();
        if source == Source::Prewire {
            return Ok(Some(match prewire::read(columns.names(), record) {
                Ok(row) => Found::Row(Box::new(row)),
                Err(problems) => Found::Bad(BadRow { line, problems }),
            }));
        }
        let layout = source.layout();
        let sheet = Sheet { columns, orders, habits: layout.habits };
        let draft = cells::read(sheet, record).map(|mut draft| {
            (layout.refine)(&mut draft);
            draft
        });
        Ok(Some(found(draft, line)))
    }
}

fn found(draft: Result<Draft, Vec<BadCell>>, line: u64) -> Found {
    match draft {
        Ok(draft) => Found::Draft(Box::new(draft)),
        Err(problems) => Found::Bad(BadRow { line, problems }),
    }
}
