//! What a figure means: what the data says, what changes in the market, what should be decided.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Narrative,
        name: "narrative",
        label: "narrative",
        plural: "narratives",
        table: "narrative",
        what: "For a period: what the data means, what changes in the market, what to decide.",
        owners: &[Kind::Metric],
        key: PartKey::Field("period"),
        main: "period",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("period", "period", FieldKind::Line, "The period, such as 2026-W19."),
            Field::new("notes", "meaning", FieldKind::Line, "What the data means.")
                .aliases(&["means", "meaning"]),
            Field::new("market", "market", FieldKind::Line, "What changes in the market."),
            Field::new("decide", "decision", FieldKind::Line, "Which decision should follow.")
                .aliases(&["decision"]),
        ],
    }
}
