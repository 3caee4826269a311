//! What was said in a ritual: of a row, of a line, or of a whole section.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

/// As `ritual::Verdict` and the ends of a section have them.
pub const SAID: &[&str] = &["kept", "answered", "dropped", "added", "done", "skipped"];

#[must_use]
pub fn noun() -> PartNoun {
    let line = |name, label, help| Field::new(name, label, FieldKind::Line, help);
    PartNoun {
        kind: PartKind::Verdict,
        name: "verdict",
        label: "verdict",
        plural: "verdicts",
        table: "verdict",
        what: "What was said of a row, a line or a section.",
        owners: &[Kind::Ritual],
        key: PartKey::Number,
        main: "said",
        entry: Entry::ByVerb,
        finish: Finish::Never,
        fields: vec![
            line("section", "section", "The section that it was said in."),
            line("about", "about", "The row that it was said of."),
            line("text", "text", "The line that it was said of."),
            Field::new("said", "said", FieldKind::Choice(SAID), "What was said."),
            line("words", "words", "What came of it, in words."),
            line("driver", "driver", "Who takes it along."),
        ],
    }
}
