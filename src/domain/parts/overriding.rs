//! A rule that was set aside: by whom, when and why (I13).

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

#[must_use]
pub fn noun() -> PartNoun {
    let line = |name, label, help| Field::new(name, label, FieldKind::Line, help);
    PartNoun {
        kind: PartKind::Override,
        name: "override",
        label: "override",
        plural: "overrides",
        table: "override",
        what: "A rule that was set aside, by whom, when and why.",
        owners: &[Kind::Decision, Kind::Artefact],
        key: PartKey::Number,
        main: "reason",
        entry: Entry::ByVerb,
        finish: Finish::Never,
        fields: vec![
            line("reason", "reason", "Why the rule was set aside."),
            line("rule", "rule", "The rule that was set aside."),
            line("person", "person", "Who set it aside."),
            line("given_at", "given at", "The instant, in UTC."),
            line("missing", "missing", "What was missing."),
        ],
    }
}
