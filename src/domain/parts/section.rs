//! A heading of a template that was attached to a decision, with its text.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Section,
        name: "section",
        label: "section",
        plural: "sections",
        table: "section",
        what: "A heading of a template, with its text.",
        owners: &[Kind::Decision],
        key: PartKey::Number,
        main: "heading",
        entry: Entry::Free,
        finish: Finish::Ask("text"),
        fields: vec![
            Field::new("heading", "heading", FieldKind::Line, "What stands over it."),
            Field::new("template", "template", FieldKind::Line, "The template it comes from."),
            Field::new("text", "text", FieldKind::Line, "What there is to say."),
        ],
    }
}
