//! How somebody who matters sees product marketing in a quarter: one answer of five, and why.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

pub const LEVELS: &[&str] = &["1", "2", "3", "4", "5"];

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Pulse,
        name: "pulse",
        label: "pulse",
        plural: "pulses",
        table: "pulse",
        what: "How they see product marketing in a quarter, 1 to 5, and why.",
        owners: &[Kind::Person],
        key: PartKey::Field("quarter"),
        main: "quarter",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("quarter", "quarter", FieldKind::Line, "The quarter, such as 2026-Q2."),
            Field::new(
                "level",
                "pulse",
                FieldKind::Choice(LEVELS),
                "1 in the way, 2 little use, 3 useful, 4 needed, 5 asked in first.",
            ),
            Field::new("note", "note", FieldKind::Line, "What they said."),
        ],
    }
}
