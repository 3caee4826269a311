//! Files and directories of our own: private whatever the umask says, and named only when they are
//! finished. It knows nothing of what is in them.

use std::ffi::OsStr;
use std::fs::Permissions;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Access as Ask, CWD, RenameFlags};
use rustix::io::Errno;

use super::error::{DoingFile, Error, Result};

/// Permission bits of everybody but the owner.
const OTHERS: u32 = 0o077;

/// The path with something appended to its file name.
#[must_use]
pub fn sidecar(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Makes a directory that only its user can enter; leaves an existing one as it is.
///
/// # Errors
/// `File` when it cannot be made.
pub fn make_private_dir(path: &Path) -> Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path).doing("making", path)
}

/// As `make_private_dir`, for a directory of the program's own: one that others can enter, or that
/// belongs to somebody else, is closed or refused.
///
/// # Errors
/// `File` when it cannot be made or closed.
pub fn make_own_dir(path: &Path) -> Result<()> {
    make_private_dir(path)?;
    tighten(path).doing("closing to others", path).map(drop)
}

/// The canonical path that a file will have which does not exist yet; its directory is made.
///
/// # Errors
/// `File` when there can be no such file.
pub fn site(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path).doing("reading", path)?;
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        let source = std::io::ErrorKind::IsADirectory.into();
        return Err(Error::File { doing: "making", path, source });
    };
    make_private_dir(parent)?;
    // `SQLite` follows no link, so none may stand in the way.
    Ok(parent.canonicalize().doing("reading", parent)?.join(name))
}

/// Makes an empty file that only its user can read; refuses to touch one that is there.
///
/// # Errors
/// `File` when it cannot be made.
pub fn make_private_file(path: &Path) -> Result<()> {
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map(drop)
        .doing("making", path)
}

/// Takes the rights of everybody else away; whether there were any.
///
/// # Errors
/// When the file is not ours to change.
pub fn tighten(path: &Path) -> std::io::Result<bool> {
    let mode = std::fs::metadata(path)?.mode();
    if mode & OTHERS == 0 {
        return Ok(false);
    }
    std::fs::set_permissions(path, Permissions::from_mode(mode & 0o7700))?;
    Ok(true)
}

/// Gives a file to its owner alone, to read and write.
///
/// # Errors
/// `File` when it is not ours to change.
pub fn tighten_to_owner(path: &Path) -> Result<()> {
    std::fs::set_permissions(path, Permissions::from_mode(0o600)).doing("closing to others", path)
}

/// Whether this user may write a file, and make others beside it, as a rollback journal must be.
#[must_use]
pub fn is_writable(path: &Path) -> bool {
    let may = |path: &Path| rustix::fs::access(path, Ask::WRITE_OK).is_ok();
    // Who may do everything keeps to what the file says of itself.
    let is_closed = std::fs::metadata(path).is_ok_and(|found| found.permissions().readonly());
    !is_closed && may(path) && path.parent().is_none_or(may)
}

/// Gives a finished file its name, unless something has that name already.
///
/// # Errors
/// `File`, of kind `AlreadyExists` when the name is taken.
pub fn publish(temporary: &Path, path: &Path) -> Result<()> {
    match rustix::fs::renameat_with(CWD, temporary, CWD, path, RenameFlags::NOREPLACE) {
        // Not every file system can; a second name and the loss of the first is the same thing.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            std::fs::hard_link(temporary, path).doing("making", path)?;
            std::fs::remove_file(temporary).doing("making", temporary)?;
        }
        done => done.map_err(std::io::Error::from).doing("making", path)?,
    }
    sync_dir(path)
}

/// Makes a new name in the file's directory durable.
///
/// # Errors
/// `File` when the directory cannot be synced.
pub fn sync_dir(path: &Path) -> Result<()> {
    let Some(parent) = path.parent() else { return Ok(()) };
    std::fs::File::open(parent).and_then(|dir| dir.sync_all()).doing("syncing", parent)
}

/// The name under which a file is made before it gets its own.
#[must_use]
pub fn unfinished(path: &Path) -> PathBuf {
    sidecar(path, &format!(".part-{}", std::process::id()))
}

/// Removes what processes that are gone left unfinished under the name of a file. Best effort;
/// files of other names are not ours to judge.
pub fn sweep(path: &Path) {
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { return };
    let Ok(entries) = std::fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        if left_by(&entry.file_name(), name).is_some_and(|pid| !is_alive(pid)) {
            // Half a file of ours, which nobody will finish.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// The process that was making a file that was to have a name.
fn left_by(found: &OsStr, name: &OsStr) -> Option<u32> {
    let rest = found.to_str()?.strip_prefix(name.to_str()?)?.strip_prefix(".part-")?;
    rest.strip_suffix("-journal").unwrap_or(rest).parse().ok()
}

/// Whether a process of this number runs.
#[must_use]
pub fn is_alive(pid: u32) -> bool {
    let Some(pid) = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw) else {
        return false;
    };
    // Somebody else's process answers that we may not signal it.
    !matches!(rustix::process::test_kill_process(pid), Err(Errno::SRCH))
}

/// Refuses a file that exists.
///
/// # Errors
/// `File` of kind `AlreadyExists`.
pub fn refuse_existing(path: &Path) -> Result<()> {
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    Err(Error::File {
        doing: "making",
        path: path.to_owned(),
        source: std::io::ErrorKind::AlreadyExists.into(),
    })
}
