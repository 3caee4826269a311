//! Filling the gaps of a week from the calendar in one pass: what was a meeting and was not logged
//! becomes an entry, as far as nothing else was logged meanwhile. It is unclassified, with its
//! guess, unless the meeting has a band.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::day::{clock_minutes, show_clock, show_minutes};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::week::share::apportion;
use crate::domain::week::stretch::{Stretch, Whence};
use crate::domain::week::{Band, Week};
use crate::store::Write;
use crate::store::bulk::Bulk;
use crate::store::origin::OriginRow;

use super::super::edit::present;
use super::super::error::Result;
use super::super::mine;
use super::super::op::Outcome;
use super::super::workspace::{Settings, Workspace};
use super::{WeekView, within};

/// Under which instances of meetings are remembered that became entries, so that one that was
/// thrown away does not come back.
const SOURCE: &str = "meeting";

/// Minutes of a meeting at least that are asked about when the rest of it was logged.
const LEAST: i64 = 10;

/// A stretch of a meeting that nothing was logged over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub meeting: Stretch,
    pub at: i64,
    pub minutes: i64,
}

/// When an instance of a meeting was, as far as it is told: a day, a time, how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instance {
    pub on: NaiveDate,
    pub at: i64,
    pub minutes: i64,
}

impl Gap {
    #[must_use]
    pub fn instance(&self) -> Instance {
        Instance { on: self.meeting.on, at: self.at, minutes: self.minutes }
    }

    /// `q3/2026-05-05T09:30+45`: the instance by a name, for lines that are about it.
    #[must_use]
    pub fn name(&self) -> String {
        let Instance { on, at, minutes } = self.instance();
        format!("{}/{on}T{}+{minutes}", self.meeting.reference, show_clock(at))
    }
}

impl Instance {
    /// The instance of such a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (_, rest) = name.split_once('/')?;
        let (on, rest) = rest.split_once('T')?;
        let (at, minutes) = rest.split_once('+')?;
        let at = clock_minutes(at)?;
        Some(Self { on: on.parse().ok()?, at, minutes: minutes.parse().ok()? })
    }

    /// Under which an instance of a meeting is remembered.
    fn key(self, meeting: ItemId) -> String {
        format!("{meeting}/{}T{}", self.on, show_clock(self.at))
    }
}

/// The gaps of a week up to a moment.
#[must_use]
pub fn gaps(seen: &WeekView, now: NaiveDateTime) -> Vec<Gap> {
    between(&seen.planned, &seen.lived, now)
}

/// What of the meetings among these nothing was logged over, up to a moment. Time that several claim
/// is shared evenly among them, one after the other; one that was logged in part leaves it to those
/// of which nothing was.
#[must_use]
pub fn between(planned: &[Stretch], lived: &[Stretch], now: NaiveDateTime) -> Vec<Gap> {
    let met: Vec<Claim<'_>> = planned.iter().filter_map(|one| Claim::of(one, lived, now)).collect();
    let mut pieces: Vec<Vec<(i64, i64)>> = vec![Vec::new(); met.len()];
    let mut days: Vec<NaiveDate> = met.iter().map(|claim| claim.meeting.on).collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        let of_day = || met.iter().enumerate().filter(|(_, claim)| claim.meeting.on == day);
        let mut edges: Vec<i64> = of_day()
            .flat_map(|(_, one)| one.free.iter().flat_map(|(from, to)| [*from, *to]))
            .collect();
        edges.sort_unstable();
        edges.dedup();
        for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
            let claim = |(_, one): &(usize, &Claim<'_>)| one.claims(*from, *to);
            let mut who: Vec<(usize, &Claim<'_>)> = of_day().filter(claim).collect();
            if who.iter().any(|(_, one)| !one.is_begun) {
                who.retain(|(_, one)| !one.is_begun);
            }
            let mut at = *from;
            for ((place, _), minutes) in who.iter().zip(apportion(to - from, &vec![1; who.len()])) {
                extend(&mut pieces[*place], (at, at + minutes));
                at += minutes;
            }
        }
    }
    let found = met.iter().zip(pieces).flat_map(|(claim, pieces)| {
        let asked = move |(from, to): &(i64, i64)| to - from >= LEAST || !claim.is_begun;
        let gap = |(from, to)| Gap { meeting: claim.meeting.clone(), at: from, minutes: to - from };
        pieces.into_iter().filter(asked).map(gap)
    });
    found.collect()
}

/// A meeting that is over, and what of it nothing was logged over.
struct Claim<'a> {
    meeting: &'a Stretch,
    free: Vec<(i64, i64)>,
    /// Whether something was logged over a part of it.
    is_begun: bool,
}

