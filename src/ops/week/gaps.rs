//! Filling the gaps of a week from the calendar in one pass: what was a meeting and was not logged
//! becomes an entry, as far as nothing else was logged meanwhile. It is unclassified, with its
//! guess, unless the meeting has a band.

use chrono::{NaiveDateTime, NaiveTime};

use crate::domain::day::{show_clock, show_minutes};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::week::stretch::{Stretch, Whence};
use crate::domain::week::{Band, Week};
use crate::store::Write;
use crate::store::origin::OriginRow;

use super::super::error::Result;
use super::super::op::Outcome;
use super::super::workspace::Settings;
use super::{WeekView, within};

/// Under which instances of meetings are remembered that became entries, so that one that was
/// thrown away does not come back.
const SOURCE: &str = "meeting";

/// A stretch of a meeting that nothing was logged over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub meeting: Stretch,
    pub at: i64,
    pub minutes: i64,
}

/// The gaps of a week up to a moment.
#[must_use]
pub fn gaps(seen: &WeekView, now: NaiveDateTime) -> Vec<Gap> {
    let mut taken: Vec<(chrono::NaiveDate, i64, i64)> =
        seen.lived.iter().filter_map(|one| Some((one.on, one.at?, one.end()?))).collect();
    let mut found = Vec::new();
    for meeting in seen.planned.iter().filter(|one| one.whence == Whence::Calendar) {
        let (Some(start), Some(end)) = (meeting.at, meeting.end()) else { continue };
        let over = meeting.on.and_time(NaiveTime::MIN) + chrono::Duration::minutes(end);
        if over > now {
            continue;
        }
        let mut busy: Vec<(i64, i64)> = taken
            .iter()
            .filter(|(on, from, to)| *on == meeting.on && *from < end && start < *to)
            .map(|(_, from, to)| (*from, *to))
            .collect();
        busy.sort_unstable();
        let mut at = start;
        for (from, to) in busy.into_iter().chain([(end, end)]) {
            if from > at {
                let meeting = meeting.clone();
                found.push(Gap { meeting, at, minutes: from.min(end) - at });
            }
            at = at.max(to);
        }
        // What overlaps it is counted once: the second of two meetings gets the rest.
        taken.push((meeting.on, start, end));
    }
    found
}

/// Writes an entry for each gap.
pub(in crate::ops) fn write_entries(
    write: &Write<'_>,
    week: Week,
    settings: &Settings,
    now: NaiveDateTime,
) -> Result<Outcome> {
    let seen = within(write, settings, week, now.date())?;
    let mut made = Vec::new();
    let mut minutes = 0;
    for gap in gaps(&seen, now) {
        let external_id = key(&gap);
        if write.origin(SOURCE, &external_id)?.is_some() {
            continue;
        }
        let entry = entry(write, &gap)?;
        write.insert(&entry)?;
        write.add_origin(
            &OriginRow {
                source: SOURCE.to_owned(),
                external_id,
                item: entry.id,
                digest: String::new(),
            }
            .as_new(),
        )?;
        minutes += gap.minutes;
        made.push(entry.id);
    }
    if made.is_empty() {
        return Err(Refusal::input(format!("{week} has no meetings that are not logged")).into());
    }
    let label = format!("logged {} of meetings in {week}", show_minutes(minutes));
    Ok(Outcome { label, items: made, notices: Vec::new() })
}

fn key(gap: &Gap) -> String {
    format!("{}/{}T{}", gap.meeting.id, gap.meeting.on, show_clock(gap.at))
}

fn entry(write: &Write<'_>, gap: &Gap) -> Result<Item> {
    let mut item =
        Item::new(ItemId(write.new_id()), write.next_ref(Kind::Entry)?, write.at, &write.actor);
    item.set("title", Value::Text(gap.meeting.title.clone()));
    item.set("on", Value::Day(gap.meeting.on));
    item.set("at", Value::Text(show_clock(gap.at)));
    item.set("minutes", Value::Whole(gap.minutes));
    item.set("source", Value::Text("calendar".to_owned()));
    if gap.meeting.band != Band::Unclassified {
        item.set("band", Value::Text(gap.meeting.band.slug().to_owned()));
    }
    item.set("for", gap.meeting.serves.map_or(Value::Nothing, Value::Item));
    Ok(item)
}

/// Takes every guess of a week as it is.
pub(in crate::ops) fn accept(write: &Write<'_>, guesses: &[(ItemId, Band)]) -> Result<Outcome> {
    let mut changed = Vec::new();
    for (id, band) in guesses {
        let Some(before) = write.items(&[*id])?.pop() else { continue };
        if before.text("band") != Band::Unclassified.slug() || before.deleted_at.is_some() {
            continue;
        }
        let mut after = before.clone();
        after.set("band", Value::Text(band.slug().to_owned()));
        write.update(&before, &after)?;
        changed.push(*id);
    }
    if changed.is_empty() {
        return Err(Refusal::input("there is no guess to accept").into());
    }
    let words = if changed.len() == 1 {
        "1 guess".to_owned()
    } else {
        format!("{} guesses", changed.len())
    };
    Ok(Outcome { label: format!("accepted {words}"), items: changed, notices: Vec::new() })
}
