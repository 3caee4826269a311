//! Whether the terminal is light or dark: asked (OSC 11) only when somebody chooses `auto` among
//! the settings, and remembered, so that no start waits for an answer.

use std::io::{Read, Write};
use std::path::Path;

use rustix::termios::{self, OptionalActions, SpecialCodeIndex};

/// What stands behind the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    Dark,
    Light,
}

const FILE: &str = "ground";
/// The question for the colour, and one that every terminal answers, so that nobody waits for long.
const QUESTION: &[u8] = b"\x1b]11;?\x1b\\\x1b[c";
/// Tenths of a second that an answer may take to go on.
const PATIENCE: u8 = 3;
/// Longest answer that is read, in bytes.
const LONGEST: usize = 256;

/// What was answered last.
#[must_use]
pub fn remembered(state: Option<&Path>) -> Option<Ground> {
    let text = std::fs::read_to_string(state?.join(FILE)).ok()?;
    match text.trim() {
        "dark" => Some(Ground::Dark),
        "light" => Some(Ground::Light),
        _ => None,
    }
}

/// Remembers an answer; where that is not possible, it is asked again another time.
pub fn remember(state: Option<&Path>, ground: Ground) {
    let Some(state) = state else { return };
    let word = match ground {
        Ground::Dark => "dark\n",
        Ground::Light => "light\n",
    };
    // Best effort, as said.
    let _ = crate::store::place::make_private_dir(state);
    let _ = std::fs::write(state.join(FILE), word);
}

/// Asks the terminal. The keys must rest meanwhile: the answer comes the way they come.
#[must_use]
pub fn ask() -> Option<Ground> {
    let mut terminal = std::fs::OpenOptions::new().read(true).write(true).open("/dev/tty").ok()?;
    let before = termios::tcgetattr(&terminal).ok()?;
    let mut patient = before.clone();
    patient.special_codes[SpecialCodeIndex::VMIN] = 0;
    patient.special_codes[SpecialCodeIndex::VTIME] = PATIENCE;
    termios::tcsetattr(&terminal, OptionalActions::Now, &patient).ok()?;
    let answer = converse(&mut terminal);
    // Given back as it was found, whatever was answered.
    let _ = termios::tcsetattr(&terminal, OptionalActions::Now, &before);
    read(&answer?)
}

fn converse(terminal: &mut std::fs::File) -> Option<Vec<u8>> {
    terminal.write_all(QUESTION).ok()?;
    let mut answer = Vec::new();
    let mut byte = [0];
    while answer.len() < LONGEST {
        match terminal.read(&mut byte) {
            Ok(1) => answer.push(byte[0]),
            _ => break,
        }
        // The second answer ends with its letter, after `ESC [ ?`.
        let ends = byte[0] == b'c' && answer.windows(3).any(|part| part == b"\x1b[?");
        if ends {
            break;
        }
    }
    Some(answer)
}

/// Reads `ESC ] 11 ; rgb:1b1b/1e1e/2626`.
fn read(answer: &[u8]) -> Option<Ground> {
    let text = String::from_utf8_lossy(answer);
    let colour = text.split("]11;rgb:").nth(1)?;
    let mut parts = colour.split(['/', '\x1b', '\x07']).map(|part| {
        let full = 16_u32.checked_pow(u32::try_from(part.len()).ok()?)?.checked_sub(1)?;
        let value = u32::from_str_radix(part, 16).ok()?;
        (full > 0).then(|| f64::from(value) / f64::from(full))
    });
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    let bright = 0.299 * red + 0.587 * green + 0.114 * blue;
    Some(if bright > 0.5 { Ground::Light } else { Ground::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_light_or_dark() {
        assert_eq!(read(b"\x1b]11;rgb:1b1b/1e1e/2626\x1b\\\x1b[?62c"), Some(Ground::Dark));
        assert_eq!(read(b"\x1b]11;rgb:fa/f9/f5\x07\x1b[?1;2c"), Some(Ground::Light));
        assert_eq!(read(b"\x1b[?62;4c"), None);
        assert_eq!(read(b""), None);
        assert_eq!(read(b"\x1b]11;rgb:zz/00/00\x07"), None);
    }

    #[test]
    fn the_answer_is_remembered() {
        let directory = tempfile::tempdir().unwrap();
        let state = directory.path().join("prewire");
        assert_eq!(remembered(Some(&state)), None);
        remember(Some(&state), Ground::Light);
        assert_eq!(remembered(Some(&state)), Some(Ground::Light));
        assert_eq!(remembered(None), None);
    }
}
