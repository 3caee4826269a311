//! The answer to an objection, one for each buying stage.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::nouns::STAGES;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Response,
        name: "response",
        label: "response",
        plural: "responses",
        table: "response",
        what: "The answer to it at one stage.",
        owners: &[Kind::Objection],
        key: PartKey::Field("stage"),
        main: "stage",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("stage", "stage", FieldKind::Choice(STAGES), "The buying stage."),
            Field::new("text", "answer", FieldKind::Line, "What is answered."),
            Field::new(
                "asset",
                "asset",
                FieldKind::One(&[Kind::Asset]),
                "Where the answer stands in full.",
            ),
        ],
    }
}
