//! What stood before a decision was reopened.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Version,
        name: "version",
        label: "version",
        plural: "versions",
        table: "version",
        what: "The record as it stood before it was reopened.",
        owners: &[Kind::Decision],
        key: PartKey::Number,
        main: "record",
        entry: Entry::ByVerb,
        finish: Finish::Never,
        fields: vec![
            Field::new("record", "record", FieldKind::Text, "The whole record, as it stood."),
            Field::new("reason", "reason", FieldKind::Line, "Why it was reopened."),
            Field::new("decided_on", "decided on", FieldKind::PastDay, "The day it was decided."),
            Field::new(
                "reopened_on",
                "reopened on",
                FieldKind::PastDay,
                "The day it was reopened.",
            ),
        ],
    }
}
