//! What the Week screen asks for.

use std::collections::HashMap;

use crate::app::effect::Answer;
use crate::app::week::{WeekAsked, WeekScreen};
use crate::domain::item::ItemId;
use crate::domain::value::Value;
use crate::domain::week::Week;
use crate::domain::week::stretch::{Stretch, Whence};
use crate::ops::{Result, Row, Workspace};

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
fn instance(row: &Row, one: &Stretch) -> Row {
    let mut row = row.clone();
    if one.whence == Whence::Calendar {
        row.item.set("on", Value::Day(one.on));
        row.item.set("at", Value::Text(one.clock()));
        row.item.set("minutes", Value::Whole(one.minutes));
    }
    row
}
