//! A screen as a picture: deterministic SVG for the README, made by a test from the cells that the
//! program drew. Lines and blocks are drawn as shapes, so that no font leaves gaps between cells.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use crate::domain::shown::Shown;

mod shapes;

/// Width and height of a cell, in pixels.
const CELL: (f32, f32) = (8.43, 19.0);
/// From the edge of the window to the first cell.
const EDGE: f32 = 14.0;
/// Height of the bar above the cells.
const BAR: f32 = 30.0;
/// From the top of a cell to the line that letters stand on.
const BASE: f32 = 14.0;
const FONT: &str =
    "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono', 'Noto Sans Mono CJK JP', monospace";

const PAPER: &str = "#1b1e26";
const CHROME: &str = "#23272f";
const RIM: &str = "#343a46";
const INK: &str = "#d8dbe2";
const MUTED: &str = "#8d95a8";
const SELECTED: &str = "#323c50";
/// Muted text on the selection, lifted so that it stays readable there.
const MUTED_SELECTED: &str = "#b3bac9";

/// The picture of a screen, with its cursor when something is typed.
#[must_use]
pub fn svg(buffer: &Buffer, cursor: Option<Position>) -> String {
    let area = buffer.area;
    let mut out = window(area);
    for y in area.top()..area.bottom() {
        papers(&mut out, buffer, y);
    }
    shapes::draw(&mut out, buffer);
    for y in area.top()..area.bottom() {
        for piece in pieces(buffer, y) {
            piece.write(&mut out, y);
        }
    }
    if let Some(at) = cursor {
        rectangle(&mut out, (corner(at.x, at.y), (1.6, CELL.1)), INK);
    }
    out.push_str("</svg>\n");
    out
}

/// The upper left corner of a cell.
fn corner(x: u16, y: u16) -> (f32, f32) {
    (f32::from(x) * CELL.0 + EDGE, f32::from(y) * CELL.1 + BAR + EDGE / 2.0)
}

fn window(area: Rect) -> String {
    let width = f32::from(area.width) * CELL.0 + 2.0 * EDGE;
    let height = f32::from(area.height) * CELL.1 + BAR + 1.5 * EDGE;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"{FONT}\" font-size=\"14\">\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{:.1}\" height=\"{:.1}\" rx=\"10\" fill=\"{PAPER}\"/>\n\
         <path d=\"M0.5 {BAR}V10.5a10 10 0 0 1 10 -10H{:.1}a10 10 0 0 1 10 10V{BAR}z\" fill=\"{CHROME}\"/>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{:.1}\" height=\"{:.1}\" rx=\"10\" fill=\"none\" stroke=\"{RIM}\"/>\n",
        width - 1.0,
        height - 1.0,
        width - 10.5,
        width - 1.0,
        height - 1.0,
    );
    for dot in 0..3_u16 {
        let x = 20.0 + 18.0 * f32::from(dot);
        let _ = writeln!(out, "<circle cx=\"{x}\" cy=\"{}\" r=\"5\" fill=\"{RIM}\"/>", BAR / 2.0);
    }
    out
}

/// What stands behind the cells of a row, neighbours in one piece.
fn papers(out: &mut String, buffer: &Buffer, y: u16) {
    let area = buffer.area;
    let mut x = area.left();
    while x < area.right() {
        let start = x;
        let paper = Look::of(buffer[(x, y)].style()).paper;
        while x < area.right() && Look::of(buffer[(x, y)].style()).paper == paper {
            x += 1;
        }
        if let Some(paper) = paper {
            let wide = f32::from(x - start) * CELL.0;
            rectangle(out, (corner(start, y), (wide, CELL.1)), paper);
        }
    }
}

fn rectangle(out: &mut String, at: ((f32, f32), (f32, f32)), fill: &str) {
    let ((x, y), (width, height)) = at;
    let _ = writeln!(
        out,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
    );
}

