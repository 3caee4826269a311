//! What ties items together: edges and tags, written as differences, and walks through the
//! `blocks` graph.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::OnceLock;

use rusqlite::{Connection, params};

use super::error::{Doing, Result};
use super::journal::Write;
use super::open::Store;
use super::sql::{self, json_ids};
use crate::domain::field::Place;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::value::Value;

/// An open item that a decision or asset holds up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub id: ItemId,
    /// The weight of the outcome that it serves; 0 when unlinked.
    pub weight: i64,
}

impl Write<'_> {
    /// Makes the edges of one field what they should be. `leaving` says which end the item is.
    pub(super) fn set_edges(
        &self,
        kind: &str,
        item: ItemId,
        old: &[ItemId],
        new: &[ItemId],
        leaving: bool,
    ) -> Result<()> {
        let ends = |other: &ItemId| {
            if leaving {
                (item.to_string(), other.to_string())
            } else {
                (other.to_string(), item.to_string())
            }
        };
        for gone in old.iter().filter(|id| !new.contains(id)) {
            let (source, target) = ends(gone);
            self.connection
                .prepare_cached("DELETE FROM edge WHERE kind = ?1 AND source = ?2 AND target = ?3")
                .and_then(|mut statement| statement.execute(params![kind, source, target]))
                .doing("untying the items")?;
        }
        for added in new.iter().filter(|id| !old.contains(id)) {
            let (source, target) = ends(added);
            let id = self.new_id();
            let made = self
                .connection
                .prepare_cached(
                    "INSERT OR FAIL INTO edge (id, kind, source, target) VALUES (?1, ?2, ?3, ?4) \
                     ON CONFLICT (kind, source, target) DO NOTHING",
                )
                .and_then(|mut statement| {
                    statement.execute(params![id.to_string(), kind, source, target])
                })
                .doing("tying the items")?;
            if made > 0 {
                self.loaded("edge", id);
            }
        }
        Ok(())
    }

    pub(super) fn set_tags(&self, item: ItemId, old: Option<&Value>, new: &Value) -> Result<()> {
        let tags = |value: Option<&Value>| match value {
            Some(Value::Tags(tags)) => tags.clone(),
            _ => Vec::new(),
        };
        let (old, new) = (tags(old), tags(Some(new)));
        for gone in old.iter().filter(|tag| !new.contains(tag)) {
            self.connection
                .prepare_cached("DELETE FROM tagging WHERE item = ?1 AND tag = ?2")
                .and_then(|mut statement| statement.execute(params![item.to_string(), gone]))
                .doing("untagging the item")?;
        }
        for added in new.iter().filter(|tag| !old.contains(tag)) {
            let id = self.new_id();
            self.connection
                .prepare_cached("INSERT OR FAIL INTO tagging (id, item, tag) VALUES (?1, ?2, ?3)")
                .and_then(|mut statement| {
                    statement.execute(params![id.to_string(), item.to_string(), added])
                })
                .doing("tagging the item")?;
            self.loaded("tagging", id);
        }
        Ok(())
    }

    /// The circle of `blocks` edges that leads from an item back to itself, the item first;
    /// empty when there is none.
    ///
    /// # Errors
    /// A storage error.
    pub fn circle_through(&self, id: ItemId) -> Result<Vec<ItemId>> {
        let doing = "looking for a circle";
        let mut targets = self
            .connection
            .prepare_cached("SELECT target FROM edge WHERE source = ?1 AND kind = 'blocks'")
            .doing(doing)?;
        let mut came_from: HashMap<ItemId, ItemId> = HashMap::new();
        let mut next = VecDeque::from([id]);
        while let Some(at) = next.pop_front() {
            let rows =
                targets.query_map([at.to_string()], |row| sql::id_at(row, 0)).doing(doing)?;
            for target in rows {
                let target = target.doing(doing)?;
                if target == id {
                    return Ok(walk_back(&came_from, at, id));
                }
                if let Entry::Vacant(place) = came_from.entry(target) {
                    place.insert(at);
                    next.push_back(target);
                }
            }
        }
        Ok(Vec::new())
    }
}

