//! What must hold before anything in a file is believed: it is ours, it is whole, its schema is
//! the one that this program would make, and its journal ends where it should.

use std::path::Path;

use rusqlite::Connection;

use super::error::{Doing, Error, Result};
use super::{connect, header, journal, schema, sql};

const DOING: &str = "reading the workspace";

/// What an examination found in a sound file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    pub format: u32,
    pub uuid: String,
    /// Objects beside ours: the file can be read, but a write might run them.
    pub strangers: Vec<String>,
}

/// Examines a file in one read transaction, so that no writer can be in the middle.
///
/// # Errors
/// `Foreign`, `Newer`, `Damaged`, `Busy`, or a storage error.
pub(super) fn examine(connection: &Connection, path: &Path) -> Result<Examined> {
    let transaction = connection.unchecked_transaction().doing(DOING)?;
    let application: u32 = number(&transaction, "application_id")?;
    if application != header::APPLICATION_ID {
        let why = format!("application id 0x{application:08x}");
        return Err(Error::Foreign { path: path.to_owned(), why });
    }
    let format: u32 = number(&transaction, "user_version")?;
    if format > schema::FORMAT {
        return Err(Error::Newer { path: path.to_owned(), found: format, known: schema::FORMAT });
    }
    let damaged = |why: String| Error::Damaged { path: path.to_owned(), why };
    if format == 0 {
        return Err(damaged("its format number is 0".to_owned()));
    }
    // A copy in memory, migrated to be read, may be longer than the file.
    if !matches!(connect::journal_mode(&transaction)?.as_str(), "wal" | "memory") {
        refuse_cut_off(&transaction, path)?;
    }
    let strangers = strangers(&transaction, format).map_err(|error| match error {
        Error::Damaged { why, .. } => damaged(why),
        other => other,
    })?;
    let uuid = meta(&transaction, "workspace_uuid")?;
    // It names a directory of ours, so nothing else may stand there.
    if uuid::Uuid::parse_str(&uuid).map(|parsed| parsed.to_string()) != Ok(uuid.clone()) {
        return Err(damaged("its identity is not a UUID".to_owned()));
    }
    journal::check_head(&transaction, path)?;
    Ok(Examined { format, uuid, strangers })
}

fn number(connection: &Connection, pragma: &str) -> Result<u32> {
    connection
        .pragma_query_value(None, pragma, |row| row.get::<_, i32>(0))
        .doing(DOING)
        .map(i32::cast_unsigned)
}

fn refuse_cut_off(connection: &Connection, path: &Path) -> Result<()> {
    let pages = u64::from(number(connection, "page_count")?);
    let size = u64::from(number(connection, "page_size")?);
    let Ok(meta) = std::fs::metadata(path) else { return Ok(()) };
    if meta.len() >= pages * size {
        return Ok(());
    }
    let why = format!("it is cut off: {} of {} bytes", meta.len(), pages * size);
    Err(Error::Damaged { path: path.to_owned(), why })
}

/// What is beside our own objects.
///
/// # Errors
/// `Damaged` when one of ours is altered or missing.
fn strangers(connection: &Connection, format: u32) -> Result<Vec<String>> {
    if schema::manifest(connection)? == schema::MANIFESTS[format as usize - 1] {
        return Ok(Vec::new());
    }
    let differences = schema::differences(connection, format)?;
    if differences.ours.is_empty() {
        return Ok(differences.strangers);
    }
    let why = format!("its schema differs: {}", differences.ours.join("; "));
    Err(Error::Damaged { path: std::path::PathBuf::new(), why })
}

pub(super) fn meta(connection: &Connection, key: &str) -> Result<String> {
    connection
        .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| sql::text_at(row, 0))
        .doing(DOING)
        .map(Option::unwrap_or_default)
}
