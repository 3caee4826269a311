//! Something outside that moved a metric: drawn on its chart, never taken off its figure.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

pub const KINDS: &[&str] = &["market", "competitor", "price", "season", "product", "other"];

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Factor,
        name: "factor",
        label: "factor",
        plural: "factors",
        table: "factor",
        what: "What happened outside that moved it; the figure stays as it is.",
        owners: &[Kind::Metric],
        key: PartKey::Number,
        main: "text",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("text", "factor", FieldKind::Line, "What happened."),
            Field::new("from_on", "from", FieldKind::PastDay, "The day it began.")
                .aliases(&["from", "on"]),
            Field::new("to_on", "to", FieldKind::PastDay, "The day it ended.").aliases(&["to"]),
            Field::new("kind", "kind", FieldKind::Choice(KINDS), "What kind of thing it was."),
            Field::new("size", "size", FieldKind::Line, "How large it was, in words."),
        ],
    }
}
