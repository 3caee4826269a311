//! A way to answer a decision: what it gains, gives up, costs and risks.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

/// The letters that options are named by; three are enough to choose from (I1).
pub const LETTERS: &[&str] = &["a", "b", "c"];
pub const MOST: i64 = 3;

#[must_use]
pub fn noun() -> PartNoun {
    let line = |name, label, help| Field::new(name, label, FieldKind::Line, help);
    PartNoun {
        kind: PartKind::Option,
        name: "option",
        label: "option",
        plural: "options",
        table: "decision_option",
        what: "A way to answer the question; two or three to choose from.",
        owners: &[Kind::Decision],
        key: PartKey::Letter { most: MOST },
        main: "text",
        entry: Entry::Free,
        finish: Finish::Recommend,
        fields: vec![
            line("text", "option", "What we would do."),
            line("gains", "gains", "What it gains."),
            line("gives_up", "gives up", "What it gives up."),
            Field::new("cost", "cost", FieldKind::Minutes, "Time it costs: 20h, 90m."),
            line("spend", "spend", "Money it costs, as it is said: 12k EUR."),
            line("risk", "risk", "What may go wrong with it."),
        ],
    }
}
