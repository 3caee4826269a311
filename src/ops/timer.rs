//! The timer: one runs at a time, kept as a setting, so that it survives a crash and any step of it
//! can be undone. What it logs is only what can be believed; else it asks.

use crate::domain::zone::Zone;
use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use serde_json::{Value as Json, json};

use crate::domain::day::{show_clock, show_minutes};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::week::Span;
use crate::domain::week::span::Piece;
use crate::domain::week::timer::{Choice, Doubt, Patience, doubt, settle};
use crate::domain::week::zone;
use crate::store::Write;

use super::error::Result;
use super::mine;
use super::op::Outcome;
use super::stretch;
use super::workspace::{Settings, Workspace};

/// The setting under which the running timer is kept.
const TIMER: &str = "timer";

/// The setting that holds the timer of a person; of nobody where nobody is named here.
fn key(whose: Option<ItemId>) -> String {
    whose.map_or_else(|| TIMER.to_owned(), |person| format!("{TIMER}.{person}"))
}
const STORED: &str = "%Y-%m-%dT%H:%M";

/// A timer that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    /// What it runs for, when that is an item.
    pub item: Option<ItemId>,
    pub title: String,
    /// On the wall clock.
    pub started: NaiveDateTime,
    /// The instant, where the clock told it; an hour that comes twice is not told by the wall.
    pub since: Option<DateTime<Utc>>,
}

/// A timer that cannot be believed as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubted {
    pub timer: Timer,
    /// When it was asked about.
    pub now: NaiveDateTime,
    /// Minutes that it has run by then.
    pub ran: i64,
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
        let since = self.since.map(|since| since.naive_utc().format(STORED).to_string());
        json!({
            "item": item, "title": self.title,
            "started": self.started.format(STORED).to_string(), "since": since,
        })
        .to_string()
    }

    fn read(value: &str) -> Option<Self> {
        let told: Json = serde_json::from_str(value).ok()?;
        Some(Self {
            item: told["item"].as_str().and_then(|id| id.parse().ok()),
            title: told["title"].as_str()?.to_owned(),
            started: NaiveDateTime::parse_from_str(told["started"].as_str()?, STORED).ok()?,
            since: told["since"]
                .as_str()
                .and_then(|since| NaiveDateTime::parse_from_str(since, STORED).ok())
                .map(|since| since.and_utc()),
        })
    }

    /// The moment that a time of day means as its end: of the day on which it began, or of the next
    /// for one that ran over midnight.
    ///
    /// # Errors
    /// A time before it began.
    pub fn ended_at(
        &self,
        minutes: i64,
        now: NaiveDateTime,
    ) -> std::result::Result<NaiveDateTime, Refusal> {
        let on = |days: i64| {
            self.started.date().and_time(NaiveTime::MIN)
                + chrono::Duration::minutes(days * 24 * 60 + minutes)
        };
        let found = if on(0) >= self.started { on(0) } else { on(1) };
        Some(found).filter(|end| *end == on(0) || *end <= now).ok_or_else(|| {
            let (typed, began) = (show_clock(minutes), self.started.format("%a %-d %b %H:%M"));
            Refusal::input(format!("the timer began at {began}, and {typed} was not since"))
                .hint("nothing was logged; --discard drops its time")
        })
    }

    /// When it began.
    fn instant(&self, zone: Zone) -> DateTime<Utc> {
        self.since.unwrap_or_else(|| zone::instant(self.started, zone))
    }

    /// Minutes that really passed by an instant, whatever the clocks on the wall did meanwhile.
    fn minutes(&self, now: DateTime<Utc>, zone: Zone) -> i64 {
        Span::between(self.instant(zone), now).minutes
    }
}

/// The instant of the clock, where the wall of the zone shows what it is said to.
pub(super) fn told(
    local: NaiveDateTime,
    clock: DateTime<Utc>,
    zone: Zone,
) -> Option<DateTime<Utc>> {
    let minute = |at: NaiveDateTime| at.format(STORED).to_string();
    (minute(zone::wall(clock, zone)) == minute(local)).then_some(clock)
}

/// The instant of a wall clock: that of the clock where it tells, for an hour may come twice.
fn now_of(local: NaiveDateTime, clock: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
    told(local, clock, zone).unwrap_or_else(|| zone::instant(local, zone))
}

impl Workspace {
    /// The timer that runs.
    ///
    /// # Errors
    /// A storage error.
    pub fn timer(&self) -> Result<Option<Timer>> {
        let own = key(mine::me(&self.store, &self.settings)?);
        for name in [own.as_str(), TIMER] {
            if let Some(timer) = self.store.setting(name)?.as_deref().and_then(Timer::read) {
                return Ok(Some(timer));
            }
        }
        Ok(None)
    }

    /// The timer that runs, when its time cannot be believed as it is.
    ///
    /// # Errors
    /// A storage error.
    pub fn doubted_timer(&self) -> Result<Option<Doubted>> {
        let now = self.clock.local();
        let Some(timer) = self.timer()? else { return Ok(None) };
        let zone = self.settings.zone;
        let at = now_of(now, self.clock.now(), zone);
        let ran = timer.minutes(at, zone);
        let why = doubt_of(&timer, at, zone).map(Doubt::words);
        Ok(why.map(|why| Doubted { timer, now, ran, why }))
    }

