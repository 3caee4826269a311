//! Somebody who owns, approves, asks or is asked.

use super::{FUNCTIONS, state, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

pub const ROLES: &[&str] = &["pmm", "pm", "sales", "growth", "cs", "leader", "other"];
pub const ALIGNMENTS: &[&str] = &["product", "sales", "balanced"];

const STATES: &[State] = &[State::open("active"), State::closed("retired")];

#[must_use]
pub fn noun() -> Noun {
    let fields = vec![
        title("name", "What they are called; names are unique.").aliases(&["name"]),
        state("active"),
        Field::new("role", "role", FieldKind::Choice(ROLES), "What they do."),
        Field::new(
            "alignment",
            "alignment",
            FieldKind::Choice(ALIGNMENTS),
            "Which side they stand nearer to.",
        ),
        Field::new(
            "function",
            "function",
            FieldKind::Choice(FUNCTIONS),
            "The function they speak for.",
        ),
        Field::new(
            "influence",
            "influence",
            FieldKind::Whole { least: 1, most: 3 },
            "How much hangs on them: 3 decides, 2 is heard, 1 is told.",
        ),
        Field::new(
            "weekly_minutes",
            "weekly minutes",
            FieldKind::Minutes,
            "Working time a week: 40h unless set.",
        )
        .default("2400"),
        Field::new("email", "e-mail", FieldKind::Line, "How trackers name them."),
        Field::new("tags", "tags", FieldKind::Tags, "Words to find them by.").aliases(&["tag"]),
        Field::new("link", "link", FieldKind::Url, "Where to find them.").shared(),
        Field::new("note", "note", FieldKind::Text, "Markdown; E opens your editor.").shared(),
    ];
    Noun {
        kind: Kind::Person,
        letter: "u",
        name: "person",
        plural: "people",
        what: "Somebody who owns, approves, asks or is asked.",
        example: "Dana role:leader",
        states: STATES,
        fields,
        due: None,
        columns: &["role", "alignment", "function", "state"],
    }
}
