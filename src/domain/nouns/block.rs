//! A block: time that is planned, on a day, in a band. What really happened is an entry.

use super::{band, mode, state, tags, title, when, who};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[State::open("planned"), State::closed("done"), State::closed("dropped")];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![title("block", "What the time is for, in a line."), state("planned")];
    fields.extend(when(FieldKind::Day));
    fields.extend([band("What the time is for: strategic, execution or reactive."), mode()]);
    fields.extend(who("Who is to spend it; you, unless said."));
    fields.push(tags());
    fields.push(
        Field::new("note", "note", FieldKind::Text, "Markdown; E opens your editor.").shared(),
    );
    Noun {
        kind: Kind::Block,
        letter: 'k',
        name: "block",
        plural: "blocks",
        what: "Time that is planned: a day, a time, how long, and in which band.",
        example: "Segment memo on:tue at:09:00 est:90m band:s",
        states: STATES,
        fields,
        due: None,
        columns: &["on", "at", "minutes", "band", "for", "state"],
    }
}
