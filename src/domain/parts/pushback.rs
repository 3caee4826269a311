//! A clear no to a decision: this will not land, and what would.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

pub const RESULTS: &[&str] = &["changed", "stood", "ignored"];

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Pushback,
        name: "pushback",
        label: "pushback",
        plural: "pushbacks",
        table: "pushback",
        what: "Why it will not land, what to do instead, and what came of saying so.",
        owners: &[Kind::Decision],
        key: PartKey::Number,
        main: "text",
        entry: Entry::Free,
        finish: Finish::Ask("result"),
        fields: vec![
            Field::new("text", "pushback", FieldKind::Line, "What will not land, and why."),
            Field::new("instead", "instead", FieldKind::Line, "The options that would."),
            Field::new("said_on", "said on", FieldKind::PastDay, "The day it was said.")
                .aliases(&["said"])
                .default("today"),
            Field::new("result", "result", FieldKind::Choice(RESULTS), "What came of it.")
                .aliases(&["outcome"]),
        ],
    }
}
