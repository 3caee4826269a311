//! Assets and the objections that they say they answer.

use rusqlite::{OptionalExtension, params};

use super::error::{Doing, Result};
use super::open::Store;
use super::sql;
use crate::domain::item::{Item, ItemId};

const DOING: &str = "reading what answers an objection";

impl Store {
    /// The live assets that say that they answer an objection: by its ref, its code or its title.
    ///
    /// # Errors
    /// A storage error.
    pub fn answering(&self, objection: &Item) -> Result<Vec<ItemId>> {
        let code = objection.text("code");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT a.id FROM asset AS a CROSS JOIN item AS i ON i.id = a.id \
                 WHERE a.objection IS NOT NULL AND i.deleted_at IS NULL \
                 AND (a.objection = ?1 COLLATE NOCASE OR a.objection = ?2 COLLATE NOCASE \
                      OR (?3 <> '' AND a.objection = ?3 COLLATE NOCASE)) ORDER BY i.no",
            )
            .doing(DOING)?;
        let asked = params![objection.reference.to_string(), objection.title(), code];
        let rows = statement.query_map(asked, |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// The live objection of this title.
    ///
    /// # Errors
    /// A storage error.
    pub fn objection_titled(&self, title: &str) -> Result<Option<ItemId>> {
        self.connection
            .prepare_cached(
                "SELECT id FROM item WHERE kind = 'objection' AND deleted_at IS NULL \
                 AND title = ?1 COLLATE NOCASE ORDER BY no LIMIT 1",
            )
            .and_then(|mut statement| {
                statement.query_row([title], |row| sql::id_at(row, 0)).optional()
            })
            .doing(DOING)
    }
}
