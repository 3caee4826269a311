//! Something that reached somebody: a report, a talk. Who has not been reached for long is told by
//! these, by pre-wires and by what shipped.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Touch,
        name: "touch",
        label: "touch",
        plural: "touches",
        table: "touch",
        what: "Something that reached them: a report that was sent, a talk.",
        owners: &[Kind::Person],
        key: PartKey::Number,
        main: "what",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("what", "what", FieldKind::Line, "What reached them."),
            Field::new("reached_on", "on", FieldKind::PastDay, "The day it reached them.")
                .aliases(&["on"])
                .default("today"),
            Field::new("note", "note", FieldKind::Line, "What came back."),
        ],
    }
}
