//! Several screens as one moving picture: each shown for its time, round and round, by style alone
//! and without a script. A row that stands in many screens is drawn once.

use std::collections::HashMap;
use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::look::Paint;
use super::{corner, cursor_mark, row, window};
use crate::ui::theme::Theme;

/// One screen of a film.
pub struct Frame {
    pub buffer: Buffer,
    pub cursor: Option<Position>,
    /// How long it is shown, in milliseconds.
    pub time: u32,
}

/// The film of these screens, all of one size. Who asks for less motion, or has a viewer
/// that cannot move, sees the last one.
///
/// # Panics
/// Never: without a frame the film is empty.
#[must_use]
pub fn film(frames: &[Frame], theme: &Theme) -> String {
    let Some(first) = frames.first() else { return String::new() };
    let paint = Paint::of(theme);
    let mut out = window(first.buffer.area, &paint);
    out.push_str(&style(frames));
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut rows = String::new();
    let mut body = String::new();
    for (nth, frame) in frames.iter().enumerate() {
        let _ = writeln!(body, "<g class=\"f\" id=\"f{nth}\">");
        for y in frame.buffer.area.top()..frame.buffer.area.bottom() {
            let drawn = row(&frame.buffer, y, &paint);
            if drawn.is_empty() {
                continue;
            }
            let next = known.len();
            let id = *known.entry(drawn).or_insert_with_key(|drawn| {
                let _ = writeln!(rows, "<g id=\"r{next}\">\n{drawn}</g>");
                next
            });
            let _ = writeln!(body, "<use href=\"#r{id}\" y=\"{:.1}\"/>", corner(0, y).1);
        }
        if let Some(at) = frame.cursor {
            body.push_str(&cursor_mark(at, &paint));
        }
        body.push_str("</g>\n");
    }
    let _ = write!(out, "<defs>\n{rows}</defs>\n{body}</svg>\n");
    out
}

/// When each screen is shown, in per cent of the whole.
fn style(frames: &[Frame]) -> String {
    let whole: u32 = frames.iter().map(|frame| frame.time).sum();
    let share = |time: u32| f64::from(time) * 100.0 / f64::from(whole.max(1));
    let seconds = f64::from(whole) / 1000.0;
    let mut text = format!(
        "<style>\n.f{{visibility:hidden;animation-duration:{seconds:.2}s;\
         animation-timing-function:step-end;animation-iteration-count:infinite}}\n"
    );
    let mut at = 0;
    for (nth, frame) in frames.iter().enumerate() {
        let (from, to) = (share(at), share(at + frame.time));
        at += frame.time;
        let before = if nth == 0 { "" } else { "0%{visibility:hidden}" };
        let after =
            if to < 100.0 { format!("{to:.3}%{{visibility:hidden}}") } else { String::new() };
        let _ = writeln!(
            text,
            "@keyframes k{nth}{{{before}{from:.3}%{{visibility:visible}}{after}}}\n\
             #f{nth}{{animation-name:k{nth}}}"
        );
    }
    let last = frames.len().saturating_sub(1);
    let _ = writeln!(
        text,
        "#f{last}{{visibility:visible}}\n@media (prefers-reduced-motion:reduce){{.f{{animation:none}}}}\n</style>"
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn frame(text: &str, time: u32) -> Frame {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 2));
        buffer.set_string(0, 0, "head", Style::default());
        buffer.set_string(0, 1, text, Style::default());
        Frame { buffer, cursor: None, time }
    }

    #[test]
    fn what_stands_in_two_screens_is_drawn_once_and_each_has_its_time() {
        let film = film(&[frame("one", 250), frame("two", 750)], &Theme::ansi());
        assert_eq!(film.matches(">head</text>").count(), 1);
        assert_eq!(film.matches(">one</text>").count(), 1);
        assert_eq!(film.matches("href=\"#r0\"").count(), 2);
        assert!(
            film.contains("@keyframes k0{0.000%{visibility:visible}25.000%{visibility:hidden}}")
        );
        assert!(film.contains("k1{0%{visibility:hidden}25.000%{visibility:visible}}"), "{film}");
        assert!(film.contains("animation-duration:1.00s"));
        assert!(!film.contains("<script"));
    }
}
