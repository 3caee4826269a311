//! The one door to every write. A transaction begins at once, carries a label, is journalled by
//! the triggers, sealed into the hash chain and committed whole; nothing else can make a `Write`.

use std::cell::RefCell;
use std::collections::HashSet;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use super::aside::Aside;
use super::candidate::Together;
use super::error::{Doing, Error, Result};
use super::extent::Extent;
use super::ids::Ids;
use super::listing::{self, Keys};
use super::loading::Loading;
use super::metric::series;
use super::open::Store;
use super::reference::{self, Looked};
use super::sql::{self, write_instant};
use super::writer::Mark;
use super::{bulk, schema, seal};

/// Changes of an op that are read at every open.
const AT_A_GLANCE: i64 = 500;

/// What sort of step an op is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpKind {
    Do,
    /// Takes back the newest op that is not taken back.
    Undo,
    /// Takes back the newest undo that nothing new has followed.
    Redo,
    /// Takes back the op of this number, whatever came after it.
    TakeBack(i64),
}

/// When, by whom and from where a write is made.
#[derive(Debug, Clone)]
pub struct Stamp<'a> {
    pub at: DateTime<Utc>,
    pub actor: String,
    pub device: String,
    pub ids: &'a Ids,
}

/// A write in progress. Only `Store::write` makes one.
pub struct Write<'a> {
    pub(super) connection: &'a Connection,
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor: String,
    /// The sort keys of new items, known before they are asked for.
    pub(super) keys: RefCell<Keys>,
    /// Indexes that are built again when the rows of a long step are gone.
    pub(super) aside: RefCell<Option<Aside>>,
    /// The new rows of a load, which it journals itself.
    pub(super) loading: RefCell<Option<Loading>>,
    ids: &'a Ids,
}

impl<'a> Write<'a> {
    /// Begins a step inside a transaction that holds the lock.
    pub(super) fn begin(
        connection: &'a Connection,
        stamp: &Stamp<'a>,
        kind: OpKind,
    ) -> Result<Self> {
        adopt_foreign_changes(connection, stamp)?;
        let seq = begin(connection, stamp, kind)?;
        let actor = stamp.actor.clone();
        let keys = RefCell::default();
        let (aside, loading) = (RefCell::default(), RefCell::default());
        Ok(Self { connection, seq, at: stamp.at, actor, keys, aside, loading, ids: stamp.ids })
    }

    /// A new id.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.ids.next(self.at)
    }
}

/// A write that is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// `None` when nothing changed, in which case no step is kept.
    pub seq: Option<i64>,
    pub label: String,
}

