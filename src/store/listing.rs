//! The cache of sort keys that lets a screen read only the rows it shows. Renewed after every write
//! for what the write touched; never journalled. `backlog` reads from it.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use super::aside::{self, Aside};
use super::error::{Doing, Result};
use super::extent::Extent;
use super::silence::Silence;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::listing::{OrderKey, order_key};

const DOING: &str = "renewing the order";

const INSERT: &str = "INSERT OR FAIL INTO listing (id, kind, shelf, due, first, second, third, state, rank, touched) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
const RENEW: &str = "INSERT OR FAIL INTO listing (id, kind, shelf, due, first, second, third, state, rank, touched) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO UPDATE SET shelf = excluded.shelf, due = excluded.due, \
     first = excluded.first, second = excluded.second, third = excluded.third, \
     state = excluded.state, rank = excluded.rank, touched = excluded.touched";
/// Stands for "no day" and sorts last.
const NO_DAY: &str = "9999-12-31";
/// Items renewed at a time.
const BATCH: usize = 2_000;
/// From so many on the items are counted anew, instead of one by one.
const MANY: usize = 2_000;

/// Whether closed items belong to a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Closed {
    #[default]
    Hidden,
    Shown,
}

/// The sort keys of items that a step made, known while they were written. What changes them
/// later in the same step shows in the journal, and they are renewed like any other.
#[derive(Debug, Default)]
pub(super) struct Keys {
    ready: Vec<(ItemId, Kind, OrderKey)>,
    ids: HashSet<ItemId>,
}

impl Keys {
    /// Takes note of a new item whose key depends on nothing but itself.
    pub fn note(&mut self, item: &Item) {
        let ties = match item.kind() {
            Kind::Decision => !item.links("blocks").is_empty(),
            kind => kind == Kind::Asset && item.link("for").is_some(),
        };
        let alone = !ties;
        if alone {
            self.ready.push((item.id, item.kind(), order_key(item, 0)));
            self.ids.insert(item.id);
        }
    }

    pub fn ids(&self) -> &HashSet<ItemId> {
        &self.ids
    }
}

/// Renews the keys of everything that a step touched, and of what those keys depend on.
///
/// # Errors
/// A storage error.
pub(super) fn refresh(connection: &Connection, extent: &Extent, keys: Keys) -> Result<()> {
    let touched = super::reach::touched(connection, extent)?;
    if keys.ready.len() + touched.len() < MANY {
        return write(connection, keys, touched);
    }
    // New keys find their places about as fast as they would be sorted; those that go do not.
    let aside = if aside::is_worth_while(connection, touched.len() as u64)? {
        Some(Aside::of_lists(connection)?)
    } else {
        None
    };
    let silence = Silence::begin(connection)?;
    write(connection, keys, touched)?;
    recount(connection)?;
    silence.end()?;
    aside.map_or(Ok(()), |aside| aside.build(connection))
}

fn write(connection: &Connection, keys: Keys, touched: HashSet<ItemId>) -> Result<()> {
    for (id, kind, key) in keys.ready {
        if !touched.contains(&id) {
            put(connection, (id, kind), &key, INSERT)?;
        }
    }
    let mut ids: Vec<ItemId> = touched.into_iter().collect();
    ids.sort_unstable();
    for batch in ids.chunks(BATCH) {
        renew(connection, batch)?;
    }
    Ok(())
}

fn recount(connection: &Connection) -> Result<()> {
    connection
        .execute_batch(
            "DELETE FROM tally; INSERT INTO tally (kind, shelf, due, items) \
             SELECT kind, shelf, due, count(*) FROM listing GROUP BY kind, shelf, due",
        )
        .doing(DOING)
}

fn renew(connection: &Connection, ids: &[ItemId]) -> Result<()> {
    let items = super::item::load(connection, ids)?;
    let present: HashSet<ItemId> = items.iter().map(|item| item.id).collect();
    let mut delete = connection.prepare_cached("DELETE FROM listing WHERE id = ?1").doing(DOING)?;
    for gone in ids.iter().filter(|id| !present.contains(id)) {
        delete.execute([gone.to_string()]).doing(DOING)?;
    }
    for item in &items {
        let key = order_key(item, weight(connection, item)?);
        put(connection, (item.id, item.kind()), &key, RENEW)?;
    }
    Ok(())
}

/// Writes a key, new or instead of an older one.
fn put(
    connection: &Connection,
    (id, kind): (ItemId, Kind),
    key: &OrderKey,
    statement: &str,
) -> Result<()> {
    let due = key.due.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
    let values = params![
        id.to_string(),
        kind.slug(),
        key.shelf as i64,
        due,
        key.first,
        key.second,
        key.third,
        key.state,
        key.rank.unwrap_or(i64::MAX),
        key.touched
    ];
    connection
        .prepare_cached(statement)
        .and_then(|mut statement| statement.execute(values))
        .doing(DOING)
        .map(drop)
}

/// Σ of the weights of what a decision holds; for an asset, the weight of its own outcome.
pub(super) fn weight(connection: &Connection, item: &Item) -> Result<i64> {
    if item.kind() == Kind::Decision && !item.links("blocks").is_empty() {
        return Ok(super::edge::held(connection, item.id)?.iter().map(|held| held.weight).sum());
    }
    match item.link("for") {
        Some(serves) if item.kind() == Kind::Asset => outcome_weight(connection, serves),
        Some(_) | None => Ok(0),
    }
}

pub(super) fn outcome_weight(connection: &Connection, serves: ItemId) -> Result<i64> {
    connection
        .prepare_cached(
            "SELECT coalesce(o.weight, p.weight, 0) FROM item AS i \
             LEFT JOIN outcome AS o ON o.id = i.id LEFT JOIN outcome AS p ON p.id = i.\"for\" WHERE i.id = ?1",
        )
        .and_then(|mut statement| statement.query_row([serves.to_string()], |row| row.get(0)))
        .doing(DOING)
}
