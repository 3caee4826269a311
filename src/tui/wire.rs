//! What goes to the terminal: the changed cells of a picture in as few bytes as say the same, for
//! whoever sits at the far end of a slow line. It draws nothing of its own.

mod pen;

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use pen::Pen;

/// Most kinds of pen that cells are remembered with; those of further kinds are not.
const PENS: usize = 255;

/// A terminal that is written to thriftily.
pub struct Wire<W: Write> {
    inner: CrosstermBackend<W>,
    size: Size,
    /// What each cell shows, row by row, where that is known.
    seen: Vec<Option<Seen>>,
    pens: Vec<Pen>,
    /// What the terminal writes with now.
    pen: Pen,
    /// Whether the cursor is shown; unknown before the first word of it, and after others wrote.
    cursor: Option<bool>,
}

/// A cell of plain text: its letter, and the place of its pen among the known ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    letter: u8,
    pen: u8,
}

/// Where the terminal writes next; only after plain text is that beyond doubt, since not all agree
/// on how wide other signs are.
#[derive(Debug, Clone, Copy)]
struct Place {
    x: u16,
    y: u16,
    is_sure: bool,
}

impl<W: Write> Wire<W> {
    pub fn new(writer: W) -> Self {
        Self {
            inner: CrosstermBackend::new(writer),
            size: Size::default(),
            seen: Vec::new(),
            pens: Vec::new(),
            pen: Pen::default(),
            cursor: None,
        }
    }

    /// Forgets what is shown: others wrote, or the size is another.
    fn forget(&mut self) {
        let cells = usize::from(self.size.width) * usize::from(self.size.height);
        self.seen.clear();
        self.seen.resize(cells, None);
        self.cursor = None;
    }

    fn index(&self, x: u16, y: u16) -> usize {
        usize::from(y) * usize::from(self.size.width) + usize::from(x)
    }

    fn remember(&mut self, x: u16, y: u16, cell: &Cell) {
        let pen = Pen::of(cell);
        let seen = plain(cell).zip(self.known(pen)).map(|(letter, pen)| Seen { letter, pen });
        let at = self.index(x, y);
        if let Some(slot) = self.seen.get_mut(at) {
            *slot = seen;
        }
        // What a wide sign covers is not known.
        if seen.is_none()
            && let Some(slot) = self.seen.get_mut(at + 1)
        {
            *slot = None;
        }
    }

    fn known(&mut self, pen: Pen) -> Option<u8> {
        let at = self.pens.iter().position(|one| *one == pen).or_else(|| {
            (self.pens.len() < PENS).then(|| {
                self.pens.push(pen);
                self.pens.len() - 1
            })
        });
        at.and_then(|at| u8::try_from(at).ok())
    }

    /// Writes with this pen from now on.
    fn take(&mut self, pen: Pen) -> io::Result<()> {
        let (from, to) = (std::mem::replace(&mut self.pen, pen), pen);
        pen::change(&mut self.inner, from, to)
    }

    /// Writes these cells, each at its place.
    fn put<'a>(&mut self, cells: impl Iterator<Item = (u16, u16, &'a Cell)>) -> io::Result<()> {
        let mut at: Option<Place> = None;
        for (x, y, cell) in cells {
            let pen = Pen::of(cell);
            self.go(at, (x, y), pen)?;
            self.take(pen)?;
            self.inner.write_all(cell.symbol().as_bytes())?;
            self.remember(x, y, cell);
            let before = at.is_none_or(|at| at.is_sure || (at.x, at.y) != (x, y));
            let is_sure = before && plain(cell).is_some();
            at = Some(Place { x: x + 1, y, is_sure });
        }
        // Whoever writes next finds a terminal without colours.
        self.take(Pen::default())
    }

    /// Goes on to a cell: over known letters by writing them again where that is shorter.
    fn go(&mut self, from: Option<Place>, (x, y): (u16, u16), next: Pen) -> io::Result<()> {
        let Some(from) = from else { return goto(&mut self.inner, x, y) };
        if (from.x, from.y) == (x, y) {
            return Ok(());
        }
        if !from.is_sure || from.y != y || from.x > x {
            return goto(&mut self.inner, x, y);
        }
        let gap = x - from.x;
        let skip = if gap == 1 { 3 } else { 4 + usize::from(gap > 9) + usize::from(gap > 99) };
        if usize::from(gap) <= skip
            && let Some(pen) = self.pen_between(from, x)
            && (pen == self.pen || pen == next)
        {
            self.take(pen)?;
            let (first, last) = (self.index(from.x, y), self.index(x, y));
            for at in first..last {
                let letter = self.seen[at].map_or(b' ', |seen| seen.letter);
                self.inner.write_all(&[letter])?;
            }
            return Ok(());
        }
        if gap == 1 { self.inner.write_all(b"\x1b[C") } else { write!(self.inner, "\x1b[{gap}C") }
    }

    /// The pen of the cells from a place up to a column, when all are known and of one pen.
    fn pen_between(&self, from: Place, x: u16) -> Option<Pen> {
        let cells = self.seen.get(self.index(from.x, from.y)..self.index(x, from.y))?;
        let first = (*cells.first()?)?;
        let is_one = cells.iter().all(|seen| seen.is_some_and(|seen| seen.pen == first.pen));
        is_one.then(|| self.pens[usize::from(first.pen)])
    }
}

/// The letter of a cell that holds one of those that are one column wide everywhere.
fn plain(cell: &Cell) -> Option<u8> {
    match cell.symbol().as_bytes() {
        [letter @ b' '..=b'~'] => Some(*letter),
        _ => None,
    }
}

fn goto(out: &mut impl Write, x: u16, y: u16) -> io::Result<()> {
    let (row, column) = (y + 1, x + 1);
    if x == 0 { write!(out, "\x1b[{row}H") } else { write!(out, "\x1b[{row};{column}H") }
}

impl<W: Write> Backend for Wire<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let size = self.inner.size()?;
        if size != self.size {
            self.size = size;
            self.forget();
        }
        self.put(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor.replace(false) == Some(false) { Ok(()) } else { self.inner.hide_cursor() }
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor.replace(true) == Some(true) { Ok(()) } else { self.inner.show_cursor() }
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.forget();
        self.pen = Pen::default();
        self.inner.write_all(b"\x1b[m")?;
        if clear_type == ClearType::All {
            let blank = self.known(Pen::default()).map(|pen| Seen { letter: b' ', pen });
            self.seen.fill(blank);
        }
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests;
