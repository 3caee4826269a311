//! What a decision rests on, and how long it took from knowing to deciding. What was linked after
//! the decision was taken never counts (I10).

use std::collections::HashMap;

use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::domain::evidence::insight::{Decision, InsightToDecision, Link};
use crate::domain::item::{Item, ItemId};
use crate::store::answered::Answered;
use crate::store::basis::{Bases, Linked};
use crate::store::bulk::Bulk;

use super::super::error::Result;
use super::super::workspace::Workspace;

impl Workspace {
    /// The time from insight to decision of all that were answered, over those decided from one day
    /// to another.
    ///
    /// # Errors
    /// A storage error.
    pub fn insight_to_decision(
        &self,
        answered: &[Answered],
        (first, last): (NaiveDate, NaiveDate),
    ) -> Result<InsightToDecision> {
        let decisions = decisions_with_links(&self.store, answered)?;
        Ok(InsightToDecision::of(&decisions, first, last, self.clock.today()))
    }

    /// A decision with what it rests on: what is linked itself first, then what is behind it.
    pub(super) fn decision_with_links(&self, item: &Item) -> Result<(Decision, Vec<Linked>)> {
        let links = self.store.links(Some(item.id))?;
        let mut all = links.clone();
        all.extend(self.store.links_behind(Some(item.id))?);
        let instant = item.text("decided_at").parse().ok();
        let decided = item.day("decided_on").map(|day| (day, instant));
        Ok((decision(decided, &all), links))
    }
}

/// The decisions that were taken, and the open ones that rest on something.
pub(in crate::ops) fn decisions_with_links(
    from: &(impl Bases + Bulk),
    answered: &[Answered],
) -> Result<Vec<Decision>> {
    let mut all = from.links(None)?;
    all.extend(from.links_behind(None)?);
    let mut links = by_decision(all);
    let with = |one: &Answered| {
        let links = links.remove(&one.id).unwrap_or_default();
        decision(Some((one.decided_on, one.decided_at)), &links)
    };
    let mut decisions: Vec<Decision> = answered.iter().map(with).collect();
    let open: Vec<ItemId> = links.keys().copied().collect();
    let items = from.some(&open)?;
    let live = items.iter().filter(|item| {
        item.deleted_at.is_none()
            && ["raised", "framed", "prewiring", "ready", "deferred"].contains(&item.state().slug)
    });
    decisions.extend(
        live.map(|item| decision(None, links.get(&item.id).map_or(&[][..], Vec::as_slice))),
    );
    Ok(decisions)
}

fn by_decision(links: Vec<Linked>) -> HashMap<ItemId, Vec<Linked>> {
    let mut found: HashMap<ItemId, Vec<Linked>> = HashMap::new();
    for link in links {
        found.entry(link.decision).or_default().push(link);
    }
    found
}

/// The decision as the figure sees it. Of a record that was taken over without its instant, the
/// end of the day counts.
fn decision(decided: Option<(NaiveDate, Option<DateTime<Utc>>)>, links: &[Linked]) -> Decision {
    let decided = decided.map(|(day, instant)| (day, instant.unwrap_or_else(|| end_of(day))));
    let links = links
        .iter()
        .map(|link| Link { captured_on: link.captured_on, linked_at: linked_at(link, decided) })
        .collect();
    Decision { decided, links }
}

/// The instant of a link. Two steps of one instant stand in the order in which they were made: what
/// was linked while the question was open came before the answer.
fn linked_at(link: &Linked, decided: Option<(NaiveDate, DateTime<Utc>)>) -> DateTime<Utc> {
    let told = link.linked_at.unwrap_or(DateTime::<Utc>::MIN_UTC);
    match decided {
        Some((_, instant)) if !link.is_late => told.min(instant - Duration::milliseconds(1)),
        Some(_) | None => told,
    }
}

fn end_of(day: NaiveDate) -> DateTime<Utc> {
    (day + Duration::days(1)).and_time(chrono::NaiveTime::MIN).and_utc()
}

/// Whether a link counts for when the decision was taken.
pub(super) fn counts(decision: &Decision, at: usize) -> bool {
    let Some((day, instant)) = decision.decided else { return true };
    decision.links.get(at).is_some_and(|link| link.linked_at < instant && link.captured_on <= day)
}
