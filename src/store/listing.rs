//! The cache of sort keys that lets a screen read only the rows it shows. Renewed after every write
//! for what the write touched; never journalled. `backlog` reads from it.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use super::error::{Doing, Result};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::listing::order_key;

/// Stands for "no day" and sorts last.
const NO_DAY: &str = "9999-12-31";
/// Items renewed at a time.
const BATCH: usize = 2_000;

/// Whether closed items belong to a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Closed {
    #[default]
    Hidden,
    Shown,
}

/// Renews the keys of everything that op `seq` touched, and of what those keys depend on.
///
/// # Errors
/// A storage error.
pub fn refresh(connection: &Connection, seq: i64) -> Result<()> {
    let touched = super::reach::touched(connection, seq)?;
    let mut ids: Vec<ItemId> = touched.into_iter().collect();
    ids.sort_unstable();
    for batch in ids.chunks(BATCH) {
        renew(connection, batch)?;
    }
    Ok(())
}

fn renew(connection: &Connection, ids: &[ItemId]) -> Result<()> {
    let doing = "renewing the order";
    let items = super::item::load(connection, ids)?;
    let present: HashSet<ItemId> = items.iter().map(|item| item.id).collect();
    let mut delete = connection.prepare_cached("DELETE FROM listing WHERE id = ?1").doing(doing)?;
    for gone in ids.iter().filter(|id| !present.contains(id)) {
        delete.execute([gone.to_string()]).doing(doing)?;
    }
    let mut upsert = connection
        .prepare_cached(
            "INSERT INTO listing (id, kind, shelf, due, first, second, third, state, rank) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
             ON CONFLICT (id) DO UPDATE SET shelf = excluded.shelf, due = excluded.due, \
             first = excluded.first, second = excluded.second, third = excluded.third, \
             state = excluded.state, rank = excluded.rank",
        )
        .doing(doing)?;
    for item in &items {
        let key = order_key(item, weight(connection, item)?);
        let due = key.due.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
        upsert
            .execute(params![
                item.id.to_string(),
                item.kind().slug(),
                key.shelf as i64,
                due,
                key.first,
                key.second,
                key.third,
                item.state().slug,
                item.whole("rank").unwrap_or(i64::MAX)
            ])
            .doing(doing)?;
    }
    Ok(())
}

/// Σ of the weights of what a decision holds; for an asset, the weight of its own outcome.
fn weight(connection: &Connection, item: &crate::domain::item::Item) -> Result<i64> {
    match item.kind() {
        Kind::Decision if !item.links("blocks").is_empty() => {
            Ok(super::edge::held(connection, item.id)?.iter().map(|held| held.weight).sum())
        }
        Kind::Asset => match item.link("for") {
            Some(serves) => outcome_weight(connection, serves),
            None => Ok(0),
        },
        Kind::Decision | Kind::Request | Kind::Outcome | Kind::Bet | Kind::Person => Ok(0),
    }
}

fn outcome_weight(connection: &Connection, serves: ItemId) -> Result<i64> {
    connection
        .prepare_cached(
            "SELECT coalesce(o.weight, p.weight, 0) FROM item AS i \
             LEFT JOIN outcome AS o ON o.id = i.id LEFT JOIN outcome AS p ON p.id = i.\"for\" WHERE i.id = ?1",
        )
        .and_then(|mut statement| statement.query_row([serves.to_string()], |row| row.get(0)))
        .doing("renewing the order")
}
