//! An escalation: the memo that asks for capacity, scope or an accepted slip when reactive work has
//! been above its limit for weeks. The rule itself is `domain/week/escalation.rs`.

use super::{PEOPLE, state, tags, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

/// What an answer can be.
pub const ANSWERS: &[&str] = &["capacity", "scope", "accepted"];

/// Words that people answer with, and what they grant.
const MEANT: [(&str, &str); 7] = [
    ("capacity", "capacity"),
    ("scope", "scope"),
    ("accepted", "accepted"),
    ("accept", "accepted"),
    ("accepts", "accepted"),
    ("slip", "accepted"),
    ("risk", "accepted"),
];

/// What was granted, where an answer begins with it, and the answer in words without a word that
/// says no more than that: `scope: no decks`, `accepted`, `slip until June`.
#[must_use]
pub fn granted(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim();
    let end = line.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let (said, granted) = MEANT.iter().find(|(said, _)| word.eq_ignore_ascii_case(said))?;
    let rest = rest.trim_start_matches([' ', ',', ':', ';', '.', '–', '—', '-']).trim();
    Some((granted, if said == granted || rest.is_empty() { rest } else { line }))
}

const STATES: &[State] = &[
    State::open("draft"),
    State::open("sent").by_verb(),
    State::closed("answered").by_verb(),
    State::closed("closed").by_verb(),
];

#[must_use]
pub fn noun() -> Noun {
    let past = |name, label, help| Field::new(name, label, FieldKind::PastDay, help).by_verb();
    Noun {
        kind: Kind::Escalation,
        letter: "x",
        name: "escalation",
        plural: "escalations",
        what: "Overload raised with options: capacity, scope or an accepted slip.",
        example: "Reactive work above its limit due:+7d to:Dana",
        states: STATES,
        fields: vec![
            title("escalation", "What is raised, in a line."),
            state("draft"),
            Field::new("needed_by", "needed by", FieldKind::Day, "The day an answer is needed.")
                .aliases(&["due"]),
            Field::new("to", "to", FieldKind::Line, "Who is asked."),
            Field::new("weeks", "weeks", FieldKind::Line, "The weeks in breach that it is about.")
                .by_verb(),
            Field::new(
                "person",
                "person",
                FieldKind::One(PEOPLE),
                "Whose load it is; yours, unless said.",
            ),
            past("sent_on", "sent on", "The day it was sent."),
            Field::new(
                "answer",
                "answer",
                FieldKind::Choice(ANSWERS),
                "Capacity, scope, or the slip is accepted.",
            )
            .by_verb(),
            Field::new("answer_note", "answer in words", FieldKind::Line, "What was said.")
                .by_verb(),
            past(
                "closed_on",
                "closed on",
                "The day it was over: answered, or two weeks were clear.",
            ),
            tags(),
            Field::new("link", "link", FieldKind::Url, "Where the talk about it lives.").shared(),
            Field::new("memo", "memo", FieldKind::Text, "The memo; yours to edit.")
                .aliases(&["reply"]),
            Field::new("note", "note", FieldKind::Text, "Markdown; E opens your editor.").shared(),
        ],
        due: Some("needed_by"),
        columns: &["needed_by", "state", "to", "answer"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_in_its_first_word_what_it_grants() {
        for (line, expected) in [
            ("accepted", Some(("accepted", ""))),
            (" Capacity: one more from June ", Some(("capacity", "one more from June"))),
            ("scope, no decks", Some(("scope", "no decks"))),
            ("slip until June", Some(("accepted", "slip until June"))),
            ("accepted risk", Some(("accepted", "risk"))),
            ("Accept", Some(("accepted", ""))),
            ("from July", None),
            ("scoped down", None),
            ("", None),
        ] {
            assert_eq!(granted(line), expected, "{line}");
        }
    }
}
