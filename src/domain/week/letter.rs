//! The texts that a request or an overload is answered with: templates with named gaps. A gap
//! that nobody filled is named in the text, never left blank.

/// A text that ships as a template; the user edits what comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Letter {
    Accept,
    Trade,
    /// No, because it serves no outcome.
    No,
    /// No, because of an intake rule.
    Policy,
    Defer,
    SelfServe,
    /// The memo that asks for capacity, scope or an accepted slip.
    Escalation,
}

impl Letter {
    pub const ALL: [Self; 7] = [
        Self::Accept,
        Self::Trade,
        Self::No,
        Self::Policy,
        Self::Defer,
        Self::SelfServe,
        Self::Escalation,
    ];

    /// The template as it ships.
    #[must_use]
    pub fn template(self) -> &'static str {
        match self {
            Self::Accept => include_str!("../../../assets/templates/accept.md"),
            Self::Trade => include_str!("../../../assets/templates/trade.md"),
            Self::No => include_str!("../../../assets/templates/no.md"),
            Self::Policy => include_str!("../../../assets/templates/policy.md"),
            Self::Defer => include_str!("../../../assets/templates/defer.md"),
            Self::SelfServe => include_str!("../../../assets/templates/self-serve.md"),
            Self::Escalation => include_str!("../../../assets/templates/escalation.md"),
        }
    }

    /// The template with its gaps filled.
    #[must_use]
    pub fn fill(self, values: &[(&str, &str)]) -> Filled {
        fill(self.template(), values)
    }
}

/// A text, and the names of the gaps that are still open, each once, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    pub text: String,
    pub missing: Vec<String>,
}

/// Fills `{name}` with its value; white space at the end of the text goes. A missing or blank
/// value stays visible as `[name?]`, with spaces for underscores. What is filled in is never
/// read as a template again, and braces around anything but a name stand as they are. What stands
/// in `[[…]]` is said only when every gap in it is filled: nothing is promised that there is not.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> Filled {
    let mut filled = Filled { text: String::new(), missing: Vec::new() };
    let mut rest = template.trim_end();
    while let Some((before, from)) = rest.split_once("[[")
        && let Some((inside, after)) = from.split_once("]]")
    {
        filled.take(fill_all(before, values));
        let optional = fill_all(inside, values);
        if optional.missing.is_empty() {
            filled.take(optional);
        }
        rest = after;
    }
    filled.take(fill_all(rest, values));
    filled
}

impl Filled {
    /// Goes on with another text.
    fn take(&mut self, other: Self) {
        self.text.push_str(&other.text);
        let new = other.missing.into_iter().filter(|name| !self.missing.contains(name));
        let new: Vec<String> = new.collect();
        self.missing.extend(new);
    }
}

fn fill_all(template: &str, values: &[(&str, &str)]) -> Filled {
    let mut text = String::with_capacity(template.len() * 2);
    let mut missing: Vec<String> = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        text.push_str(before);
        let Some((name, after)) = gap(from) else {
            text.push('{');
            rest = &from[1..];
            continue;
        };
        rest = after;
        let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.trim());
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            text.push_str(value);
            continue;
        }
        let spoken = name.replace('_', " ");
        text.extend(["[", &spoken, "?]"]);
        if !missing.contains(&spoken) {
            missing.push(spoken);
        }
    }
    text.push_str(rest);
    Filled { text, missing }
}

/// The names of the gaps of a template, each once, in their order.
#[must_use]
pub fn gaps(template: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let from = &rest[open..];
        let Some((name, after)) = gap(from) else {
            rest = &from[1..];
            continue;
        };
        if !found.contains(&name) {
            found.push(name);
        }
        rest = after;
    }
    found
}

/// The name in the braces that the text begins with, and what follows them.
fn gap(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix('{')?.split_once('}')?;
    let named = |letter: u8| letter.is_ascii_lowercase() || letter == b'_';
    (!name.is_empty() && name.bytes().all(named)).then_some((name, after))
}