impl Store {
    /// Runs `body` in one immediate transaction; what it returns beside its result is the label
    /// of the step. When it changes nothing, or fails, nothing is kept.
    ///
    /// # Errors
    /// What `body` returns; `Busy`, `ReadOnly` or a storage error.
    pub fn write<T, E: From<Error>>(
        &mut self,
        stamp: &Stamp<'_>,
        kind: OpKind,
        body: impl FnOnce(&Write<'_>) -> std::result::Result<(T, String), E>,
    ) -> std::result::Result<(T, Committed), E> {
        self.make_writable()?;
        if !bulk::is_due(self, kind)? {
            return self.write_once(stamp, kind, body);
        }
        self.spread(bulk::Spread::Wide)?;
        let result = self.write_once(stamp, kind, body);
        self.spread(bulk::Spread::Usual)?;
        result
    }

    fn write_once<T, E: From<Error>>(
        &mut self,
        stamp: &Stamp<'_>,
        kind: OpKind,
        body: impl FnOnce(&Write<'_>) -> std::result::Result<(T, String), E>,
    ) -> std::result::Result<(T, Committed), E> {
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)
                .doing("starting the change")
                .map_err(|error| self.explain(error))?;
        let _mark = Mark::leave(&self.places, self.path());
        let (result, committed) = step(&transaction, stamp, kind, body)?;
        let Some(seq) = committed.seq else { return Ok((result, committed)) };
        if let Err(error) = transaction.commit().doing("saving the change") {
            return Err(self.after_failed_commit(error, seq).into());
        }
        Ok((result, committed))
    }

    /// Takes back the steps that go together, the newest first, each as a step of its own and all of
    /// them in one transaction: wholly, or not at all.
    ///
    /// # Errors
    /// What `body` returns; `Busy`, `ReadOnly` or a storage error.
    pub fn take_back_together<T, E: From<Error>>(
        &mut self,
        stamp: &Stamp<'_>,
        together: &Together,
        mut body: impl FnMut(&Write<'_>) -> std::result::Result<(T, String), E>,
    ) -> std::result::Result<Vec<(T, Committed)>, E> {
        self.make_writable()?;
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)
                .doing("starting the change")
                .map_err(|error| self.explain(error))?;
        let _mark = Mark::leave(&self.places, self.path());
        let mut taken = Vec::new();
        for seq in super::candidate::meant(&transaction, together)? {
            taken.push(step(&transaction, stamp, OpKind::TakeBack(seq), &mut body)?);
        }
        let last = taken.iter().filter_map(|(_, committed)| committed.seq).max().unwrap_or(0);
        if let Err(error) = transaction.commit().doing("saving the change") {
            return Err(self.after_failed_commit(error, last).into());
        }
        Ok(taken)
    }

    /// Makes a step of what another program did, if it did anything, so that lists show it. Answers
    /// whether there was something.
    ///
    /// # Errors
    /// As `write`.
    pub fn adopt(&mut self, stamp: &Stamp<'_>) -> Result<bool> {
        if !is_foreign(&self.connection)? {
            return Ok(false);
        }
        self.make_writable()?;
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)
                .doing("starting the change")
                .map_err(|error| self.explain(error))?;
        let _mark = Mark::leave(&self.places, self.path());
        adopt_foreign_changes(&transaction, stamp)?;
        transaction.commit().doing("saving the change")?;
        Ok(true)
    }

    /// Shows what another program did as the step that it will be, to whoever only reads: a copy in
    /// memory has it already, and not a byte of the file changes.
    ///
    /// # Errors
    /// A storage error.
    pub fn foresee(&mut self, stamp: &Stamp<'_>) -> Result<()> {
        if !is_foreign(&self.connection)? {
            return Ok(());
        }
        super::migrate::in_memory(self, |copy| adopt_foreign_changes(copy, stamp))
    }

    /// After a failed sync nothing that the connection remembers can be believed: a fresh one says
    /// whether the step is in the file all the same.
    fn after_failed_commit(&mut self, error: Error, seq: i64) -> Error {
        if !matches!(error, Error::Storage { .. }) {
            return self.explain(error);
        }
        match self.reconnect().and_then(|()| head(&self.connection)) {
            Ok((last, _)) if last >= seq => Error::Unconfirmed,
            _ => error,
        }
    }
}

/// One step inside a transaction: begun, carried out, checked, and sealed into the chain. One that
/// changes nothing has no number, and is to be dropped.
fn step<T, E: From<Error>>(
    transaction: &Connection,
    stamp: &Stamp<'_>,
    kind: OpKind,
    body: impl FnOnce(&Write<'_>) -> std::result::Result<(T, String), E>,
) -> std::result::Result<(T, Committed), E> {
    let write = Write::begin(transaction, stamp, kind)?;
    let seq = write.seq;
    let (result, label) = body(&write)?;
    write.end_load()?;
    write.build_again()?;
    let keys = write.keys.take();
    let extent = Extent::of(transaction, seq, keys.ids())?;
    // Taking back what has no effect any more is a step too, or it would never be done with.
    if extent.changes == 0 && kind == OpKind::Do {
        return Ok((result, Committed { seq: None, label }));
    }
    let looked = reference::looked(transaction)?;
    if kind != OpKind::Do || looked == Looked::Never {
        reference::refuse_unsound(transaction, &extent, looked)?;
    }
    listing::refresh(transaction, &extent, keys)?;
    series::refresh(transaction, &extent)?;
    seal::seal(transaction, &extent, &label)?;
    Ok((result, Committed { seq: Some(seq), label }))
}

pub(super) fn is_foreign(connection: &Connection) -> Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM chg WHERE op = 0)")
        .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
        .doing("reading the journal")
}

