//! Verified copies of the workspace, outside its folder: made by `SQLite`'s backup, checked on the
//! copy, then given their name. Old ones are thinned by number, never by a clock that may jump.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use sha2::{Digest, Sha256};

use super::error::{Doing, DoingFile, Error, Result};
use super::journal;
use super::open::{Access, Store, connect, make_private_dir, make_private_file, sidecar, sync_dir};
use super::schema::hex;

/// Pages copied at a time while others wait.
const PAGES: std::ffi::c_int = 64;
/// Fewest snapshots that stay, whatever their age.
const FEWEST: usize = 3;
const DAILY: usize = 14;
const WEEKLY: usize = 10;
const MONTHLY: usize = 12;

/// Why a snapshot is made; part of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Daily,
    Migration,
    Conversion,
    Import,
    Restore,
    Asked,
}

impl Reason {
    fn slug(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Migration => "before-migration",
            Self::Conversion => "before-conversion",
            Self::Import => "before-import",
            Self::Restore => "before-restore",
            Self::Asked => "asked",
        }
    }
}

/// A snapshot on disk, as its name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    pub path: PathBuf,
    /// Number of the newest step in it.
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub reason: String,
}

/// Makes a snapshot in the state directory; `None` when the store has none (tests, demo).
///
/// # Errors
/// `Snapshot` when the copy is not what it should be; `File` when it cannot be written.
pub fn make(store: &Store, reason: Reason) -> Result<Option<PathBuf>> {
    let Some(directory) = directory(store) else { return Ok(None) };
    make_private_dir(&directory)?;
    let (seq, _) = store.head()?;
    let at = Utc::now().format("%Y%m%dT%H%M%SZ");
    let path = directory.join(format!("{seq:010}-{at}-{}.db", reason.slug()));
    copy(&store.connection, &path)?;
    thin(&directory)?;
    Ok(Some(path))
}

/// Copies the workspace to a new file and verifies the copy before it gets its name.
///
/// # Errors
/// `File` when something has that name already; `Snapshot` when the copy is not equal.
pub fn copy(connection: &Connection, path: &Path) -> Result<()> {
    if path.exists() {
        return Err(Error::Snapshot(format!("{} exists already", path.display())));
    }
    let temporary = sidecar(path, &format!(".part-{}", std::process::id()));
    make_private_file(&temporary)?;
    let done = copy_pages(connection, &temporary)
        .and_then(|()| verify(&temporary, &journal::head(connection)?))
        .and_then(|()| finish(&temporary, path));
    if done.is_err() {
        // Ours, made a moment ago, and not a snapshot.
        let _ = std::fs::remove_file(&temporary);
    }
    done
}

