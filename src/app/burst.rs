//! Keys that came all at once. Nobody types so fast: from a terminal that does not mark what is
//! pasted, this is how a paste arrives, and no letter of it is meant as a command.

use super::action::Action;
use super::bindings::Found;
use super::keys::{Code, Key, Modifier};
use super::menu::{Entry, Menu, Pick, Purpose};
use super::model::Model;
use super::popup::Popup;
use super::prompt::PromptFor;
use crate::domain::shown::Shown;

mod opening;

/// Fewer keys than this at once are somebody's fingers on a slow line.
const FEWEST: usize = 11;
/// Letters in a row that make a word, and how many of them differ: one key held down makes none.
const WORD: (usize, usize) = (4, 3);
const LONG_WORD: (usize, usize) = (9, 7);
/// Commands that may go before the one that opens a line.
const BEFORE: usize = 6;
/// Most of the text that is shown in the question.
const SHOWN: usize = 48;

/// What keys that came at once are.
#[derive(Debug, PartialEq, Eq)]
pub enum Meant {
    /// What they always are: a line was opened for them, or by them.
    Keys,
    /// Lines for the field that is open.
    Lines,
    /// Text in a place where letters are commands; somebody has to say.
    Unclear,
}

/// Whether so many keys at once are words rather than commands.
#[must_use]
pub fn is_text(keys: &[Key]) -> bool {
    keys.len() >= FEWEST && keys.iter().all(|key| letter(*key).is_some()) && has_words(keys)
}

/// The text that these keys write.
#[must_use]
pub fn text(keys: &[Key]) -> String {
    keys.iter().filter_map(|key| letter(*key)).collect()
}

fn letter(key: Key) -> Option<char> {
    match (key.modifier, key.code) {
        (Modifier::None, Code::Char(letter)) => Some(letter),
        // The end of a line as it stands in a file is what ctrl-j sends.
        (Modifier::None, Code::Enter) | (Modifier::Ctrl, Code::Char('j')) => Some('\n'),
        (Modifier::None, Code::Tab) => Some('\t'),
        _ => None,
    }
}

/// Words are letters in a row, several different ones, and something between words or in an address;
/// or one word that is too long for keys that somebody means. No letter is as much as half of a word,
/// as the first key of chords is.
fn has_words(keys: &[Key]) -> bool {
    let text = text(keys);
    let is_word = |word: &str, (least, different): (usize, usize)| {
        let mut letters: Vec<char> = word.chars().collect();
        let long = letters.len() >= least;
        letters.sort_unstable();
        let most = letters.chunk_by(PartialEq::eq).map(<[char]>::len).max().unwrap_or(0);
        let is_even = most * 2 < letters.len();
        letters.dedup();
        long && is_even && letters.len() >= different
    };
    let has = |of| text.split(|sign: char| !sign.is_alphabetic()).any(|word| is_word(word, of));
    let is_apart = |sign: char| sign.is_whitespace() || "./:@_-".contains(sign);
    text.contains(is_apart) && has(WORD) || has(LONG_WORD)
}

/// What they are here.
#[must_use]
pub fn meant(model: &Model, keys: &[Key]) -> Meant {
    match model.popups.last() {
        Some(Popup::Prompt(prompt)) => {
            let adds = matches!(prompt.purpose, PromptFor::Add(_) | PromptFor::Capture(_));
            let ends = |key: &Key| letter(*key) == Some('\n');
            let rest = keys.iter().position(ends).map_or(&[][..], |at| &keys[at + 1..]);
            if adds && has_words(rest) { Meant::Lines } else { Meant::Keys }
        }
        Some(Popup::Form(_) | Popup::Writing(_)) => Meant::Keys,
        Some(Popup::Settings(settings)) if settings.line.is_some() => Meant::Keys,
        Some(Popup::Menu(menu)) if menu.is_typed() => Meant::Keys,
        // In a ritual the same letters add a line and capture.
        None | Some(Popup::Ritual(_) | Popup::Card(_)) if opens_a_line(model, keys) => Meant::Keys,
        Some(_) | None => Meant::Unclear,
    }
}

/// Whether the first of them open a line to type into, and the rest is that line: somebody typed
/// ahead while the way to this machine was slow. A form, and what the end of a line would save, are no
/// such line, but for the one that adds.
fn opens_a_line(model: &Model, keys: &[Key]) -> bool {
    let bindings = model.keys();
    let mut chord = model.pending.clone();
    let mut letters = 0;
    for (at, key) in keys.iter().enumerate().take(BEFORE) {
        chord.push(*key);
        let rest = &keys[at + 1..];
        let ends = |keys: &[Key]| keys.iter().any(|key| letter(*key) == Some('\n'));
        match bindings.find(&chord) {
            Found::Prefix => {}
            Found::Action(
                Action::Add | Action::Capture | Action::Filter | Action::Palette | Action::Help,
            ) => {
                let opening = letter(*key).unwrap_or(' ');
                return !ends(&rest[..rest.len().saturating_sub(1)])
                    && !opening::belongs(letters, opening, &text(rest));
            }
            Found::Action(
                Action::Go(_) | Action::Down | Action::Up | Action::Top | Action::Bottom,
            ) => chord.clear(),
            Found::Action(_) | Found::Nothing => return false,
        }
        letters = if letter(*key).is_some_and(char::is_alphabetic) { letters + 1 } else { 0 };
    }
    false
}

/// Whether a line that adds can be opened here, so that what was pasted need not be lost.
#[must_use]
pub fn can_add(model: &Model) -> bool {
    let is_place = matches!(model.popups.last(), None | Some(Popup::Ritual(_) | Popup::Card(_)));
    is_place && !model.about.read_only
}

/// The question what to do with keys that may be a paste; the answer that loses nothing is the first.
#[must_use]
pub fn question(keys: &[Key], adds: bool) -> Menu {
    let text = text(keys);
    let count = text.lines().filter(|line| !line.trim().is_empty()).count();
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("").trim();
    let first = Shown::line(first).truncate(SHOWN);
    let lines = if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
    let title = format!("This looks like pasted text, {lines}: “{}”", first.as_str());
    let mut entries = Vec::new();
    if adds {
        entries.push(Entry::new("put it into the add line, to look at it", Pick::Pasted(text)));
    }
    entries.push(Entry::new("drop it", Pick::Keep));
    entries.push(Entry::new("take it as keys, as if typed", Pick::Keys(keys.to_vec())));
    Menu::new(Purpose::Confirm, title, entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        let key = |letter| match letter {
            '\n' => Code::Enter,
            '\t' => Code::Tab,
            letter => Code::Char(letter),
        };
        let plain = |letter| Key { code: key(letter), modifier: Modifier::None };
        text.chars().map(plain).collect()
    }

    #[test]
    fn words_at_once_are_text_and_commands_are_not() {
        for text in ["pasted line one\nline two", "https://example.org/x", "Ärger im Büro\n"] {
            assert!(is_text(&keys(text)), "{text}");
        }
        for commands in [
            "a deck",
            "jjjjjjjjjjjjjjjj",
            "jjjj kkkk jjjj",
            "gdgagwgpgogtgdga",
            "gdgagwgpgogtgegr",
            "x1\nx2\nx1\nx2\nx1\n",
        ] {
            assert!(!is_text(&keys(commands)), "{commands}");
        }
        let mut held = keys("words and more words");
        held[3].modifier = Modifier::Ctrl;
        assert!(!is_text(&held), "nobody pastes a chord");
    }
}
