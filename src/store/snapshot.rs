//! Verified copies of the workspace, outside its folder: which there are, when the next is due, and
//! which may go. Old ones are thinned by number, never by a clock that may jump.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

pub use super::copy::{Sound, copy, verify};

use super::copy::copy_between;
use super::error::{DoingFile, Error, Result};
use super::open::{Places, Reader, Store};
use super::place::{make_own_dir, sidecar, sweep, sync_dir};
use super::schema::hex;
use super::thinning::superfluous;
use crate::domain::disk;

/// Holds the path of the workspace, so that its snapshots are found when it cannot be read.
const ORIGIN: &str = "path";

/// Why a snapshot is made; part of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Daily,
    Migration,
    Conversion,
    Import,
    Restore,
    /// A change of many items at once.
    Bulk,
    Asked,
}

impl Reason {
    pub(super) fn slug(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Migration => "before-migration",
            Self::Conversion => "before-conversion",
            Self::Import => "before-import",
            Self::Restore => "before-restore",
            Self::Bulk => "before-bulk-change",
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
    /// It is of a workspace that stood at the same place before, not of the one that does.
    pub is_other: bool,
}

/// A snapshot that is due, which opens a connection of its own, so that it can be made on any thread
/// while the workspace is used.
pub struct Due {
    source: Reader,
    place: Place,
}

impl Due {
    /// Makes it, in steps of at most 5 ms; calls back between any two, when no lock is held.
    ///
    /// # Errors
    /// As `make`.
    pub fn run(self, mut between: impl FnMut()) -> Result<PathBuf> {
        self.place.fill(&self.source.connect()?, &mut between)
    }
}

/// Where a snapshot goes.
struct Place {
    directory: PathBuf,
    name: String,
    workspace: PathBuf,
}

impl Place {
    fn of(store: &Store, reason: Reason) -> Result<Option<Self>> {
        let Some(directory) = directory(store.places(), store.uuid()) else { return Ok(None) };
        let (seq, _) = store.head()?;
        let at = Utc::now().format("%Y%m%dT%H%M%SZ");
        let name = format!("{seq:010}-{at}-{}", reason.slug());
        Ok(Some(Self { directory, name, workspace: store.path().to_owned() }))
    }

    fn fill(&self, source: &Connection, between: &mut dyn FnMut()) -> Result<PathBuf> {
        make_own_dir(&self.directory)?;
        // `SQLite` follows no link, so none may stand in the way.
        let directory = self.directory.canonicalize().doing("reading", &self.directory)?;
        sweep_all(&directory);
        // What a restore that was killed left beside the workspace goes with the next snapshot.
        sweep(&self.workspace);
        note_origin(&directory, &self.workspace)?;
        let path = free_name(&directory, &self.name);
        copy_between(source, &path, between)?;
        finish(&path)?;
        thin(&directory)?;
        Ok(path)
    }
}

/// Makes a snapshot in the state directory; `None` when the store has none (tests, demo).
///
/// # Errors
/// `Snapshot` when the copy is not what it should be; `File` when it cannot be written.
pub fn make(store: &Store, reason: Reason) -> Result<Option<PathBuf>> {
    match Place::of(store, reason).map_err(as_snapshot)? {
        Some(place) => place.fill(&store.connection, &mut || {}).map(Some).map_err(as_snapshot),
        None => Ok(None),
    }
}

/// A file that cannot be written beside the workspace says nothing against the workspace itself.
fn as_snapshot(error: Error) -> Error {
    match error {
        Error::File { path, source, .. } => {
            Error::Snapshot(format!("{}: {}", path.display(), disk::words(&source)))
        }
        other => other,
    }
}

/// Makes a snapshot under a name of the user's choice.
///
/// # Errors
/// As `copy`.
pub fn make_at(store: &Store, path: &Path) -> Result<PathBuf> {
    let path = super::place::site(path)?;
    copy(&store.connection, &path)?;
    Ok(path)
}

/// Today's snapshot, when there is none yet.
///
/// # Errors
/// A storage error.
pub fn due(store: &Store) -> Result<Option<Due>> {
    if !is_due(store) {
        return Ok(None);
    }
    match Place::of(store, Reason::Daily)? {
        Some(place) => Ok(Some(Due { source: store.reader(), place })),
        None => Ok(None),
    }
}

/// Removes what was left unfinished in a directory of ours, under whatever name.
fn sweep_all(directory: &Path) {
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some((whole, _)) = name.split_once(".part-") {
            sweep(&directory.join(whole));
        }
    }
}

