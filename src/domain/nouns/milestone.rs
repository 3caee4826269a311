//! A milestone: something that is to be true by a day of a plan. Its exit criteria are lines of a
//! small language (`domain/plan/criterion.rs`); where all of them are facts it ticks by itself.

use super::{YES_NO, serves, state, title, work};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] =
    &[State::open("open"), State::closed("done").by_verb(), State::closed("missed").by_verb()];

#[must_use]
pub fn noun() -> Noun {
    let weight = FieldKind::Whole { least: 1, most: 9 };
    let mut fields = vec![
        title("milestone", "What is to be true, in a line."),
        state("open"),
        Field::new("due", "due", FieldKind::Day, "The day by which it is to be true."),
        Field::new(
            "plan",
            "plan",
            FieldKind::One(&[Kind::Plan]),
            "The plan that it belongs to; the active one, unless said.",
        ),
        Field::new("weight", "weight", weight, "How much it counts in its plan, 1 to 9.")
            .default("1"),
        Field::new(
            "gate",
            "gate",
            FieldKind::Choice(YES_NO),
            "Whether its phase is late while it is open.",
        )
        .default("no"),
        Field::new(
            "exit",
            "exit criteria",
            FieldKind::Text,
            "One a line: “outcomes agreed 3”, “artefact narrative-update shipped”, “by hand: …”.",
        ),
        serves("The bet or outcome that it serves."),
        Field::new("done_on", "done on", FieldKind::PastDay, "The day it was done.").by_verb(),
        Field::new("proof", "proof", FieldKind::Text, "What showed that it was done.").by_verb(),
    ];
    fields.extend(work());
    Noun {
        kind: Kind::Milestone,
        letter: "s",
        name: "milestone",
        plural: "milestones",
        what: "Something that is to be true by a day of a plan.",
        example: "Three outcomes are agreed due:day30 gate:yes weight:3",
        states: STATES,
        fields,
        due: Some("due"),
        columns: &["due", "state", "plan", "weight", "gate", "owner"],
    }
}
