//! Questions about where single items stand: late, in hand, untriaged, tied to an outcome.

use chrono::NaiveDate;
use rusqlite::params;

use super::error::{Doing, Result};
use super::open::Store;
use super::sql;
use crate::domain::item::ItemId;

impl Store {
    /// Open assets that are late, due by `soon`, or being worked on; by day, and how many in all.
    ///
    /// # Errors
    /// A storage error.
    pub fn in_hand(&self, soon: NaiveDate, most: usize) -> Result<(Vec<ItemId>, usize)> {
        let due = self.some_ids(
            "SELECT id FROM listing INDEXED BY listing_due WHERE kind = 'asset' AND shelf = 0 AND due <= ?1 \
             ORDER BY due, id LIMIT ?2",
            params![soon.to_string(), i64::try_from(most).unwrap_or(0)],
        )?;
        let doing = self.some_ids(
            "SELECT id FROM item WHERE kind = 'asset' AND state IN ('doing', 'review') AND deleted_at IS NULL \
             ORDER BY updated_at DESC, id LIMIT ?1",
            params![i64::try_from(most).unwrap_or(0)],
        )?;
        let all = self.count_of(
            "SELECT count(*) FROM listing WHERE kind = 'asset' AND shelf = 0 AND due <= ?1",
            params![soon.to_string()],
        )?;
        let mut ids = due;
        let more: Vec<ItemId> = doing.into_iter().filter(|id| !ids.contains(id)).collect();
        let all = all + more.len();
        ids.extend(more);
        ids.truncate(most);
        Ok((ids, all))
    }

    /// Requests that nobody has triaged, the one asked first at the top; and how many in all.
    ///
    /// # Errors
    /// A storage error.
    pub fn untriaged(&self, most: usize) -> Result<(Vec<ItemId>, usize)> {
        let ids = self.some_ids(
            "SELECT id FROM listing INDEXED BY listing_order WHERE kind = 'request' AND shelf = 0 AND first = 0 \
             ORDER BY first, second, third, id LIMIT ?1",
            params![i64::try_from(most).unwrap_or(0)],
        )?;
        let all = self.count_of(
            "SELECT count(*) FROM listing WHERE kind = 'request' AND shelf = 0 AND first = 0",
            [],
        )?;
        Ok((ids, all))
    }

    fn some_ids(&self, query: &str, values: impl rusqlite::Params) -> Result<Vec<ItemId>> {
        let doing = "reading the backlog";
        let mut statement = self.connection.prepare_cached(query).doing(doing)?;
        let rows = statement.query_map(values, |row| sql::id_at(row, 0)).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    fn count_of(&self, query: &str, values: impl rusqlite::Params) -> Result<usize> {
        self.connection
            .prepare_cached(query)
            .and_then(|mut statement| statement.query_row(values, |row| row.get::<_, i64>(0)))
            .doing("counting the backlog")
            .map(|count| usize::try_from(count).unwrap_or(0))
    }

    /// Whether an open item is past its day.
    ///
    /// # Errors
    /// A storage error.
    pub fn is_late(&self, id: ItemId, today: NaiveDate) -> Result<bool> {
        self.connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM listing WHERE id = ?1 AND shelf = 0 AND due < ?2)",
            )
            .and_then(|mut statement| {
                statement.query_row(params![id.to_string(), today.to_string()], |row| row.get(0))
            })
            .doing("reading the backlog")
    }

    /// The earliest day among these items.
    ///
    /// # Errors
    /// A storage error.
    pub fn earliest_due(&self, ids: &[ItemId]) -> Result<Option<NaiveDate>> {
        if ids.is_empty() {
            return Ok(None);
        }
        let earliest: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT min(due) FROM listing WHERE id IN (SELECT value FROM json_each(?1)) AND due < '9999'",
            )
            .and_then(|mut statement| statement.query_row([sql::json_ids(ids)], |row| row.get(0)))
            .doing("reading the backlog")?;
        Ok(earliest.and_then(|day| day.parse().ok()))
    }

    /// Whether a path leads from an item to an outcome: directly, or through its bet.
    ///
    /// # Errors
    /// A storage error.
    pub fn has_outcome(&self, item: &crate::domain::item::Item) -> Result<bool> {
        let Some(serves) = item.link("for") else { return Ok(false) };
        self.connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM item AS s WHERE s.id = ?1 AND s.deleted_at IS NULL \
                 AND (s.kind = 'outcome' OR s.\"for\" IS NOT NULL))",
            )
            .and_then(|mut statement| statement.query_row([serves.to_string()], |row| row.get(0)))
            .doing("reading what it serves")
    }
}
