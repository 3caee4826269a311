//! Parts of items: read for a whole page at once, one statement per kind of part, and written as
//! the difference between two readings. The statements are made from the descriptions.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use rusqlite::{Connection, params, params_from_iter};

use super::error::{Doing, Result};
use super::journal::Write;
use super::lookup::{Lookup, NameTable};
use super::open::Store;
use super::sql::{self, Bound, json_ids, quoted};
use crate::domain::field::Field;
use crate::domain::item::{Item, ItemId};
use crate::domain::part::{Part, PartId, PartKind};
use crate::domain::value::Value;

/// Items whose parts are read at a time.
const BATCH: usize = 500;

/// The parts of the items of a page, each list in the order of kinds and positions.
pub type PartTable = HashMap<ItemId, Vec<Part>>;

/// The statements of one kind of part.
struct PartSql {
    load: String,
    insert: String,
}

static SQL: [OnceLock<PartSql>; PartKind::ALL.len()] =
    [const { OnceLock::new() }; PartKind::ALL.len()];

fn sql_of(kind: PartKind) -> &'static PartSql {
    SQL[kind as usize].get_or_init(|| build(kind))
}

fn build(kind: PartKind) -> PartSql {
    let noun = kind.noun();
    let named = |before: &str| {
        noun.fields.iter().fold(String::new(), |mut text, field| {
            let _ = write!(text, ", {before}{}", quoted(field.name));
            text
        })
    };
    let (columns, read) = (named(""), named("p."));
    let marks = vec!["?"; 3 + noun.fields.len()].join(", ");
    let table = noun.table;
    PartSql {
        load: format!(
            "SELECT p.id, p.owner, p.position{read} FROM json_each(?1) AS w \
             CROSS JOIN {table} AS p ON p.owner = w.value ORDER BY p.owner, p.position"
        ),
        insert: format!("INSERT INTO {table} (id, owner, position{columns}) VALUES ({marks})"),
    }
}

/// Reading parts, from the open store or within a write.
pub trait Parts: Lookup {
    /// The parts of these items; items without any have no entry.
    ///
    /// # Errors
    /// A storage error.
    fn parts(&self, items: &[Item]) -> Result<PartTable> {
        let mut found = PartTable::new();
        for kind in PartKind::ALL {
            self.load_parts(items, kind, &mut found)?;
        }
        Ok(found)
    }

    /// As `parts`, but for one kind, of which there may be hundreds.
    ///
    /// # Errors
    /// A storage error.
    fn parts_but(&self, items: &[Item], but: PartKind) -> Result<PartTable> {
        let mut found = PartTable::new();
        for kind in PartKind::ALL.into_iter().filter(|kind| *kind != but) {
            self.load_parts(items, kind, &mut found)?;
        }
        Ok(found)
    }

    /// The parts of one kind that these items have.
    ///
    /// # Errors
    /// A storage error.
    fn load_parts(&self, items: &[Item], kind: PartKind, found: &mut PartTable) -> Result<()> {
        let owners: Vec<ItemId> = items
            .iter()
            .filter(|item| kind.noun().owners.contains(&item.kind()))
            .map(|item| item.id)
            .collect();
        for batch in owners.chunks(BATCH) {
            load(self.connection(), kind, batch, found)?;
        }
        Ok(())
    }

    /// The parts of one item.
    ///
    /// # Errors
    /// A storage error.
    fn parts_of(&self, item: &Item) -> Result<Vec<Part>> {
        Ok(self.parts(std::slice::from_ref(item))?.remove(&item.id).unwrap_or_default())
    }

    /// What everything is called that these items and their parts point at.
    ///
    /// # Errors
    /// A storage error.
    fn names_with(&self, items: &[Item], parts: &PartTable) -> Result<NameTable> {
        let of_items = items.iter().flat_map(|item| {
            let links = item.entries().flat_map(|(_, value)| value.ids().to_vec());
            std::iter::once(item.id).chain(links)
        });
        let of_parts = parts.values().flatten().flat_map(pointed_at);
        let mut ids: Vec<ItemId> = of_items.chain(of_parts).collect();
        ids.sort_unstable();
        ids.dedup();
        self.names_of(&ids)
    }