fn copy_pages(connection: &Connection, path: &Path) -> Result<()> {
    let doing = "copying the workspace";
    let mut target = Connection::open(path).doing(doing)?;
    let backup = Backup::new(connection, &mut target).doing(doing)?;
    loop {
        match backup.step(PAGES).doing(doing)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// Checks that a file is a sound workspace whose newest step is this one.
///
/// # Errors
/// `Snapshot` with what is wrong.
pub fn verify(path: &Path, head: &(i64, String)) -> Result<()> {
    let connection = connect(path, Access::Read, Duration::from_secs(1))?;
    super::check::quick(&connection).map_err(|error| Error::Snapshot(error.to_string()))?;
    if journal::head(&connection)? == *head {
        return Ok(());
    }
    Err(Error::Snapshot("the copy ends at another change than the workspace".to_owned()))
}

fn finish(temporary: &Path, path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let file = std::fs::File::open(temporary).doing("reading", temporary)?;
    file.sync_all().doing("syncing", temporary)?;
    std::fs::set_permissions(temporary, std::fs::Permissions::from_mode(0o400))
        .doing("closing", temporary)?;
    std::fs::hard_link(temporary, path).doing("making", path)?;
    std::fs::remove_file(temporary).doing("making", temporary)?;
    let sum = sha256(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let side = sidecar(path, ".sha256");
    // A left-over sum of an earlier file of that name would be wrong.
    let _ = std::fs::remove_file(&side);
    make_private_file(&side)?;
    std::fs::write(&side, format!("{sum}  {name}\n")).doing("making", &side)?;
    sync_dir(path)
}

/// SHA-256 of a file, in hexadecimal.
///
/// # Errors
/// `File` when it cannot be read.
pub fn sha256(path: &Path) -> Result<String> {
    let mut file = std::fs::File::open(path).doing("reading", path)?;
    let mut digest = Sha256::new();
    std::io::copy(&mut file, &mut digest).doing("reading", path)?;
    Ok(hex(&digest.finalize()))
}

/// The snapshots of a workspace, newest step first.
#[must_use]
pub fn list(store: &Store) -> Vec<Snapshot> {
    directory(store).map(|directory| in_directory(&directory)).unwrap_or_default()
}

/// Whether no snapshot of this UTC day exists yet.
#[must_use]
pub fn is_due(store: &Store) -> bool {
    let today = Utc::now().date_naive();
    directory(store).is_some()
        && list(store).iter().all(|snapshot| snapshot.at.date_naive() != today)
}

fn directory(store: &Store) -> Option<PathBuf> {
    Some(store.places().state.as_ref()?.join("snapshots").join(store.uuid()))
}

fn in_directory(directory: &Path) -> Vec<Snapshot> {
    let Ok(entries) = std::fs::read_dir(directory) else { return Vec::new() };
    let mut found: Vec<Snapshot> =
        entries.filter_map(|entry| read_name(&entry.ok()?.path())).collect();
    found.sort_by(|a, b| (b.seq, b.at, &b.path).cmp(&(a.seq, a.at, &a.path)));
    found
}

fn read_name(path: &Path) -> Option<Snapshot> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".db")?;
    let mut parts = stem.splitn(3, '-');
    let seq = parts.next()?.parse().ok()?;
    let at = chrono::NaiveDateTime::parse_from_str(parts.next()?, "%Y%m%dT%H%M%SZ").ok()?.and_utc();
    Some(Snapshot { path: path.to_owned(), seq, at, reason: parts.next()?.to_owned() })
}

fn thin(directory: &Path) -> Result<()> {
    let found = in_directory(directory);
    for snapshot in superfluous(&found) {
        std::fs::remove_file(&snapshot.path).doing("thinning snapshots", &snapshot.path)?;
        // The sum is worth nothing without its file.
        let _ = std::fs::remove_file(sidecar(&snapshot.path, ".sha256"));
    }
    Ok(())
}

/// What need not stay: not among the newest by number, nor of the last 48 hours before the newest,
/// nor the last of a kept day, week or month, nor made before a migration.
fn superfluous(found: &[Snapshot]) -> Vec<&Snapshot> {
    let Some(newest) = found.first().map(|snapshot| snapshot.at) else { return Vec::new() };
    let mut days = Kept::new(DAILY);
    let mut weeks = Kept::new(WEEKLY);
    let mut months = Kept::new(MONTHLY);
    found
        .iter()
        .enumerate()
        .filter(|(place, snapshot)| {
            let day = snapshot.at.date_naive();
            let week = day.iso_week();
            let recent = (newest - snapshot.at).num_hours().abs() < 48 || snapshot.at > newest;
            // All three are asked, so that each remembers the snapshot.
            let by_day = days.keeps(day);
            let by_week = weeks.keeps(
                NaiveDate::from_isoywd_opt(week.year(), week.week(), chrono::Weekday::Mon)
                    .unwrap_or(day),
            );
            let by_month = months.keeps(day.with_day(1).unwrap_or(day));
            let migration = snapshot.reason == Reason::Migration.slug();
            !(*place < FEWEST || recent || by_day || by_week || by_month || migration)
        })
        .map(|(_, snapshot)| snapshot)
        .collect()
}

struct Kept {
    most: usize,
    seen: Vec<NaiveDate>,
}

impl Kept {
    fn new(most: usize) -> Self {
        Self { most, seen: Vec::new() }
    }

    /// Keeps the first snapshot of each of the newest periods.
    fn keeps(&mut self, period: NaiveDate) -> bool {
        if self.seen.contains(&period) || self.seen.len() >= self.most {
            return false;
        }
        self.seen.push(period);
        true
    }
}