fn walk_back(came_from: &HashMap<ItemId, ItemId>, last: ItemId, first: ItemId) -> Vec<ItemId> {
    let mut path = vec![last];
    let mut at = last;
    while at != first {
        let Some(before) = came_from.get(&at) else { break };
        at = *before;
        path.push(at);
    }
    path.reverse();
    path
}

/// The open items that `id` holds up, through the whole graph, each once.
///
/// # Errors
/// A storage error.
pub fn held(connection: &Connection, id: ItemId) -> Result<Vec<Held>> {
    let doing = "walking what it holds";
    let mut statement = connection
        .prepare_cached(
            "WITH RECURSIVE down(id) AS ( \
               SELECT target FROM edge INDEXED BY edge_source WHERE source = ?1 AND kind = 'blocks' \
               UNION \
               SELECT e.target FROM down CROSS JOIN edge AS e INDEXED BY edge_source \
                 ON e.source = down.id AND e.kind = 'blocks' \
             ) \
             SELECT i.id, coalesce(o.weight, p.weight, 0) FROM down \
             JOIN item AS i ON i.id = down.id AND i.deleted_at IS NULL \
             LEFT JOIN outcome AS o ON o.id = i.\"for\" \
             LEFT JOIN item AS b ON b.id = i.\"for\" AND b.kind = 'bet' \
             LEFT JOIN outcome AS p ON p.id = b.\"for\" \
             WHERE NOT (i.kind = 'asset' AND i.state IN ('shipped', 'in-use', 'retired')) \
               AND NOT (i.kind = 'decision' AND i.state IN ('decided', 'reviewed', 'dropped', 'superseded')) \
               AND i.id <> ?1",
        )
        .doing(doing)?;
    let rows = statement
        .query_map([id.to_string()], |row| {
            Ok(Held { id: sql::id_at(row, 0)?, weight: row.get(1)? })
        })
        .doing(doing)?;
    rows.collect::<rusqlite::Result<_>>().doing(doing)
}

impl Store {
    /// The open items that this one holds up, through the whole graph.
    ///
    /// # Errors
    /// A storage error.
    pub fn held(&self, id: ItemId) -> Result<Vec<Held>> {
        held(&self.connection, id)
    }

    /// The open items that directly hold this one up.
    ///
    /// # Errors
    /// A storage error.
    pub fn blockers(&self, id: ItemId) -> Result<Vec<ItemId>> {
        blockers(&self.connection, id)
    }
}

impl Write<'_> {
    /// As `Store::held`, within the transaction.
    ///
    /// # Errors
    /// A storage error.
    pub fn held(&self, id: ItemId) -> Result<Vec<Held>> {
        held(self.connection, id)
    }

    /// As `Store::blockers`, within the transaction.
    ///
    /// # Errors
    /// A storage error.
    pub fn blockers(&self, id: ItemId) -> Result<Vec<ItemId>> {
        blockers(self.connection, id)
    }
}

fn blockers(connection: &Connection, id: ItemId) -> Result<Vec<ItemId>> {
    let doing = "reading what blocks it";
    let mut statement = connection
        .prepare_cached(
            "SELECT i.id FROM edge AS e JOIN item AS i ON i.id = e.source JOIN listing AS l ON l.id = i.id \
             WHERE e.target = ?1 AND e.kind = 'blocks' AND l.shelf = 0 ORDER BY e.id",
        )
        .doing(doing)?;
    let rows = statement.query_map([id.to_string()], |row| sql::id_at(row, 0)).doing(doing)?;
    rows.collect::<rusqlite::Result<_>>().doing(doing)
}

