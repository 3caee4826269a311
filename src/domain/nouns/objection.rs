//! An objection of the market: what buyers hold against us, and the answer for each stage. What is
//! raised against a decision inside the house is a part of that decision.

use super::{STAGES, kept, state, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[State::open("open"), State::closed("retired")];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("objection", "What they hold against it, in their words."),
        state("open"),
        Field::new("code", "code", FieldKind::Line, "A short word for it, for lists and imports."),
        Field::new("stage", "stage", FieldKind::Choice(STAGES), "Where it usually comes up."),
    ];
    fields.extend(kept());
    Noun {
        kind: Kind::Objection,
        letter: "j",
        name: "objection",
        plural: "objections",
        what: "What buyers hold against you, how often, and your answer at each stage.",
        example: "Rollout would tie up our IT for months code:rollout stage:proposal",
        states: STATES,
        fields,
        due: None,
        columns: &["code", "stage", "owner"],
    }
}
