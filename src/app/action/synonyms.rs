//! What people call an action who learnt it elsewhere, for help and the palette.

use super::{Action, Field};
use crate::app::place::Place;

impl Action {
    /// What else it is called, with commas between.
    #[must_use]
    pub fn synonyms(self) -> &'static str {
        match self {
            Self::Finish => "complete, finish, close, tick",
            Self::Edit => "change, modify, update",
            Self::Trash => "delete, remove, discard, trash, bin",
            Self::Restore => "undelete, recover",
            Self::Purge => "empty the trash, delete",
            Self::Go(Place::Trash) => "deleted, bin",
            Self::Change(Field::Name) => "rename, retitle, title",
            Self::Change(Field::Due) => "deadline, date, reschedule",
            Self::Change(Field::Owner) => "assign, delegate",
            Self::Change(Field::Tags) => "label, labels",
            Self::Change(Field::Estimate) => "effort, size",
            Self::Change(Field::Waiting) => "blocked on",
            Self::State => "status",
            Self::Add => "new, create",
            Self::AddPart => "option, objection, pushback",
            Self::Filter => "search, find",
            Self::Sort => "order",
            Self::Layout => "kanban",
            Self::Mark => "select, tick",
            Self::MarkAll => "select all",
            Self::PutOnWeek => "schedule, block time",
            Self::Timer => "track, clock, start, stop",
            Self::Turn => "convert",
            Self::History => "log, changes",
            Self::Undo => "revert, take back",
            Self::Quit => "exit, leave",
            Self::Help => "keys, shortcuts, manual",
            Self::Settings => "preferences, options, configure, theme",
            _ => "",
        }
    }
}
