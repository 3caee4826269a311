//! An insight: what several pieces of evidence show together, and when that was seen.

use super::{STAGES, kept, segment, state, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[State::open("open"), State::closed("retired")];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("insight", "What it shows, in a sentence."),
        state("open"),
        Field::new("spotted_on", "spotted on", FieldKind::PastDay, "The day it was seen.")
            .aliases(&["spotted", "on"]),
        segment("The segment of which it holds."),
        Field::new("stage", "stage", FieldKind::Choice(STAGES), "The stage at which it holds."),
        Field::new(
            "evidence",
            "evidence",
            FieldKind::Many(&[Kind::Evidence]),
            "The pieces that show it.",
        )
        .edge_out("shows")
        .aliases(&["rests", "by"]),
    ];
    fields.extend(kept());
    Noun {
        kind: Kind::Insight,
        letter: "i",
        name: "insight",
        plural: "insights",
        what: "What several pieces of evidence show together.",
        example: "Rollout fear, not features, stalls proposals evidence:e1,e2",
        states: STATES,
        fields,
        due: None,
        columns: &["segment", "stage", "spotted_on", "owner"],
    }
}
