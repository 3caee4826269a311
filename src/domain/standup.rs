//! The verdicts of a standup, one line each: the letters of the verbs of a row (`x`, `w`, `X` …)
//! and what they ask. What they do is decided elsewhere.

use super::item::Item;
use super::kind::Kind;
use super::nouns::decision::WORKED;
use super::refusal::Refusal;
use super::verb::Verb;

/// What is said to a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Leave it as it is.
    Keep,
    /// A verb, with the option of a decision and the words after it.
    Verb {
        verb: Verb,
        option: Option<String>,
        words: String,
    },
    /// Somebody else carries it.
    Owner(String),
    /// Speak to somebody: a name, and a day when one is said.
    Prewire {
        person: String,
        day: String,
    },
    Note(String),
    /// Another of its states.
    State(String),
    /// Take the last verdict back.
    Undo,
    Stop,
}

/// The letters of the kinds that have their own, with what they mean.
const LETTERS: [(Kind, &str); 3] = [
    (
        Kind::Asset,
        "enter keep   x ship   o NAME owner   w DAY wait   c challenge   r reshape   X retire   N note   u undo   q stop",
    ),
    (
        Kind::Outcome,
        "enter carry on   x LESSON met   m LESSON missed   X LESSON dropped   o NAME owner   N note   u undo   q stop",
    ),
    (
        Kind::Bet,
        "enter carry on   w DAY carry until   X WHY kill   s won|lost|inconclusive   o NAME owner   N note   u undo   q stop",
    ),
];
/// Those of a decision, and of whatever else stands on a card.
const USUAL: &str = "enter keep   x [a-c] WHY decide   p NAME [DAY] pre-wire   o NAME owner   w DAY wait   X WHY drop   ! ASK escalate   N note   u undo   q stop";

/// The letters of a kind, with what they mean; for the line under a card.
#[must_use]
pub fn letters(kind: Kind) -> &'static str {
    LETTERS.iter().find(|(of, _)| *of == kind).map_or(USUAL, |(_, letters)| letters)
}

/// The letters for an item: of a decision that is taken, those of looking back on it.
#[must_use]
pub fn letters_of(item: &Item) -> &'static str {
    match (item.kind(), item.state().slug) {
        (Kind::Decision, "decided") => {
            "v yes|partly|no WHAT HAPPENED [-- LESSON]   enter later   N note   u undo   q stop"
        }
        (kind, _) => letters(kind),
    }
}

impl Verdict {
    /// Reads a line about a card of a kind.
    ///
    /// # Errors
    /// A refusal that names the letters.
    pub fn read(line: &str, kind: Kind) -> Result<Self, Refusal> {
        let line = line.trim();
        let (letter, rest) = split(line);
        let said = |verb: Verb| Self::Verb { verb, option: None, words: rest.to_owned() };
        let asked =
            |what: &str| Err(Refusal::input(format!("{letter} takes {what} on the same line")));
        match (letter, kind) {
            ("" | "k" | "keep" | "enter", _) => Ok(Self::Keep),
            ("u" | "undo", _) => Ok(Self::Undo),
            ("q" | "stop", _) => Ok(Self::Stop),
            ("o" | "owner", _) | ("p" | "prewire", Kind::Decision) if rest.is_empty() => {
                asked("a name")
            }
            ("o" | "owner", _) => Ok(Self::Owner(rest.trim_start_matches('@').to_owned())),
            ("N" | "note", _) if rest.is_empty() => asked("the note"),
            ("N" | "note", _) => Ok(Self::Note(rest.to_owned())),
            ("s" | "state", Kind::Bet) if rest.is_empty() => asked("a state"),
            ("s" | "state", Kind::Bet) => Ok(Self::State(rest.to_owned())),
            ("w" | "wait", Kind::Bet) => Ok(said(Verb::Carry)),
            ("X" | "kill", Kind::Bet) => Ok(said(Verb::Kill)),
            ("x" | "met", Kind::Outcome) => Ok(said(Verb::Complete)),
            ("m" | "missed", Kind::Outcome) => Ok(said(Verb::Miss)),
            ("v" | "review", Kind::Decision) => review(rest),
            ("x", Kind::Asset) => Ok(said(Verb::Ship)),
            ("w" | "wait", Kind::Asset) => Ok(said(Verb::Wait)),
            ("c", Kind::Asset) => Ok(said(Verb::Challenge)),
            ("r", Kind::Asset) => Ok(said(Verb::Reshape)),
            ("X", Kind::Asset) => Ok(said(Verb::Retire)),
            ("x" | "decide", Kind::Decision) => decide(rest),
            ("w" | "wait", Kind::Decision) => Ok(said(Verb::Defer)),
            ("X" | "drop", Kind::Decision | Kind::Outcome) => Ok(said(Verb::Drop)),
            ("!" | "escalate", Kind::Decision) => Ok(said(Verb::Escalate)),
            ("p" | "prewire", Kind::Decision) => {
                let (person, day) = split(rest);
                let person = person.trim_start_matches('@').to_owned();
                Ok(Self::Prewire { person, day: day.to_owned() })
            }
            ("f", Kind::Decision) => Err(Refusal::input("a frame takes more than a line")
                .hint("keep it, and frame it with prewire decision frame")),
            _ => Err(Refusal::input(format!("“{letter}” is no verdict")).hint(letters(kind))),
        }
    }
}

