//! A buffer as a picture: deterministic SVG, for the README, made from the real screen by a test.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// Width and height of a cell, in pixels.
const CELL: (f32, f32) = (8.4, 18.0);
const PAPER: &str = "#1b1e26";
const INK: &str = "#d6d9e0";

/// The picture of a screen.
#[must_use]
pub fn svg(buffer: &Buffer) -> String {
    let area = buffer.area;
    let (width, height) =
        (f32::from(area.width) * CELL.0 + 24.0, f32::from(area.height) * CELL.1 + 24.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let style = buffer[(x, y)].style();
            let start = x;
            let mut text = String::new();
            while x < area.right() && buffer[(x, y)].style() == style {
                text.push_str(buffer[(x, y)].symbol());
                x += 1;
            }
            run(&mut out, &text, style, (start, x - start, y));
        }
    }
    out.push_str("</svg>\n");
    out
}

fn run(out: &mut String, text: &str, style: Style, at: (u16, u16, u16)) {
    let (start, cells, y) = at;
    let (x, top) = (f32::from(start) * CELL.0 + 12.0, f32::from(y) * CELL.1 + 12.0);
    let is_reversed = style.add_modifier.contains(Modifier::REVERSED);
    let ink = colour(style.fg).unwrap_or(INK);
    let (ink, paper) = if is_reversed { (PAPER, Some(ink)) } else { (ink, colour(style.bg)) };
    let wide = f32::from(cells) * CELL.0;
    if let Some(paper) = paper {
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{:.1}\" fill=\"{paper}\"/>",
            CELL.1
        );
    }
    if text.trim().is_empty() {
        return;
    }
    let weight =
        if style.add_modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let dim = if style.add_modifier.contains(Modifier::DIM) { " opacity=\"0.6\"" } else { "" };
    let text = text.trim_end().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let lead = text.len() - text.trim_start().len();
    let x = x + f32::from(u16::try_from(lead).unwrap_or(0)) * CELL.0;
    let text = text.trim_start();
    let long =
        f32::from(u16::try_from(crate::domain::shown::Shown::line(text).width()).unwrap_or(0))
            * CELL.0;
    let _ = writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{:.1}\" fill=\"{ink}\"{weight}{dim} textLength=\"{long:.1}\" xml:space=\"preserve\">{text}</text>",
        top + 13.0
    );
}

fn colour(colour: Option<Color>) -> Option<&'static str> {
    Some(match colour? {
        Color::DarkGray => "#7b8294",
        Color::Cyan => "#6cc7d9",
        Color::Green => "#8fbf7f",
        Color::Yellow => "#e0b860",
        Color::Red => "#e0756f",
        Color::Magenta => "#c08fd0",
        _ => return None,
    })
}
