//! A conversation with a customer or prospect: logged with the objections that came up, and without
//! any just the same.

use super::{PEOPLE, STAGES, YES_NO, account, kept, segment, state, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

pub const KINDS: &[&str] =
    &["call", "interview", "demo", "win-loss", "support", "campaign", "email", "other"];

const STATES: &[State] = &[State::open("logged"), State::closed("retired")];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("conversation", "What it was about."),
        state("logged"),
        Field::new("kind", "kind", FieldKind::Choice(KINDS), "What sort of conversation it was.")
            .default("call")
            .aliases(&["type"]),
        Field::new(
            "held_on",
            "held on",
            FieldKind::PastDay,
            "The day it was held; today, unless said.",
        )
        .aliases(&["on", "held", "date"]),
        account("With whom: the customer or prospect."),
        segment("The segment that they are in."),
        Field::new("stage", "stage", FieldKind::Choice(STAGES), "The buying stage they were at."),
        Field::new(
            "late",
            "late",
            FieldKind::Choice(YES_NO),
            "Whether the deal was late; proposal and negotiation are, unless said.",
        ),
        Field::new("rep", "rep", FieldKind::One(PEOPLE), "Who spoke with them."),
        Field::new(
            "objections",
            "objections",
            FieldKind::Many(&[Kind::Objection]),
            "What they held against it; none is worth logging too.",
        )
        .edge_out("raised")
        .aliases(&["objection"]),
    ];
    fields.extend(kept());
    Noun {
        kind: Kind::Conversation,
        letter: "n",
        name: "conversation",
        plural: "conversations",
        what: "A call or a meeting with a customer, with the objections raised, or with none.",
        example: "Security review with Acme acct:Acme stage:proposal objection:rollout",
        states: STATES,
        fields,
        due: None,
        columns: &["account", "stage", "objections", "rep", "held_on"],
    }
}
