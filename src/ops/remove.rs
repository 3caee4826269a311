//! The bodies of the operations that take away and bring back: the Trash, purging, and taking back
//! a step of the history.

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::store::candidate::Together;
use crate::store::plan::Plans;
use crate::store::{OpKind, Write};

use super::edit::present;
use super::error::Result;
use super::op::{Done, Op, Outcome};
use super::resolve::refuse_circle;
use super::rules::{refuse_fourth_outcome, refuse_namesake};
use super::workspace::{Settings, Workspace};
use super::{evidence, record, summary};

pub(super) fn trash(write: &Write<'_>, ids: &[ItemId]) -> Result<Outcome> {
    let items = present(write, ids)?;
    for before in items.iter().chain(&milestones(write, &items, ids)?) {
        let mut after = before.clone();
        after.deleted_at = Some(write.at);
        write.update(before, &after)?;
    }
    let notices = evidence::settle_claims(write, &evidence::claims_of(&items))?;
    let label = format!("{} → Trash", summary::called(&items));
    Ok(Outcome { label, items: ids.to_vec(), notices })
}

/// The milestones of plans that are thrown away go with them.
fn milestones(write: &Write<'_>, items: &[Item], ids: &[ItemId]) -> Result<Vec<Item>> {
    let mut found = Vec::new();
    for plan in items.iter().filter(|item| item.kind() == Kind::Plan) {
        found.extend(write.milestones_of(plan.id)?);
    }
    found.retain(|stone| !ids.contains(&stone.id));
    Ok(found)
}

pub(super) fn restore(write: &Write<'_>, ids: &[ItemId]) -> Result<Outcome> {
    let items = write.items(ids)?;
    for before in &items {
        if before.deleted_at.is_none() {
            return Err(Refusal::input(format!("{} is not in the Trash", before.reference)).into());
        }
        let mut after = before.clone();
        after.deleted_at = None;
        refuse_fourth_outcome(write, &after)?;
        write.update(before, &after)?;
        // What went with a plan comes back with it.
        if before.kind() == Kind::Plan {
            for stone in write.milestones_thrown(before.id)? {
                if stone.deleted_at == before.deleted_at && !ids.contains(&stone.id) {
                    let mut back = stone.clone();
                    back.deleted_at = None;
                    write.update(&stone, &back)?;
                }
            }
        }
    }
    let notices = evidence::settle_claims(write, &evidence::claims_of(&items))?;
    let label = format!("{} back from the Trash", summary::called(&items));
    Ok(Outcome { label, items: ids.to_vec(), notices })
}

pub(super) fn purge(write: &Write<'_>, ids: &[ItemId]) -> Result<Outcome> {
    let items = write.items(ids)?;
    for item in &items {
        if item.deleted_at.is_none() {
            return Err(Refusal::input(format!("{} is not in the Trash", item.reference))
                .hint("throw it away first; only then it can be purged")
                .into());
        }
        if let Some(named) = named_in(write, item.id)? {
            return Err(Refusal::input(format!(
                "{} is named in {named}, which was decided, so it is not removed for good (I4)",
                item.reference
            ))
            .hint(format!(
                "it stays in the Trash, or in use: prewire trash restore {}",
                item.reference
            ))
            .into());
        }
        write.delete(item.id, item.kind().noun().name)?;
    }
    let label = format!("purged {}", summary::called(&items));
    Ok(Outcome { label, items: Vec::new(), notices: Vec::new() })
}

/// The decision that was taken and would lose a name with this item.
fn named_in(write: &Write<'_>, id: ItemId) -> Result<Option<Ref>> {
    let decision = write.taken_naming(id)?.map(|found| write.items(&[found])).transpose()?;
    Ok(decision.and_then(|all| all.first().map(|item| item.reference)))
}

pub(super) fn take_back(write: &Write<'_>, kind: OpKind, settings: &Settings) -> Result<Outcome> {
    let standing = match kind {
        OpKind::TakeBack(step) => record::standing(write, step)?,
        OpKind::Do | OpKind::Undo | OpKind::Redo => Vec::new(),
    };
    let taken = write.take_back()?;
    // In order, a step leads back to what was; out of order, the rules must hold anew.
    if matches!(kind, OpKind::TakeBack(_)) {
        for item in write.items(&taken.items)?.iter().filter(|item| item.deleted_at.is_none()) {
            refuse_namesake(write, item)?;
            refuse_fourth_outcome(write, item)?;
            refuse_circle(write, item)?;
            record::still_holds(write, item, settings)?;
        }
        record::stand_still(write, &standing)?;
    }
    Ok(Outcome { label: taken.label, items: taken.items, notices: Vec::new() })
}

