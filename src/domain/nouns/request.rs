//! A request that came in. It is new until triaged; triage itself is not here yet.

use super::{FUNCTIONS, PEOPLE, serves, state, title, work};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[
    State::open("new"),
    State::open("accepted").by_verb(),
    State::closed("traded").by_verb(),
    State::closed("declined").by_verb(),
    State::closed("deferred").by_verb(),
    State::closed("self-served").by_verb(),
    State::closed("done").by_verb(),
];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("request", "What is asked for."),
        state("new"),
        Field::new("from", "from", FieldKind::One(PEOPLE), "Who asks."),
        Field::new("function", "function", FieldKind::Choice(FUNCTIONS), "The function that asks."),
        Field::new("wanted_by", "wanted by", FieldKind::Day, "The day they want it.")
            .aliases(&["due"]),
        Field::new("asked_on", "asked on", FieldKind::PastDay, "The day they asked."),
        Field::new("estimate", "estimate", FieldKind::Minutes, "Time it would take: 2h, 90m.")
            .aliases(&["est"]),
        serves("The bet or outcome that it would serve."),
        Field::new("text", "text", FieldKind::Text, "What they wrote, in their words."),
    ];
    fields.extend(work());
    Noun {
        kind: Kind::Request,
        letter: 'r',
        name: "request",
        plural: "requests",
        what: "Something that somebody asks of you; new until triaged.",
        example: "Deck for Acme renewal from:sam est:2h due:tomorrow",
        states: STATES,
        fields,
        due: Some("wanted_by"),
        columns: &["wanted_by", "from", "estimate", "state"],
    }
}
