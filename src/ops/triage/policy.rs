//! The intake policy of a workspace: one setting, written as it is read.

use crate::domain::week::policy::Policy;

use super::super::error::Result;
use super::super::workspace::Workspace;

/// The setting that holds it.
pub const INTAKE: &str = "intake.policy";

/// The policy among the settings; one that cannot be read is the default.
pub(in crate::ops) fn of(kept: &[(String, String)]) -> Policy {
    let found = kept.iter().find(|(name, _)| name == INTAKE);
    found.and_then(|(_, text)| Policy::read(text).ok()).unwrap_or_default()
}

impl Workspace {
    /// The intake policy.
    ///
    /// # Errors
    /// A storage error.
    pub fn policy(&self) -> Result<Policy> {
        Ok(of(&self.store.settings()?))
    }
}