impl Workspace {
    /// What taking a ritual back, or doing it again, would be called; nothing for another operation.
    pub(super) fn group_meant(&self, op: &Op) -> Result<Option<String>> {
        let group = match op {
            Op::UndoGroup => self.store.group_to_undo()?,
            Op::TakeBackGroup(group) => Some(group.clone()),
            Op::RedoGroup => self.store.group_to_redo()?.map(|(group, _)| group),
            _ => return Ok(None),
        };
        let is_redo = matches!(op, Op::RedoGroup);
        let Some(group) = group else { return Err(no_group(is_redo).into()) };
        let done = if is_redo { "redid" } else { "undid" };
        Ok(Some(format!("{done}: {}, every step of it", self.ritual_called(&group)?)))
    }

    /// Takes back a ritual: the one that the last step belongs to, or the one that is named.
    pub(super) fn undo_group(&mut self, named: Option<&str>) -> Result<Done> {
        let group = match named {
            Some(named) => Some(named.to_owned()),
            None => self.store.group_to_undo()?,
        };
        let Some(group) = group else { return Err(no_group(false).into()) };
        let name = self.ritual_called(&group)?;
        let (done, taken) = self.take_together(&Together::Group(group), OpKind::Undo)?;
        let steps = if taken == 1 { "step" } else { "steps" };
        Ok(Done { label: format!("undid: {name}: {taken} {steps}"), ..done })
    }

    /// Does a ritual again that was taken back, as far as nothing new followed.
    pub(super) fn redo_group(&mut self) -> Result<Done> {
        let Some((group, steps)) = self.store.group_to_redo()? else {
            return Err(no_group(true).into());
        };
        let name = self.ritual_called(&group)?;
        let (done, again) = self.take_together(&Together::Steps(steps), OpKind::Redo)?;
        let steps = if again == 1 { "step" } else { "steps" };
        Ok(Done { label: format!("redid: {name}: {again} {steps}"), ..done })
    }

    /// A step and the reason that was told of it are one to whoever undoes or redoes; `None` where
    /// the step that is meant stands alone.
    pub(super) fn undo_together(&mut self, kind: OpKind) -> Result<Option<Done>> {
        let steps = match kind {
            OpKind::Undo => self.store.undone_together()?,
            OpKind::Redo => self.store.redone_together()?,
            OpKind::Do | OpKind::TakeBack(_) => None,
        };
        steps.map(|steps| Ok(self.take_together(&Together::Steps(steps), kind)?.0)).transpose()
    }

    /// Takes steps back in one transaction; what was done, and how many there were.
    fn take_together(&mut self, together: &Together, kind: OpKind) -> Result<(Done, usize)> {
        if self.settings.read_only {
            return Err(crate::store::Error::ReadOnly.into());
        }
        let settings = self.settings.clone();
        let stamp = Self::stamp(self.clock, &self.settings, &self.ids);
        let taken = self.store.take_back_together(&stamp, together, |write| {
            let outcome = take_back(write, kind, &settings)?;
            let label = outcome.label.clone();
            Ok::<_, super::error::Error>((outcome, label))
        })?;
        (self.found, self.laid) = (None, None);
        let seq = taken.iter().filter_map(|(_, committed)| committed.seq).max();
        let mut items: Vec<ItemId> =
            taken.iter().flat_map(|(outcome, _)| outcome.items.clone()).collect();
        items.sort_unstable();
        items.dedup();
        // The step itself, rather than the reason that goes with it.
        let own = if kind == OpKind::Redo { taken.first() } else { taken.last() };
        let label = own.map(|(outcome, _)| outcome.label.clone()).unwrap_or_default();
        Ok((Done { label, seq, items, ..Done::default() }, taken.len()))
    }
}

/// That no ritual is there to be taken back, or to be done again.
fn no_group(is_redo: bool) -> Refusal {
    if is_redo {
        Refusal::input("what was taken back last belongs to no ritual")
            .hint("prewire redo does it again")
    } else {
        Refusal::input("the last step belongs to no ritual").hint("prewire undo takes it back")
    }
}
