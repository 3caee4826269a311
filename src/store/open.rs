//! An open workspace file: looked at before `SQLite` may touch it, examined before anything in it
//! is believed, and writable only when a write is due.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::Connection;

use super::connect::{connect, journal_mode, leave_wal};
use super::error::{Doing, Error, Result};
use super::examine::{self, Examined};
use super::opened::Opened;
use super::place::{self, sidecar};
use super::{header, schema, snapshot, writer};

/// Two writes within this may have the same time, on any file system that people have.
const GRAIN: Duration = Duration::from_secs(2);

/// How much of a file is kept in memory, in kibibytes: until the first answer, of a small file, and of
/// one that is larger than this.
const AT_FIRST_KIB: i64 = 400;
const FEW_KIB: i64 = 768;
const MANY_KIB: i64 = 2_000;
const SMALL: u64 = 64 << 20;

/// Whether the file may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    File,
    Copy,
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
    /// What is asked is the file itself, or a copy of it in memory.
    asked: Asked,
    pub(super) places: Places,
    found: Examined,
    pub(super) wait: Duration,
    notices: Vec<String>,
    /// `None` in memory.
    opened: Option<Opened>,
}

/// A second connection to a file, opened on the thread that reads from it: what the schema says is
/// read with it, which takes longer than a key may.
#[derive(Debug)]
pub(super) struct Reader {
    path: PathBuf,
    wait: Duration,
}

impl Reader {
    pub(super) fn connect(&self) -> Result<Connection> {
        let connection = connect(&self.path, Access::Read, self.wait)?;
        keep(&connection, worth_keeping(&self.path))?;
        Ok(connection)
    }
}

impl Store {
    /// Opens an existing workspace. With `Access::Read` not a byte of it changes, except that
    /// `SQLite` rolls back what a crash left half done.
    ///
    /// # Errors
    /// As `header::probe`; `Damaged` when the schema is not ours; `Busy` while somebody writes.
    pub fn open(path: &Path, access: Access, places: Places, wait: Duration) -> Result<Self> {
        let path = header::resolve(path)?;
        let opened = Opened::enter(&path)?;
        let wal = opened.is_first() && header::probe(&path, schema::FORMAT)?.journal_version != 1;
        // A rollback, and a look into a file in write-ahead mode, need a writable connection.
        let settle = wal
            || !opened.is_first()
            || ["-journal", "-wal"].iter().any(|end| is_there(&sidecar(&path, end)));
        let mode = if settle { Access::Write } else { access };
        let connection = connect(&path, mode, wait)?;
        let known = places.clone();
        Self::over(connection, &path, places, wait, opened)
            .and_then(|store| store.ready(access))
            .map_err(|error| explain(error, &path, &known))
    }

    fn over(
        connection: Connection,
        path: &Path,
        places: Places,
        wait: Duration,
        opened: Opened,
    ) -> Result<Self> {
        let found = examine::examine(&connection, path)?;
        Ok(Self {
            connection,
            path: path.to_owned(),
            access: Access::Read,
            asked: Asked::File,
            places,
            found,
            wait,
            notices: Vec::new(),
            opened: Some(opened),
        })
    }

    fn ready(mut self, access: Access) -> Result<Self> {
        if self.found.format < schema::FORMAT {
            if !place::is_writable(&self.path) || !self.found.strangers.is_empty() {
                super::migrate::aside(&mut self)?;
                return Ok(self);
            }
            self.reconnect()?;
            super::migrate::migrate(&mut self)?;
        }
        let writable = place::is_writable(&self.path) && self.found.strangers.is_empty();
        if access == Access::Write && writable {
            self.become_writable()?;
        }
        keep(&self.connection, AT_FIRST_KIB)?;
        Ok(self)
    }

    pub(super) fn over_memory(connection: Connection, uuid: &str) -> Self {
        Self {
            connection,
            path: PathBuf::new(),
            access: Access::Write,
            asked: Asked::File,
            places: Places::default(),
            found: Examined {
                format: schema::FORMAT,
                uuid: uuid.to_owned(),
                strangers: Vec::new(),
            },
            wait: Duration::ZERO,
            notices: Vec::new(),
            opened: None,
        }
    }

    /// Makes a read-only store writable, when a write is due.
    ///
    /// # Errors
    /// `ReadOnly` when the file or its directory cannot be written; `Damaged` when something in
    /// its schema is not ours, and would run.
    pub fn make_writable(&mut self) -> Result<()> {
        if self.is_in_memory() {
            return Ok(());
        }
        self.refuse_unwritable()?;
        if self.access == Access::Write {
            return Ok(());
        }
        self.become_writable().map_err(|error| explain(error, &self.path, &self.places))
    }

    pub(super) fn refuse_unwritable(&self) -> Result<()> {
        if !self.found.strangers.is_empty() {
            let why = self.found.strangers.join("; ");
            return Err(Error::Damaged { path: self.path.clone(), why });
        }
        if self.is_replaced() {
            return Err(Error::Moved(self.path.clone()));
        }
        if place::is_writable(&self.path) { Ok(()) } else { Err(Error::ReadOnly) }
    }

    /// Whether the file may be written by whoever asks; a store in memory always.
    #[must_use]
    pub fn may_be_written(&self) -> bool {
        self.is_in_memory() || place::is_writable(&self.path)
    }

