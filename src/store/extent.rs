//! How far a step reaches: its rows in the journal, seen once. What seals it, renews the order and
//! checks what it points at asks here instead of reading them again.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use uuid::Uuid;

use super::error::{Doing, Result};
use super::schema::{JOURNALLED, NOT_ITEMS};
use crate::domain::item::ItemId;

/// The rows of step `?1`, which stand together: from where it begins to where the next one does.
pub(super) const OF_STEP: &str = "n BETWEEN (SELECT first FROM op WHERE seq = ?1) AND \
    coalesce((SELECT first - 1 FROM op WHERE seq = ?1 + 1), 9223372036854775807) AND op = ?1";

/// What a step did to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Did {
    Insert,
    Update,
    Delete,
}

/// The rows of one step.
#[derive(Debug)]
pub(super) struct Extent {
    pub seq: i64,
    /// Its rows stand between these; there may be others among them.
    pub first: i64,
    pub last: i64,
    pub changes: i64,
    /// The items whose rows changed, but for those that were new and known.
    pub items: HashSet<ItemId>,
    done: BTreeSet<(&'static str, Did)>,
    /// Of each table, where its rows stand.
    spans: BTreeMap<&'static str, (i64, i64)>,
}

impl Extent {
    /// The extent of a step so far. New items that are `known` are left out of its items.
    ///
    /// # Errors
    /// A storage error.
    pub fn of(connection: &Connection, seq: i64, known: &HashSet<ItemId>) -> Result<Self> {
        let doing = "reading the journal";
        let (items, done, spans) = (HashSet::new(), BTreeSet::new(), BTreeMap::new());
        let mut extent = Self { seq, first: i64::MAX, last: 0, changes: 0, items, done, spans };
        let mut statement = connection
            .prepare_cached(&format!("SELECT n, kind, tbl, pk FROM chg WHERE {OF_STEP} ORDER BY n"))
            .doing(doing)?;
        let mut rows = statement.query([seq]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let number = row.get(0).doing(doing)?;
            extent.changes += 1;
            extent.first = extent.first.min(number);
            extent.last = number;
            let did = match bytes(row.get_ref(1).doing(doing)?) {
                b"I" => Did::Insert,
                b"D" => Did::Delete,
                _ => Did::Update,
            };
            let table = bytes(row.get_ref(2).doing(doing)?);
            // A table that is not journalled has nothing that could be asked about.
            let Some(table) = JOURNALLED.into_iter().find(|name| name.as_bytes() == table) else {
                continue;
            };
            extent.done.insert((table, did));
            extent.spans.entry(table).or_insert((number, number)).1 = number;
            if NOT_ITEMS.contains(&table) {
                continue;
            }
            // What is no id is no item either.
            let key = Uuid::try_parse_ascii(bytes(row.get_ref(3).doing(doing)?)).map(ItemId);
            if let Ok(id) = key
                && !(did == Did::Insert && known.contains(&id))
            {
                extent.items.insert(id);
            }
        }
        Ok(extent)
    }

    /// The step, and between which of its rows those of a table stand: a load has one table after
    /// the other.
    pub fn span(&self, table: &str) -> [i64; 3] {
        let (first, last) = self.spans.get(table).copied().unwrap_or((self.first, self.last));
        [self.seq, first, last]
    }

    /// Whether the step did this to rows of a table.
    pub fn did(&self, table: &str, did: Did) -> bool {
        self.done.iter().any(|(name, done)| *name == table && *done == did)
    }
}

fn bytes(value: ValueRef<'_>) -> &[u8] {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => b"",
    }
}
