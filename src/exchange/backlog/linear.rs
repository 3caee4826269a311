//! Linear's CSV in its three shapes: 29 columns; 30 with Roadmaps, whose rows may miss that
//! last cell; 34 with UUID, time in status and links. The id is the key in all three.

use super::draft::Draft;
use super::slot::Slot;
use super::source::{DueText, Estimates, Habits, Layout, Links, Width};

pub(super) const LAYOUT: Layout = Layout {
    signatures: &[&["id", "team", "title", "status", "cyclenumber", "triaged"]],
    columns: &[
        ("id", Slot::Id),
        ("title", Slot::Title),
        ("description", Slot::Note),
        ("status", Slot::State),
        ("estimate", Slot::Estimate),
        ("priority", Slot::Priority),
        ("creator", Slot::From),
        ("assignee", Slot::Owner),
        ("labels", Slot::Tags),
        ("created", Slot::Created),
        ("updated", Slot::Updated),
        ("completed", Slot::Completed),
        ("archived", Slot::Archived),
        ("duedate", Slot::Due),
        ("parentissue", Slot::Parent),
        ("url", Slot::Link),
        ("blockedby", Slot::BlockedBy),
        ("blocks", Slot::Blocks),
    ],
    habits: Habits {
        links: Links::Ids,
        estimates: Estimates::Points,
        due: DueText::Midnight,
        width: Width::MayMissLast,
        ..Habits::PLAIN
    },
    refine,
};

fn refine(_: &mut Draft) {}
