//! From the bytes of a terminal to keys and pastes. Read here rather than by the terminal library,
//! since a paste whose end never comes would swallow every key after it, and one of fifty megabytes
//! would be held in memory whole.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

mod sequence;

/// How a paste begins and ends.
const BEGIN: &[u8] = b"\x1b[200~";
const END: &[u8] = b"\x1b[201~";
/// Most bytes of a paste that are held; no field takes more.
const MOST: usize = 1 << 20;
/// Longest escape sequence; what goes on after it is no key.
const LONGEST: usize = 64;

/// What is incomplete, and so how long to wait for the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    Nothing,
    /// An escape byte: a key of its own when nothing follows at once.
    Escape,
    /// A sequence or a letter that is surely begun.
    Rest,
    /// A paste without its end.
    Paste,
}

/// Something that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Event(Event),
    /// A paste, and how many of its bytes were left out.
    Paste(String, usize),
}

/// Bytes that are not understood yet.
#[derive(Debug, Default)]
pub struct Bytes {
    held: Vec<u8>,
    paste: Option<Paste>,
}

#[derive(Debug, Default)]
struct Paste {
    text: Vec<u8>,
    left_out: usize,
}

/// The beginning of the bytes, read.
enum Read {
    /// A key, or nothing that means anything, of so many bytes.
    Done(Option<Event>, usize),
    Incomplete,
}

impl Bytes {
    /// Takes what was read, in order.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Found> {
        let mut found = Vec::new();
        self.held.extend_from_slice(bytes);
        while !self.held.is_empty() {
            let is_begun = self.paste.is_none() && self.held.starts_with(BEGIN);
            if is_begun {
                self.held.drain(..BEGIN.len());
                self.paste = Some(Paste::default());
            }
            if let Some(paste) = &mut self.paste {
                let Some(done) = paste.go_on(&mut self.held) else { break };
                self.paste = None;
                found.push(done);
                continue;
            }
            match first(&self.held) {
                Read::Done(event, count) => {
                    self.held.drain(..count);
                    found.extend(event.map(Found::Event));
                }
                Read::Incomplete => break,
            }
        }
        found
    }

    #[must_use]
    pub fn waits(&self) -> Waits {
        match (&self.paste, self.held.as_slice()) {
            (Some(_), _) => Waits::Paste,
            (None, []) => Waits::Nothing,
            (None, [0x1b]) => Waits::Escape,
            (None, _) => Waits::Rest,
        }
    }

    /// The rest did not come: an escape byte was the key, or Alt was held, and a paste is what came
    /// of it. A sequence that breaks off means nothing; its letters are no keys.
    pub fn give_up(&mut self) -> Vec<Found> {
        if let Some(mut paste) = self.paste.take() {
            paste.hold(&std::mem::take(&mut self.held));
            return vec![paste.done()];
        }
        let found = match std::mem::take(&mut self.held).as_slice() {
            [0x1b] => Some(key(KeyCode::Esc)),
            [0x1b, letter] if letter.is_ascii() => {
                let code = KeyCode::Char(char::from(*letter));
                Some(Event::Key(KeyEvent::new(code, KeyModifiers::ALT)))
            }
            _ => None,
        };
        found.map(Found::Event).into_iter().collect()
    }
}

impl Paste {
    /// Takes bytes up to the end of the paste; the paste, when its end was among them.
    fn go_on(&mut self, held: &mut Vec<u8>) -> Option<Found> {
        if let Some(at) = held.windows(END.len()).position(|window| window == END) {
            self.hold(&held[..at]);
            held.drain(..at + END.len());
            return Some(std::mem::take(self).done());
        }
        // The end may have begun.
        let keep = (1..END.len()).rev().find(|count| held.ends_with(&END[..*count]));
        let sure = held.len() - keep.unwrap_or(0);
        self.hold(&held[..sure]);
        held.drain(..sure);
        None
    }

    fn hold(&mut self, bytes: &[u8]) {
        let room = MOST - self.text.len();
        let (kept, rest) = bytes.split_at(bytes.len().min(room));
        self.text.extend_from_slice(kept);
        self.left_out += rest.len();
    }

