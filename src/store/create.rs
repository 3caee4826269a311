//! Making a workspace file: whole under another name first, so that half of one is never found.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::connect::{connect, harden, leave_wal};
use super::error::{Doing, Error, Result};
use super::open::{Access, Places, Store};
use super::place::{self, make_private_file, unfinished};
use super::{header, schema};

impl Store {
    /// Makes a new workspace where there is nothing yet; when another process makes one at the
    /// same moment, theirs is opened.
    ///
    /// # Errors
    /// `File` when the place cannot be written or something is there already.
    pub fn create(path: &Path, places: Places, uuid: &str, wait: Duration) -> Result<Self> {
        let path = place::site(path)?;
        place::refuse_existing(&path)?;
        place::sweep(&path);
        let temporary = unfinished(&path);
        make_private_file(&temporary)?;
        let made = fill(&temporary, uuid, wait).and_then(|()| place::publish(&temporary, &path));
        if let Err(error) = made {
            // Best effort: the file is ours, was made a moment ago and holds nothing.
            let _ = std::fs::remove_file(&temporary);
            if !is_taken(&error) {
                return Err(error);
            }
        }
        Self::open(&path, Access::Write, places, wait)
    }

    /// A workspace in memory, for tests, previews and dry runs.
    ///
    /// # Errors
    /// A storage error.
    pub fn in_memory(uuid: &str) -> Result<Self> {
        let connection = Connection::open_in_memory().doing("making a workspace in memory")?;
        harden(&connection, Duration::ZERO)?;
        build(&connection, uuid)?;
        Ok(Self::over_memory(connection, uuid))
    }
}

fn is_taken(error: &Error) -> bool {
    matches!(error, Error::File { source, .. } if source.kind() == std::io::ErrorKind::AlreadyExists)
}

fn fill(path: &Path, uuid: &str, wait: Duration) -> Result<()> {
    let connection = connect(path, Access::Write, wait)?;
    build(&connection, uuid)?;
    leave_wal(&connection)
}

fn build(connection: &Connection, uuid: &str) -> Result<()> {
    let doing = "making the workspace";
    connection.execute_batch("PRAGMA page_size = 4096; PRAGMA auto_vacuum = NONE;").doing(doing)?;
    let transaction = connection.unchecked_transaction().doing(doing)?;
    transaction.pragma_update(None, "application_id", header::APPLICATION_ID).doing(doing)?;
    schema::migrate(&transaction, 0)?;
    let facts = [
        ("workspace_uuid", uuid),
        ("written_by", env!("CARGO_PKG_VERSION")),
        ("min_reader", "1"),
        ("min_writer", "1"),
    ];
    for (key, value) in facts {
        transaction
            .execute("INSERT INTO meta (key, value) VALUES (?1, ?2)", [key, value])
            .doing(doing)?;
    }
    transaction.commit().doing(doing)
}
