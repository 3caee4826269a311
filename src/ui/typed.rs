//! A line that is typed into: it scrolls so that the cursor is in sight, and says on which side more
//! of it is hidden.

use unicode_segmentation::UnicodeSegmentation;

use super::pen::Pen;
use super::theme::Role;
use crate::app::input::Line;
use crate::domain::shown::Shown;

/// Draws it into `room` columns; returns the column of the cursor.
pub fn draw(pen: &mut Pen<'_>, (x, y, room): (u16, u16, u16), line: &Line, role: Role) -> u16 {
    let typed = Shown::line(line.text());
    let before = Shown::line(&line.before()).width();
    let width = usize::from(room);
    // At its end the cursor stands behind the text; within it the sign of what is hidden is beside.
    let is_within = before < typed.width();
    let skip = (before + 1 + usize::from(is_within)).saturating_sub(width);
    if skip == 0 || width < 3 {
        pen.put(x, y, room, &typed, role);
    } else {
        let rest = tail(&typed, skip + 1);
        let gone = u16::try_from(typed.width() - rest.width() - skip).unwrap_or(1);
        pen.put(x, y, 1, &Shown::fixed("…"), Role::Muted);
        pen.put(x + gone, y, room.saturating_sub(gone), &rest, role);
    }
    x + u16::try_from(before - skip.min(before)).unwrap_or(0).min(room.saturating_sub(1))
}

/// What is left after `skip` columns.
fn tail(text: &Shown, skip: usize) -> Shown {
    let mut gone = 0;
    let rest: String = text
        .as_str()
        .graphemes(true)
        .skip_while(|cluster| {
            let wide = Shown::line(cluster).width();
            let skips = gone < skip;
            gone += wide;
            skips
        })
        .collect();
    Shown::line(&rest)
}
