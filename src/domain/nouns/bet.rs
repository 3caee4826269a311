//! A bet: what is done to move an outcome, and the signal that will prove it.

use super::{serves, state, title, work};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

pub const LEVERS: &[&str] = &["messaging", "sales-story", "positioning", "content", "other"];

const STATES: &[State] = &[
    State::open("proposed"),
    State::open("running"),
    State::closed("won"),
    State::closed("lost"),
    State::closed("inconclusive"),
    State::closed("stopped"),
];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("bet", "What is done, in a line."),
        state("proposed"),
        serves("The outcome that it moves."),
        Field::new("hypothesis", "hypothesis", FieldKind::Text, "Why it should move the outcome."),
        Field::new(
            "improves",
            "improves",
            FieldKind::One(&[Kind::Decision]),
            "The decision that it improves.",
        ),
        Field::new("signal", "signal", FieldKind::Line, "The signal that will prove it."),
        Field::new("lever", "lever", FieldKind::Choice(LEVERS), "What it pulls on."),
        Field::new(
            "confidence",
            "confidence",
            FieldKind::Whole { least: 0, most: 100 },
            "How sure you are, in per cent.",
        ),
        Field::new("kill_on", "kill on", FieldKind::Day, "The day it ends unless it works.")
            .aliases(&["due", "kill"]),
    ];
    fields.extend(work());
    let serves = fields.iter_mut().find(|field| field.name == "for");
    if let Some(serves) = serves {
        serves.kind = FieldKind::One(&[Kind::Outcome]);
    }
    Noun {
        kind: Kind::Bet,
        letter: "b",
        name: "bet",
        plural: "bets",
        what: "What you do to move an outcome, and the signal that will prove it.",
        example: "Lead with rollout proof for:o1 signal:\"stage progression after demo\" confidence:60",
        states: STATES,
        fields,
        due: Some("kill_on"),
        columns: &["for", "state", "confidence", "kill_on", "owner"],
    }
}