    /// The decisions in whose place this one stands.
    ///
    /// # Errors
    /// A storage error.
    fn superseded_by(&self, id: ItemId) -> Result<Vec<ItemId>> {
        let doing = "looking for decisions";
        let mut statement = self
            .connection()
            .prepare_cached("SELECT id FROM decision WHERE superseded_by = ?1 ORDER BY id")
            .doing(doing)?;
        let rows = statement.query_map([id.to_string()], |row| sql::id_at(row, 0)).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// Open decisions that name somebody, in a field or in a pre-wire.
    ///
    /// # Errors
    /// A storage error.
    fn open_decisions_naming(&self, person: ItemId) -> Result<Vec<ItemId>> {
        let doing = "looking for decisions";
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT i.id FROM item AS i JOIN decision AS d ON d.id = i.id \
                 WHERE i.state IN ('raised', 'framed', 'prewiring', 'ready') AND i.deleted_at IS NULL AND i.id IN ( \
                   SELECT id FROM decision WHERE approver = ?1 \
                   UNION SELECT id FROM item WHERE owner = ?1 \
                   UNION SELECT source FROM edge WHERE target = ?1 \
                   UNION SELECT owner FROM prewire WHERE person = ?1)",
            )
            .doing(doing)?;
        let rows =
            statement.query_map([person.to_string()], |row| sql::id_at(row, 0)).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }
}

impl Parts for Store {}
impl Parts for Write<'_> {}

fn pointed_at(part: &Part) -> Vec<ItemId> {
    part.entries().flat_map(|(_, value)| value.ids().to_vec()).collect()
}

fn load(
    connection: &Connection,
    kind: PartKind,
    owners: &[ItemId],
    found: &mut PartTable,
) -> Result<()> {
    let doing = "reading what items consist of";
    let mut statement = connection.prepare_cached(&sql_of(kind).load).doing(doing)?;
    let mut rows = statement.query([json_ids(owners)]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let part = read(row, kind).doing(doing)?;
        found.entry(part.owner).or_default().push(part);
    }
    Ok(())
}

fn read(row: &rusqlite::Row<'_>, kind: PartKind) -> rusqlite::Result<Part> {
    let id = sql::plain_at(row, 0)?.parse().unwrap_or(PartId(uuid::Uuid::nil()));
    let mut part = Part::new(id, kind, sql::id_at(row, 1)?, row.get(2)?);
    for (at, field) in kind.noun().fields.iter().enumerate() {
        part.set(field.name, sql::value(field, row.get_ref(3 + at)?));
    }
    Ok(part)
}

