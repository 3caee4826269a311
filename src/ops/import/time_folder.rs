//! The files of a folder that holds a calendar, one event or more in each, as vdirsyncer writes it.

use std::path::{Path, PathBuf};

use crate::domain::refusal::Refusal;
use crate::exchange::read_error::ReadError;

use super::super::error::Result;
use super::refused;

/// Files of a folder that are read.
const MOST_FILES: usize = 20_000;

/// All calendar files of a folder; `None` when it holds none.
pub(super) fn files(folder: &Path) -> Result<Option<Vec<PathBuf>>> {
    let unread = |source| refused::file(folder, ReadError::Io(source));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unread)? {
        let path = entry.map_err(unread)?.path();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let ics = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("ics"));
        if ics && !hidden {
            files.push(path);
        }
        if files.len() > MOST_FILES {
            let what = format!("{} holds more than {MOST_FILES} calendar files", folder.display());
            return Err(Refusal::input(what).into());
        }
    }
    files.sort();
    // A folder of Markdown is for somebody else; an empty one is an empty calendar.
    let other = files.is_empty() && std::fs::read_dir(folder).map_err(unread)?.next().is_some();
    Ok((!other).then_some(files))
}