/// How a cell looks here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    ink: &'static str,
    paper: Option<&'static str>,
    is_bold: bool,
    is_dim: bool,
}

impl Look {
    fn of(style: Style) -> Self {
        let has = |modifier| style.add_modifier.contains(modifier);
        let ink = colour(style.fg).unwrap_or(INK);
        let (is_bold, is_dim) = (has(Modifier::BOLD), has(Modifier::DIM));
        if !has(Modifier::REVERSED) {
            return Self { ink, paper: colour(style.bg), is_bold, is_dim };
        }
        let ink = if ink == MUTED { MUTED_SELECTED } else { ink };
        Self { ink, paper: Some(SELECTED), is_bold, is_dim }
    }
}

fn colour(colour: Option<Color>) -> Option<&'static str> {
    Some(match colour? {
        Color::DarkGray => MUTED,
        Color::Cyan => "#74c4d6",
        Color::Green => "#97c487",
        Color::Yellow => "#e2bd6d",
        Color::Red => "#e8837c",
        Color::Magenta => "#c79ad6",
        _ => return None,
    })
}

/// Words that stand together, in one look and with letters of one width, so that each begins in
/// its own cell whatever the font.
struct Piece {
    x: u16,
    cells: u16,
    text: String,
    look: Look,
    is_wide: bool,
}

impl Piece {
    fn write(&self, out: &mut String, y: u16) {
        let (x, top) = corner(self.x, y);
        let weight = if self.look.is_bold { " font-weight=\"bold\"" } else { "" };
        let dim = if self.look.is_dim { " opacity=\"0.65\"" } else { "" };
        let text = self.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.1}\" fill=\"{}\"{weight}{dim} textLength=\"{:.1}\">{text}</text>",
            top + BASE,
            self.look.ink,
            f32::from(self.cells) * CELL.0,
        );
    }
}

fn pieces(buffer: &Buffer, y: u16) -> Vec<Piece> {
    let area = buffer.area;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut x = area.left();
    while x < area.right() {
        let symbol = buffer[(x, y)].symbol();
        let cells = u16::try_from(Shown::line(symbol).width()).unwrap_or(1).max(1);
        if !symbol.trim().is_empty() && !shapes::draws(symbol) {
            let look = Look::of(buffer[(x, y)].style());
            let is_wide = cells > 1;
            let open = pieces.last_mut().filter(|last| {
                let gap = x - (last.x + last.cells);
                let is_near =
                    gap == 0 || (gap == 1 && !is_wide && buffer[(x - 1, y)].symbol() == " ");
                is_near && last.look == look && last.is_wide == is_wide
            });
            if let Some(last) = open {
                if last.x + last.cells < x {
                    last.text.push(' ');
                }
                last.text.push_str(symbol);
                last.cells = x + cells - last.x;
            } else {
                pieces.push(Piece { x, cells, text: symbol.to_owned(), look, is_wide });
            }
        }
        x += cells;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<(u16, u16, String)> {
        let width = u16::try_from(Shown::line(line).width()).unwrap();
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        buffer.set_string(0, 0, line, Style::default());
        pieces(&buffer, 0).into_iter().map(|piece| (piece.x, piece.cells, piece.text)).collect()
    }

    #[test]
    fn words_begin_in_their_own_cells() {
        assert_eq!(
            texts("d1  Who is it?"),
            [(0, 2, "d1".to_owned()), (4, 10, "Who is it?".to_owned())]
        );
        assert_eq!(
            texts("in 通関 now│"),
            [(0, 2, "in".to_owned()), (3, 4, "通関".to_owned()), (8, 3, "now".to_owned())]
        );
    }

    #[test]
    fn what_the_language_of_pictures_uses_is_escaped() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        buffer.set_string(0, 0, "<a&b>", Style::default());
        assert!(svg(&buffer, None).contains(">&lt;a&amp;b&gt;</text>"));
    }
}
