//! A verified copy of a workspace: made by `SQLite`'s backup in short steps, so that nobody waits
//! for it, checked on the copy, synced, and only then given its name.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::connect::{connect, leave_wal};
use super::error::{Doing, DoingFile, Error, Result};
use super::examine::examine;
use super::open::Access;
use super::place::{make_private_file, publish, refuse_existing, unfinished};
use super::{check, journal};

/// A step holds writers up for no longer than this.
const STEP: Duration = Duration::from_millis(5);
/// Pages of the first step; the later ones follow its pace.
const PAGES: std::ffi::c_int = 64;
const MOST_PAGES: std::ffi::c_int = 1_024;
/// After so many pages they are made durable: all at once at the end, they would hold up the disk, and
/// with it whoever saves something meanwhile.
const MOST_UNSYNCED: std::ffi::c_int = 2_048;
/// How often a step may find the file locked before the copy is given up, 5 ms each.
const PATIENCE: u32 = 6_000;

/// What a sound file is and where it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    pub uuid: String,
    pub format: u32,
    /// Number and hash of the newest step.
    pub head: (i64, String),
}

/// Copies a workspace to a new file.
///
/// # Errors
/// `File` when something has that name already; `Snapshot` when the copy is not equal.
pub fn copy(source: &Connection, path: &Path) -> Result<()> {
    copy_between(source, path, &mut || {})
}

/// As `copy`, calling back between any two steps, when no lock is held.
///
/// # Errors
/// As `copy`.
pub(super) fn copy_between(
    source: &Connection,
    path: &Path,
    between: &mut dyn FnMut(),
) -> Result<()> {
    refuse_existing(path)?;
    let temporary = unfinished(path);
    make_private_file(&temporary)?;
    let done = copy_pages(source, &temporary, between)
        .and_then(|()| belongs(source, &temporary))
        .and_then(|()| sync(&temporary))
        .and_then(|()| publish(&temporary, path));
    if done.is_err() {
        // Ours, made a moment ago, and not a copy.
        let _ = std::fs::remove_file(&temporary);
    }
    done
}

fn copy_pages(source: &Connection, path: &Path, between: &mut dyn FnMut()) -> Result<()> {
    let doing = "copying the workspace";
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let written = std::fs::File::open(path).doing("syncing", path)?;
    let mut target = Connection::open_with_flags(path, flags).doing(doing)?;
    // Half a copy is thrown away, and a whole one is synced once, at the end.
    target.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;").doing(doing)?;
    let backup = Backup::new(source, &mut target).doing(doing)?;
    let (mut pages, mut waited, mut unsynced) = (PAGES, 0, 0);
    loop {
        let begun = Instant::now();
        match backup.step(pages).doing(doing)? {
            StepResult::Done => break,
            StepResult::More => {
                waited = 0;
                unsynced += pages;
                pages = paced(pages, begun.elapsed());
                if unsynced >= MOST_UNSYNCED {
                    unsynced = 0;
                    written.sync_data().doing("syncing", path)?;
                }
            }
            _ if waited == PATIENCE => return Err(Error::Busy { holder: None }),
            _ => {
                waited += 1;
                std::thread::sleep(STEP);
            }
        }
        between();
    }
    drop(backup);
    leave_wal(&target)
}

/// As many pages as fit into a step, judged by the last one.
fn paced(pages: std::ffi::c_int, took: Duration) -> std::ffi::c_int {
    if took > STEP / 2 {
        (pages / 2).max(1)
    } else if took < STEP / 8 {
        (pages * 2).min(MOST_PAGES)
    } else {
        pages
    }
}

/// The copy must be sound and end at a step of the source.
fn belongs(source: &Connection, path: &Path) -> Result<()> {
    let copy = verify(path)?;
    let (seq, hash) = &copy.head;
    let there: Option<String> = source
        .query_row("SELECT hash FROM op WHERE seq = ?1", [seq], |row| row.get(0))
        .optional()
        .doing("reading the journal")?;
    if there.unwrap_or_default() == *hash {
        return Ok(());
    }
    Err(Error::Snapshot("the copy ends at another change than the workspace".to_owned()))
}

/// Checks that a file, which nobody writes, is a sound workspace.
///
/// # Errors
/// `Snapshot` with what is wrong.
pub fn verify(path: &Path) -> Result<Sound> {
    let told = |error: Error| match error {
        Error::Damaged { why, .. } => Error::Snapshot(format!("{}: {why}", path.display())),
        other => other,
    };
    let connection = connect(path, Access::Read, Duration::from_secs(1)).map_err(told)?;
    let found = examine(&connection, path).map_err(told)?;
    check::quick(&connection).map_err(told)?;
    Ok(Sound { uuid: found.uuid, format: found.format, head: journal::head(&connection)? })
}

/// Makes the bytes of a file durable.
///
/// # Errors
/// `File` when the disk does not do it.
pub(super) fn sync(path: &Path) -> Result<()> {
    std::fs::File::open(path).and_then(|file| file.sync_all()).doing("syncing", path)
}
