//! The matrix of evidence: segments by buying stages, and the cell that the cursor is on.

use crate::domain::evidence::Stage;
use crate::ops::evidence::segments::Matrix;

/// The Matrix screen.
#[derive(Debug, Clone, Default)]
pub struct MatrixScreen {
    pub view: Matrix,
    pub row: usize,
    pub stage: usize,
    /// The first row that is shown.
    pub top: usize,
}

impl MatrixScreen {
    /// The same cursor over what was read anew: on its segment, wherever that stands now.
    pub fn renew(&mut self, view: Matrix) {
        let before = self.view.rows.get(self.row).map(|row| row.segment);
        let found = before.and_then(|id| view.rows.iter().position(|row| row.segment == id));
        self.view = view;
        self.row = found.unwrap_or(self.row).min(self.view.rows.len().saturating_sub(1));
    }

    /// Moves the cursor by rows and stages.
    pub fn step(&mut self, rows: isize, stages: isize) {
        let last = self.view.rows.len().saturating_sub(1);
        self.row = self.row.saturating_add_signed(rows).min(last);
        self.stage = self.stage.saturating_add_signed(stages).min(Stage::ALL.len() - 1);
    }

    /// The first of so many rows that shows the cursor.
    #[must_use]
    pub fn first(&self, room: usize) -> usize {
        let least = (self.row + 1).saturating_sub(room.max(1));
        self.top.clamp(least, self.row.max(least))
    }
}
