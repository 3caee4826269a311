//! What can be said with a verb beside what it asks: `--option`, `--review-on`. Described like the
//! fields of a noun, so that flags and forms read them the same way.

use std::sync::LazyLock;

use super::Verb;
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::nouns::decision::WORKED;
use crate::domain::nouns::escalation::ANSWERS;
use crate::domain::parts::displacement::MOVABLE;

static DECIDE: LazyLock<Vec<Field>> = LazyLock::new(|| {
    vec![
        Field::new(
            "option",
            "option",
            FieldKind::Line,
            "The option, by its letter; else the recommended one.",
        ),
        Field::new(
            "probability",
            "probability",
            FieldKind::Whole { least: 0, most: 100 },
            "How sure you are that it works, in per cent.",
        ),
        Field::new(
            "review_on",
            "review on",
            FieldKind::Day,
            "When to look whether it worked; else in 30 days.",
        ),
        Field::new(
            "override",
            "override",
            FieldKind::Line,
            "Why those who count were not spoken to.",
        ),
        Field::new(
            "override_by",
            "override by",
            FieldKind::Line,
            "Who says so; else you, as the configuration knows you.",
        ),
    ]
});

static REVIEW: LazyLock<Vec<Field>> = LazyLock::new(|| {
    vec![
        Field::new("worked", "worked", FieldKind::Choice(WORKED), "Whether it worked."),
        Field::new("lesson", "lesson", FieldKind::Line, "What we learnt."),
    ]
});

static SUPERSEDE: LazyLock<Vec<Field>> = LazyLock::new(|| {
    vec![Field::new(
        "by",
        "by",
        FieldKind::One(&[Kind::Decision]),
        "A decision that is there already, instead of a new one.",
    )]
});

static ACCEPT: LazyLock<Vec<Field>> = LazyLock::new(|| {
    vec![
        Field::new("signal", "signal", FieldKind::Line, "What will show that it worked."),
        Field::new(
            "displace",
            "displace",
            FieldKind::Many(MOVABLE),
            "What gives way to it: a3,a7.",
        ),
    ]
});

static TRADE: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let what = "What would have to move: a3,a7; else as proposed.";
    vec![Field::new("displace", "displace", FieldKind::Many(MOVABLE), what)]
});

static SEND: LazyLock<Vec<Field>> =
    LazyLock::new(|| vec![Field::new("to", "to", FieldKind::Line, "Who is asked.")]);

static ANSWER: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let what = "What was granted: capacity, scope, or accepted.";
    vec![Field::new("kind", "kind", FieldKind::Choice(ANSWERS), what)]
});

static SHIP: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let why = "Why a narrative ships although something critical under it is not tested.";
    vec![
        Field::new("on", "on", FieldKind::PastDay, "The day it shipped, when not today."),
        Field::new("override", "override", FieldKind::Line, why),
        Field::new(
            "override_by",
            "override by",
            FieldKind::Line,
            "Who says so; else you, as the configuration knows you.",
        ),
    ]
});

static TICK: LazyLock<Vec<Field>> = LazyLock::new(|| {
    vec![Field::new(
        "override",
        "override",
        FieldKind::Line,
        "Why it is done all the same, while its exit criteria do not hold.",
    )]
});

pub(super) fn of(verb: Verb) -> &'static [Field] {
    match verb {
        Verb::Decide => &DECIDE,
        Verb::Review => &REVIEW,
        Verb::Supersede => &SUPERSEDE,
        Verb::Accept => &ACCEPT,
        Verb::Trade => &TRADE,
        Verb::Send => &SEND,
        Verb::Answer => &ANSWER,
        Verb::Ship => &SHIP,
        Verb::Tick => &TICK,
        Verb::Complete
        | Verb::Defer
        | Verb::Drop
        | Verb::Reopen
        | Verb::Challenge
        | Verb::Reshape
        | Verb::Deprioritise
        | Verb::Retire
        | Verb::Escalate
        | Verb::Keep
        | Verb::Break
        | Verb::Decline
        | Verb::SelfServe
        | Verb::Fulfil
        | Verb::Miss
        | Verb::Finish
        | Verb::Activate
        | Verb::Kill
        | Verb::Carry
        | Verb::Wait => &[],
    }
}
