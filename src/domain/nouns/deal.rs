//! A deal as a CRM tells it: what it is worth, where it stands, which stages it came through. Win
//! rate, sales cycle and where deals stall are counted on deals and never stored.

use super::{state, tags, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

pub const BUSINESS: &[&str] = &["new", "expansion"];

const STATES: &[State] = &[State::open("open"), State::closed("won"), State::closed("lost")];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![title("deal", "What the deal is called."), state("open")];
    fields.extend(whose());
    fields.extend(course());
    fields.extend([
        tags(),
        Field::new("link", "link", FieldKind::Url, "Where the deal itself lives.").shared(),
        Field::new("note", "note", FieldKind::Text, "Markdown; E opens your editor.").shared(),
    ]);
    Noun {
        kind: Kind::Deal,
        letter: "h",
        name: "deal",
        plural: "deals",
        what: "What could be sold, to whom, and how it ended; deal import brings them in.",
        example: "Northgate Freight, rollout amount:48000 currency:EUR seg:mid-market",
        states: STATES,
        fields,
        due: None,
        columns: &["account", "amount", "state", "closed_on", "stage", "segment"],
    }
}

/// With whom, and what it is worth.
fn whose() -> [Field; 8] {
    [
        Field::new("account", "account", FieldKind::Line, "With whom.").aliases(&["acct"]),
        Field::new("segment", "segment", FieldKind::Line, "The segment of the account.")
            .aliases(&["seg"]),
        Field::new("seller", "seller", FieldKind::Line, "Who sells it, as the CRM says.")
            .aliases(&["rep"]),
        Field::new("amount", "amount", FieldKind::Real, "What it is worth, in whole units."),
        Field::new("currency", "currency", FieldKind::Line, "The currency of the amount: EUR."),
        Field::new("business", "type", FieldKind::Choice(BUSINESS), "New business or expansion.")
            .aliases(&["type"]),
        Field::new("competitor", "rival", FieldKind::Line, "The rival that was named.")
            .aliases(&["rival"]),
        Field::new(
            "contribution",
            "contribution",
            FieldKind::Line,
            "What product marketing put into it; it counts for revenue and pipeline contribution.",
        ),
    ]
}

/// How it goes.
fn course() -> [Field; 6] {
    [
        Field::new("created_on", "created", FieldKind::PastDay, "The day on which it came up.")
            .aliases(&["created"]),
        Field::new(
            "closed_on",
            "closes",
            FieldKind::PastDay,
            "The day on which it ended; of an open one, when somebody hopes so.",
        )
        .aliases(&["closed", "close"]),
        Field::new("stage", "stage", FieldKind::Line, "The stage in which it stands."),
        Field::new("pipeline", "pipeline", FieldKind::Line, "The pipeline that it belongs to."),
        Field::new("reason", "reason", FieldKind::Line, "Why it was won or lost."),
        Field::new("stages", "stages", FieldKind::Text, "The stages it came into, a day a line.")
            .by_verb(),
    ]
}
