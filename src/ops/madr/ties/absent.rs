//! What a record is tied to and is not here, as the note keeps it: a paragraph each, written so that it
//! is told as a tie again when the decision goes out.

use super::{EVIDENCE, FIELDS, TIES, field};
use crate::domain::item::Ref;
use crate::exchange::madr::MadrTold;

/// What stands before a piece of evidence.
const RESTS: &str = "Rests on";

/// `Serves: b1 Sell certainty`.
pub(super) fn tie(label: &str, reference: &str, title: &str) -> String {
    format!("{}: {reference} {title}", capital(label))
}

/// `Rests on: e3 Nobody asks (speaks: for; note: in passing)`.
pub(super) fn piece(told: &MadrTold) -> String {
    let rest: Vec<String> =
        told.rest.iter().map(|(label, words)| format!("{label}: {words}")).collect();
    format!("{RESTS}: {} ({})", told.head.replacen(": ", " ", 1), rest.join("; "))
}

/// A note without such paragraphs, and what they tell.
pub(in super::super) fn parted(note: &str) -> (String, Vec<MadrTold>) {
    let mut told = Vec::new();
    let mut own = Vec::new();
    for paragraph in note.split("\n\n") {
        match read(paragraph) {
            Some(one) => told.push(one),
            None => own.push(paragraph),
        }
    }
    (own.join("\n\n"), told)
}

fn read(paragraph: &str) -> Option<MadrTold> {
    let (label, rest) = paragraph.split_once(": ").filter(|_| !paragraph.contains('\n'))?;
    let (reference, title) = rest.split_once(' ')?;
    Ref::parse(reference)?;
    if label == RESTS {
        let (title, said) = title.strip_suffix(')')?.rsplit_once(" (speaks: ")?;
        return Some(MadrTold {
            section: EVIDENCE.to_owned(),
            head: format!("{reference}: {title}"),
            rest: pairs(&format!("speaks: {said}")),
        });
    }
    let head = FIELDS.iter().map(|name| field(name).label).find(|own| capital(own) == label)?;
    Some(MadrTold {
        section: TIES.to_owned(),
        head: head.to_owned(),
        rest: vec![(reference.to_owned(), title.to_owned())],
    })
}

/// `speaks: for; note: one; two`: what begins no other word goes on with the one before.
fn pairs(said: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for piece in said.split("; ") {
        match (piece.split_once(": "), all.last_mut()) {
            (Some((label, words)), _) => all.push((label.to_owned(), words.to_owned())),
            (None, Some((_, words))) => words.extend(["; ", piece]),
            (None, None) => {}
        }
    }
    all
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_note_keeps_is_told_again_and_the_rest_stays_a_note() {
        let words = |text: &str| text.to_owned();
        let evidence = MadrTold {
            section: words(EVIDENCE),
            head: words("e3: Nobody asks (yet): so far"),
            rest: vec![
                (words("speaks"), words("against")),
                (words("note"), words("in passing; twice")),
            ],
        };
        let label = field("for").label;
        let kept = tie(label, "b1", "Sell certainty");
        let note = format!("See: the calls.\n\n{kept}\n\n{}\n\nServes: no ref", piece(&evidence));
        let (own, told) = parted(&note);
        assert_eq!(own, "See: the calls.\n\nServes: no ref");
        assert_eq!(told[0].head, label);
        assert_eq!(told[0].rest, [(words("b1"), words("Sell certainty"))]);
        assert_eq!(told[1], evidence);
    }
}
