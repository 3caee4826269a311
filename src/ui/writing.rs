//! A long text being written: a box as wide as a line is read well, scrolling with the cursor.

use ratatui::layout::{Position, Rect};

use super::menu::centred;
use super::pen::Pen;
use super::theme::Role;
use crate::app::mouse::Target;
use crate::app::text::rows;
use crate::app::writing::{Writing, room};
use crate::domain::shown::Shown;

/// Rows of a text that is short.
const LEAST: u16 = 8;

pub fn draw(pen: &mut Pen<'_>, writing: &Writing, area: Rect) -> Option<Position> {
    let wide = room(area.width);
    let text = writing.text.as_str();
    let rows = rows(text, wide);
    let (at, column) = writing.text.place(&rows);
    let width = u16::try_from(wide).unwrap_or(0) + 4;
    let most = area.height.saturating_sub(6).max(3);
    let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX).max(LEAST).saturating_add(2);
    let title = Shown::line(&writing.title);
    let inside = pen.boxed(centred(area, width, wanted.min(most)), &title);
    let height = usize::from(inside.height);
    let top = at.saturating_sub(height / 2).min(rows.len().saturating_sub(height));
    for (y, row) in (inside.y..inside.bottom()).zip(&rows[top..]) {
        let line = Shown::line(&text[row.start..row.end]);
        pen.put(inside.x, y, inside.width, &line, Role::Plain);
        let nth = top + usize::from(y - inside.y);
        for column in 0..inside.width {
            let cell = Rect { x: inside.x + column, y, width: 1, height: 1 };
            pen.spot(cell, Target::Text(nth, usize::from(column)));
        }
    }
    if rows.len() > height {
        let words = Shown::line(&format!(" {} of {} ", at + 1, rows.len()));
        pen.put_right(inside.x, inside.bottom(), inside.width, &words, Role::Muted);
    }
    let x = inside.x + u16::try_from(column).unwrap_or(0).min(inside.width.saturating_sub(1));
    Some(Position { x, y: inside.y + u16::try_from(at - top).unwrap_or(0) })
}
