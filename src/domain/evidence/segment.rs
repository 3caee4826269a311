//! Whether a segment is one: who, in which workflow, with which problem, and looked at lately.
//! A crowd such as “SMBs” is told from a segment by a list of words that users can change.

use chrono::NaiveDate;

/// The words of crowds that ship.
pub const CROWDS: &str = include_str!("../../../assets/templates/non-segments.txt");

/// A segment not reviewed for longer is stale, in days; a setting with this default \[D\].
pub const REVIEW_AFTER_DAYS: i64 = 180;

/// Words that make no crowd a segment.
const EMPTY_WORDS: [&str; 19] = [
    "a", "all", "and", "any", "every", "global", "in", "large", "many", "medium", "modern", "most",
    "our", "small", "some", "the", "tech", "today", "&",
];

/// A segment as it is described.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segment {
    pub name: String,
    pub who: String,
    pub workflow: String,
    pub problem: String,
    pub reviewed_on: Option<NaiveDate>,
}

/// What is to be said about a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lint {
    /// The words name a crowd.
    Crowd(String),
    /// Fields of the three that are empty.
    Missing(Vec<&'static str>),
    /// Not reviewed for so many days, which is more than so many.
    Stale(i64, i64),
    Unreviewed,
}

impl Lint {
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Crowd(name) => {
                format!("“{name}” is a crowd, not a segment: say which of them")
            }
            Self::Missing(fields) => format!("the segment does not say: {}", fields.join(", ")),
            Self::Stale(days, most) => format!("last reviewed {days} days ago, more than {most}"),
            Self::Unreviewed => "never reviewed".to_owned(),
        }
    }
}

/// Everything to be said about the segment, by this list of crowds and the days that a review holds.
#[must_use]
pub fn lint(segment: &Segment, crowds: &str, today: NaiveDate, holds: i64) -> Vec<Lint> {
    let mut found = Vec::new();
    for text in [&segment.name, &segment.who] {
        let said = |lint: &Lint| *lint == Lint::Crowd(text.trim().to_owned());
        if is_crowd(text, crowds) && !found.iter().any(said) {
            found.push(Lint::Crowd(text.trim().to_owned()));
        }
    }
    let fields =
        [("who", &segment.who), ("workflow", &segment.workflow), ("problem", &segment.problem)];
    let missing: Vec<&str> =
        fields.iter().filter(|(_, text)| text.trim().is_empty()).map(|(name, _)| *name).collect();
    if !missing.is_empty() {
        found.push(Lint::Missing(missing));
    }
    let age = segment.reviewed_on.map(|day| today.signed_duration_since(day).num_days());
    match age {
        None => found.push(Lint::Unreviewed),
        Some(days) if days > holds => found.push(Lint::Stale(days, holds)),
        Some(_) => {}
    }
    found
}

/// Whether a text is nothing but the name of a crowd, with or without words that say nothing.
#[must_use]
pub fn is_crowd(text: &str, crowds: &str) -> bool {
    let text = text.to_lowercase();
    let crowds =
        || crowds.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_known = |phrase: &str| {
        crowds().any(|crowd| {
            let crowd = crowd.to_lowercase();
            crowd == phrase || crowd.strip_suffix('s') == Some(phrase)
        })
    };
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '/' | '.' | ';'))
        .filter(|word| !word.is_empty())
        .collect();
    let telling: Vec<&str> =
        words.iter().copied().filter(|word| !EMPTY_WORDS.contains(word)).collect();
    !telling.is_empty() && (is_known(&words.join(" ")) || telling.iter().all(|word| is_known(word)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::day::fixture::day;

    #[test]
    fn a_crowd_is_no_segment() {
        for text in [
            "SMBs",
            "developers",
            "creators",
            "businesses",
            "Small businesses",
            "SMB",
            "all developers",
            "the modern marketers",
            "SMBs and startups",
            "Mid-market companies",
            "our customers",
            "smbs / enterprises",
        ] {
            assert!(is_crowd(text, CROWDS), "{text}");
        }
        for text in [
            "",
            "  ",
            "the",
            "Regulated lenders, 50 to 500 people",
            "Developers on call for payments",
            "SMBs that close their books by hand",
            "Fintech",
            "creators who invoice brands",
        ] {
            assert!(!is_crowd(text, CROWDS), "{text}");
        }
        assert!(is_crowd("wizards", "wizards\n") && !is_crowd("SMBs", "wizards\n"));
    }

    #[test]
    fn each_lint_is_said_once() {
        let today = day("2026-05-06");
        let sound = Segment {
            name: "Regulated lenders".to_owned(),
            who: "Heads of credit at lenders of 50 to 500".to_owned(),
            workflow: "monthly covenant reports".to_owned(),
            problem: "figures come late and do not match".to_owned(),
            reviewed_on: Some(day("2025-11-07")),
        };
        assert_eq!(lint(&sound, CROWDS, today, REVIEW_AFTER_DAYS), []);
        let stale = Segment { reviewed_on: Some(day("2025-11-06")), ..sound.clone() };
        assert_eq!(lint(&stale, CROWDS, today, REVIEW_AFTER_DAYS), [Lint::Stale(181, 180)]);
        let feature_first = Segment { problem: " ".to_owned(), ..sound.clone() };
        assert_eq!(
            lint(&feature_first, CROWDS, today, REVIEW_AFTER_DAYS),
            [Lint::Missing(vec!["problem"])]
        );
        let crowd = Segment { name: "SMBs".to_owned(), who: "SMBs".to_owned(), ..sound };
        assert_eq!(
            lint(&crowd, CROWDS, today, REVIEW_AFTER_DAYS),
            [Lint::Crowd("SMBs".to_owned())]
        );
        let words: Vec<String> = lint(&Segment::default(), CROWDS, today, REVIEW_AFTER_DAYS)
            .iter()
            .map(Lint::words)
            .collect();
        assert_eq!(words, ["the segment does not say: who, workflow, problem", "never reviewed"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = is_crowd(&text, CROWDS);
        }
    }
}
