//! What a block or an entry is held to, whoever makes it: it has a day and a length, it takes the
//! band of its asset, and what passes midnight is cut there, so that each lies in one day and week.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::change::{Change, Edit};
use crate::domain::day::{clock_minutes, show_minutes};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::week::Whose;

use super::error::{Error, Result};
use super::mine;
use super::workspace::Settings;

/// Minutes of a civil day.
const DAY: i64 = 24 * 60;
/// How long a block is unless said \[D\].
const BLOCK: i64 = 30;
/// Minutes of a day of leave, as `1d` means them, and how many days may be taken at once.
const WORKING_DAY: i64 = 8 * 60;
const MOST_LEAVE: i64 = 130;
/// Nobody works longer than this in one go; more is a slip of the finger.
pub(super) const LONGEST: i64 = 7 * DAY;
/// Where a day begins.
const MIDNIGHT: &str = "00:00";

#[must_use]
pub(super) fn is_time(kind: Kind) -> bool {
    matches!(kind, Kind::Block | Kind::Entry)
}

/// What a new stretch of time knows without being told.
pub(super) fn born(item: &mut Item, today: NaiveDate) {
    item.set("on", Value::Day(today));
    item.set("source", Value::Text("manual".to_owned()));
}

/// Time is of whoever sits here, unless somebody is named on it. Whom that made, in words.
pub(super) fn of_whoever(
    write: &Write<'_>,
    item: &mut Item,
    settings: &Settings,
    said: &[Change],
) -> Result<Vec<String>> {
    if !is_time(item.kind()) || said.iter().any(|change| change.field.name == "person") {
        return Ok(Vec::new());
    }
    let (person, made) = mine::made(write, settings)?;
    item.set("person", person.map_or(Value::Nothing, Value::Item));
    Ok(made)
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

/// What lies on a day after the first: where it begins there, and how long it is.
#[derive(Debug, Clone, Copy)]
struct Rest {
    day: Option<NaiveDate>,
    /// From midnight on; leave has no time of day.
    at: Option<&'static str>,
    minutes: i64,
}

/// Cuts an item at midnight and returns what lies on the days after, not written yet.
///
/// # Errors
/// More than a day without a time of day, more than a week in one go, or a storage error.
pub(super) fn cut(write: &Write<'_>, item: &mut Item) -> Result<Vec<Item>> {
    let rest = shortened(item)?;
    rest.into_iter().map(|rest| another(write, item, rest)).collect()
}

/// Whether a change that leaves an item as it is may still be about what goes on after midnight.
pub(super) fn may_go_on(item: &Item, changes: &[Change]) -> bool {
    is_time(item.kind()) && changes.iter().any(|change| change.field.name == "minutes")
}

/// What became of the days after, when time was changed that passes midnight.
#[derive(Debug, Default)]
pub(super) struct Over {
    pub said: Vec<String>,
    /// Whether anything but the item itself was changed.
    pub has_changed: bool,
}

/// Cuts time that was there before: what lies on the days after goes on in the pieces that lie there
/// already, so that the same wish twice is the same time. A length that was set is that of the whole;
/// what was moved or made longer adds to its other half, what was made shorter takes from there.
///
/// # Errors
/// As [`cut`].
pub(super) fn cut_again(
    write: &Write<'_>,
    (before, after): (&Item, &mut Item),
    changes: &[Change],
    today: NaiveDate,
) -> Result<Over> {
    let mut over = Over::default();
    if !is_time(after.kind()) {
        return Ok(over);
    }
    if before.day("on") != after.day("on") {
        over.said.extend(to_come(after, today));
    }
    let length = changes.iter().find(|change| change.field.name == "minutes");
    if length.is_some_and(|change| matches!(change.edit, Edit::Remove(_))) {
        shorten(write, before, after, &mut over)?;
    }
    let is_whole = length.is_some_and(|change| matches!(change.edit, Edit::Set(_)));
    for rest in shortened(after)? {
        let Some(old) = going_on(write, before, rest)? else {
            let piece = another(write, after, rest)?;
            over.said.push(told(&piece));
            write.insert(&piece)?;
            over.has_changed = true;
            continue;
        };
        let known = old.whole("minutes").unwrap_or(0);
        let minutes = if is_whole { rest.minutes } else { known + rest.minutes };
        over.said.push(lengthened(write, &old, minutes.min(DAY), &mut over.has_changed)?);
    }
    Ok(over)
}

/// Takes what an item is to be shorter by from what goes on after midnight, as far as that reaches.
fn shorten(write: &Write<'_>, before: &Item, after: &mut Item, over: &mut Over) -> Result<()> {
    let (was, is) = (before.whole("minutes").unwrap_or(0), after.whole("minutes").unwrap_or(0));
    let ends = clock_minutes(before.text("at")).map(|at| at + was);
    let next = before.day("on").and_then(|day| day.succ_opt());
    if ends != Some(DAY) || is >= was {
        return Ok(());
    }
    let rest = Rest { day: next, at: Some(MIDNIGHT), minutes: 0 };
    let Some(old) = going_on(write, before, rest)? else {
        // Less than nothing is not taken.
        after.set("minutes", Value::Whole(if is > 0 { is } else { was }));
        return Ok(());
    };
    let known = old.whole("minutes").unwrap_or(0);
    let taken = known.min(was - is);
    after.set("minutes", Value::Whole(is + taken));
    if taken < known {
        over.said.push(lengthened(write, &old, known - taken, &mut over.has_changed)?);
        return Ok(());
    }
    let mut gone = old.clone();
    gone.deleted_at = Some(write.at);
    write.update(&old, &gone)?;
    over.has_changed = true;
    over.said.push(format!("{} → Trash: nothing is left of it after midnight", old.reference));
    Ok(())
}

/// The piece of an item that lies on a day after it already.
fn going_on(write: &Write<'_>, item: &Item, rest: Rest) -> Result<Option<Item>> {
    let Some(day) = rest.day else { return Ok(None) };
    let there = write.stretches(item.kind(), (day, day), Whose::Everybody)?;
    let ids: Vec<ItemId> = there
        .iter()
        .filter(|one| one.id != item.id && one.clock() == rest.at.unwrap_or_default())
        .map(|one| one.id)
        .collect();
    let same = |other: &Item| {
        ["title", "for", "band", "mode", "person"]
            .iter()
            .all(|name| other.get(name) == item.get(name))
    };
    Ok(write.items(&ids)?.into_iter().find(same))
}

/// Gives a piece its length; where it goes on, in words.
fn lengthened(
    write: &Write<'_>,
    old: &Item,
    minutes: i64,
    has_changed: &mut bool,
) -> Result<String> {
    let mut piece = old.clone();
    piece.set("minutes", Value::Whole(minutes));
    if piece != *old {
        write.update(old, &piece)?;
        *has_changed = true;
    }
    Ok(told(&piece))
}

/// `it goes on as k2, Mon 11 May 00:00, 15 m`.
fn told(piece: &Item) -> String {
    let day = piece.day("on").map(|day| day.format("%a %-d %b").to_string()).unwrap_or_default();
    let when = format!("{day} {}", piece.text("at"));
    let minutes = show_minutes(piece.whole("minutes").unwrap_or(0));
    format!("it goes on as {}, {}, {minutes}", piece.reference, when.trim())
}

/// Leaves of an item what lies on its own day, and returns what lies on the days after.
fn shortened(item: &mut Item) -> Result<Vec<Rest>> {
    let Some(minutes) = item.whole("minutes").filter(|_| is_time(item.kind())) else {
        return Ok(Vec::new());
    };
    let (start, day) = (clock_minutes(item.text("at")), item.day("on"));
    if let (None, Some(first), "off") = (start, day, item.text("band"))
        && minutes > WORKING_DAY
    {
        return leave(item, minutes, first);
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
    let mut rest = Vec::new();
    let mut days = first.iter_days().skip(1);
    while left > 0 {
        let day = days.next().or_else(|| first.checked_add_days(Days::new(1)));
        rest.push(Rest { day, at: Some(MIDNIGHT), minutes: left.min(DAY) });
        left -= left.min(DAY);
    }
    Ok(rest)
}

/// Time that a row of a table tells: it has a length, and ends on its own day.
///
/// # Errors
/// A refusal that says what is wrong.
pub(super) fn of_one_day(item: &Item) -> std::result::Result<(), Refusal> {
    if !is_time(item.kind()) {
        return Ok(());
    }
    if item.whole("minutes").is_none_or(|minutes| minutes <= 0) {
        return Err(Refusal::input("minutes: how long it took is not said"));
    }
    match shortened(&mut item.clone()) {
        Ok(rest) if rest.is_empty() => Ok(()),
        Err(Error::Refused(refusal)) => Err(refusal),
        Ok(_) | Err(_) => Err(Refusal::input("it goes on after its day: a row for each day")),
    }
}

/// The same on another day, not written yet.
fn another(write: &Write<'_>, item: &Item, rest: Rest) -> Result<Item> {
    let mut piece =
        Item::new(ItemId(write.new_id()), write.next_ref(item.kind())?, write.at, &write.actor);
    for (field, value) in item.entries() {
        piece.set(field.name, value.clone());
    }
    piece.set("on", rest.day.map_or(Value::Nothing, Value::Day));
    if let Some(at) = rest.at {
        piece.set("at", Value::Text(at.to_owned()));
    }
    piece.set("minutes", Value::Whole(rest.minutes));
    Ok(piece)
}

/// Leave of several days lies on the working days that follow, so many hours on each.
fn leave(item: &mut Item, minutes: i64, first: NaiveDate) -> Result<Vec<Rest>> {
    if minutes > MOST_LEAVE * WORKING_DAY {
        let what = format!("{} is more leave than half a year has", show_minutes(minutes));
        return Err(Refusal::input(what).into());
    }
    let is_working = |day: &NaiveDate| *day == first || day.weekday().num_days_from_monday() < 5;
    let mut days = first.iter_days().filter(is_working).skip(1);
    item.set("minutes", Value::Whole(minutes.min(WORKING_DAY)));
    let mut left = minutes - WORKING_DAY;
    let mut rest = Vec::new();
    while left > 0 {
        rest.push(Rest { day: days.next(), at: None, minutes: left.min(WORKING_DAY) });
        left -= WORKING_DAY;
    }
    Ok(rest)
}

pub(super) fn insert(write: &Write<'_>, pieces: &[Item]) -> Result<()> {
    for piece in pieces {
        write.insert(piece)?;
    }
    Ok(())
}
