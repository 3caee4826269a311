//! What holds a row up and what it holds up, and whether it serves an outcome: read for a whole
//! page at once.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::error::{Doing, Result};
use super::open::Store;
use super::sql::{self, json_ids};
use crate::domain::item::ItemId;

/// What an item holds up, through the whole graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Burden {
    pub items: usize,
    /// The earliest due day among them.
    pub first_due: Option<NaiveDate>,
}

impl Store {
    /// How many open items each of these holds up, directly or through others, each counted once.
    ///
    /// # Errors
    /// A storage error.
    pub fn burdens(&self, ids: &[ItemId]) -> Result<HashMap<ItemId, Burden>> {
        let doing = "walking what it holds";
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let mut statement = self
            .connection
            .prepare_cached(
                "WITH RECURSIVE down(root, id) AS ( \
                   SELECT e.source, e.target FROM json_each(?1) AS w \
                     CROSS JOIN edge AS e INDEXED BY edge_source ON e.source = w.value AND e.kind = 'blocks' \
                   UNION \
                   SELECT down.root, e.target FROM down \
                     CROSS JOIN edge AS e INDEXED BY edge_source ON e.source = down.id AND e.kind = 'blocks' \
                 ) \
                 SELECT down.root, count(*), min(nullif(l.due, '9999-12-31')) FROM down CROSS JOIN listing AS l ON l.id = down.id \
                 WHERE l.shelf = 0 AND l.id <> down.root GROUP BY down.root",
            )
            .doing(doing)?;
        let rows = statement
            .query_map([json_ids(ids)], |row| {
                let first_due = sql::day_at(row, 2)?;
                let items = usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0);
                Ok((sql::id_at(row, 0)?, Burden { items, first_due }))
            })
            .doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// The open items that directly hold each of these up.
    ///
    /// # Errors
    /// A storage error.
    pub fn blockers_of(&self, ids: &[ItemId]) -> Result<HashMap<ItemId, Vec<ItemId>>> {
        let doing = "reading what blocks it";
        let mut found: HashMap<ItemId, Vec<ItemId>> = HashMap::new();
        if ids.is_empty() {
            return Ok(found);
        }
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT e.target, e.source FROM json_each(?1) AS w \
                 CROSS JOIN edge AS e INDEXED BY edge_target ON e.target = w.value AND e.kind = 'blocks' \
                 CROSS JOIN listing AS l ON l.id = e.source WHERE l.shelf = 0 ORDER BY e.id",
            )
            .doing(doing)?;
        let mut rows = statement.query([json_ids(ids)]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let held = sql::id_at(row, 0).doing(doing)?;
            found.entry(held).or_default().push(sql::id_at(row, 1).doing(doing)?);
        }
        Ok(found)
    }

    /// Those of these open assets that wait for something open, or serve no outcome and nothing was
    /// said to it.
    ///
    /// # Errors
    /// A storage error.
    pub fn pressing_assets(&self, ids: &[ItemId]) -> Result<HashSet<ItemId>> {
        let doing = "reading what presses";
        if ids.is_empty() {
            return Ok(HashSet::new());
        }
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT i.id FROM json_each(?1) AS w CROSS JOIN item AS i ON i.id = w.value \
                 CROSS JOIN asset AS a ON a.id = i.id \
                 WHERE EXISTS (SELECT 1 FROM edge AS e INDEXED BY edge_target \
                   CROSS JOIN listing AS l ON l.id = e.source \
                   WHERE e.target = i.id AND e.kind = 'blocks' AND l.shelf = 0) \
                 OR i.state <> 'retired' AND coalesce(a.verdict, '') = '' AND NOT EXISTS (\
                   SELECT 1 FROM item AS s WHERE s.id = i.\"for\" AND s.deleted_at IS NULL \
                   AND (s.kind = 'outcome' OR EXISTS (SELECT 1 FROM item AS o \
                   WHERE o.id = s.\"for\" AND o.deleted_at IS NULL)))",
            )
            .doing(doing)?;
        let rows = statement.query_map([json_ids(ids)], |row| sql::id_at(row, 0)).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// Which of these, that items are said to serve, lead to an outcome: outcomes themselves, and
    /// bets on one.
    ///
    /// # Errors
    /// A storage error.
    pub fn leading_to_outcomes(&self, ids: &[ItemId]) -> Result<HashSet<ItemId>> {
        let doing = "reading what it serves";
        if ids.is_empty() {
            return Ok(HashSet::new());
        }
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.id FROM json_each(?1) AS w CROSS JOIN item AS s ON s.id = w.value \
                 WHERE s.deleted_at IS NULL AND (s.kind = 'outcome' OR EXISTS (SELECT 1 FROM item AS o \
                 WHERE o.id = s.\"for\" AND o.deleted_at IS NULL))",
            )
            .doing(doing)?;
        let rows = statement.query_map([json_ids(ids)], |row| sql::id_at(row, 0)).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }
}
