//! Recording figures: one by hand, many from a file, all in one step. The same figure told again is
//! no change; another one for the same period is a correction, which stands beside the first.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::day::{self, Lean};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::account::counted;
use crate::domain::metric::{Cadence, Observation, Period, Reading, Terms, Unit, typed};
use crate::domain::part::{Part, PartKind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::metric::Metrics;

use super::super::error::Result;
use super::super::op::Outcome;
use super::super::resolve::Resolver;
use super::super::summary::short;
use super::super::workspace::Settings;
use super::rows::of_its_cadence;

/// A figure to be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    pub metric: Metric,
    /// As typed: a key, a day, `last`, `this`; else the period that is due.
    pub period: Option<String>,
    pub figure: Figure,
    /// A slug of `parts::observation::SOURCES`.
    pub source: &'static str,
    pub note: String,
}

impl Recording {
    /// A figure of a metric, with its period and its note, as a person types it.
    ///
    /// # Errors
    /// A line without a figure.
    pub fn by_hand(metric: ItemId, text: &str) -> std::result::Result<Self, Refusal> {
        let line = typed::Line::read(&format!("m {text}"))?;
        Ok(Self { metric: Metric::Known(metric), ..Self::of(line) })
    }

    /// A figure of the metric that a line names.
    #[must_use]
    pub fn of(line: typed::Line) -> Self {
        Self {
            metric: Metric::Named(line.metric),
            period: line.period,
            figure: Figure::Typed(line.figure),
            source: "hand",
            note: line.note,
        }
    }

    /// The figure as it was typed.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.figure {
            Figure::Typed(text) => text.clone(),
            Figure::Read(_) | Figure::Bare(_) => String::new(),
        }
    }
}

/// Which metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Metric {
    Known(ItemId),
    /// Its ref, or the beginning of its title.
    Named(String),
}

/// How much.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// As a person typed it; the unit of the metric says what it means.
    Typed(String),
    Read(Reading),
    /// As `--json` prints it: a share as a fraction of 1.
    Bare(f64),
}

/// One metric while figures are added to it.
struct Open {
    item: Item,
    terms: Terms,
    told: Vec<Observation>,
    position: i64,
    added: usize,
    /// The periods of which something was told in this step.
    told_now: Vec<Period>,
}

/// Records the figures, as one step.
///
/// # Errors
/// A refusal with the place of the figure that does not hold; nothing is recorded then.
pub(in crate::ops) fn record(
    write: &Write<'_>,
    recordings: &[Recording],
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let fiscal = settings.fiscal_start_month;
    let resolver = Resolver::new(write, settings.me.as_deref());
    let mut named: Vec<ItemId> = Vec::new();
    for (place, recording) in recordings.iter().enumerate() {
        named.push(match &recording.metric {
            Metric::Known(id) => *id,
            Metric::Named(name) => {
                resolver.reference(name, &[Kind::Metric]).map_err(|error| error.at(place))?
            }
        });
    }
    let mut ids = named.clone();
    ids.sort_unstable();
    ids.dedup();
    let mut told = write.readings(&ids, fiscal)?;
    let mut open: HashMap<ItemId, Open> = HashMap::new();
    for item in write.items(&ids)? {
        if item.kind() != Kind::Metric || item.deleted_at.is_some() {
            return Err(Refusal::input(format!("{} is no metric", item.reference)).into());
        }
        let told = told.remove(&item.id).unwrap_or_default();
        let one = Open {
            terms: Terms::of(&item),
            told: told.iter().map(|one| one.observation).collect(),
            position: write.last_reading(item.id)?,
            added: 0,
            told_now: Vec::new(),
            item,
        };
        open.insert(one.item.id, one);
    }
    let mut labels = Vec::new();
    for (place, (recording, id)) in recordings.iter().zip(&named).enumerate() {
        let Some(metric) = open.get_mut(id) else {
            return Err(Refusal::missing("this metric is not there any more").at(place).into());
        };
        let label =
            add(write, metric, recording, settings, today).map_err(|error| error.at(place))?;
        labels.extend(label);
    }
    for metric in open.values().filter(|metric| metric.added > 0) {
        write.touch(metric.item.id)?;
    }
    let touched = open.values().filter(|metric| metric.added > 0).count();
    let label = match labels.as_slice() {
        [] => "nothing changed".to_owned(),
        [one] => one.clone(),
        several if touched == 1 => {
            let metric = open.values().find(|metric| metric.added > 0);
            let named = metric.map_or_else(String::new, |metric| called(&metric.item));
            format!("recorded {} figures of {named}", several.len())
        }
        several => format!("recorded {} figures of {touched} metrics", several.len()),
    };
    let mut items: Vec<ItemId> = Vec::new();
    for id in named {
        if !items.contains(&id) {
            items.push(id);
        }
    }
    Ok(Outcome { label, items, notices: Vec::new() })
}

fn called(item: &Item) -> String {
    format!("{} “{}”", item.reference, short(item.title()))
}

