//! How a message was said in a call that somebody listened to.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

pub const POINTS: &[&str] = &["0", "1", "2"];

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Score,
        name: "score",
        label: "score",
        plural: "scores",
        table: "call_score",
        what: "How a message was said in this conversation: 0 absent, 1 partly, 2 as agreed.",
        owners: &[Kind::Conversation],
        key: PartKey::Field("message"),
        main: "message",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new(
                "message",
                "message",
                FieldKind::One(&[Kind::Message]),
                "The message that was listened for.",
            ),
            Field::new(
                "score",
                "score",
                FieldKind::Choice(POINTS),
                "0 absent, 1 partly, 2 as agreed.",
            ),
            Field::new("scorer", "scorer", FieldKind::One(&[Kind::Person]), "Who listened.")
                .aliases(&["by"]),
            Field::new("note", "note", FieldKind::Line, "What was said instead."),
        ],
    }
}
