//! What a menu offers: its words, its key, what it does, and how it answers to what is typed.

use super::Pick;

/// What a match in a name counts more than one in a sentence; a name that begins so counts more than
/// one that holds it, and the name itself most.
const NAMED: u32 = 10_000;

/// What a match in this name weighs beyond how well it matches.
pub(super) fn weight(name: &str, typed: &str) -> u32 {
    let (name, typed) = (name.to_lowercase(), typed.trim().to_lowercase());
    match name.strip_prefix(&typed) {
        Some("") => 3 * NAMED,
        Some(_) => 2 * NAMED,
        None => NAMED,
    }
}

/// What it weighs that a command goes by what was typed: its verb goes before what only holds the
/// letters, a word of it behind all names.
pub(super) fn called(command: &str, typed: &str) -> u32 {
    let typed = typed.trim().to_lowercase();
    let is_verb = command == typed || command.rsplit(' ').next() == Some(typed.as_str());
    if is_verb { NAMED + NAMED / 2 } else { 2 }
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub label: String,
    /// What stands at the right: keys, a ref, a state.
    pub side: String,
    /// Where it belongs, in one word; the palette shows it.
    pub home: &'static str,
    /// A sentence, where there is room.
    pub help: String,
    /// What else it goes by: the command that does the same.
    pub also: &'static str,
    /// What people call it elsewhere, with commas between.
    pub synonyms: &'static str,
    pub pick: Pick,
    /// Why it cannot be chosen now.
    pub refusal: Option<String>,
    /// Belongs to what is chosen already.
    pub ticked: bool,
    /// A heading of the group that begins here.
    pub heading: Option<&'static str>,
    /// Found by the beginnings of its words alone and behind all else: one of many that could be
    /// made, where what is there is looked for.
    pub by_words: bool,
}

impl Entry {
    #[must_use]
    pub fn new(label: impl Into<String>, pick: Pick) -> Self {
        Self {
            label: label.into(),
            side: String::new(),
            home: "",
            help: String::new(),
            also: "",
            synonyms: "",
            pick,
            refusal: None,
            ticked: false,
            heading: None,
            by_words: false,
        }
    }

    #[must_use]
    pub fn side(mut self, side: impl Into<String>) -> Self {
        self.side = side.into();
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    #[must_use]
    pub fn home(mut self, home: &'static str) -> Self {
        self.home = home;
        self
    }

    /// Whether a text is one of the keys of the entry, or the beginning of one.
    pub(super) fn by_key(&self, typed: &str) -> ByKey {
        let plain = |key: &str| match key.chars().count() {
            1 => key.to_owned(),
            _ => key.replace([' ', '-'], ""),
        };
        let typed = plain(typed);
        let mut keys = self.side.split("  ").filter(|side| !side.is_empty()).map(plain);
        let mut found = ByKey::No;
        while let Some(key) = keys.next().filter(|_| found != ByKey::Whole) {
            if key == typed {
                found = ByKey::Whole;
            } else if key.starts_with(&typed) {
                found = ByKey::Begun;
            }
        }
        found
    }

    /// What a match in its own name weighs. A verb that the row does not have goes behind one that it
    /// has and that is called so elsewhere.
    pub(super) fn named(&self, typed: &str) -> u32 {
        let weight = weight(&self.label, typed);
        let is_refused = self.refusal.is_some() && matches!(self.pick, Pick::Verb(_));
        if is_refused { weight.min(2 * NAMED) } else { weight }
    }

    /// What it weighs that people call it elsewhere by what was typed, or by what begins so.
    pub(super) fn meant(&self, typed: &str) -> Option<u32> {
        let typed = typed.trim().to_lowercase();
        let begins = |synonym: &str| typed.chars().count() > 2 && synonym.starts_with(&typed);
        let mut synonyms = self.synonyms.split(", ").filter(|synonym| !synonym.is_empty());
        if synonyms.clone().any(|synonym| synonym == typed) {
            return Some(2 * NAMED + NAMED / 2);
        }
        synonyms.any(begins).then_some(NAMED + NAMED / 2)
    }

    #[must_use]
    pub fn ticked(mut self, ticked: bool) -> Self {
        self.ticked = ticked;
        self
    }
}

/// Whether a sentence holds every word, or its beginning.
pub(super) fn holds(sentence: &str, words: &str) -> bool {
    let sentence = sentence.to_lowercase();
    let mut parts = sentence.split(|letter: char| !letter.is_alphanumeric()).collect::<Vec<_>>();
    parts.retain(|part| !part.is_empty());
    words
        .to_lowercase()
        .split_whitespace()
        .all(|word| parts.iter().any(|part| part.starts_with(word)))
}

/// How a text fits the keys of an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ByKey {
    No,
    Begun,
    Whole,
}
