//! Folders that somebody names for a workspace.

use std::path::Path;

use crate::domain::refusal::Refusal;
use crate::ops::Result;

/// A folder that somebody names and that is not there is a slip; only the default place is made.
///
/// # Errors
/// A refusal that names the folder, and how it is made.
pub fn refuse_lost(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder.filter(|folder| !folder.exists()) {
        Some(folder) => {
            let folder = folder.display();
            let refusal = Refusal::missing(format!("there is no folder {folder}"));
            Err(refusal.hint(format!("make it first: mkdir -p {folder}")).into())
        }
        None => Ok(()),
    }
}
