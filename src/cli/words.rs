//! The words of a call on their way through the parser of flags: `-tag` is a word and no flag, and
//! what the shell took out of quotes gets them back.

use std::ffi::OsString;

use crate::domain::day::Calendar;
use crate::domain::grammar::token;
use crate::domain::item::Ref;
use crate::domain::kind::Kind;

/// Stands before a word that begins with one hyphen. No argument can hold it, so it is never a
/// user's own.
const SHIELD: char = '\0';

/// Commands that write a file, so that `-o` is its flag and not the tag that something has not.
const WRITING: [&str; 10] = [
    "export", "report", "page", "standup", "checkin", "review", "maturity", "artefact", "retro",
    "minutes",
];

/// Marks words such as `-tag`, which would be read as flags.
#[must_use]
pub fn shield(argv: Vec<OsString>) -> Vec<OsString> {
    let mut literal = false;
    let mut writes = false;
    argv.into_iter()
        .map(|word| {
            let bytes = word.as_encoded_bytes();
            literal |= bytes == b"--";
            let hyphen = bytes.len() > 1 && bytes[0] == b'-' && bytes[1] != b'-';
            let is_out = writes && word == "-o";
            writes |= WRITING.iter().any(|name| word == *name);
            if literal || !hyphen || is_out || ["-h", "-V"].iter().any(|flag| word == *flag) {
                return word;
            }
            let mut marked = OsString::from(SHIELD.to_string());
            marked.push(word);
            marked
        })
        .collect()
}

/// What a command does whose verb was left out: `prewire decision` lists decisions. `None` when it has
/// one already, or none that would change nothing.
#[must_use]
pub fn with_usual_verb(argv: &[OsString]) -> Option<Vec<OsString>> {
    let is_flag = |word: &OsString| word.as_encoded_bytes().starts_with(b"--");
    let mut verb = None;
    let mut at = 1;
    while let Some(word) = argv.get(at) {
        verb = word.to_str().and_then(usual_verb);
        at += 1;
        if verb.is_some() {
            break;
        }
        // The first word that is no flag names the command; the value of a flag may stand before it.
        if !is_flag(word) && !argv.get(at - 2).is_some_and(is_flag) {
            return None;
        }
    }
    let verb = verb?;
    let deeper = argv.get(at).is_some_and(|word| verb == "show" && word == "calendar");
    let (at, verb) = if deeper { (at + 1, "list") } else { (at, verb) };
    let mut words = argv.to_vec();
    words.insert(at, verb.into());
    Some(words)
}

/// `prewire edit a1 --due fri` as `prewire asset edit a1 --due fri`, which has the flags of an asset.
#[must_use]
pub fn with_kind_of_edit(argv: &[OsString]) -> Option<Vec<OsString>> {
    let at = argv.iter().position(|word| word == "edit")?;
    let is_flag = |word: &OsString| word.as_encoded_bytes().starts_with(b"--");
    // Before it stand only flags of the whole call and their values.
    let is_first = (1..at).all(|at| is_flag(&argv[at]) || is_flag(&argv[at - 1]));
    let target = argv.get(at + 1..)?.iter().find(|word| !is_flag(word))?;
    let mut kinds = target.to_str()?.split(',').map(|name| Some(Ref::parse(name.trim())?.kind));
    let kind = kinds.next()??;
    if !is_first || kinds.any(|other| other != Some(kind)) {
        return None;
    }
    let mut words = argv.to_vec();
    words.insert(at, kind.noun().name.into());
    Some(words)
}

fn usual_verb(name: &str) -> Option<&'static str> {
    if Kind::ALL.iter().any(|kind| name == kind.noun().name || name == kind.noun().plural) {
        return Some("list");
    }
    match name {
        "trash" | "view" | "trust" => Some("list"),
        "week" | "config" => Some("show"),
        "timer" => Some("status"),
        _ => None,
    }
}

/// The word as it was typed.
#[must_use]
pub fn unshield(word: &str) -> &str {
    word.strip_prefix(SHIELD).unwrap_or(word)
}

/// Whether a single argument is a value with its spaces, or a whole line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    Line,
    Value,
}

/// The words as one line of the grammar. `forum:GTM weekly`, whose quotes the shell has eaten, is
/// quoted again; an argument with several tokens in it stays as it is.
#[must_use]
pub fn line(words: &[String], kind: Kind, calendar: &Calendar, alone: Alone) -> String {
    let whole = words.len() == 1 && alone == Alone::Line;
    let words: Vec<String> = words
        .iter()
        .map(|word| if whole { word.clone() } else { requoted(word, kind, calendar) })
        .collect();
    words.join(" ")
}

