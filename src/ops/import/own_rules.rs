//! What a row of prewire's own CSV is held to beside the shape of its cells: what cannot be, whoever
//! writes it; and what follows from it once all rows are written.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::nouns::outcome::MOST_ACTIVE;
use crate::domain::refusal::Refusal;
use crate::store::Write;
use crate::store::bulk::Bulk;
use crate::store::evidence::Evidence;

use super::super::error::Result;
use super::super::{evidence, metric, plan, possible, sound, stretch};
use super::file_refs::FileRefs;
use super::prepare::Prepared;
use super::value::Wanted;

/// Why a row cannot be an item, if it cannot.
///
/// # Errors
/// A storage error.
pub(super) fn flaw(
    lookup: &(impl Bulk + Evidence),
    row: &Prepared,
    before: Option<&Item>,
    (refs, today, active): (&FileRefs, NaiveDate, &RefCell<Active>),
) -> Result<Option<String>> {
    let item = alone(row, before);
    let checks = [
        possible::alone(before, &item, today),
        stretch::of_one_day(&item),
        plan::readable(&item),
        sole(lookup, &item, before)?,
        active.borrow_mut().take(lookup, &item, before)?,
    ];
    if let Some(refusal) = checks.into_iter().find_map(std::result::Result::err) {
        return Ok(Some(refusal.what));
    }
    belongs(lookup, row, before, refs)
}

/// The item without what it is linked with.
fn alone(row: &Prepared, before: Option<&Item>) -> Item {
    let mut item = before.cloned().unwrap_or_else(|| {
        let own = row.own.clone().unwrap_or_default();
        let reference =
            own.reference.unwrap_or(crate::domain::item::Ref { kind: row.kind, number: 0 });
        let id = own.id.unwrap_or(ItemId(uuid::Uuid::nil()));
        Item::new(id, reference, own.created_at.unwrap_or_default(), "")
    });
    for want in &row.wants {
        if let Wanted::Value(value) = &want.wanted {
            item.set(want.field.name, value.clone());
        }
    }
    if before.is_none() {
        sound::complete(&mut item);
    }
    item
}

/// People are told apart by their names, objections by their codes.
fn sole(
    lookup: &(impl Bulk + Evidence),
    item: &Item,
    before: Option<&Item>,
) -> Result<std::result::Result<(), Refusal>> {
    let moved = |name: &str| before.is_none_or(|before| before.get(name) != item.get(name));
    let (other, how) = match item.kind() {
        Kind::Person if moved("title") => {
            let same = lookup.exactly_titled(Kind::Person, item.title())?;
            (same.into_iter().find(|other| other.id != item.id), "is already called so")
        }
        Kind::Objection if moved("code") && !item.text("code").trim().is_empty() => {
            let same = lookup.objection_of_code(item.text("code").trim())?;
            (same.filter(|other| other.id != item.id), "has its code already")
        }
        _ => (None, ""),
    };
    Ok(match other {
        Some(other) => Err(Refusal::input(format!("{} “{}” {how}", other.reference, other.title))),
        None => Ok(()),
    })
}

/// Outcomes that rows of the file let be active, or end: at most three are active in a quarter (I5).
#[derive(Debug, Default)]
pub(super) struct Active {
    begun: HashMap<String, BTreeSet<ItemId>>,
    ended: BTreeSet<ItemId>,
}

impl Active {
    fn take(
        &mut self,
        lookup: &impl Bulk,
        item: &Item,
        before: Option<&Item>,
    ) -> Result<std::result::Result<(), Refusal>> {
        let moved = |name: &str| before.is_none_or(|before| before.get(name) != item.get(name));
        if item.kind() != Kind::Outcome || !(moved("state") || moved("quarter")) {
            return Ok(Ok(()));
        }
        if item.state().slug != "active" {
            self.ended.insert(item.id);
            return Ok(Ok(()));
        }
        let quarter = item.text("quarter");
        let there = lookup.active_outcomes(Some(quarter).filter(|quarter| !quarter.is_empty()))?;
        let begun = self.begun.entry(quarter.to_owned()).or_default();
        let mut all: BTreeSet<ItemId> = there.iter().map(|one| one.id).collect();
        all.extend(begun.iter());
        all.retain(|id| *id != item.id && !self.ended.contains(id));
        if all.len() >= MOST_ACTIVE {
            let what =
                format!("{} outcomes are active in {quarter} already; drop one first", all.len());
            return Ok(Err(Refusal::input(what)));
        }
        begun.insert(item.id);
        Ok(Ok(()))
    }
}

/// A milestone belongs to a plan.
fn belongs(
    lookup: &impl Bulk,
    row: &Prepared,
    before: Option<&Item>,
    refs: &FileRefs,
) -> Result<Option<String>> {
    if row.kind != Kind::Milestone {
        return Ok(None);
    }
    let said = row.wants.iter().find(|want| want.field.name == "plan");
    let named = match said.map(|want| &want.wanted) {
        None if before.is_some() => return Ok(None),
        Some(Wanted::Items(named)) => named.first(),
        _ => None,
    };
    let Some(named) = named else {
        return Ok(Some("a milestone belongs to a plan, and none is named".to_owned()));
    };
    let is_here = refs.meant(lookup, named)?.is_some();
    let why = || {
        format!(
            "a milestone belongs to a plan, and {named} {}; import the plans first",
            refs.strange()
        )
    };
    Ok((!is_here).then(why))
}

/// What follows from rows that were written.
#[derive(Debug, Default)]
pub(super) struct Follows {
    /// Claims whose evidence changed.
    claims: BTreeSet<ItemId>,
    /// Metrics, which stand above one another.
    metrics: Vec<ItemId>,
}

impl Follows {
    /// Takes note of an item that was written, and of what it was.
    pub fn note<'a>(&mut self, items: impl IntoIterator<Item = &'a Item> + Clone) {
        self.claims.extend(evidence::claims_of(items.clone()));
        for item in items {
            match item.kind() {
                Kind::Claim => self.claims.extend([item.id]),
                Kind::Metric => self.metrics.push(item.id),
                _ => {}
            }
        }
    }

    /// Settles claims; says which stand otherwise than the file says.
    ///
    /// # Errors
    /// A refusal of what cannot stand beside the others; a storage error.
    pub fn settle(self, write: &Write<'_>) -> Result<Vec<String>> {
        for item in write.items(&self.metrics)? {
            possible::beside(write, &item)?;
            metric::refuse_second_primary(write, &item)?;
        }
        evidence::settle_claims(write, &self.claims)
    }
}
