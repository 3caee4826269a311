//! A plan: so many days from a start, in phases, with milestones. One is active: its days are those
//! of `day45`. What its figures mean is in `domain/plan`.

use super::{state, title, work};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

/// The longest plan, in days.
pub const LONGEST: i64 = 3_660;

const STATES: &[State] = &[
    State::open("active").by_verb(),
    State::open("running").by_verb(),
    State::closed("done").by_verb(),
    State::closed("dropped").by_verb().aside(),
];

#[must_use]
pub fn noun() -> Noun {
    let days = FieldKind::Whole { least: 1, most: LONGEST };
    let mut fields = vec![
        title("plan", "What the plan is called."),
        state("active"),
        Field::new("start", "start", FieldKind::Day, "Day 1; today, unless said.").aliases(&["on"]),
        Field::new("days", "days", days, "How many days it has.").default("90"),
        Field::new(
            "phases",
            "phases",
            FieldKind::Text,
            "One a line: its last day, then its name, such as “30 Evidence and focus”.",
        ),
        Field::new("template", "template", FieldKind::Line, "The template that it was made from.")
            .by_verb(),
        Field::new("planned_days", "planned days", days, "How many days it had when it was made.")
            .by_verb(),
        Field::new("done_on", "done on", FieldKind::PastDay, "The day it ended.").by_verb(),
    ];
    fields.extend(work());
    Noun {
        kind: Kind::Plan,
        letter: "p",
        name: "plan",
        plural: "plans",
        what: "So many days from a start, in phases, with milestones and gates.",
        example: "Atlas, ninety days start:mon days:90",
        states: STATES,
        fields,
        due: None,
        columns: &["start", "days", "state", "owner"],
    }
}
