//! An experiment: what is tried, on which metric, with how large a sample and until when.

use super::{kept, state, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[
    State::open("planned"),
    State::open("running"),
    State::closed("done"),
    State::closed("stopped"),
];

#[must_use]
pub fn noun() -> Noun {
    let sample = FieldKind::Whole { least: 1, most: 1_000_000_000 };
    let mut fields = vec![
        title("hypothesis", "What you expect to happen, and why."),
        state("planned"),
        Field::new("change", "change", FieldKind::Line, "What is done differently."),
        Field::new("metric", "metric", FieldKind::One(&[Kind::Metric]), "What it should move."),
        Field::new("minimum_sample", "sample", sample, "How many at least.")
            .aliases(&["sample", "n"]),
        Field::new("starts_on", "starts on", FieldKind::PastDay, "The day it began.")
            .aliases(&["starts"]),
        Field::new("stops_on", "stops on", FieldKind::Day, "The day before which nothing is read.")
            .aliases(&["stops", "due"]),
        Field::new("claim", "claim", FieldKind::One(&[Kind::Claim]), "The claim that it tests."),
        Field::new("result", "result", FieldKind::Line, "What came out."),
        Field::new("learning", "learning", FieldKind::Line, "What is known now."),
    ];
    fields.extend(kept());
    Noun {
        kind: Kind::Experiment,
        letter: "exp",
        name: "experiment",
        plural: "experiments",
        what: "Something tried with a hypothesis, a least sample and a day on which it is read.",
        example: "Naming the rollout week lifts demo requests metric:conversion sample:400 stops:+3w",
        states: STATES,
        fields,
        due: Some("stops_on"),
        columns: &["stops_on", "state", "metric", "minimum_sample", "owner"],
    }
}
