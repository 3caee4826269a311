//! A time in which no trigger runs: for what has no journal, and for what writes its journal itself.

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::error::{Doing, Result};

/// Whether triggers run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Triggers {
    Run,
    Silent,
}

/// # Errors
/// A storage error.
pub(super) fn set(connection: &Connection, triggers: Triggers) -> Result<()> {
    let switch = DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER;
    connection
        .set_db_config(switch, triggers == Triggers::Run)
        .doing("writing the journal")
        .map(drop)
}

/// Lasts until it is ended or dropped.
pub(super) struct Silence<'a>(&'a Connection);

impl<'a> Silence<'a> {
    /// # Errors
    /// A storage error.
    pub fn begin(connection: &'a Connection) -> Result<Self> {
        let silence = Self(connection);
        set(connection, Triggers::Silent)?;
        Ok(silence)
    }

    /// # Errors
    /// A storage error; the step must fail then.
    pub fn end(self) -> Result<()> {
        set(self.0, Triggers::Run)
    }
}

impl Drop for Silence<'_> {
    fn drop(&mut self) {
        // When it failed, the transaction is dropped as well; the switch is for whatever comes after.
        let _ = set(self.0, Triggers::Run);
    }
}
