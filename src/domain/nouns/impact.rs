//! A line of the impact ledger: what changed in the business because of this work, by how much, and
//! which decision or asset is behind it.

use super::{state, tags, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

pub const KINDS: &[&str] =
    &["revenue", "pipeline", "win", "margin", "cycle", "adoption", "perception", "roadmap"];

const STATES: &[State] = &[State::open("logged"), State::closed("withdrawn")];
const METRICS: &[Kind] = &[Kind::Metric];
const WORK: &[Kind] = &[Kind::Decision, Kind::Asset, Kind::Artefact];
const STRATEGY: &[Kind] = &[Kind::Outcome, Kind::Bet];
const DEALS: &[Kind] = &[Kind::Deal];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("what changed", "What is different in the business, in one sentence."),
        state("logged"),
        Field::new("kind", "kind", FieldKind::Choice(KINDS), "What it is a change of."),
    ];
    fields.extend(size());
    fields.extend(behind());
    fields.extend([
        tags(),
        Field::new("link", "link", FieldKind::Url, "Where it can be seen.").shared(),
        Field::new("note", "note", FieldKind::Text, "Markdown; E opens your editor.").shared(),
    ]);
    Noun {
        kind: Kind::Impact,
        letter: "v",
        name: "impact",
        plural: "impacts",
        what: "What changed in the business because of this work.",
        example: "Aurora Bank signed after the rollout page kind:revenue amount:125000 currency:EUR",
        states: STATES,
        fields,
        due: None,
        columns: &["kind", "amount", "currency", "before", "after", "happened_on"],
    }
}

/// How large it is, and when it was.
fn size() -> [Field; 6] {
    [
        Field::new("amount", "amount", FieldKind::Real, "How much, where it is money."),
        Field::new("currency", "currency", FieldKind::Line, "The currency of the amount: EUR."),
        Field::new("metric", "metric", FieldKind::One(METRICS), "The metric that moved."),
        Field::new("before", "before", FieldKind::Real, "Where it stood before."),
        Field::new("after", "after", FieldKind::Real, "Where it stood after."),
        Field::new("happened_on", "on", FieldKind::PastDay, "The day; today, unless said.")
            .aliases(&["on"]),
    ]
}

/// What is behind it.
fn behind() -> [Field; 4] {
    [
        Field::new(
            "contribution",
            "contribution",
            FieldKind::Line,
            "What product marketing did for it.",
        ),
        Field::new(
            "work",
            "because of",
            FieldKind::One(WORK),
            "The decision, asset or artefact that is behind it.",
        )
        .aliases(&["because", "by"]),
        Field::new(
            "deal",
            "deal",
            FieldKind::One(DEALS),
            "The deal; it counts for revenue and pipeline contribution.",
        ),
        Field::new("for", "serves", FieldKind::One(STRATEGY), "The outcome or bet it serves.")
            .shared(),
    ]
}
