//! The window of a list that is loaded: what is in sight is waited for; what lies beyond is asked for
//! when that is there, so that who goes on finds it.

use std::collections::HashSet;

use super::super::effect::{Effect, Load};
use super::super::list::List;
use super::super::model::Model;
use super::super::place::Place;
use super::super::rows::Line;
use crate::domain::item::ItemId;
use crate::ops::Page;

/// Rows beyond what is in sight that a change may bring into it.
const ROOM: usize = 2;
/// Most names that are kept of rows that were let go.
const NAMES: usize = 2_000;

/// How many rows to load above the cursor, and from it on; all that can come into sight, where it is
/// not known at which height the cursor will stand.
pub fn sides(list: &List, height: usize, is_sought: bool) -> (u16, u16) {
    let above = list.cursor.saturating_sub(list.top).min(height);
    let below = height.saturating_sub(above);
    let (above, below) = if is_sought { (height, height) } else { (above, below) };
    let rows = |many: usize| u16::try_from(many + ROOM).unwrap_or(u16::MAX);
    (rows(above), rows(below))
}

/// Asks for the next screenful of rows below or above, unless there is one; one question at a time.
pub fn more(model: &mut Model, place: Place, height: usize) -> Option<Effect> {
    let list = model.list_at(place);
    let (query, known) = list.seen.clone().filter(|(query, _)| *query == list.query)?;
    if list.asked.is_some() || list.more == Some(list.serial) {
        return None;
    }
    let (start, end) = (list.start, list.end());
    let lower = list.top + 2 * height;
    let (from, span) = if end < lower.min(list.total) {
        (end.checked_sub(1)?, end - 1..(lower + height).min(list.total))
    } else if start > list.top.saturating_sub(height) {
        (start, list.top.saturating_sub(2 * height)..start + 1)
    } else {
        return None;
    };
    let from = (list.line(from)?.id()?, from);
    list.more = Some(list.serial);
    let (serial, query) = (list.serial, Box::new(query));
    Some(Effect::Load(Load::More { place, query, span, from, known, serial }))
}

/// Takes rows beyond the window into it, and lets go of those far off.
pub fn take(model: &mut Model, place: Place, page: Option<Page>, serial: u64) {
    let height = model.rows();
    let list = model.list_at(place);
    // Whoever changed the list has it read again, and the question stands for as long.
    let Some(page) = page.filter(|_| list.more == Some(serial) && list.serial == serial) else {
        return;
    };
    list.more = None;
    let (start, end) = (list.start, list.end());
    let (below, above) = (end.checked_sub(page.start), start.checked_sub(page.start));
    if let Some(known) = below.filter(|known| page.start >= start && *known <= page.rows.len()) {
        list.lines.extend(page.rows.into_iter().skip(known).map(Line::plain));
    } else if let Some(new) = above.filter(|new| *new <= page.rows.len()) {
        list.lines.splice(0..0, page.rows.into_iter().take(new).map(Line::plain));
        list.start = page.start;
    } else {
        return;
    }
    list.names.join(page.names);
    let kept = list.top.saturating_sub(3 * height)..list.top + 4 * height;
    let (start, end) = (list.start.max(kept.start), list.end().min(kept.end));
    if start < end {
        list.lines.truncate(end - list.start);
        list.lines.drain(..start - list.start);
        list.start = start;
    }
    if list.names.len() > NAMES {
        let rows = list.lines.iter().filter_map(Line::row);
        let named: HashSet<ItemId> =
            rows.flat_map(|row| row.names().chain([row.item.id])).collect();
        list.names.keep(&named);
    }
}
