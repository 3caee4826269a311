//! A block: time that is planned, on a day, in a band. What really happened is an entry.

use super::{Words, stretch};
use crate::domain::field::FieldKind;
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] =
    &[State::open("planned"), State::closed("done"), State::closed("dropped").aside()];

#[must_use]
pub fn noun() -> Noun {
    Noun {
        kind: Kind::Block,
        letter: "k",
        name: "block",
        plural: "blocks",
        what: "Time that is planned: a day, a time, how long, and in which band.",
        example: "Segment memo on:tue at:09:00 est:90m band:s",
        states: STATES,
        fields: stretch(&Words {
            label: "block",
            title: "What the time is for, in a line.",
            first: "planned",
            day: FieldKind::Day,
            band: "What the time is for: strategic, execution or reactive.",
            who: "Who is to spend it; you, unless said.",
        }),
        due: None,
        columns: &["on", "at", "minutes", "band", "for", "state"],
    }
}
