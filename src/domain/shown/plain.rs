//! What stands for letters where a terminal has those of ASCII alone, a column for a column.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands for the signs of our own sentences.
pub const SIGNS: [(char, char); 22] = [
    ('“', '"'),
    ('”', '"'),
    ('’', '\''),
    ('…', '~'),
    ('·', '.'),
    ('−', '-'),
    ('–', '-'),
    ('—', '-'),
    ('→', '>'),
    ('←', '<'),
    ('↑', '^'),
    ('↓', 'v'),
    ('×', 'x'),
    ('÷', '/'),
    ('≤', '<'),
    ('≥', '>'),
    ('⟨', '<'),
    ('⟩', '>'),
    ('⏎', '$'),
    ('␛', '^'),
    ('◌', '.'),
    ('▏', '|'),
];

/// What stands for any other letter.
const OTHER: &str = "?";

/// The text in letters of ASCII.
#[must_use]
pub fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for sign in text.graphemes(true) {
        if sign.is_ascii() {
            plain.push_str(sign);
        } else if let Some((_, stands)) = SIGNS.iter().find(|(one, _)| sign.chars().eq([*one])) {
            plain.push(*stands);
        } else {
            plain.push_str(&OTHER.repeat(sign.width()));
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn our_signs_have_others_and_letters_of_somebody_are_asked_for() {
        assert_eq!(ascii("Ask José “now” · −3 d → 東"), "Ask Jos? \"now\" . -3 d > ??");
        assert_eq!(ascii("e\u{301}t\u{301}"), "??");
        assert!(matches!(ascii("plain"), Cow::Borrowed("plain")));
    }

    proptest! {
        #[test]
        fn what_is_told_is_ascii_and_as_wide(text in any::<String>()) {
            let shown = super::super::Shown::line(&text);
            let plain = ascii(shown.as_str());
            prop_assert!(plain.is_ascii());
            let wide: usize = shown.as_str().graphemes(true).map(UnicodeWidthStr::width).sum();
            prop_assert_eq!(plain.width(), wide);
        }
    }
}
