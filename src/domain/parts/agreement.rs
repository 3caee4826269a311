//! That somebody agreed on what a metric means, or what they hold against it.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Agreement,
        name: "agree",
        label: "agreement",
        plural: "agreements",
        table: "agreement",
        what: "Who agrees on what the metric means; a changed definition asks again.",
        owners: &[Kind::Metric],
        key: PartKey::Field("person"),
        main: "person",
        entry: Entry::Free,
        finish: Finish::Fill { field: "agreed_on", text: "today", then: "notes" },
        fields: vec![
            Field::new("person", "person", FieldKind::One(&[Kind::Person]), "Who is asked."),
            Field::new("agreed_on", "agreed on", FieldKind::PastDay, "The day they agreed.")
                .aliases(&["on"]),
            Field::new("notes", "objection", FieldKind::Line, "What they hold against it.")
                .aliases(&["objection"]),
        ],
    }
}
