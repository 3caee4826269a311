//! Bringing a file of an older format to the newest one: behind a verified snapshot, in one
//! exclusive transaction, and only when the result is what a new file would be.

use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::connect::harden;
use super::error::{Doing, Error, Result};
use super::open::Store;
use super::place::sidecar;
use super::{check, schema, snapshot};

const DOING: &str = "migrating the workspace";
/// A step of the copy in memory, and the wait when somebody writes.
const PAGES: std::ffi::c_int = 1_024;
const PAUSE: Duration = Duration::from_millis(5);

/// Migrates an examined store, whose connection can write.
///
/// # Errors
/// `Snapshot` when there is nothing to go back to, in which case nothing was changed; `Damaged`
/// when the result is not sound, in which case it was rolled back.
pub(super) fn migrate(store: &mut Store) -> Result<()> {
    let from = store.format();
    if let Some(stranger) = store.strangers().first() {
        return Err(Error::Damaged { path: store.path().to_owned(), why: stranger.clone() });
    }
    if snapshot::make(store, snapshot::Reason::Migration)?.is_none() {
        let beside = sidecar(store.path(), &format!(".format-{from}"));
        snapshot::copy(&store.connection, &beside)?;
    }
    run(store, from)?;
    store.examine_again()
}

/// Migrates a copy in memory, of a file that may be read and not written: on a medium that takes
/// no writing, or with something in it that a write might run.
///
/// # Errors
/// A storage error.
pub(super) fn aside(store: &mut Store) -> Result<()> {
    let format = store.format();
    in_memory(store, |copy| schema::migrate(copy, format))
}

/// From now on a copy in memory is read, as `change` leaves it.
///
/// # Errors
/// What `change` returns, or a storage error.
pub(super) fn in_memory(
    store: &mut Store,
    change: impl FnOnce(&Connection) -> Result<()>,
) -> Result<()> {
    let mut copy = Connection::open_in_memory().doing(DOING)?;
    Backup::new(&store.connection, &mut copy)
        .and_then(|backup| backup.run_to_completion(PAGES, PAUSE, None))
        .doing(DOING)?;
    harden(&copy, PAUSE)?;
    let transaction = copy.unchecked_transaction().doing(DOING)?;
    change(&transaction)?;
    transaction.commit().doing(DOING)?;
    copy.pragma_update(None, "query_only", true).doing(DOING)?;
    store.look_at(copy)
}

fn run(store: &Store, from: u32) -> Result<()> {
    let transaction = Transaction::new_unchecked(&store.connection, TransactionBehavior::Exclusive)
        .doing(DOING)?;
    let now: u32 = transaction
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .doing("reading the format number")?;
    // Another process may have migrated it while this one waited.
    if now == from {
        schema::migrate(&transaction, from)?;
        check::quick(&transaction)?;
        if schema::manifest(&transaction)? != schema::MANIFESTS[schema::FORMAT as usize - 1] {
            let why = "its schema is not what a new file has".to_owned();
            return Err(Error::Damaged { path: store.path().to_owned(), why });
        }
    }
    transaction.commit().doing(DOING)
}
