//! How a surface says one message of the house, as it was found on a day.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

use super::score::POINTS;

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Audit,
        name: "audit",
        label: "audit",
        plural: "audits",
        table: "audit",
        what: "How a page, a deck or a rep says one message: 0 absent, 1 partly, 2 as agreed.",
        owners: &[Kind::Positioning],
        key: PartKey::Number,
        main: "surface",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("surface", "surface", FieldKind::Line, "The page, deck or rep."),
            Field::new(
                "message",
                "message",
                FieldKind::One(&[Kind::Message]),
                "The message that was looked for.",
            ),
            Field::new(
                "score",
                "score",
                FieldKind::Choice(POINTS),
                "0 absent, 1 partly, 2 as agreed.",
            ),
            Field::new("audited_on", "audited on", FieldKind::PastDay, "The day of the audit.")
                .aliases(&["on"])
                .default("today"),
            Field::new("note", "note", FieldKind::Line, "What it says instead."),
        ],
    }
}
