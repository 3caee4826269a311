//! Where one session leaves word for the next: a small private file for each workspace under the
//! state directory. Nothing depends on it: a file that cannot be read or written is passed over.

use std::fs;
use std::path::{Path, PathBuf};

use crate::app::remembered::Remembered;
use crate::ops::Workspace;
use crate::store::{Error, Result, place};

/// Longest file that is read, in bytes.
const LONGEST: u64 = 256 * 1024;

/// The file of a workspace; `None` where no state directory is known.
#[must_use]
pub fn file(workspace: &Workspace) -> Option<PathBuf> {
    let state = workspace.store().places().state.as_ref()?;
    Some(state.join("last").join(format!("{}.json", workspace.store().uuid())))
}

/// What the session before left; `None` when there is nothing of use.
#[must_use]
pub fn recall(file: &Path) -> Option<Remembered> {
    let about = fs::symlink_metadata(file).ok()?;
    if !about.is_file() || about.len() > LONGEST {
        return None;
    }
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

/// Leaves word for the next session, whole or not at all.
pub fn keep(file: &Path, session: &Remembered) {
    // A session that could not be kept is only less comfortable.
    let _ = write(file, session);
}

fn write(file: &Path, session: &Remembered) -> Result<()> {
    let Ok(bytes) = serde_json::to_vec(session) else { return Ok(()) };
    if let Some(directory) = file.parent() {
        place::make_private_dir(directory)?;
    }
    let temporary = place::unfinished(file);
    place::sweep(file);
    place::make_private_file(&temporary)?;
    fs::write(&temporary, bytes)
        .and_then(|()| fs::rename(&temporary, file))
        .map_err(|source| Error::File { doing: "writing", path: file.to_owned(), source })
}
