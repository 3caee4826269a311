//! From names to items and back: refs, people, unique title prefixes, and the names of whatever a
//! page of rows points at.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::error::{Doing, Result};
use super::journal::Write;
use super::open::Store;
use super::sql;
use crate::domain::field::Names;
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;

/// One item by its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: ItemId,
    pub reference: Ref,
    pub title: String,
}

/// What the ids of a page are called.
#[derive(Debug, Clone, Default)]
pub struct NameTable {
    names: HashMap<ItemId, (Ref, String)>,
    gone: HashSet<ItemId>,
}

impl Names for NameTable {
    fn reference(&self, id: ItemId) -> Option<Ref> {
        self.names.get(&id).map(|(reference, _)| *reference)
    }

    fn title(&self, id: ItemId) -> Option<&str> {
        self.names.get(&id).map(|(_, title)| title.as_str())
    }

    fn is_gone(&self, id: ItemId) -> bool {
        self.gone.contains(&id)
    }
}

impl NameTable {
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Takes the name of an item that was read.
    pub fn take(&mut self, item: &Item) {
        if item.deleted_at.is_some() {
            self.gone.insert(item.id);
        }
        self.names.insert(item.id, (item.reference, item.title().to_owned()));
    }

    /// Takes the names of another reading of the same file.
    pub fn join(&mut self, other: Self) {
        self.names.extend(other.names);
        self.gone.extend(other.gone);
    }

    /// Lets go of all names but these.
    pub fn keep(&mut self, named: &HashSet<ItemId>) {
        self.names.retain(|id, _| named.contains(id));
        self.gone.retain(|id| named.contains(id));
    }
}

/// The two ways of asking: the open store, or a write in progress.
pub trait Lookup {
    fn connection(&self) -> &Connection;

    /// The item of a ref, also one in the Trash.
    ///
    /// # Errors
    /// A storage error.
    fn by_ref(&self, reference: Ref) -> Result<Option<ItemId>> {
        self.connection()
            .prepare_cached("SELECT id FROM item WHERE kind = ?1 AND no = ?2")
            .and_then(|mut statement| {
                statement
                    .query_row(params![reference.kind.slug(), reference.number], |row| {
                        sql::id_at(row, 0)
                    })
                    .optional()
            })
            .doing("looking up the ref")
    }

    /// Live items of a kind whose title begins so, the exact one alone when there is one; no
    /// more than can be told apart by a longer beginning.
    ///
    /// # Errors
    /// A storage error.
    fn by_title(&self, kind: Kind, beginning: &str) -> Result<Vec<Named>> {
        let mut found = self.titled(kind, beginning)?;
        let exact =
            found.iter().position(|named| named.title.to_lowercase() == beginning.to_lowercase());
        if let Some(at) = exact {
            return Ok(vec![found.swap_remove(at)]);
        }
        Ok(found)
    }

