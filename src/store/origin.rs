//! Where imported items came from, and settings: small journalled tables beside the items.

use rusqlite::{OptionalExtension, params};

use super::error::{Doing, Result};
use super::journal::Write;
use super::open::Store;
use super::sql;
use crate::domain::field::{FieldKind, Place};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;

/// An item that came from a file, as it was when last imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub item: ItemId,
    /// Hash of what the row said then.
    pub digest: String,
}

const INSERT: &str = "INSERT OR FAIL INTO origin (id, source, external_id, item, digest) VALUES (?1, ?2, ?3, ?4, ?5)";
const RENEW: &str = "INSERT OR FAIL INTO origin (id, source, external_id, item, digest) \
     VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (source, external_id) \
     DO UPDATE SET item = excluded.item, digest = excluded.digest";

/// What is about to be remembered.
#[derive(Debug, Clone, Copy)]
pub struct NewOrigin<'a> {
    pub source: &'a str,
    pub external_id: &'a str,
    pub item: ItemId,
    pub digest: &'a str,
}

/// One line of the table, for the export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginRow {
    pub source: String,
    pub external_id: String,
    pub item: ItemId,
    pub digest: String,
}

impl OriginRow {
    /// The line as it is remembered.
    #[must_use]
    pub fn as_new(&self) -> NewOrigin<'_> {
        let Self { source, external_id, item, digest } = self;
        NewOrigin { source, external_id, item: *item, digest }
    }
}

impl Write<'_> {
    /// The item that this row of this source became.
    ///
    /// # Errors
    /// A storage error.
    pub fn origin(&self, source: &str, external_id: &str) -> Result<Option<Origin>> {
        self.connection
            .prepare_cached(
                "SELECT item, digest FROM origin WHERE source = ?1 AND external_id = ?2",
            )
            .and_then(|mut statement| {
                statement
                    .query_row([source, external_id], |row| {
                        Ok(Origin { item: sql::id_at(row, 0)?, digest: row.get(1)? })
                    })
                    .optional()
            })
            .doing("looking for an earlier import")
    }

    /// Remembers where an item came from that came from nowhere before.
    ///
    /// # Errors
    /// A storage error, also when something came from there.
    pub fn add_origin(&self, row: &NewOrigin<'_>) -> Result<()> {
        self.write_origin(row, INSERT)
    }

    /// What came in as one item is another one now.
    ///
    /// # Errors
    /// A storage error.
    pub fn move_origins(&self, from: ItemId, to: ItemId) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE origin SET item = ?2 WHERE item = ?1")
            .and_then(|mut statement| statement.execute([from.to_string(), to.to_string()]))
            .doing("remembering the import")
            .map(drop)
    }

    /// Remembers where an item came from.
    ///
    /// # Errors
    /// A storage error.
    pub fn set_origin(&self, row: &NewOrigin<'_>) -> Result<()> {
        self.write_origin(row, RENEW)
    }

    fn write_origin(&self, row: &NewOrigin<'_>, statement: &str) -> Result<()> {
        let id = self.new_id();
        self.connection
            .prepare_cached(statement)
            .and_then(|mut statement| {
                statement.execute(params![
                    id.to_string(),
                    row.source,
                    row.external_id,
                    row.item.to_string(),
                    row.digest
                ])
            })
            .doing("remembering the import")?;
        self.loaded("origin", id);
        Ok(())
    }

    /// Writes a setting of the workspace; `None` removes it.
    ///
    /// # Errors
    /// A storage error.
    pub fn set_setting(&self, name: &str, value: Option<&str>) -> Result<()> {
        let done = match value {
            Some(value) => self.connection.execute(
                "INSERT INTO setting (id, value) VALUES (?1, ?2) \
                 ON CONFLICT (id) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
                [name, value],
            ),
            None => self.connection.execute("DELETE FROM setting WHERE id = ?1", [name]),
        };
        done.doing("writing a setting").map(drop)
    }

    /// As `Store::settings`, within the transaction.
    ///
    /// # Errors
    /// A storage error.
    pub fn settings(&self) -> Result<Vec<(String, String)>> {
        settings(self.connection)
    }

    /// As `Store::origins_from`, within the transaction.
    ///
    /// # Errors
    /// A storage error.
    pub fn origins_from(&self, source: &str) -> Result<Vec<OriginRow>> {
        origins_from(self.connection, source)
    }

    /// Removes an item and everything that hangs on it for good; only purge and tests come here.
    ///
    /// # Errors
    /// A storage error, also when something still points at it.
    pub fn delete(&self, id: ItemId, table: &str) -> Result<()> {
        let doing = "purging the item";
        let key = id.to_string();
        for query in [
            "DELETE FROM edge WHERE source = ?1 OR target = ?1",
            "DELETE FROM tagging WHERE item = ?1",
            "DELETE FROM origin WHERE item = ?1",
            "UPDATE item SET \"for\" = NULL, rev = rev + 1 WHERE \"for\" = ?1",
            "UPDATE item SET owner = NULL, rev = rev + 1 WHERE owner = ?1",
            "UPDATE item SET waiting_on = NULL, rev = rev + 1 WHERE waiting_on = ?1",
        ] {
            self.connection.execute(query, [&key]).doing(doing)?;
        }
        for noun in Kind::ALL.map(Kind::noun) {
            let links = noun.fields.iter().filter(|field| {
                field.place == Place::Own && matches!(field.kind, FieldKind::One(_))
            });
            for field in links {
                let (own, name) = (noun.name, sql::quoted(field.name));
                let query = format!("UPDATE {own} SET {name} = NULL WHERE {name} = ?1");
                self.connection.execute(&query, [&key]).doing(doing)?;
            }
        }
        self.purge_parts(id)?;
        self.connection
            .execute(&format!("DELETE FROM {table} WHERE id = ?1"), [&key])
            .doing(doing)?;
        self.connection.execute("DELETE FROM item WHERE id = ?1", [&key]).doing(doing).map(drop)
    }
}

