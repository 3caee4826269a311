//! A look at the result of an experiment.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Look,
        name: "look",
        label: "reading",
        plural: "readings",
        table: "look",
        what: "A look at the result; before the stop date it is flagged.",
        owners: &[Kind::Experiment],
        key: PartKey::Number,
        main: "result",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("result", "result", FieldKind::Line, "What it showed."),
            Field::new(
                "sample",
                "n",
                FieldKind::Whole { least: 0, most: 1_000_000_000 },
                "How many there were by then.",
            )
            .aliases(&["n"]),
            Field::new("read_on", "read on", FieldKind::PastDay, "The day it was looked at.")
                .aliases(&["on"])
                .default("today"),
            Field::new("note", "note", FieldKind::Line, "What is to be known beside it."),
            Field::new(
                "stop_then",
                "stop date then",
                FieldKind::Day,
                "The stop date as it was agreed when it was looked at.",
            )
            .by_verb(),
            Field::new(
                "least_then",
                "least n then",
                FieldKind::Whole { least: 1, most: 1_000_000_000 },
                "The least sample as it was agreed then.",
            )
            .by_verb(),
        ],
    }
}
