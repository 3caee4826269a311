//! A screen as a picture: deterministic SVG for the README, made by a test from the cells that the
//! program drew. Lines and blocks are drawn as shapes, so that no font leaves gaps between cells.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::theme::Theme;
use crate::domain::shown::Shown;
use look::{Look, Paint, Rgb, hex};

mod film;
mod look;
mod shapes;

pub use film::{Frame, film};

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

/// The picture of a screen, with its cursor when something is typed.
#[must_use]
pub fn svg(buffer: &Buffer, cursor: Option<Position>, theme: &Theme) -> String {
    let paint = Paint::of(theme);
    let area = buffer.area;
    let mut out = window(area, &paint);
    for y in area.top()..area.bottom() {
        let drawn = row(buffer, y, &paint);
        if !drawn.is_empty() {
            let _ =
                write!(out, "<g transform=\"translate(0 {:.1})\">\n{drawn}</g>\n", corner(0, y).1);
        }
    }
    if let Some(at) = cursor {
        out.push_str(&cursor_mark(at, &paint));
    }
    out.push_str("</svg>\n");
    out
}

/// What stands in a row, from the top of the row.
fn row(buffer: &Buffer, y: u16, paint: &Paint) -> String {
    let mut out = String::new();
    papers(&mut out, buffer, y, paint);
    shapes::draw(&mut out, buffer, y, paint);
    for piece in pieces(buffer, y, paint) {
        piece.write(&mut out);
    }
    out
}

fn cursor_mark(at: Position, paint: &Paint) -> String {
    let mut out = String::new();
    rectangle(&mut out, (corner(at.x, at.y), (1.6, CELL.1)), paint.ink);
    out
}

/// The upper left corner of a cell.
fn corner(x: u16, y: u16) -> (f32, f32) {
    (left(x), f32::from(y) * CELL.1 + BAR + EDGE / 2.0)
}

/// The left edge of a cell.
fn left(x: u16) -> f32 {
    f32::from(x) * CELL.0 + EDGE
}

fn window(area: Rect, paint: &Paint) -> String {
    let width = f32::from(area.width) * CELL.0 + 2.0 * EDGE;
    let height = f32::from(area.height) * CELL.1 + BAR + 1.5 * EDGE;
    let (paper, chrome, rim) = (hex(paint.paper), hex(paint.chrome), hex(paint.rim));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"{FONT}\" font-size=\"14\">\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{:.1}\" height=\"{:.1}\" rx=\"10\" fill=\"{paper}\"/>\n\
         <path d=\"M0.5 {BAR}V10.5a10 10 0 0 1 10 -10H{:.1}a10 10 0 0 1 10 10V{BAR}z\" fill=\"{chrome}\"/>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{:.1}\" height=\"{:.1}\" rx=\"10\" fill=\"none\" stroke=\"{rim}\"/>\n",
        width - 1.0,
        height - 1.0,
        width - 10.5,
        width - 1.0,
        height - 1.0,
    );
    for dot in 0..3_u16 {
        let x = 20.0 + 18.0 * f32::from(dot);
        let _ = writeln!(out, "<circle cx=\"{x}\" cy=\"{}\" r=\"5\" fill=\"{rim}\"/>", BAR / 2.0);
    }
    out
}

/// What stands behind the cells of a row, neighbours in one piece.
fn papers(out: &mut String, buffer: &Buffer, y: u16, paint: &Paint) {
    let area = buffer.area;
    let mut x = area.left();
    while x < area.right() {
        let start = x;
        let paper = paint.look(buffer[(x, y)].style()).paper;
        while x < area.right() && paint.look(buffer[(x, y)].style()).paper == paper {
            x += 1;
        }
        if let Some(paper) = paper {
            let wide = f32::from(x - start) * CELL.0;
            rectangle(out, ((left(start), 0.0), (wide, CELL.1)), paper);
        }
    }
}

fn rectangle(out: &mut String, at: ((f32, f32), (f32, f32)), fill: Rgb) {
    let ((x, y), (width, height)) = at;
    let fill = hex(fill);
    let _ = writeln!(
        out,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
    );
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
    fn write(&self, out: &mut String) {
        let weight = if self.look.is_bold { " font-weight=\"bold\"" } else { "" };
        let dim = if self.look.is_dim { " opacity=\"0.65\"" } else { "" };
        let text = self.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{BASE}\" fill=\"{}\"{weight}{dim} textLength=\"{:.1}\">{text}</text>",
            left(self.x),
            hex(self.look.ink),
            f32::from(self.cells) * CELL.0,
        );
    }
}

fn pieces(buffer: &Buffer, y: u16, paint: &Paint) -> Vec<Piece> {
    let area = buffer.area;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut x = area.left();
    while x < area.right() {
        let symbol = buffer[(x, y)].symbol();
        let cells = u16::try_from(Shown::line(symbol).width()).unwrap_or(1).max(1);
        if !symbol.trim().is_empty() && !shapes::draws(symbol) {
            let look = paint.look(buffer[(x, y)].style());
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
    use ratatui::style::Style;

    fn texts(line: &str) -> Vec<(u16, u16, String)> {
        let width = u16::try_from(Shown::line(line).width()).unwrap();
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        buffer.set_string(0, 0, line, Style::default());
        pieces(&buffer, 0, &Paint::of(&Theme::ansi()))
            .into_iter()
            .map(|piece| (piece.x, piece.cells, piece.text))
            .collect()
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
        assert!(svg(&buffer, None, &Theme::ansi()).contains(">&lt;a&amp;b&gt;</text>"));
    }
}
