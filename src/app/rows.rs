//! The lines of a list: items with what is said beside them, headings that cannot be chosen, steps
//! of the history.

use super::action::Action;
use crate::domain::item::{Item, ItemId};
use crate::ops::Row;
use crate::ops::history::Entry;

/// One line of a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    Item {
        row: Box<Row>,
        /// How deep it stands in a tree.
        depth: u16,
        /// Whether it has something to unfold, and is unfolded.
        fold: Fold,
    },
    Heading {
        title: &'static str,
        note: String,
    },
    Step(Entry),
    /// What waits to be done, and the words for it.
    Offer(Action, String),
}

/// Whether something hangs below a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fold {
    #[default]
    Leaf,
    Folded,
    Unfolded,
}

/// A node of the outcome tree.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeRow {
    pub row: Row,
    pub depth: u16,
    pub fold: Fold,
}

impl Line {
    #[must_use]
    pub fn plain(row: Row) -> Self {
        Self::Item { row: Box::new(row), depth: 0, fold: Fold::Leaf }
    }

    #[must_use]
    pub fn item(&self) -> Option<&Item> {
        self.row().map(|row| &row.item)
    }

    #[must_use]
    pub fn row(&self) -> Option<&Row> {
        match self {
            Self::Item { row, .. } => Some(row),
            Self::Heading { .. } | Self::Step(_) | Self::Offer(..) => None,
        }
    }

    #[must_use]
    pub fn id(&self) -> Option<ItemId> {
        self.item().map(|item| item.id)
    }

    /// Whether the cursor may stand on it.
    #[must_use]
    pub fn is_choosable(&self) -> bool {
        !matches!(self, Self::Heading { .. } | Self::Offer(..))
    }
}
