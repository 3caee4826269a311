//! An involvement: when product marketing came into an initiative, against the day on which the
//! others committed to it.

use super::{FUNCTIONS, PEOPLE, state, title, work};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[State::open("open"), State::closed("closed")];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("initiative", "What the others are about to do."),
        state("open"),
        Field::new(
            "function",
            "function",
            FieldKind::Choice(FUNCTIONS),
            "The function that runs it.",
        ),
        Field::new("asked_by", "asked by", FieldKind::One(PEOPLE), "Who asked you in.")
            .aliases(&["by", "from"]),
        Field::new(
            "first_involved",
            "first involved",
            FieldKind::PastDay,
            "The day on which you first came into it.",
        )
        .aliases(&["involved"]),
        Field::new(
            "commitment_on",
            "commitment on",
            FieldKind::Day,
            "The day on which the others commit to it.",
        )
        .aliases(&["commitment", "committed"]),
        Field::new("launches_on", "launches on", FieldKind::Day, "The day it launches.")
            .aliases(&["launches"]),
    ];
    fields.extend(work());
    Noun {
        kind: Kind::Involvement,
        letter: "w",
        name: "involvement",
        plural: "involvements",
        what: "When you came into an initiative, against the day others committed to it.",
        example: "Atlas pricing function:product involved:-3d commitment:+12d",
        states: STATES,
        fields,
        due: None,
        columns: &["function", "asked_by", "first_involved", "commitment_on", "state"],
    }
}
