//! The one short piece of thinking that ships each week. What must stand in it before it ships is
//! said in `domain/artefact.rs`.

use super::{PEOPLE, serves, state, title, work};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

/// The slugs of `domain::artefact::ArtefactKind`, held together by a test.
pub const KINDS: &[&str] =
    &["segment-hypothesis", "messaging-gap", "launch-risk", "narrative-update", "decision-memo"];

const STATES: &[State] = &[State::open("draft"), State::closed("shipped").by_verb()];
/// What its text can be filled from.
const ABOUT: &[Kind] = &[
    Kind::Decision,
    Kind::Outcome,
    Kind::Bet,
    Kind::Asset,
    Kind::Request,
    Kind::Milestone,
    Kind::Segment,
    Kind::Claim,
    Kind::Insight,
    Kind::Objection,
];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("title", "What it says, in a line."),
        state("draft"),
        Field::new("kind", "kind", FieldKind::Choice(KINDS), "What sort of thinking it is."),
        Field::new(
            "week",
            "week",
            FieldKind::Line,
            "The week whose slot it is for: 2026-W19, this or next.",
        ),
        Field::new(
            "expected_impact",
            "expected impact",
            FieldKind::Line,
            "One plain sentence: which metric, in which segment, by how much, by when.",
        )
        .aliases(&["impact"]),
        Field::new(
            "about",
            "about",
            FieldKind::One(ABOUT),
            "What its text is filled from, such as the decision of a memo.",
        ),
        Field::new(
            "claims",
            "claims",
            FieldKind::Many(&[Kind::Claim]),
            "What it stands on; critical ones are tested before a narrative ships.",
        )
        .edge_out("stands")
        .aliases(&["stands"]),
        serves("The bet or outcome that it serves."),
        Field::new("audiences", "audiences", FieldKind::Line, "Whom it is written for."),
        Field::new("reached", "reached", FieldKind::Many(PEOPLE), "Who has read or heard it.")
            .edge_out("informed"),
        Field::new(
            "cited_by",
            "cited by",
            FieldKind::Many(&[Kind::Decision, Kind::Asset]),
            "What refers to it.",
        )
        .edge_in("cites"),
        Field::new("shipped_on", "shipped on", FieldKind::PastDay, "The day it shipped.").by_verb(),
        Field::new("body", "text", FieldKind::Text, "The text itself, in Markdown.")
            .aliases(&["text"]),
    ];
    fields.extend(work());
    Noun {
        kind: Kind::Artefact,
        letter: "f",
        name: "artefact",
        plural: "artefacts",
        what: "One short piece of visible thinking, shipped every week.",
        example: "Rollout fear, not features kind:narrative-update for:o1",
        states: STATES,
        fields,
        due: None,
        columns: &["week", "state", "kind", "shipped_on", "owner"],
    }
}

#[cfg(test)]
mod tests {
    use super::KINDS;
    use crate::domain::artefact::ArtefactKind;

    #[test]
    fn the_kinds_are_those_that_have_templates() {
        let slugs: Vec<&str> = ArtefactKind::ALL.iter().map(|kind| kind.slug()).collect();
        assert_eq!(slugs, KINDS);
    }
}
