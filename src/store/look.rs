//! Opening a workspace only to look: not one byte changes, not even what `SQLite` would roll back.
//! Where something had to be settled first, a private copy is opened instead.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{DoingFile, Result};
use super::header;
use super::open::{Access, Places, Store};
use super::opened::Opened;
use super::place::sidecar;
use super::schema;

/// What may lie beside a workspace and belongs to it.
pub const SIDECARS: [&str; 3] = ["-journal", "-wal", "-shm"];

/// A workspace that is looked at.
pub struct Look {
    store: Store,
    copy: Option<PathBuf>,
}

impl Look {
    /// Opens the workspace at a path, or a copy of it.
    ///
    /// # Errors
    /// As `Store::open`; `File` when the copy cannot be made.
    pub fn open(path: &Path, places: &Places, wait: Duration) -> Result<Self> {
        let path = header::resolve(path)?;
        let entered = Opened::enter(&path)?;
        let settled = !entered.is_first() || {
            let header = header::probe(&path, schema::FORMAT)?;
            header.journal_version == 1
                && header.format == schema::FORMAT
                && SIDECARS.iter().all(|end| !sidecar(&path, end).exists())
        };
        drop(entered);
        if settled {
            let store = Store::open(&path, Access::Read, places.clone(), wait)?;
            return Ok(Self { store, copy: None });
        }
        let directory = private_directory()?;
        match open_copy(&path, &directory, wait) {
            Ok(store) => Ok(Self { store, copy: Some(directory) }),
            Err(error) => {
                remove(&directory);
                Err(error)
            }
        }
    }

    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Whether it is a copy that is looked at.
    #[must_use]
    pub fn is_copy(&self) -> bool {
        self.copy.is_some()
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        if let Some(directory) = &self.copy {
            remove(directory);
        }
    }
}

fn private_directory() -> Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt;
    let name = format!("prewire-look-{}", uuid::Uuid::new_v4());
    let directory = std::env::temp_dir().join(name);
    // Not recursive, so that a directory which somebody else put there is refused.
    std::fs::DirBuilder::new().mode(0o700).create(&directory).doing("making", &directory)?;
    directory.canonicalize().doing("making", &directory)
}

fn open_copy(path: &Path, directory: &Path, wait: Duration) -> Result<Store> {
    let name = path.file_name().unwrap_or_default();
    let copy = directory.join(name);
    std::fs::copy(path, &copy).doing("copying", path)?;
    for end in ["-journal", "-wal"] {
        let beside = sidecar(path, end);
        if beside.exists() {
            std::fs::copy(&beside, sidecar(&copy, end)).doing("copying", &beside)?;
        }
    }
    super::place::tighten_to_owner(&copy)?;
    Store::open(&copy, Access::Read, Places::default(), wait)
}

fn remove(directory: &Path) {
    // A copy in the directory for what is temporary.
    let _ = std::fs::remove_dir_all(directory);
}
