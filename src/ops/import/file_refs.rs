//! What the refs of prewire's own CSV mean: the rows of the file by their ids, since another item may
//! have the same ref here.

use std::collections::HashMap;
use std::path::Path;

use crate::domain::item::{ItemId, Ref};
use crate::exchange::backlog::{Backlog, RowError};

use super::super::error::Result;
use super::refused;

/// The refs of a file, each with the id of its row; none where a file has no ids of ours.
#[derive(Debug, Clone, Default)]
pub(super) struct FileRefs {
    ids: HashMap<Ref, ItemId>,
    refs: HashMap<ItemId, Ref>,
}

impl FileRefs {
    /// Reads the file to its end and goes back to its first row.
    ///
    /// # Errors
    /// When the file cannot be read again.
    pub fn of(backlog: &mut Backlog, path: &Path) -> Result<Self> {
        let mut found = Self::default();
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
                    }
                }
            }
        }
        backlog.rewind().map_err(|error| refused::file(path, error))?;
        Ok(found)
    }

    /// The row that the file calls so.
    pub fn id(&self, reference: Ref) -> Option<ItemId> {
        self.ids.get(&reference).copied()
    }

    /// What the file calls an item.
    pub fn called(&self, id: ItemId) -> Option<Ref> {
        self.refs.get(&id).copied()
    }
}
