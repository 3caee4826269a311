//! The titles of a whole backlog, for matching as somebody types: read at once, or ahead, beside
//! whatever else is asked.

use rusqlite::Connection;

use super::error::{Doing, Result};
use super::open::Store;
use super::sql;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;

const DOING: &str = "reading the titles";

/// The title of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    pub id: ItemId,
    pub number: i64,
    pub closed: bool,
    pub text: String,
}

/// A reading that is still to be made, on whatever thread.
pub struct Ahead {
    source: Connection,
    kind: Kind,
}

impl Ahead {
    /// The number of the newest step, and the titles as they stood at it.
    ///
    /// # Errors
    /// A storage error.
    pub fn run(self) -> Result<(i64, Vec<Title>)> {
        let view = self.source.unchecked_transaction().doing(DOING)?;
        let (step, _) = super::journal::head(&view)?;
        Ok((step, read(&view, self.kind)?))
    }
}

impl Store {
    /// The titles of every live item of a kind, in the order of its backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn titles(&self, kind: Kind) -> Result<Vec<Title>> {
        read(&self.connection, kind)
    }

    /// The same reading on a connection of its own; `None` in memory, where there is only one.
    ///
    /// # Errors
    /// A storage error.
    pub fn titles_ahead(&self, kind: Kind) -> Result<Option<Ahead>> {
        if self.is_in_memory() {
            return Ok(None);
        }
        Ok(Some(Ahead { source: self.reader()?, kind }))
    }
}

fn read(connection: &Connection, kind: Kind) -> Result<Vec<Title>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT l.id, i.no, l.shelf, i.title FROM listing AS l CROSS JOIN item AS i ON i.id = l.id \
             WHERE l.kind = ?1 AND l.shelf < 2 ORDER BY l.shelf, l.first, l.second, l.third, l.id",
        )
        .doing(DOING)?;
    let rows = statement
        .query_map([kind.slug()], |row| {
            Ok(Title {
                id: sql::id_at(row, 0)?,
                number: row.get(1)?,
                closed: row.get::<_, i64>(2)? == 1,
                text: sql::text_at(row, 3)?.unwrap_or_default(),
            })
        })
        .doing(DOING)?;
    rows.collect::<rusqlite::Result<_>>().doing(DOING)
}