/// `b It keeps the date`: a letter alone in front is the option.
fn decide(rest: &str) -> Result<Verdict, Refusal> {
    let (first, after) = split(rest);
    let is_meant = first.len() == 1
        && first.chars().all(|letter| letter.is_ascii_alphanumeric())
        && !["a", "A", "b", "B", "c", "C", "1", "2", "3", "I", "i"].contains(&first);
    if is_meant {
        return Err(Refusal::input(format!("“{first}” is no option"))
            .hint("write `x b REASON` for option b, `x REASON` for what is recommended"));
    }
    let named = match first {
        "1" => "a",
        "2" => "b",
        "3" => "c",
        first => first,
    };
    let is_option = ["a", "b", "c"].contains(&named.to_lowercase().as_str());
    let (option, words) =
        if is_option { (Some(named.to_lowercase()), after) } else { (None, rest) };
    Ok(Verdict::Verb { verb: Verb::Decide, option, words: words.to_owned() })
}

/// `yes Three signed -- Ask sooner`.
fn review(rest: &str) -> Result<Verdict, Refusal> {
    let (first, words) = split(rest);
    let named = match first {
        "y" => "yes",
        "p" => "partly",
        "n" => "no",
        first => first,
    };
    if !WORKED.contains(&named) || words.is_empty() {
        let what = format!("v takes {}, and what happened", WORKED.join(", "));
        return Err(Refusal::input(what).hint("v yes Three of four signed -- Ask sooner"));
    }
    let (verb, option) = (Verb::Review, Some(named.to_owned()));
    Ok(Verdict::Verb { verb, option, words: words.to_owned() })
}

/// The first word, and the rest. `!ask` needs no space.
fn split(line: &str) -> (&str, &str) {
    if let Some(rest) = line.strip_prefix('!') {
        return ("!", rest.trim());
    }
    match line.split_once(char::is_whitespace) {
        Some((first, rest)) => (first, rest.trim()),
        None => (line, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Verdict {
        Verdict::read(line, Kind::Decision).unwrap()
    }

    #[test]
    fn an_option_is_a_letter_or_a_number_in_front_of_the_reason() {
        let decide = |option: Option<&str>, words: &str| Verdict::Verb {
            verb: Verb::Decide,
            option: option.map(str::to_owned),
            words: words.to_owned(),
        };
        assert_eq!(read("x b It keeps the date"), decide(Some("b"), "It keeps the date"));
        assert_eq!(read("x 2 why"), decide(Some("b"), "why"));
        assert_eq!(read("x"), decide(None, ""));
        assert_eq!(read("x Because it is cheap"), decide(None, "Because it is cheap"));
        assert_eq!(read("x I like it"), decide(None, "I like it"));
        for wrong in ["x d typo", "x z", "x 4 why"] {
            let refusal = Verdict::read(wrong, Kind::Decision).unwrap_err();
            assert!(refusal.what.contains("is no option"), "{}", refusal.what);
        }
    }

    #[test]
    fn capitals_differ_and_what_is_unknown_names_the_letters() {
        assert_eq!(read(""), Verdict::Keep);
        assert!(matches!(read("X gone"), Verdict::Verb { verb: Verb::Drop, .. }));
        assert!(matches!(read("!Dana: capacity"), Verdict::Verb { verb: Verb::Escalate, .. }));
        assert_eq!(
            read("p @raj fri"),
            Verdict::Prewire { person: "raj".to_owned(), day: "fri".to_owned() }
        );
        let refusal = Verdict::read("z", Kind::Decision).unwrap_err();
        assert!(refusal.hint.unwrap().contains("w DAY wait"));
        assert!(matches!(
            Verdict::read("w fri", Kind::Asset),
            Ok(Verdict::Verb { verb: Verb::Wait, .. })
        ));
    }

    #[test]
    fn what_is_closed_takes_its_lesson_and_what_is_looked_back_on_what_happened() {
        let said = |line: &str, kind| match Verdict::read(line, kind).unwrap() {
            Verdict::Verb { verb, option, words } => (verb, option, words),
            other => panic!("{other:?}"),
        };
        let none = (Verb::Complete, None, String::new());
        assert_eq!(said("x", Kind::Outcome), none);
        let missed = (Verb::Miss, None, "Too late".to_owned());
        assert_eq!(said("m Too late", Kind::Outcome), missed);
        assert_eq!(said("w +30d", Kind::Bet).0, Verb::Carry);
        assert_eq!(said("X No signal", Kind::Bet).0, Verb::Kill);
        let looked = (Verb::Review, Some("partly".to_owned()), "Two of four".to_owned());
        assert_eq!(said("v p Two of four", Kind::Decision), looked);
        let refusal = Verdict::read("v maybe", Kind::Decision).unwrap_err();
        assert!(refusal.what.contains("v takes yes, partly, no"), "{}", refusal.what);
    }
}