impl Store {
    /// A setting of the workspace.
    ///
    /// # Errors
    /// A storage error.
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        self.connection
            .prepare_cached("SELECT value FROM setting WHERE id = ?1")
            .and_then(|mut statement| statement.query_row([name], |row| row.get(0)).optional())
            .doing("reading a setting")
    }

    /// All settings, by name.
    ///
    /// # Errors
    /// A storage error.
    pub fn settings(&self) -> Result<Vec<(String, String)>> {
        settings(&self.connection)
    }

    /// Where every imported item came from.
    ///
    /// # Errors
    /// A storage error.
    pub fn origins(&self) -> Result<Vec<OriginRow>> {
        let doing = "reading where items came from";
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT source, external_id, item, digest FROM origin ORDER BY source, external_id",
            )
            .doing(doing)?;
        let rows = statement
            .query_map([], |row| {
                Ok(OriginRow {
                    source: row.get(0)?,
                    external_id: row.get(1)?,
                    item: sql::id_at(row, 2)?,
                    digest: row.get(3)?,
                })
            })
            .doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// The sources whose names begin so.
    ///
    /// # Errors
    /// A storage error.
    pub fn sources(&self, begun: &str) -> Result<Vec<String>> {
        let doing = "reading where items came from";
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT source FROM origin WHERE substr(source, 1, length(?1)) = ?1 ORDER BY source",
            )
            .doing(doing)?;
        let rows = statement.query_map([begun], |row| row.get(0)).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// The rows of one source: their ids there, what they are here, and their digests.
    ///
    /// # Errors
    /// A storage error.
    pub fn origin_kinds(&self, source: &str) -> Result<Vec<(String, Kind, String)>> {
        let doing = "reading where items came from";
        let query = "SELECT o.external_id, i.kind, o.digest FROM origin AS o \
             CROSS JOIN item AS i ON i.id = o.item WHERE o.source = ?1";
        let mut statement = self.connection.prepare_cached(query).doing(doing)?;
        let mut rows = statement.query([source]).doing(doing)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().doing(doing)? {
            let slug = sql::text_at(row, 1).doing(doing)?.unwrap_or_default();
            let Some(kind) = Kind::from_slug(&slug) else { continue };
            let id = sql::text_at(row, 0).doing(doing)?.unwrap_or_default();
            found.push((id, kind, sql::text_at(row, 2).doing(doing)?.unwrap_or_default()));
        }
        Ok(found)
    }

    /// How much came from one source.
    ///
    /// # Errors
    /// A storage error.
    pub fn origins_count(&self, source: &str) -> Result<usize> {
        self.connection
            .prepare_cached("SELECT count(*) FROM origin WHERE source = ?1")
            .and_then(|mut statement| statement.query_row([source], |row| row.get::<_, i64>(0)))
            .map(|count| usize::try_from(count).unwrap_or(0))
            .doing("reading where items came from")
    }

    /// What came from one source, by its ids there.
    ///
    /// # Errors
    /// A storage error.
    pub fn origins_from(&self, source: &str) -> Result<Vec<OriginRow>> {
        origins_from(&self.connection, source)
    }

    /// All ids, in the order of kind and number, those in the Trash too.
    ///
    /// # Errors
    /// A storage error.
    pub fn all_ids(&self) -> Result<Vec<ItemId>> {
        self.ids("SELECT id FROM item ORDER BY kind, no")
    }

    /// The ids in the Trash, the last thrown away first.
    ///
    /// # Errors
    /// A storage error.
    pub fn trashed(&self) -> Result<Vec<ItemId>> {
        self.ids(
            "SELECT id FROM item WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC",
        )
    }

    fn ids(&self, query: &str) -> Result<Vec<ItemId>> {
        let doing = "reading items";
        let mut statement = self.connection.prepare_cached(query).doing(doing)?;
        let rows = statement.query_map([], |row| sql::id_at(row, 0)).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }
}

pub(super) fn settings(connection: &rusqlite::Connection) -> Result<Vec<(String, String)>> {
    let doing = "reading the settings";
    let mut statement =
        connection.prepare_cached("SELECT id, value FROM setting ORDER BY id").doing(doing)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).doing(doing)?;
    rows.collect::<rusqlite::Result<_>>().doing(doing)
}

fn origins_from(connection: &rusqlite::Connection, source: &str) -> Result<Vec<OriginRow>> {
    let doing = "reading where items came from";
    let query =
        "SELECT external_id, item, digest FROM origin WHERE source = ?1 ORDER BY external_id";
    let mut statement = connection.prepare_cached(query).doing(doing)?;
    let rows = statement
        .query_map([source], |row| {
            Ok(OriginRow {
                source: source.to_owned(),
                external_id: row.get(0)?,
                item: sql::id_at(row, 1)?,
                digest: row.get(2)?,
            })
        })
        .doing(doing)?;
    rows.collect::<rusqlite::Result<_>>().doing(doing)
}