/// Adds one reading; answers its words, or nothing when it is known already.
fn add(
    write: &Write<'_>,
    metric: &mut Open,
    recording: &Recording,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Option<String>> {
    let unit = metric.terms.unit;
    let reading = match &recording.figure {
        Figure::Typed(text) => typed::read(text, unit)?,
        Figure::Read(reading) => *reading,
        Figure::Bare(value) if unit == Unit::Share => typed::within(*value)?,
        Figure::Bare(value) => typed::read(&value.to_string(), unit)?,
    };
    if metric.item.text("reading") == "qualitative" {
        refuse_half_a_step(reading, recording)?;
    }
    let period = period(recording.period.as_deref(), metric, settings, today)?;
    let before = metric.told.iter().rev().find(|one| one.period == period);
    if before.is_some_and(|before| before.reading == reading) {
        return Ok(None);
    }
    let corrected = before.map(|before| unit.show_reading(before.reading));
    if metric.told_now.contains(&period) {
        let (one, other) = (corrected.unwrap_or_default(), shown(unit, reading));
        let key = period.key(settings.fiscal_start_month);
        let what = format!("{key} of {} has two figures: {one} and {other}", called(&metric.item));
        return Err(Refusal::input(what)
            .hint("one line a period; a correction comes later")
            .into());
    }
    metric.told_now.push(period);
    metric.position += 1;
    metric.added += 1;
    let observation = Observation { period, reading };
    let part = part(write, metric, recording, observation, (settings, today));
    write.insert_part(&part)?;
    metric.told.push(observation);
    let key = period.key(settings.fiscal_start_month);
    let words = format!("recorded {} for {key} of {}", shown(unit, reading), called(&metric.item));
    Ok(Some(match corrected {
        Some(before) => format!("{words}, corrects {before}"),
        None => words,
    }))
}

/// A qualitative metric is read in five steps, and what somebody types has a quote behind it.
fn refuse_half_a_step(reading: Reading, recording: &Recording) -> std::result::Result<(), Refusal> {
    let value = reading.value().unwrap_or(0.0);
    if value.fract() != 0.0 || !(1.0..=5.0).contains(&value) {
        let what = "a qualitative metric is read in five steps, 1 to 5";
        return Err(Refusal::input(what).hint("m4 4 -- “what somebody said”"));
    }
    let is_read = matches!(recording.figure, Figure::Read(_));
    if !is_read && recording.note.trim().is_empty() {
        let what = "a step needs the quote that is behind it";
        return Err(Refusal::input(what).hint("m4 4 -- “what somebody said”"));
    }
    Ok(())
}

fn shown(unit: Unit, reading: Reading) -> String {
    match reading {
        Reading::Share { k, n } => format!("{k} of {n}"),
        Reading::Number(_) => unit.show_reading(reading),
    }
}

fn part(
    write: &Write<'_>,
    metric: &Open,
    recording: &Recording,
    observation: Observation,
    (settings, today): (&Settings, NaiveDate),
) -> Part {
    let id = write.new_part_id();
    let mut part = Part::new(id, PartKind::Observation, metric.item.id, metric.position);
    let key = observation.period.key(settings.fiscal_start_month);
    part.set("period", Value::Text(key));
    match observation.reading {
        Reading::Number(value) => part.set("value", Value::Real(value)),
        Reading::Share { k, n } => {
            part.set("value", observation.value().map_or(Value::Nothing, Value::Real));
            part.set("k", Value::Whole(i64::from(k)));
            part.set("n", Value::Whole(i64::from(n)));
        }
    }
    part.set("recorded_on", Value::Day(today));
    part.set("source", Value::Text(recording.source.to_owned()));
    if !recording.note.trim().is_empty() {
        part.set("note", Value::Text(recording.note.trim().to_owned()));
    }
    part
}

/// The period that is meant. Without a word it is the one that is due: the last that is over, when
/// nothing was told of it, else the running one.
fn period(
    typed: Option<&str>,
    metric: &Open,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Period> {
    let cadence = metric.terms.cadence;
    let fiscal = settings.fiscal_start_month;
    if let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) {
        return read_period(typed, &metric.item, cadence, (settings, today));
    }
    let told = of_its_cadence(&metric.item, counted(metric.told.clone()));
    let due = due(&told, cadence, fiscal, today);
    Ok(due.unwrap_or_else(|| Period::of(today, cadence, fiscal)))
}

/// The period that a word means: `this`, `last`, a key, or a day in it.
///
/// # Errors
/// A refusal for a word that is no period of this cadence, and for one that has not begun.
pub fn read_period(
    typed: &str,
    item: &Item,
    cadence: Cadence,
    (settings, today): (&Settings, NaiveDate),
) -> Result<Period> {
    let fiscal = settings.fiscal_start_month;
    let running = Period::of(today, cadence, fiscal);
    let found = match typed.to_lowercase().as_str() {
        "this" => running,
        "last" => running.previous(),
        _ => match Period::parse(&typed.to_uppercase(), fiscal) {
            Some(found) if found.cadence() == cadence => found,
            // A day is in a period of any cadence.
            Some(found) if found.cadence() == Cadence::Daily => {
                Period::of(found.first(), cadence, fiscal)
            }
            Some(found) => {
                let key = found.key(fiscal);
                return Err(Refusal::input(format!(
                    "{} is read {}, and {key} is not such a period",
                    item.reference,
                    cadence.slug()
                ))
                .hint(format!("as {}", running.key(fiscal)))
                .into());
            }
            None => {
                let day = day::parse(typed, &settings.calendar(today), Lean::Past);
                let day = day.map_err(|_| {
                    Refusal::input(format!("“{typed}” is not a period"))
                        .hint(format!("as {}, or a day in it", running.key(fiscal)))
                })?;
                Period::of(day, cadence, fiscal)
            }
        },
    };
    if found.first() > today {
        return Err(Refusal::input(format!("{} has not begun", found.key(fiscal))).into());
    }
    Ok(found)
}

/// The last period that is over, when nothing was told of it or of a later one.
#[must_use]
pub fn due(
    counted: &[Observation],
    cadence: Cadence,
    fiscal_start_month: u32,
    today: NaiveDate,
) -> Option<Period> {
    let last = Period::last_complete(today, cadence, fiscal_start_month);
    let known = counted.iter().any(|one| one.period.first() >= last.first());
    (!known).then_some(last)
}
