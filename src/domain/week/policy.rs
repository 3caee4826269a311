//! The intake policy: by which ways requests come in, how large one may be, what share of the week
//! they get, when they are answered, and what people help themselves to. A rule is cited by number.

use crate::domain::day::{self, show_minutes};
use crate::domain::refusal::Refusal;

/// The largest request that is taken as one, unless set \[D\], in minutes.
const LARGEST: i64 = 8 * 60;
/// Working days in which a request is answered, unless set \[D\].
const REPLY_DAYS: i64 = 2;

/// What intake is held to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// By which ways requests come in; any when none is named.
    pub channels: Vec<String>,
    /// Minutes of the largest request that is taken as one.
    pub largest: i64,
    /// Per cent of the week; the reactive target of the week unless set.
    pub budget: Option<i64>,
    /// Working days in which a request is answered.
    pub reply_days: i64,
    pub ready: Vec<Ready>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            channels: Vec::new(),
            largest: LARGEST,
            budget: None,
            reply_days: REPLY_DAYS,
            ready: Vec::new(),
        }
    }
}

/// Something that people help themselves to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// The word that a request for it has.
    pub word: String,
    /// Only for requests below so many minutes.
    pub below: Option<i64>,
    /// Where it is.
    pub place: String,
}

/// What kind of rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    Ready,
    Size,
    Channel,
    Budget,
}

/// A rule of the policy that applies to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    pub rule: Rule,
    /// Its number in the policy, from 1.
    pub number: usize,
    pub words: String,
    /// What is ready instead, for a rule of that kind.
    pub place: Option<String>,
}

impl Cited {
    /// `decks under 3 h: the sales library first (intake policy, 5)`.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} (intake policy, {})", self.words, self.number)
    }
}

/// What of a request the policy looks at.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub words: &'a str,
    pub channel: &'a str,
    pub estimate: Option<i64>,
    pub overflow: i64,
}

impl Policy {
    /// Reads a policy, a rule a line: `channels:`, `largest:`, `budget:`, `reply:`, `self-serve:`.
    /// Lines that begin with `#` are remarks.
    ///
    /// # Errors
    /// A refusal that names the line.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut policy = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |what: &str| {
                Refusal::input(format!("line {number} of the intake policy: {what}"))
                    .hint("a rule a line: channels, largest, budget, reply or self-serve")
            };
            let (name, value) =
                line.split_once(':').ok_or_else(|| wrong("a name and a colon are missing"))?;
            policy.rule(name.trim(), value.trim()).map_err(|what| wrong(&what))?;
        }
        Ok(policy)
    }

    /// Reads one rule into its place.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn rule(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name.to_lowercase().as_str() {
            "channels" => {
                let named = value.split(',').map(str::trim).filter(|word| !word.is_empty());
                self.channels = named.map(str::to_owned).collect();
            }
            "largest" => {
                let most = day::minutes(value).ok().filter(|minutes| *minutes > 0);
                self.largest =
                    most.ok_or_else(|| format!("“{value}” is no time; try 4h or 90m"))?;
            }
            "budget" => {
                let share = value.trim_end_matches('%').trim().parse().ok();
                let share = share.filter(|share| (0..=100).contains(share));
                self.budget = Some(share.ok_or_else(|| format!("“{value}” is no share; try 20%"))?);
            }
            "reply" => {
                let days = value.trim_end_matches(|letter: char| !letter.is_ascii_digit());
                let days = days.parse().ok().filter(|days| (0..=60).contains(days));
                self.reply_days = days
                    .ok_or_else(|| format!("“{value}” is no number of working days; try 2 days"))?;
            }
            "self-serve" => self.ready.push(ready(value)?),
            other => return Err(format!("“{other}” is no rule")),
        }
        Ok(())
    }

    /// The policy as it is read again, its rules in the order of their numbers.
    #[must_use]
    pub fn written(&self) -> String {
        let mut text = String::new();
        for (name, value) in self.rules() {
            text.extend([name, ": ", &value, "\n"]);
        }
        text
    }

    /// The rules by name, in the order of their numbers.
    #[must_use]
    pub fn rules(&self) -> Vec<(&'static str, String)> {
        let mut rules = vec![
            ("channels", self.channels.join(", ")),
            ("largest", show_minutes(self.largest)),
            ("budget", self.budget.map_or_else(String::new, |share| format!("{share}%"))),
            (
                "reply",
                if self.reply_days == 1 {
                    "1 working day".to_owned()
                } else {
                    format!("{} working days", self.reply_days)
                },
            ),
        ];
        // What stands at its default says nothing.
        rules.retain(|(_, value)| !value.is_empty());
        rules.extend(self.ready.iter().map(|ready| ("self-serve", ready.written())));
        rules
    }

    fn number(&self, name: &str, nth: usize) -> usize {
        let rules = self.rules();
        let places = rules.iter().enumerate().filter(|(_, (known, _))| *known == name);
        places.map(|(at, _)| at + 1).nth(nth).unwrap_or(0)
    }

    /// The rules that apply to a request, the one that settles most first.
    #[must_use]
    pub fn applying(&self, asked: Asked<'_>) -> Vec<Cited> {
        let mut cited = Vec::new();
        for (nth, ready) in self.ready.iter().enumerate() {
            if ready.fits(asked) {
                cited.push(Cited {
                    rule: Rule::Ready,
                    number: self.number("self-serve", nth),
                    words: format!("{}: {} first", ready.whom(), ready.place),
                    place: Some(ready.place.clone()),
                });
            }
        }
        let mut cite = |rule: Rule, name: &str, words: String| {
            cited.push(Cited { rule, number: self.number(name, 0), words, place: None });
        };
        if asked.estimate.is_some_and(|estimate| estimate > self.largest) {
            let words = format!("nothing over {} is taken as one", show_minutes(self.largest));
            cite(Rule::Size, "largest", words);
        }
        let known = |channel: &String| channel.eq_ignore_ascii_case(asked.channel.trim());
        if !asked.channel.trim().is_empty()
            && !self.channels.is_empty()
            && !self.channels.iter().any(known)
        {
            let words = format!("requests come by {}", self.channels.join(" or "));
            cite(Rule::Channel, "channels", words);
        }
        if let Some(share) = self.budget.filter(|_| asked.overflow > 0) {
            let words = format!("requests get {share}% of the week; more is a trade");
            cite(Rule::Budget, "budget", words);
        }
        cited
    }
}

