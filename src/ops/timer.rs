//! The timer: one runs at a time, kept as a setting, so that it survives a crash and any step of it
//! can be undone. What it logs is only what can be believed; else it asks.

use crate::domain::zone::Zone;
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use serde_json::{Value as Json, json};

use crate::domain::day::{show_clock, show_minutes};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::week::Span;
use crate::domain::week::timer::{Choice, Doubt, Patience, doubt, settle};
use crate::store::Write;

use super::error::Result;
use super::op::Outcome;
use super::stretch;
use super::workspace::Workspace;

/// The setting under which the running timer is kept.
const TIMER: &str = "timer";
const STORED: &str = "%Y-%m-%dT%H:%M";

/// A timer that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    /// What it runs for, when that is an item.
    pub item: Option<ItemId>,
    pub title: String,
    /// On the wall clock.
    pub started: NaiveDateTime,
}

/// A timer that cannot be believed as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubted {
    pub timer: Timer,
    /// When it was asked about.
    pub now: NaiveDateTime,
    pub why: &'static str,
}

/// What becomes of the time of a timer that is doubted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// As it is, when it can be believed.
    Believed,
    Keep,
    /// Up to this moment of the wall clock.
    Until(NaiveDateTime),
    Discard,
}

impl Timer {
    fn written(&self) -> String {
        let item = self.item.map(|id| id.to_string());
        json!({ "item": item, "title": self.title, "started": self.started.format(STORED).to_string() })
            .to_string()
    }

    fn read(value: &str) -> Option<Self> {
        let told: Json = serde_json::from_str(value).ok()?;
        Some(Self {
            item: told["item"].as_str().and_then(|id| id.parse().ok()),
            title: told["title"].as_str()?.to_owned(),
            started: NaiveDateTime::parse_from_str(told["started"].as_str()?, STORED).ok()?,
        })
    }

    /// Minutes that it has run by now.
    #[must_use]
    pub fn minutes(&self, now: NaiveDateTime) -> i64 {
        Span::between(utc(self.started), utc(now)).minutes
    }
}

/// The wall clock read as if it were UTC: only differences are taken of it.
fn utc(local: NaiveDateTime) -> DateTime<Utc> {
    Utc.from_utc_datetime(&local)
}

impl Workspace {
    /// The timer that runs.
    ///
    /// # Errors
    /// A storage error.
    pub fn timer(&self) -> Result<Option<Timer>> {
        Ok(self.store.setting(TIMER)?.as_deref().and_then(Timer::read))
    }

    /// The timer that runs, when its time cannot be believed as it is.
    ///
    /// # Errors
    /// A storage error.
    pub fn doubted_timer(&self) -> Result<Option<Doubted>> {
        let now = self.clock.local();
        let Some(timer) = self.timer()? else { return Ok(None) };
        let why = doubt_of(&timer, now).map(Doubt::words);
        Ok(why.map(|why| Doubted { timer, now, why }))
    }
}

fn running(write: &Write<'_>) -> Result<Option<Timer>> {
    let kept = write.settings()?.into_iter().find(|(name, _)| name == TIMER);
    Ok(kept.and_then(|(_, value)| Timer::read(&value)))
}

/// Who works in another program gives no sign of life here: only what is too long, over night or
/// against the clock is doubted.
fn doubt_of(timer: &Timer, now: NaiveDateTime) -> Option<Doubt> {
    let patience = Patience { idle: Patience::default().longest, ..Patience::default() };
    let started = utc(timer.started);
    doubt(started, started, utc(now), Zone::UTC, patience)
}

pub(super) fn start(write: &Write<'_>, timer: &Timer) -> Result<Outcome> {
    if let Some(other) = running(write)? {
        let since = other.started.format("%H:%M");
        return Err(Refusal::input(format!("a timer runs since {since}: {}", other.title))
            .hint("prewire timer stop")
            .into());
    }
    write.set_setting(TIMER, Some(&timer.written()))?;
    let label = format!("timer started: {}", timer.title);
    Ok(Outcome { label, items: timer.item.into_iter().collect(), notices: Vec::new() })
}

pub(super) fn stop(write: &Write<'_>, now: NaiveDateTime, ending: Ending) -> Result<Outcome> {
    let Some(timer) = running(write)? else {
        return Err(Refusal::input("no timer runs").hint("prewire timer start a4").into());
    };
    let (started, at) = (utc(timer.started), utc(now));
    let choice = match ending {
        Ending::Believed => match doubt_of(&timer, now) {
            Some(doubt) => {
                let ran = show_minutes(timer.minutes(now));
                let since = timer.started.format("%a %-d %b %H:%M");
                let what = format!("{}, {ran} since {since}", doubt.words());
                return Err(Refusal::input(what)
                    .hint("nothing was logged; end it with --keep, --until HH:MM or --discard")
                    .into());
            }
            None => Choice::Keep,
        },
        Ending::Keep => Choice::Keep,
        Ending::Until(until) => Choice::Until(utc(until)),
        Ending::Discard => Choice::Discard,
    };
    write.set_setting(TIMER, None)?;
    let Some(span) = settle(started, at, choice) else {
        let label = format!("timer ended, nothing logged: {}", timer.title);
        return Ok(Outcome { label, items: Vec::new(), notices: Vec::new() });
    };
    let mut entry = entry(write, &timer, span)?;
    let over = stretch::cut(write, &mut entry)?;
    write.insert(&entry)?;
    stretch::insert(write, &over)?;
    let label = format!("logged {}: {}", show_minutes(span.minutes), timer.title);
    let items = std::iter::once(entry.id).chain(over.iter().map(|piece| piece.id)).collect();
    Ok(Outcome { label, items, notices: Vec::new() })
}

fn entry(write: &Write<'_>, timer: &Timer, span: Span) -> Result<Item> {
    let mut item =
        Item::new(ItemId(write.new_id()), write.next_ref(Kind::Entry)?, write.at, &write.actor);
    let at = i64::from(chrono::Timelike::num_seconds_from_midnight(&timer.started)) / 60;
    item.set("title", Value::Text(timer.title.clone()));
    item.set("on", Value::Day(timer.started.date()));
    item.set("at", Value::Text(show_clock(at)));
    item.set("minutes", Value::Whole(span.minutes));
    // Purged meanwhile: what it was for stands in its title.
    let work = timer.item.map(|id| write.items(&[id])).transpose()?.into_iter().flatten().next();
    item.set("for", work.map_or(Value::Nothing, |work| Value::Item(work.id)));
    item.set("source", Value::Text("timer".to_owned()));
    stretch::complete(write, &mut item)?;
    Ok(item)
}
