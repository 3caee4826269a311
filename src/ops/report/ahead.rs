//! What is due in the next thirty days: outcomes that end, gates, launches, decisions.

use chrono::{Days, NaiveDate};

use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::report::HORIZON_DAYS;
use crate::store::plan::Plans;

use super::super::error::Result;
use super::super::plan::due::Due;
use super::super::workspace::Workspace;
use super::dated;
use super::facts::Ahead;

impl Workspace {
    /// What is due in the next thirty days, by day, and how much more than is told. Where there is
    /// too much of it, what others wait for is told first: outcomes, gates, decisions.
    pub(super) fn ahead(&self, asked: &[String], days: usize) -> Result<(Vec<Ahead>, usize)> {
        let today = self.clock.today();
        let until = today.checked_add_days(Days::new(HORIZON_DAYS)).unwrap_or(today);
        let is_told =
            |item: &Item| !matches!(item.kind(), Kind::Request | Kind::Ritual | Kind::Metric);
        let mut all: Vec<(NaiveDate, Item)> = self
            .due_by(until)?
            .into_iter()
            .filter(|one| is_told(&one.item) && one.day >= today)
            .filter(|one| !asked.contains(&one.item.reference.to_string()))
            .map(|Due { item, day, .. }| (day, item))
            .collect();
        let launches = self.store.items(&self.store.all_of(Kind::Involvement)?)?;
        all.extend(launches.into_iter().filter_map(|item| {
            let day = item.day("launches_on").filter(|day| (today..=until).contains(day))?;
            Some((day, item))
        }));
        let weighs = |item: &Item| match item.kind() {
            Kind::Outcome | Kind::Involvement => 0,
            Kind::Milestone if item.text("gate") == "yes" => 0,
            Kind::Escalation | Kind::Milestone => 1,
            Kind::Decision => 2,
            _ => 3,
        };
        all.sort_by_key(|(on, item)| (weighs(item), *on, item.reference.number));
        let more = all.len().saturating_sub(days);
        all.truncate(days);
        all.sort_by_key(|(on, item)| (*on, weighs(item), item.reference.number));
        let told = all.into_iter().map(|(on, item)| Ahead {
            on: dated(on),
            reference: item.reference.to_string(),
            title: item.title().to_owned(),
            what: what_is_due(&item),
        });
        Ok((told.collect(), more))
    }
}

/// What somebody is to know of a day ahead: a gate, the end of an outcome, a launch.
fn what_is_due(item: &Item) -> String {
    let name = item.kind().noun().name;
    match item.kind() {
        Kind::Milestone if item.text("gate") == "yes" => "gate of the plan".to_owned(),
        Kind::Milestone => "milestone of the plan".to_owned(),
        Kind::Outcome => "outcome ends".to_owned(),
        Kind::Involvement => "launch".to_owned(),
        Kind::Decision if item.state().slug == "decided" => "did it work?".to_owned(),
        Kind::Decision if item.text("kind") == "launch-tier" => "decision on a launch".to_owned(),
        Kind::Asset if item.text("kind") == "launch-plan" => "launch plan".to_owned(),
        _ => name.to_owned(),
    }
}
