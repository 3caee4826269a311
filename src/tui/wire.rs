//! What goes to the terminal: the changed cells of a picture in as few bytes as say the same, for
//! whoever sits at the far end of a slow line. It draws nothing of its own.

mod pen;

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

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

/// A cell that one sign fills: its letter, and the place of its pen among the known ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    /// `OTHER` for a sign that is not plain.
    letter: u8,
    pen: u8,
}

/// A sign that is one column wide, but not beyond doubt, and so is never written again in passing.
const OTHER: u8 = 0;

/// Where the terminal writes next.
#[derive(Debug, Clone, Copy)]
struct Place {
    x: u16,
    y: u16,
    /// How many columns the cursor may stand beside `x`, since not all terminals agree on how wide
    /// a sign is that is not plain.
    doubt: u16,
}

/// A changed cell and its place.
type Change<'a> = (u16, u16, &'a Cell);

/// Blanks that lie together in a row, as many as are worth a word of their own.
#[derive(Debug, Clone, Copy)]
struct Gap {
    columns: u16,
    changes: usize,
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

    /// Asks how large the terminal is; of one of another size nothing is known.
    fn fit(&mut self) -> io::Result<()> {
        let size = self.inner.size()?;
        if size != self.size {
            self.size = size;
            self.forget();
        }
        Ok(())
    }

