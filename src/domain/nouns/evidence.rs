//! A piece of evidence: what somebody said or did, tagged by segment and stage, for and against
//! claims. What a heap of it is worth is said in `domain/evidence`.

use super::{STAGES, account, kept, segment, segment_unknown, state, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

/// The slugs of `domain::evidence::EvidenceKind`, held together by a test.
pub const KINDS: &[&str] = &[
    "quote",
    "call",
    "interview",
    "deal",
    "ticket",
    "metric",
    "survey",
    "analyst",
    "competitor",
    "opinion",
];
pub const CLASSES: &[&str] = &["user", "market"];

const STATES: &[State] = &[
    State::open("untagged").following(),
    State::open("tagged").following(),
    State::closed("retired"),
];
const CLAIMS: &[Kind] = &[Kind::Claim];

#[must_use]
pub fn noun() -> Noun {
    let strength = FieldKind::Whole { least: 0, most: 3 };
    let mut fields = vec![
        title("evidence", "What was said or seen, in their words."),
        state("untagged"),
        Field::new("kind", "kind", FieldKind::Choice(KINDS), "Where it comes from.")
            .default("quote")
            .aliases(&["type"]),
        Field::new("class", "class", FieldKind::Choice(CLASSES), "About the user, or the market."),
        segment("Whom it comes from; unknown when nobody can say."),
        segment_unknown(),
        Field::new("stage", "stage", FieldKind::Choice(STAGES), "The buying stage; or unknown."),
        account("Whose voice it is: the customer or prospect."),
        Field::new("strength", "strength", strength, "How much it proves, 0 to 3."),
        Field::new("supports", "for", FieldKind::Many(CLAIMS), "The claims that it speaks for.")
            .edge_out("supports")
            .aliases(&["for"]),
        Field::new("against", "against", FieldKind::Many(CLAIMS), "The claims it speaks against.")
            .edge_out("against"),
        Field::new("beside", "beside", FieldKind::Many(CLAIMS), "Claims it says nothing clear of.")
            .edge_out("beside"),
        Field::new(
            "insights",
            "insights",
            FieldKind::Many(&[Kind::Insight]),
            "The insights that it is part of.",
        )
        .edge_in("shows")
        .aliases(&["insight"]),
        Field::new(
            "conversation",
            "conversation",
            FieldKind::One(&[Kind::Conversation]),
            "The conversation in which it was heard.",
        )
        .aliases(&["heard"]),
        Field::new(
            "observed_on",
            "observed on",
            FieldKind::PastDay,
            "The day it was said or seen.",
        )
        .aliases(&["on", "observed"]),
        Field::new("captured_on", "captured on", FieldKind::PastDay, "The day you wrote it down.")
            .aliases(&["captured"]),
        Field::new("text", "text", FieldKind::Text, "All of it, where a line is too short."),
    ];
    fields.extend(kept());
    Noun {
        kind: Kind::Evidence,
        letter: "e",
        name: "evidence",
        plural: "evidence",
        what: "What somebody said or did, by segment and buying stage, for or against a claim.",
        example: "IT fears rollout seg:mid stage:proposal acct:Acme",
        states: STATES,
        fields,
        due: None,
        columns: &["segment", "stage", "kind", "account", "observed_on"],
    }
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, KINDS};
    use crate::domain::evidence::{Class, EvidenceKind};

    #[test]
    fn the_kinds_and_classes_are_those_of_the_figures() {
        let kinds: Vec<&str> = EvidenceKind::ALL.iter().map(|kind| kind.slug()).collect();
        let classes: Vec<&str> = Class::ALL.iter().map(|class| class.slug()).collect();
        assert_eq!((kinds.as_slice(), classes.as_slice()), (KINDS, CLASSES));
    }
}
