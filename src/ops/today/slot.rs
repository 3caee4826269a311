//! The slot of the week, which is told where nothing else of the week is.

use super::{Part, Section};

impl Part {
    /// Whether it tells of the slot of the week, which stands there without a line too.
    #[must_use]
    pub fn is_slot(&self) -> bool {
        self.section == Section::Week && !self.note.is_empty()
    }
}
