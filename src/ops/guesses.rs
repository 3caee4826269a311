//! What a meeting or a stretch of logged time probably was, by the rules of the workspace. A guess
//! is shown as one and counts for nothing until somebody accepts it.

use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::domain::week::Band;
use crate::domain::week::guess::{self, BandRule, Meeting};
use crate::store::Store;

use super::error::Result;
use super::week::rules;

/// The rules in force.
///
/// # Errors
/// A storage error.
pub(super) fn rules(store: &Store) -> Result<Vec<BandRule>> {
    Ok(rules::of(&store.settings()?))
}

/// The band that the rules say, or none.
#[must_use]
pub(super) fn of(
    rules: &[BandRule],
    title: &str,
    calendars: &[&str],
    people: &str,
) -> Option<Band> {
    let people: Vec<String> =
        people.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect();
    // Of several projects and tags each is asked; the first that a rule knows says it.
    let none = [""];
    let asked = if calendars.is_empty() { &none[..] } else { calendars };
    let mut said = asked.iter().map(|calendar| {
        let meeting = Meeting { title, calendar: Some(calendar), people: &people };
        guess::guess(rules, &meeting)
    });
    let by_calendar =
        said.clone().find(|guess| guess.why.is_some_and(|rule| rule.cue == guess::Cue::Calendar));
    let best = by_calendar.or_else(|| said.next());
    best.map(|guess| guess.band).filter(|band| *band != Band::Unclassified)
}

/// The band of logged time by its title and its tags. What somebody taught of the title goes first,
/// then a tag, project or client that a rule knows: whoever sorts time by them has said what it was.
#[must_use]
pub(super) fn of_time(rules: &[BandRule], title: &str, tags: &[&str]) -> Option<Band> {
    let by_title = guess::guess(rules, &Meeting { title, ..Meeting::default() });
    if by_title.why.is_some_and(|rule| rule.cue == guess::Cue::Title) {
        return Some(by_title.band);
    }
    let spaced = |word: &str| word.replace('-', " ");
    let known = |tag: &&str| {
        rules.iter().find(|rule| {
            rule.cue == guess::Cue::Calendar
                && rule.strength > 0
                && spaced(&rule.pattern) == spaced(&tag.to_lowercase())
        })
    };
    let by_tag = tags.iter().find_map(known).map(|rule| rule.band);
    by_tag.or_else(|| of(rules, title, tags, ""))
}

/// The guess about a row that comes in, in words.
#[must_use]
pub(super) fn guessed(
    rules: &[BandRule],
    kind: Kind,
    title: &str,
    values: &[(&'static str, Value)],
) -> &'static str {
    let text = |wanted: &str| {
        let found = values.iter().find(|(name, _)| *name == wanted);
        match found.map(|(_, value)| value) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Tags(tags)) => tags.join(","),
            _ => String::new(),
        }
    };
    let counts = text("counts");
    match counts.as_str() {
        "free" => return "free",
        "away" => return "away",
        "all-day" => return "all day",
        "declined" => return "declined",
        "cancelled" => return "cancelled",
        _ => {}
    }
    let guess = if kind == Kind::Entry {
        let tags = text("tags");
        let tags: Vec<&str> = tags.split(',').filter(|word| !word.is_empty()).collect();
        of_time(rules, title, &tags)
    } else {
        of(rules, title, &[&text("calendar")], &text("people"))
    };
    match guess {
        Some(Band::Strategic) => "guessed strategic",
        Some(Band::Execution) => "guessed execution",
        Some(Band::Reactive) => "guessed reactive",
        Some(Band::Off) => "guessed off",
        Some(Band::Unclassified) | None => "not guessed",
    }
}
