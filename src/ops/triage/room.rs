//! What could give way in a week, and where there is room for it afterwards. Room is found in the
//! working hours, in order, and what does not fit into one gap is cut.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::week::Band;
use crate::domain::week::request::{Displaced, Free, Movable, Planned, displaced, movable};
use crate::domain::week::stretch::Stretch;
use crate::store::intake::Intake;

use super::super::error::Result;
use super::super::meetings::Diary;
use super::super::week::{self, Terms, WeekView};
use super::movable_of;

/// How far after the week room is looked for, in days.
pub const AHEAD: u64 = 70;
/// How far at first, mostly enough: a week is read sooner than ten.
const NEAR: [u64; 2] = [6, 27];

/// Free time on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    pub day: NaiveDate,
    /// Minutes since midnight.
    pub at: i64,
    pub minutes: i64,
}

/// The day an item is due.
#[must_use]
pub fn due_of(item: &Item) -> Option<NaiveDate> {
    item.kind().noun().due.and_then(|name| item.day(name))
}

/// Whether its due day follows when its time moves: a bet and an outcome keep theirs.
#[must_use]
pub fn due_moves(item: &Item) -> bool {
    matches!(item.kind(), Kind::Asset | Kind::Decision)
}

/// The blocks of strategic and execution work that hold an item, each with what was not logged.
#[must_use]
pub fn unlogged(seen: &WeekView) -> Vec<(&Stretch, i64)> {
    let counts = |one: &&Stretch| matches!(one.band, Band::Strategic | Band::Execution);
    let mut logged: HashMap<ItemId, i64> = HashMap::new();
    for entry in seen.lived.iter().filter(counts) {
        if let Some(item) = entry.serves {
            *logged.entry(item).or_default() += entry.minutes;
        }
    }
    let mut blocks = Vec::new();
    for block in seen.planned.iter().filter(counts) {
        let Some(item) = block.serves else { continue };
        let done = logged.entry(item).or_default();
        let met = block.minutes.min(*done);
        *done -= met;
        if block.minutes > met {
            blocks.push((block, block.minutes - met));
        }
    }
    blocks
}

/// The items that could give way, in no order.
pub fn candidates(from: &impl Intake, seen: &WeekView) -> Result<Vec<Movable>> {
    let planned: Vec<Planned> = unlogged(seen)
        .into_iter()
        .map(|(block, unlogged)| Planned { band: block.band, item: block.serves, unlogged })
        .collect();
    let mut ids: Vec<ItemId> = planned.iter().filter_map(|block| block.item).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut about: HashMap<ItemId, (i64, Option<NaiveDate>)> = HashMap::new();
    for item in from.some(&ids)? {
        about.insert(item.id, (from.weight_above(&item)?, due_of(&item)));
    }
    Ok(movable(&planned, |id| about.get(&id).copied().unwrap_or((0, None))))
}

/// The most minutes that are looked for elsewhere: of any of these alone, of those that cover the
/// overflow together, and of what is named, which may wait without being planned.
pub fn moving(
    from: &impl Intake,
    candidates: &[Movable],
    over: i64,
    wanted: &[ItemId],
) -> Result<i64> {
    let alone = candidates.iter().map(|one| one.minutes).max().unwrap_or(0);
    let together: i64 = displaced(over, candidates, &[]).iter().map(|one| one.minutes).sum();
    let given: i64 = named(from, candidates, wanted, &[])?.iter().map(|one| one.minutes).sum();
    Ok(alone.max(together).max(given))
}

/// What was named, whether it is planned in the week or not: then it gives what it would take.
pub fn named(
    from: &impl Intake,
    candidates: &[Movable],
    named: &[ItemId],
    free: &[Free],
) -> Result<Vec<Displaced>> {
    let mut chosen = Vec::new();
    for item in from.some(named)? {
        let planned = movable_of(candidates, item.id);
        let minutes = item.whole("estimate").unwrap_or(0).max(1);
        let (weight, due) = (from.weight_above(&item)?, due_of(&item));
        chosen.push(planned.unwrap_or(Movable { item: item.id, minutes, weight, due }));
    }
    Ok(displaced(i64::MAX, &chosen, free))
}

/// The gaps of the weeks after this one, beside what is planned there and the meetings; so many
/// weeks of them as hold these minutes.
pub fn after(
    from: &impl Intake,
    seen: &WeekView,
    diary: &Diary<'_>,
    minutes: i64,
) -> Result<Vec<Gap>> {
    let first = seen.week.next().monday();
    let mut found = Vec::new();
    for days in NEAR.into_iter().chain([AHEAD]) {
        let last = first.checked_add_days(Days::new(days)).unwrap_or(first);
        let planned = week::taken(from, diary, seen.terms, (first, last))?;
        found = gaps(&planned, seen.terms, first, last);
        if found.iter().map(|gap| gap.minutes).sum::<i64>() >= minutes {
            break;
        }
    }
    Ok(found)
}

/// The gaps in the working hours of the working days from one to another, both included.
#[must_use]
pub fn gaps(planned: &[Stretch], terms: Terms, first: NaiveDate, last: NaiveDate) -> Vec<Gap> {
    let days = first.iter_days().take_while(|day| *day <= last);
    let mut gaps = Vec::new();
    for day in days.filter(|day| day.weekday().num_days_from_monday() < 5) {
        let mine = || planned.iter().filter(move |block| block.on == day);
        let loose: i64 = mine().filter(|block| block.at.is_none()).map(|one| one.minutes).sum();
        let (mut at, closes) = (terms.hours.0, terms.hours.1 - loose);
        let mut busy: Vec<(i64, i64)> =
            mine().filter_map(|block| Some((block.at?, block.end()?))).collect();
        busy.sort_unstable();
        for (start, end) in busy.into_iter().chain([(closes, closes)]) {
            let minutes = start.min(closes) - at;
            if minutes > 0 {
                gaps.push(Gap { day, at, minutes });
            }
            at = at.max(end);
        }
    }
    gaps
}

/// The same by day.
pub fn free_after(
    from: &impl Intake,
    seen: &WeekView,
    diary: &Diary<'_>,
    minutes: i64,
) -> Result<Vec<Free>> {
    let mut free: Vec<Free> = Vec::new();
    for gap in after(from, seen, diary, minutes)? {
        match free.last_mut().filter(|last| last.day == gap.day) {
            Some(last) => last.minutes += gap.minutes,
            None => free.push(Free { day: gap.day, minutes: gap.minutes }),
        }
    }
    Ok(free)
}

/// Takes so many minutes from the gaps, in order; what is returned may be less.
pub fn take(gaps: &mut [Gap], mut minutes: i64) -> Vec<Gap> {
    let mut taken = Vec::new();
    for gap in gaps.iter_mut().filter(|gap| gap.minutes > 0) {
        if minutes <= 0 {
            break;
        }
        let piece = gap.minutes.min(minutes);
        taken.push(Gap { minutes: piece, ..*gap });
        gap.at += piece;
        gap.minutes -= piece;
        minutes -= piece;
    }
    taken
}
