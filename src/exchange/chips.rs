//! Text for files that other programs open: controls and bidi characters become visible chips,
//! line breaks and tabs stay. Unlike `domain::shown` it alters nothing else.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with a chip for every control and bidi character.
#[must_use]
pub fn chipped(text: &str) -> Cow<'_, str> {
    if !text.contains(is_chipped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '\u{7F}' => out.push('␡'),
            letter if is_chipped(letter) && letter < ' ' => {
                out.push(char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{FFFD}'));
            }
            letter if is_chipped(letter) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "⟨{:02X}⟩", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    Cow::Owned(out)
}

/// Whether a character is shown as a chip.
#[must_use]
pub fn is_chipped(letter: char) -> bool {
    match letter {
        '\n' | '\r' | '\t' => false,
        '\u{061C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => true,
        letter => letter.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_bidi_are_chips_and_lines_stay() {
        assert_eq!(chipped("a\x1b[2J\u{9b}\u{202e}\x7f"), "a␛[2J⟨9B⟩⟨202E⟩␡");
        assert!(matches!(chipped("one\r\ntwo\té"), Cow::Borrowed(_)));
    }
}
