//! The questions of the day: assets in hand, requests that nobody has triaged. Each is answered
//! through an index, whatever the size of the workspace.

use std::ops::Range;

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
             ORDER BY due, first, second, third, id LIMIT ?2",
            params![soon.to_string(), i64::try_from(most).unwrap_or(0)],
        )?;
        let doing = self.some_ids(
            "SELECT id FROM item INDEXED BY item_in_hand \
             WHERE kind = 'asset' AND state IN ('doing', 'review') AND deleted_at IS NULL \
             ORDER BY updated_at DESC LIMIT ?1",
            params![i64::try_from(most).unwrap_or(0)],
        )?;
        let all = self.count_of(
            "SELECT coalesce(sum(items), 0) FROM tally WHERE kind = 'asset' AND shelf = 0 AND due <= ?1",
            params![soon.to_string()],
        )?;
        let mut ids = due;
        // What is late or due soon is counted above already.
        let more = self.some_ids(
            "SELECT l.id FROM json_each(?1) AS w CROSS JOIN listing AS l ON l.id = w.value WHERE l.due > ?2",
            params![sql::json_ids(&doing), soon.to_string()],
        )?;
        let all = all + more.len();
        ids.extend(more);
        ids.truncate(most);
        Ok((ids, all))
    }

    /// Requests that wait for triage on this day: those that were deferred until then, and after
    /// them those that nobody has triaged, the one asked first at the top; and how many in all.
    ///
    /// # Errors
    /// A storage error.
    pub fn untriaged(&self, today: NaiveDate, most: usize) -> Result<(Vec<ItemId>, usize)> {
        let ids = self.untriaged_window(today, 0..most)?;
        let fresh = self.count_of(
            "SELECT count(*) FROM listing WHERE kind = 'request' AND shelf = 0 AND first = 0",
            [],
        )?;
        Ok((ids, self.come_back(today)?.len() + fresh))
    }

    /// The same for a day: what is wanted by it comes before what was asked earlier.
    ///
    /// # Errors
    /// A storage error.
    pub fn untriaged_today(&self, today: NaiveDate, most: usize) -> Result<(Vec<ItemId>, usize)> {
        let mut ids = self.some_ids(
            "SELECT id FROM listing INDEXED BY listing_due WHERE kind = 'request' AND shelf = 0 \
             AND due <= ?1 AND first = 0 ORDER BY due, second, third, id LIMIT ?2",
            params![today.to_string(), i64::try_from(most).unwrap_or(0)],
        )?;
        let (others, all) = self.untriaged(today, most)?;
        ids.extend(others.into_iter().filter(|id| !ids.contains(id)).collect::<Vec<_>>());
        ids.truncate(most);
        Ok((ids, all))
    }

    /// Those of them at these places.
    ///
    /// # Errors
    /// A storage error.
    pub fn untriaged_window(&self, today: NaiveDate, span: Range<usize>) -> Result<Vec<ItemId>> {
        let mut ids = self.come_back(today)?;
        let back = ids.len();
        ids.truncate(span.end);
        ids.drain(..span.start.min(ids.len()));
        let fresh = span.start.saturating_sub(back)..span.end.saturating_sub(back);
        let limits = [fresh.len(), fresh.start].map(|number| i64::try_from(number).unwrap_or(0));
        ids.extend(self.some_ids(
            "SELECT id FROM listing INDEXED BY listing_order WHERE kind = 'request' AND shelf = 0 AND first = 0 \
             ORDER BY first, second, third, id LIMIT ?1 OFFSET ?2",
            limits,
        )?);
        Ok(ids)
    }

    /// Those of them that are among these, in their order.
    ///
    /// # Errors
    /// A storage error.
    pub fn untriaged_among(&self, today: NaiveDate, ids: &[ItemId]) -> Result<Vec<ItemId>> {
        let mut found = self.come_back(today)?;
        found.retain(|id| ids.contains(id));
        let named: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
        found.extend(self.some_ids(
            "SELECT l.id FROM json_each(?1) AS w CROSS JOIN listing AS l ON l.id = w.value \
             WHERE l.kind = 'request' AND l.shelf = 0 AND l.first = 0 \
             ORDER BY l.first, l.second, l.third, l.id",
            [format!("[{}]", named.join(","))],
        )?);
        Ok(found)
    }

    /// The place of a request among them; `None` when it is not one of them.
    ///
    /// # Errors
    /// A storage error.
    pub fn untriaged_rank(&self, today: NaiveDate, id: ItemId) -> Result<Option<usize>> {
        let back = self.come_back(today)?;
        if let Some(place) = back.iter().position(|other| *other == id) {
            return Ok(Some(place));
        }
        let known = self.count_of(
            "SELECT count(*) FROM listing WHERE id = ?1 AND kind = 'request' AND shelf = 0 AND first = 0",
            [id.to_string()],
        )?;
        if known == 0 {
            return Ok(None);
        }
        let before = self.count_of(
            "SELECT count(*) FROM listing AS l, listing AS o WHERE o.id = ?1 AND l.kind = 'request' \
             AND l.shelf = 0 AND l.first = 0 AND (l.second, l.third, l.id) < (o.second, o.third, o.id)",
            [id.to_string()],
        )?;
        Ok(Some(back.len() + before))
    }

    /// Requests that were deferred, and whose day has come: the longest due first.
    fn come_back(&self, today: NaiveDate) -> Result<Vec<ItemId>> {
        self.some_ids(
            "SELECT id FROM listing INDEXED BY listing_due WHERE kind = 'request' AND shelf = 0 \
             AND due <= ?1 AND first = 1 AND state = 'deferred' ORDER BY due, third, id",
            [today.to_string()],
        )
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
}
