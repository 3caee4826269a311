//! An entry: time that was spent, on a day, in a band. Unclassified until somebody says.

use super::{Words, stretch};
use crate::domain::field::FieldKind;
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[State::open("logged")];

#[must_use]
pub fn noun() -> Noun {
    Noun {
        kind: Kind::Entry,
        letter: "t",
        name: "entry",
        plural: "entries",
        what: "Time that was spent: a day, how long, and in which band.",
        example: "Deal desk on:mon at:09:30 est:40m band:r",
        states: STATES,
        fields: stretch(&Words {
            label: "entry",
            title: "What the time went into, in a line.",
            first: "logged",
            day: FieldKind::PastDay,
            band: "What the time was: strategic, execution, reactive, off.",
            who: "Who spent it; you, unless said.",
        }),
        due: None,
        columns: &["on", "at", "minutes", "band", "for"],
    }
}
