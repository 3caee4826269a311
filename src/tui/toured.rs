//! Whether the first steps are offered: once on a machine, and where something can be begun.

use std::path::Path;

use super::Session;
use crate::store::place::{make_own_dir, make_private_file};

/// Says on this machine that the first steps were taken or skipped.
const TOURED: &str = "toured";

impl Session {
    /// Whether somebody may need the first steps: not in a demo, not where nothing can be changed,
    /// and once on a machine.
    pub(super) fn offers_tour(&self, state: Option<&Path>) -> bool {
        let is_new = state.is_some_and(|state| !state.join(TOURED).exists());
        is_new && !self.demo && !self.read_only
    }
}

/// Remembers that they were taken or skipped.
pub(super) fn end(state: Option<&Path>) {
    let Some(state) = state else { return };
    // Where it cannot be remembered, the first steps are offered again; that harms nobody.
    let _ = make_own_dir(state).and_then(|()| make_private_file(&state.join(TOURED)));
}
