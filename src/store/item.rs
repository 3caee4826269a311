//! Reading and writing items of any kind by their description: one statement each per kind,
//! none per field. Edges and tags are read for a whole page at once.

use std::collections::HashMap;

use rusqlite::{params, params_from_iter};

use super::error::{Doing, Error, Result};
use super::journal::Write;
use super::open::Store;
use super::sql::{self, Bound, json_ids, quoted, write_instant};
use crate::domain::field::{Field, Place};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::value::Value;

/// Items read at a time when there are many.
const BATCH: usize = 500;

impl Store {
    /// The items of these ids, in this order; ids that are gone are left out.
    ///
    /// # Errors
    /// A storage error.
    pub fn items(&self, ids: &[ItemId]) -> Result<Vec<Item>> {
        load(&self.connection, ids)
    }

    /// One item, also one in the Trash.
    ///
    /// # Errors
    /// A storage error.
    pub fn item(&self, id: ItemId) -> Result<Option<Item>> {
        Ok(self.items(&[id])?.pop())
    }
}

impl Write<'_> {
    /// As `Store::items`, within the transaction.
    ///
    /// # Errors
    /// A storage error.
    pub fn items(&self, ids: &[ItemId]) -> Result<Vec<Item>> {
        load(self.connection, ids)
    }

    /// The next ref of a kind; once given it is never given again, unless the transaction fails.
    ///
    /// # Errors
    /// A storage error.
    pub fn next_ref(&self, kind: Kind) -> Result<Ref> {
        let number = self
            .connection
            .prepare_cached(
                "INSERT INTO counter (kind, next) VALUES (?1, 2) \
                 ON CONFLICT (kind) DO UPDATE SET next = next + 1 RETURNING next - 1",
            )
            .and_then(|mut statement| statement.query_row([kind.slug()], |row| row.get(0)))
            .doing("numbering the item")?;
        self.loaded_beside();
        Ok(Ref { kind, number })
    }

    /// Keeps a ref from being given again, for items that arrive with one.
    ///
    /// # Errors
    /// A storage error.
    pub fn reserve_ref(&self, reference: Ref) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO counter (kind, next) VALUES (?1, ?2) \
                 ON CONFLICT (kind) DO UPDATE SET next = max(next, excluded.next)",
            )
            .and_then(|mut statement| {
                statement.execute(params![reference.kind.slug(), reference.number + 1])
            })
            .doing("numbering the item")?;
        self.loaded_beside();
        Ok(())
    }

    /// Writes a new item with all its fields. Edges need both ends to exist.
    ///
    /// # Errors
    /// A storage error.
    pub fn insert(&self, item: &Item) -> Result<()> {
        let doing = "adding the item";
        let sql = sql::of(item.kind());
        let mut statement = self.connection.prepare_cached(&sql.insert_item).doing(doing)?;
        let audit: [&dyn rusqlite::ToSql; 8] = [
            &item.id.to_string(),
            &item.kind().slug(),
            &item.reference.number,
            &write_instant(item.created_at),
            &write_instant(item.updated_at),
            &item.author,
            &item.rev,
            &item.deleted_at.map(write_instant),
        ];
        let shared: Vec<Bound<'_>> =
            sql.shared.iter().map(|field| Bound(item.get(field.name))).collect();
        let shared = shared.iter().map(|bound| bound as &dyn rusqlite::ToSql);
        statement.execute(params_from_iter(audit.into_iter().chain(shared))).doing(doing)?;
        let mut statement = self.connection.prepare_cached(&sql.insert_own).doing(doing)?;
        let id = item.id.to_string();
        let own: Vec<Bound<'_>> = sql.own.iter().map(|field| Bound(item.get(field.name))).collect();
        let own = own.iter().map(|bound| bound as &dyn rusqlite::ToSql);
        let key: &dyn rusqlite::ToSql = &id;
        statement.execute(params_from_iter(std::iter::once(key).chain(own))).doing(doing)?;
        self.loaded("item", item.id.0);
        self.loaded(item.kind().noun().name, item.id.0);
        self.keys.borrow_mut().note(item);
        self.write_relations(None, item)
    }

    /// Writes what differs between two readings of an item.
    ///
    /// # Errors
    /// `Stale` when somebody changed it since `before` was read.
    pub fn update(&self, before: &Item, after: &Item) -> Result<()> {
        let doing = "changing the item";
        if before == after {
            return Ok(());
        }
        self.update_columns("item", before, after, Place::Shared)?;
        self.update_columns(after.kind().noun().name, before, after, Place::Own)?;
        self.write_relations(Some(before), after)?;
        let touched = self
            .connection
            .prepare_cached(
                "UPDATE item SET rev = rev + 1, updated_at = ?3, deleted_at = ?4 WHERE id = ?1 AND rev = ?2",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    after.id.to_string(),
                    before.rev,
                    write_instant(self.at),
                    after.deleted_at.map(write_instant)
                ])
            })
            .doing(doing)?;
        if touched == 0 {
            return Err(Error::Stale(after.reference.to_string()));
        }
        Ok(())
    }

    /// Makes somebody else the author of items.
    ///
    /// # Errors
    /// A storage error.
    pub fn set_author(&self, items: &[ItemId], author: &str) -> Result<()> {
        self.connection
            .prepare_cached(
                "UPDATE item SET author = ?2, rev = rev + 1 \
                 WHERE id IN (SELECT value FROM json_each(?1)) AND author <> ?2",
            )
            .and_then(|mut statement| statement.execute(params![sql::json_ids(items), author]))
            .doing("changing whose the items are")
            .map(drop)
    }

    fn update_columns(&self, table: &str, before: &Item, after: &Item, place: Place) -> Result<()> {
        let changed: Vec<(&Field, &Value)> = after
            .entries()
            .filter(|(field, value)| field.place == place && before.get(field.name) != *value)
            .collect();
        if changed.is_empty() {
            return Ok(());
        }
        let sets: Vec<String> =
            changed.iter().map(|(field, _)| format!("{} = ?", quoted(field.name))).collect();
        let update = format!("UPDATE {table} SET {} WHERE id = ?", sets.join(", "));
        let id = after.id.to_string();
        let bound: Vec<Bound<'_>> = changed.iter().map(|(_, value)| Bound(value)).collect();
        let key: &dyn rusqlite::ToSql = &id;
        let values =
            bound.iter().map(|bound| bound as &dyn rusqlite::ToSql).chain(std::iter::once(key));
        self.connection
            .prepare_cached(&update)
            .and_then(|mut statement| statement.execute(params_from_iter(values)))
            .doing("changing the item")
            .map(drop)
    }

    fn write_relations(&self, before: Option<&Item>, after: &Item) -> Result<()> {
        for (field, value) in after.entries() {
            let old = before.map(|item| item.get(field.name));
            if old == Some(value) || (old.is_none() && value.is_nothing()) {
                continue;
            }
            match field.place {
                Place::EdgeOut(kind) => {
                    self.set_edges(kind, after.id, old.map_or(&[], Value::ids), value.ids(), true)?;
                }
                Place::EdgeIn(kind) => {
                    self.set_edges(
                        kind,
                        after.id,
                        old.map_or(&[], Value::ids),
                        value.ids(),
                        false,
                    )?;
                }
                Place::Tagging => self.set_tags(after.id, old, value)?,
                Place::Shared | Place::Own => {}
            }
        }
        Ok(())
    }
}