/// Two snapshots of one second and one step are told apart by a number.
fn free_name(directory: &Path, name: &str) -> PathBuf {
    let mut path = directory.join(format!("{name}.db"));
    let mut more = 2;
    while path.exists() {
        path = directory.join(format!("{name}-{more}.db"));
        more += 1;
    }
    path
}

fn note_origin(directory: &Path, workspace: &Path) -> Result<()> {
    use std::os::unix::ffi::OsStrExt;
    let note = directory.join(ORIGIN);
    let path = workspace.as_os_str().as_bytes();
    if std::fs::read(&note).is_ok_and(|found| found == path) {
        return Ok(());
    }
    write_private(&note, path)
}

fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    // What an earlier snapshot left under that name would be wrong.
    let _ = std::fs::remove_file(path);
    super::place::make_private_file(path)?;
    std::fs::write(path, bytes).doing("making", path)
}

fn finish(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o400))
        .doing("closing", path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let line = format!("{}  {name}\n", sha256(path)?);
    write_private(&sum_of(path), line.as_bytes())?;
    sync_dir(path)
}

fn sum_of(path: &Path) -> PathBuf {
    sidecar(path, ".sha256")
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

/// Checks a snapshot: the bytes are those that were written, and they are a sound workspace.
///
/// # Errors
/// As `verify`.
pub fn verify_bytes(path: &Path) -> Result<Sound> {
    let path = &super::header::resolve(path)?;
    super::header::probe(path, super::schema::FORMAT)?;
    if let Ok(line) = std::fs::read_to_string(sum_of(path))
        && line.split_whitespace().next() != Some(&sha256(path)?)
    {
        let why = format!("{} is not what was written", path.display());
        return Err(Error::Snapshot(why));
    }
    verify(path)
}

/// The snapshots of a workspace, newest step first.
#[must_use]
pub fn list(store: &Store) -> Vec<Snapshot> {
    let found = directory(store.places(), store.uuid());
    found.map(|directory| in_directory(&directory)).unwrap_or_default()
}

/// The snapshots that were made of a path, for a file that cannot be read any more.
#[must_use]
pub fn list_of(places: &Places, workspace: &Path) -> Vec<Snapshot> {
    made_at(places, workspace).iter().flat_map(|directory| in_directory(directory)).collect()
}

/// The snapshots of other workspaces that stood at the same path: a restore put this one there.
#[must_use]
pub fn list_others(store: &Store) -> Vec<Snapshot> {
    let own = directory(store.places(), store.uuid());
    let mut directories = made_at(store.places(), store.path());
    directories.retain(|directory| own.as_ref() != Some(directory));
    let found = directories.iter().flat_map(|directory| in_directory(directory));
    found.map(|snapshot| Snapshot { is_other: true, ..snapshot }).collect()
}

/// The directories of the snapshots that were made of a path.
fn made_at(places: &Places, workspace: &Path) -> Vec<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    let Some(state) = &places.state else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(state.join("snapshots")) else { return Vec::new() };
    let ours = |directory: &PathBuf| {
        std::fs::read(directory.join(ORIGIN))
            .is_ok_and(|path| path == workspace.as_os_str().as_bytes())
    };
    let mut found: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(ours).collect();
    found.sort();
    found
}

/// Whether no snapshot of this UTC day exists yet.
#[must_use]
pub fn is_due(store: &Store) -> bool {
    let today = Utc::now().date_naive();
    store.places().state.is_some()
        && list(store).iter().all(|snapshot| snapshot.at.date_naive() != today)
}

fn directory(places: &Places, uuid: &str) -> Option<PathBuf> {
    Some(places.state.as_ref()?.join("snapshots").join(uuid))
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
    let reason = parts.next()?.to_owned();
    Some(Snapshot { path: path.to_owned(), seq, at, reason, is_other: false })
}

/// Removes a copy that nobody needs, since what it was made before did not happen. When it cannot
/// be removed, one copy too many is no harm.
pub fn discard(path: &Path) {
    let _ = std::fs::remove_file(path);
    let _ = std::fs::remove_file(sum_of(path));
}

fn thin(directory: &Path) -> Result<()> {
    let found = in_directory(directory);
    for snapshot in superfluous(&found) {
        std::fs::remove_file(&snapshot.path).doing("thinning snapshots", &snapshot.path)?;
        // The sum is worth nothing without its file.
        let _ = std::fs::remove_file(sum_of(&snapshot.path));
    }
    Ok(())
}