    pub(super) fn is_in_memory(&self) -> bool {
        self.opened.is_none()
    }

    pub(super) fn wait(&self) -> Duration {
        self.wait
    }

    fn become_writable(&mut self) -> Result<()> {
        let is_readonly =
            |connection: &Connection| connection.is_readonly("main").doing("opening the workspace");
        if self.asked == Asked::Copy || is_readonly(&self.connection)? {
            self.reconnect()?;
        }
        if is_readonly(&self.connection)? {
            return Err(Error::ReadOnly);
        }
        if place::tighten(&self.path).unwrap_or(false) {
            self.notices.push("the file could be read by others; now only you can".to_owned());
        }
        if !journal_mode(&self.connection)?.eq_ignore_ascii_case("delete") {
            snapshot::make(self, snapshot::Reason::Conversion)?;
            leave_wal(&self.connection)?;
        }
        self.access = Access::Write;
        Ok(())
    }

    /// A fresh connection; after a failed sync the old one must not be believed.
    pub(super) fn reconnect(&mut self) -> Result<()> {
        if self.opened.is_some() {
            self.connection = connect(&self.path, Access::Write, self.wait)?;
            self.asked = Asked::File;
        }
        Ok(())
    }

    /// From now on a copy in memory is asked.
    pub(super) fn look_at(&mut self, copy: Connection) -> Result<()> {
        (self.connection, self.asked) = (copy, Asked::Copy);
        self.examine_again()
    }

    pub(super) fn examine_again(&mut self) -> Result<()> {
        self.found = examine::examine(&self.connection, &self.path)?;
        Ok(())
    }

    /// A second connection to the same file, for work beside this one.
    pub(super) fn reader(&self) -> Reader {
        Reader { path: self.path.clone(), wait: self.wait }
    }

    /// Keeps in memory as much of the file as makes it quick to go to and fro in it. At first less
    /// is kept: new memory costs more than what is read once is worth.
    ///
    /// # Errors
    /// A storage error.
    pub fn keep_more(&self) -> Result<()> {
        keep(&self.connection, worth_keeping(&self.path))
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The identity of the workspace, whatever its file is called.
    #[must_use]
    pub fn uuid(&self) -> &str {
        &self.found.uuid
    }

    /// The format that the file was found in.
    #[must_use]
    pub fn format(&self) -> u32 {
        self.found.format
    }

    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Objects of the schema that are not ours. The file can be read, and never written.
    #[must_use]
    pub fn strangers(&self) -> &[String] {
        &self.found.strangers
    }

    /// What happened on the way that somebody should hear of; told once.
    pub fn take_notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }

    /// Whether another file lies under the name by now: a restore, or a cloud client.
    #[must_use]
    pub fn is_replaced(&self) -> bool {
        self.opened.as_ref().is_some_and(|opened| !opened.is_at(&self.path))
    }

    /// Whether the file may have been written since this was asked last: one look at its directory
    /// entry, for whoever asks twice a second. A change within the clock's grain shows at the next.
    #[must_use]
    pub fn has_stirred(&self, sight: &mut Sight) -> bool {
        if self.is_in_memory() {
            return false;
        }
        let now = Sight::of(&self.path);
        let stirred = now.is_fresh() || *sight != now;
        *sight = now;
        stirred
    }

    /// Grows when another process writes; own writes do not move it.
    ///
    /// # Errors
    /// A storage error.
    pub fn data_version(&self) -> Result<i64> {
        // Asked with every question, so it is kept ready.
        self.connection
            .prepare_cached("PRAGMA data_version")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .doing("looking for changes")
    }

    pub(super) fn explain(&self, error: Error) -> Error {
        explain(error, &self.path, &self.places)
    }
}

/// How a file's directory entry looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sight {
    identity: (u64, u64),
    length: u64,
    written: Option<SystemTime>,
}

impl Sight {
    fn of(path: &Path) -> Self {
        let Ok(meta) = std::fs::metadata(path) else { return Self::default() };
        Self {
            identity: (meta.dev(), meta.ino()),
            length: meta.len(),
            written: meta.modified().ok(),
        }
    }

    /// Written so lately that another write might not show in the time.
    fn is_fresh(&self) -> bool {
        self.written.and_then(|at| at.elapsed().ok()).is_none_or(|past| past < GRAIN)
    }
}

/// Adds the file to an error that could not know it, and to a wait in vain the name of the writer.
fn explain(error: Error, path: &Path, places: &Places) -> Error {
    match error {
        Error::Damaged { path: empty, why } if empty.as_os_str().is_empty() => {
            Error::Damaged { path: path.to_owned(), why }
        }
        Error::Unrecovered(_) => Error::Unrecovered(path.to_owned()),
        Error::Moved(_) => Error::Moved(path.to_owned()),
        Error::Busy { .. } => Error::Busy { holder: writer::holder(places, path) },
        other => other,
    }
}

fn is_there(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|meta| meta.len() > 0)
}

/// A small file is read from again as fast as from memory of our own.
fn worth_keeping(path: &Path) -> i64 {
    let is_small = std::fs::metadata(path).is_ok_and(|about| about.len() < SMALL);
    if is_small { FEW_KIB } else { MANY_KIB }
}

fn keep(connection: &Connection, kib: i64) -> Result<()> {
    connection.pragma_update(None, "cache_size", -kib).doing("setting up the workspace")
}
