//! The settings as the screen lists them: changed in place with a preview, kept with Enter, as they
//! were with Esc. What there is to set comes from outside; nothing here knows a setting but those
//! that the screen itself follows at once.

use super::input::Line;
use super::keys::{Code, Key, Modifier};
use super::model::DetailView;

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    Text,
    Choice(&'static [&'static str]),
    Number { least: i64, most: i64 },
}

/// One setting with its value, as it would be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub name: &'static str,
    pub help: &'static str,
    pub takes: Takes,
    pub value: String,
}

/// Settings that the screen follows while they are chosen.
const PREVIEWED: [&str; 3] = ["theme", "glyphs", "detail"];
/// Those that hold as soon as they are kept; all others hold from the next start.
const KEPT: [&str; 4] = ["me", "addresses", "zone", "fiscal_year_start"];

impl Setting {
    #[must_use]
    pub fn is_previewed(&self) -> bool {
        PREVIEWED.contains(&self.name)
    }

    #[must_use]
    pub fn is_live(&self) -> bool {
        self.is_previewed() || KEPT.contains(&self.name)
    }

    /// Whether a text is typed rather than a value chosen.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        self.takes == Takes::Text
    }

    /// The next value, or the one before; at the end it goes round.
    fn turn(&mut self, by: isize) {
        match self.takes {
            Takes::Text => {}
            Takes::Choice(choices) => {
                let at = choices.iter().position(|choice| *choice == self.value).unwrap_or(0);
                let next = (at + choices.len()).saturating_add_signed(by) % choices.len();
                choices[next].clone_into(&mut self.value);
            }
            Takes::Number { least, most } => {
                let count = most - least + 1;
                let at = self.value.trim().parse().unwrap_or(least) - least;
                let next = (at + i64::try_from(by).unwrap_or(0)).rem_euclid(count) + least;
                self.value = next.to_string();
            }
        }
    }
}

/// The open list of settings.
#[derive(Debug, Clone)]
pub struct Settings {
    pub entries: Vec<Setting>,
    /// As they were when it was opened.
    before: Vec<Setting>,
    pub cursor: usize,
    /// The value that is being typed.
    pub line: Option<Line>,
}

/// What a key did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    Nothing,
    /// A value changed; what the screen follows is shown at once.
    Changed,
    /// Everything as it was.
    Left,
    Kept,
    Refused(String),
}

impl Settings {
    #[must_use]
    pub fn new(entries: Vec<Setting>) -> Self {
        Self { before: entries.clone(), entries, cursor: 0, line: None }
    }

    /// As they were when it was opened.
    #[must_use]
    pub fn before(&self) -> &[Setting] {
        &self.before
    }

    /// What differs from how it was.
    #[must_use]
    pub fn changes(&self) -> Vec<(&'static str, String)> {
        let pairs = self.entries.iter().zip(&self.before);
        let changed = pairs.filter(|(now, before)| now.value != before.value);
        changed.map(|(now, _)| (now.name, now.value.clone())).collect()
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Pressed {
        if let Some(line) = &mut self.line {
            match (key.modifier, key.code) {
                (_, Code::Esc) | (Modifier::Ctrl, Code::Char('c')) => self.line = None,
                (_, Code::Enter) => {
                    let text = line.text().trim().to_owned();
                    return self.take_typed(text);
                }
                _ => {
                    line.press(key);
                }
            }
            return Pressed::Nothing;
        }
        let last = self.entries.len().saturating_sub(1);
        match (key.modifier, key.code) {
            (_, Code::Esc | Code::Char('q')) | (Modifier::Ctrl, Code::Char('c')) => Pressed::Left,
            (_, Code::Enter) => Pressed::Kept,
            (_, Code::Down | Code::Tab | Code::Char('j')) => {
                self.cursor = (self.cursor + 1).min(last);
                Pressed::Nothing
            }
            (_, Code::Up | Code::BackTab | Code::Char('k')) => {
                self.cursor = self.cursor.saturating_sub(1);
                Pressed::Nothing
            }
            (_, Code::Right | Code::Char('l' | ' ')) => self.turn(1),
            (_, Code::Left | Code::Char('h')) => self.turn(-1),
            (_, Code::Char('e')) => self.turn(0),
            _ => Pressed::Refused(format!("{key} is none of these")),
        }
    }

    fn turn(&mut self, by: isize) -> Pressed {
        let Some(entry) = self.entries.get_mut(self.cursor) else { return Pressed::Nothing };
        if entry.is_typed() {
            self.line = Some(Line::new(&entry.value));
            return Pressed::Nothing;
        }
        entry.turn(by);
        Pressed::Changed
    }

    fn take_typed(&mut self, text: String) -> Pressed {
        let Some(entry) = self.entries.get_mut(self.cursor) else { return Pressed::Nothing };
        if text.is_empty() && !entry.value.is_empty() {
            let why = format!("{} is taken out of the file by hand, not emptied here", entry.name);
            return Pressed::Refused(why);
        }
        entry.value = text;
        self.line = None;
        Pressed::Changed
    }
}

/// Where the detail stands by the word of its setting.
#[must_use]
pub fn detail_view(word: &str) -> DetailView {
    match word {
        "below" => DetailView::Below,
        "hidden" => DetailView::Hidden,
        _ => DetailView::Beside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        let choice = |name, choices: &'static [&'static str]| Setting {
            name,
            help: "",
            takes: Takes::Choice(choices),
            value: choices[0].to_owned(),
        };
        let month = Takes::Number { least: 1, most: 12 };
        Settings::new(vec![
            choice("theme", &["ansi", "dark"]),
            Setting { name: "month", help: "", takes: month, value: "12".to_owned() },
            Setting { name: "me", help: "", takes: Takes::Text, value: String::new() },
        ])
    }

    fn press(settings: &mut Settings, keys: &str) -> Pressed {
        let presses = keys.chars().map(|letter| settings.press(Key::char(letter)));
        presses.last().unwrap()
    }

    #[test]
    fn values_go_round_and_only_what_changed_is_kept() {
        let mut settings = settings();
        assert_eq!(press(&mut settings, "l"), Pressed::Changed);
        assert_eq!(settings.changes(), [("theme", "dark".to_owned())]);
        press(&mut settings, "l");
        assert!(settings.changes().is_empty());
        press(&mut settings, "jl");
        assert_eq!(settings.changes(), [("month", "1".to_owned())]);
        press(&mut settings, "h");
        assert!(settings.changes().is_empty());
    }

    #[test]
    fn a_text_is_typed_in_its_place() {
        let mut settings = settings();
        press(&mut settings, "jjeMaya");
        assert!(settings.changes().is_empty(), "not before Enter");
        assert_eq!(settings.press(Key::plain(Code::Enter)), Pressed::Changed);
        assert_eq!(settings.changes(), [("me", "Maya".to_owned())]);
        press(&mut settings, "e!");
        assert_eq!(settings.press(Key::plain(Code::Esc)), Pressed::Nothing);
        assert_eq!(settings.changes(), [("me", "Maya".to_owned())]);
    }
}
