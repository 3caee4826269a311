//! Items in full, for whoever prints them: with their parts, and the names of all they point at.

use crate::domain::item::{Item, ItemId};
use crate::store::part::{PartTable, Parts};
use crate::store::{NameTable, Write};

use super::error::Result;
use super::workspace::Workspace;

/// Items with everything that is needed to tell them.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pub items: Vec<Item>,
    pub parts: PartTable,
    pub names: NameTable,
}

impl Workspace {
    /// The items of these ids, in this order.
    ///
    /// # Errors
    /// A storage error.
    pub fn told(&self, ids: &[ItemId]) -> Result<Told> {
        tell(&self.store, self.store.items(ids)?)
    }

    /// Items that have been read already.
    ///
    /// # Errors
    /// A storage error.
    pub fn told_of(&self, items: Vec<Item>) -> Result<Told> {
        tell(&self.store, items)
    }
}

/// As `Workspace::told`, within a transaction.
pub(super) fn within(write: &Write<'_>, ids: &[ItemId]) -> Result<Told> {
    tell(write, write.items(ids)?)
}

fn tell(from: &impl Parts, items: Vec<Item>) -> Result<Told> {
    let parts = from.parts(&items)?;
    let names = from.names_with(&items, &parts)?;
    Ok(Told { items, parts, names })
}
