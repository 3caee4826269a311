//! The terms of a filter that stand side by side, each a chip that can be taken away. It gives no
//! meaning; whoever reads the filter does.

use super::dates;
use super::token;
use crate::domain::day::Calendar;
use crate::domain::kind::Kind;

/// The terms at the top of a filter, as typed. What `or` joins is one term, and so is what stands
/// in parentheses; joined by spaces they are the same filter.
#[must_use]
pub fn terms(text: &str, kind: Kind, calendar: &Calendar) -> Vec<String> {
    let spaced = spaced(text);
    let cut = token::cut(&spaced);
    let mut terms = Vec::new();
    let mut term = String::new();
    let mut depth = 0_usize;
    for token in dates::joined(&cut.tokens, kind, calendar) {
        let typed = &spaced[token.span.0..token.span.1];
        let sign = if token.literal { "" } else { token.text.as_str() };
        if token.is_or() && depth == 0 {
            return vec![text.trim().to_owned()];
        }
        if !term.is_empty() && !term.ends_with('(') && sign != ")" {
            term.push(' ');
        }
        term.push_str(typed);
        match sign {
            "(" | "!(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            terms.push(std::mem::take(&mut term));
        }
    }
    terms.extend((!term.is_empty()).then_some(term));
    terms
}

/// Gives parentheses outside quotes room, so that they are tokens of their own.
pub(super) fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 8);
    let mut quoted = false;
    let mut escaped = false;
    for letter in text.chars() {
        let plain = !quoted && !escaped;
        if letter == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = letter == '\\' && !escaped;
        match letter {
            '(' if plain => spaced.push_str(if spaced.ends_with('!') { "( " } else { " ( " }),
            ')' if plain => spaced.push_str(" ) "),
            _ => spaced.push(letter),
        }
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::grammar::Filter;

    fn calendar() -> Calendar {
        Calendar { today: "2026-05-06".parse().unwrap(), fiscal_start_month: 1, plan_start: None }
    }

    fn of(text: &str) -> Vec<String> {
        terms(text, Kind::Decision, &calendar())
    }

    #[test]
    fn each_term_is_a_chip_of_its_own() {
        assert_eq!(
            of("icp  @maya due:next fri forum:\"GTM weekly\" !stake:low"),
            ["icp", "@maya", "due:next fri", "forum:\"GTM weekly\"", "!stake:low"]
        );
        assert_eq!(of("  "), Vec::<String>::new());
    }

    #[test]
    fn what_is_joined_is_one_chip() {
        assert_eq!(of("stake:high (@maya or @raj) icp"), ["stake:high", "(@maya or @raj)", "icp"]);
        assert_eq!(of("@maya or @raj icp"), ["@maya or @raj icp"]);
        assert_eq!(of("icp !(stake:low"), ["icp", "!(stake:low"]);
    }

    #[test]
    fn joined_again_they_are_the_same_filter() {
        for text in ["a (b or c) due:fri", "x or y", "\"or\" 'z !(is:blocked @maya)", "a ) b"] {
            let again = of(text).join(" ");
            let read = |text: &str| Filter::read(text, Kind::Decision, &calendar()).filter;
            assert_eq!(read(&again), read(text), "{text}");
        }
    }
}
