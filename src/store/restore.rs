//! Putting a snapshot in the place of a workspace. What stood there is kept, whole or damaged, so
//! that a restore can itself be restored from.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Transaction, TransactionBehavior};

use super::copy::{copy, sync};
use super::error::{Doing, DoingFile, Error, Result};
use super::header;
use super::open::{Access, Places, Store};
use super::place::{self, make_private_file, sidecar, unfinished};
use super::snapshot::{self, Reason, Sound};
use crate::domain::refusal::Refusal;

/// Whether a snapshot of another workspace may take its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinship {
    Same,
    Any,
}

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub path: PathBuf,
    pub snapshot: PathBuf,
    /// Number of the newest step in it.
    pub seq: i64,
    /// Where what stood there before is kept.
    pub kept: Option<PathBuf>,
}

/// Puts a snapshot in the place of the workspace at `path`.
///
/// # Errors
/// `Snapshot` when it is not sound, or what stands there cannot be kept; `Busy` while somebody
/// writes; a refusal when it is of another workspace. Nothing has changed then.
pub fn restore(
    path: &Path,
    from: &Path,
    kinship: Kinship,
    places: &Places,
    wait: Duration,
) -> Result<Restored> {
    let from = header::resolve(from)?;
    let sound = snapshot::verify_bytes(&from)?;
    let path = match header::resolve(path) {
        Err(Error::Absent(absolute)) => place::site(&absolute)?,
        found => found?,
    };
    if path == from {
        return Err(Refusal::input("a workspace is not restored from itself").into());
    }
    place::sweep(&path);
    let fresh = unfinished(&path);
    make_private_file(&fresh)?;
    let done = std::fs::copy(&from, &fresh)
        .doing("copying", &fresh)
        .and_then(|_| place::tighten_to_owner(&fresh))
        .and_then(|()| sync(&fresh))
        .and_then(|()| same(&snapshot::verify(&fresh)?, &sound))
        .and_then(|()| replace(&path, &fresh, &sound, kinship, places, wait));
    if done.is_err() {
        // A copy of a snapshot that is still there.
        let _ = std::fs::remove_file(&fresh);
    }
    Ok(Restored { path, snapshot: from, seq: sound.head.0, kept: done? })
}

fn same(copy: &Sound, snapshot: &Sound) -> Result<()> {
    if copy == snapshot {
        return Ok(());
    }
    Err(Error::Snapshot("the copy of the snapshot is not equal to it".to_owned()))
}

fn replace(
    path: &Path,
    fresh: &Path,
    sound: &Sound,
    kinship: Kinship,
    places: &Places,
    wait: Duration,
) -> Result<Option<PathBuf>> {
    if path.symlink_metadata().is_err() {
        place::publish(fresh, path)?;
        return Ok(None);
    }
    match Store::open(path, Access::Write, places.clone(), wait) {
        Ok(store) => replace_sound(&store, fresh, sound, kinship).map(Some),
        Err(Error::Damaged { .. }) => set_aside(path).and_then(|kept| {
            take_place(path, fresh)?;
            Ok(Some(kept))
        }),
        Err(other) => Err(other),
    }
}

/// The lock is held until the new file has the name, so that no change falls in between.
fn replace_sound(store: &Store, fresh: &Path, sound: &Sound, kinship: Kinship) -> Result<PathBuf> {
    if kinship == Kinship::Same && store.uuid() != sound.uuid {
        return Err(Refusal::input("this is a snapshot of another workspace")
            .hint("--force puts it here all the same; what is here now is kept")
            .into());
    }
    let kept = match snapshot::make(store, Reason::Restore)? {
        Some(kept) => kept,
        None => beside(store)?,
    };
    let lock = Transaction::new_unchecked(&store.connection, TransactionBehavior::Exclusive)
        .doing("restoring the workspace")
        .map_err(|error| store.explain(error))?;
    let (seq, _) = super::journal::head(&lock)?;
    if seq != snapshot::verify(&kept)?.head.0 {
        return Err(Error::Stale("the workspace".to_owned()));
    }
    take_place(store.path(), fresh)?;
    Ok(kept)
}

fn beside(store: &Store) -> Result<PathBuf> {
    let kept = free(store.path(), "before-restore");
    copy(&store.connection, &kept)?;
    Ok(kept)
}

/// Gives a file that cannot be opened, and what lies beside it, another name: the pair stays one.
fn set_aside(path: &Path) -> Result<PathBuf> {
    // Nobody of ours can have a damaged file open; a second name keeps it through the rename.
    let kept = free(path, "damaged");
    std::fs::hard_link(path, &kept)
        .or_else(|_| std::fs::copy(path, &kept).map(drop))
        .doing("keeping", &kept)?;
    for end in ["-journal", "-wal", "-shm"] {
        let beside = sidecar(path, end);
        if beside.symlink_metadata().is_ok() {
            std::fs::rename(&beside, sidecar(&kept, end)).doing("keeping", &beside)?;
        }
    }
    place::sync_dir(path)?;
    Ok(kept)
}

fn take_place(path: &Path, fresh: &Path) -> Result<()> {
    std::fs::rename(fresh, path).doing("restoring", path)?;
    place::sync_dir(path).map_err(|_| Error::Unconfirmed)
}

fn free(path: &Path, word: &str) -> PathBuf {
    let mut kept = sidecar(path, &format!(".{word}"));
    let mut more = 2;
    while kept.symlink_metadata().is_ok() {
        kept = sidecar(path, &format!(".{word}-{more}"));
        more += 1;
    }
    kept
}