/// Changes that another program made since the last step become a step of their own, so that
/// history is complete and undo stays in order.
fn adopt_foreign_changes(connection: &Connection, stamp: &Stamp<'_>) -> Result<()> {
    if !is_foreign(connection)? {
        return Ok(());
    }
    let own = Stamp { actor: "another program".to_owned(), ..stamp.clone() };
    let seq = begin(connection, &own, OpKind::Do)?;
    connection
        .execute("UPDATE chg SET op = ?1 WHERE op = 0", [seq])
        .doing("reading the journal")?;
    let extent = Extent::of(connection, seq, &HashSet::new())?;
    listing::refresh(connection, &extent, Keys::default())?;
    series::refresh(connection, &extent)?;
    seal::seal(connection, &extent, "changed by another program")
}

fn begin(connection: &Connection, stamp: &Stamp<'_>, kind: OpKind) -> Result<i64> {
    let doing = "writing the journal";
    let head: Option<(i64, String)> = connection
        .prepare_cached("SELECT seq, hash FROM op ORDER BY seq DESC LIMIT 1")
        .and_then(|mut statement| {
            statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()
        })
        .doing(doing)?;
    let (last, prev_hash) = head.unwrap_or_default();
    let (slug, undo_of) = super::candidate::target(connection, kind)?;
    let seq = last + 1;
    connection
        .prepare_cached(
            "INSERT INTO op (seq, id, at, actor, device, kind, label, undo_of, schema, prev_hash, first) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', ?7, ?8, ?9, coalesce( \
               (SELECT min(n) FROM chg WHERE op = 0), (SELECT max(n) + 1 FROM chg), 1))",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                seq,
                stamp.ids.next(stamp.at).to_string(),
                write_instant(stamp.at),
                stamp.actor,
                stamp.device,
                slug,
                undo_of,
                schema::FORMAT,
                prev_hash
            ])
        })
        .doing(doing)?;
    connection
        .prepare_cached("INSERT INTO op_ctx (one, op) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET op = excluded.op")
        .and_then(|mut statement| statement.execute([seq]))
        .doing(doing)?;
    Ok(seq)
}

/// A cheap look at the newest op at every open: it must be sealed, follow its predecessor, and,
/// unless it is an import, be what was written.
///
/// # Errors
/// `Damaged` when it is not.
pub fn check_head(connection: &Connection, path: &Path) -> Result<()> {
    let head: Option<(i64, String, String, i64)> = connection
        .query_row(
            "SELECT seq, hash, prev_hash, changes FROM op ORDER BY seq DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, sql::plain_at(row, 1)?, sql::plain_at(row, 2)?, row.get(3)?)),
        )
        .optional()
        .doing("reading the journal")?;
    let Some((seq, own, prev, changes)) = head else { return Ok(()) };
    let before: Option<String> = connection
        .query_row("SELECT hash FROM op WHERE seq = ?1", [seq - 1], |row| sql::plain_at(row, 0))
        .optional()
        .doing("reading the journal")?;
    let before = before.unwrap_or_default();
    // The rows of a step stand together, so those of one that was taken out are the last.
    let last: Option<i64> = connection
        .query_row("SELECT op FROM chg WHERE n = (SELECT max(n) FROM chg)", [], |row| row.get(0))
        .optional()
        .doing("reading the journal")?;
    if own.len() == 64
        && last.unwrap_or_default() <= seq
        && prev == before
        && (changes > AT_A_GLANCE || own == seal::hash(connection, seq)?)
    {
        return Ok(());
    }
    Err(Error::Damaged {
        path: path.to_owned(),
        why: format!("the journal does not hang together at change {seq}"),
    })
}

/// Number and hash of the newest op; zero and empty in a fresh workspace.
///
/// # Errors
/// A storage error.
pub fn head(connection: &Connection) -> Result<(i64, String)> {
    connection
        .prepare_cached("SELECT seq, hash FROM op ORDER BY seq DESC LIMIT 1")
        .and_then(|mut statement| {
            statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()
        })
        .doing("reading the journal")
        .map(Option::unwrap_or_default)
}
