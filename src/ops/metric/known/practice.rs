//! Figures of how the work goes: time on the way to outcomes, reactive time, how those who matter see
//! it, and what is met of what is done together with others.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::day::{quarter_key, show_minutes};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::Reading;
use crate::domain::metric::period::{Cadence, Period};
use crate::domain::noun::Shelf;
use crate::domain::part::{PartKind, of_kind};
use crate::domain::week::share::Share;
use crate::domain::week::verdict::interval;
use crate::domain::week::{Band, Tally, Week};

use super::super::super::alignment::is_joint;
use super::super::super::error::Result;
use super::super::super::week::{WeekView, spent};
use super::super::super::workspace::Settings;
use super::{Counter, Memory, plain, reading};

/// The weeks between two days, as they were spent; those that are closed as they were frozen.
fn weeks(
    from: &impl Memory,
    settings: &Settings,
    (first, last): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Result<Vec<WeekView>> {
    let (first, last) = (Week::of(first), Week::of(last));
    let count = usize::try_from(first.weeks_to(last)).unwrap_or(0) + 1;
    spent(from, settings, last, count, today)
}

/// Those that begin in a period.
fn of_period(all: &[WeekView], since: NaiveDate, to: NaiveDate) -> impl Iterator<Item = &WeekView> {
    all.iter().filter(move |seen| (since..=to).contains(&seen.week.monday()))
}

/// A part of so many minutes, as a rate; minutes are no sample, so they stand beside it.
fn rate(share: Share) -> Option<Reading> {
    let (part, whole) = (i32::try_from(share.part).ok()?, i32::try_from(share.whole).ok()?);
    (whole > 0).then(|| Reading::Number(f64::from(part) / f64::from(whole)))
}

/// Minutes with a path to an active outcome out of all in a band (`spec/3-model.md §3.4`), and the
/// same by items beside it.
pub(super) fn tied(
    from: &impl Memory,
    settings: &Settings,
    days: (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Result<Counter> {
    Ok(over_minutes(weeks(from, settings, days, today)?, |own| {
        let part = own.iter().map(|seen| seen.told().tied).sum();
        let share = Share::new(part, own.iter().map(|seen| seen.actual.banded()).sum());
        let worked = own.iter().flat_map(|seen| &seen.lived);
        let worked = worked.filter(|one| Band::WORK.contains(&one.band));
        let (mut items, mut with): (BTreeSet<ItemId>, BTreeSet<ItemId>) = Default::default();
        for one in worked {
            items.extend(one.serves);
            with.extend(one.serves.filter(|_| one.has_outcome));
        }
        let beside = format!("; {} of {} items", with.len(), items.len());
        (share, if items.is_empty() { String::new() } else { beside })
    }))
}

/// Reactive minutes out of all in a band; how much it may be while some have none stands beside it.
pub(super) fn reactive(
    from: &impl Memory,
    settings: &Settings,
    days: (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Result<Counter> {
    Ok(over_minutes(weeks(from, settings, days, today)?, |own| {
        let mut pooled = Tally::default();
        for seen in own {
            pooled += seen.actual;
        }
        let beside = if pooled.unclassified == 0 {
            String::new()
        } else {
            let (low, high) = pooled.reactive_interval();
            let open = show_minutes(pooled.unclassified);
            format!("; {} with {open} in no band", interval(low, high))
        };
        (pooled.share(Band::Reactive), beside)
    }))
}

/// A share of the minutes of the weeks that begin in a period: `11 h 20 of 40 h`, and what stands
/// beside it.
fn over_minutes(
    all: Vec<WeekView>,
    told: impl Fn(&[&WeekView]) -> (Share, String) + 'static,
) -> Counter {
    Box::new(move |since, to| {
        let own: Vec<&WeekView> = of_period(&all, since, to).collect();
        let (share, beside) = told(&own);
        let note = format!("{} of {}{beside}", show_minutes(share.part), show_minutes(share.whole));
        Some((rate(share)?, note))
    })
}

/// The mean of what those who matter said of a quarter, and how many did.
pub(super) fn pulse(from: &impl Memory, fiscal: u32) -> Result<Counter> {
    let people = from.some(&from.all_of(Kind::Person)?)?;
    let parts = from.parts(&people)?;
    let said: Vec<(String, u32)> = parts
        .values()
        .flat_map(|own| of_kind(own, PartKind::Pulse))
        .filter_map(|part| {
            let level = part.text("level").parse().ok()?;
            Some((part.text("quarter").to_owned(), level))
        })
        .collect();
    Ok(Box::new(move |since, to| {
        let quarters: BTreeSet<String> = quarters(since, to, fiscal);
        let own = said.iter().filter(|(quarter, _)| quarters.contains(quarter));
        let levels: Vec<u32> = own.map(|(_, level)| *level).collect();
        let (sum, count) = (levels.iter().sum::<u32>(), u32::try_from(levels.len()).ok()?);
        let mean = Reading::Number(f64::from(sum) / f64::from(count));
        (count > 0).then(|| (mean, format!("n {count}")))
    }))
}

/// The keys of the quarters that begin in a period, or that hold it.
fn quarters(since: NaiveDate, to: NaiveDate, fiscal: u32) -> BTreeSet<String> {
    let first = Period::of(since, Cadence::Quarterly, fiscal);
    let all = std::iter::successors(Some(first), |one| Some(one.next()));
    all.take_while(|one| one.first() <= to).map(|one| quarter_key(one.first(), fiscal)).collect()
}

/// What is met of what is done together with others and was over in a period.
pub(super) fn joint(from: &impl Memory, fiscal: u32) -> Result<Counter> {
    let mut over: Vec<(NaiveDate, bool)> = Vec::new();
    for kind in [Kind::Outcome, Kind::Bet] {
        let items = from.some(&from.all_of(kind)?)?;
        let ended = items.iter().filter(|item| is_joint(item) && item.shelf() != Shelf::Open);
        over.extend(
            ended.map(|item| (ended_on(item, fiscal), matches!(item.state().slug, "met" | "won"))),
        );
    }
    Ok(plain(move |since, to| {
        let own = over.iter().filter(|(on, _)| (since..=to).contains(on));
        let (met, all) = own.fold((0, 0), |(met, all), one| (met + i64::from(one.1), all + 1));
        reading(Share::new(met, all))
    }))
}

/// The day on which an outcome or a bet was over: its own day, or earlier, when it was closed before.
fn ended_on(item: &Item, fiscal: u32) -> NaiveDate {
    let closed = item.updated_at.date_naive();
    let of_quarter = Period::parse(item.text("quarter"), fiscal).map(Period::last);
    let own = item.day("due").or_else(|| item.day("kill_on")).or(of_quarter);
    own.map_or(closed, |own| own.min(closed))
}
