//! What loading and unloading many rows at once needs beside the single item: lookups without a
//! page, ties written one by one, whole tables as streams, and one view for a long reading.

use std::time::Duration;

use rusqlite::{OptionalExtension, params};

use super::aside::{self, Aside};
use super::error::{Doing, Result};
use super::journal::{OpKind, Write};
use super::lookup::{Lookup, Named};
use super::open::Store;
use super::origin::{Origin, OriginRow};
use super::sql;
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;

/// Memory for pages while many rows are loaded, in KiB; the usual two MiB would be written out
/// and read back again and again.
const LOADING_KIB: i64 = 96 * 1024;
const USUAL_KIB: i64 = 2_000;
/// Changes of a step that make a long one.
const MANY: i64 = 5_000;

/// Questions that an import asks before and while it writes.
pub trait Bulk: Lookup {
    /// The item that this row of this source became.
    ///
    /// # Errors
    /// A storage error.
    fn origin_of(&self, source: &str, external_id: &str) -> Result<Option<Origin>> {
        self.connection()
            .prepare_cached(
                "SELECT item, digest FROM origin WHERE source = ?1 AND external_id = ?2",
            )
            .and_then(|mut statement| {
                statement
                    .query_row([source, external_id], |row| {
                        let digest = sql::text_at(row, 1)?.unwrap_or_default();
                        Ok(Origin { item: sql::id_at(row, 0)?, digest })
                    })
                    .optional()
            })
            .doing("looking for an earlier import")
    }

