//! A reason to begin the natural limits of a metric anew.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Rebase,
        name: "rebase",
        label: "re-base",
        plural: "rebases",
        table: "rebase",
        what: "Begin its limits anew from a day on, with what changed in the process.",
        owners: &[Kind::Metric],
        key: PartKey::Number,
        main: "reason",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("reason", "reason", FieldKind::Line, "What changed in the process itself."),
            Field::new("from_on", "from", FieldKind::PastDay, "The day from which points count.")
                .aliases(&["from", "on"]),
        ],
    }
}
