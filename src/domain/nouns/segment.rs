//! A segment: who exactly, in which workflow, with which problem, and what it is worth.

use super::{YES_NO, kept, state, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

/// Who says what a segment is worth.
pub const SOURCES: &[&str] = &["finance", "estimate"];
/// What says who is meant; a change of one of these keeps the wording before it.
pub const DEFINED_BY: &[&str] = &["title", "who", "workflow", "problem"];

const STATES: &[State] = &[State::open("active"), State::closed("retired")];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("segment", "What it is called, in a few words."),
        state("active"),
        Field::new("who", "who", FieldKind::Line, "Who exactly: roles, firms, sizes."),
        Field::new("workflow", "workflow", FieldKind::Line, "In the middle of which work."),
        Field::new("problem", "problem", FieldKind::Line, "With which problem."),
        Field::new("size", "size", FieldKind::Real, "How many there are."),
        Field::new("size_unit", "size in", FieldKind::Line, "Of what: accounts, seats, EUR."),
        Field::new(
            "priority_segment",
            "priority",
            FieldKind::Choice(YES_NO),
            "Whether it is one of few.",
        )
        .aliases(&["focus"]),
    ];
    fields.extend(worth());
    fields.extend([
        Field::new(
            "reviewed_on",
            "reviewed on",
            FieldKind::PastDay,
            "The day it was last looked at.",
        )
        .aliases(&["reviewed"]),
        Field::new("review_on", "review on", FieldKind::Day, "The day to look at it again.")
            .aliases(&["review", "due"]),
    ]);
    fields.extend(kept());
    Noun {
        kind: Kind::Segment,
        letter: "g",
        name: "segment",
        plural: "segments",
        what: "Who exactly you are for, in which workflow, with which problem.",
        example: "Regulated lenders who:\"heads of credit, 50 to 500\" problem:\"late covenant reports\"",
        states: STATES,
        fields,
        due: Some("review_on"),
        columns: &["problem", "priority_segment", "ltv", "review_on", "state"],
    }
}

/// What it is worth, and who says so.
fn worth() -> [Field; 6] {
    [
        Field::new(
            "retention",
            "retention",
            FieldKind::Real,
            "Still customers after a year, in %.",
        ),
        Field::new("asp", "average price", FieldKind::Real, "What one pays in a year."),
        Field::new("ltv", "lifetime value", FieldKind::Real, "What one is worth in all."),
        Field::new("currency", "currency", FieldKind::Line, "The currency of both: EUR."),
        Field::new(
            "value_source",
            "value by",
            FieldKind::Choice(SOURCES),
            "Who says what it is worth: finance, or an estimate.",
        ),
        Field::new("margin", "margin", FieldKind::Line, "What serving it costs, in words."),
    ]
}
