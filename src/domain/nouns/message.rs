//! A message of the house: one slot for one audience and use case, with its proof and its tests. The
//! order of the slots is that of a skeleton that users can change.

use super::{kept, state, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[State::open("draft"), State::open("agreed"), State::closed("retired")];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("message", "What is said, as it is said."),
        state("draft"),
        Field::new(
            "slot",
            "slot",
            FieldKind::Line,
            "Its place in the house: problem, path, rollout, value.",
        ),
        Field::new("audience", "audience", FieldKind::Line, "Who is to hear it."),
        Field::new("use_case", "use case", FieldKind::Line, "For which use."),
        Field::new(
            "parent",
            "under",
            FieldKind::One(&[Kind::Message]),
            "The message that it makes more precise.",
        )
        .aliases(&["under"]),
        Field::new(
            "positioning",
            "positioning",
            FieldKind::One(&[Kind::Positioning]),
            "The positioning that it serves.",
        ),
        Field::new("proof", "proof", FieldKind::Line, "What proves it."),
        Field::new(
            "stages",
            "expected at",
            FieldKind::Line,
            "The stages at which reps are to say it, with commas between.",
        )
        .aliases(&["stage", "expected"]),
        Field::new("claims", "claims", FieldKind::Many(&[Kind::Claim]), "What it stands on.")
            .edge_out("stands")
            .aliases(&["claim"]),
    ];
    fields.extend(kept());
    Noun {
        kind: Kind::Message,
        letter: "msg",
        name: "message",
        plural: "messages",
        what: "One message of the house: a slot for an audience and a use, with proof and tests.",
        example: "Live in two weeks without your IT slot:path audience:CFO stages:proposal",
        states: STATES,
        fields,
        due: None,
        columns: &["slot", "audience", "stages", "claims", "state"],
    }
}
