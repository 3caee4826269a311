//! What a row of prewire's own CSV is held to beside the shape of its cells: what cannot be, whoever
//! writes it; and what follows from it once all rows are written.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::store::Write;
use crate::store::bulk::Bulk;
use crate::store::evidence::Evidence;

use super::super::error::{Error, Result};
use super::super::rules::refuse_fourth_outcome;
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
    (refs, today): (&FileRefs, NaiveDate),
) -> Result<Option<String>> {
    let item = alone(row, before);
    let checks = [
        possible::alone(before, &item, today),
        stretch::of_one_day(&item),
        plan::readable(&item),
        sole(lookup, &item, before)?,
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
    /// Items of kinds of which there may be only so many, or that stand above one another.
    among_others: Vec<ItemId>,
}

impl Follows {
    /// Takes note of an item that was written, and of what it was.
    pub fn note<'a>(&mut self, items: impl IntoIterator<Item = &'a Item> + Clone) {
        self.claims.extend(evidence::claims_of(items.clone()));
        for item in items {
            match item.kind() {
                Kind::Claim => self.claims.extend([item.id]),
                Kind::Outcome | Kind::Metric => self.among_others.push(item.id),
                _ => {}
            }
        }
    }

    /// Settles claims; says which stand otherwise than the file says.
    ///
    /// # Errors
    /// A refusal of what cannot stand beside the others; a storage error.
    pub fn settle(self, write: &Write<'_>) -> Result<Vec<String>> {
        for item in write.items(&self.among_others)? {
            possible::beside(write, &item)?;
            metric::refuse_second_primary(write, &item)?;
            refuse_fourth_outcome(write, &item).map_err(|error| match error {
                Error::Refused(refusal) => {
                    let named = refusal.choices.first().cloned().unwrap_or_default();
                    let hint =
                        format!("drop one first: prewire outcome edit {named} --state dropped");
                    Refusal { hint: None, choices: Vec::new(), ..refusal }.hint(hint).into()
                }
                other => other,
            })?;
        }
        evidence::settle_claims(write, &self.claims)
    }
}
