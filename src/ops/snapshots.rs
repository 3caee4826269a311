//! Backup and restore: snapshots on demand, by the day, and back. Each is verified before it is
//! relied on, and what a restore replaces is kept.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::domain::refusal::Refusal;
use crate::store::snapshot::{self, Due, Reason, Snapshot};
use crate::store::{Places, header, look, restore};

pub use crate::store::restore::{Kinship, Restored};

use super::error::Result;
use super::op::Op;
use super::workspace::Workspace;

/// Most snapshots that a refusal names.
const NAMED: usize = 5;

/// So many items can be changed at once without a snapshot before.
const BULK: usize = 25;

impl Workspace {
    /// Makes a verified snapshot: at a path, or where snapshots are kept.
    ///
    /// # Errors
    /// A refusal when there is nowhere to put it; `File` when the name is taken; `Snapshot` when
    /// the copy is not equal, in which case none is left.
    pub fn backup(&self, to: Option<&Path>) -> Result<PathBuf> {
        let Some(to) = to else {
            let made = snapshot::make(&self.store, Reason::Asked)?;
            return made.ok_or_else(|| {
                Refusal::usage("there is no place for snapshots here; name a file").into()
            });
        };
        if to.symlink_metadata().is_ok() {
            let what =
                format!("{} exists already, and a backup never replaces a file", to.display());
            return Err(Refusal::conflict(what).hint("name another file").into());
        }
        Ok(snapshot::make_at(&self.store, to)?)
    }

    /// A snapshot before many items are changed at once.
    pub(super) fn before_bulk(&mut self, op: &Op) -> Result<Option<PathBuf>> {
        let count = match op {
            Op::Edit { items, .. }
            | Op::Verb { items, .. }
            | Op::Slip { items, .. }
            | Op::Turn { items, .. }
            | Op::Trash(items)
            | Op::Restore(items)
            | Op::Purge(items) => items.len(),
            _ => 0,
        };
        if count <= BULK || self.settings.read_only {
            return Ok(None);
        }
        self.store.make_writable()?;
        Ok(snapshot::make(&self.store, Reason::Bulk)?)
    }

    /// The snapshots of this workspace, newest step first.
    #[must_use]
    pub fn snapshots(&self) -> Vec<Snapshot> {
        snapshot::list(&self.store)
    }

    /// The snapshot of the day, when none is made yet. It has a connection of its own: run it
    /// after the answer is shown, here or on another thread; its steps take at most 5 ms each.
    ///
    /// # Errors
    /// A storage error.
    pub fn daily_snapshot(&self) -> Result<Option<Due>> {
        Ok(snapshot::due(&self.store)?)
    }
}

/// The snapshots of the workspace at a path, also of one that cannot be opened; behind them those of
/// a workspace that stood there before.
#[must_use]
pub fn list(path: &Path, places: &Places) -> Vec<Snapshot> {
    let path = header::resolve(path).unwrap_or_else(|_| path.to_owned());
    match look::Look::open(&path, places, Duration::from_secs(1)) {
        Ok(look) if !look.is_copy() => {
            let mut found = snapshot::list(look.store());
            found.extend(snapshot::list_others(look.store()));
            found
        }
        Ok(_) | Err(_) => snapshot::list_of(places, &path),
    }
}

/// Puts a snapshot in the place of the workspace at a path: a file, or `latest`, or the beginning
/// of the name of one that is kept.
///
/// # Errors
/// A refusal when it names none, or several; as `store::restore::restore`.
pub fn restore(
    path: &Path,
    which: &str,
    kinship: Kinship,
    places: &Places,
    wait: Duration,
) -> Result<Restored> {
    let from = find(path, which, places)?;
    Ok(restore::restore(path, &from, kinship, places, wait)?)
}

/// The snapshots by name, the newest first.
fn there_are(kept: &[Snapshot]) -> String {
    let names: Vec<String> = kept
        .iter()
        .take(NAMED)
        .filter_map(|snapshot| Some(snapshot.path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    match (names.len(), kept.len()) {
        (0, _) => "there is no snapshot yet; prewire backup makes one".to_owned(),
        (shown, all) if shown == all => format!("there are {}", names.join(", ")),
        (_, all) => format!("there are {}, and {all} in all: prewire restore", names.join(", ")),
    }
}

fn find(path: &Path, which: &str, places: &Places) -> Result<PathBuf> {
    let kept = list(path, places);
    if which == "latest" {
        let newest = kept.first().map(|snapshot| snapshot.path.clone());
        return newest.ok_or_else(|| Refusal::missing("there is no snapshot yet").into());
    }
    let named: Vec<&Snapshot> = kept
        .iter()
        .filter(|snapshot| {
            snapshot.path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(which))
        })
        .collect();
    match named.as_slice() {
        [one] => Ok(one.path.clone()),
        [] if !Path::new(which).exists() => {
            let what = format!("no snapshot is called “{which}”, and there is no such file");
            Err(Refusal::missing(what).hint(there_are(&kept)).into())
        }
        [] => Ok(PathBuf::from(which)),
        several => {
            let what = format!("{} snapshots begin with “{which}”", several.len());
            Err(Refusal::missing(what).hint("prewire restore").into())
        }
    }
}