    /// Whether anything was imported from this source before.
    ///
    /// # Errors
    /// A storage error.
    fn has_origins(&self, source: &str) -> Result<bool> {
        self.connection()
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM origin WHERE source = ?1)")
            .and_then(|mut statement| statement.query_row([source], |row| row.get(0)))
            .doing("looking for an earlier import")
    }

    /// The names under which a source knows an item.
    ///
    /// # Errors
    /// A storage error.
    fn external_ids(&self, source: &str, item: ItemId) -> Result<Vec<String>> {
        let doing = "looking for an earlier import";
        let mut statement = self
            .connection()
            .prepare_cached("SELECT external_id FROM origin WHERE item = ?1 AND source = ?2")
            .doing(doing)?;
        let rows = statement
            .query_map([&item.to_string(), source], |row| {
                sql::text_at(row, 0).map(Option::unwrap_or_default)
            })
            .doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// Live items of a kind with exactly this title; ASCII letters match in either case.
    ///
    /// # Errors
    /// A storage error.
    fn exactly_titled(&self, kind: Kind, title: &str) -> Result<Vec<Named>> {
        let doing = "looking up the title";
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT id, no, title FROM item \
                 WHERE kind = ?1 AND title = ?2 COLLATE NOCASE AND deleted_at IS NULL LIMIT 8",
            )
            .doing(doing)?;
        let rows = statement
            .query_map([kind.slug(), title], |row| {
                Ok(Named {
                    id: sql::id_at(row, 0)?,
                    reference: Ref { kind, number: row.get(1)? },
                    title: sql::text_at(row, 2)?.unwrap_or_default(),
                })
            })
            .doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// The items of these ids, in this order; ids that are gone are left out.
    ///
    /// # Errors
    /// A storage error.
    fn some(&self, ids: &[ItemId]) -> Result<Vec<Item>> {
        super::item::load(self.connection(), ids)
    }

    /// The kind of an item.
    ///
    /// # Errors
    /// A storage error.
    fn kind_of(&self, id: ItemId) -> Result<Option<Kind>> {
        let slug: Option<String> = self
            .connection()
            .prepare_cached("SELECT kind FROM item WHERE id = ?1")
            .and_then(|mut statement| {
                statement.query_row([id.to_string()], |row| row.get(0)).optional()
            })
            .doing("reading items")?;
        Ok(slug.and_then(|slug| Kind::from_slug(&slug)))
    }

    /// Every `blocks` edge, from what holds up to what is held.
    ///
    /// # Errors
    /// A storage error.
    fn block_edges(&self) -> Result<Vec<(ItemId, ItemId)>> {
        let doing = "reading what ties items together";
        let mut statement = self
            .connection()
            .prepare_cached("SELECT source, target FROM edge WHERE kind = 'blocks' ORDER BY id")
            .doing(doing)?;
        let rows = statement
            .query_map([], |row| Ok((sql::id_at(row, 0)?, sql::id_at(row, 1)?)))
            .doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// The next number of each kind's refs, by kind.
    ///
    /// # Errors
    /// A storage error.
    fn counters(&self) -> Result<Vec<(String, i64)>> {
        let doing = "reading the counters";
        let mut statement = self
            .connection()
            .prepare_cached("SELECT kind, next FROM counter ORDER BY kind")
            .doing(doing)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }
}

/// Steps of `SQLite`'s machine, a tenth of a millisecond of them, after which a reading that nobody waits
/// for lets others run.
const YIELDS_AFTER: i32 = 500;

/// Breaks off a reading; what is read afterwards knows nothing of it.
pub struct Breaker(rusqlite::InterruptHandle);

/// Says that what is read is wanted no more.
pub type Ends = Box<dyn FnMut() -> bool + Send>;

impl Breaker {
    pub fn break_off(&self) {
        self.0.interrupt();
    }
}

impl Bulk for Store {}
impl Bulk for Write<'_> {}

impl Store {
    /// Runs a long reading over one unchanging view of the file. Others who write wait meanwhile.
    ///
    /// # Errors
    /// What `body` returns; `Busy` or a storage error.
    pub fn reading<T, E: From<super::error::Error>>(
        &self,
        body: impl FnOnce(&Self) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let view = self.connection.unchecked_transaction().doing("starting to read")?;
        let result = body(self);
        view.rollback().doing("ending the reading")?;
        result
    }

    /// Begins a reading of several questions over one unchanging view of the file.
    ///
    /// # Errors
    /// A storage error.
    pub fn begin_reading(&self) -> Result<()> {
        self.connection.execute_batch("BEGIN").doing("starting to read")
    }

    /// The same, unless somebody writes just now: then it is not waited for, and nothing is begun.
    ///
    /// # Errors
    /// A storage error.
    pub fn begin_reading_at_once(&self) -> Result<bool> {
        let doing = "starting to read";
        self.connection.busy_timeout(Duration::ZERO).doing(doing)?;
        // A reading begins with its first question.
        let begun = self.begin_reading().and_then(|()| self.head());
        self.connection.busy_timeout(self.wait).doing(doing)?;
        if begun.is_err() {
            self.end_reading()?;
        }
        Ok(begun.is_ok())
    }

    /// What breaks off, from another thread, whatever is read just now.
    #[must_use]
    pub fn breaker(&self) -> Breaker {
        Breaker(self.connection.get_interrupt_handle())
    }

    /// For what nobody waits for: readings let others have the processor as soon as they want it, and
    /// not only when the system takes it away, and end with an error where this says so. With nothing
    /// they are read as others are.
    ///
    /// # Errors
    /// A storage error.
    pub fn give_way(&mut self, ends: Option<Ends>) -> Result<()> {
        let yields = ends.map(|mut ends| {
            move || {
                std::thread::yield_now();
                ends()
            }
        });
        self.connection.progress_handler(YIELDS_AFTER, yields).doing("setting up the workspace")
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// A storage error.
    pub fn end_reading(&self) -> Result<()> {
        if self.connection.is_autocommit() {
            return Ok(());
        }
        self.connection.execute_batch("ROLLBACK").doing("ending the reading")
    }

    /// Every origin in the order of source and external id, one at a time.
    ///
    /// # Errors
    /// What `each` returns, or a storage error.
    pub fn each_origin<E: From<super::error::Error>>(
        &self,
        mut each: impl FnMut(&OriginRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let doing = "reading where items came from";
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT source, external_id, item, digest FROM origin ORDER BY source, external_id",
            )
            .doing(doing)?;
        let mut rows = statement.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let text =
                |at: usize| sql::text_at(row, at).map(Option::unwrap_or_default).doing(doing);
            let item = sql::id_at(row, 2).doing(doing)?;
            each(&OriginRow { source: text(0)?, external_id: text(1)?, item, digest: text(3)? })?;
        }
        Ok(())
    }

    /// Prepares for a long load, and for what comes after it. In a long load the pages have more
    /// memory, and what the schema refuses is looked for once, at its end, instead of at each row.
    /// Nothing is prepared inside a transaction.
    ///
    /// # Errors
    /// A storage error.
    pub fn spread(&self, spread: Spread) -> Result<()> {
        let (most, enforced) = match spread {
            Spread::Wide => (LOADING_KIB, false),
            Spread::Usual => (USUAL_KIB, true),
        };
        let doing = "setting up the workspace";
        self.connection.pragma_update(None, "cache_size", -most).doing(doing)?;
        self.connection.pragma_update(None, "foreign_keys", enforced).doing(doing)?;
        self.connection.pragma_update(None, "ignore_check_constraints", !enforced).doing(doing)
    }
}

/// Whether a step is so long that it should be spread: one that takes back another as long.
///
/// # Errors
/// A storage error.
pub(super) fn is_due(store: &Store, kind: OpKind) -> Result<bool> {
    Ok(super::candidate::changes(&store.connection, kind)? > MANY)
}

/// How a write is prepared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    Usual,
    Wide,
}

