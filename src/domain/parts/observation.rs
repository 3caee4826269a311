//! A reading of a metric: for which period, how much, and where from. A correction is a reading of
//! its own, so that nothing is ever replaced in silence.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

pub const SOURCES: &[&str] = &["hand", "import", "file", "command"];

#[must_use]
pub fn noun() -> PartNoun {
    let count = FieldKind::Whole { least: 0, most: 4_294_967_295 };
    PartNoun {
        kind: PartKind::Observation,
        name: "observation",
        label: "observation",
        plural: "observations",
        table: "observation",
        what: "What was read for a period; metric record adds one.",
        owners: &[Kind::Metric],
        key: PartKey::Number,
        main: "period",
        entry: Entry::ByVerb,
        finish: Finish::Never,
        fields: vec![
            Field::new("period", "period", FieldKind::Line, "The period, such as 2026-W19."),
            Field::new("value", "value", FieldKind::Real, "The figure; a share from 0 to 1."),
            Field::new("k", "k", count, "How many, of a share."),
            Field::new("n", "n", count, "Out of how many."),
            Field::new("recorded_on", "recorded on", FieldKind::PastDay, "When it was told."),
            Field::new("source", "source", FieldKind::Choice(SOURCES), "Where it is from."),
            Field::new("note", "note", FieldKind::Line, "What to know about it, or a quote."),
        ],
    }
}
