//! The shell of the screen. For now it prints nothing and returns: the screen is built elsewhere.

use std::path::PathBuf;

/// What the shell is told beside the workspace.
pub struct Session {
    /// A throw-away workspace, to be marked as such.
    pub demo: bool,
    pub read_only: bool,
    /// Where a new workspace was just made.
    pub created: Option<PathBuf>,
    pub config: crate::config::Config,
}

/// Runs the screen until the user quits.
///
/// # Errors
/// What the terminal or the workspace refuses.
#[expect(clippy::needless_pass_by_value, reason = "the screen takes both for itself")]
pub fn run(workspace: crate::ops::Workspace, session: Session) -> crate::ops::Result<()> {
    let _ = session;
    crate::cli::print_today(&workspace)
}
