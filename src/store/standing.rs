//! What is late and what is blocked among all that serves an outcome, counted for a screen of
//! outcomes at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::params;

use super::error::{Doing, Result};
use super::open::Store;
use super::sql::{self, json_ids};
use crate::domain::item::ItemId;

/// Most items below outcomes that are looked at; a screen need not wait for more.
const MOST: usize = 4_000;

/// What is below an outcome and still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Below {
    pub late: usize,
    pub blocked: usize,
}

impl Store {
    /// What is late and what is blocked below each of these, through bets and whatever serves them.
    /// What is both is late.
    ///
    /// # Errors
    /// A storage error.
    pub fn below(&self, ids: &[ItemId], today: NaiveDate) -> Result<HashMap<ItemId, Below>> {
        let doing = "reading what is below outcomes";
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "WITH RECURSIVE below(root, id) AS ( \
                   SELECT w.value, i.id FROM json_each(?1) AS w CROSS JOIN item AS i ON i.\"for\" = w.value \
                   UNION SELECT b.root, i.id FROM below AS b CROSS JOIN item AS i ON i.\"for\" = b.id LIMIT {MOST}) \
                 SELECT b.root, l.due < ?2, EXISTS ( \
                   SELECT 1 FROM edge AS e CROSS JOIN listing AS s ON s.id = e.source \
                   WHERE e.target = b.id AND e.kind = 'blocks' AND s.shelf = 0) \
                 FROM below AS b CROSS JOIN listing AS l ON l.id = b.id \
                 WHERE l.shelf = 0 AND l.kind <> 'request'"
            ))
            .doing(doing)?;
        let mut rows = statement.query(params![json_ids(ids), today.to_string()]).doing(doing)?;
        let mut found: HashMap<ItemId, Below> = HashMap::new();
        while let Some(row) = rows.next().doing(doing)? {
            let below = found.entry(sql::id_at(row, 0).doing(doing)?).or_default();
            let (late, blocked): (bool, bool) =
                (row.get(1).doing(doing)?, row.get(2).doing(doing)?);
            below.late += usize::from(late);
            below.blocked += usize::from(blocked && !late);
        }
        Ok(found)
    }
}