    /// Live items of a kind whose title begins so. ASCII goes by the index; other letters are
    /// compared here, since `SQLite` folds ASCII only.
    ///
    /// # Errors
    /// A storage error.
    fn titled(&self, kind: Kind, beginning: &str) -> Result<Vec<Named>> {
        let doing = "looking up the title";
        let wanted = beginning.to_lowercase();
        let folds = |title: &str| title.to_lowercase().starts_with(&wanted);
        let ascii: String = beginning.chars().take_while(char::is_ascii).collect();
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT id, no, title FROM item \
                 WHERE kind = ?1 AND title COLLATE NOCASE >= ?2 AND title COLLATE NOCASE < ?2 || char(1114111) \
                 AND deleted_at IS NULL",
            )
            .doing(doing)?;
        let mut rows = statement.query(params![kind.slug(), ascii]).doing(doing)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().doing(doing)? {
            let title = sql::text_at(row, 2).doing(doing)?.unwrap_or_default();
            if folds(&title) {
                let reference = Ref { kind, number: row.get(1).doing(doing)? };
                found.push(Named { id: sql::id_at(row, 0).doing(doing)?, reference, title });
            }
            if found.len() > 200 {
                break;
            }
        }
        Ok(found)
    }

    /// The person of this e-mail address.
    ///
    /// # Errors
    /// A storage error.
    fn by_email(&self, email: &str) -> Result<Option<ItemId>> {
        self.connection()
            .prepare_cached(
                "SELECT p.id FROM person AS p JOIN item AS i ON i.id = p.id \
                 WHERE p.email = ?1 COLLATE NOCASE AND i.deleted_at IS NULL LIMIT 1",
            )
            .and_then(|mut statement| {
                statement.query_row([email], |row| sql::id_at(row, 0)).optional()
            })
            .doing("looking up the person")
    }

    /// What these ids are called.
    ///
    /// # Errors
    /// A storage error.
    fn names_of(&self, ids: &[ItemId]) -> Result<NameTable> {
        let doing = "reading names";
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT i.id, i.kind, i.no, i.title, i.deleted_at IS NOT NULL FROM json_each(?1) AS w \
                 CROSS JOIN item AS i ON i.id = w.value",
            )
            .doing(doing)?;
        let mut rows = statement.query([sql::json_ids(ids)]).doing(doing)?;
        let mut table = NameTable::default();
        while let Some(row) = rows.next().doing(doing)? {
            let slug = sql::text_at(row, 1).doing(doing)?.unwrap_or_default();
            let Some(kind) = Kind::from_slug(&slug) else { continue };
            let reference = Ref { kind, number: row.get(2).doing(doing)? };
            let title = sql::text_at(row, 3).doing(doing)?.unwrap_or_default();
            let id = sql::id_at(row, 0).doing(doing)?;
            if row.get(4).doing(doing)? {
                table.gone.insert(id);
            }
            table.names.insert(id, (reference, title));
        }
        Ok(table)
    }

    /// The names of everything that these items point at.
    ///
    /// # Errors
    /// A storage error.
    fn names_for(&self, items: &[Item]) -> Result<NameTable> {
        let mut ids: Vec<ItemId> = items
            .iter()
            .flat_map(|item| item.entries().flat_map(|(_, value)| value.ids().to_vec()))
            .collect();
        ids.extend(items.iter().map(|item| item.id));
        ids.sort_unstable();
        ids.dedup();
        self.names_of(&ids)
    }

    /// How many active outcomes a quarter has, and which.
    ///
    /// # Errors
    /// A storage error.
    fn active_outcomes(&self, quarter: Option<&str>) -> Result<Vec<Named>> {
        let doing = "counting outcomes";
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT i.id, i.no, i.title FROM outcome AS o CROSS JOIN item AS i ON i.id = o.id \
                 WHERE i.state = 'active' AND i.deleted_at IS NULL AND o.quarter IS ?1 ORDER BY i.no",
            )
            .doing(doing)?;
        let rows = statement
            .query_map([quarter], |row| {
                Ok(Named {
                    id: sql::id_at(row, 0)?,
                    reference: Ref { kind: Kind::Outcome, number: row.get(1)? },
                    title: sql::text_at(row, 2)?.unwrap_or_default(),
                })
            })
            .doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// All tags in use, most used first.
    ///
    /// # Errors
    /// A storage error.
    fn tags(&self) -> Result<Vec<String>> {
        let doing = "reading tags";
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT tag FROM tagging GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 500",
            )
            .doing(doing)?;
        let rows = statement.query_map([], |row| sql::text_at(row, 0)).doing(doing)?;
        let tags: Vec<Option<String>> = rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        Ok(tags.into_iter().flatten().collect())
    }
}

impl Lookup for Store {
    fn connection(&self) -> &Connection {
        &self.connection
    }
}

impl Lookup for Write<'_> {
    fn connection(&self) -> &Connection {
        self.connection
    }
}
