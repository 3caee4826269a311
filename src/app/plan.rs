//! What the Plan screen shows: a plan with its phases, and which other plans run. The milestones
//! themselves are a list like any other.

use crate::domain::item::ItemId;
use crate::ops::plan::{PlanView, Stone};

/// Narrowest phase that stands beside others.
const LANE: u16 = 34;

/// The Plan screen.
#[derive(Debug, Clone)]
pub struct PlanScreen {
    pub view: PlanView,
    /// The plans that run, the active one first.
    pub running: Vec<ItemId>,
}

impl PlanScreen {
    /// The milestone of an item.
    #[must_use]
    pub fn stone(&self, id: ItemId) -> Option<&Stone> {
        self.view.stones.iter().find(|stone| stone.item.id == id)
    }

    /// Whether the phases stand side by side in this width.
    #[must_use]
    pub fn is_side_by_side(&self, width: u16) -> bool {
        let phases = u16::try_from(self.view.plan.phases.len()).unwrap_or(u16::MAX);
        phases > 0 && width / phases >= LANE
    }
}
