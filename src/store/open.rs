//! Opening and making a workspace file: the settings that keep it safe, the checks before
//! anything is believed, and the migration of an older format behind a verified snapshot.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::error::{Doing, DoingFile, Error, Result};
use super::{header, schema, snapshot};

/// Whether the file may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
}

/// Where a workspace keeps what does not belong into its file.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// `$XDG_STATE_HOME/prewire`; `None` in tests and for throw-away workspaces.
    pub state: Option<PathBuf>,
}

/// An open workspace file.
pub struct Store {
    pub(super) connection: Connection,
    path: PathBuf,
    access: Access,
    pub(super) places: Places,
    uuid: String,
    wait: Duration,
}

impl Store {
    /// Opens an existing workspace. With `Access::Read` not a byte of it changes, except that
    /// `SQLite` rolls back what a crash left half done.
    ///
    /// # Errors
    /// As `header::probe`; `Damaged` when the schema is not ours; `Busy` while somebody writes.
    pub fn open(path: &Path, access: Access, places: Places, wait: Duration) -> Result<Self> {
        let path = header::resolve(path)?;
        let header = header::probe(&path, schema::FORMAT)?;
        let journal = sidecar(&path, "-journal");
        let crashed = std::fs::metadata(&journal).is_ok_and(|meta| meta.len() > 0);
        let writable = access == Access::Write || crashed;
        let connection = connect(&path, if writable { Access::Write } else { Access::Read }, wait)
            .map_err(|error| name_path(error, &path))?;
        let mut store = Self { connection, path, access, places, uuid: String::new(), wait };
        store.settle(header).map_err(|error| name_path(error, &store.path))?;
        Ok(store)
    }

    /// Makes a new workspace where there is nothing yet.
    ///
    /// # Errors
    /// `File` when the place cannot be written or something is there already.
    pub fn create(path: &Path, places: Places, uuid: &str, wait: Duration) -> Result<Self> {
        let path = std::path::absolute(path).doing("reading", path)?;
        if let Some(parent) = path.parent() {
            make_private_dir(parent)?;
        }
        let temporary = sidecar(&path, &format!(".new-{}", std::process::id()));
        make_private_file(&temporary)?;
        let made = fill(&temporary, uuid, wait).and_then(|()| publish(&temporary, &path));
        if made.is_err() {
            // Best effort: the file is ours, was made a moment ago and holds nothing.
            let _ = std::fs::remove_file(&temporary);
        }
        made?;
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
        Ok(Self {
            connection,
            path: PathBuf::new(),
            access: Access::Write,
            places: Places::default(),
            uuid: uuid.to_owned(),
            wait: Duration::ZERO,
        })
    }

