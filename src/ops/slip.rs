//! An edit that moves a day back, with the one word that says why: kept on the item as a blocker,
//! where the work leads to a bet or an outcome.

use chrono::NaiveDate;

use crate::domain::change::Change;
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::part::{Part, PartKind, free_position, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::part::Parts;

use super::error::Result;
use super::op::{Op, Outcome};
use super::workspace::{Settings, Workspace};
use super::{edit, record, summary};

pub(super) fn carry_out(
    write: &Write<'_>,
    ids: &[ItemId],
    changes: &[Change],
    cause: &str,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let cause = one_word(cause)?;
    let items = edit::present(write, ids)?;
    let mut outcome = edit::change(write, ids, changes, settings, today)?;
    let mut slipped = 0_usize;
    for (before, after) in items.iter().zip(write.items(ids)?) {
        let Some((from, to)) = record::slip(before, &after) else { continue };
        note(write, &after, (from, to), &cause, today)?;
        slipped += 1;
    }
    if slipped == 0 {
        outcome.notices.push("nothing strategic moved back, so the cause is not kept".to_owned());
    } else {
        outcome.label = format!("{}, slipped for {cause}", outcome.label);
    }
    Ok(outcome)
}

/// Work whose day moved back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    pub item: ItemId,
    pub reference: Ref,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// The step of the journal that moved it.
    pub step: Option<i64>,
}

/// Keeps why each of these slipped, after it did: one with the step that moved them.
pub(super) fn because(
    write: &Write<'_>,
    slips: &[Slip],
    cause: &str,
    today: NaiveDate,
) -> Result<Outcome> {
    let cause = one_word(cause)?;
    let ids: Vec<ItemId> = slips.iter().map(|slip| slip.item).collect();
    let items = edit::present(write, &ids)?;
    for (item, slip) in items.iter().zip(slips) {
        note(write, item, (slip.from, slip.to), &cause, today)?;
    }
    if let Some(step) = slips.iter().find_map(|slip| slip.step) {
        write.explain(step)?;
    }
    let label = format!("{} slipped for {cause}", summary::called(&items));
    Ok(Outcome { label, items: ids, notices: Vec::new() })
}

fn note(
    write: &Write<'_>,
    item: &Item,
    (from, to): (NaiveDate, NaiveDate),
    cause: &str,
    today: NaiveDate,
) -> Result<()> {
    let parts = write.parts_of(item)?;
    let taken: Vec<i64> = of_kind(&parts, PartKind::Blocker).map(|part| part.position).collect();
    let part = Part::new(write.new_part_id(), PartKind::Blocker, item.id, free_position(&taken))
        .with("cause", Value::Text(cause.to_owned()))
        .with("moved_from", Value::Day(from))
        .with("moved_to", Value::Day(to))
        .with("noted_on", Value::Day(today));
    write.insert_part(&part)?;
    write.touch(item.id)?;
    Ok(())
}

/// A cause that is told on its own, without days, is that of the last slip that has none yet.
pub(super) fn date(
    write: &Write<'_>,
    (item, parts): (&Item, &[Part]),
    part: &mut Part,
) -> Result<()> {
    let is_dated = part.day("moved_from").is_some() || part.day("moved_to").is_some();
    let Some(name) = item.kind().noun().due.filter(|_| part.kind == PartKind::Blocker) else {
        return Ok(());
    };
    let moved = if is_dated { None } else { write.moved(item.id, name)? };
    let Some((from, to)) = moved.filter(|(from, to)| to > from && item.day(name) == Some(*to))
    else {
        return Ok(());
    };
    let is_told =
        |known: &Part| known.day("moved_from") == Some(from) && known.day("moved_to") == Some(to);
    if !of_kind(parts, PartKind::Blocker).any(is_told) {
        part.set("moved_from", Value::Day(from));
        part.set("moved_to", Value::Day(to));
    }
    Ok(())
}

impl Workspace {
    /// The items that an operation may move back without saying why, as they stand before it.
    pub(super) fn may_slip(&self, op: &Op) -> Result<Vec<Item>> {
        let ids: &[ItemId] = match op {
            Op::Edit { items, .. } => items,
            Op::Save { base, .. } => &[base.id],
            _ => &[],
        };
        Ok(if ids.is_empty() { Vec::new() } else { self.store.items(ids)? })
    }

    /// Those of them that did.
    pub(super) fn slipped(&self, before: &[Item], step: Option<i64>) -> Result<Vec<Slip>> {
        let ids: Vec<ItemId> = before.iter().map(|item| item.id).collect();
        let after = if ids.is_empty() { Vec::new() } else { self.store.items(&ids)? };
        let slips = before.iter().filter_map(|before| {
            let after = after.iter().find(|after| after.id == before.id)?;
            let (from, to) = record::slip(before, after)?;
            Some(Slip { item: before.id, reference: before.reference, from, to, step })
        });
        Ok(slips.collect())
    }
}

fn one_word(cause: &str) -> Result<String> {
    let cause = cause.trim().to_lowercase();
    if cause.is_empty() || cause.contains(char::is_whitespace) || cause.chars().count() > 40 {
        return Err(Refusal::input(format!("cause: “{cause}” is not one word"))
            .hint("say what made it slip in one word: approval, evidence, capacity, scope")
            .into());
    }
    Ok(cause)
}