    /// Erases the screen.
    fn wipe(&mut self) -> io::Result<()> {
        self.forget();
        let blank = self.known(Pen::default()).map(|pen| Seen { letter: b' ', pen });
        self.seen.fill(blank);
        self.pen = Pen::default();
        self.inner.write_all(b"\x1b[m\x1b[2J")
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
        let is_wide = cell.symbol().width() > 1;
        let letter = plain(cell).unwrap_or(OTHER);
        let seen = self.known(pen).filter(|_| !is_wide).map(|pen| Seen { letter, pen });
        let at = self.index(x, y);
        if let Some(slot) = self.seen.get_mut(at) {
            *slot = seen;
        }
        // What a wide sign covers is not known.
        if is_wide && let Some(slot) = self.seen.get_mut(at + 1) {
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
    fn put<'a>(&mut self, cells: impl Iterator<Item = Change<'a>>) -> io::Result<()> {
        let cells: Vec<Change<'a>> = cells.filter(|cell| !self.shows(*cell)).collect();
        let (mut rest, mut at) = (cells.as_slice(), None);
        while let Some((&first, others)) = rest.split_first() {
            let (place, written) = match self.gap(rest) {
                Some(gap) => (self.erase(at, first, gap)?, &rest[gap.changes..]),
                None => (self.write(at, first)?, others),
            };
            (at, rest) = (Some(place), written);
        }
        // Whoever writes next finds a terminal without colours.
        self.take(Pen::default())
    }

    /// Whether a cell is known to look as it should already.
    fn shows(&self, (x, y, cell): Change<'_>) -> bool {
        let seen = self.seen.get(self.index(x, y)).copied().flatten();
        seen.is_some_and(|seen| {
            plain(cell) == Some(seen.letter) && self.pens[usize::from(seen.pen)] == Pen::of(cell)
        })
    }

    /// Writes one cell, and says where that leads.
    fn write(&mut self, from: Option<Place>, (x, y, cell): Change<'_>) -> io::Result<Place> {
        let pen = Pen::of(cell);
        self.go(from, (x, y), pen)?;
        if !(plain(cell) == Some(b' ') && self.pen.leaves_as(pen)) {
            self.take(pen)?;
        }
        if is_in_doubt(cell.symbol()) {
            // Where it takes one column, the other one would keep what it showed.
            write!(self.inner, "  \x1b[{}G", x + 1)?;
        }
        self.inner.write_all(cell.symbol().as_bytes())?;
        self.remember(x, y, cell);
        let before = from.filter(|at| (at.x, at.y) == (x, y)).map_or(0, |at| at.doubt);
        let doubt = if plain(cell).is_some() { 0 } else { doubt(cell) };
        Ok(Place { x: x + 1, y, doubt: before.saturating_add(doubt) })
    }

    /// The blanks of the terminal's own colour that these changes begin with, up to the last of
    /// them that is not on the screen yet, when erasing them takes fewer bytes than writing them.
    fn gap(&self, cells: &[Change<'_>]) -> Option<Gap> {
        let (first, y, _) = *cells.first()?;
        let mut gap = Gap { columns: 0, changes: 0 };
        for &(x, row, cell) in cells {
            let is_blank = row == y && plain(cell) == Some(b' ') && Pen::of(cell) == Pen::default();
            if !is_blank || !self.is_blank((first + gap.columns, x), y) {
                break;
            }
            gap = Gap { columns: x + 1 - first, changes: gap.changes + 1 };
        }
        let is_last = cells.get(gap.changes).is_none_or(|(_, row, _)| *row != y);
        let is_worth_it = gap.columns > if is_last { 5 } else { 10 };
        (is_worth_it && self.is_whole((first, first + gap.columns), y)).then_some(gap)
    }

    /// Whether no wide sign is cut by erasing from one column up to another: not every terminal
    /// takes the other half of it away.
    fn is_whole(&self, (first, end): (u16, u16), y: u16) -> bool {
        let end = end.saturating_add(1).min(self.size.width);
        let cells = self.seen.get(self.index(first, y)..self.index(end, y));
        cells.is_some_and(|cells| cells.iter().all(Option::is_some))
    }

    /// Whether the cells of a row from one column up to another are known to be blank.
    fn is_blank(&self, (first, end): (u16, u16), y: u16) -> bool {
        let Some(cells) = self.seen.get(self.index(first, y)..self.index(end, y)) else {
            return false;
        };
        let blank =
            |seen: Seen| seen.letter == b' ' && self.pens[usize::from(seen.pen)] == Pen::default();
        cells.iter().all(|seen| seen.is_some_and(blank))
    }

    /// Erases blanks; the cursor stays where they begin.
    fn erase(&mut self, from: Option<Place>, first: Change<'_>, gap: Gap) -> io::Result<Place> {
        let (x, y, cell) = first;
        self.go(from, (x, y), Pen::default())?;
        if !self.pen.leaves_as(Pen::default()) {
            self.take(Pen::default())?;
        }
        write!(self.inner, "\x1b[{}X", gap.columns)?;
        (x..x + gap.columns).for_each(|x| self.remember(x, y, cell));
        let doubt = from.filter(|at| (at.x, at.y) == (x, y)).map_or(0, |at| at.doubt);
        Ok(Place { x, y, doubt })
    }

    /// Goes on to a cell by the shortest way: over known letters by writing them again.
    fn go(&mut self, from: Option<Place>, (x, y): (u16, u16), next: Pen) -> io::Result<()> {
        // A doubt as wide as what is left of the row is one about the row as well.
        let from =
            from.filter(|at| at.x.saturating_add(at.doubt) < self.size.width || at.doubt == 0);
        let Some(from) = from else { return goto(&mut self.inner, x, y) };
        if (from.x, from.y) == (x, y) {
            return Ok(());
        }
        if from.y + 1 == y && x < 5 {
            self.inner.write_all(b"\r\n")?;
            return self.go(Some(Place { x: 0, y, doubt: 0 }), (x, y), next);
        }
        if from.y != y || from.x > x {
            return goto(&mut self.inner, x, y);
        }
        if from.doubt > 0 {
            return write!(self.inner, "\x1b[{}G", x + 1);
        }
        let gap = x - from.x;
        let skip = if gap == 1 { 3 } else { 4 + usize::from(gap > 9) + usize::from(gap > 99) };
        if usize::from(gap) <= skip
            && let Some(pen) = self.pen_between(from, x, next)
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

    /// The pen of now or the next one, whichever the cells from a place up to a column can be
    /// written again with; none when one of them is not known or in another pen.
    fn pen_between(&self, from: Place, x: u16, next: Pen) -> Option<Pen> {
        let cells = self.seen.get(self.index(from.x, from.y)..self.index(x, from.y))?;
        let suits = |pen: Pen| {
            cells.iter().all(|seen| {
                seen.is_some_and(|seen| {
                    let own = self.pens[usize::from(seen.pen)];
                    let is_same = own == pen || (seen.letter == b' ' && pen.leaves_as(own));
                    is_same && seen.letter != OTHER
                })
            })
        };
        [self.pen, next].into_iter().find(|pen| suits(*pen))
    }
}

/// The letter of a cell that holds one of those that are one column wide everywhere.
fn plain(cell: &Cell) -> Option<u8> {
    match cell.symbol().as_bytes() {
        [letter @ b' '..=b'~'] => Some(*letter),
        _ => None,
    }
}

/// Whether a sign is two columns wide only by what follows its first letter, as `❤️` is: to some
/// terminals it is one.
fn is_in_doubt(symbol: &str) -> bool {
    let first = symbol.chars().next().and_then(UnicodeWidthChar::width);
    symbol.len() > 1 && first == Some(1) && symbol.width() > 1
}

/// How many columns a sign may take more, or fewer, than the picture thinks.
fn doubt(cell: &Cell) -> u16 {
    u16::try_from(2 * cell.symbol().chars().count()).unwrap_or(u16::MAX)
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
        self.fit()?;
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
        self.fit()?;
        if clear_type == ClearType::All {
            return self.wipe();
        }
        self.forget();
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