    /// Makes a read-only store writable, when a write is due.
    ///
    /// # Errors
    /// `ReadOnly` when the file or its directory cannot be written.
    pub fn make_writable(&mut self) -> Result<()> {
        if self.access == Access::Write {
            return Ok(());
        }
        let connection = connect(&self.path, Access::Write, self.wait)
            .map_err(|error| name_path(error, &self.path))?;
        self.connection = connection;
        self.access = Access::Write;
        Ok(())
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The identity of the workspace, whatever its file is called.
    #[must_use]
    pub fn uuid(&self) -> &str {
        &self.uuid
    }

    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Grows when another process writes; own writes do not move it.
    ///
    /// # Errors
    /// A storage error.
    pub fn data_version(&self) -> Result<i64> {
        self.connection
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .doing("looking for changes")
    }

    fn settle(&mut self, header: header::Header) -> Result<()> {
        if header.format < schema::FORMAT {
            self.migrate(header.format)?;
        }
        if header.journal_version != 1 && self.access == Access::Write {
            self.leave_wal()?;
        }
        let found = schema::manifest(&self.connection)?;
        if found != schema::MANIFESTS[schema::FORMAT as usize - 1] {
            let what = schema::differences(&self.connection)?.join("; ");
            return Err(Error::Damaged {
                path: self.path.clone(),
                why: format!("its schema differs: {what}"),
            });
        }
        self.uuid = meta(&self.connection, "workspace_uuid")?;
        super::journal::check_head(&self.connection, &self.path)
    }

    fn migrate(&mut self, from: u32) -> Result<()> {
        self.make_writable()?;
        self.uuid = meta(&self.connection, "workspace_uuid")?;
        snapshot::make(self, snapshot::Reason::Migration)?;
        let transaction = rusqlite::Transaction::new_unchecked(
            &self.connection,
            rusqlite::TransactionBehavior::Exclusive,
        )
        .doing("migrating the workspace")?;
        let now: u32 = transaction
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .doing("reading the format number")?;
        if now == from {
            schema::migrate(&transaction, from)?;
            super::check::quick(&transaction)?;
        }
        transaction.commit().doing("migrating the workspace")
    }

    fn leave_wal(&self) -> Result<()> {
        snapshot::make(self, snapshot::Reason::Conversion)?;
        set_journal_mode(&self.connection)
    }
}

/// The path with something appended to its file name.
#[must_use]
pub fn sidecar(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

pub(super) fn connect(path: &Path, access: Access, wait: Duration) -> Result<Connection> {
    let mode = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(path, flags).doing("opening the workspace")?;
    harden(&connection, wait)?;
    if access == Access::Write {
        connection.pragma_update(None, "synchronous", "EXTRA").doing("setting up the workspace")?;
    }
    Ok(connection)
}

fn harden(connection: &Connection, wait: Duration) -> Result<()> {
    let doing = "setting up the workspace";
    connection.busy_timeout(wait).doing(doing)?;
    let switches = [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true),
    ];
    for (switch, on) in switches {
        connection.set_db_config(switch, on).doing(doing)?;
    }
    let limits = [
        (Limit::SQLITE_LIMIT_ATTACHED, 1),
        (Limit::SQLITE_LIMIT_LENGTH, 8 << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
    ];
    for (limit, most) in limits {
        connection.set_limit(limit, most).doing(doing)?;
    }
    connection
        .execute_batch(
            "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA secure_delete = ON; \
             PRAGMA temp_store = MEMORY; PRAGMA recursive_triggers = ON; PRAGMA foreign_keys = ON;",
        )
        .doing(doing)?;
    connection.set_prepared_statement_cache_capacity(64);
    super::search::register(connection)
}

fn fill(path: &Path, uuid: &str, wait: Duration) -> Result<()> {
    let connection = connect(path, Access::Write, wait)?;
    build(&connection, uuid)?;
    set_journal_mode(&connection)
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

fn set_journal_mode(connection: &Connection) -> Result<()> {
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))
        .doing("setting up the workspace")?;
    if mode.eq_ignore_ascii_case("delete") {
        return Ok(());
    }
    Err(Error::Busy { holder: Some(format!(" or reading: the file is in {mode} mode")) })
}

pub(super) fn meta(connection: &Connection, key: &str) -> Result<String> {
    connection
        .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| {
            super::sql::text_at(row, 0)
        })
        .doing("reading the workspace")
        .map(Option::unwrap_or_default)
}

fn name_path(error: Error, path: &Path) -> Error {
    match error {
        Error::Damaged { why, .. } => Error::Damaged { path: path.to_owned(), why },
        other => other,
    }
}

/// Makes a directory that only its user can enter; leaves an existing one as it is.
///
/// # Errors
/// `File` when it cannot be made.
pub fn make_private_dir(path: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path).doing("making", path)
}

/// Makes an empty file that only its user can read; refuses to touch one that is there.
///
/// # Errors
/// `File` when it cannot be made.
pub fn make_private_file(path: &Path) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map(drop)
        .doing("making", path)
}

/// Gives a finished file its name, unless something has that name already.
fn publish(temporary: &Path, path: &Path) -> Result<()> {
    std::fs::hard_link(temporary, path).doing("making", path)?;
    std::fs::remove_file(temporary).doing("making", temporary)?;
    sync_dir(path)
}

/// Makes a rename or a new name in the file's directory durable.
///
/// # Errors
/// `File` when the directory cannot be synced.
pub fn sync_dir(path: &Path) -> Result<()> {
    let Some(parent) = path.parent() else { return Ok(()) };
    std::fs::File::open(parent).and_then(|dir| dir.sync_all()).doing("syncing", parent)
}
