//! The last wall before JSON meets a terminal. It escapes characters in text
//! that is already JSON and never decides what the JSON says.

use std::borrow::Cow;
use std::fmt::Write;

use super::class::{is_bidi_control, is_bidi_mark};

/// Serialised JSON with every control, bidi and line-separating character as
/// `\uXXXX`.
///
/// Such characters can only stand inside strings, so the meaning stays the
/// same; newline, return and tab are left, since between tokens they are layout
/// and inside strings the serialiser has escaped them.
#[must_use]
pub fn escape_json(json: &str) -> Cow<'_, str> {
    if !json.contains(must_be_escaped) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if must_be_escaped(c) {
            // All of them are in the first plane: one escape is enough, and
            // writing to a string cannot fail.
            let _ = write!(escaped, "\\u{:04x}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

fn must_be_escaped(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => false,
        '\u{2028}' | '\u{2029}' => true,
        _ => c.is_control() || is_bidi_control(c) || is_bidi_mark(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn controls_and_bidi_are_escaped() {
        let json = "{\n  \"a\": \"x\u{7f}\u{9b}\u{202e}\u{200f}\u{2028}é👍\"\n}";
        let expected = "{\n  \"a\": \"x\\u007f\\u009b\\u202e\\u200f\\u2028é👍\"\n}";
        assert_eq!(escape_json(json), expected);
    }

    #[test]
    fn plain_json_is_not_copied() {
        assert!(matches!(escape_json("{\"a\": \"naïve\"}"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_dangerous_is_left(text in any::<String>()) {
            prop_assert!(!escape_json(&text).contains(must_be_escaped));
        }
    }
}
