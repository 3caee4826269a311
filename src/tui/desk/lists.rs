//! The window of a list and the rows of a week.

use crate::app::effect::{Answer, Effect, Load};
use crate::app::week::{WeekAsked, WeekScreen};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::domain::week::Week;
use crate::domain::week::stretch::{Stretch, Whence};
use crate::ops::{Result, Row, Workspace};
use crate::store::backlog::Anchor;
use std::collections::HashMap;

/// Whether somebody came to look at evidence, and may turn to what it weighs next.
pub(super) fn is_on_evidence(effect: &Effect) -> bool {
    matches!(effect, Effect::Load(Load::Page { query, .. }) if query.kind == Kind::Evidence)
}

/// The window around an item that is kept, or around a place; nothing is read where it is held as it is.
pub(super) fn page(workspace: &mut Workspace, load: &Load) -> Result<Answer> {
    let Load::Page { place, query, around, sides, keep, known, held, serial } = load else {
        return super::load_answer(workspace, load);
    };
    let (place, around, keep, serial) = (*place, *around, *keep, *serial);
    let (above, below) = (usize::from(sides.0), usize::from(sides.1));
    let is_as_known = known.is_some() && *known == Some(workspace.stand()?);
    if is_as_known && *held {
        return Ok(Answer::Unchanged { place, serial });
    }
    let found = match keep {
        Some(_) if is_as_known => Some(around),
        Some(id) => workspace.place(query, id)?,
        None => None,
    };
    let cursor = found.unwrap_or(around);
    let span = |cursor: usize| cursor.saturating_sub(above)..cursor + below;
    let anchor = keep.zip(found).map(|(item, place)| Anchor { item, place });
    let mut page = workspace.page_around(query, span(cursor), anchor)?;
    let cursor = cursor.min(page.total.saturating_sub(1));
    if page.rows.is_empty() && page.total > 0 {
        page = workspace.page(query, span(cursor))?;
    }
    Ok(Answer::Page { place, page, cursor, kept: keep.is_none() || found.is_some(), serial })
}

/// Rows beyond a window, from a row of it; none when anything has changed since.
pub(super) fn more(workspace: &mut Workspace, load: &Load) -> Result<Answer> {
    let Load::More { place, query, span, from, known, serial } = load else {
        return super::load_answer(workspace, load);
    };
    let (place, known, serial, (item, from)) = (*place, *known, *serial, *from);
    if workspace.stand()? != known {
        return Ok(Answer::More { place, page: None, serial });
    }
    let page = workspace.page_around(query, span.clone(), Some(Anchor { item, place: from }))?;
    Ok(Answer::More { place, page: Some(page), serial })
}

/// A week with its rows, and twelve weeks of history.
pub(super) fn week(workspace: &Workspace, asked: WeekAsked) -> Result<Answer> {
    let week = asked.week.unwrap_or_else(|| Week::of(workspace.clock().today()));
    let view = workspace.week(week)?;
    let past = workspace.past_weeks(week, 12)?;
    let spreads = workspace.spreads(week)?;
    let screen = Box::new(WeekScreen { view, past, spreads, kind: asked.kind });
    // A meeting that recurs stands there several times, and is read once.
    let mut ids: Vec<ItemId> = screen.shown().iter().map(|one| one.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let (found, names) = workspace.rows(&ids)?;
    let found: HashMap<ItemId, Row> = found.into_iter().map(|row| (row.item.id, row)).collect();
    let rows =
        screen.shown().iter().filter_map(|one| Some(instance(found.get(&one.id)?, one))).collect();
    Ok(Answer::Week { screen, rows, names })
}

/// The row of a stretch: a meeting tells when this instance of it is.
pub(super) fn instance(row: &Row, one: &Stretch) -> Row {
    let mut row = row.clone();
    if one.whence == Whence::Calendar {
        row.item.set("on", Value::Day(one.on));
        row.item.set("at", Value::Text(one.clock()));
        row.item.set("minutes", Value::Whole(one.minutes));
    }
    row
}
