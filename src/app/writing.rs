//! A long text being written above the screen: a note of an item, or the text of a field of a form.

use chrono::NaiveDate;

use super::draft::Unsaved;
use super::keys::{Code, Key, Modifier};
use super::text::Text;
use crate::domain::field::Field;
use crate::domain::item::Item;

/// Widest the text is shown, in columns.
const WIDEST: usize = 76;

/// Where the text goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Goal {
    /// A field of the form below.
    Field,
    /// A field of an item, saved at once; the item as it was when the writing began.
    Item { base: Box<Item>, field: &'static Field },
    /// The intake policy, saved as a whole.
    Policy,
    /// The note of a day, saved as a whole.
    Day(NaiveDate),
}

/// A text being written.
#[derive(Debug, Clone)]
pub struct Writing {
    pub goal: Goal,
    pub title: String,
    pub text: Text,
    /// What it held when it was opened.
    pub original: String,
    /// The kept text that it was opened with.
    pub taken: Option<Unsaved>,
}

/// What a key did to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    Nothing,
    Save,
    Leave,
    Editor,
}

impl Writing {
    #[must_use]
    pub fn new(goal: Goal, title: String, text: &str) -> Self {
        let original = text.to_owned();
        Self { goal, title, text: Text::new(text), original, taken: None }
    }

    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.text.as_str() != self.original
    }

    /// Takes a key; `screen` is the width of the screen.
    pub fn press(&mut self, key: Key, screen: u16) -> Pressed {
        match (key.modifier, key.code) {
            (_, Code::Esc) | (Modifier::Ctrl, Code::Char('c')) => return Pressed::Leave,
            (Modifier::Ctrl, Code::Char('s')) => return Pressed::Save,
            (Modifier::Ctrl, Code::Char('o')) => return Pressed::Editor,
            _ => self.text.press(key, room(screen)),
        };
        Pressed::Nothing
    }
}

/// Columns that the text has on a screen of this width.
#[must_use]
pub fn room(screen: u16) -> usize {
    usize::from(screen).saturating_sub(6).clamp(2, WIDEST)
}
