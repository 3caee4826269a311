//! Why a day was moved back: one word for the cause, counted by quarter.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Blocker,
        name: "blocker",
        label: "blocker",
        plural: "blockers",
        table: "blocker",
        what: "What made it slip, in one word.",
        owners: &[Kind::Decision, Kind::Asset, Kind::Milestone],
        key: PartKey::Number,
        main: "cause",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new(
                "cause",
                "cause",
                FieldKind::Line,
                "One word: approval, evidence, capacity.",
            ),
            Field::new("moved_from", "moved from", FieldKind::Day, "The day it was due.")
                .aliases(&["from"]),
            Field::new("moved_to", "moved to", FieldKind::Day, "The day it is due now.")
                .aliases(&["to"]),
            Field::new("noted_on", "noted on", FieldKind::PastDay, "The day it was noted.")
                .default("today"),
        ],
    }
}
