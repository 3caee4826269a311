//! Superseding: the question that takes the place of a decided one. The old answer stands until the
//! new one is decided, and names it from now on.

use chrono::NaiveDate;

use crate::domain::change::Draft;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::store::Write;
use crate::store::part::Parts;

use super::error::Result;
use super::op::Outcome;
use super::workspace::{Settings, Workspace};
use super::{edit, record, summary};

/// What the new question keeps of the old one.
const KEPT: [&str; 9] = [
    "kind",
    "stake",
    "reversibility",
    "approver",
    "owner",
    "contributors",
    "informed",
    "forum",
    "for",
];

pub(super) fn carry_out(
    write: &Write<'_>,
    items: &[Item],
    answer: &Answer,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let (mut changed, mut notices) = (Vec::new(), Vec::new());
    let mut touched = Vec::new();
    for before in items {
        if let Some(refusal) = Verb::Supersede.refusal(before) {
            return Err(refusal.into());
        }
        let by = match answer.extra("by") {
            Value::Item(id) => present_as(write, before, *id)?,
            _ => raised_from(write, before, answer, settings, today)?,
        };
        let mut after = before.clone();
        after.set("superseded_by", Value::Item(by.id));
        write.update(before, &after)?;
        touched.push(by.id);
        if record::close_superseded(write, &by)?.is_empty() {
            notices.push(format!("{} stands until {} is decided", after.reference, by.reference));
        }
        changed.push((after, by));
    }
    let label = match changed.as_slice() {
        [(old, new)] => format!(
            "{} → superseded by {}",
            summary::called(std::slice::from_ref(old)),
            new.reference
        ),
        several => format!("{} decisions superseded", several.len()),
    };
    touched.extend(changed.iter().map(|(old, _)| old.id));
    Ok(Outcome { label, items: touched, notices })
}

/// A decision that is there already; it cannot stand in its own place, nor the chain in a circle.
fn present_as(write: &Write<'_>, old: &Item, by: ItemId) -> Result<Item> {
    let by = edit::present(write, &[by])?.swap_remove(0);
    let mut at = by.clone();
    for _ in 0..1_000 {
        if at.id == old.id {
            return Err(
                Refusal::input(format!("{} cannot stand in its own place", old.reference)).into()
            );
        }
        let Some(next) = at.link("superseded_by") else { return Ok(by) };
        at = edit::present(write, &[next])?.swap_remove(0);
    }
    Ok(by)
}

fn raised_from(
    write: &Write<'_>,
    old: &Item,
    answer: &Answer,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Item> {
    let title = Verb::Supersede.line(old, answer)?;
    let draft = Draft { kind: Kind::Decision, title, changes: Vec::new() };
    let added = edit::add(write, std::slice::from_ref(&draft), settings, today)?;
    let before = edit::present(write, &added.items)?.swap_remove(0);
    let mut after = before.clone();
    for name in KEPT {
        after.set(name, old.get(name).clone());
    }
    write.update(&before, &after)?;
    Ok(edit::present(write, &[after.id])?.swap_remove(0))
}

/// Decisions of a chain that are told; a longer one is told from its end.
const CHAIN: usize = 20;

impl Workspace {
    /// The decisions in whose place this one stands, itself, and those in its place, in order.
    pub(super) fn chain(&self, item: &Item) -> Result<Vec<ItemId>> {
        if item.kind() != Kind::Decision {
            return Ok(Vec::new());
        }
        let mut chain = vec![item.id];
        while let Some(before) = self.store.superseded_by(chain[0])?.first().copied() {
            if chain.contains(&before) || chain.len() >= CHAIN {
                break;
            }
            chain.insert(0, before);
        }
        let mut next = item.link("superseded_by");
        while let Some(id) = next.filter(|id| !chain.contains(id) && chain.len() < 2 * CHAIN) {
            chain.push(id);
            next = self.store.item(id)?.and_then(|item| item.link("superseded_by"));
        }
        Ok(if chain.len() > 1 { chain } else { Vec::new() })
    }
}
