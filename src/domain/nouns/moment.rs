//! A moment at which reps lose control of a deal, with what shows it and the tool that fixes it.

use super::{STAGES, kept, state, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[State::open("open"), State::closed("fixed")];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("moment", "What happens when the deal slips away."),
        state("open"),
        Field::new("stage", "stage", FieldKind::Choice(STAGES), "The stage at which it happens."),
        Field::new(
            "objection",
            "objection",
            FieldKind::One(&[Kind::Objection]),
            "The objection that opens it.",
        ),
        Field::new("evidence", "shown by", FieldKind::Many(&[Kind::Evidence]), "What shows it.")
            .edge_out("seen")
            .aliases(&["by"]),
        Field::new("tool", "tool", FieldKind::One(&[Kind::Asset]), "The asset that fixes it."),
    ];
    fields.extend(kept());
    Noun {
        kind: Kind::Moment,
        letter: "mom",
        name: "moment",
        plural: "moments",
        what: "The moment at which a deal slips away, and the tool that fixes it.",
        example: "Security asks for the rollout plan and there is none stage:proposal tool:a4",
        states: STATES,
        fields,
        due: None,
        columns: &["stage", "objection", "tool", "state"],
    }
}
