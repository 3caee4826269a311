//! A key as the program thinks of it, apart from any terminal library: what was pressed, how it is
//! written in help and configuration, and how such writing is read.

use std::fmt;

/// What was pressed, without modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Function(u8),
}

/// A key with its modifiers. Shift is part of the letter: `G`, not `shift-g`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub code: Code,
    pub modifier: Modifier,
}

/// The modifier that was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Modifier {
    None,
    Ctrl,
    Alt,
}

const NAMED: [(&str, Code); 17] = [
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("shift-tab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("del", Code::Delete),
    ("ins", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("space", Code::Char(' ')),
    ("comma", Code::Char(',')),
];

impl Key {
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Self { code, modifier: Modifier::None }
    }

    #[must_use]
    pub const fn char(letter: char) -> Self {
        Self::plain(Code::Char(letter))
    }

    #[must_use]
    pub const fn ctrl(letter: char) -> Self {
        Self { code: Code::Char(letter), modifier: Modifier::Ctrl }
    }

    /// Reads `ctrl-d`, `alt-b`, `f1`, `space`, `G`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (modifier, rest) = match text.split_once('-') {
            Some((held, rest)) if held.eq_ignore_ascii_case("ctrl") => (Modifier::Ctrl, rest),
            Some((held, rest)) if held.eq_ignore_ascii_case("alt") => (Modifier::Alt, rest),
            _ => (Modifier::None, text),
        };
        let named = NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(rest));
        let code = match named.map(|(_, code)| *code).or_else(|| read_code(rest))? {
            // A terminal does not tell whether shift was held with it.
            Code::Char(letter) if modifier == Modifier::Ctrl => {
                Code::Char(letter.to_ascii_lowercase())
            }
            code => code,
        };
        Some(Self { code, modifier })
    }

    /// Reads a chord: `g t`, `gt`, `ctrl-p`.
    #[must_use]
    pub fn read_chord(text: &str) -> Option<Vec<Self>> {
        let apart: Option<Vec<Self>> = text.split_whitespace().map(Self::read).collect();
        let together = || {
            let short = (2..=3).contains(&text.chars().count());
            let letters = text.chars().all(char::is_alphanumeric);
            (short && letters).then(|| text.chars().map(Self::char).collect())
        };
        apart.or_else(together).filter(|chord| !chord.is_empty())
    }

    /// The same key where a Latin letter stands; `None` when it is one already.
    #[must_use]
    pub fn latin(self) -> Option<Self> {
        let Code::Char(letter) = self.code else { return None };
        super::keyboard::latin(letter).map(|letter| Self { code: Code::Char(letter), ..self })
    }

    /// The key that a terminal sends for this one, where it cannot tell the two apart.
    #[must_use]
    pub fn same_to_a_terminal(self) -> Option<Self> {
        let code = match (self.modifier, self.code) {
            (Modifier::Ctrl, Code::Char('i')) => Code::Tab,
            (Modifier::Ctrl, Code::Char('m' | 'j')) => Code::Enter,
            (Modifier::Ctrl, Code::Char('[')) => Code::Esc,
            (Modifier::Ctrl, Code::Char('h')) => Code::Backspace,
            _ => return None,
        };
        Some(Self::plain(code))
    }

    /// The letter that this key types into a text field.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match (self.code, self.modifier) {
            (Code::Char(letter), Modifier::None) => Some(letter),
            _ => None,
        }
    }
}

fn read_code(text: &str) -> Option<Code> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => Some(Code::Char(letter)),
        (Some('f'), Some(_)) => text[1..].parse().ok().map(Code::Function),
        _ => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.modifier {
            Modifier::None => {}
            Modifier::Ctrl => out.write_str("ctrl-")?,
            Modifier::Alt => out.write_str("alt-")?,
        }
        let name = NAMED.iter().find(|(name, code)| *code == self.code && *name != "comma");
        match (name, self.code) {
            (Some((name, _)), _) => out.write_str(name),
            (None, Code::Char(letter)) => write!(out, "{letter}"),
            (None, Code::Function(number)) => write!(out, "f{number}"),
            (None, _) => Ok(()),
        }
    }
}

/// A chord as help writes it: `gt`, `ctrl-d`, `R c`.
#[must_use]
pub fn chord_words(chord: &[Key]) -> String {
    let words: Vec<String> = chord.iter().map(ToString::to_string).collect();
    let short = words.iter().all(|word| word.chars().count() == 1);
    words.join(if short { "" } else { " " })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["ctrl-d", "alt-b", "f1", "space", "G", "?", "enter", "shift-tab", ";", "-"] {
            let key = Key::read(text).unwrap();
            assert_eq!(key.to_string(), text);
        }
        assert_eq!(Key::read("nonsense"), None);
        assert_eq!(chord_words(&Key::read_chord("g t").unwrap()), "gt");
        assert_eq!(Key::read_chord("gt"), Key::read_chord("g t"));
        assert_eq!(Key::read_chord("Ctrl-P"), Some(vec![Key::ctrl('p')]));
        assert_eq!(Key::read_chord("nonsense"), None);
        assert_eq!(Key::read_chord(""), None);
    }
}
