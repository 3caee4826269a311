//! The titles of a whole backlog, for matching as somebody types: read at once, or ahead, beside
//! whatever else is asked.

use rusqlite::{Connection, Row};

use super::error::{Doing, Result};
use super::open::Store;
use super::sql;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;

const DOING: &str = "reading the titles";

/// The titles of a backlog in its order, closed ones last; kept close together, because there are
/// many of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Titles {
    items: Vec<(ItemId, u32)>,
    /// How many of them are open.
    open: usize,
    /// Where each title ends in the text of all.
    ends: Vec<u32>,
    text: String,
}

impl Titles {
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The id of the one at a place.
    #[must_use]
    pub fn id(&self, place: usize) -> ItemId {
        self.items[place].0
    }

    /// The number of its ref.
    #[must_use]
    pub fn number(&self, place: usize) -> i64 {
        self.items[place].1.into()
    }

    #[must_use]
    pub fn is_closed(&self, place: usize) -> bool {
        place >= self.open
    }

    #[must_use]
    pub fn text(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[place] as usize]
    }

    fn push(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let number: i64 = row.get(1)?;
        if row.get::<_, i64>(2)? == 0 {
            self.open += 1;
        }
        self.text.push_str(&row.get_ref(3).map(sql::seen)?.unwrap_or_default());
        self.items.push((sql::id_at(row, 0)?, u32::try_from(number).unwrap_or(u32::MAX)));
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        Ok(())
    }
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
    pub fn run(self) -> Result<(i64, Titles)> {
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
    pub fn titles(&self, kind: Kind) -> Result<Titles> {
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

fn read(connection: &Connection, kind: Kind) -> Result<Titles> {
    let mut statement = connection
        .prepare_cached(
            "SELECT l.id, i.no, l.shelf, i.title FROM listing AS l CROSS JOIN item AS i ON i.id = l.id \
             WHERE l.kind = ?1 AND l.shelf < 2 ORDER BY l.shelf, l.first, l.second, l.third, l.id",
        )
        .doing(DOING)?;
    let mut rows = statement.query([kind.slug()]).doing(DOING)?;
    let mut titles = Titles::default();
    while let Some(row) = rows.next().doing(DOING)? {
        titles.push(row).doing(DOING)?;
    }
    titles.items.shrink_to_fit();
    titles.ends.shrink_to_fit();
    titles.text.shrink_to_fit();
    Ok(titles)
}
