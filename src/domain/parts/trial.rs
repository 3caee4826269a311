//! A test of a message in calls and campaigns.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

pub const RESULTS: &[&str] = &["held", "mixed", "failed"];

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Trial,
        name: "trial",
        label: "test",
        plural: "trials",
        table: "trial",
        what: "A test of the message in a call or a campaign.",
        owners: &[Kind::Message],
        key: PartKey::Number,
        main: "where",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("where", "where", FieldKind::Line, "The call, campaign or page."),
            Field::new("held_on", "on", FieldKind::PastDay, "The day of the test.")
                .aliases(&["on"])
                .default("today"),
            Field::new("result", "result", FieldKind::Choice(RESULTS), "Whether it held."),
            Field::new(
                "sample",
                "n",
                FieldKind::Whole { least: 0, most: 1_000_000_000 },
                "How many heard or saw it.",
            )
            .aliases(&["n"]),
            Field::new("note", "note", FieldKind::Line, "What was learnt."),
        ],
    }
}
