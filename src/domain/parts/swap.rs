//! One line of the swap test: a rival’s name in our sentence, and a person’s yes or no.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

pub const ANSWERS: &[&str] = &["y", "n"];

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Swap,
        name: "swap",
        label: "swap",
        plural: "swaps",
        table: "swap",
        what: "One line with a rival’s name in it, and whether it still works.",
        owners: &[Kind::Positioning],
        key: PartKey::Number,
        main: "line",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("line", "line", FieldKind::Line, "The line as it stands."),
            Field::new("rival", "rival", FieldKind::Line, "Whose name was put in."),
            Field::new(
                "works",
                "still works",
                FieldKind::Choice(ANSWERS),
                "y: it still works, so it is filler; n: it is ours alone.",
            )
            .aliases(&["answer"]),
            Field::new("tested_on", "tested on", FieldKind::PastDay, "The day it was asked.")
                .default("today"),
        ],
    }
}
