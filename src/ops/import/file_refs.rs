//! What the refs of prewire's own CSV mean. The rows of the file are known by their ids, since another
//! item may have the same ref here; any other ref is one of the workspace that wrote the file, which
//! is this one only where rows of the file were made here.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use crate::domain::field::Names;
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::exchange::backlog::{Backlog, RowError};
use crate::store::bulk::Bulk;
use crate::store::lookup::Lookup;
use crate::store::origin::NewOrigin;
use crate::store::{Store, Write};

use super::super::error::Result;
use super::refused;

/// Under which the rows that came out of another workspace are remembered.
const SOURCE: &str = "prewire";
/// Rows of which it is asked whether they were made here.
const ASKED: usize = 2_000;

/// The refs of a file, each with the id of its row; none where a file has no ids of ours.
#[derive(Debug, Clone, Default)]
pub(super) struct FileRefs {
    ids: BTreeMap<Ref, ItemId>,
    refs: HashMap<ItemId, Ref>,
    /// People of the file who are here under an id of their own: by the id that they have there.
    here: HashMap<ItemId, ItemId>,
    /// The file is of another workspace: the refs by which rows came out of one before, and what
    /// they are here; nothing where two came by the same.
    elsewhere: Option<HashMap<Ref, Option<ItemId>>>,
}

impl FileRefs {
    /// Reads the file to its end and goes back to its first row.
    ///
    /// # Errors
    /// When the file cannot be read again; a storage error.
    pub fn of(backlog: &mut Backlog, path: &Path, store: &Store) -> Result<Self> {
        let mut found = Self::default();
        let mut people: Vec<(Ref, ItemId, String)> = Vec::new();
        loop {
            match backlog.next_row() {
                // What is wrong with the file is said when it is read.
                None | Some(Err(RowError::File(_))) => break,
                Some(Err(RowError::Row(_))) => {}
                Some(Ok(row)) => {
                    let reference = row.field("ref").and_then(Ref::parse);
                    if let (Some(reference), Ok(id)) = (reference, row.external_id.parse()) {
                        found.ids.insert(reference, id);
                        found.refs.insert(id, reference);
                        if reference.kind == Kind::Person {
                            people.push((reference, id, row.title));
                        }
                    }
                }
            }
        }
        backlog.rewind().map_err(|error| refused::file(path, error))?;
        found.look_where(store)?;
        for (reference, id, name) in people {
            found.meet(store, (reference, id), &name)?;
        }
        Ok(found)
    }

    /// People are told apart by their names: one who has another id here is the same person.
    fn meet(&mut self, store: &Store, (reference, id): (Ref, ItemId), name: &str) -> Result<()> {
        if store.kind_of(id)?.is_some() {
            return Ok(());
        }
        if let Some(same) = store.exactly_titled(Kind::Person, name)?.first() {
            self.here.insert(id, same.id);
            self.ids.insert(reference, same.id);
            self.refs.insert(same.id, reference);
        }
        Ok(())
    }

    /// The id that a row of the file has here.
    pub fn here(&self, id: ItemId) -> ItemId {
        self.here.get(&id).copied().unwrap_or(id)
    }

    /// What a ref in a cell means, be it a row of the file that is yet to come in.
    ///
    /// # Errors
    /// A storage error.
    pub fn meant(&self, lookup: &impl Lookup, text: &str) -> Result<Option<ItemId>> {
        let Some(reference) = Ref::parse(text) else { return Ok(None) };
        match self.id(reference) {
            Some(id) => Ok(Some(id)),
            None => self.beside(lookup, reference),
        }
    }

    /// That something leads to nothing here, as the end of a sentence.
    pub fn strange(&self) -> &'static str {
        if self.is_elsewhere() { "did not come from there" } else { "is not here" }
    }

    /// Whether the file is of another workspace: it has rows, and none of them was made here.
    fn look_where(&mut self, store: &Store) -> Result<()> {
        if self.ids.is_empty() {
            return Ok(());
        }
        let mut came: HashMap<Ref, Option<ItemId>> = HashMap::new();
        let mut strangers: HashSet<ItemId> = HashSet::new();
        for origin in store.origins_from(SOURCE)? {
            strangers.insert(origin.item);
            if let Some(reference) = Ref::parse(&origin.digest) {
                came.entry(reference).and_modify(|one| *one = None).or_insert(Some(origin.item));
            }
        }
        let asked: Vec<ItemId> = self.ids.values().take(ASKED).copied().collect();
        let names = store.names_of(&asked)?;
        let is_own = |(reference, id): (&Ref, &ItemId)| {
            names.reference(*id) == Some(*reference) && !strangers.contains(id)
        };
        if !self.ids.iter().take(ASKED).any(is_own) {
            self.elsewhere = Some(came);
        }
        Ok(())
    }

    /// Whether the file was written by another workspace.
    pub fn is_elsewhere(&self) -> bool {
        self.elsewhere.is_some()
    }

    /// What is worth saying of that.
    pub fn note(&self) -> Option<String> {
        let note = "the file is of another workspace, so its refs mean rows of the file and what \
                    came from there before, nothing else that has the same ref here";
        self.is_elsewhere().then(|| note.to_owned())
    }

    /// Why a tie to what is not here is left out.
    pub fn missing(&self) -> &'static str {
        if self.is_elsewhere() {
            "did not come from there, so it is left out"
        } else {
            "is not here, so it is left out"
        }
    }

    /// The row that the file calls so.
    pub fn id(&self, reference: Ref) -> Option<ItemId> {
        self.ids.get(&reference).copied()
    }

    /// The last ref of this kind in the file.
    pub fn last(&self, kind: Kind) -> Option<Ref> {
        let all = Ref { kind, number: 0 }..=Ref { kind, number: i64::MAX };
        self.ids.range(all).next_back().map(|(reference, _)| *reference)
    }

    /// What is meant by a ref that no row of the file has.
    ///
    /// # Errors
    /// A storage error.
    pub fn beside(&self, lookup: &impl Lookup, reference: Ref) -> Result<Option<ItemId>> {
        match &self.elsewhere {
            Some(came) => Ok(came.get(&reference).copied().flatten()),
            None => Ok(lookup.by_ref(reference)?),
        }
    }

    /// What the file calls an item.
    pub fn called(&self, id: ItemId) -> Option<Ref> {
        self.refs.get(&id).copied()
    }

    /// Remembers under which ref a new item came out of another workspace.
    ///
    /// # Errors
    /// A storage error.
    pub fn remember(&self, write: &Write<'_>, item: ItemId) -> Result<()> {
        let (true, Some(reference)) = (self.is_elsewhere(), self.called(item)) else {
            return Ok(());
        };
        let (external_id, digest) = (&item.to_string(), &reference.to_string());
        Ok(write.set_origin(&NewOrigin { source: SOURCE, external_id, item, digest })?)
    }
}
