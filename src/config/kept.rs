//! A copy of the last configuration that was right, in the state directory, so that a wrong file
//! costs nobody their settings.

use std::path::{Path, PathBuf};

use super::write::save;

/// Keeps the text of a configuration that is right. Best effort: without the copy a wrong file
/// would only mean the defaults.
pub fn keep(state: &Path, text: &str) {
    let path = path(state);
    if std::fs::read_to_string(&path).is_ok_and(|kept| kept == text) {
        return;
    }
    // As said above: a copy that cannot be made is done without.
    let _ = save(&path, text);
}

/// The text that was kept last.
#[must_use]
pub fn kept(state: &Path) -> Option<String> {
    std::fs::read_to_string(path(state)).ok()
}

fn path(state: &Path) -> PathBuf {
    state.join("config.last-good.toml")
}
