//! Dates of several words behind a key, without quotes: `due:next fri`, `due:14 dec 2026`. It
//! joins tokens; what they mean is read elsewhere.

use super::token::Token;
use crate::domain::day::Calendar;
use crate::domain::kind::Kind;

/// Most words that follow the first in a date: `14 dec 2026`, `fri 27 nov`, `in 2 weeks`.
const MORE_WORDS: usize = 3;

/// Joins the words of a date to the token that begins it, where all of them together are one and
/// the longest reading wins.
#[must_use]
pub fn joined(tokens: &[Token], kind: Kind, calendar: &Calendar) -> Vec<Token> {
    let mut whole = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        let most = after.iter().take(MORE_WORDS).take_while(|token| token.is_bare()).count();
        let longest = (1..=most)
            .rev()
            .map(|count| (count, first.followed_by(&after[..count])))
            .find(|(_, token)| is_date(token, kind, calendar));
        let (count, token) = longest.unwrap_or_else(|| (0, first.clone()));
        whole.push(token);
        rest = &after[count..];
    }
    whole
}

fn is_date(token: &Token, kind: Kind, calendar: &Calendar) -> bool {
    let Some((key, _, value)) = token.pair().filter(|_| token.is_unquoted()) else { return false };
    let field = kind.noun().answering(key).filter(|field| field.is_date());
    field.is_some_and(|field| field.read(value, calendar).is_ok())
}

#[cfg(test)]
mod tests {
    use super::super::token::cut;
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let calendar = Calendar {
            today: "2026-05-06".parse().unwrap(),
            fiscal_start_month: 1,
            plan_start: None,
        };
        let tokens = joined(&cut(text).tokens, Kind::Decision, &calendar);
        tokens.into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn the_words_of_a_date_belong_to_its_key() {
        assert_eq!(words("due:next fri Who?"), ["due:next fri", "Who?"]);
        assert_eq!(words("Who? due:14 dec @maya"), ["Who?", "due:14 dec", "@maya"]);
        assert_eq!(words("due:dec 14 2026 Who?"), ["due:dec 14 2026", "Who?"]);
        assert_eq!(words("due<14 dec p:1"), ["due<14 dec", "p:1"]);
    }

    #[test]
    fn other_words_stay_words() {
        assert_eq!(words("due:fri next week?"), ["due:fri", "next", "week?"]);
        assert_eq!(words("due:14 \"dec\""), ["due:14", "dec"]);
        assert_eq!(words("due:\"14\" dec"), ["due:14", "dec"]);
        assert_eq!(words("forum:14 dec"), ["forum:14", "dec"]);
    }
}
