//! Where outcomes stand, rolled up in words and never averaged into a number: the status of their
//! own metric, and what is late or blocked among all that serves them.

use std::collections::HashMap;

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::catalogue;
use crate::domain::metric::{Account, Aim, Freshness, Period};
use crate::domain::noun::Shelf;
use crate::store::metric::{Live, Metrics};
use crate::store::standing::Below;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::audit::companion;
use super::glance::Glance;

/// Metrics that may turn out not to be due: what was told of them last was an older period.
const ASIDE: usize = 8;

impl Workspace {
    /// `31.7 % → 40 %: at risk`, where it came from, and the honest sentence; nothing for what is no
    /// outcome, or one that no metric shows.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn outcome_in_short(&self, item: &Item) -> Result<Vec<String>> {
        let measured = item.link("measured_by").filter(|_| item.kind() == Kind::Outcome);
        let Some(metric) = measured else { return Ok(Vec::new()) };
        let glances = self.glance_at(&[(metric, Some(item.id))], 1)?;
        let Some(account) = glances.first().and_then(|one| one.account.as_ref()) else {
            return Ok(Vec::new());
        };
        let from = account.goal.map(|goal| match goal.aim {
            Aim::Up { baseline, .. } | Aim::Down { baseline, .. } => {
                format!(", from {}", account.terms.unit.show(baseline))
            }
            Aim::Range { .. } => String::new(),
        });
        let stands = format!("{}{}", in_short(account), from.unwrap_or_default());
        Ok(vec![stands, account.sentence()])
    }

    /// Where each outcome among these items stands: `behind, 2 late and 1 blocked below`.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn standings(&self, items: &[Item]) -> Result<HashMap<ItemId, String>> {
        let outcomes: Vec<&Item> = items
            .iter()
            .filter(|item| item.kind() == Kind::Outcome && item.shelf() == Shelf::Open)
            .collect();
        if outcomes.is_empty() {
            return Ok(HashMap::new());
        }
        let measured: Vec<(ItemId, Option<ItemId>)> = outcomes
            .iter()
            .filter_map(|outcome| Some((outcome.link("measured_by")?, Some(outcome.id))))
            .collect();
        let glances = self.glance_at(&measured, measured.len())?;
        let ids: Vec<ItemId> = outcomes.iter().map(|outcome| outcome.id).collect();
        let below = self.store.below(&ids, self.clock.today())?;
        let words = |outcome: &Item| {
            let own = glances.iter().find(|one| one.shows == Some(outcome.reference));
            // One that is named in words alone has no readings.
            let bare = if outcome.text("metric").is_empty() { "no metric" } else { "not measured" };
            let own = own.map_or_else(|| bare.to_owned(), status);
            let below = below.get(&outcome.id).copied().unwrap_or_default();
            (outcome.id, [own, counted(below)].into_iter().filter(|it| !it.is_empty()))
        };
        Ok(outcomes
            .into_iter()
            .map(words)
            .map(|(id, words)| (id, words.collect::<Vec<_>>().join(", ")))
            .collect())
    }

    /// The metrics whose last period is over and has no figure yet, and how many there are; only
    /// those that somebody records by hand. Only of these, and of few more, are readings read.
    ///
    /// # Errors
    /// A storage error.
    pub fn metrics_due(&self, most: usize) -> Result<(Vec<Glance>, usize)> {
        let today = self.clock.today();
        let fiscal = self.settings.fiscal_start_month;
        let may_be = |live: &Live| {
            let cadence = live.terms.cadence;
            let last = Period::last_complete(today, cadence, fiscal);
            let told = live.told.as_deref().and_then(|told| Period::parse(told, fiscal));
            let told = told.filter(|told| told.cadence() == cadence);
            let is_early = told == Some(last) && live.told_early(fiscal);
            live.is_asked && (is_early || told.is_none_or(|told| told.first() < last.first()))
        };
        let live = self.live_metrics()?;
        let waiting: Vec<(ItemId, Option<ItemId>)> =
            live.iter().filter(|live| may_be(live)).map(|live| (live.id, live.shows)).collect();
        let mut found = self.glance_at(&waiting, most + ASIDE)?;
        found.retain(|glance| glance.due.is_some());
        let unread = waiting.len().saturating_sub(most + ASIDE);
        let all = found.len() + unread;
        found.truncate(most);
        Ok((found, all))
    }

    /// The glances of the metrics among these items; not of one that is never shown alone and is.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn glances_of(&self, items: &[Item]) -> Result<HashMap<ItemId, Glance>> {
        let mut metrics = Vec::new();
        let never_alone = |item: &&Item| {
            catalogue::find(item.text("catalogue")).is_some_and(|one| one.beside.is_some())
        };
        let all = if items.iter().any(|item| never_alone(&item)) {
            let live = self.live_metrics()?;
            self.store.items(&live.iter().map(|one| one.id).collect::<Vec<_>>())?
        } else {
            Vec::new()
        };
        let is_shown = |item: &&Item| !never_alone(item) || companion(item, &all).is_none();
        for item in items.iter().filter(is_shown).filter(|item| item.kind() == Kind::Metric) {
            metrics.push((item.id, self.store.shown_by(item.id)?));
        }
        if metrics.is_empty() {
            return Ok(HashMap::new());
        }
        let found = self.glance_at(&metrics, metrics.len())?;
        Ok(found.into_iter().map(|glance| (glance.id, glance)).collect())
    }
}

