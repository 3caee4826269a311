//! A week for machines: its figures, and what was planned and lived.

use serde_json::{Value as Json, json};

use crate::domain::day;
use crate::domain::week::stretch::{Stretch, Whence};
use crate::domain::week::{Band, Tally};
use crate::ops::week::WeekView;

use super::corrected;

/// Minutes by band.
pub fn minutes(tally: &Tally) -> Json {
    Band::ALL.into_iter().map(|band| (band.slug().to_owned(), json!(tally.of(band)))).collect()
}

/// A week for machines.
pub fn of(seen: &WeekView) -> Json {
    let (low, high) = seen.actual.reactive_interval();
    let share = |share: crate::domain::week::share::Share| {
        share.in_parts(1_000).map(Json::from).unwrap_or_default()
    };
    let line = |one: &Stretch| {
        json!({
            "ref": one.reference.to_string(), "title": one.title, "on": one.on.to_string(),
            "at": one.at.map(day::show_clock), "minutes": one.minutes, "band": one.band.slug(),
            "guess": one.guess.map(Band::slug), "mode": one.mode, "horizon": one.horizon,
            "source": one.source,
        })
    };
    let of = |whence: Whence| -> Vec<Json> {
        seen.planned.iter().filter(|one| one.whence == whence).map(line).collect()
    };
    json!({
        "ref": seen.week.to_string(),
        "title": seen.title(),
        "state": if seen.closed.is_some() { "closed" } else { "open" },
        "from": seen.week.monday().to_string(),
        "to": seen.week.sunday().to_string(),
        "available": seen.available,
        "leave": seen.leave,
        "planned": minutes(&seen.plan),
        "lived": minutes(&seen.actual),
        "execution_without_bet": seen.unlinked,
        "reactive_low_permille": share(low),
        "reactive_high_permille": share(high),
        "reactive_left": seen.left,
        "verdict": seen.verdict.slug(),
        "words": seen.words(),
        "closed_on": seen.closed.as_ref().map(|closed| closed.on.to_string()),
        "corrected_on": seen.closed.as_ref().and_then(|closed| corrected(closed).map(|both| both.0)),
        "correction": seen.closed.as_ref().and_then(|closed| corrected(closed).map(|both| both.1)),
        "since_closing": seen.closed.as_ref().map(|_| -> Json {
            let changed = seen.since_closing().into_iter();
            changed.map(|(band, minutes)| (band.slug().to_owned(), json!(minutes))).collect()
        }),
        "meetings_not_followed": seen.broken,
        "meeting_minutes": seen.capacity().meetings,
        "beyond_plan_minutes": seen.capacity().beyond,
        "free": seen.capacity().left(),
        "free_ahead": seen.ahead.map(|ahead| seen.capacity().free(Some(ahead))),
        "capacity": seen.room(),
        "blocks": of(Whence::Person),
        "meetings": of(Whence::Calendar),
        "entries": seen.lived.iter().map(line).collect::<Vec<_>>(),
    })
}
