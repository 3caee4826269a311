//! Cuts typed text into tokens. Quotes and backslash keep a token literal; it gives no meaning.

/// One token of typed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The text without quotes and backslashes.
    pub text: String,
    /// Begins with a quote or a backslash: plain words, whatever they look like.
    pub literal: bool,
    /// Where it begins and ends in the typed text, in bytes.
    pub span: (usize, usize),
    /// How many bytes of `text` stand before the first quoted part; a key must lie within.
    bare: usize,
}

/// Comparison signs between a key and its value, longest first.
const SIGNS: [&str; 6] = ["<=", ">=", ":", "<", ">", "="];

impl Token {
    /// Key, sign and value of `due:fri`, `p<=2`; `None` for plain words.
    #[must_use]
    pub fn pair(&self) -> Option<(&str, &str, &str)> {
        if self.literal {
            return None;
        }
        let bare = &self.text[..self.bare];
        let (at, sign) = SIGNS
            .iter()
            .filter_map(|sign| bare.find(sign).map(|at| (at, *sign)))
            .min_by_key(|(at, sign)| (*at, usize::MAX - sign.len()))?;
        let key = &bare[..at];
        let named = !key.is_empty()
            && key.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter))
            && key.starts_with(|letter: char| letter.is_ascii_alphabetic());
        named.then(|| (key, sign, &self.text[at + sign.len()..]))
    }

    /// Whether it is the word `or` between two terms, in any case.
    #[must_use]
    pub fn is_or(&self) -> bool {
        !self.literal && self.text.eq_ignore_ascii_case("or")
    }

    /// Whether nothing in it was quoted.
    #[must_use]
    pub fn is_unquoted(&self) -> bool {
        !self.literal && self.bare == self.text.len()
    }

    /// Whether it is nothing but a sign of the search, typed before the word that it is for.
    #[must_use]
    pub fn is_lone_sign(&self) -> bool {
        self.is_unquoted() && matches!(self.text.as_str(), "!" | "'" | "^" | "$" | "!'" | "!^")
    }

    /// Whether it is a plain word of letters and digits, unquoted.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.is_unquoted()
            && self.text.chars().all(|letter| letter.is_alphanumeric() || letter == ',')
    }

    /// This token and the words after it as one.
    #[must_use]
    pub fn followed_by(&self, more: &[Self]) -> Self {
        let mut whole = self.clone();
        for token in more {
            whole.text.push(' ');
            whole.text.push_str(&token.text);
            whole.span.1 = token.span.1;
        }
        if self.is_unquoted() {
            whole.bare = whole.text.len();
        }
        whole
    }
}

/// What was typed: the tokens, and what followed `--`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    pub tokens: Vec<Token>,
    pub note: Option<String>,
}

/// Cuts `text` into tokens. Never fails: a quote that is not closed runs to the end.
#[must_use]
pub fn cut(text: &str) -> Tokens {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Tokens { tokens, note: None };
        }
        if let Some(note) = note_after(rest) {
            let note = (!note.is_empty()).then(|| note.to_owned());
            return Tokens { tokens, note };
        }
        let start = text.len() - rest.len();
        let (mut token, used) = take_one(rest);
        token.span = (start, start + used);
        tokens.push(token);
        rest = &rest[used..];
    }
}

/// What follows `--`, when the rest begins with it.
fn note_after(rest: &str) -> Option<&str> {
    let after = rest.strip_prefix("--")?;
    (after.is_empty() || after.starts_with(char::is_whitespace)).then(|| after.trim())
}

fn take_one(rest: &str) -> (Token, usize) {
    let mut text = String::new();
    let mut bare = None;
    let mut quoted = false;
    let mut letters = rest.char_indices();
    let literal = rest.starts_with(['"', '\\']);
    let mut used = rest.len();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => {
                bare.get_or_insert(text.len());
                if let Some((_, next)) = letters.next() {
                    text.push(next);
                }
            }
            '"' => {
                bare.get_or_insert(text.len());
                quoted = !quoted;
            }
            _ if letter.is_whitespace() && !quoted => {
                used = at;
                break;
            }
            _ => text.push(letter),
        }
    }
    let bare = bare.unwrap_or(text.len());
    (Token { text, literal, span: (0, 0), bare }, used)
}

/// Writes a value so that `cut` reads it as one piece again.
#[must_use]
pub fn quote(text: &str) -> String {
    let plain = !text.is_empty()
        && !text.starts_with(['+', '-', '@', '>', '!', '\'', '^', '('])
        && !text.contains(|letter: char| letter.is_whitespace() || "\"\\:<>()".contains(letter));
    if plain { text.to_owned() } else { format!("\"{}\"", escape(text)) }
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        cut(text).tokens.into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn cuts_at_white_space_and_keeps_quoted_values_together() {
        assert_eq!(
            words("Who decides? forum:\"GTM weekly\" @raj"),
            ["Who", "decides?", "forum:GTM weekly", "@raj"]
        );
        let token = &cut("forum:\"GTM: weekly\"").tokens[0];
        assert_eq!(token.pair(), Some(("forum", ":", "GTM: weekly")));
    }

    #[test]
    fn quotes_and_backslash_keep_a_token_literal() {
        for text in ["\"due:fri\"", "\\due:fri", "due\\:fri"] {
            let cut = cut(text);
            assert_eq!(cut.tokens[0].text, "due:fri");
            assert_eq!(cut.tokens[0].pair(), None, "{text}");
        }
    }

    #[test]
    fn everything_after_two_dashes_is_the_note() {
        let cut = cut("Ask Raj -- he knows: due:fri");
        assert_eq!(cut.tokens.len(), 2);
        assert_eq!(cut.note.as_deref(), Some("he knows: due:fri"));
        assert_eq!(words("--flag stays"), ["--flag", "stays"]);
    }

    #[test]
    fn comparison_signs_are_read_longest_first() {
        assert_eq!(cut("p<=2").tokens[0].pair(), Some(("p", "<=", "2")));
        assert_eq!(cut("due<fri").tokens[0].pair(), Some(("due", "<", "fri")));
        assert_eq!(cut("link:https://a>b").tokens[0].pair(), Some(("link", ":", "https://a>b")));
        assert_eq!(cut("14:30").tokens[0].pair(), None);
        assert_eq!(cut(">@raj").tokens[0].pair(), None);
    }

    proptest::proptest! {
        #[test]
        fn a_quoted_value_is_read_back_as_it_was(text in "[^\u{0}]{0,40}") {
            let typed = format!("forum:{}", quote(&text));
            let cut = cut(&typed);
            proptest::prop_assert_eq!(cut.tokens.len(), 1);
            proptest::prop_assert_eq!(cut.tokens[0].pair(), Some(("forum", ":", text.as_str())));
        }
    }
}
