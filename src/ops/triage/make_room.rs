//! Blocks when a request is accepted: what gives way moves after the week, and the work that comes
//! in gets the time that was kept for requests, then what is free.

use chrono::{Days, NaiveDate};

use crate::domain::day::{clock_minutes, show_clock};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::domain::week::Band;
use crate::store::Write;
use crate::store::intake::Intake;
use crate::store::week::Whose;

use super::super::error::Result;
use super::super::meetings::Diary;
use super::super::mine;
use super::super::week::{self, WeekView};
use super::super::workspace::Settings;
use super::Triage;
use super::room::{self, Gap};

/// Whose week, the meetings in it, and which day it is.
pub type At<'a> = (&'a Settings, &'a Diary<'a>, NaiveDate);

/// Moves the unlogged blocks of what gives way into the free time after the week.
pub fn move_blocks(
    write: &Write<'_>,
    triage: &Triage,
    (settings, diary, today): At<'_>,
) -> Result<()> {
    let seen = week::beside(write, (settings, diary), triage.week, today)?;
    let mut gaps = room::after(write, &seen, diary, triage.freed())?;
    for slip in &triage.displaced {
        let blocks = room::unlogged(&seen);
        for (block, minutes) in blocks.iter().filter(|(one, _)| one.serves == Some(slip.what.id)) {
            let pieces = room::take(&mut gaps, *minutes);
            move_block(write, block.id, *minutes, &pieces)?;
        }
    }
    Ok(())
}

/// Cuts what was not logged off a block and puts it where there is room; a block of which nothing
/// was logged moves as it is.
fn move_block(write: &Write<'_>, id: ItemId, minutes: i64, pieces: &[Gap]) -> Result<()> {
    let Some(before) = write.items(&[id])?.pop() else { return Ok(()) };
    let logged = before.whole("minutes").unwrap_or(0) - minutes;
    let mut rest = pieces.iter();
    let mut kept = before.clone();
    if logged > 0 {
        kept.set("minutes", Value::Whole(logged));
    } else if let Some(first) = rest.next() {
        lay(&mut kept, *first);
    } else {
        // No room in months: it stays planned nowhere.
        kept.set("state", Value::Text("dropped".to_owned()));
    }
    write.update(&before, &kept)?;
    for piece in rest {
        let mut block = copied(write, &before)?;
        lay(&mut block, *piece);
        write.insert(&block)?;
    }
    Ok(())
}

fn lay(block: &mut Item, gap: Gap) {
    block.set("on", Value::Day(gap.day));
    block.set("at", Value::Text(show_clock(gap.at)));
    block.set("minutes", Value::Whole(gap.minutes));
}

fn copied(write: &Write<'_>, block: &Item) -> Result<Item> {
    let id = ItemId(write.new_id());
    let mut copy = Item::new(id, write.next_ref(Kind::Block)?, write.at, &write.actor);
    for (field, value) in block.entries() {
        copy.set(field.name, value.clone());
    }
    Ok(copy)
}

/// The blocks that were planned for a request already are those of the work that it becomes; how
/// much of them lies ahead in the week that it was asked for.
pub fn taken_over(
    write: &Write<'_>,
    (request, work): (&Item, &Item),
    triage: &Triage,
    (settings, _, today): At<'_>,
) -> Result<i64> {
    let first = triage.week.monday().min(today);
    let last = triage.week.sunday().max(today) + Days::new(room::AHEAD);
    let whose = Whose::Mine(mine::me(write, settings)?);
    let mut ahead = 0;
    for block in write.time(Kind::Block, (first, last), whose)? {
        if block.serves != Some(request.id) {
            continue;
        }
        for before in write.items(&[block.id])? {
            let mut after = before.clone();
            after.set("for", Value::Item(work.id));
            write.update(&before, &after)?;
        }
        let counts = block.on >= today && block.on <= triage.week.sunday();
        ahead += if counts { block.minutes } else { 0 };
    }
    Ok(ahead)
}

/// Plans reactive time for the work: kept blocks first, then free time, until the day it is wanted.
pub fn for_work(
    write: &Write<'_>,
    work: &Item,
    estimate: i64,
    triage: &Triage,
    (settings, diary, today): At<'_>,
) -> Result<()> {
    if estimate <= 0 {
        return Ok(());
    }
    mine::made(write, settings)?;
    let seen = week::beside(write, (settings, diary), triage.week, today)?;
    let begin = today.max(triage.week.monday());
    let wanted = work.day("due").filter(|day| *day >= begin && triage.week.holds(*day));
    let until = wanted.unwrap_or_else(|| triage.week.sunday());
    let mut left = estimate - from_kept(write, work, estimate, &seen, (begin, until))?;
    if left > 0 {
        let tomorrow = begin.max(today.succ_opt().unwrap_or(today));
        let mut gaps = room::gaps(&seen.planned, seen.terms, tomorrow, until);
        gaps.retain(|gap| gap.minutes >= 15);
        for gap in room::take(&mut gaps, left) {
            let mut block = reactive(write, work, seen.terms.me)?;
            lay(&mut block, gap);
            write.insert(&block)?;
            left -= gap.minutes;
        }
    }
    if left > 0 {
        // Some time that day, beside all else: the week is over its capacity and says so.
        let mut block = reactive(write, work, seen.terms.me)?;
        block.set("on", Value::Day(wanted.unwrap_or(begin)));
        block.set("minutes", Value::Whole(left.min(24 * 60)));
        write.insert(&block)?;
    }
    Ok(())
}

/// Takes the time from the blocks that were kept for requests; how much that gave.
fn from_kept(
    write: &Write<'_>,
    work: &Item,
    estimate: i64,
    seen: &WeekView,
    (begin, until): (NaiveDate, NaiveDate),
) -> Result<i64> {
    let mut given = 0;
    let kept = seen.planned.iter().filter(|block| {
        block.band == Band::Reactive
            && block.serves.is_none()
            && block.on >= begin
            && block.on <= until
    });
    for kept in kept {
        if given >= estimate {
            break;
        }
        let piece = kept.minutes.min(estimate - given);
        let Some(before) = write.items(&[kept.id])?.pop() else { continue };
        let mut after = before.clone();
        if piece == kept.minutes {
            after.set("title", work.get("title").clone());
            after.set("for", Value::Item(work.id));
        } else {
            // The rest stays kept, after the piece.
            let at = clock_minutes(before.text("at"));
            after.set("minutes", Value::Whole(kept.minutes - piece));
            if let Some(at) = at {
                after.set("at", Value::Text(show_clock(at + piece)));
            }
            let mut block = reactive(write, work, seen.terms.me)?;
            block.set("on", Value::Day(kept.on));
            block.set("at", before.get("at").clone());
            block.set("minutes", Value::Whole(piece));
            write.insert(&block)?;
        }
        write.update(&before, &after)?;
        given += piece;
    }
    Ok(given)
}

fn reactive(write: &Write<'_>, work: &Item, me: Option<ItemId>) -> Result<Item> {
    let id = ItemId(write.new_id());
    let mut block = Item::new(id, write.next_ref(Kind::Block)?, write.at, &write.actor);
    block.set("title", work.get("title").clone());
    block.set("for", Value::Item(work.id));
    block.set("band", Value::Text(Band::Reactive.slug().to_owned()));
    block.set("source", Value::Text("manual".to_owned()));
    block.set("person", me.map_or(Value::Nothing, Value::Item));
    Ok(block)
}
