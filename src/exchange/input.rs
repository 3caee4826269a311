//! Opening a file that somebody else made: never through a link, never a pipe or a device,
//! never more than the cap, and noticing when it changes between two passes.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;

use super::read_error::ReadError;

const MEBIBYTE: u64 = 1024 * 1024;

/// An open regular file of known length.
#[derive(Debug)]
pub struct Input {
    file: File,
    stamp: Stamp,
    position: u64,
}

/// What tells one state of a file from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: (i64, i64),
}

/// Bytes read so far, and bytes in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    pub read: u64,
    pub total: u64,
}

impl Input {
    /// Opens a regular file of at most `most` bytes.
    ///
    /// # Errors
    /// When it is a link, no regular file, larger than `most`, or cannot be opened.
    pub fn open(path: &Path, most: u64) -> Result<Self, ReadError> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let name = || path.display().to_string();
        let file = match rustix::fs::open(path, flags, Mode::empty()) {
            Ok(descriptor) => File::from(descriptor),
            Err(Errno::LOOP) => return Err(ReadError::Link(name())),
            Err(Errno::NXIO) => return Err(ReadError::NotAFile(name())),
            Err(error) => return Err(io::Error::from(error).into()),
        };
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(ReadError::NotAFile(name()));
        }
        if metadata.len() > most {
            return Err(ReadError::TooLarge { name: name(), most: most / MEBIBYTE });
        }
        let stamp = stamp(&metadata);
        Ok(Self { file, stamp, position: 0 })
    }

    #[must_use]
    pub fn length(&self) -> u64 {
        self.stamp.length
    }

    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress { read: self.position, total: self.stamp.length }
    }

    /// Goes back to the first byte.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn rewind(&mut self) -> Result<(), ReadError> {
        self.file.seek(SeekFrom::Start(0))?;
        self.position = 0;
        Ok(())
    }

    /// To be asked at the end of a pass.
    ///
    /// # Errors
    /// [`ReadError::Changed`] when the file is no longer what was opened.
    pub fn unchanged(&self) -> Result<(), ReadError> {
        if stamp(&self.file.metadata()?) == self.stamp { Ok(()) } else { Err(ReadError::Changed) }
    }
}

impl Read for Input {
    /// Never gives more than the length that was seen when the file was opened.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.stamp.length.saturating_sub(self.position);
        let room = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let count = self.file.read(&mut buffer[..room])?;
        self.position += count as u64;
        Ok(count)
    }
}

fn stamp(metadata: &std::fs::Metadata) -> Stamp {
    Stamp { length: metadata.len(), modified: (metadata.mtime(), metadata.mtime_nsec()) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn the_cap_is_the_last_size_that_opens() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"12345").unwrap();
        assert_eq!(Input::open(file.path(), 5).unwrap().length(), 5);
        assert!(matches!(Input::open(file.path(), 4), Err(ReadError::TooLarge { .. })));
    }

    #[test]
    fn the_cap_for_imports_holds_on_a_sparse_file() {
        use crate::exchange::caps::FILE_BYTES;
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(FILE_BYTES).unwrap();
        assert!(Input::open(file.path(), FILE_BYTES).is_ok());
        file.as_file().set_len(FILE_BYTES + 1).unwrap();
        assert!(matches!(
            Input::open(file.path(), FILE_BYTES),
            Err(ReadError::TooLarge { most: 256, .. })
        ));
    }

    #[test]
    fn links_directories_pipes_and_devices_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("file");
        std::fs::write(&target, "x").unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert!(matches!(Input::open(&link, 9), Err(ReadError::Link(_))));
        assert!(matches!(Input::open(folder.path(), 9), Err(ReadError::NotAFile(_))));
        assert!(matches!(Input::open(Path::new("/dev/zero"), 9), Err(ReadError::NotAFile(_))));
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if made.is_ok_and(|status| status.success()) {
            assert!(matches!(Input::open(&pipe, 9), Err(ReadError::NotAFile(_))));
        }
    }

    #[test]
    fn a_file_that_grows_is_noticed_and_not_read_further() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"ab").unwrap();
        let mut input = Input::open(file.path(), 9).unwrap();
        file.write_all(b"cd").unwrap();
        let mut text = String::new();
        input.read_to_string(&mut text).unwrap();
        assert_eq!(text, "ab");
        assert!(matches!(input.unchanged(), Err(ReadError::Changed)));
    }
}
