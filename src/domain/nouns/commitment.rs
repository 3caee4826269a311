//! A promise to somebody: what, by when, and whether it was kept.

use super::{PEOPLE, state, title, work};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] =
    &[State::open("open"), State::closed("kept").by_verb(), State::closed("broken").by_verb()];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("promise", "What was promised."),
        state("open"),
        Field::new("to", "to", FieldKind::One(PEOPLE), "Whom it was promised to."),
        Field::new("due", "due", FieldKind::Day, "The day it was promised for."),
        Field::new("kept_on", "kept on", FieldKind::PastDay, "The day it was kept.").by_verb(),
    ];
    fields.extend(work());
    Noun {
        kind: Kind::Commitment,
        letter: "y",
        name: "commitment",
        plural: "commitments",
        what: "Something that you promised to somebody.",
        example: "Loss numbers by segment to:raj due:fri",
        states: STATES,
        fields,
        due: Some("due"),
        columns: &["due", "to", "state"],
    }
}
