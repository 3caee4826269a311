//! What only the whole bundle can tell: no id, ref, origin or setting twice, and every link leads
//! to an item of the file under the ref that the link gives.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use super::{BundleError, Entry, LinkTo};
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::part::PartId;

/// What has been seen so far.
#[derive(Debug, Default)]
pub struct Check {
    refs: HashMap<ItemId, Ref>,
    taken: HashSet<Ref>,
    parts: HashSet<PartId>,
    links: Vec<(Ref, LinkTo)>,
    /// Hashes, not texts, so that a million fit.
    origins: HashSet<u64>,
    state: RandomState,
    origin_items: Vec<ItemId>,
    settings: HashSet<String>,
    counters: HashMap<Kind, i64>,
}

impl Check {
    /// Takes note of an entry.
    ///
    /// # Errors
    /// A sentence about what stands there twice.
    pub fn note(&mut self, entry: &Entry) -> Result<(), String> {
        match entry {
            Entry::Counter { kind, next } => match self.counters.insert(*kind, *next) {
                Some(_) => Err(format!("the counter of {} stands here twice", kind.slug())),
                None => Ok(()),
            },
            Entry::Item { item, parts, links } => {
                if !self.taken.insert(item.reference) {
                    return Err(format!("{} stands here twice", item.reference));
                }
                if let Some(other) = self.refs.insert(item.id, item.reference) {
                    return Err(format!("{} and {other} have one id", item.reference));
                }
                for part in parts {
                    if !self.parts.insert(part.id) {
                        return Err(format!("two parts have the id {}", part.id));
                    }
                }
                self.links.extend(links.iter().map(|link| (item.reference, *link)));
                Ok(())
            }
            Entry::Origin(origin) => {
                self.origin_items.push(origin.item);
                let key = (&origin.source, &origin.external_id);
                if self.origins.insert(self.state.hash_one(key)) {
                    return Ok(());
                }
                Err(format!("{} of {} stands here twice", origin.external_id, origin.source))
            }
            Entry::Setting { name, .. } => {
                if self.settings.insert(name.clone()) {
                    return Ok(());
                }
                Err(format!("the setting {name} stands here twice"))
            }
        }
    }

    /// Looks at the whole.
    ///
    /// # Errors
    /// `Whole` with the link that leads nowhere, or the counter that would give a ref again.
    pub fn finish(&self) -> Result<(), BundleError> {
        for (from, link) in &self.links {
            let found = self.refs.get(&link.id);
            let why = match found {
                Some(reference) if *reference == link.reference => continue,
                Some(reference) => format!("whose id is that of {reference}"),
                None => "which is not in the file".to_owned(),
            };
            return Err(BundleError::Whole(format!("{from} points at {}, {why}", link.reference)));
        }
        if let Some(item) = self.origin_items.iter().find(|item| !self.refs.contains_key(item)) {
            return Err(BundleError::Whole(format!("an origin names {item}, which is not there")));
        }
        for reference in &self.taken {
            let next = self.counters.get(&reference.kind).copied().unwrap_or(1);
            if reference.number >= next {
                return Err(BundleError::Whole(format!(
                    "{reference} is beyond the counter of its kind, which is {next}"
                )));
            }
        }
        Ok(())
    }

    /// The next number of each kind's refs.
    #[must_use]
    pub fn counters(&self) -> &HashMap<Kind, i64> {
        &self.counters
    }
}
