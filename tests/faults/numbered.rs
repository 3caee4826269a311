//! What a command leaves behind: the content as a text that does not depend on the time, and files
//! that should be gone.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};

/// Ids are random, and grow: the n-th that is met is the n-th that was given.
pub fn numbered(dump: &str) -> String {
    let is_id =
        |word: &str| word.len() == 36 && word.as_bytes()[14] == b'7' && word.as_bytes()[8] == b'-';
    let mut ids: Vec<&str> = dump.split('"').filter(|word| is_id(word)).collect();
    ids.sort_unstable();
    ids.dedup();
    dump.split('"')
        .map(|word| {
            ids.binary_search(&word).map_or_else(|_| word.to_owned(), |at| format!("#{at}"))
        })
        .collect::<Vec<_>>()
        .join("\"")
}

/// Files that a process was making when it ended.
pub fn left_in(directory: &Path, left: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            left_in(&path, left);
        } else if name.contains(".part-") || name == "plan.db-journal" {
            left.push(path);
        }
    }
}
