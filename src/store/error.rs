//! What can go wrong with the file, each with what was being done. The sentences for people and
//! the exit codes are made from these in `ops::error`.

use std::path::PathBuf;

use crate::domain::refusal::Refusal;

pub type Result<T> = std::result::Result<T, Error>;

/// One field that an undo could not take back, because something else changed it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub table: String,
    pub key: String,
    /// `None` when the row itself is gone, or is there already.
    pub column: Option<String>,
    pub expected: String,
    pub found: String,
    /// A sentence, where the two values would say nothing.
    pub why: Option<&'static str>,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no workspace at {}", .0.display())]
    Absent(PathBuf),
    #[error("{} is not a prewire workspace ({why})", .path.display())]
    Foreign { path: PathBuf, why: String },
    #[error("{} was written in format {found}; this program reads up to {known}", .path.display())]
    Newer { path: PathBuf, found: u32, known: u32 },
    #[error("{} is damaged ({why})", called(.path))]
    Damaged { path: PathBuf, why: String },
    /// The holder as `pid 412, since 14:02`, when it is one of ours.
    #[error("another {} is writing", .holder.as_ref().map_or("program".to_owned(), |holder| format!("prewire ({holder})")))]
    Busy { holder: Option<String> },
    #[error("this workspace is read-only")]
    ReadOnly,
    #[error("{} holds a change that was not finished, and cannot be settled where nothing may be written", .0.display())]
    Unrecovered(PathBuf),
    #[error("{} was replaced or renamed while it was open", .0.display())]
    Moved(PathBuf),
    #[error("{doing}: {source}")]
    Storage { doing: &'static str, source: rusqlite::Error },
    #[error("the change is in the file, but the disk did not confirm that it will stay there")]
    Unconfirmed,
    #[error("{doing} {}: {source}", .path.display())]
    File { doing: &'static str, path: PathBuf, source: std::io::Error },
    #[error("{doing} would break a rule that every workspace keeps ({why})")]
    Constraint { doing: &'static str, why: String },
    #[error("the snapshot could not be made: {0}")]
    Snapshot(String),
    #[error("a later change touched the same fields")]
    Clashes(Vec<Clash>),
    #[error("somebody else changed {0} meanwhile")]
    Stale(String),
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("stopped")]
    Interrupted,
}

/// The file, where it is known which.
fn called(path: &std::path::Path) -> String {
    if path.as_os_str().is_empty() {
        return "the workspace".to_owned();
    }
    path.display().to_string()
}

/// Adds what was being done to an error of `SQLite`, and tells the classes apart.
pub trait Doing<T> {
    /// # Errors
    /// The classified error.
    fn doing(self, doing: &'static str) -> Result<T>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, doing: &'static str) -> Result<T> {
        self.map_err(|source| classify(doing, source))
    }
}

fn classify(doing: &'static str, source: rusqlite::Error) -> Error {
    use rusqlite::{ErrorCode, ffi};
    match source.sqlite_error().map(|error| error.extended_code) {
        Some(ffi::SQLITE_READONLY_DBMOVED) => return Error::Moved(PathBuf::new()),
        Some(
            ffi::SQLITE_READONLY_ROLLBACK
            | ffi::SQLITE_READONLY_RECOVERY
            | ffi::SQLITE_READONLY_CANTINIT
            | ffi::SQLITE_READONLY_CANTLOCK,
        ) => return Error::Unrecovered(PathBuf::new()),
        _ => {}
    }
    match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy { holder: None },
        Some(ErrorCode::ReadOnly) => Error::ReadOnly,
        Some(ErrorCode::OperationInterrupted) => Error::Interrupted,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Error::Damaged {
            path: PathBuf::new(),
            why: format!("{doing}: what it holds is not what was written"),
        },
        Some(ErrorCode::ConstraintViolation) => {
            Error::Constraint { doing, why: source.to_string() }
        }
        _ => Error::Storage { doing, source },
    }
}

/// Adds the path to an error of the file system.
pub trait DoingFile<T> {
    /// # Errors
    /// The error with its path.
    fn doing(self, doing: &'static str, path: &std::path::Path) -> Result<T>;
}

impl<T> DoingFile<T> for std::io::Result<T> {
    fn doing(self, doing: &'static str, path: &std::path::Path) -> Result<T> {
        self.map_err(|source| Error::File { doing, path: path.to_owned(), source })
    }
}

/// What the layers above may know of `SQLite`'s own errors.
pub mod sqlite {
    pub use rusqlite::Error;

    /// Whether the disk is full.
    #[must_use]
    pub fn is_full(error: &Error) -> bool {
        error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
    }

    /// A short code for a report, never a statement.
    #[must_use]
    pub fn short(error: &Error) -> String {
        error
            .sqlite_error()
            .map_or_else(|| "unknown".to_owned(), |code| format!("code {}", code.extended_code))
    }
}
