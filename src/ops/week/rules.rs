//! The rules by which a band is guessed: those that ship, and over them the workspace's own, kept
//! as settings so that they are journalled, undone and exported. A correction teaches them.

use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::week::Band;
use crate::domain::week::guess::{self, BandRule, Cue, Meeting};
use crate::store::Write;

use super::super::error::Result;
use super::super::op::Outcome;
use super::super::workspace::Workspace;
use super::super::{guesses, meetings, stretch};

/// The settings under which own rules are kept: the rule, and how strong it is. One that ships and
/// was taken away has no strength.
const RULE: &str = "band.rule.";

/// A rule, and whether it is the workspace's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRule {
    pub rule: BandRule,
    pub own: bool,
}

impl Workspace {
    /// The rules in force, the own ones first, the more telling before the less.
    ///
    /// # Errors
    /// A storage error.
    pub fn band_rules(&self) -> Result<Vec<KeptRule>> {
        let own = own(&self.store.settings()?);
        let is_own = |rule: &BandRule| own.iter().any(|other| is_same(other, rule));
        let all = in_force(&own);
        let mut kept: Vec<KeptRule> =
            all.into_iter().map(|rule| KeptRule { own: is_own(&rule), rule }).collect();
        let rank = |kept: &KeptRule| (!kept.own, std::cmp::Reverse(kept.rule.cue));
        kept.sort_by(|one, other| {
            rank(one).cmp(&rank(other)).then_with(|| one.rule.pattern.cmp(&other.rule.pattern))
        });
        Ok(kept)
    }

    /// The same for guessing: rules and nothing else.
    ///
    /// # Errors
    /// A storage error.
    pub fn rules_of_bands(&self) -> Result<Vec<BandRule>> {
        Ok(in_force(&own(&self.store.settings()?)))
    }
}

/// The rules in force, inside a transaction.
///
/// # Errors
/// A storage error.
pub fn rules_within(write: &Write<'_>) -> Result<Vec<BandRule>> {
    Ok(in_force(&own(&write.settings()?)))
}

/// The rules in force by these settings.
#[must_use]
pub(in crate::ops) fn of(settings: &[(String, String)]) -> Vec<BandRule> {
    in_force(&own(settings))
}

fn own(settings: &[(String, String)]) -> Vec<BandRule> {
    let read = |(name, value): &(String, String)| {
        let rule = guess::parse(name.strip_prefix(RULE)?)?;
        Some(BandRule { strength: value.parse().ok()?, ..rule })
    };
    settings.iter().filter_map(read).collect()
}

fn in_force(own: &[BandRule]) -> Vec<BandRule> {
    let shipped = guess::shipped().into_iter();
    let mut all: Vec<BandRule> =
        shipped.filter(|rule| !own.iter().any(|other| is_same(other, rule))).collect();
    all.extend(own.iter().filter(|rule| rule.strength > 0).cloned());
    all
}

fn is_same(one: &BandRule, other: &BandRule) -> bool {
    one.cue == other.cue && one.pattern == other.pattern && one.band == other.band
}

/// Writes a rule; one that would say the same of another band gives way to it.
pub(in crate::ops) fn set(write: &Write<'_>, rule: &BandRule) -> Result<Outcome> {
    if guess::plain_title(&rule.pattern).is_empty() && matches!(rule.cue, Cue::Word | Cue::Title) {
        let what = format!("“{}” holds no word to look for", rule.pattern);
        return Err(Refusal::input(what).into());
    }
    forget_all(write, rule.cue, &rule.pattern)?;
    keep(write, &BandRule { strength: rule.strength.max(1), ..rule.clone() })?;
    Ok(Outcome { label: format!("rule {rule}"), items: Vec::new(), notices: Vec::new() })
}

/// Takes every rule of a cue and a pattern away, also one that ships.
pub(in crate::ops) fn forget(write: &Write<'_>, cue: Cue, pattern: &str) -> Result<Outcome> {
    let pattern = pattern.trim().to_lowercase();
    if forget_all(write, cue, &pattern)? == 0 {
        let what = format!("there is no rule for {} “{pattern}”", cue.slug());
        return Err(Refusal::missing(what).hint("prewire week rules").into());
    }
    let label = format!("no rule for {} “{pattern}”", cue.slug());
    Ok(Outcome { label, items: Vec::new(), notices: Vec::new() })
}

fn forget_all(write: &Write<'_>, cue: Cue, pattern: &str) -> Result<usize> {
    let shipped = guess::shipped();
    let found = rules_within(write)?.into_iter();
    let found: Vec<BandRule> =
        found.filter(|rule| rule.cue == cue && rule.pattern == pattern).collect();
    for rule in &found {
        let ships = shipped.iter().any(|other| is_same(other, rule));
        write.set_setting(&name(rule), ships.then_some("0"))?;
    }
    Ok(found.len())
}

fn keep(write: &Write<'_>, rule: &BandRule) -> Result<()> {
    Ok(write.set_setting(&name(rule), Some(&rule.strength.to_string()))?)
}

fn name(rule: &BandRule) -> String {
    format!("{RULE}{} {} → {}", rule.cue.slug(), rule.pattern, rule.band)
}

/// Learns from somebody who says what a stretch of time or a meeting was, where the guess was
/// another: what there is to say about it.
pub(in crate::ops) fn learn(
    write: &Write<'_>,
    before: &Item,
    after: &Item,
) -> Result<Option<String>> {
    learn_of(write, before, after, after)
}

/// The same of an entry of a meeting, which knows its calendar and its people.
pub(super) fn learn_of(
    write: &Write<'_>,
    before: &Item,
    after: &Item,
    about: &Item,
) -> Result<Option<String>> {
    let is_meeting = after.kind() == Kind::Meeting;
    if !stretch::is_time(after.kind()) && !is_meeting {
        return Ok(None);
    }
    let said = Band::parse(after.text("band")).unwrap_or(Band::Unclassified);
    let had = Band::parse(before.text("band")).unwrap_or(Band::Unclassified);
    let came_in =
        is_meeting || ["calendar", "toggl", "timewarrior"].contains(&before.text("source"));
    let is_said = said != Band::Unclassified && said != had;
    if !is_said || !(had == Band::Unclassified || came_in) {
        return Ok(None);
    }
    let rules = rules_within(write)?;
    let meeting = Meeting { title: after.title(), ..Meeting::default() };
    let by_title = guess::guess(&rules, &meeting);
    let is_title = by_title.why.is_some_and(|rule| rule.cue == Cue::Title);
    let is_new = guess_of(&rules, about) != Some(said);
    if !is_new && !is_title {
        return Ok(None);
    }
    let lessons = guess::learn(&rules, &meeting, said);
    let taught = guess::taught(&rules, &lessons);
    for rule in rules.iter().filter(|rule| !taught.iter().any(|other| is_same(other, rule))) {
        let ships = guess::shipped().iter().any(|other| is_same(other, rule));
        write.set_setting(&name(rule), ships.then_some("0"))?;
    }
    for rule in taught.iter().filter(|rule| !rules.contains(rule)) {
        keep(write, rule)?;
    }
    let title = guess::plain_title(after.title());
    Ok(is_new.then(|| format!("“{title}” is guessed {said} from now on")))
}

/// What the rules say of an entry by its tags, of a meeting by its calendar and its people.
fn guess_of(rules: &[BandRule], item: &Item) -> Option<Band> {
    if item.kind() == Kind::Meeting {
        return guesses::of(rules, item.title(), &[item.text("calendar")], item.text("people"));
    }
    meetings::guess_of(item, rules)
}
