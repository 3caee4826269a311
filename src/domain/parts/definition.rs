//! How a segment was described before, kept whenever its description changes.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Definition,
        name: "definition",
        label: "earlier wording",
        plural: "definitions",
        table: "definition",
        what: "How it was described before.",
        owners: &[Kind::Segment],
        key: PartKey::Number,
        main: "name",
        entry: Entry::ByVerb,
        finish: Finish::Never,
        fields: vec![
            Field::new("name", "name", FieldKind::Line, "What it was called."),
            Field::new("who", "who", FieldKind::Line, "Who was meant."),
            Field::new("workflow", "workflow", FieldKind::Line, "In which workflow."),
            Field::new("problem", "problem", FieldKind::Line, "With which problem."),
            Field::new("until_on", "until", FieldKind::PastDay, "The day on which that changed."),
        ],
    }
}
