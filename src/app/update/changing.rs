//! Which actions write: they are refused in a workspace that is only read, and on rows in the Trash.

use super::super::action::Action;

/// Whether an action writes.
#[must_use]
pub fn changes(action: Action) -> bool {
    matches!(
        action,
        Action::Add
            | Action::AddForm
            | Action::Capture
            | Action::Record
            | Action::Edit
            | Action::EditNote
            | Action::Drafts
            | Action::Change(_)
            | Action::State
            | Action::Finish
            | Action::Trash
            | Action::Restore
            | Action::Purge
            | Action::TakeBack
            | Action::BlockedBy
            | Action::Turn
            | Action::Frame
            | Action::Prewire
            | Action::AddPart
            | Action::Template
            | Action::StepLeft
            | Action::StepRight
            | Action::MoveDown
            | Action::MoveUp
            | Action::Shorter
            | Action::Longer
            | Action::PutOnWeek
            | Action::FillWeek
            | Action::FillGaps
            | Action::AcceptGuesses
            | Action::Timer
            | Action::WatchCalendar
            | Action::Publish
            | Action::CloseWeek
            | Action::Undo
            | Action::UndoGroup
            | Action::Redo
            | Action::RedoGroup
            | Action::Import
            | Action::DayNote
            | Action::SaveView
            | Action::ForgetView
            | Action::StartView
            | Action::Ritual(_)
    )
}

pub fn on_live_items(action: Action) -> bool {
    changes(action) && action.is_on_row() && !matches!(action, Action::Restore | Action::Purge)
}