pub(super) fn load(connection: &rusqlite::Connection, ids: &[ItemId]) -> Result<Vec<Item>> {
    let mut found = HashMap::with_capacity(ids.len());
    for batch in ids.chunks(BATCH) {
        let mut read = HashMap::with_capacity(batch.len());
        load_kinds(connection, batch, &json_ids(batch), &mut read)?;
        super::edge::attach(connection, &mut read)?;
        found.extend(read);
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Most that is asked for together is of one kind, so that the first tells it for all; others are
/// looked up.
fn load_kinds(
    connection: &rusqlite::Connection,
    ids: &[ItemId],
    json: &str,
    found: &mut HashMap<ItemId, Item>,
) -> Result<()> {
    for (kind, _) in kinds_of(connection, &json_ids(&ids[..ids.len().min(1)]))? {
        load_kind(connection, kind, json, found)?;
    }
    let others: Vec<ItemId> = ids.iter().filter(|id| !found.contains_key(id)).copied().collect();
    if others.is_empty() {
        return Ok(());
    }
    for (kind, wanted) in kinds_of(connection, &json_ids(&others))? {
        load_kind(connection, kind, &json_ids(&wanted), found)?;
    }
    Ok(())
}

fn kinds_of(connection: &rusqlite::Connection, json: &str) -> Result<HashMap<Kind, Vec<ItemId>>> {
    let doing = "reading items";
    let mut statement = connection
        .prepare_cached(
            "SELECT i.id, i.kind FROM json_each(?1) AS w CROSS JOIN item AS i ON i.id = w.value",
        )
        .doing(doing)?;
    let mut rows = statement.query([json]).doing(doing)?;
    let mut kinds: HashMap<Kind, Vec<ItemId>> = HashMap::new();
    while let Some(row) = rows.next().doing(doing)? {
        let slug = sql::text_at(row, 1).doing(doing)?.unwrap_or_default();
        if let Some(kind) = Kind::from_slug(&slug) {
            kinds.entry(kind).or_default().push(sql::id_at(row, 0).doing(doing)?);
        }
    }
    Ok(kinds)
}

fn load_kind(
    connection: &rusqlite::Connection,
    kind: Kind,
    json: &str,
    found: &mut HashMap<ItemId, Item>,
) -> Result<()> {
    let doing = "reading items";
    let sql = sql::of(kind);
    let mut statement = connection.prepare_cached(&sql.load).doing(doing)?;
    let mut rows = statement.query([json]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let item = read_row(row, kind, sql).doing(doing)?;
        found.insert(item.id, item);
    }
    Ok(())
}

fn read_row(row: &rusqlite::Row<'_>, kind: Kind, sql: &sql::KindSql) -> rusqlite::Result<Item> {
    let id = sql::id_at(row, 0)?;
    let reference = Ref { kind, number: row.get(1)? };
    let created = sql::instant_at(row, 2)?.unwrap_or_default();
    let author = sql::text_at(row, 4)?.unwrap_or_default();
    let mut item = Item::new(id, reference, created, &author);
    item.updated_at = sql::instant_at(row, 3)?.unwrap_or_default();
    item.rev = row.get(5)?;
    item.deleted_at = sql::instant_at(row, 6)?;
    for (at, (field, place)) in sql.shared.iter().chain(&sql.own).zip(&sql.places).enumerate() {
        item.set_at(*place, sql::value(field, row.get_ref(7 + at)?));
    }
    Ok(item)
}
