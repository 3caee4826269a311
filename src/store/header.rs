//! A look at the first hundred bytes of a file before `SQLite` may touch it, so that a file that is
//! not ours, or newer than us, or torn, is refused with not one byte changed.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use super::error::{DoingFile, Error, Result};

/// `prew`, at offset 68 of the file.
pub const APPLICATION_ID: u32 = 0x7072_6577;
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const HEADER: usize = 100;

/// What the header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    pub format: u32,
    /// 2 where the file was left in write-ahead mode.
    pub journal_version: u8,
}

/// Resolves a path to the absolute, canonical file that it names. A leading `file:` is a name
/// like any other. Follows one symbolic link, as the user sees it; never creates anything.
///
/// # Errors
/// `Absent` when there is nothing there, `Foreign` when it is not a regular file.
pub fn resolve(path: &Path) -> Result<PathBuf> {
    if path.as_os_str().is_empty() {
        return Err(Error::Foreign { path: path.to_owned(), why: "the path is empty".to_owned() });
    }
    let absolute = std::path::absolute(path).doing("reading", path)?;
    let canonical = match absolute.canonicalize() {
        Ok(canonical) => canonical,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::Absent(absolute));
        }
        Err(error) => return Err(error).doing("reading", &absolute),
    };
    let meta = std::fs::symlink_metadata(&canonical).doing("reading", &canonical)?;
    if !meta.file_type().is_file() {
        return Err(Error::Foreign { path: canonical, why: "it is not a regular file".to_owned() });
    }
    if canonical.to_str().is_none() {
        return Err(Error::Foreign { path: canonical, why: "its name is not UTF-8".to_owned() });
    }
    Ok(canonical)
}

/// Reads and judges the header of a resolved path.
///
/// # Errors
/// `Foreign`, `Newer` or `Damaged`, as §7.4 tells them apart.
pub fn probe(path: &Path, known: u32) -> Result<Header> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let descriptor = rustix::fs::open(path, flags, Mode::empty())
        .map_err(std::io::Error::from)
        .doing("opening", path)?;
    let mut file = File::from(descriptor);
    let size = file.metadata().doing("reading", path)?.size();
    let mut bytes = Vec::with_capacity(HEADER);
    file.by_ref().take(HEADER as u64).read_to_end(&mut bytes).doing("reading", path)?;
    judge(path, &bytes, size, known)
}

fn judge(path: &Path, bytes: &[u8], size: u64, known: u32) -> Result<Header> {
    let foreign = |why: &str| Error::Foreign { path: path.to_owned(), why: why.to_owned() };
    let damaged = |why: String| Error::Damaged { path: path.to_owned(), why };
    if bytes.is_empty() {
        return Err(foreign("it is empty"));
    }
    let shared = bytes.len().min(MAGIC.len());
    if bytes[..shared] != MAGIC[..shared] {
        return Err(foreign("it is not a SQLite file"));
    }
    if bytes.len() < HEADER {
        return Err(damaged(format!("it is cut off after {} bytes", bytes.len())));
    }
    let word =
        |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let application = word(68);
    if application != APPLICATION_ID {
        return Err(foreign(&format!("application id 0x{application:08x}")));
    }
    let format = word(60);
    if format > known {
        return Err(Error::Newer { path: path.to_owned(), found: format, known });
    }
    if format == 0 {
        return Err(damaged("its format number is 0".to_owned()));
    }
    let page = match u16::from_be_bytes([bytes[16], bytes[17]]) {
        1 => 65_536,
        page => u64::from(page),
    };
    if page == 0 || !size.is_multiple_of(page) {
        return Err(damaged(format!("its length {size} is not a whole number of pages")));
    }
    let pages = u64::from(word(28));
    if pages * page > size {
        return Err(damaged(format!("it is cut off: {} of {} bytes", size, pages * page)));
    }
    Ok(Header { format, journal_version: bytes[18] })
}
