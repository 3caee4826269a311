//! Which of the items that a step is about are there.

use std::collections::HashSet;

use crate::domain::item::{Item, ItemId};
use crate::domain::refusal::Refusal;
use crate::store::Write;

use super::super::error::Result;

/// The items of these ids, none of them gone or in the Trash.
pub(in crate::ops) fn present(write: &Write<'_>, ids: &[ItemId]) -> Result<Vec<Item>> {
    let mut seen = HashSet::new();
    let ids: Vec<ItemId> = ids.iter().copied().filter(|id| seen.insert(*id)).collect();
    let items = write.items(&ids)?;
    if items.len() < ids.len() {
        return Err(Refusal::missing("one of these items is not there any more").into());
    }
    if let Some(thrown) = items.iter().find(|item| item.deleted_at.is_some()) {
        return Err(Refusal::input(format!("{} is in the Trash", thrown.reference))
            .hint(format!("prewire trash restore {}", thrown.reference))
            .into());
    }
    Ok(items)
}
