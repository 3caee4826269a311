//! Fuzzy words inside queries: a function that SQL can call, with the same matcher as the screen.

use std::sync::Arc;

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::error::{Doing, Result};
use crate::domain::fuzzy::{Reader, Words};

/// Makes `title_matches(title, words)` known to a connection.
///
/// # Errors
/// A storage error.
pub(super) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_DIRECTONLY;
    connection
        .create_scalar_function("title_matches", 2, flags, |context| {
            let wanted: Arc<Words> = context.get_or_create_aux(
                1,
                |words| -> std::result::Result<_, rusqlite::types::FromSqlError> {
                    Ok(Words::read(words.as_str()?))
                },
            )?;
            let title = super::sql::text(context.get_raw(0)).unwrap_or_default();
            thread_local! {
                static READER: std::cell::RefCell<Reader> = std::cell::RefCell::default();
            }
            let found = READER.with_borrow_mut(|reader| wanted.score(&title, reader).is_some());
            Ok(found)
        })
        .doing("setting up the workspace")
}