/// Reads the edges that arrive at items as fields of theirs: a claim is not read with the thousands
/// of pieces that speak of it.
fn arriving() -> &'static str {
    static QUERY: OnceLock<String> = OnceLock::new();
    QUERY.get_or_init(|| {
        let fields = Kind::ALL.iter().flat_map(|kind| kind.noun().fields.iter());
        let names: BTreeSet<&str> = fields
            .filter_map(|field| match field.place {
                Place::EdgeIn(name) => Some(name),
                Place::EdgeOut(_) | Place::Shared | Place::Own | Place::Tagging => None,
            })
            .collect();
        let names: Vec<String> = names.into_iter().map(|name| format!("'{name}'")).collect();
        format!(
            "SELECT e.target, e.kind, e.source FROM json_each(?1) AS w \
             CROSS JOIN edge AS e ON e.target = w.value AND e.kind IN ({}) ORDER BY e.id",
            names.join(", ")
        )
    })
}

/// Adds edges and tags to items that have been read; asked only for those whose noun has such fields.
pub(super) fn attach(connection: &Connection, found: &mut HashMap<ItemId, Item>) -> Result<()> {
    let doing = "reading what ties items together";
    let leaves = |place: Place| matches!(place, Place::EdgeOut(_));
    let arrives = |place: Place| matches!(place, Place::EdgeIn(_));
    let outgoing = "SELECT e.source, e.kind, e.target FROM json_each(?1) AS w \
                    CROSS JOIN edge AS e ON e.source = w.value ORDER BY e.id";
    let ways = [
        (outgoing, with_field(found, leaves), true),
        (arriving(), with_field(found, arrives), false),
    ];
    for (query, ids, leaving) in ways.into_iter().filter(|(_, ids, _)| !ids.is_empty()) {
        let mut statement = connection.prepare_cached(query).doing(doing)?;
        let mut rows = statement.query([json_ids(&ids)]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let (id, other) = (sql::id_at(row, 0).doing(doing)?, sql::id_at(row, 2).doing(doing)?);
            let kind = sql::text_at(row, 1).doing(doing)?.unwrap_or_default();
            if let Some(item) = found.get_mut(&id) {
                push_link(item, &kind, other, leaving);
            }
        }
    }
    let tagged = with_field(found, |place| place == Place::Tagging);
    if tagged.is_empty() {
        return Ok(());
    }
    let tags = "SELECT t.item, t.tag FROM json_each(?1) AS w CROSS JOIN tagging AS t ON t.item = w.value ORDER BY t.tag";
    let mut statement = connection.prepare_cached(tags).doing(doing)?;
    let mut rows = statement.query([json_ids(&tagged)]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let tag = sql::text_at(row, 1).doing(doing)?.unwrap_or_default();
        if let Some(item) = found.get_mut(&sql::id_at(row, 0).doing(doing)?) {
            let mut tags = match item.get("tags") {
                Value::Tags(tags) => tags.clone(),
                _ => Vec::new(),
            };
            tags.push(tag);
            item.set("tags", Value::Tags(tags));
        }
    }
    Ok(())
}

/// Those items that have a field at such a place.
fn with_field(found: &HashMap<ItemId, Item>, is_such: impl Fn(Place) -> bool) -> Vec<ItemId> {
    let has = |item: &&Item| item.kind().noun().fields.iter().any(|field| is_such(field.place));
    found.values().filter(has).map(|item| item.id).collect()
}

fn push_link(item: &mut Item, edge: &str, other: ItemId, leaving: bool) {
    let place = |place: Place| match place {
        Place::EdgeOut(name) => leaving && name == edge,
        Place::EdgeIn(name) => !leaving && name == edge,
        Place::Shared | Place::Own | Place::Tagging => false,
    };
    let Some(field) = item.kind().noun().fields.iter().find(|field| place(field.place)) else {
        return;
    };
    let mut ids = item.links(field.name).to_vec();
    ids.push(other);
    item.set(field.name, Value::Items(ids));
}
