//! Who is meant by the links of a file: what is in the workspace, and, where nothing is written yet,
//! what the rows of the file would become.

use std::collections::HashMap;

use uuid::Uuid;

use crate::domain::field::Names;
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::store::Store;
use crate::store::bulk::Bulk;

use super::super::error::Result;
use super::file_refs::FileRefs;
use super::prepare::Prepared;

/// The kinds that a link may name. Requests are found too, so that the refusal can say why.
const NAMED: [Kind; 3] = [Kind::Decision, Kind::Asset, Kind::Request];

/// Questions about the ends of ties.
pub(super) trait World {
    /// What is meant by a ref that no row of the file has.
    ///
    /// # Errors
    /// A storage error.
    fn beside(&self, file: &FileRefs, reference: Ref) -> Result<Option<ItemId>>;
    /// The item that a row became, by its id in the file.
    ///
    /// # Errors
    /// A storage error.
    fn by_id_there(&self, name: &str) -> Result<Option<ItemId>>;
    /// # Errors
    /// A storage error.
    fn titled(&self, title: &str) -> Result<Vec<ItemId>>;
    /// # Errors
    /// A storage error.
    fn kind_of(&self, id: ItemId) -> Result<Option<Kind>>;
    /// Its ref, or its title where it has none yet.
    ///
    /// # Errors
    /// A storage error.
    fn called(&self, id: ItemId) -> Result<String>;
}

/// The workspace as it is, after all rows were written.
pub(super) struct Here<'a, L: Bulk> {
    pub lookup: &'a L,
    pub namespace: &'a str,
}

impl<L: Bulk> World for Here<'_, L> {
    fn beside(&self, file: &FileRefs, reference: Ref) -> Result<Option<ItemId>> {
        file.beside(self.lookup, reference)
    }

    fn by_id_there(&self, name: &str) -> Result<Option<ItemId>> {
        Ok(self.lookup.origin_of(self.namespace, name)?.map(|origin| origin.item))
    }

    fn titled(&self, title: &str) -> Result<Vec<ItemId>> {
        let mut found = Vec::new();
        for kind in NAMED {
            found.extend(self.lookup.exactly_titled(kind, title)?.into_iter().map(|one| one.id));
        }
        Ok(found)
    }

    fn kind_of(&self, id: ItemId) -> Result<Option<Kind>> {
        Ok(self.lookup.kind_of(id)?)
    }

    fn called(&self, id: ItemId) -> Result<String> {
        let names = self.lookup.names_of(&[id])?;
        Ok(names.reference(id).map_or_else(String::new, |found| found.to_string()))
    }
}

/// The workspace as it would be: with the rows that are new.
pub(super) struct Foreseen<'a> {
    here: Here<'a, Store>,
    by_id: HashMap<String, ItemId>,
    by_title: HashMap<String, Vec<ItemId>>,
    new: HashMap<ItemId, (Kind, String)>,
}

impl<'a> Foreseen<'a> {
    pub fn new(here: Here<'a, Store>) -> Self {
        Self { here, by_id: HashMap::new(), by_title: HashMap::new(), new: HashMap::new() }
    }

    /// Takes note of a row that would become an item; the id stands for that of the item.
    pub fn add(&mut self, row: &Prepared) -> ItemId {
        let id = ItemId(Uuid::from_u128(self.new.len() as u128 + 1));
        self.by_id.insert(row.external_id.clone(), id);
        self.by_title.entry(row.title.to_ascii_lowercase()).or_default().push(id);
        self.new.insert(id, (row.kind, row.title.clone()));
        id
    }
}

impl World for Foreseen<'_> {
    fn beside(&self, file: &FileRefs, reference: Ref) -> Result<Option<ItemId>> {
        self.here.beside(file, reference)
    }

    fn by_id_there(&self, name: &str) -> Result<Option<ItemId>> {
        match self.by_id.get(name) {
            Some(id) => Ok(Some(*id)),
            None => self.here.by_id_there(name),
        }
    }

    fn titled(&self, title: &str) -> Result<Vec<ItemId>> {
        let mut found = self.by_title.get(&title.to_ascii_lowercase()).cloned().unwrap_or_default();
        found.extend(self.here.titled(title)?);
        Ok(found)
    }

    fn kind_of(&self, id: ItemId) -> Result<Option<Kind>> {
        match self.new.get(&id) {
            Some((kind, _)) => Ok(Some(*kind)),
            None => self.here.kind_of(id),
        }
    }

    fn called(&self, id: ItemId) -> Result<String> {
        match self.new.get(&id) {
            Some((_, title)) => Ok(format!("“{title}”")),
            None => self.here.called(id),
        }
    }
}
