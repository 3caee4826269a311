//! A claim: something that a narrative says or takes for granted. Its state follows from what stands
//! for and against it and from its test; only retiring is by hand.

use super::{STAGES, YES_NO, kept, segment, state, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

/// How its test came out.
pub const RESULTS: &[&str] = &["untested", "passed", "failed"];

const STATES: &[State] = &[
    State::open("assumption").following(),
    State::open("supported").following(),
    State::open("contested").following(),
    State::closed("retired"),
];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("claim", "What is claimed, in a sentence that could be wrong."),
        state("assumption"),
        Field::new(
            "critical",
            "critical",
            FieldKind::Choice(YES_NO),
            "Whether a narrative falls with it.",
        )
        .default("no"),
        segment("The segment of which it is claimed; none is every one."),
        Field::new(
            "stage",
            "stage",
            FieldKind::Choice(STAGES),
            "The stage of which it is claimed; none is every one.",
        ),
        Field::new("chosen_on", "chosen on", FieldKind::PastDay, "The day it was taken up.")
            .aliases(&["chosen"]),
        Field::new("test", "test", FieldKind::Line, "How it is put to the test."),
        Field::new(
            "threshold",
            "threshold",
            FieldKind::Line,
            "From which figure on the test is passed.",
        ),
        Field::new("result", "result", FieldKind::Choice(RESULTS), "How the test came out.")
            .default("untested"),
        Field::new("tested_on", "tested on", FieldKind::PastDay, "The day it was tested.")
            .aliases(&["tested"]),
    ];
    fields.extend(kept());
    Noun {
        kind: Kind::Claim,
        letter: "c",
        name: "claim",
        plural: "claims",
        what: "Something that you say or take for granted, and what stands for and against it.",
        example: "Rollout effort loses late deals critical:yes seg:mid",
        states: STATES,
        fields,
        due: None,
        columns: &["state", "critical", "segment", "result"],
    }
}