/// `2 late and 1 blocked below`; nothing where all is well, and `300+ late` where not all was
/// looked at.
fn counted(below: Below) -> String {
    let told = [(below.late, "late"), (below.blocked, "blocked")];
    let more = if below.at_least { "+" } else { "" };
    let told: Vec<String> = told
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count}{more} {word}"))
        .collect();
    if told.is_empty() { String::new() } else { format!("{} below", told.join(" and ")) }
}

/// The status of a metric in a word; what is old says so.
fn status(glance: &Glance) -> String {
    let Some(account) = &glance.account else { return "no metric".to_owned() };
    match account.freshness() {
        Freshness::Stale | Freshness::Dead if account.newest.is_some() => {
            format!("{}, stale", account.word())
        }
        Freshness::Fresh | Freshness::Stale | Freshness::Dead => account.word().to_owned(),
    }
}

/// `24 % → 30 %, behind`: a metric where a list has a few words for it.
#[must_use]
pub fn in_short(account: &Account) -> String {
    if account.value().is_none() {
        return "no data".to_owned();
    }
    let target = account.target();
    let target = if target.is_empty() { target } else { format!(" → {target}") };
    format!("{}{target}, {}", account.figure(), account.word())
}

#[cfg(test)]
mod tests {
    use crate::domain::item::Ref;
    use crate::ops::triage::tests::{empty, lines};
    use crate::store::lookup::Lookup;

    fn standing_of(all: &[String]) -> String {
        let mut workspace = empty();
        for line in all {
            lines(&mut workspace, std::slice::from_ref(line));
        }
        let id = workspace.store().by_ref(Ref::parse("o1").unwrap()).unwrap().unwrap();
        let outcome = workspace.store().item(id).unwrap().unwrap();
        workspace.standings(&[outcome]).unwrap()[&id].clone()
    }

    fn words(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn what_is_late_or_blocked_is_counted_through_bets() {
        let lines = words(&[
            "o Win more",
            "b Rollout proof for:o1",
            "a Page for:b1 due:2026-05-01",
            "a Deck for:o1 due:2026-05-05",
            "a Sheet for:b1 due:2026-06-01",
            "a Memo for:b1",
            "d Which tier? for:b1 blocks:a3,a1",
            "r Never counted for:o1 wanted_by:2026-05-01",
        ]);
        assert_eq!(standing_of(&lines), "no metric, 2 late and 1 blocked below");
        assert_eq!(standing_of(&words(&["o Win more"])), "no metric");
    }

    #[test]
    fn what_was_not_all_looked_at_says_so() {
        let late = (0..310).map(|at| format!("a Page {at} for:o1 due:2026-05-01"));
        let all: Vec<String> = std::iter::once("o Win more".to_owned()).chain(late).collect();
        assert_eq!(standing_of(&all), "no metric, 300+ late below");
    }
}
