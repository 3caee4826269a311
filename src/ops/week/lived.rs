//! Time that came in or was planned, and what became of it: a band for what was lived, an entry
//! for a block that was kept to, and nothing for one that was not.

use chrono::NaiveDate;

use crate::domain::change::{Change, Edit, Input};
use crate::domain::day::show_minutes;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::domain::week::{Band, Tally};
use crate::store::Write;

use super::super::edit::{change, present};
use super::super::error::Result;
use super::super::mine;
use super::super::op::Outcome;
use super::super::workspace::Settings;
use super::gaps::{self, Instance};
use super::rules;

/// What is said of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lived {
    pub id: ItemId,
    /// Which instance of a meeting.
    pub instance: Option<Instance>,
    /// The band that it was; `None`: the block was not kept to, the meeting did not take place.
    pub band: Option<Band>,
}

pub(in crate::ops) fn carry_out(
    write: &Write<'_>,
    rows: &[Lived],
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let mut outcome = Outcome { label: String::new(), items: Vec::new(), notices: Vec::new() };
    let mut tally = Tally::default();
    let mut dropped = 0;
    for row in rows {
        let item = present(write, &[row.id])?.swap_remove(0);
        let one = match (item.kind(), row.band) {
            (Kind::Block, None) => {
                dropped += 1;
                set(write, &item, "state", "dropped", settings, today)?
            }
            (Kind::Block, Some(band)) => log(write, &item, band, settings, today)?,
            (Kind::Meeting, band) => {
                let Some(instance) = row.instance else { continue };
                dropped += usize::from(band.is_none());
                met(write, &item, instance, band, settings)?
            }
            (_, band) => {
                let band = band.unwrap_or(Band::Unclassified);
                set(write, &item, "band", band.slug(), settings, today)?
            }
        };
        if let Some(band) = row.band {
            let minutes = row.instance.map(|instance| instance.minutes);
            tally.put(band, minutes.or(item.whole("minutes")).unwrap_or(0));
        }
        outcome.items.extend(one.items);
        outcome.notices.extend(one.notices);
        outcome.label = one.label;
    }
    if rows.len() != 1 {
        outcome.label = words(rows.len(), dropped, &tally);
    }
    Ok(outcome)
}

/// `5 rows: S 2 h 30, R 40 m`.
fn words(rows: usize, dropped: usize, tally: &Tally) -> String {
    let bands = Band::ALL.into_iter().filter(|band| tally.of(*band) > 0);
    let mut said: Vec<String> =
        bands.map(|band| format!("{} {}", band.letter(), show_minutes(tally.of(band)))).collect();
    if dropped > 0 {
        said.push(format!("{dropped} not kept to"));
    }
    format!("{rows} rows: {}", said.join(", "))
}

fn set(
    write: &Write<'_>,
    item: &Item,
    field: &str,
    slug: &str,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let edit = Edit::Set(Input::Value(Value::Text(slug.to_owned())));
    let changes = [Change { field: item.kind().noun().field(field), edit }];
    change(write, &[item.id], &changes, settings, today)
}

/// An entry of a meeting as it was lived; nothing but a note of it where it was not.
fn met(
    write: &Write<'_>,
    meeting: &Item,
    instance: Instance,
    band: Option<Band>,
    settings: &Settings,
) -> Result<Outcome> {
    let said = |words: &str, items| {
        let label = format!("{} {words}, {}", meeting.reference, meeting.title());
        Outcome { label, items, notices: Vec::new() }
    };
    let Some(band) = band else {
        gaps::remember(write, meeting.id, instance, meeting.id)?;
        return Ok(said("not lived", vec![meeting.id]));
    };
    let (whose, made) = mine::made(write, settings)?;
    let mut before = gaps::entry(write, meeting, instance)?;
    before.set("person", whose.map_or(Value::Nothing, Value::Item));
    let mut entry = before.clone();
    entry.set("band", Value::Text(band.slug().to_owned()));
    write.insert(&entry)?;
    gaps::remember(write, meeting.id, instance, entry.id)?;
    let learnt = rules::learn_of(write, &before, &entry, meeting)?;
    let words = format!("lived: {} {}", band.letter(), show_minutes(instance.minutes));
    Ok(Outcome {
        notices: made.into_iter().chain(learnt).collect(),
        ..said(&words, vec![entry.id, meeting.id])
    })
}

/// An entry where the block lies, which is done with that.
fn log(
    write: &Write<'_>,
    block: &Item,
    band: Band,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let mut entry =
        Item::new(ItemId(write.new_id()), write.next_ref(Kind::Entry)?, write.at, &write.actor);
    for name in ["title", "on", "at", "minutes", "mode", "for", "person", "source"] {
        entry.set(name, block.get(name).clone());
    }
    let (whose, made) = mine::made(write, settings)?;
    if entry.link("person").is_none() {
        entry.set("person", whose.map_or(Value::Nothing, Value::Item));
    }
    if block.text("source") == "fill" {
        entry.set("source", Value::Text("manual".to_owned()));
    }
    entry.set("band", Value::Text(band.slug().to_owned()));
    write.insert(&entry)?;
    set(write, block, "state", "done", settings, today)?;
    let mut after = block.clone();
    after.set("band", Value::Text(band.slug().to_owned()));
    let learnt = rules::learn(write, block, &after)?;
    let minutes = show_minutes(block.whole("minutes").unwrap_or(0));
    let label =
        format!("{} lived: {} {minutes}, {}", block.reference, band.letter(), block.title());
    Ok(Outcome {
        label,
        items: vec![block.id, entry.id],
        notices: made.into_iter().chain(learnt).collect(),
    })
}