impl Write<'_> {
    /// Lays the indexes of the items aside when so many of them are about to go that sorting what
    /// is left is less work. Whatever is looked up until `build_again` goes by keys.
    ///
    /// # Errors
    /// A storage error.
    pub(super) fn lay_aside(&self, items: u64) -> Result<()> {
        let mut aside = self.aside.borrow_mut();
        if aside.is_none() && aside::is_worth_while(self.connection, items)? {
            *aside = Some(Aside::of_items(self.connection)?);
        }
        Ok(())
    }

    /// Builds again what was laid aside, when something was.
    ///
    /// # Errors
    /// A storage error.
    pub(super) fn build_again(&self) -> Result<()> {
        match self.aside.take() {
            Some(aside) => aside.build(self.connection),
            None => Ok(()),
        }
    }

    /// Lets items point at items that come later in the same step; checked when it is saved.
    ///
    /// # Errors
    /// A storage error.
    pub fn defer_ties(&self) -> Result<()> {
        self.connection.execute_batch("PRAGMA defer_foreign_keys = ON").doing("starting the change")
    }

    /// Ties one item to another, unless they are tied so already.
    ///
    /// # Errors
    /// A storage error.
    pub fn tie(&self, edge: &str, source: ItemId, target: ItemId) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT OR FAIL INTO edge (id, kind, source, target) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (kind, source, target) DO NOTHING",
            )
            .and_then(|mut statement| {
                let id = self.new_id().to_string();
                statement.execute(params![id, edge, source.to_string(), target.to_string()])
            })
            .doing("tying the items")
            .map(drop)
    }

    /// Unties one item from another.
    ///
    /// # Errors
    /// A storage error.
    pub fn untie(&self, edge: &str, source: ItemId, target: ItemId) -> Result<()> {
        self.connection
            .prepare_cached("DELETE FROM edge WHERE kind = ?1 AND source = ?2 AND target = ?3")
            .and_then(|mut statement| {
                statement.execute(params![edge, source.to_string(), target.to_string()])
            })
            .doing("untying the items")
            .map(drop)
    }

    /// Makes an edit that was begun before this step a conflict.
    ///
    /// # Errors
    /// A storage error.
    pub fn touch(&self, id: ItemId) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE item SET rev = rev + 1, updated_at = ?2 WHERE id = ?1")
            .and_then(|mut statement| {
                statement.execute(params![id.to_string(), sql::write_instant(self.at)])
            })
            .doing("changing the item")
            .map(drop)
    }

    /// The next number of a kind's refs is at least this one.
    ///
    /// # Errors
    /// A storage error.
    pub fn raise_counter(&self, kind: Kind, next: i64) -> Result<()> {
        self.reserve_ref(Ref { kind, number: next - 1 })
    }
}
