//! A business outcome of the quarter. At most three are active at a time.

use super::{state, title, work};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

pub const HORIZONS: &[&str] = &["H1", "H2", "H3"];
/// Most active outcomes in one quarter (`spec` invariant I5).
pub const MOST_ACTIVE: usize = 3;

const STATES: &[State] = &[
    State::open("active"),
    State::closed("met"),
    State::closed("missed"),
    State::closed("dropped").aside(),
];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("outcome", "What will be different in the business."),
        state("active"),
        Field::new("metric", "metric", FieldKind::Line, "The figure that shows it."),
        Field::new(
            "measured_by",
            "measured by",
            FieldKind::One(&[Kind::Metric]),
            "The metric whose readings show it; `metric:m4` says it too.",
        ),
        Field::new("baseline", "baseline", FieldKind::Real, "Where the figure stood at the start."),
        Field::new("target", "target", FieldKind::Real, "Where it should stand."),
        Field::new("unit", "unit", FieldKind::Line, "The unit of the figure: %, days, k€."),
        Field::new("due", "due", FieldKind::Day, "The day by which it should stand there."),
        Field::new(
            "quarter",
            "quarter",
            FieldKind::Quarter,
            "The quarter it belongs to: 2026-Q2 or this.",
        ),
        Field::new(
            "horizon",
            "horizon",
            FieldKind::Choice(HORIZONS),
            "H1 this quarter's revenue, H2 category strength, H3 market advantage.",
        ),
        Field::new(
            "weight",
            "weight",
            FieldKind::Whole { least: 1, most: 3 },
            "How much it counts in the order of work, 1 to 3.",
        )
        .default("1"),
        Field::new("lesson", "lesson", FieldKind::Text, "What was learnt, when it closes."),
    ];
    fields.extend(work());
    Noun {
        kind: Kind::Outcome,
        letter: "o",
        name: "outcome",
        plural: "outcomes",
        what: "What will be different in the business by the end of the quarter.",
        example: "Improve win rate in upper mid-market metric:\"Win rate\" baseline:24 target:30 unit:% due:eoq",
        states: STATES,
        fields,
        due: Some("due"),
        columns: &["baseline", "target", "due", "horizon", "state"],
    }
}
