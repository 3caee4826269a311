//! What is in the Trash: thrown away, not gone. And items by id with the names that they use.

use crate::domain::item::Item;
use crate::store::NameTable;
use crate::store::lookup::Lookup;

use super::error::Result;
use super::workspace::Workspace;

impl Workspace {
    /// The items in the Trash, the one thrown away last first, with the names that they use.
    ///
    /// # Errors
    /// A storage error.
    pub fn trashed(&self) -> Result<(Vec<Item>, NameTable)> {
        let ids = self.store.trashed()?;
        let items = self.store.items(&ids)?;
        let names = self.store.names_for(&items)?;
        Ok((items, names))
    }
}
