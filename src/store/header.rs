//! A look at the first hundred bytes of a file before `SQLite` may touch it, so that a file that is
//! not ours, or newer than us, or torn, is refused with not one byte changed.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use super::error::{DoingFile, Error, Result};
use super::place::sidecar;

/// `prew`, at offset 68 of the file.
pub const APPLICATION_ID: u32 = 0x7072_6577;
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const HEADER: usize = 100;

/// How often a file that looks torn is looked at again: a writer may be in the middle.
const LOOKS: usize = 5;

/// What the header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub format: u32,
    /// 2 where the file was left in write-ahead mode.
    pub journal_version: u8,
    /// Why the length does not fit what the header says.
    torn: Option<String>,
}

/// Resolves a path to the absolute, canonical file that it names. A leading `file:` is a name
/// like any other. Follows links, so that everything after it works on the file itself; never creates anything.
///
/// # Errors
/// `Absent` when there is nothing there, `Foreign` when it is not a regular file.
pub fn resolve(path: &Path) -> Result<PathBuf> {
    if path.as_os_str().is_empty() {
        return Err(Error::Foreign { path: path.to_owned(), why: "the path is empty".to_owned() });
    }
    let foreign = |why: &str| Error::Foreign { path: path.to_owned(), why: why.to_owned() };
    let absolute = std::path::absolute(path).doing("reading", path)?;
    let canonical = match absolute.canonicalize() {
        Ok(canonical) => canonical,
        Err(error) => match error.kind() {
            ErrorKind::NotFound if absolute.is_symlink() => {
                return Err(foreign("it is a link that leads nowhere"));
            }
            ErrorKind::NotFound => return Err(Error::Absent(absolute)),
            ErrorKind::PermissionDenied => return Err(error).doing("reading", &absolute),
            _ => return Err(foreign("its path leads nowhere")),
        },
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

/// Reads and judges the header of a resolved path. A length that does not fit is no damage while
/// a journal lies beside the file: a writer is at work, or `SQLite` will roll back.
///
/// # Errors
/// `Foreign`, `Newer` or `Damaged`, as §7.4 tells them apart.
pub fn probe(path: &Path, known: u32) -> Result<Header> {
    let mut header = read(path, known)?;
    for _ in 1..LOOKS {
        if header.torn.is_none()
            || ["-journal", "-wal"].iter().any(|end| sidecar(path, end).exists())
        {
            return Ok(header);
        }
        header = read(path, known)?;
    }
    match header.torn {
        None => Ok(header),
        Some(why) => Err(Error::Damaged { path: path.to_owned(), why }),
    }
}

fn read(path: &Path, known: u32) -> Result<Header> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let descriptor = rustix::fs::open(path, flags, Mode::empty())
        .map_err(std::io::Error::from)
        .doing("opening", path)?;
    let mut file = File::from(descriptor);
    let meta = file.metadata().doing("reading", path)?;
    if !meta.is_file() {
        let why = "it is not a regular file".to_owned();
        return Err(Error::Foreign { path: path.to_owned(), why });
    }
    let mut bytes = Vec::with_capacity(HEADER);
    file.by_ref().take(HEADER as u64).read_to_end(&mut bytes).doing("reading", path)?;
    judge(path, &bytes, meta.size(), known)
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
    if !(512..=65_536).contains(&page) || !page.is_power_of_two() {
        return Err(damaged(format!("its page size is {page}")));
    }
    // The page count counts only where the change counter says that it is current.
    let pages = if word(24) == word(92) { u64::from(word(28)) } else { 0 };
    let torn = if !size.is_multiple_of(page) {
        Some(format!("its length {size} is not a whole number of pages"))
    } else if pages * page > size {
        Some(format!("it is cut off: {} of {} bytes", size, pages * page))
    } else {
        None
    };
    Ok(Header { format, journal_version: bytes[18], torn })
}
