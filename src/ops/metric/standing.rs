//! Where outcomes stand, rolled up in words and never averaged into a number: the status of their
//! own metric, and what is late or blocked among all that serves them.

use std::collections::HashMap;

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::{Account, Freshness};
use crate::domain::noun::Shelf;
use crate::store::metric::Metrics;
use crate::store::standing::Below;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::glance::Glance;

impl Workspace {
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
            let own = own.map_or_else(|| "no metric".to_owned(), status);
            let below = below.get(&outcome.id).copied().unwrap_or_default();
            (outcome.id, [own, counted(below)].into_iter().filter(|it| !it.is_empty()))
        };
        Ok(outcomes
            .into_iter()
            .map(words)
            .map(|(id, words)| (id, words.collect::<Vec<_>>().join(", ")))
            .collect())
    }

    /// The glances of the metrics among these items.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn glances_of(&self, items: &[Item]) -> Result<HashMap<ItemId, Glance>> {
        let mut metrics = Vec::new();
        for item in items.iter().filter(|item| item.kind() == Kind::Metric) {
            metrics.push((item.id, self.store.shown_by(item.id)?));
        }
        if metrics.is_empty() {
            return Ok(HashMap::new());
        }
        let found = self.glance_at(&metrics, metrics.len())?;
        Ok(found.into_iter().map(|glance| (glance.id, glance)).collect())
    }
}

/// `2 late and 1 blocked below`; nothing where all is well.
fn counted(below: Below) -> String {
    let told = [(below.late, "late"), (below.blocked, "blocked")];
    let told: Vec<String> = told
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
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
    if account.newest.is_none() {
        return "no data".to_owned();
    }
    let target = account.target();
    let target = if target.is_empty() { target } else { format!(" → {target}") };
    format!("{}{target}, {}", account.figure(), account.word())
}
