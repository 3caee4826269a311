//! What goes to the terminal: the changed cells of a picture in as few bytes as say the same, for
//! whoever sits at the far end of a slow line. It draws nothing of its own.

mod pen;
mod sign;
mod way;

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::terminal;
use pen::Pen;
use sign::{OTHER, WIDE, columns, doubt, is_blank, is_in_doubt, sure};
use way::Way;

/// The sign of a cell in which nothing stands.
const BLANK: u16 = b' ' as u16;

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
    /// `OTHER` for one that may be of another width elsewhere.
    sign: u16,
    pen: u8,
}

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
        let size = self.size()?;
        if size != self.size {
            self.size = size;
            self.forget();
        }
        Ok(())
    }

    /// Erases the screen.
    fn wipe(&mut self) -> io::Result<()> {
        self.forget();
        let blank = self.known(Pen::default()).map(|pen| Seen { sign: BLANK, pen });
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
        let sign = sure(cell).unwrap_or_else(|| if columns(cell) > 1 { WIDE } else { OTHER });
        let seen = self.known(pen).map(|pen| Seen { sign, pen });
        let at = self.index(x, y);
        if let Some(slot) = self.seen.get_mut(at) {
            *slot = seen;
        }
        // What a wide sign covers is not known.
        if sign == WIDE
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
    fn put<'a>(&mut self, cells: impl Iterator<Item = Change<'a>>) -> io::Result<()> {
        let cells = self.missing(cells);
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

    /// The changes that are not on the screen yet. Where a wide sign is cut, its other half is
    /// written as well: some terminals keep that of a flag.
    fn missing<'a>(&self, cells: impl Iterator<Item = Change<'a>>) -> Vec<Change<'a>> {
        let (mut missing, mut cells) = (Vec::new(), cells.peekable());
        while let Some(change) = cells.next() {
            let (x, y, cell) = change;
            let last = x + columns(cell) - 1;
            let is_cut = self.is_wide(last, y);
            let has_next =
                cells.peek().is_some_and(|(next, row, _)| (*next, *row) == (last + 1, y));
            if !self.shows(change) {
                missing.push(change);
            }
            if is_cut && !has_next && last + 1 < self.size.width {
                missing.push((last + 1, y, &Cell::EMPTY));
            }
        }
        missing
    }

    fn is_wide(&self, x: u16, y: u16) -> bool {
        let seen = self.seen.get(self.index(x, y));
        seen.is_some_and(|seen| seen.is_some_and(|seen| seen.sign == WIDE))
    }

    /// Whether a cell is known to look as it should already.
    fn shows(&self, (x, y, cell): Change<'_>) -> bool {
        let seen = self.seen.get(self.index(x, y)).copied().flatten();
        seen.is_some_and(|seen| {
            sure(cell) == Some(seen.sign) && self.pens[usize::from(seen.pen)] == Pen::of(cell)
        })
    }

    /// Writes one cell, and says where that leads.
    fn write(&mut self, from: Option<Place>, (x, y, cell): Change<'_>) -> io::Result<Place> {
        let pen = Pen::of(cell);
        self.go(from, (x, y), pen)?;
        if !(is_blank(cell) && self.pen.leaves_as(pen)) {
            self.take(pen)?;
        }
        if is_in_doubt(cell.symbol()) {
            // Where it takes one column, the other one would keep what it showed.
            write!(self.inner, "  \x1b[{}G", x + 1)?;
        }
        self.inner.write_all(cell.symbol().as_bytes())?;
        self.remember(x, y, cell);
        let before = from.filter(|at| (at.x, at.y) == (x, y)).map_or(0, |at| at.doubt);
        let doubt = if sure(cell).is_some() { 0 } else { doubt(cell) };
        Ok(Place { x: x + 1, y, doubt: before.saturating_add(doubt) })
    }

    /// The blanks of the terminal's own colour that these changes begin with, up to the last of
    /// them that is not on the screen yet, when erasing them takes fewer bytes than writing them.
    fn gap(&self, cells: &[Change<'_>]) -> Option<Gap> {
        let (first, y, _) = *cells.first()?;
        let mut gap = Gap { columns: 0, changes: 0 };
        for &(x, row, cell) in cells {
            let is_next = row == y && is_blank(cell) && Pen::of(cell) == Pen::default();
            if !is_next || !self.is_blank((first + gap.columns, x), y) {
                break;
            }
            gap = Gap { columns: x + 1 - first, changes: gap.changes + 1 };
        }
        if gap.columns <= 3 {
            return None;
        }
        let is_last = cells.get(gap.changes).is_none_or(|(_, row, _)| *row != y);
        let least = if self.ends(first + gap.columns, y) {
            3
        } else if is_last {
            5
        } else {
            10
        };
        let is_worth_it = gap.columns > least;
        (is_worth_it && self.is_whole((first, first + gap.columns), y)).then_some(gap)
    }

    /// Whether no wide sign is cut by erasing from one column up to another: not every terminal
    /// takes the other half of it away.
    fn is_whole(&self, (first, end): (u16, u16), y: u16) -> bool {
        let end = end.saturating_add(1).min(self.size.width);
        let cells = self.seen.get(self.index(first, y)..self.index(end, y));
        let is_narrow = |seen: &Option<Seen>| seen.is_some_and(|seen| seen.sign != WIDE);
        cells.is_some_and(|cells| cells.iter().all(is_narrow))
    }

    /// Whether the cells of a row from one column up to another are known to be blank.
    fn is_blank(&self, (first, end): (u16, u16), y: u16) -> bool {
        let Some(cells) = self.seen.get(self.index(first, y)..self.index(end, y)) else {
            return false;
        };
        let blank =
            |seen: Seen| seen.sign == BLANK && self.pens[usize::from(seen.pen)] == Pen::default();
        cells.iter().all(|seen| seen.is_some_and(blank))
    }

    /// Whether nothing stands in a row from a column on.
    fn ends(&self, column: u16, y: u16) -> bool {
        self.is_blank((column, self.size.width), y)
    }

    /// Erases blanks; the cursor stays where they begin.
    fn erase(&mut self, from: Option<Place>, first: Change<'_>, gap: Gap) -> io::Result<Place> {
        let (x, y, cell) = first;
        self.go(from, (x, y), Pen::default())?;
        if !self.pen.leaves_as(Pen::default()) {
            self.take(Pen::default())?;
        }
        if self.ends(x + gap.columns, y) {
            self.inner.write_all(b"\x1b[K")?;
        } else {
            write!(self.inner, "\x1b[{}X", gap.columns)?;
        }
        (x..x + gap.columns).for_each(|x| self.remember(x, y, cell));
        let doubt = from.filter(|at| (at.x, at.y) == (x, y)).map_or(0, |at| at.doubt);
        Ok(Place { x, y, doubt })
    }

    /// Goes on to a cell by the shortest way.
    fn go(&mut self, from: Option<Place>, to: (u16, u16), next: Pen) -> io::Result<()> {
        // A doubt as wide as what is left of the row is one about the row as well.
        let from =
            from.filter(|at| at.x.saturating_add(at.doubt) < self.size.width || at.doubt == 0);
        let way = from.map_or_else(|| Way::to(to), |from| self.way(from, to, next));
        if let Some(pen) = way.pen {
            self.take(pen)?;
        }
        self.inner.write_all(way.bytes())
    }

    /// The shortest way from where the cursor stands to a cell.
    fn way(&self, from: Place, (x, y): (u16, u16), next: Pen) -> Way {
        if (from.x, from.y) == (x, y) {
            return Way::default();
        }
        let mut way = Way::to((x, y));
        if (from.y..from.y + way::FAR).contains(&y) {
            let falls = y - from.y;
            way = way.or(self.along(Way::to_left(falls), (0, y), x, next));
            // What hangs over the edge of the row falls in other ways elsewhere.
            if from.x < self.size.width {
                way = way.or(Way::default().down(falls).in_row(x));
            }
        }
        if from.y == y && from.doubt == 0 && from.x < self.size.width {
            let beside = if from.x < x {
                Some(self.along(Way::default(), (from.x, y), x, next))
            } else {
                Way::back(from.x - x)
            };
            way = beside.map_or(way, |beside| way.or(beside));
        }
        way
    }

    /// The shortest way along a row: over known signs by writing them again, if they are few.
    fn along(&self, before: Way, (first, y): (u16, u16), x: u16, next: Pen) -> Way {
        let jump = before.on(x - first);
        let is_near = (1..=6).contains(&(x - first));
        let Some(pen) = is_near.then(|| self.pen_between((first, x), y, next)).flatten() else {
            return jump;
        };
        let cells = self.seen.get(self.index(first, y)..self.index(x, y)).unwrap_or_default();
        let signs = cells.iter().flatten().filter_map(|seen| sign::letter(seen.sign));
        before.again(signs, pen).or(jump)
    }

    /// The pen of now or the next one, whichever the cells from a place up to a column can be
    /// written again with; none when one of them is not known or in another pen.
    fn pen_between(&self, (first, end): (u16, u16), y: u16, next: Pen) -> Option<Pen> {
        let cells = self.seen.get(self.index(first, y)..self.index(end, y))?;
        let suits = |pen: Pen| {
            cells.iter().all(|seen| {
                seen.is_some_and(|seen| {
                    let own = self.pens[usize::from(seen.pen)];
                    let is_same = own == pen || (seen.sign == BLANK && pen.leaves_as(own));
                    is_same && ![OTHER, WIDE].contains(&seen.sign)
                })
            })
        };
        [self.pen, next].into_iter().find(|pen| suits(*pen))
    }
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
        terminal::size().map(Size::from)
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
