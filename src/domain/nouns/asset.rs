//! An asset to produce. It hangs on a bet or an outcome, or it is unlinked and gets challenged.

use super::{BANDS, STAGES, blocked_by, blocks, serves, state, title, work};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

pub const KINDS: &[&str] = &[
    "deck",
    "battlecard",
    "one-pager",
    "page",
    "email",
    "demo",
    "case-study",
    "messaging",
    "launch-plan",
    "competitive-narrative",
    "enablement",
    "other",
];
pub const MODES: &[&str] = &["experiment", "iterate", "apply"];
pub const ORIGINS: &[&str] = &["self-initiated", "requested", "recurring"];
/// What can be said to an asset that serves no outcome.
pub const VERDICTS: &[&str] = &["challenge", "reshape", "deprioritise"];

const STATES: &[State] = &[
    State::open("idea"),
    State::open("planned"),
    State::open("doing"),
    State::open("review"),
    State::closed("shipped"),
    State::closed("in-use"),
    State::closed("retired"),
];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("asset", "What is to be made."),
        state("idea"),
        Field::new("due", "due", FieldKind::Day, "The day it is due."),
        Field::new("kind", "kind", FieldKind::Choice(KINDS), "What sort of asset it is."),
        serves("The bet or outcome that it serves."),
        Field::new("audience", "audience", FieldKind::Line, "Who it is for."),
        Field::new("stage", "stage", FieldKind::Choice(STAGES), "The buying stage that it serves."),
        Field::new("objection", "objection", FieldKind::Line, "The objection that it answers."),
        Field::new("estimate", "estimate", FieldKind::Minutes, "Time it will take: 2h, 90m.")
            .aliases(&["est"]),
        Field::new(
            "band",
            "band",
            FieldKind::Choice(BANDS),
            "The impact band of the time spent on it.",
        ),
        Field::new("mode", "mode", FieldKind::Choice(MODES), "Experiment, iterate or apply."),
        Field::new("origin", "origin", FieldKind::Choice(ORIGINS), "Whose idea it was."),
        blocked_by(),
        blocks(),
        Field::new("shipped_on", "shipped on", FieldKind::PastDay, "The day it shipped.").by_verb(),
        Field::new(
            "verdict",
            "verdict",
            FieldKind::Choice(VERDICTS),
            "What was said to it while it served no outcome.",
        )
        .by_verb(),
        Field::new("verdict_note", "verdict note", FieldKind::Line, "Why, in one line.").by_verb(),
    ];
    fields.extend(work());
    Noun {
        kind: Kind::Asset,
        letter: "a",
        name: "asset",
        plural: "assets",
        what: "Something to make, because a bet needs it.",
        example: "Battlecard vs Rivo kind:battlecard by:d1 est:3h due:fri",
        states: STATES,
        fields,
        due: Some("due"),
        columns: &["due", "state", "for", "owner", "kind", "estimate"],
    }
}
