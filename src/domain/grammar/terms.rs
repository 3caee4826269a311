//! The terms of a filter that stand side by side, each a chip that can be taken away. It gives no
//! meaning; whoever reads the filter does.

use super::dates;
use super::filter::spaced;
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
    let (mut depth, mut start) = (0_usize, 0);
    for token in dates::joined(&cut.tokens, kind, calendar) {
        let (from, to) = token.span;
        if depth == 0 {
            start = from;
        }
        match token.text.as_str() {
            _ if token.literal => {}
            "(" | "!(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            "or" if depth == 0 => return vec![text.trim().to_owned()],
            _ => {}
        }
        if depth == 0 {
            terms.push(spaced[start..to].trim().to_owned());
        }
    }
    if depth > 0 {
        terms.push(spaced[start..].trim().to_owned());
    }
    terms
}

/// The filter without its last term.
#[must_use]
pub fn without_last(text: &str, kind: Kind, calendar: &Calendar) -> String {
    let mut terms = terms(text, kind, calendar);
    terms.pop();
    terms.join(" ")
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
        assert_eq!(
            of("stake:high (@maya or @raj) icp"),
            ["stake:high", "( @maya or @raj )", "icp"]
        );
        assert_eq!(of("@maya or @raj icp"), ["@maya or @raj icp"]);
        assert_eq!(of("icp !(stake:low"), ["icp", "!( stake:low"]);
    }

    #[test]
    fn joined_again_they_are_the_same_filter() {
        for text in ["a (b or c) due:fri", "x or y", "\"or\" 'z !(is:blocked @maya)", "a ) b"] {
            let again = of(text).join(" ");
            let read = |text: &str| Filter::read(text, Kind::Decision, &calendar()).filter;
            assert_eq!(read(&again), read(text), "{text}");
        }
    }

    #[test]
    fn the_last_one_goes() {
        assert_eq!(without_last("icp @maya", Kind::Decision, &calendar()), "icp");
        assert_eq!(without_last("icp", Kind::Decision, &calendar()), "");
    }
}
