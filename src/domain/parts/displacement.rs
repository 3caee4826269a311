//! What gives way to a request: the item, how much of its time, and from when to when it moves.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

/// Offered in a trade, or moved because the request was accepted.
pub const STANDINGS: &[&str] = &["offered", "moved"];
/// What can give way.
pub const MOVABLE: &[Kind] = &[Kind::Asset, Kind::Decision, Kind::Bet, Kind::Outcome];

#[must_use]
pub fn noun() -> PartNoun {
    let day = |name, label, help| Field::new(name, label, FieldKind::Day, help);
    PartNoun {
        kind: PartKind::Displacement,
        name: "displacement",
        label: "displacement",
        plural: "displaced",
        table: "displacement",
        what: "What gives way to the request, and to when.",
        owners: &[Kind::Request],
        key: PartKey::Field("item"),
        main: "item",
        entry: Entry::ByVerb,
        finish: Finish::Never,
        fields: vec![
            Field::new("item", "item", FieldKind::One(MOVABLE), "What gives way."),
            Field::new("minutes", "minutes", FieldKind::Minutes, "The time that it gives."),
            day("due_from", "due before", "The day it was due."),
            day("due_to", "due now", "The day it is due since."),
            day("moved_to", "moved to", "The first day after the week with time for it."),
            Field::new(
                "standing",
                "standing",
                FieldKind::Choice(STANDINGS),
                "Offered in a trade, or moved.",
            ),
            Field::new("noted_on", "noted on", FieldKind::PastDay, "The day it was noted."),
        ],
    }
}
