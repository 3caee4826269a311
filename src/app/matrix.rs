//! The matrix of evidence: segments by buying stages, and the cell that the cursor is on.

use crate::domain::evidence::Stage;
use crate::ops::evidence::segments::{Matrix, pieces};

/// The Matrix screen.
#[derive(Debug, Clone, Default)]
pub struct MatrixScreen {
    pub view: Matrix,
    pub row: usize,
    pub stage: usize,
    /// The first row that is shown.
    pub top: usize,
    /// The filter of the cell that was opened, from which esc leads back.
    pub opened: Option<String>,
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

    /// What is behind the figure of the cell: how it is counted, and of what.
    #[must_use]
    pub fn behind(&self) -> Option<(String, Vec<String>)> {
        let row = self.view.rows.get(self.row)?;
        let stage = Stage::ALL.get(self.stage)?;
        let (count, deals) = (row.cells[self.stage], row.deals[self.stage]);
        let mut lines = vec![
            "Counted: every piece of evidence with this segment and this stage that is neither retired nor in the Trash".to_owned(),
            "Opinions are left out, since they count nothing for or against a claim".to_owned(),
            format!("n: {}, {deals} of them from deals", pieces(count)),
        ];
        let own = &row.stalls[self.stage];
        if !own.is_empty() {
            lines.push(format!("Deals at {own}"));
        }
        lines.push(format!("All of the matrix: {}", self.view.words()));
        Some((format!("{} at {stage}: {count}", row.title), lines))
    }

    /// The first of so many rows that shows the cursor.
    #[must_use]
    pub fn first(&self, room: usize) -> usize {
        let least = (self.row + 1).saturating_sub(room.max(1));
        self.top.clamp(least, self.row.max(least))
    }
}
