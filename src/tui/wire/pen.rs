//! What cells are written with, and the shortest sequence from one such pen to another.

use std::fmt::Write as _;
use std::io::{self, Write};

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Colours and modifiers of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pen {
    ink: Color,
    paper: Color,
    line: Color,
    modifier: Modifier,
}

impl Default for Pen {
    fn default() -> Self {
        let (ink, paper, line) = (Color::Reset, Color::Reset, Color::Reset);
        Self { ink, paper, line, modifier: Modifier::empty() }
    }
}

/// What is seen of a cell in which no letter stands.
const MARKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

impl Pen {
    /// What a cell is to be written with; of a blank no more than is seen of it.
    pub fn of(cell: &Cell) -> Self {
        let line = cell.underline_color;
        if cell.symbol() == " " && !cell.modifier.intersects(MARKS) {
            return Self { paper: cell.bg, ..Self::default() };
        }
        Self { ink: cell.fg, paper: cell.bg, line, modifier: cell.modifier }
    }

    /// Whether a blank written with this pen looks as one written with the other.
    pub fn leaves_as(self, other: Self) -> bool {
        let is_bare = |pen: Self| !pen.modifier.intersects(MARKS);
        self == other || (is_bare(self) && is_bare(other) && self.paper == other.paper)
    }
}

/// Each modifier with what sets it, and what unsets it.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Writes what leads from one pen to another; nothing where they are the same.
pub fn change(out: &mut impl Write, from: Pen, to: Pen) -> io::Result<()> {
    if from == to {
        return Ok(());
    }
    if to == Pen::default() {
        return out.write_all(b"\x1b[m");
    }
    let mut shorter = codes(from, to);
    // Taking all away first is shorter where much of it goes.
    if from != Pen::default() {
        let anew = codes(Pen::default(), to);
        if anew.len() + 2 < shorter.len() {
            shorter = format!("0;{anew}");
        }
    }
    write!(out, "\x1b[{}m", shorter.trim_end_matches(';'))
}

/// What turns one pen into another.
fn codes(from: Pen, to: Pen) -> String {
    let mut codes = String::new();
    let gone = from.modifier - to.modifier;
    let mut left = from.modifier;
    for (modifier, _, off) in MODIFIERS {
        if gone.contains(modifier) && left.contains(modifier) {
            // One word may end two of them.
            let ended = MODIFIERS.iter().filter(|(_, _, other)| *other == off);
            ended.for_each(|(other, ..)| left.remove(*other));
            let _ = write!(codes, "{off};");
        }
    }
    for (modifier, on, _) in MODIFIERS {
        if (to.modifier - left).contains(modifier) {
            let _ = write!(codes, "{on};");
        }
    }
    let turned = |pen: Pen| pen.modifier.contains(Modifier::BOLD);
    if from.ink != to.ink || (turned(from) != turned(to) && to.ink != Color::Reset) {
        ink(&mut codes, to.ink, turned(to));
    }
    if from.paper != to.paper {
        paper(&mut codes, to.paper);
    }
    if from.line != to.line {
        line(&mut codes, to.line);
    }
    codes
}

/// Bold letters in one of the first eight colours are brightened by some terminals, unless the
/// colour is named by its number.
fn ink(codes: &mut String, color: Color, is_bold: bool) {
    let _ = match number(color) {
        Some(number @ 0..=7) if !is_bold => write!(codes, "{};", 30 + number),
        Some(number @ 8..=15) => write!(codes, "{};", 82 + u16::from(number)),
        _ => long(codes, color, 30),
    };
}

fn paper(codes: &mut String, color: Color) {
    let _ = match number(color) {
        Some(number @ 0..=7) => write!(codes, "{};", 40 + number),
        Some(number @ 8..=15) => write!(codes, "{};", 92 + u16::from(number)),
        _ => long(codes, color, 40),
    };
}

fn line(codes: &mut String, color: Color) {
    let _ = long(codes, color, 50);
}

/// A colour in its general form: of the ink from 30 on, of the paper from 40, of the line from 50.
fn long(codes: &mut String, color: Color, from: u8) -> std::fmt::Result {
    if let Color::Rgb(red, green, blue) = color {
        return write!(codes, "{};2;{red};{green};{blue};", from + 8);
    }
    match number(color) {
        Some(number) => write!(codes, "{};5;{number};", from + 8),
        None => write!(codes, "{};", from + 9),
    }
}

/// The number of a colour among the 256; none for the terminal's own, and for mixed ones.
fn number(color: Color) -> Option<u8> {
    match color {
        Color::Reset | Color::Rgb(..) => None,
        Color::Black => Some(0),
        Color::Red => Some(1),
        Color::Green => Some(2),
        Color::Yellow => Some(3),
        Color::Blue => Some(4),
        Color::Magenta => Some(5),
        Color::Cyan => Some(6),
        Color::Gray => Some(7),
        Color::DarkGray => Some(8),
        Color::LightRed => Some(9),
        Color::LightGreen => Some(10),
        Color::LightYellow => Some(11),
        Color::LightBlue => Some(12),
        Color::LightMagenta => Some(13),
        Color::LightCyan => Some(14),
        Color::White => Some(15),
        Color::Indexed(number) => Some(number),
    }
}