    /// Minutes that a timer has run by now.
    #[must_use]
    pub fn timed(&self, timer: &Timer) -> i64 {
        let zone = self.settings.zone;
        timer.minutes(now_of(self.clock.local(), self.clock.now(), zone), zone)
    }
}

/// The timer of this person, else one that was started before timers had a name; and its setting.
fn running(write: &Write<'_>, whose: Option<ItemId>) -> Result<Option<(String, Timer)>> {
    let kept = write.settings()?;
    let of = |name: String| {
        let found = kept.iter().find(|(known, _)| *known == name);
        found.and_then(|(_, value)| Timer::read(value)).map(|timer| (name, timer))
    };
    Ok(of(key(whose)).or_else(|| of(TIMER.to_owned())))
}

/// Who works in another program gives no sign of life here: only what is too long, over night or
/// against the clock is doubted.
fn doubt_of(timer: &Timer, now: DateTime<Utc>, zone: Zone) -> Option<Doubt> {
    let patience = Patience { idle: Patience::default().longest, ..Patience::default() };
    let started = timer.instant(zone);
    doubt(started, started, now, zone, patience)
}

pub(super) fn start(write: &Write<'_>, timer: &Timer, settings: &Settings) -> Result<Outcome> {
    let (whose, notices) = mine::made(write, settings)?;
    if let Some((_, other)) = running(write, whose)? {
        let since = other.started.format("%H:%M");
        return Err(Refusal::input(format!("a timer runs since {since}: {}", other.title))
            .hint("prewire timer stop")
            .into());
    }
    write.set_setting(&key(whose), Some(&timer.written()))?;
    let label = format!("timer started: {}", timer.title);
    Ok(Outcome { label, items: timer.item.into_iter().collect(), notices })
}

pub(super) fn stop(
    write: &Write<'_>,
    now: NaiveDateTime,
    ending: Ending,
    settings: &Settings,
) -> Result<Outcome> {
    let zone = settings.zone;
    let (whose, notices) = mine::made(write, settings)?;
    let Some((name, timer)) = running(write, whose)? else {
        return Err(Refusal::input("no timer runs").hint("prewire timer start a4").into());
    };
    let (started, at) = (timer.instant(zone), now_of(now, write.at, zone));
    let choice = match ending {
        Ending::Believed => match doubt_of(&timer, at, zone) {
            Some(doubt) => {
                let ran = show_minutes(timer.minutes(at, zone));
                let since = timer.started.format("%a %-d %b %H:%M");
                let what = format!("{}, {ran} since {since}", doubt.words());
                return Err(Refusal::input(what)
                    .hint("nothing was logged; end it with --keep, --until HH:MM or --discard")
                    .into());
            }
            None => Choice::Keep,
        },
        Ending::Keep => Choice::Keep,
        Ending::Until(until) if until < timer.started => {
            let began = timer.started.format("%a %-d %b %H:%M");
            return Err(Refusal::input(format!("it cannot have ended before it began, {began}"))
                .hint("nothing was logged; --discard drops its time")
                .into());
        }
        Ending::Until(until) => Choice::Until(zone::instant(until, zone).max(started)),
        Ending::Discard => Choice::Discard,
    };
    write.set_setting(&name, None)?;
    let Some(span) = settle(started, at, choice) else {
        let label = format!("timer ended, nothing logged: {}", timer.title);
        return Ok(Outcome { label, items: Vec::new(), notices: Vec::new() });
    };
    if span.minutes > stretch::LONGEST {
        let what = format!("{} in one go is more than a week", show_minutes(span.minutes));
        return Err(Refusal::input(what).hint("end it with --until HH:MM or --discard").into());
    }
    let mut items = Vec::new();
    // Cut where civil days end, on the wall of the zone: days with a change of the clocks too.
    for piece in span.by_day(zone) {
        let mut entry = entry(write, &timer, piece, zone)?;
        entry.set("person", whose.map_or(Value::Nothing, Value::Item));
        write.insert(&entry)?;
        items.push(entry.id);
    }
    let label = format!("logged {}: {}", show_minutes(span.minutes), timer.title);
    Ok(Outcome { label, items, notices })
}

fn entry(write: &Write<'_>, timer: &Timer, piece: Piece, zone: Zone) -> Result<Item> {
    let mut item =
        Item::new(ItemId(write.new_id()), write.next_ref(Kind::Entry)?, write.at, &write.actor);
    let began = zone::wall(piece.span.start, zone).time();
    let at = i64::from(chrono::Timelike::num_seconds_from_midnight(&began)) / 60;
    item.set("title", Value::Text(timer.title.clone()));
    item.set("on", Value::Day(piece.day));
    item.set("at", Value::Text(show_clock(at)));
    item.set("minutes", Value::Whole(piece.span.minutes));
    // Purged meanwhile: what it was for stands in its title.
    let work = timer.item.map(|id| write.items(&[id])).transpose()?.into_iter().flatten().next();
    item.set("for", work.map_or(Value::Nothing, |work| Value::Item(work.id)));
    item.set("source", Value::Text("timer".to_owned()));
    stretch::complete(write, &mut item)?;
    Ok(item)
}
