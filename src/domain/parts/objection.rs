//! An objection that somebody raised against a decision, and what became of it.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

pub const STATUSES: &[&str] = &["open", "resolved", "accepted"];

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Objection,
        name: "objection",
        label: "objection",
        plural: "objections",
        table: "objection_raised",
        what: "What somebody holds against it, and the answer.",
        owners: &[Kind::Decision],
        key: PartKey::Number,
        main: "text",
        entry: Entry::Free,
        finish: Finish::Fill { field: "status", text: "resolved", then: "answer" },
        fields: vec![
            Field::new("text", "objection", FieldKind::Line, "What they hold against it."),
            Field::new("person", "raised by", FieldKind::One(&[Kind::Person]), "Who raised it.")
                .aliases(&["by"]),
            Field::new("status", "status", FieldKind::Choice(STATUSES), "Whether it stands.")
                .default("open"),
            Field::new("answer", "answer", FieldKind::Line, "What was answered."),
        ],
    }
}