fn requoted(word: &str, kind: Kind, calendar: &Calendar) -> String {
    if !word.contains(char::is_whitespace) || word.contains('"') {
        return word.to_owned();
    }
    let cut = token::cut(word);
    let Some((key, sign, value)) = cut.tokens.first().and_then(token::Token::pair) else {
        return word.to_owned();
    };
    let others = cut.tokens.iter().skip(1);
    let more = others.clone().any(|token| {
        token.pair().is_some() || token.text.starts_with(['@', '+']) || token.text.starts_with(">@")
    });
    let rest = &word[word.find(value).unwrap_or(0)..];
    let fits = kind.noun().answering(key).is_some_and(|field| field.read(rest, calendar).is_ok());
    if more || value.is_empty() || !fits || cut.note.is_some() {
        return word.to_owned();
    }
    format!("{key}{sign}{}", token::quote(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(of: fn(&[OsString]) -> Option<Vec<OsString>>, words: &str) -> Option<String> {
        let argv: Vec<OsString> = words.split(' ').map(OsString::from).collect();
        let fuller = of(&argv)?;
        Some(fuller.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" "))
    }

    fn fuller(words: &str) -> Option<String> {
        made(with_usual_verb, words)
    }

    #[test]
    fn the_ref_tells_whose_flags_an_edit_has() {
        let cases = [
            ("prewire edit a1 --due fri", Some("prewire asset edit a1 --due fri")),
            (
                "prewire --json edit d1,d2 --stake high",
                Some("prewire --json decision edit d1,d2 --stake high"),
            ),
            (
                "prewire --db x.db edit k1 --at 9:00",
                Some("prewire --db x.db block edit k1 --at 9:00"),
            ),
            ("prewire edit d1,a2 --due fri", None),
            ("prewire edit Pricing --due fri", None),
            ("prewire asset edit a1 --dew fri", None),
            ("prewire edit", None),
        ];
        for (words, expected) in cases {
            assert_eq!(made(with_kind_of_edit, words).as_deref(), expected, "{words}");
        }
    }

    #[test]
    fn a_command_without_a_verb_does_what_looks() {
        let cases = [
            ("prewire decision", Some("prewire decision list")),
            ("prewire assets --json", Some("prewire assets list --json")),
            ("prewire --db week.db trash", Some("prewire --db week.db trash list")),
            ("prewire week calendar", Some("prewire week calendar list")),
            ("prewire timer", Some("prewire timer status")),
            ("prewire report", None),
            ("prewire", None),
            ("prewire import trash", None),
        ];
        for (words, expected) in cases {
            assert_eq!(fuller(words).as_deref(), expected, "{words}");
        }
    }

    fn joined(words: &[&str], alone: Alone) -> String {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        let calendar = Calendar {
            today: "2026-05-06".parse().unwrap(),
            fiscal_start_month: 1,
            plan_start: None,
        };
        line(&words, Kind::Decision, &calendar, alone)
    }

    #[test]
    fn one_argument_is_a_line() {
        let typed = "due:fri Who is the ICP? forum:\"GTM weekly\"";
        assert_eq!(joined(&[typed], Alone::Line), typed);
    }

    #[test]
    fn eaten_quotes_come_back() {
        assert_eq!(
            joined(&["Who", "decides?", "forum:GTM weekly"], Alone::Line),
            "Who decides? forum:\"GTM weekly\""
        );
        assert_eq!(joined(&["forum:GTM weekly"], Alone::Value), "forum:\"GTM weekly\"");
        assert_eq!(joined(&["due:next fri", "x"], Alone::Line), "due:\"next fri\" x");
    }

    #[test]
    fn several_tokens_in_one_argument_stay_apart() {
        assert_eq!(joined(&["Who?", "due:fri @maya"], Alone::Line), "Who? due:fri @maya");
        assert_eq!(joined(&["Who?", "due:fri is it"], Alone::Line), "Who? due:fri is it");
        assert_eq!(joined(&["Is it so: yes?", "p:1"], Alone::Line), "Is it so: yes? p:1");
    }

    #[test]
    fn only_words_with_one_hyphen_are_shielded() {
        let typed = ["prewire", "-h", "-tag", "--stake", "-", "--", "-x"];
        let shielded = shield(typed.iter().map(OsString::from).collect());
        let back: Vec<&str> =
            shielded.iter().map(|word| unshield(word.to_str().unwrap())).collect();
        assert_eq!(back, typed);
        assert_eq!(
            shielded.iter().filter(|word| word.to_str().unwrap().starts_with('\0')).count(),
            1
        );
    }
}
