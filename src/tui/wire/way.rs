//! Ways from one cell to another, as a terminal is told them. All of them are understood by terminals
//! since the first that had a screen.

use super::pen::Pen;

/// From this many rows on it is never shorter to go there row by row.
pub const FAR: u16 = 4;

/// A way, and what it takes to go it.
#[derive(Debug, Clone, Default)]
pub struct Way {
    pub bytes: String,
    /// What known signs on the way are written again with.
    pub pen: Option<Pen>,
}

impl Way {
    fn of(bytes: String) -> Self {
        Self { bytes, pen: None }
    }

    /// To a cell, from wherever it may be.
    pub fn to((x, y): (u16, u16)) -> Self {
        let (row, column) = (y + 1, x + 1);
        Self::of(if x == 0 { format!("\x1b[{row}H") } else { format!("\x1b[{row};{column}H") })
    }

    /// To a column, from anywhere in its row.
    pub fn in_row(x: u16) -> Self {
        Self::of(if x == 0 { "\r".to_owned() } else { format!("\x1b[{}G", x + 1) })
    }

    /// To the right by some columns.
    pub fn on(columns: u16) -> Self {
        Self::of(match columns {
            0 => String::new(),
            1 => "\x1b[C".to_owned(),
            _ => format!("\x1b[{columns}C"),
        })
    }

    /// To the left by some columns.
    pub fn back(columns: u16) -> Self {
        Self::of("\x08".repeat(usize::from(columns)))
    }

    /// The same way, after another one.
    pub fn after(self, before: &str) -> Self {
        Self { bytes: format!("{before}{}", self.bytes), ..self }
    }
}

/// Down by some rows. Some terminals go to the first column then, and some do not: what follows
/// has to name its column.
pub fn down(rows: u16) -> String {
    "\n".repeat(usize::from(rows))
}

/// To the first column, and down by some rows.
pub fn to_left(rows: u16) -> String {
    format!("\r{}", down(rows))
}
