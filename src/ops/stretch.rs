//! What a block or an entry is held to, whoever makes it: it has a day and a length, it takes the
//! band of its asset, and what passes midnight is cut there, so that each lies in one day and week.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::day::{clock_minutes, show_minutes};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;

use super::error::Result;

/// Minutes of a civil day.
const DAY: i64 = 24 * 60;
/// How long a block is unless said \[D\].
const BLOCK: i64 = 30;
/// Minutes of a day of leave, as `1d` means them, and how many days may be taken at once.
const WORKING_DAY: i64 = 8 * 60;
const MOST_LEAVE: i64 = 130;
/// Nobody works longer than this in one go; more is a slip of the finger.
const LONGEST: i64 = 7 * DAY;

#[must_use]
pub(super) fn is_time(kind: Kind) -> bool {
    matches!(kind, Kind::Block | Kind::Entry)
}

/// What a new stretch of time knows without being told.
pub(super) fn born(item: &mut Item, today: NaiveDate) {
    item.set("on", Value::Day(today));
    item.set("source", Value::Text("manual".to_owned()));
}

/// Fills in what was not said: the band of the asset that it goes into, the length of a block.
///
/// # Errors
/// An entry without a length is refused: nobody knows it but its author.
pub(super) fn complete(write: &Write<'_>, item: &mut Item) -> Result<()> {
    if !is_time(item.kind()) {
        return Ok(());
    }
    let serves = item.link("for").map(|id| write.items(&[id])).transpose()?;
    if let Some(work) = serves.into_iter().flatten().next() {
        let band = work.text("band");
        if item.text("band") == "unclassified" && !band.is_empty() {
            item.set("band", Value::Text(band.to_owned()));
        }
    }
    if item.whole("minutes").is_none_or(|minutes| minutes <= 0) {
        if item.kind() == Kind::Entry {
            return Err(Refusal::input("how long did it take?")
                .hint("say it as est:40m or est:1h30")
                .into());
        }
        item.set("minutes", Value::Whole(BLOCK));
    }
    Ok(())
}

/// What is strange about time that was lived on a day to come; it is kept as it was said.
pub(super) fn to_come(item: &Item, today: NaiveDate) -> Option<String> {
    let day = item.day("on").filter(|day| item.kind() == Kind::Entry && *day > today)?;
    let day = day.format("%a %-d %b");
    Some(format!("{day} is still to come, and an entry counts as lived; a block plans it"))
}

/// Cuts an item at midnight and returns what lies on the days after, not written yet.
///
/// # Errors
/// More than a day without a time of day, more than a week in one go, or a storage error.
pub(super) fn cut(write: &Write<'_>, item: &mut Item) -> Result<Vec<Item>> {
    let Some(minutes) = item.whole("minutes").filter(|_| is_time(item.kind())) else {
        return Ok(Vec::new());
    };
    let (start, day) = (clock_minutes(item.text("at")), item.day("on"));
    if let (None, Some(first), "off") = (start, day, item.text("band"))
        && minutes > WORKING_DAY
    {
        return leave(write, item, minutes, first);
    }
    let fits = start.unwrap_or(0) + minutes <= DAY;
    if fits {
        return Ok(Vec::new());
    }
    let (Some(start), Some(first)) = (start, day) else {
        let what = format!("{} do not fit into a day", show_minutes(minutes));
        return Err(Refusal::input(what).hint("say when it began: at:22:00").into());
    };
    if minutes > LONGEST {
        let what = format!("{} in one go is more than a week", show_minutes(minutes));
        return Err(Refusal::input(what).into());
    }
    item.set("minutes", Value::Whole(DAY - start));
    let mut left = minutes - (DAY - start);
    let mut pieces = Vec::new();
    let mut days = first.iter_days().skip(1);
    while left > 0 {
        let day = days.next().or_else(|| first.checked_add_days(Days::new(1)));
        let mut piece = another(write, item, day)?;
        piece.set("at", Value::Text("00:00".to_owned()));
        piece.set("minutes", Value::Whole(left.min(DAY)));
        left -= left.min(DAY);
        pieces.push(piece);
    }
    Ok(pieces)
}

/// The same on another day, not written yet.
fn another(write: &Write<'_>, item: &Item, day: Option<NaiveDate>) -> Result<Item> {
    let mut piece =
        Item::new(ItemId(write.new_id()), write.next_ref(item.kind())?, write.at, &write.actor);
    for (field, value) in item.entries() {
        piece.set(field.name, value.clone());
    }
    piece.set("on", day.map_or(Value::Nothing, Value::Day));
    Ok(piece)
}

/// Leave of several days lies on the working days that follow, so many hours on each.
fn leave(write: &Write<'_>, item: &mut Item, minutes: i64, first: NaiveDate) -> Result<Vec<Item>> {
    if minutes > MOST_LEAVE * WORKING_DAY {
        let what = format!("{} is more leave than half a year has", show_minutes(minutes));
        return Err(Refusal::input(what).into());
    }
    let is_working = |day: &NaiveDate| *day == first || day.weekday().num_days_from_monday() < 5;
    let mut days = first.iter_days().filter(is_working).skip(1);
    item.set("minutes", Value::Whole(minutes.min(WORKING_DAY)));
    let mut left = minutes - WORKING_DAY;
    let mut pieces = Vec::new();
    while left > 0 {
        let mut piece = another(write, item, days.next())?;
        piece.set("minutes", Value::Whole(left.min(WORKING_DAY)));
        left -= WORKING_DAY;
        pieces.push(piece);
    }
    Ok(pieces)
}

pub(super) fn insert(write: &Write<'_>, pieces: &[Item]) -> Result<()> {
    for piece in pieces {
        write.insert(piece)?;
    }
    Ok(())
}
