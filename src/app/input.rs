//! One line of text being typed, with readline's motions and its own history of keys. Pasted
//! newlines become spaces; pasted text never runs shortcuts.

use tui_input::InputRequest;

use super::keys::{Code, Key, Modifier};

/// Longest line that can be typed, in characters.
const LONGEST: usize = 4_000;

/// A line of text with a cursor.
#[derive(Debug, Clone, Default)]
pub struct Line {
    input: tui_input::Input,
}

impl Line {
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { input: tui_input::Input::new(text.to_owned()) }
    }

    #[must_use]
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The text before the cursor.
    #[must_use]
    pub fn before(&self) -> String {
        self.text().chars().take(self.input.cursor()).collect()
    }

    /// Whether the key was taken as typing.
    pub fn press(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else { return false };
        if let InputRequest::InsertChar(_) = request
            && self.text().chars().count() >= LONGEST
        {
            return true;
        }
        self.input.handle(request);
        true
    }

    /// Inserts pasted text at the cursor; returns how many characters did not fit.
    pub fn paste(&mut self, text: &str) -> usize {
        let room = LONGEST.saturating_sub(self.text().chars().count());
        let mut left_out = 0;
        let mut before_was_break = false;
        let mut whole: String = self.before();
        let after: String = self.text().chars().skip(self.input.cursor()).collect();
        for (taken, letter) in text.chars().enumerate() {
            if taken >= room {
                left_out += 1;
                continue;
            }
            let is_break = letter == '\n' || letter == '\r';
            if is_break && before_was_break {
                continue;
            }
            before_was_break = is_break;
            whole.push(if is_break { ' ' } else { letter });
        }
        let cursor = whole.chars().count();
        whole.push_str(&after);
        self.input = tui_input::Input::new(whole).with_cursor(cursor);
        left_out
    }

    pub fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }
}

fn request(key: Key) -> Option<InputRequest> {
    use InputRequest as To;
    match (key.modifier, key.code) {
        (Modifier::None, Code::Char(letter)) => Some(To::InsertChar(letter)),
        (Modifier::None, Code::Backspace) | (Modifier::Ctrl, Code::Char('h')) => {
            Some(To::DeletePrevChar)
        }
        (Modifier::None, Code::Delete) | (Modifier::Ctrl, Code::Char('d')) => {
            Some(To::DeleteNextChar)
        }
        (Modifier::None, Code::Left) | (Modifier::Ctrl, Code::Char('b')) => Some(To::GoToPrevChar),
        (Modifier::None, Code::Right) | (Modifier::Ctrl, Code::Char('f')) => Some(To::GoToNextChar),
        (Modifier::None, Code::Home) | (Modifier::Ctrl, Code::Char('a')) => Some(To::GoToStart),
        (Modifier::None, Code::End) | (Modifier::Ctrl, Code::Char('e')) => Some(To::GoToEnd),
        (Modifier::Alt, Code::Char('b')) | (Modifier::Ctrl, Code::Left) => Some(To::GoToPrevWord),
        (Modifier::Alt, Code::Char('f')) | (Modifier::Ctrl, Code::Right) => Some(To::GoToNextWord),
        (Modifier::Ctrl, Code::Char('w')) | (Modifier::Alt, Code::Backspace) => {
            Some(To::DeletePrevWord)
        }
        (Modifier::Alt, Code::Char('d')) => Some(To::DeleteNextWord),
        (Modifier::Ctrl, Code::Char('u')) => Some(To::DeleteLine),
        (Modifier::Ctrl, Code::Char('k')) => Some(To::DeleteTillEnd),
        _ => None,
    }
}