fn ready(value: &str) -> Result<Ready, String> {
    let (whom, place) = value
        .split_once("->")
        .or_else(|| value.split_once('→'))
        .map(|(whom, place)| (whom.trim(), place.trim()))
        .filter(|(whom, place)| !whom.is_empty() && !place.is_empty())
        .ok_or_else(|| {
            format!("“{value}” does not say for what and where; try deck under 3h -> Sales library")
        })?;
    let (word, below) = match whom.split_once(" under ") {
        Some((word, below)) => {
            let minutes =
                day::minutes(below.trim()).map_err(|_| format!("“{below}” is no time; try 3h"))?;
            (word.trim(), Some(minutes))
        }
        None => (whom, None),
    };
    Ok(Ready { word: word.to_owned(), below, place: place.to_owned() })
}

impl Ready {
    fn written(&self) -> String {
        let below =
            self.below.map_or_else(String::new, |below| format!(" under {}", show_minutes(below)));
        format!("{}{below} -> {}", self.word, self.place)
    }

    fn whom(&self) -> String {
        match self.below {
            Some(below) => format!("{} under {}", self.word, show_minutes(below)),
            None => self.word.clone(),
        }
    }

    /// Whether a request has the word, in whatever number or case, and is small enough.
    fn fits(&self, asked: Asked<'_>) -> bool {
        let words = asked.words.to_lowercase();
        let wanted = self.word.to_lowercase();
        let wanted = wanted.trim_end_matches('s');
        let starts = |(at, _): (usize, &str)| {
            !words[..at].chars().next_back().is_some_and(char::is_alphanumeric)
        };
        let small = match (self.below, asked.estimate) {
            (Some(below), Some(estimate)) => estimate < below,
            (Some(_), None) | (None, _) => true,
        };
        small && !wanted.is_empty() && words.match_indices(wanted).any(starts)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "# How we take requests\nchannels: form, desk\nlargest: 4h\nbudget: 20%\n\
                        reply: 2 days\nself-serve: deck under 3h -> Sales library\n\
                        self-serve: logo -> Brand portal\n";

    fn cited(words: &str, channel: &str, estimate: Option<i64>, overflow: i64) -> Vec<String> {
        let policy = Policy::read(TEXT).unwrap();
        let asked = Asked { words, channel, estimate, overflow };
        policy.applying(asked).iter().map(Cited::line).collect()
    }

    #[test]
    fn a_request_is_measured_against_the_rules_and_they_are_cited() {
        assert_eq!(
            cited("Decks for Acme", "", Some(120), 85),
            [
                "deck under 3 h: Sales library first (intake policy, 5)",
                "requests get 20% of the week; more is a trade (intake policy, 3)"
            ]
        );
        assert_eq!(
            cited("Microsite", "Chat", Some(241), 0),
            [
                "nothing over 4 h is taken as one (intake policy, 2)",
                "requests come by form or desk (intake policy, 1)"
            ]
        );
        assert!(cited("Deck", "FORM", Some(180), 0).is_empty());
        assert!(cited("Sundeck plan", "", Some(240), 0).is_empty());
        assert_eq!(cited("New LOGO files", "", None, 0).len(), 1);
    }

    #[test]
    fn without_a_policy_the_defaults_hold() {
        let policy = Policy::read("").unwrap();
        assert_eq!(policy, Policy::default());
        let asked = Asked { words: "Site", channel: "", estimate: Some(481), overflow: 0 };
        assert_eq!(
            policy.applying(asked)[0].line(),
            "nothing over 8 h is taken as one (intake policy, 1)"
        );
    }

    #[test]
    fn what_is_wrong_is_named_by_line() {
        let wrong = |text: &str| Policy::read(text).unwrap_err().what;
        assert_eq!(wrong("largest: 4h\nsize: 3"), "line 2 of the intake policy: “size” is no rule");
        assert_eq!(
            wrong("reply: soon"),
            "line 1 of the intake policy: “soon” is no number of working days; try 2 days"
        );
        assert!(wrong("budget: 120%").contains("no share"));
        assert!(wrong("self-serve: deck").contains("for what and where"));
        assert!(wrong("nothing").contains("a colon"));
    }

    proptest! {
        #[test]
        fn a_policy_reads_as_it_is_written(
            channels in prop::collection::vec("[a-z]{1,8}", 0..3), largest in 1_i64..2_400,
            budget in prop::option::of(0_i64..=100), reply_days in 0_i64..60,
            ready in prop::collection::vec(("[a-z]{1,8}", prop::option::of(1_i64..600), "[A-Z][a-z]{0,9}"), 0..3),
        ) {
            let ready = ready.into_iter().map(|(word, below, place)| Ready { word, below, place }).collect();
            let policy = Policy { channels, largest, budget, reply_days, ready };
            prop_assert_eq!(Policy::read(&policy.written()).unwrap(), policy);
        }
    }
}
