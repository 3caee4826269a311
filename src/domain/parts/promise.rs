//! One promise in the words of sales and of customer success.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

pub const JUDGED: &[&str] = &["same", "different"];

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Promise,
        name: "promise",
        label: "promise",
        plural: "promises",
        table: "promise",
        what: "What sales promises, beside what customer success keeps.",
        owners: &[Kind::Positioning],
        key: PartKey::Number,
        main: "about",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("about", "about", FieldKind::Line, "What is promised."),
            Field::new(
                "sales",
                "sales says",
                FieldKind::Line,
                "The promise in the words of sales.",
            ),
            Field::new(
                "success",
                "success says",
                FieldKind::Line,
                "The same in the words of customer success.",
            )
            .aliases(&["cs"]),
            Field::new(
                "judged",
                "judged",
                FieldKind::Choice(JUDGED),
                "Whether both are the same promise: a person says so.",
            ),
        ],
    }
}