impl<'a> Claim<'a> {
    fn of(meeting: &'a Stretch, lived: &[Stretch], now: NaiveDateTime) -> Option<Self> {
        let (start, end) = meeting.at.zip(meeting.end())?;
        let over = meeting.on.and_time(NaiveTime::MIN) + chrono::Duration::minutes(end);
        if meeting.whence != Whence::Calendar || over > now {
            return None;
        }
        let same_day = lived.iter().filter(|one| one.on == meeting.on);
        let mut busy: Vec<(i64, i64)> = same_day
            .filter_map(|one| one.at.zip(one.end()))
            .filter(|(from, to)| *from < end && start < *to)
            .collect();
        busy.sort_unstable();
        let is_begun = !busy.is_empty();
        let (mut free, mut at) = (Vec::new(), start);
        for (from, to) in busy.into_iter().chain([(end, end)]) {
            if from.min(end) > at {
                free.push((at, from.min(end)));
            }
            at = at.max(to);
        }
        Some(Self { meeting, free, is_begun })
    }

    fn claims(&self, from: i64, to: i64) -> bool {
        self.free.iter().any(|(start, end)| *start <= from && to <= *end)
    }
}

/// Adds a piece, to the one before where they touch.
fn extend(pieces: &mut Vec<(i64, i64)>, piece: (i64, i64)) {
    if piece.0 == piece.1 {
        return;
    }
    match pieces.last_mut() {
        Some(last) if last.1 == piece.0 => last.1 = piece.1,
        _ => pieces.push(piece),
    }
}

/// Writes an entry for each gap.
pub(in crate::ops) fn write_entries(
    write: &Write<'_>,
    week: Week,
    settings: &Settings,
    now: NaiveDateTime,
) -> Result<Outcome> {
    let seen = within(write, settings, week, now.date())?;
    let (whose, notices) = mine::made(write, settings)?;
    let mut made = Vec::new();
    let mut minutes = 0;
    for gap in gaps(&seen, now) {
        let instance = gap.instance();
        if write.origin(SOURCE, &instance.key(gap.meeting.id))?.is_some() {
            continue;
        }
        let meeting = present(write, &[gap.meeting.id])?.swap_remove(0);
        let mut entry = entry(write, &meeting, instance)?;
        entry.set("title", Value::Text(gap.meeting.title.clone()));
        entry.set("person", whose.map_or(Value::Nothing, Value::Item));
        write.insert(&entry)?;
        remember(write, gap.meeting.id, instance, entry.id)?;
        minutes += gap.minutes;
        made.push(entry.id);
    }
    if made.is_empty() {
        return Err(Refusal::input(format!("{week} has no meetings that are not logged")).into());
    }
    let label = format!("logged {} of meetings in {week}", show_minutes(minutes));
    Ok(Outcome { label, items: made, notices })
}

/// An entry of an instance of a meeting, in its band when it has one; not written yet.
pub(super) fn entry(write: &Write<'_>, meeting: &Item, instance: Instance) -> Result<Item> {
    let mut item =
        Item::new(ItemId(write.new_id()), write.next_ref(Kind::Entry)?, write.at, &write.actor);
    item.set("on", Value::Day(instance.on));
    item.set("at", Value::Text(show_clock(instance.at)));
    item.set("minutes", Value::Whole(instance.minutes));
    item.set("source", Value::Text("calendar".to_owned()));
    for name in ["title", "for"] {
        item.set(name, meeting.get(name).clone());
    }
    let band = meeting.text("band");
    if !band.is_empty() && band != Band::Unclassified.slug() {
        item.set("band", Value::Text(band.to_owned()));
    }
    Ok(item)
}

/// Takes note of what an instance of a meeting became, or that it was none.
pub(super) fn remember(
    write: &Write<'_>,
    meeting: ItemId,
    instance: Instance,
    became: ItemId,
) -> Result<()> {
    let row = OriginRow {
        source: SOURCE.to_owned(),
        external_id: instance.key(meeting),
        item: became,
        digest: String::new(),
    };
    Ok(write.add_origin(&row.as_new())?)
}

impl Workspace {
    /// The meetings between two days that nothing was logged over and nobody has spoken of.
    ///
    /// # Errors
    /// A storage error.
    pub fn unlogged_meetings(
        &self,
        days: (NaiveDate, NaiveDate),
        lived: &[Stretch],
    ) -> Result<Vec<Gap>> {
        let met = self.meetings(days)?.stretches;
        let mut gaps = between(&met, lived, self.clock.local());
        let mut known = Vec::new();
        for gap in &gaps {
            let key = gap.instance().key(gap.meeting.id);
            known.push(self.store.origin_of(SOURCE, &key)?.is_some());
        }
        let mut known = known.into_iter();
        gaps.retain(|_| known.next() == Some(false));
        Ok(gaps)
    }
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
