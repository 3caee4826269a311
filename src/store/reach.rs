//! Whose sort keys a step touches: what it changed, what serves that, and what holds these up.
//! Walked in pieces, so that a step of a million items needs no more than their ids.

use std::collections::HashSet;

use rusqlite::Connection;

use super::error::{Doing, Result};
use super::extent::{Did, Extent};
use super::sql::{self, json_ids};
use crate::domain::item::ItemId;

/// Ids asked about at a time.
const BATCH: usize = 500;

/// The items that a step tied to others, or untied, in the rows from `?2` to `?3`.
const TIED: &str = "SELECT e.source FROM chg AS c CROSS JOIN edge AS e ON e.id = c.pk \
    WHERE c.n BETWEEN ?2 AND ?3 AND c.op = ?1 AND c.tbl = 'edge' \
    UNION ALL SELECT e.target FROM chg AS c CROSS JOIN edge AS e ON e.id = c.pk \
    WHERE c.n BETWEEN ?2 AND ?3 AND c.op = ?1 AND c.tbl = 'edge' \
    UNION ALL SELECT old FROM chg \
    WHERE n BETWEEN ?2 AND ?3 AND op = ?1 AND tbl = 'edge' AND kind = 'D' AND col IN ('source', 'target')";
/// What serves an outcome or a bet.
const SERVES: &str = "SELECT i.id FROM json_each(?1) AS w \
    CROSS JOIN item AS i INDEXED BY item_for ON i.\"for\" = w.value";
/// What holds an item up.
const HOLDS: &str = "SELECT e.source FROM json_each(?1) AS w \
    CROSS JOIN edge AS e INDEXED BY edge_target ON e.target = w.value AND e.kind = 'blocks'";

/// The items whose rows or ties changed; of outcomes and bets also what serves them, and of all of
/// these what holds them up, since a decision weighs what it holds.
///
/// # Errors
/// A storage error.
pub(super) fn touched(connection: &Connection, extent: &Extent) -> Result<HashSet<ItemId>> {
    let doing = "renewing the order";
    let mut found = extent.items.clone();
    if [Did::Insert, Did::Update, Did::Delete].iter().any(|did| extent.did("edge", *did)) {
        let mut statement = connection.prepare_cached(TIED).doing(doing)?;
        let mut rows = statement.query([extent.seq, extent.first, extent.last]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            found.insert(sql::id_at(row, 0).doing(doing)?);
        }
    }
    follow(connection, SERVES, &mut found)?;
    follow(connection, HOLDS, &mut found)?;
    Ok(found)
}

/// Adds what the query leads to, again and again.
fn follow(connection: &Connection, query: &str, found: &mut HashSet<ItemId>) -> Result<()> {
    let doing = "renewing the order";
    let mut statement = connection.prepare_cached(query).doing(doing)?;
    let mut next: Vec<ItemId> = found.iter().copied().collect();
    while !next.is_empty() {
        let mut further = Vec::new();
        for batch in next.chunks(BATCH) {
            let mut rows = statement.query([json_ids(batch)]).doing(doing)?;
            while let Some(row) = rows.next().doing(doing)? {
                let id = sql::id_at(row, 0).doing(doing)?;
                if found.insert(id) {
                    further.push(id);
                }
            }
        }
        next = further;
    }
    Ok(())
}
