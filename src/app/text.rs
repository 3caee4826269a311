//! A text of many lines being written: motions, its own undo, and where it wraps. It knows how wide
//! it is shown, since up and down go by what is seen.

use unicode_segmentation::UnicodeSegmentation;

use super::keys::{Code, Key, Modifier};

mod wrap;

pub use wrap::{Row, rows};

/// Longest text, in characters, as fields take it.
pub const LONGEST: usize = crate::domain::field::TEXT_MAX;
/// Most steps that can be taken back while writing.
const STEPS: usize = 2_000;

/// One change, by which it is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    at: usize,
    removed: String,
    inserted: String,
}

/// A text with a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    content: String,
    /// Byte before which the cursor stands.
    cursor: usize,
    /// The column that up and down keep to.
    wish: Option<usize>,
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl Text {
    /// A text with the cursor at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { content: text.to_owned(), cursor: text.len(), ..Self::default() }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The row on which the cursor is seen, and the column.
    #[must_use]
    pub fn place(&self, rows: &[Row]) -> (usize, usize) {
        let row = rows.iter().rposition(|row| row.start <= self.cursor).unwrap_or(0);
        let start = rows.get(row).map_or(0, |row| row.start);
        (row, wrap::width(&self.content[start..self.cursor]))
    }

    /// Puts the cursor where a row is seen at a column.
    pub fn go(&mut self, row: usize, column: usize, width: usize) {
        let rows = rows(&self.content, width);
        let Some(row) = rows.get(row.min(rows.len().saturating_sub(1))) else { return };
        let mut taken = 0;
        let clusters = self.content[row.start..row.end].grapheme_indices(true);
        let passed = clusters.take_while(|(_, cluster)| {
            taken += wrap::width(cluster);
            taken <= column
        });
        self.cursor = row.start + passed.last().map_or(0, |(at, cluster)| at + cluster.len());
        self.wish = None;
    }

    /// Takes a key; whether it meant anything here.
    pub fn press(&mut self, key: Key, width: usize) -> bool {
        if self.write(key) {
            self.wish = None;
            return true;
        }
        let vertical = match (key.modifier, key.code) {
            (Modifier::None, Code::Up) | (Modifier::Ctrl, Code::Char('p')) => -1,
            (Modifier::None, Code::Down) | (Modifier::Ctrl, Code::Char('n')) => 1,
            (Modifier::None, Code::PageUp) => -10,
            (Modifier::None, Code::PageDown) => 10,
            _ => 0,
        };
        if vertical != 0 {
            self.climb(vertical, width);
            return true;
        }
        let Some(to) = self.motion(key) else { return false };
        self.cursor = to;
        self.wish = None;
        true
    }

    fn write(&mut self, key: Key) -> bool {
        let end = self.cursor;
        match (key.modifier, key.code) {
            (Modifier::None, Code::Char(letter)) => self.type_in(&letter.to_string()),
            (_, Code::Enter) => self.type_in("\n"),
            (Modifier::None, Code::Tab) => self.type_in("  "),
            (Modifier::None, Code::Backspace) | (Modifier::Ctrl, Code::Char('h')) => {
                self.remove(self.before(), end);
            }
            (Modifier::None, Code::Delete) | (Modifier::Ctrl, Code::Char('d')) => {
                self.remove(end, self.after());
            }
            (Modifier::Ctrl, Code::Char('w')) | (Modifier::Alt, Code::Backspace) => {
                self.remove(self.word_before(), end);
            }
            (Modifier::Alt, Code::Char('d')) => self.remove(end, self.word_after()),
            (Modifier::Ctrl, Code::Char('u')) => self.remove(self.line_start(), end),
            (Modifier::Ctrl, Code::Char('k')) => {
                let to = self.line_end();
                self.remove(end, if to == end { self.after() } else { to });
            }
            (Modifier::Ctrl, Code::Char('z' | '_' | '/' | '7')) => self.undo(),
            (Modifier::Ctrl, Code::Char('y')) => self.redo(),
            _ => return false,
        }
        true
    }

    fn motion(&self, key: Key) -> Option<usize> {
        Some(match (key.modifier, key.code) {
            (Modifier::None, Code::Left) | (Modifier::Ctrl, Code::Char('b')) => self.before(),
            (Modifier::None, Code::Right) | (Modifier::Ctrl, Code::Char('f')) => self.after(),
            (Modifier::Alt, Code::Char('b')) | (Modifier::Ctrl | Modifier::Alt, Code::Left) => {
                self.word_before()
            }
            (Modifier::Alt, Code::Char('f')) | (Modifier::Ctrl | Modifier::Alt, Code::Right) => {
                self.word_after()
            }
            (Modifier::None, Code::Home) | (Modifier::Ctrl, Code::Char('a')) => self.line_start(),
            (Modifier::None, Code::End) | (Modifier::Ctrl, Code::Char('e')) => self.line_end(),
            (Modifier::Ctrl, Code::Home) | (Modifier::Alt, Code::Char('<')) => 0,
            (Modifier::Ctrl, Code::End) | (Modifier::Alt, Code::Char('>')) => self.content.len(),
            _ => return None,
        })
    }

    /// Puts a text at the cursor as one step; returns how many characters did not fit.
    pub fn paste(&mut self, text: &str) -> usize {
        let room = LONGEST.saturating_sub(self.content.chars().count());
        let mut clean = String::new();
        let mut left_out = 0;
        let mut taken = 0;
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if letter == '\r' && letters.peek() == Some(&'\n') {
                continue;
            }
            if taken == room {
                left_out += 1;
                continue;
            }
            taken += 1;
            clean.push(if letter == '\r' { '\n' } else { letter });
        }
        let at = self.cursor;
        self.change(at, at, &clean);
        left_out
    }

    /// Puts another text in its place, as one step.
    pub fn replace(&mut self, text: &str) {
        self.change(0, self.content.len(), text);
    }

    fn type_in(&mut self, text: &str) {
        if self.content.len() < LONGEST || self.content.chars().count() < LONGEST {
            self.change(self.cursor, self.cursor, text);
        }
    }

    fn remove(&mut self, from: usize, to: usize) {
        if from < to {
            self.change(from, to, "");
        }
    }

    fn change(&mut self, from: usize, to: usize, text: &str) {
        let removed = self.content[from..to].to_owned();
        self.content.replace_range(from..to, text);
        self.cursor = from + text.len();
        self.undone.clear();
        let step = Step { at: from, removed, inserted: text.to_owned() };
        match self.done.last_mut() {
            Some(last) if goes_on(last, &step) => last.inserted.push_str(text),
            _ => self.done.push(step),
        }
        if self.done.len() > STEPS {
            self.done.remove(0);
        }
    }

    fn undo(&mut self) {
        let Some(step) = self.done.pop() else { return };
        self.content.replace_range(step.at..step.at + step.inserted.len(), &step.removed);
        self.cursor = step.at + step.removed.len();
        self.undone.push(step);
    }

    fn redo(&mut self) {
        let Some(step) = self.undone.pop() else { return };
        self.content.replace_range(step.at..step.at + step.removed.len(), &step.inserted);
        self.cursor = step.at + step.inserted.len();
        self.done.push(step);
    }

    fn climb(&mut self, by: isize, width: usize) {
        let rows = rows(&self.content, width);
        let (row, column) = self.place(&rows);
        let wish = *self.wish.get_or_insert(column);
        let to = row.saturating_add_signed(by).min(rows.len() - 1);
        if to == row {
            self.cursor = if by < 0 { 0 } else { self.content.len() };
            return;
        }
        let Row { start, end } = rows[to];
        let mut taken = 0;
        self.cursor = start;
        for cluster in self.content[start..end].graphemes(true) {
            let wide = wrap::width(cluster);
            // The end of a wrapped row is the start of the next one.
            let is_last = self.cursor + cluster.len() == end && to + 1 < rows.len();
            if taken + wide > wish || is_last && rows[to + 1].start == end {
                break;
            }
            taken += wide;
            self.cursor += cluster.len();
        }
    }

    fn before(&self) -> usize {
        let last = self.content[..self.cursor].graphemes(true).next_back();
        self.cursor - last.map_or(0, str::len)
    }

    fn after(&self) -> usize {
        let next = self.content[self.cursor..].graphemes(true).next();
        self.cursor + next.map_or(0, str::len)
    }

    fn line_start(&self) -> usize {
        self.content[..self.cursor].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.content[self.cursor..].find('\n').map_or(self.content.len(), |at| self.cursor + at)
    }

    fn word_before(&self) -> usize {
        let mut words = self.content[..self.cursor].split_word_bound_indices();
        words.rfind(|(_, word)| is_word(word)).map_or(0, |(at, _)| at)
    }

    fn word_after(&self) -> usize {
        let mut words = self.content[self.cursor..].split_word_bound_indices();
        let found = words.find(|(_, word)| is_word(word));
        found.map_or(self.content.len(), |(at, word)| self.cursor + at + word.len())
    }
}

/// Whether a step only goes on with the word that the last one began.
fn goes_on(last: &Step, step: &Step) -> bool {
    let follows = last.at + last.inserted.len() == step.at;
    let plain = step.removed.is_empty() && step.inserted.chars().count() == 1;
    let begins = step.inserted.chars().all(char::is_whitespace)
        || last.inserted.ends_with(char::is_whitespace);
    follows && plain && last.removed.is_empty() && !begins
}

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests;
