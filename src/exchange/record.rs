//! One row of a table: its cells in one piece of memory that the next row uses again, and the
//! line on which it begins.

use std::fmt;

/// The cells of a row as they stand in the file, quotes removed and nothing trimmed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    line: u64,
    width: usize,
    text: String,
    ends: Vec<usize>,
}

/// What is wrong with the shape of a row; whether that matters depends on the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    Narrow { cells: usize, columns: usize },
    Wide { cells: usize, columns: usize },
    Nul { cell: usize },
}

impl fmt::Display for Flaw {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Narrow { cells, columns } | Self::Wide { cells, columns } => {
                let noun = if *cells == 1 { "cell" } else { "cells" };
                write!(out, "it has {cells} {noun}, the header has {columns}")
            }
            Self::Nul { .. } => out.write_str("holds a NUL character"),
        }
    }
}

impl Record {
    /// The physical line of the file on which the row begins, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell at this place; `None` past the last one.
    #[must_use]
    pub fn get(&self, cell: usize) -> Option<&str> {
        let end = *self.ends.get(cell)?;
        let start = if cell == 0 { 0 } else { self.ends[cell - 1] };
        Some(&self.text[start..end])
    }

    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|cell| self.get(cell))
    }

    /// The cells beyond the last column of the header.
    pub fn extra(&self) -> impl Iterator<Item = &str> {
        (self.width..self.len()).filter_map(|cell| self.get(cell))
    }

    /// Whether every cell is empty or white.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// What is wrong with the row beside its header. Empty cells beyond the header are not.
    #[must_use]
    pub fn flaw(&self) -> Option<Flaw> {
        let (cells, columns) = (self.len(), self.width);
        if self.text.as_bytes().contains(&0) {
            let cell = self.cells().position(|cell| cell.contains('\0')).unwrap_or(0);
            return Some(Flaw::Nul { cell });
        }
        if cells < columns {
            return Some(Flaw::Narrow { cells, columns });
        }
        let wide = self.extra().any(|cell| !cell.trim().is_empty());
        wide.then_some(Flaw::Wide { cells, columns })
    }

    pub(super) fn start(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.ends.clear();
    }

    pub(super) fn set_width(&mut self, width: usize) {
        self.width = width;
    }

    pub(super) fn push(&mut self, piece: &str) {
        self.text.push_str(piece);
    }

    pub(super) fn end_cell(&mut self) {
        self.ends.push(self.text.len());
    }

    /// Bytes of the cell that is being read.
    pub(super) fn open_cell_bytes(&self) -> usize {
        self.text.len() - self.ends.last().copied().unwrap_or(0)
    }

    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }
}
