//! What is late and what is blocked among all that serves an outcome, counted for a screen of
//! outcomes at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::params;

use super::error::{Doing, Result};
use super::open::Store;
use super::sql::{self, json_ids};
use crate::domain::item::ItemId;

const DOING: &str = "reading what is below outcomes";

/// Most of what serves one outcome or bet that is looked at, the newest first; a screen need not wait for more.
const MOST: u16 = 300;

/// What is below an outcome and still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Below {
    pub late: usize,
    pub blocked: usize,
    /// There is more than was looked at, so that both are the least that there can be.
    pub at_least: bool,
}

impl Store {
    /// What is late and what is blocked below each of these, through bets and whatever serves them.
    /// What is both is late.
    ///
    /// # Errors
    /// A storage error.
    pub fn below(&self, ids: &[ItemId], today: NaiveDate) -> Result<HashMap<ItemId, Below>> {
        let mut found: HashMap<ItemId, Below> = HashMap::new();
        for (root, server) in self.beneath(ids)? {
            let (some, at_least) = self.told_of(server, today)?;
            let below = found.entry(root).or_default();
            below.late += some.iter().filter(|(late, _)| *late).count();
            below.blocked += some.iter().filter(|(late, blocked)| *blocked && !late).count();
            below.at_least |= at_least;
        }
        Ok(found)
    }

    /// Each of these with itself, and with every bet that serves it.
    fn beneath(&self, ids: &[ItemId]) -> Result<Vec<(ItemId, ItemId)>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT \"for\", id FROM item WHERE kind = 'bet' AND deleted_at IS NULL \
                 AND \"for\" IN (SELECT value FROM json_each(?1))",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([json_ids(ids)], |row| Ok((sql::id_at(row, 0)?, sql::id_at(row, 1)?)))
            .doing(DOING)?;
        let mut all: Vec<(ItemId, ItemId)> = ids.iter().map(|id| (*id, *id)).collect();
        for row in rows {
            all.push(row.doing(DOING)?);
        }
        Ok(all)
    }

    /// Of the open items that serve this, whether each is late and whether it is blocked; and
    /// whether there are more than were looked at.
    fn told_of(&self, server: ItemId, today: NaiveDate) -> Result<(Vec<(bool, bool)>, bool)> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT l.shelf = 0 AND l.kind <> 'request', l.due < ?2, EXISTS ( \
                   SELECT 1 FROM edge AS e CROSS JOIN listing AS s ON s.id = e.source \
                   WHERE e.target = b.id AND e.kind = 'blocks' AND s.shelf = 0) \
                 FROM (SELECT id FROM item WHERE \"for\" = ?1 AND kind NOT IN ('block', 'entry') \
                   ORDER BY rowid DESC LIMIT ?3) AS b \
                 CROSS JOIN listing AS l ON l.id = b.id",
            )
            .doing(DOING)?;
        let asked = params![server.to_string(), today.to_string(), MOST];
        let rows = statement
            .query_map(asked, |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))
            .doing(DOING)?;
        let all: Vec<(bool, (bool, bool))> = rows.collect::<rusqlite::Result<_>>().doing(DOING)?;
        let at_least = all.len() == usize::from(MOST);
        Ok((all.into_iter().filter_map(|(counts, one)| counts.then_some(one)).collect(), at_least))
    }
}
