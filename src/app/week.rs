//! What the Week screen shows: a week with its figures, the weeks before it, and which of planned
//! and lived stands in the grid. The rows themselves are a list like any other.

use crate::domain::kind::Kind;
use crate::domain::week::Week;
use crate::domain::week::stretch::Stretch;
use crate::ops::week::spread::Spread;
use crate::ops::week::{Past, WeekView};

/// The Week screen.
#[derive(Debug, Clone)]
pub struct WeekScreen {
    pub view: WeekView,
    /// The weeks up to this one, the oldest first.
    pub past: Vec<Past>,
    /// The month and the quarter, by mode and horizon.
    pub spreads: [Spread; 2],
    /// Blocks or entries.
    pub kind: Kind,
}

/// Which week is asked for, and what of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekAsked {
    /// `None`: the running one.
    pub week: Option<Week>,
    pub kind: Kind,
}

impl Default for WeekAsked {
    fn default() -> Self {
        Self { week: None, kind: Kind::Block }
    }
}

impl WeekScreen {
    /// The weeks from the first on in which something was logged.
    pub fn worked(&self) -> impl Iterator<Item = &Past> {
        self.past.iter().skip_while(|past| past.actual.worked() == 0)
    }

    /// What stands in the grid, in the order of the list.
    #[must_use]
    pub fn shown(&self) -> &[Stretch] {
        self.of(self.kind)
    }

    /// What was planned, or what was lived.
    #[must_use]
    pub fn of(&self, kind: Kind) -> &[Stretch] {
        if kind == Kind::Block { &self.view.planned } else { &self.view.lived }
    }
}
