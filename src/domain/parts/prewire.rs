//! A conversation with one stakeholder before a decision is taken.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

pub const STANCES: &[&str] = &["for", "conditions", "against", "unknown"];

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Prewire,
        name: "prewire",
        label: "pre-wire",
        plural: "prewires",
        table: "prewire",
        what: "A conversation with one person before it is decided.",
        owners: &[Kind::Decision],
        key: PartKey::Field("person"),
        main: "person",
        entry: Entry::Free,
        finish: Finish::Fill { field: "held_on", text: "today", then: "stance" },
        fields: vec![
            Field::new("person", "person", FieldKind::One(&[Kind::Person]), "Who is spoken to."),
            Field::new("planned_on", "planned on", FieldKind::Day, "The day it is planned for.")
                .aliases(&["planned"]),
            Field::new("held_on", "held on", FieldKind::PastDay, "The day they were spoken to.")
                .aliases(&["held"]),
            Field::new("channel", "channel", FieldKind::Line, "How: in person, a call, a note."),
            Field::new("stance", "stance", FieldKind::Choice(STANCES), "Where they stand."),
            Field::new("notes", "notes", FieldKind::Line, "What they said, and on what condition."),
        ],
    }
}
