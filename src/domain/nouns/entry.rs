//! An entry: time that was spent, on a day, in a band. Unclassified until somebody says.

use super::{band, mode, state, tags, title, when, who};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[State::open("logged")];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![title("entry", "What the time went into, in a line."), state("logged")];
    fields.extend(when(FieldKind::PastDay));
    fields.extend([band("What the time was: strategic, execution, reactive, off."), mode()]);
    fields.extend(who("Who spent it; you, unless said."));
    fields.push(tags());
    fields.push(
        Field::new("note", "note", FieldKind::Text, "Markdown; E opens your editor.").shared(),
    );
    Noun {
        kind: Kind::Entry,
        letter: 't',
        name: "entry",
        plural: "entries",
        what: "Time that was spent: a day, how long, and in which band.",
        example: "Deal desk on:mon at:09:30 est:40m band:r",
        states: STATES,
        fields,
        due: None,
        columns: &["on", "at", "minutes", "band", "for"],
    }
}
