//! Lines, corners and blocks as shapes that meet at the edges of their cells. Anything else is
//! left to the font.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;

use super::look::{Paint, Rgb, hex};
use super::{CELL, left, rectangle};

/// Which edges of its cell a line reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a cell has four edges")]
struct Arms {
    left: bool,
    right: bool,
    up: bool,
    down: bool,
}

fn arms(symbol: &str) -> Option<Arms> {
    let reach = |letters: &str| {
        let has = |letter| letters.contains(letter);
        Some(Arms { left: has('l'), right: has('r'), up: has('u'), down: has('d') })
    };
    match symbol {
        "─" => reach("lr"),
        "│" => reach("ud"),
        "┬" => reach("lrd"),
        "┴" => reach("lru"),
        "┤" => reach("lud"),
        "╭" => reach("rd"),
        "╮" => reach("ld"),
        "╰" => reach("ru"),
        "╯" => reach("lu"),
        _ => None,
    }
}

/// Whether a symbol is drawn here rather than written.
pub(super) fn draws(symbol: &str) -> bool {
    symbol == "▌" || arms(symbol).is_some()
}

/// Draws all lines and blocks of a row, from the top of the row.
pub(super) fn draw(out: &mut String, buffer: &Buffer, y: u16, paint: &Paint) {
    let area = buffer.area;
    let mut x = area.left();
    while x < area.right() {
        let ink = paint.look(buffer[(x, y)].style()).ink;
        let is_rule = |x: u16| {
            let cell = &buffer[(x, y)];
            cell.symbol() == "─" && paint.look(cell.style()).ink == ink
        };
        let start = x;
        while x < area.right() && is_rule(x) {
            x += 1;
        }
        if x > start {
            let middle = CELL.1 / 2.0;
            let long = f32::from(x - start) * CELL.0;
            stroke(out, &format!("M{:.1} {middle:.1}h{long:.1}", left(start)), ink);
            continue;
        }
        one(out, buffer[(x, y)].symbol(), left(x), ink);
        x += 1;
    }
}

fn one(out: &mut String, symbol: &str, x: f32, ink: Rgb) {
    if symbol == "▌" {
        rectangle(out, ((x, 0.0), (CELL.0 / 2.0, CELL.1)), ink);
    } else if let Some(arms) = arms(symbol) {
        stroke(out, &path(arms, (x, 0.0)), ink);
    }
}

/// A bend where the line turns, else straight pieces from edge to edge.
fn path(arms: Arms, at: (f32, f32)) -> String {
    let ((x, y), (wide, high)) = (at, CELL);
    let (middle, centre) = (x + wide / 2.0, y + high / 2.0);
    if arms.left == arms.right || arms.up == arms.down {
        let mut path = String::new();
        if arms.left && arms.right {
            let _ = write!(path, "M{x:.1} {centre:.1}h{wide:.1}");
        }
        if arms.up || arms.down {
            let top = if arms.up { y } else { centre };
            let end = if arms.down { y + high } else { centre };
            let _ = write!(path, "M{middle:.1} {top:.1}V{end:.1}");
        }
        return path;
    }
    let side = if arms.left { x } else { x + wide };
    let end = if arms.up { y } else { y + high };
    format!("M{side:.1} {centre:.1}Q{middle:.1} {centre:.1} {middle:.1} {end:.1}")
}

fn stroke(out: &mut String, path: &str, ink: Rgb) {
    let ink = hex(ink);
    let _ = writeln!(
        out,
        "<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-opacity=\"0.55\"/>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::UNICODE;

    #[test]
    fn every_line_that_the_screen_draws_is_a_shape() {
        let lines = [UNICODE.rule, UNICODE.upright, UNICODE.join_down, UNICODE.join_up];
        for glyph in lines.iter().chain(&UNICODE.corners).chain([&UNICODE.cursor]) {
            assert!(draws(glyph), "{glyph}");
        }
    }

    #[test]
    fn lines_of_neighbouring_rows_meet() {
        let upright = arms("│").map(|arms| path(arms, (0.0, 0.0)));
        assert_eq!(upright.as_deref(), Some("M4.2 0.0V19.0"));
        let bend = arms("╭").map(|arms| path(arms, (0.0, 0.0)));
        assert_eq!(bend.as_deref(), Some("M8.4 9.5Q4.2 9.5 4.2 19.0"));
    }
}
