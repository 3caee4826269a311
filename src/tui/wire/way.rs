//! Ways from one cell to another, as a terminal is told them. All of them are understood by terminals
//! since the first that had a screen.

use super::pen::Pen;

/// From this many rows on it is never shorter to go there row by row.
pub const FAR: u16 = 4;

/// More bytes than any way takes: the longest are six signs of three bytes, and a fall before a jump.
const MOST: usize = 24;

/// Going back is never shorter than naming the cell from so many columns on.
const BACK: u16 = 14;

/// A way, and what it takes to go it. Some thousand are weighed for a picture, so that none of them
/// takes memory of its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Way {
    bytes: [u8; MOST],
    len: usize,
    /// What known signs on the way are written again with.
    pub pen: Option<Pen>,
}

impl Way {
    /// To a cell, from wherever it may be.
    pub fn to((x, y): (u16, u16)) -> Self {
        let row = Self::default().with(b"\x1b[").named(y + 1);
        if x == 0 { row.with(b"H") } else { row.with(b";").named(x + 1).with(b"H") }
    }

    /// To a column, from anywhere in its row.
    pub fn in_row(self, x: u16) -> Self {
        if x == 0 { self.with(b"\r") } else { self.with(b"\x1b[").named(x + 1).with(b"G") }
    }

    /// To the right by some columns.
    pub fn on(self, columns: u16) -> Self {
        match columns {
            0 => self,
            1 => self.with(b"\x1b[C"),
            _ => self.with(b"\x1b[").named(columns).with(b"C"),
        }
    }

    /// To the left by some columns; none where that is far.
    pub fn back(columns: u16) -> Option<Self> {
        (columns < BACK).then(|| (0..columns).fold(Self::default(), |way, _| way.with(b"\x08")))
    }

    /// Down by some rows. Some terminals go to the first column then, and some do not: what follows
    /// has to name its column.
    pub fn down(self, rows: u16) -> Self {
        (0..rows).fold(self, |way, _| way.with(b"\n"))
    }

    /// To the first column, and down by some rows.
    pub fn to_left(rows: u16) -> Self {
        Self::default().with(b"\r").down(rows)
    }

    /// Over signs, by writing them again with a pen.
    pub fn again(self, signs: impl Iterator<Item = char>, pen: Pen) -> Self {
        let way = signs.fold(self, |way, sign| way.with(sign.encode_utf8(&mut [0; 4]).as_bytes()));
        Self { pen: Some(pen), ..way }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// The shorter of two ways; this one where they are of one length.
    pub fn or(self, other: Self) -> Self {
        if other.len < self.len { other } else { self }
    }

    fn with(mut self, more: &[u8]) -> Self {
        let end = self.len + more.len();
        self.bytes[self.len..end].copy_from_slice(more);
        self.len = end;
        self
    }

    fn named(self, number: u16) -> Self {
        let before = if number < 10 { self } else { self.named(number / 10) };
        before.with(&[b"0123456789"[usize::from(number % 10)]])
    }
}
