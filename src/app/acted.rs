//! What an action is about: the item of a card, what is marked, or the row under the cursor.

use super::action::Action;
use super::layout::Layout;
use super::model::Model;
use super::place::Place;
use super::rows::Line;
use crate::domain::item::{Item, ItemId};

impl Model {
    /// The item that keys act on: that of the card, or the selected row.
    #[must_use]
    pub fn subject(&self) -> Option<ItemId> {
        self.carded().or_else(|| self.list().selected())
    }

    /// The same in full, when it has been read.
    #[must_use]
    pub fn subject_item(&self) -> Option<&Item> {
        let Some(carded) = self.carded() else {
            return self.list().current().and_then(Line::item);
        };
        let detail = self.detail.as_ref()?;
        (detail.row.item.id == carded).then_some(&detail.row.item)
    }

    /// What an action is for: the item of the card, all marked, or the selected row.
    #[must_use]
    pub fn targets(&self) -> Vec<ItemId> {
        self.carded().map_or_else(|| self.list().targets(), |item| vec![item])
    }

    /// Whether an action is for all that is marked; the others are for the row under the cursor.
    #[must_use]
    pub fn acts_on_marks(&self, action: Action) -> bool {
        match action {
            Action::Finish
            | Action::Verbs
            | Action::Change(_)
            | Action::State
            | Action::BlockedBy
            | Action::Trash
            | Action::Restore
            | Action::Purge
            | Action::Turn
            | Action::StepLeft
            | Action::StepRight
            | Action::Shorter
            | Action::Longer => true,
            // On the week these are a time of day, elsewhere an order, which is one row's.
            Action::MoveDown | Action::MoveUp => self.place == Place::Week,
            _ => false,
        }
    }

    /// The marked items that are loaded, in whatever layout.
    pub fn marked(&self) -> impl Iterator<Item = &Item> {
        let list = self.list();
        let lanes = match list.layout {
            Layout::Board => list.board.lanes.as_slice(),
            Layout::Table => &[],
        };
        let lines = if lanes.is_empty() { list.lines.as_slice() } else { &[] };
        let all = lines.iter().chain(lanes.iter().flat_map(|lane| &lane.lines));
        all.filter_map(Line::item).filter(|item| list.marks.contains(&item.id))
    }

    /// The item that an action asks about: one of the marked where it is for them, the row under
    /// the cursor first among them. `None` where none of them is loaded.
    #[must_use]
    pub fn acted(&self, action: Action) -> Option<&Item> {
        let own = self.subject_item();
        let list = self.list();
        if self.carded().is_some() || list.marks.is_empty() || !self.acts_on_marks(action) {
            return own;
        }
        own.filter(|item| list.marks.contains(&item.id)).or_else(|| self.marked().next())
    }
}
