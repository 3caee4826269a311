//! Filling the free time of a week by the targets and the weight of outcomes; what it proposes is
//! written as blocks, as one step that can be taken back.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

use crate::domain::day::{clock_minutes, show_clock, show_minutes};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::week::fill::{Proposed, Room, Wanting, fill};
use crate::domain::week::{Band, Span, Week};
use crate::store::Write;
use crate::store::week::Whose;

use super::super::error::Result;
use super::super::mine;
use super::super::op::Outcome;
use super::super::workspace::Settings;
use super::{WeekView, within};

/// Most assets that are looked at; those further down would not get time anyway.
const MOST: usize = 60;
/// Time is proposed from the next full quarter of an hour.
const GRID: i64 = 15;

pub(in crate::ops) fn write_blocks(
    write: &Write<'_>,
    week: Week,
    settings: &Settings,
    now: NaiveDateTime,
) -> Result<Outcome> {
    let seen = within(write, settings, week, now.date())?;
    if week.sunday() < now.date() {
        return Err(
            Refusal::input(format!("{week} is over; nothing is planned into the past")).into()
        );
    }
    let free = free(&seen, now);
    let room = Room {
        available: seen.available,
        taken: seen.plan + seen.beyond(),
        targets: seen.terms.targets,
    };
    let proposed = fill(&free, &wanting(write, now.date())?, &room);
    if proposed.is_empty() {
        let (from, to) = seen.terms.hours;
        let (what, hint) = if free.is_empty() {
            let hours = format!("{}–{}", show_clock(from), show_clock(to));
            ("has no free time to fill", format!("within {hours} all is over, met or planned"))
        } else {
            ("is planned up to its targets", seen.capacity().words())
        };
        return Err(Refusal::input(format!("{week} {what}")).hint(hint).into());
    }
    let ids: Vec<ItemId> = proposed.iter().filter_map(|one| one.item).collect();
    let titles: HashMap<ItemId, String> =
        write.items(&ids)?.into_iter().map(|item| (item.id, item.title().to_owned())).collect();
    let (whose, notices) = mine::made(write, settings)?;
    let mut made = Vec::new();
    for one in &proposed {
        let mut item = block(write, one, one.item.and_then(|id| titles.get(&id)))?;
        item.set("person", whose.map_or(Value::Nothing, Value::Item));
        write.insert(&item)?;
        made.push(item.id);
    }
    let minutes = proposed.iter().map(|one| one.span.minutes).sum();
    let label = format!("filled {week}: {} blocks, {}", made.len(), show_minutes(minutes));
    Ok(Outcome { label, items: made, notices })
}

fn block(write: &Write<'_>, one: &Proposed, title: Option<&String>) -> Result<Item> {
    let mut item =
        Item::new(ItemId(write.new_id()), write.next_ref(Kind::Block)?, write.at, &write.actor);
    let kept = || match one.band {
        Band::Reactive => "Kept for requests".to_owned(),
        band @ (Band::Strategic | Band::Execution | Band::Off | Band::Unclassified) => {
            let slug = band.slug();
            format!("{}{} work", slug[..1].to_uppercase(), &slug[1..])
        }
    };
    let start = one.span.start.naive_utc();
    let at = i64::from(chrono::Timelike::num_seconds_from_midnight(&start)) / 60;
    item.set("title", Value::Text(title.cloned().unwrap_or_else(kept)));
    item.set("on", Value::Day(start.date()));
    item.set("at", Value::Text(show_clock(at)));
    item.set("minutes", Value::Whole(one.span.minutes));
    item.set("band", Value::Text(one.band.slug().to_owned()));
    item.set("for", one.item.map_or(Value::Nothing, Value::Item));
    item.set("source", Value::Text("fill".to_owned()));
    Ok(item)
}

/// The working hours of the days that are left, less what is planned there.
pub(in crate::ops) fn free(seen: &WeekView, now: NaiveDateTime) -> Vec<Span> {
    let mut spans = Vec::new();
    let clock = clock_minutes(&now.format("%H:%M").to_string()).unwrap_or(0);
    for day in seen
        .week
        .days()
        .filter(|day| *day >= now.date() && day.weekday().num_days_from_monday() < 5)
    {
        let next = (clock + GRID - 1) / GRID * GRID;
        let opens =
            if day == now.date() { next.max(seen.terms.hours.0) } else { seen.terms.hours.0 };
        let away: i64 = seen
            .planned
            .iter()
            .filter(|block| block.on == day && block.band == Band::Off && block.at.is_none())
            .map(|block| block.minutes)
            .sum();
        let mut at = opens;
        let closes = seen.terms.hours.1 - away;
        let taken = seen.planned.iter().filter(|block| block.on == day);
        for (from, to) in taken.filter_map(|block| Some((block.at?, block.end()?))) {
            spans.extend(between(day, at, from.min(closes)));
            at = at.max(to);
        }
        spans.extend(between(day, at, closes));
    }
    spans
}

fn between(day: NaiveDate, from: i64, to: i64) -> Option<Span> {
    let midnight = Utc.from_utc_datetime(&day.and_time(NaiveTime::MIN));
    (to > from).then(|| Span::new(midnight + chrono::Duration::minutes(from), to - from))
}

/// Open assets with an estimate, with what of it is neither logged nor planned.
fn wanting(write: &Write<'_>, today: NaiveDate) -> Result<Vec<Wanting>> {
    let ids = write.open_head(Kind::Asset, MOST)?;
    let items = write.items(&ids)?;
    let spent = spent(write, today)?;
    let mut wanting = Vec::new();
    for item in items {
        let Some(estimate) = item.whole("estimate") else { continue };
        let band = Band::parse(item.text("band")).unwrap_or(Band::Execution);
        let minutes = estimate - spent.get(&item.id).copied().unwrap_or(0);
        if minutes > 0 {
            let weight = write.weight_of(&item)?;
            wanting.push(Wanting { item: item.id, band, weight, minutes, due: item.day("due") });
        }
    }
    Ok(wanting)
}

/// Minutes that went into items lately, or are planned into them from today on.
fn spent(write: &Write<'_>, today: NaiveDate) -> Result<HashMap<ItemId, i64>> {
    let half_a_year = chrono::Duration::days(182);
    let (back, ahead) = (today - half_a_year, today + half_a_year);
    let mut minutes: HashMap<ItemId, i64> = HashMap::new();
    let logged = write.stretches(Kind::Entry, (back, today), Whose::Everybody)?;
    let planned = write.stretches(Kind::Block, (today, ahead), Whose::Everybody)?;
    for one in logged.iter().chain(&planned) {
        if let Some(item) = one.serves {
            *minutes.entry(item).or_default() += one.minutes;
        }
    }
    Ok(minutes)
}