/// `Battlecard`, `Battlecard and Deck`, `Battlecard, Deck and Page`: how several values are said.
#[must_use]
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Whether a memo leaves something to choose from: two options by their letters, or a list of two.
#[must_use]
pub fn offers_options(memo: &str) -> bool {
    let text = memo.to_lowercase();
    let lettered = ["a", "b", "c", "d"].into_iter().filter(|letter| {
        let words = format!("option {letter}");
        let named = text
            .match_indices(&words)
            .any(|(at, found)| !text[at + found.len()..].starts_with(char::is_alphanumeric));
        named || text.contains(&format!("({letter})"))
    });
    let is_member = |line: &&str| {
        let line = line.trim_start();
        let rest = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
        let is_numbered = rest.len() < line.len() && rest.starts_with([')', '.']);
        is_numbered || line.starts_with("- ") || line.starts_with("* ")
    };
    lettered.count() >= 2 || memo.lines().filter(is_member).count() >= 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_trade_reads_as_a_person_would_say_it() {
        let filled = Letter::Trade.fill(&[
            ("request", "Battlecard vs Rivo"),
            ("date", "Fri 8 May"),
            ("item", "Segment memo"),
            ("moves", "moves"),
            ("from", "Thu 7 May"),
            ("to", "Tue 12 May"),
            ("outcome", "Win rate in upper mid-market"),
            ("days", "3 days"),
        ]);
        assert_eq!(
            filled.text,
            "I can do “Battlecard vs Rivo” by Fri 8 May if Segment memo moves from Thu 7 May to Tue \
             12 May, which delays Win rate in upper mid-market by 3 days. Which do you prefer? \
             Before that: which decision does it improve, and what signal would show that it worked?"
        );
        assert!(filled.missing.is_empty());
    }

    #[test]
    fn a_memo_has_options_when_there_is_something_to_choose_from() {
        let filled = Letter::Escalation.fill(&[]).text;
        for memo in [
            filled.as_str(),
            "We can (a) hire, or (b) drop the webinar.",
            "Option A: hire. Option B: drop it.",
            "Two ways:\n\n- hire\n- drop the webinar",
            "1. Hire\n2) Drop it",
        ] {
            assert!(offers_options(memo), "{memo}");
        }
        for memo in ["", "It is too much.", "(A) is all we can do", "- one line", "Optional, about"]
        {
            assert!(!offers_options(memo), "{memo}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let filled = Letter::No.fill(&[("request", "Deck"), ("outcome", "  ")]);
        assert_eq!(filled.missing, ["outcome"]);
        assert_eq!(filled.text, "I am not taking “Deck” on now: it does not serve [outcome?].");
    }

    #[test]
    fn what_is_not_there_is_not_promised() {
        let ready = ("self_serve", "the sales library");
        let text = |values: &[(&str, &str)]| {
            Letter::No.fill(&[&[("request", "Deck"), ("outcome", "“Win rate”")], values].concat())
        };
        assert_eq!(
            text(&[ready]).text,
            "I am not taking “Deck” on now: it does not serve “Win rate”. You can use the sales \
             library."
        );
        assert!(text(&[]).missing.is_empty());
        assert_eq!(fill("a[[ {b}]] c [[", &[("b", "[[x]]")]).text, "a [[x]] c [[");
    }

    #[test]
    fn the_memo_holds_what_the_rule_knows() {
        let names = gaps(Letter::Escalation.template());
        assert_eq!(
            names,
            [
                "whose",
                "shares",
                "weeks",
                "limit",
                "items",
                "outcome",
                "cost",
                "askers",
                "causes",
                "capacity",
                "scope",
                "until",
                "recommendation",
                "needed_by"
            ]
        );
    }

    #[test]
    fn braces_that_are_no_gap_stay() {
        assert_eq!(fill("a {B} {} { {x", &[]).text, "a {B} {} { {x");
        let filled = fill("{a}{b}", &[("a", "{b}"), ("b", "1")]);
        assert_eq!(filled.text, "{b}1");
    }

    #[test]
    fn lists_are_said() {
        let words: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(listed(&words[..0]), "");
        assert_eq!(listed(&words[..2]), "a and b");
        assert_eq!(listed(&words), "a, b and c");
    }

    proptest! {
        #[test]
        fn every_letter_filled_whole_has_no_gap(value in "[a-zA-Z{}é ]{1,20}[a-z]") {
            for letter in Letter::ALL {
                let names = gaps(letter.template());
                let values: Vec<(&str, &str)> = names.iter().map(|name| (*name, value.as_str())).collect();
                let filled = letter.fill(&values);
                prop_assert!(filled.missing.is_empty());
                prop_assert!(filled.text.contains(value.trim()));
                prop_assert!(letter.fill(&[]).missing.len() <= names.len());
            }
        }
    }
}
