//! Which workspace files this process holds open. Closing any descriptor of a file drops all the
//! locks that the process has on it, so a file that `SQLite` has open is never looked at otherwise.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::{DoingFile, Result};

/// POSIX locks belong to the process, and so must the list.
static OPEN: Mutex<Vec<Identity>> = Mutex::new(Vec::new());

/// Device and inode of a file.
pub type Identity = (u64, u64);

/// An entry of the list, taken off when dropped.
pub struct Opened {
    identity: Identity,
    first: bool,
}

impl Opened {
    /// Enters a file.
    ///
    /// # Errors
    /// `File` when it cannot be looked up.
    pub fn enter(path: &Path) -> Result<Self> {
        let identity = identity(path).doing("reading", path)?;
        let mut open = list();
        let first = !open.contains(&identity);
        open.push(identity);
        Ok(Self { identity, first })
    }

    /// Whether nothing else in this process had the file open.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.first
    }

    /// Whether the path still leads to the file that was entered.
    #[must_use]
    pub fn is_at(&self, path: &Path) -> bool {
        identity(path).is_ok_and(|found| found == self.identity)
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        let mut open = list();
        if let Some(at) = open.iter().position(|entry| *entry == self.identity) {
            open.swap_remove(at);
        }
    }
}

fn list() -> MutexGuard<'static, Vec<Identity>> {
    // A list of numbers cannot be left half changed.
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn identity(path: &Path) -> std::io::Result<Identity> {
    std::fs::metadata(path).map(|meta| (meta.dev(), meta.ino()))
}
