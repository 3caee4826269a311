//! A file that is given on standard input: what is read from there is read more than once, so it
//! lies in a folder of its own for as long as the command runs.

use std::fs::{self, DirBuilder, File};
use std::io::{Read, copy};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::domain::disk;
use crate::domain::refusal::Refusal;
use crate::ops::Result;

use super::root;

/// More than any export has.
const MOST: u64 = 1 << 30;

/// The file that a command is given; gone when it is dropped, where it was standard input.
pub(super) struct Given {
    pub path: PathBuf,
    folder: Option<PathBuf>,
}

impl Drop for Given {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            // Nothing waits for it, and the system clears what stays.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

impl Given {
    /// The file that `file` names; `-` is standard input.
    ///
    /// # Errors
    /// When standard input cannot be kept.
    pub fn of(matches: &ArgMatches) -> Result<Self> {
        let path = PathBuf::from(root::flag(matches, "file").unwrap_or_default());
        if path != Path::new("-") {
            return Ok(Self { path, folder: None });
        }
        let folder =
            std::env::temp_dir().join(format!("prewire-{}", uuid::Uuid::now_v7().simple()));
        let kept = DirBuilder::new().mode(0o700).create(&folder);
        let given = Self { path: folder.join("stdin"), folder: Some(folder) };
        let read = kept
            .and_then(|()| File::create_new(&given.path))
            .and_then(|mut file| copy(&mut std::io::stdin().lock().take(MOST), &mut file));
        match read {
            Ok(_) => Ok(given),
            Err(error) => {
                let what = format!("standard input could not be read: {}", disk::words(&error));
                Err(Refusal::input(what).hint("save it as a file, and name that").into())
            }
        }
    }
}
