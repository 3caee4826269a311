//! What time that came in without a band most likely was, as the rules of the workspace guess it: in
//! the week, beside the entries of a list, and on each.

use std::collections::HashMap;

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::week::Band;
use crate::domain::week::stretch::Stretch;

use super::super::error::Result;
use super::super::evidence::Fact;
use super::super::workspace::Workspace;
use super::super::{guesses, meetings};

impl Workspace {
    /// Says of what came in unclassified what the rules say that it was.
    pub(super) fn guess(&self, lived: &mut [Stretch]) -> Result<()> {
        let open = |one: &&Stretch| one.band == Band::Unclassified;
        let ids: Vec<ItemId> = lived.iter().filter(open).map(|one| one.id).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let rules = guesses::rules(&self.store)?;
        for item in self.store.items(&ids)? {
            if let Some(one) = lived.iter_mut().find(|one| one.id == item.id) {
                one.guess = meetings::guess_of(&item, &rules);
            }
        }
        Ok(())
    }

    /// The guesses about items that are entries without a band.
    ///
    /// # Errors
    /// A storage error.
    pub fn guesses_of(&self, items: &[Item]) -> Result<HashMap<ItemId, Band>> {
        let is_open = |item: &&Item| {
            item.kind() == Kind::Entry && item.text("band") == Band::Unclassified.slug()
        };
        let open: Vec<&Item> = items.iter().filter(is_open).collect();
        if open.is_empty() {
            return Ok(HashMap::new());
        }
        let rules = guesses::rules(&self.store)?;
        let guess = |item: &Item| Some((item.id, meetings::guess_of(item, &rules)?));
        Ok(open.into_iter().filter_map(guess).collect())
    }

    /// The same in words, for lists.
    pub(in crate::ops) fn guesses_aside(&self, items: &[Item]) -> Result<HashMap<ItemId, String>> {
        let guesses = self.guesses_of(items)?;
        Ok(guesses.into_iter().map(|(id, band)| (id, format!("{band}?"))).collect())
    }

    pub(in crate::ops) fn facts_of_entry(&self, item: &Item) -> Result<Vec<Fact>> {
        let guess = self.guesses_of(std::slice::from_ref(item))?;
        let fact = |band: &Band| Fact::quiet("Guess", format!("{band}"));
        Ok(guess.values().map(fact).collect())
    }
}
