//! Fuzzy words inside queries: a function that SQL can call, with the same matcher as the screen.

use std::sync::Arc;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::error::{Doing, Result};

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
            let pattern: Arc<Pattern> =
                context.get_or_create_aux(1, |words| -> std::result::Result<_, rusqlite::types::FromSqlError> {
                    Ok(parse(words.as_str()?))
                })?;
            let title = super::sql::text(context.get_raw(0)).unwrap_or_default();
            thread_local! {
                static MATCHER: std::cell::RefCell<Matcher> = std::cell::RefCell::new(Matcher::new(Config::DEFAULT));
            }
            let mut buffer = Vec::new();
            let found = MATCHER.with_borrow_mut(|matcher| {
                pattern.score(Utf32Str::new(&title, &mut buffer), matcher).is_some()
            });
            Ok(found)
        })
        .doing("setting up the workspace")
}

/// The pattern that words mean: fzf's `'exact`, `!not`, `^start`, `end$`; case and accents fold.
#[must_use]
pub fn parse(words: &str) -> Pattern {
    Pattern::parse(words, CaseMatching::Ignore, Normalization::Smart)
}
