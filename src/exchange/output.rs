//! A file that appears whole or not at all: written beside its target, synced, then given its
//! name. It never writes through a link and replaces nothing unless told to.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

const BUFFER: usize = 128 * 1024;

/// What happens to a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    Keep,
    Replace,
}

/// Writes a file with what `body` gives. Only its user can read it. Until the end nothing stands
/// under its name, and after an error what stood there before stands there still.
///
/// # Errors
/// `AlreadyExists` when the target is a link, or is there and may not be replaced; what `body`
/// returns; an error of the disk.
pub fn whole<T, E: From<io::Error>>(
    path: &Path,
    existing: Existing,
    body: impl FnOnce(&mut dyn Write) -> Result<T, E>,
) -> Result<T, E> {
    refuse_target(path, existing)?;
    let temporary = beside(path)?;
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary)?;
    let done = fill(file, body).and_then(|value| {
        refuse_target(path, existing)?;
        publish(&temporary, path, existing)?;
        Ok(value)
    });
    if done.is_err() {
        // Ours, made a moment ago, and not finished.
        let _ = std::fs::remove_file(&temporary);
    }
    done
}

fn fill<T, E: From<io::Error>>(
    file: File,
    body: impl FnOnce(&mut dyn Write) -> Result<T, E>,
) -> Result<T, E> {
    let mut out = BufWriter::with_capacity(BUFFER, file);
    let value = body(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(value)
}

fn refuse_target(path: &Path, existing: Existing) -> io::Result<()> {
    let found = match std::fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let why = if found.file_type().is_symlink() {
        "it is a symbolic link"
    } else if !found.is_file() {
        "it is no regular file"
    } else if existing == Existing::Keep {
        "it exists already"
    } else {
        return Ok(());
    };
    Err(io::Error::new(io::ErrorKind::AlreadyExists, why))
}

fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it names no file"))?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".part-{}", std::process::id()));
    Ok(path.with_file_name(hidden))
}

/// A name that is taken meanwhile is not replaced unless told so: a link fails where a rename
/// would not.
fn publish(temporary: &Path, path: &Path, existing: Existing) -> io::Result<()> {
    match existing {
        Existing::Replace => std::fs::rename(temporary, path)?,
        Existing::Keep => {
            std::fs::hard_link(temporary, path)?;
            std::fs::remove_file(temporary)?;
        }
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn write(path: &Path, text: &str, existing: Existing) -> io::Result<()> {
        whole(path, existing, |out| out.write_all(text.as_bytes()))
    }

    #[test]
    fn a_file_is_private_and_not_replaced_unless_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        write(&path, "one", Existing::Keep).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let error = write(&path, "two", Existing::Keep).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one");
        write(&path, "two", Existing::Replace).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_link_is_never_followed_even_when_told_to_replace() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        std::fs::write(&target, "theirs").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        for existing in [Existing::Keep, Existing::Replace] {
            assert!(write(&link, "ours", existing).is_err());
        }
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "theirs");
    }

    #[test]
    fn an_error_half_way_leaves_the_old_file_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.md");
        write(&path, "old", Existing::Keep).unwrap();
        let done: io::Result<()> = whole(&path, Existing::Replace, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("no"))
        });
        assert!(done.is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
