//! The same decision in the language of one function.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

use crate::domain::nouns::FUNCTIONS;

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Framing,
        name: "framing",
        label: "framing",
        plural: "framings",
        table: "decision_framing",
        what: "The same facts in the language of one function.",
        owners: &[Kind::Decision],
        key: PartKey::Field("function"),
        main: "text",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("function", "function", FieldKind::Choice(FUNCTIONS), "Whom it is for."),
            Field::new("text", "text", FieldKind::Line, "Why it matters, in their words."),
        ],
    }
}
