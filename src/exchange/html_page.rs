//! Pages that can be sent: one file, readable in light, dark and on paper, without script or
//! anything that is loaded. Only the elements named here can be written, and all text is escaped.

mod drawn;
pub mod page;
pub mod prose;
mod tag;

pub use page::{Head, Page};
pub use tag::{Attribute, Link, Measure, Tag};

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::domain::shown::Shown;

/// The one style of every page; the policy of the page names its hash.
pub const STYLE: &str = include_str!("../../assets/templates/page.css");

/// Letters that are looked at in one go, so that a long text is never cut.
const PIECE: usize = 2_000;

/// Somebody's text as text: no markup in it has a meaning, controls and bidi marks are chips.
/// Line breaks stay.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let letters: Vec<char> = line.chars().collect();
        for piece in letters.chunks(PIECE) {
            let piece: String = piece.iter().collect();
            for letter in Shown::line(&piece).as_str().chars() {
                match letter {
                    '&' => out.push_str("&amp;"),
                    '<' => out.push_str("&lt;"),
                    '>' => out.push_str("&gt;"),
                    '"' => out.push_str("&quot;"),
                    '\'' => out.push_str("&#39;"),
                    other => out.push(other),
                }
            }
        }
    }
    out
}

/// What a page may load and run: its own style, by its hash, and nothing else.
#[must_use]
pub fn policy() -> String {
    let hash = base64(&Sha256::digest(STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            let padded = place > three.len();
            let _ = out.write_char(if padded { '=' } else { char::from(letter) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, wanted) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), wanted);
        }
    }

    #[test]
    fn text_has_no_meaning_and_is_never_cut() {
        assert_eq!(
            escaped("<b a=\"1\" b='2'>&amp;"),
            "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;"
        );
        assert_eq!(escaped("one\ntwo\r\nthree"), "one\ntwo\nthree");
        assert_eq!(escaped("\u{1b}[2J"), "␛[2J");
        let long = "word ".repeat(10_000);
        assert_eq!(escaped(&long), long);
    }

    #[test]
    fn the_style_loads_nothing() {
        for word in ["url(", "@import", "expression", "<", "http"] {
            assert!(!STYLE.contains(word), "{word}");
        }
    }
}
