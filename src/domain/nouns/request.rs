//! A request that came in. It is new until triaged; what triage asks stands in its verbs.

use super::{FUNCTIONS, PEOPLE, serves, state, title, work};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[
    State::open("new"),
    State::open("accepted").by_verb(),
    State::open("traded").by_verb(),
    State::closed("declined").by_verb(),
    State::open("deferred").by_verb().aside(),
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
            .aliases(&["due", "wanted"]),
        Field::new("asked_on", "asked on", FieldKind::PastDay, "The day they asked."),
        Field::new("estimate", "estimate", FieldKind::Minutes, "Time it would take: 2h, 90m.")
            .aliases(&["est"]),
        serves("The bet or outcome that it would serve."),
        Field::new("text", "text", FieldKind::Text, "What they wrote, in their words."),
        Field::new("channel", "channel", FieldKind::Line, "How it came in: form, chat, a call."),
    ];
    fields.extend(triage());
    fields.extend(work());
    Noun {
        kind: Kind::Request,
        letter: "r",
        name: "request",
        plural: "requests",
        what: "Something that somebody asks of you; new until triaged.",
        example: "Deck for Acme renewal from:sam est:2h due:tomorrow",
        states: STATES,
        fields,
        due: Some("wanted_by"),
        columns: &["wanted_by", "state", "from", "estimate"],
    }
}

/// What triage asks and leaves behind.
fn triage() -> [Field; 7] {
    let line = |name, label, help| Field::new(name, label, FieldKind::Line, help);
    [
        line("decision", "improves", "Which decision it is meant to improve."),
        line("signal", "signal", "What will show that it worked."),
        line("reason", "reason", "Why not: the outcome or the intake rule that says so.").by_verb(),
        Field::new("deferred_until", "deferred until", FieldKind::Day, "The day it comes back.")
            .by_verb(),
        Field::new("replied_on", "replied on", FieldKind::PastDay, "The day they were answered.")
            .by_verb(),
        Field::new(
            "asset",
            "became",
            FieldKind::One(&[Kind::Asset]),
            "The work that it became when it was accepted.",
        )
        .by_verb(),
        Field::new("reply", "reply", FieldKind::Text, "What they are answered; yours to edit."),
    ]
}