impl Write<'_> {
    /// A new id of a part.
    #[must_use]
    pub fn new_part_id(&self) -> PartId {
        PartId(self.new_id())
    }

    /// Writes what differs between two readings of the parts of an item; whether anything did.
    /// What is gone goes first, so that its place is free.
    ///
    /// # Errors
    /// A storage error.
    pub fn update_parts(&self, before: &[Part], after: &[Part]) -> Result<bool> {
        let mut changed = false;
        for gone in before.iter().filter(|part| !after.iter().any(|other| other.id == part.id)) {
            self.delete_part(gone)?;
            changed = true;
        }
        let standing = self.step_aside(before, after)?;
        for part in after {
            match standing.iter().find(|other| other.id == part.id) {
                None => self.insert_part(part)?,
                Some(old) if old != part => self.update_part(old, part)?,
                Some(_) => continue,
            }
            changed = true;
        }
        Ok(changed)
    }

    /// Positions are unique, so what stands where another is to stand first goes behind all of them;
    /// the parts as they stand then.
    fn step_aside(&self, before: &[Part], after: &[Part]) -> Result<Vec<Part>> {
        let of = |part: &Part| (part.kind, part.owner);
        let mut standing = before.to_vec();
        for old in before {
            let wanted = |new: &&Part| of(new) == of(old) && new.position == old.position;
            let moves = after.iter().any(|new| new.id == old.id && new.position != old.position);
            if !moves || !after.iter().any(|new| wanted(&new)) {
                continue;
            }
            let all = standing.iter().chain(after).filter(|part| of(part) == of(old));
            let last = all.map(|part| part.position).max().unwrap_or(0);
            let mut aside = old.clone();
            aside.position = last + 1;
            self.update_part(old, &aside)?;
            standing.retain(|part| part.id != old.id);
            standing.push(aside);
        }
        Ok(standing)
    }

    /// Writes a new part.
    ///
    /// # Errors
    /// A storage error.
    pub fn insert_part(&self, part: &Part) -> Result<()> {
        let keys: [&dyn rusqlite::ToSql; 3] =
            [&part.id.to_string(), &part.owner.to_string(), &part.position];
        let bound: Vec<Bound<'_>> = part.entries().map(|(_, value)| Bound(value)).collect();
        let values = bound.iter().map(|bound| bound as &dyn rusqlite::ToSql);
        self.connection
            .prepare_cached(&sql_of(part.kind).insert)
            .and_then(|mut statement| {
                statement.execute(params_from_iter(keys.into_iter().chain(values)))
            })
            .doing("adding to the item")
            .map(drop)
    }

    fn delete_part(&self, part: &Part) -> Result<()> {
        self.connection
            .prepare_cached(&format!("DELETE FROM {} WHERE id = ?1", part.kind.noun().table))
            .and_then(|mut statement| statement.execute([part.id.to_string()]))
            .doing("taking from the item")
            .map(drop)
    }

    fn update_part(&self, before: &Part, after: &Part) -> Result<()> {
        let changed: Vec<(&Field, &Value)> =
            after.entries().filter(|(field, value)| before.get(field.name) != *value).collect();
        let mut sets: Vec<String> =
            changed.iter().map(|(field, _)| format!("{} = ?", quoted(field.name))).collect();
        sets.push("position = ?".to_owned());
        let table = after.kind.noun().table;
        let bound: Vec<Bound<'_>> = changed.iter().map(|(_, value)| Bound(value)).collect();
        let id = after.id.to_string();
        let keys: [&dyn rusqlite::ToSql; 2] = [&after.position, &id];
        let values = bound.iter().map(|bound| bound as &dyn rusqlite::ToSql).chain(keys);
        self.connection
            .prepare_cached(&format!("UPDATE {table} SET {} WHERE id = ?", sets.join(", ")))
            .and_then(|mut statement| statement.execute(params_from_iter(values)))
            .doing("changing the item")
            .map(drop)
    }

    /// Removes the parts of an item for good, and it from the parts of others.
    ///
    /// # Errors
    /// A storage error.
    pub(super) fn purge_parts(&self, id: ItemId) -> Result<()> {
        let doing = "purging the item";
        for kind in PartKind::ALL {
            let noun = kind.noun();
            let table = noun.table;
            let delete = format!("DELETE FROM {table} WHERE owner = ?1");
            self.connection.execute(&delete, params![id.to_string()]).doing(doing)?;
            for field in noun.fields.iter().filter(|field| !field.targets().is_empty()) {
                let name = quoted(field.name);
                // Without what it is named by, a part is nothing.
                let query = if field.name == noun.main {
                    format!("DELETE FROM {table} WHERE {name} = ?1")
                } else {
                    format!("UPDATE {table} SET {name} = NULL WHERE {name} = ?1")
                };
                self.connection.execute(&query, params![id.to_string()]).doing(doing)?;
            }
        }
        Ok(())
    }
}
