//! A connection with the settings that keep a file safe. It believes nothing of what is in it.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::error::{Doing, Error, Result};
use super::open::Access;

const DOING: &str = "setting up the workspace";

/// Opens a canonical path; never creates, never follows a link, never reads a URI.
pub(super) fn connect(path: &Path, access: Access, wait: Duration) -> Result<Connection> {
    let mode = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(path, flags).doing("opening the workspace")?;
    harden(&connection, wait)?;
    if access == Access::Write {
        connection.pragma_update(None, "synchronous", "EXTRA").doing(DOING)?;
    }
    Ok(connection)
}

pub(super) fn harden(connection: &Connection, wait: Duration) -> Result<()> {
    connection.busy_timeout(wait).doing(DOING)?;
    let switches = [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true),
        // A plan hangs on the words of a question alone, so none is made anew for other values.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ];
    for (switch, on) in switches {
        connection.set_db_config(switch, on).doing(DOING)?;
    }
    let limits = [
        (Limit::SQLITE_LIMIT_ATTACHED, 1),
        (Limit::SQLITE_LIMIT_LENGTH, 8 << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
    ];
    for (limit, most) in limits {
        connection.set_limit(limit, most).doing(DOING)?;
    }
    connection
        .execute_batch(
            "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA secure_delete = ON; \
             PRAGMA temp_store = MEMORY; PRAGMA recursive_triggers = ON; PRAGMA foreign_keys = ON;",
        )
        .doing(DOING)?;
    connection.set_prepared_statement_cache_capacity(64);
    super::search::register(connection)
}

/// Which journal the file is kept with: `delete`, as it should be, or `wal`.
pub(super) fn journal_mode(connection: &Connection) -> Result<String> {
    connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).doing(DOING)
}

/// Keeps the file with a rollback journal, which is deleted at rest.
///
/// # Errors
/// `Busy` when somebody has it open in another mode.
pub(super) fn leave_wal(connection: &Connection) -> Result<()> {
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))
        .doing(DOING)?;
    if mode.eq_ignore_ascii_case("delete") {
        return Ok(());
    }
    Err(Error::Busy { holder: None })
}
