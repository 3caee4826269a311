//! What a no rests on (I8): an outcome that the request does not serve, or a rule of the intake
//! policy. Anything else is refused, with what could be said.

use crate::domain::item::Item;
use crate::domain::refusal::Refusal;
use crate::domain::verb::{Answer, Verb};
use crate::domain::week::policy::{Cited, Policy};
use crate::store::Write;
use crate::store::intake::Intake;

use super::super::error::Result;
use super::reply::Ground;
use super::{Called, Triage, policy};

/// Words that a reason and a title share by chance.
const COMMON: [&str; 12] =
    ["the", "and", "for", "not", "does", "with", "from", "into", "this", "that", "our", "serve"];

/// The reason as it was said, and what it rests on.
pub fn reason(
    write: &Write<'_>,
    before: &Item,
    answer: &Answer,
    triage: &Triage,
) -> Result<(String, Ground)> {
    let policy = policy::of(&write.kept()?);
    let outcomes = write.outcomes()?;
    let Ok(said) = Verb::Decline.line(before, answer) else {
        return Err(refused(before, triage, &outcomes, None).into());
    };
    let lower = said.to_lowercase();
    if let Some(rule) = cited(&lower, &triage.rules, &policy) {
        return Ok((said, Ground::Rule(rule)));
    }
    let serves = triage.serves.as_ref().map(|called| called.id);
    if let Some(outcome) = outcomes.iter().find(|outcome| names(&lower, outcome)) {
        let called = Called::of(outcome);
        let (is_other, is_more) = (Some(outcome.id) != serves, adds(&lower, &called));
        // A reason that speaks for the request is none against it.
        if says_serves(&lower) && !denies(&lower) && !is_more {
            return Err(refused(before, triage, &outcomes, Some(&said)).into());
        }
        // Who says more is told in their own words.
        let ground = if is_other && !is_more { Ground::Outcome(called) } else { Ground::Own };
        return Ok((said, ground));
    }
    let is_against = denies(&lower) || !says_serves(&lower);
    if lower.contains("outcome") && serves.is_none() && is_against {
        let ground = triage.nearest.clone().map_or(Ground::Own, Ground::Outcome);
        return Ok((said, ground));
    }
    Err(refused(before, triage, &outcomes, None).into())
}

/// Whether it speaks of serving.
fn says_serves(lower: &str) -> bool {
    words(lower).any(|word| matches!(word, "serve" | "serves" | "serving" | "served"))
}

/// Whether it says no to something.
fn denies(lower: &str) -> bool {
    const NO: [&str; 12] = [
        "not", "no", "nor", "never", "nothing", "neither", "without", "cannot", "doesn", "don",
        "isn", "won",
    ];
    words(lower).any(|word| NO.contains(&word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a reason says more than whether the request serves an outcome.
fn adds(reason: &str, outcome: &Called) -> bool {
    const SAID: [&str; 13] = [
        "it", "this", "that", "does", "do", "not", "doesn", "serve", "serves", "no", "outcome",
        "the", "really",
    ];
    let own = outcome.title.to_lowercase();
    let reference = outcome.reference.to_string();
    words(&reason.to_lowercase()).any(|word| {
        word.len() > 1 && !SAID.contains(&word) && word != reference && !own.contains(word)
    })
}

/// Whether a reason says more than which rule it cites.
pub(super) fn adds_to_rule(reason: &str, rule: &str) -> bool {
    const SAID: [&str; 11] =
        ["our", "the", "by", "see", "policy", "intake", "rule", "of", "it", "is", "says"];
    let rule = rule.to_lowercase();
    words(&reason.to_lowercase()).any(|word| {
        word.len() > 1
            && !SAID.contains(&word)
            && !rule.contains(word)
            && word.parse::<usize>().is_err()
    })
}

/// Whether a reason names an outcome: by its ref, its title, or enough of its words.
fn names(lower: &str, outcome: &Item) -> bool {
    let words = |text: &str| -> Vec<String> {
        let split = text.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase);
        split.filter(|word| word.chars().count() > 2 && !COMMON.contains(&word.as_str())).collect()
    };
    let own = words(outcome.title());
    let said = words(lower);
    let shared = own.iter().filter(|word| said.contains(word)).count();
    let reference = outcome.reference.to_string();
    lower.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == reference)
        || lower.contains(&outcome.title().to_lowercase())
        || shared >= own.len().clamp(1, 2)
}

/// The rule that a reason cites: by its number, else the first that applies.
fn cited(lower: &str, applying: &[Cited], policy: &Policy) -> Option<String> {
    if !["policy", "intake", "rule"].iter().any(|word| lower.contains(word)) {
        return None;
    }
    let numbers = lower.split(|letter: char| !letter.is_ascii_digit());
    let number = numbers.filter_map(|digits| digits.parse::<usize>().ok()).next_back();
    let by_number = number.and_then(|number| {
        let applies = applying.iter().find(|cited| cited.number == number);
        let rule = policy.rules().into_iter().nth(number.checked_sub(1)?);
        let kept = rule.map(|(name, value)| format!("{name}: {value}"));
        applies.map(|cited| cited.words.clone()).or(kept)
    });
    by_number.or_else(|| applying.first().map(|cited| cited.words.clone()))
}

fn refused(before: &Item, triage: &Triage, outcomes: &[Item], said: Option<&str>) -> Refusal {
    let reference = before.reference;
    let what = match said {
        Some(said) => format!("“{said}” speaks for {reference}, and is no reason for a no (I8)"),
        None => {
            format!("a no to {reference} takes an outcome or an intake rule as its reason (I8)")
        }
    };
    let other =
        outcomes.iter().find(|one| triage.serves.as_ref().is_none_or(|serves| serves.id != one.id));
    let why = match (triage.rules.first(), &triage.nearest, &triage.serves, other) {
        (Some(rule), ..) => rule.line(),
        (None, Some(near), ..) => format!("it does not serve {}", near.reference),
        (None, None, Some(serves), Some(other)) => {
            format!("{} comes before {}", other.reference, serves.reference)
        }
        (None, None, Some(serves), None) => format!("{} waits for …", serves.reference),
        (None, None, None, _) => "it serves no outcome".to_owned(),
    };
    Refusal::input(what).hint(format!("prewire request triage {reference} --no '{why}'"))
}
