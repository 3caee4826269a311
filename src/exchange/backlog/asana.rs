//! Asana's CSV of a project. Spacer and address lines may stand above the header; tasks name
//! their parents and dependencies by title.

use super::draft::{Done, Draft};
use super::slot::Slot;
use super::source::{Habits, Layout};

pub(super) const LAYOUT: Layout = Layout {
    signatures: &[&["taskid", "name", "section/column"]],
    columns: &[
        ("taskid", Slot::Id),
        ("name", Slot::Title),
        ("section/column", Slot::List),
        ("status", Slot::State),
        ("assignee", Slot::Owner),
        ("assigneeemail", Slot::OwnerMail),
        ("createdby", Slot::From),
        ("requestedby", Slot::From),
        ("requester", Slot::From),
        ("duedate", Slot::Due),
        ("createdat", Slot::Created),
        ("lastmodified", Slot::Updated),
        ("completedat", Slot::Completed),
        ("tags", Slot::Tags),
        ("notes", Slot::Note),
        ("priority", Slot::Priority),
        ("estimatedtime", Slot::Estimate),
        ("parenttask", Slot::Parent),
        ("blockedby(dependencies)", Slot::BlockedBy),
        ("blocking(dependencies)", Slot::Blocks),
    ],
    habits: Habits::PLAIN,
    refine,
};

/// A completed task is done, whatever section it was left in.
fn refine(draft: &mut Draft) {
    if draft.completed.is_some() {
        draft.done = Done::Said;
    }
}
