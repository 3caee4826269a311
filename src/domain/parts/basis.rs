//! What a decision rests on. The instant of the link is kept, since what is linked after deciding
//! never counts (I10).

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::nouns::YES_NO;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

const BASES: &[Kind] = &[Kind::Evidence, Kind::Insight, Kind::Claim];
pub const POLARITIES: &[&str] = &["for", "against", "neutral"];
const OPTIONS: &[&str] = &["a", "b", "c"];

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Basis,
        name: "basis",
        label: "basis",
        plural: "rests_on",
        table: "basis",
        what: "What it rests on: evidence, an insight or a claim, and when that was linked.",
        owners: &[Kind::Decision],
        key: PartKey::Field("item"),
        main: "item",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new(
                "item",
                "rests on",
                FieldKind::One(BASES),
                "The evidence, insight or claim.",
            ),
            Field::new(
                "polarity",
                "speaks",
                FieldKind::Choice(POLARITIES),
                "For what is decided, against it, or neither.",
            )
            .default("for"),
            Field::new(
                "option",
                "option",
                FieldKind::Choice(OPTIONS),
                "The option that it speaks of; none is the question.",
            ),
            Field::new(
                "linked_at",
                "linked at",
                FieldKind::Line,
                "The instant of the link; what is linked after deciding never counts.",
            )
            .by_verb(),
            Field::new(
                "late",
                "after deciding",
                FieldKind::Choice(YES_NO),
                "Whether it was linked when the decision had been taken already.",
            )
            .by_verb(),
            Field::new("note", "note", FieldKind::Line, "What it says here."),
        ],
    }
}
