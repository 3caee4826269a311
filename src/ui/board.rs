//! A board: the states of a kind side by side, the cards of each below it. What does not fit is
//! told by an arrow; the gap between columns is air, not a line.

use ratatui::layout::Rect;

use super::columns;
use super::list;
use super::pen::{Pen, wrap};
use super::theme::Role;
use crate::app::board::Lane;
use crate::app::list::List;
use crate::app::model::{Model, Pane};
use crate::app::mouse::Target;
use crate::domain::noun::Shelf;
use crate::domain::shown::Shown;
use crate::ops::Row;

/// Cursor and mark before the text of a card.
const BEFORE: u16 = 3;
/// Air at the right of a column.
const GAP: u16 = 2;

pub fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let list = model.list();
    if !list.loaded {
        list::failed(pen, model, area);
        return;
    }
    if list.total == 0 {
        list::empty(pen, model, area);
        return;
    }
    let board = &list.board;
    let shown = model.lanes_shown();
    let wide = area.width / u16::try_from(shown).unwrap_or(1).max(1);
    let mut x = area.x;
    for (at, lane) in board.lanes.iter().enumerate().skip(board.left).take(shown) {
        let place = Rect { x, width: wide, ..area };
        draw_lane(pen, model, list, (at, lane), place);
        x += wide;
    }
    let later = board.left + shown < board.lanes.len();
    for (is_more, at, glyph) in [
        (board.left > 0, area.x, pen.theme.glyphs.earlier),
        (later, area.right().saturating_sub(1), pen.theme.glyphs.later),
    ] {
        if is_more {
            pen.put(at, area.y, 1, &Shown::fixed(glyph), Role::Accent);
        }
    }
}

fn draw_lane(
    pen: &mut Pen<'_>,
    model: &Model,
    list: &List,
    (nth_lane, lane): (usize, &Lane),
    area: Rect,
) {
    let has_keys = nth_lane == list.board.at;
    let role = if has_keys { Role::Focus } else { Role::Title };
    let x = area.x + BEFORE;
    let room = area.width.saturating_sub(BEFORE + GAP);
    let taken = pen.word(x, area.y, room, lane.state.slug, role);
    let count = Shown::line(&lane.total.to_string());
    pen.put(x + taken + 1, area.y, room.saturating_sub(taken + 1), &count, Role::Muted);
    let height = model.card_height();
    for nth in 0..u16::try_from(model.cards()).unwrap_or(u16::MAX) {
        let place = lane.top + usize::from(nth);
        let Some(row) = lane.line(place).and_then(crate::app::rows::Line::row) else { continue };
        let at = Rect { y: area.y + 1 + nth * height, height: 3, ..area };
        if at.bottom() > area.bottom() {
            return;
        }
        pen.spot(at, Target::Card(nth_lane, place));
        draw_card(pen, model, list, row, at);
        if has_keys && place == lane.cursor {
            let bar = Rect { width: at.width.saturating_sub(1), ..at };
            if model.pane == Pane::List {
                pen.select(bar);
            }
            for y in at.y..at.bottom() {
                pen.put(at.x, y, 1, &Shown::fixed(pen.theme.glyphs.cursor), Role::Accent);
            }
        }
    }
}

/// Ref and title over two lines, and what the columns of the table would say.
fn draw_card(pen: &mut Pen<'_>, model: &Model, list: &List, row: &Row, at: Rect) {
    if list.marks.contains(&row.item.id) {
        pen.put(at.x + 1, at.y, 1, &Shown::fixed(pen.theme.glyphs.mark), Role::Accent);
    } else if row.late {
        pen.word(at.x + 1, at.y, 1, "!", Role::Danger);
    }
    let room = at.width.saturating_sub(BEFORE + GAP);
    let reference = row.item.reference.to_string();
    let text = Shown::line(&format!("{reference} {}", row.item.title()));
    let role = match row.item.shelf() {
        Shelf::Open => Role::Plain,
        Shelf::Closed | Shelf::Trash => Role::Muted,
    };
    let lines = wrap(&text, usize::from(room));
    if let Some(first) = lines.first() {
        pen.put(at.x + BEFORE, at.y, room, first, role);
        pen.word(at.x + BEFORE, at.y, room, &reference, Role::Muted);
    }
    if let Some(second) = lines.get(1) {
        let rest = if lines.len() > 2 {
            second.clone().followed_by(&Shown::fixed(" ")).followed_by(&lines[2])
        } else {
            second.clone()
        };
        pen.put(at.x + BEFORE, at.y + 1, room, &rest, role);
    }
    let y = at.y + if lines.len() > 1 { 2 } else { 1 };
    columns::facts(pen, model, list, row, Rect { x: at.x + BEFORE, y, width: room, height: 1 });
}
