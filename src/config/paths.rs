//! Where things live: the native places of each platform, moved by `XDG_*` on Linux.

use std::ffi::OsString;
use std::path::PathBuf;

use directories::ProjectDirs;

/// The places outside the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// `config.toml`.
    pub config: PathBuf,
    /// The workspace that is used when nothing names another.
    pub workspace: PathBuf,
    /// Log, drafts, snapshots, who is writing.
    pub state: PathBuf,
}

impl Paths {
    /// Asks the environment. `None` where not even a home directory is known.
    #[must_use]
    pub fn find() -> Option<Self> {
        let native = ProjectDirs::from("", "", "prewire")?;
        let config = variable("PREWIRE_CONFIG")
            .map_or_else(|| native.config_dir().join("config.toml"), PathBuf::from);
        let workspace = native.data_dir().join("workspace.db");
        let state =
            native.state_dir().map_or_else(|| native.data_dir().join("state"), PathBuf::from);
        Some(Self { config, workspace, state })
    }
}

/// An environment variable; an empty one counts as not set.
#[must_use]
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Whether the locale that is set says that the terminal takes no UTF-8. None set says nothing.
#[must_use]
pub fn is_plain_locale() -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable).is_some_and(|locale| {
        let lower = locale.to_string_lossy().to_lowercase();
        !lower.contains("utf-8") && !lower.contains("utf8")
    })
}
