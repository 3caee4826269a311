//! How sure somebody says they are that a metric gets there, from 1 to 10.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Confidence,
        name: "confidence",
        label: "confidence",
        plural: "confidences",
        table: "confidence",
        what: "How sure you are, 1 to 10; two drops in a row are called out.",
        owners: &[Kind::Metric],
        key: PartKey::Number,
        main: "level",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new(
                "level",
                "confidence",
                FieldKind::Whole { least: 1, most: 10 },
                "From 1 to 10.",
            ),
            Field::new("said_on", "said on", FieldKind::PastDay, "The day it was said.")
                .aliases(&["on"]),
            Field::new("note", "note", FieldKind::Line, "Why it is so."),
        ],
    }
}
