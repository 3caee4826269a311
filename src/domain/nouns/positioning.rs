//! A version of the positioning: the statement, what we are compared with, and what sets us apart.
//! How often it may change is said in `domain/message/positioning.rs`.

use super::{kept, state, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] =
    &[State::open("draft"), State::open("rolled-out"), State::closed("replaced")];
const EVIDENCE: &[Kind] = &[Kind::Evidence];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("positioning", "What you are, for whom, in a sentence."),
        state("draft"),
        Field::new("since", "since", FieldKind::PastDay, "The day from which it holds."),
        Field::new("lines", "lines", FieldKind::Text, "What is put to the swap test, a line each."),
        Field::new("alternatives", "alternatives", FieldKind::Text, "What they would do else."),
        Field::new("differentiators", "differentiators", FieldKind::Text, "What only you have."),
        Field::new("ours", "our names", FieldKind::Line, "Your names, with commas between."),
        Field::new("rivals", "rivals", FieldKind::Line, "Names of rivals, with commas between."),
        Field::new("evidence", "rests on", FieldKind::Many(EVIDENCE), "What it rests on.")
            .edge_out("rests")
            .aliases(&["rests"]),
        Field::new("reason", "reason", FieldKind::Line, "Why it changed from the one before."),
        Field::new(
            "reason_evidence",
            "reason rests on",
            FieldKind::Many(EVIDENCE),
            "The evidence behind the change.",
        )
        .edge_out("reasons"),
        Field::new(
            "claims",
            "claims",
            FieldKind::Many(&[Kind::Claim]),
            "What it takes for granted; critical ones must be tested first.",
        )
        .edge_out("stands")
        .aliases(&["claim"]),
        Field::new(
            "waived",
            "waived",
            FieldKind::Line,
            "Why it was rolled out all the same, by whom and when.",
        ),
    ];
    fields.extend(kept());
    Noun {
        kind: Kind::Positioning,
        letter: "pos",
        name: "positioning",
        plural: "positionings",
        what: "A version of what you are, for whom, and why that wins.",
        example: "The rollout that IT signs off in a week evidence:e1 rivals:Rivo,Tallyco ours:Acme",
        states: STATES,
        fields,
        due: None,
        columns: &["since", "evidence", "claims", "state"],
    }
}