    fn done(self) -> Found {
        Found::Paste(String::from_utf8_lossy(&self.text).into_owned(), self.left_out)
    }
}

fn key(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

/// Reads the first key.
fn first(bytes: &[u8]) -> Read {
    match bytes {
        [0x1b] | [0x1b, b'O'] => Read::Incomplete,
        [0x1b, 0x1b, ..] => Read::Done(Some(key(KeyCode::Esc)), 1),
        [0x1b, b'[', rest @ ..] => sequence(rest),
        [0x1b, b']', rest @ ..] => answer(rest),
        [0x1b, b'O', letter, ..] => Read::Done(sequence::short(*letter), 3),
        [0x1b, rest @ ..] => match letter(rest) {
            Read::Done(Some(Event::Key(mut found)), count) => {
                found.modifiers |= KeyModifiers::ALT;
                Read::Done(Some(Event::Key(found)), count + 1)
            }
            Read::Done(found, count) => Read::Done(found, count + 1),
            Read::Incomplete => Read::Incomplete,
        },
        _ => letter(bytes),
    }
}

/// Passes over what follows `ESC ]`: an answer of the terminal that came too late to be heard.
fn answer(rest: &[u8]) -> Read {
    let end = rest.iter().position(|byte| *byte == 7 || *byte == 0x1b);
    match end {
        Some(end) if rest[end] == 7 => Read::Done(None, end + 3),
        Some(end) if rest.len() > end + 1 => {
            Read::Done(None, end + if rest[end + 1] == b'\\' { 4 } else { 2 })
        }
        None if rest.len() > 4 * LONGEST => Read::Done(None, rest.len() + 2),
        Some(_) | None => Read::Incomplete,
    }
}

/// Reads what follows `ESC [`.
fn sequence(rest: &[u8]) -> Read {
    // The Linux console writes its first function keys so.
    if let [b'[', letter, ..] = rest {
        return Read::Done(sequence::console(*letter), 4);
    }
    // The mouse of terminals that do not know the form that is asked for.
    if let [b'M', report @ ..] = rest {
        let Some([button, column, row]) = report.first_chunk() else { return Read::Incomplete };
        return Read::Done(sequence::old_mouse([*button, *column, *row]), 6);
    }
    let end = rest.iter().position(|byte| (0x40..0x7f).contains(byte) && *byte != b'[');
    match end {
        Some(end) => {
            let parameters = std::str::from_utf8(&rest[..end]).unwrap_or("");
            Read::Done(sequence::long(parameters, rest[end]), end + 3)
        }
        None if rest.len() > LONGEST => Read::Done(None, rest.len() + 2),
        None => Read::Incomplete,
    }
}

/// Reads a control byte or a letter.
fn letter(bytes: &[u8]) -> Read {
    let ctrl = |letter: u8| {
        let code = KeyCode::Char(char::from(letter));
        Some(Event::Key(KeyEvent::new(code, KeyModifiers::CONTROL)))
    };
    let event = match bytes[0] {
        b'\r' => Some(key(KeyCode::Enter)),
        b'\t' => Some(key(KeyCode::Tab)),
        0x7f => Some(key(KeyCode::Backspace)),
        0 => ctrl(b' '),
        control @ 0x01..=0x1a => ctrl(control - 1 + b'a'),
        control @ 0x1c..=0x1f => ctrl(control - 0x1c + b'4'),
        _ => return utf8(bytes),
    };
    Read::Done(event, 1)
}

fn utf8(bytes: &[u8]) -> Read {
    let length = match bytes[0] {
        0x00..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Read::Done(None, 1),
    };
    let Some(wanted) = bytes.get(..length) else { return Read::Incomplete };
    let Some(letter) = std::str::from_utf8(wanted).ok().and_then(|text| text.chars().next()) else {
        return Read::Done(None, 1);
    };
    let shift = if letter.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    Read::Done(Some(Event::Key(KeyEvent::new(KeyCode::Char(letter), shift))), length)
}

#[cfg(test)]
mod tests;
