//! Where deals stall and are lost, by segment and stage, from the deals themselves: what a segment's
//! page, the matrix and the report of moments say beside what evidence tells.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::domain::evidence::Stage;
use crate::domain::evidence::pipeline::buying_stage;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::deals::{Deal, StageEvent, Ways};
use crate::domain::metric::{Cadence, Period};
use crate::store::evidence::Evidence;

use super::super::deal::Ledger;
use super::super::error::Result;
use super::super::workspace::Workspace;
use super::report::{Report, Row};
use super::told::Fact;

/// Quarters that are looked back on, the running one among them.
const QUARTERS: usize = 4;
/// Days of conversations that are looked back on.
const TALKED_WITHIN_DAYS: u64 = 365;
/// Lines of each block of a segment.
const SHOWN: usize = 3;

/// One stage of a pipeline as the deals of a segment went through it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stall {
    /// As the CRM calls it.
    pub stage: String,
    pub buying: Stage,
    pub moved_on: u32,
    pub lost: u32,
    pub open: u32,
    /// Medians, in days.
    pub days_open: Option<f64>,
    pub days_to_move: Option<f64>,
}

/// What deals tell, by the segment as it is said there, in lower case.
pub type BySegment = BTreeMap<String, Vec<Stall>>;

impl Stall {
    /// Whether those that are open stand longer than others took to move on.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.open > 0
            && self.days_open.zip(self.days_to_move).is_some_and(|(open, usual)| open > usual)
    }

    /// `12 of 31 lost here · 9 open for 41 d, usually 14 d`.
    #[must_use]
    pub fn words(&self) -> String {
        let ended = self.lost + self.moved_on;
        let mut words = Vec::new();
        if ended > 0 {
            words.push(format!("{} of {ended} lost here", self.lost));
        }
        if self.open > 0 {
            let days = |days: f64| format!("{days:.0} d");
            let since =
                self.days_open.map_or_else(String::new, |open| format!(" for {}", days(open)));
            let usual = self
                .days_to_move
                .map_or_else(String::new, |usual| format!(", usually {}", days(usual)));
            words.push(format!("{} open{since}{usual}", self.open));
        }
        words.join(" · ")
    }
}

/// What deals tell of a segment of this name, which a CRM may write shorter: `upper mid-market` is
/// `Upper mid-market shippers`.
#[must_use]
pub fn of_segment<'a>(all: &'a BySegment, title: &str) -> Vec<&'a Stall> {
    let title = title.trim().to_lowercase();
    let is_it =
        |name: &str| !name.is_empty() && (title == name || title.starts_with(&format!("{name} ")));
    all.iter().filter(|(name, _)| is_it(name)).flat_map(|(_, stalls)| stalls).collect()
}

/// How the deals of each segment went through their stages in the last four quarters, those in which
/// most were lost first.
#[must_use]
pub fn by_segment(ledger: &Ledger, today: NaiveDate, fiscal: u32) -> BySegment {
    let mut groups: HashMap<String, Vec<Deal>> = HashMap::new();
    for deal in &ledger.deals {
        let segment = deal.segment.as_deref().unwrap_or("").trim().to_lowercase();
        groups.entry(segment).or_default().push(deal.clone());
    }
    let quarters = Period::of(today, Cadence::Quarterly, fiscal).back(QUARTERS);
    let histories: BTreeSet<&str> = ledger.events.iter().map(|event| event.deal.as_str()).collect();
    groups
        .into_iter()
        .map(|(segment, deals)| {
            // Of a deal without a way it is known where it stands, and since when it is there.
            let bare = deals.iter().filter(|deal| !histories.contains(deal.external_id.as_str()));
            let bare = bare.filter(|deal| buying_stage(&deal.stage) != Stage::Unknown);
            let begun = bare.filter_map(|deal| {
                let entered = deal.created?;
                Some(StageEvent {
                    deal: deal.external_id.clone(),
                    stage: deal.stage.clone(),
                    entered,
                })
            });
            let events: Vec<StageEvent> = ledger.events.iter().cloned().chain(begun).collect();
            (segment, stalls(&Ways::of(&deals, &events), &quarters, today))
        })
        .collect()
}

fn stalls(ways: &Ways, quarters: &[Period], today: NaiveDate) -> Vec<Stall> {
    let mut found: Vec<Stall> = Vec::new();
    for quarter in quarters {
        for flow in ways.flows(*quarter, today) {
            match found.iter_mut().find(|one| one.stage == flow.stage) {
                Some(one) => {
                    one.moved_on += flow.moved_on;
                    one.lost += flow.lost_here;
                    one.days_to_move = flow.days_to_move.or(one.days_to_move);
                }
                None => found.push(Stall {
                    buying: buying_stage(&flow.stage),
                    moved_on: flow.moved_on,
                    lost: flow.lost_here,
                    open: flow.open_here,
                    days_open: flow.days_open,
                    days_to_move: flow.days_to_move,
                    stage: flow.stage,
                }),
            }
        }
    }
    found.sort_by_key(|one| {
        (std::cmp::Reverse(one.lost), !one.stands(), std::cmp::Reverse(one.open))
    });
    found
}

impl Workspace {
    /// What deals tell of every segment.
    ///
    /// # Errors
    /// A storage error.
    pub fn stalls(&self) -> Result<BySegment> {
        let (today, fiscal) = (self.clock.today(), self.settings.fiscal_start_month);
        Ok(self.ledger()?.stalls(today, fiscal))
    }

    /// What stalls where: a row for each stage of each segment, the worst first.
    ///
    /// # Errors
    /// A storage error.
    pub fn stall_report(&self) -> Result<Report> {
        let mut report = Report::new("stalls", "What stalls where");
        let all = self.stalls()?;
        let mut rows: Vec<(&str, &Stall)> = all
            .iter()
            .flat_map(|(segment, stalls)| stalls.iter().map(move |one| (segment.as_str(), one)))
            .filter(|(_, one)| one.lost > 0 || one.open > 0)
            .collect();
        rows.sort_by_key(|(_, one)| {
            (std::cmp::Reverse(one.lost), !one.stands(), std::cmp::Reverse(one.open))
        });
        let deals = self.ledger()?.deals.len();
        report.head.push(match deals {
            0 => "no deals yet: prewire deal import FILE".to_owned(),
            count => format!("{count} deals, their ends within four quarters"),
        });
        for (segment, one) in rows {
            let segment = if segment.is_empty() { "no segment" } else { segment };
            let values = json!({
                "segment": segment, "stage": one.stage, "buying_stage": one.buying.slug(),
                "lost": one.lost, "moved_on": one.moved_on, "open": one.open,
                "days_open": one.days_open, "days_to_move": one.days_to_move,
                "stands": one.stands(),
            });
            let title = format!("{segment}, {}", one.stage);
            report.rows.push(Row::named("", &title, one.words(), values));
        }
        Ok(report)
    }

    /// The blocks of a segment that deals, conversations and claims feed, each with its n.
    pub(super) fn commerce_of(&self, segment: &Item) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        let all = self.stalls()?;
        let told = of_segment(&all, segment.title());
        // Where none was lost, what stands open is the stall.
        let is_slow = |one: &&Stall| one.lost > 0 || one.stands();
        let has_slow = told.iter().any(is_slow);
        let slow =
            told.into_iter().filter(|one| if has_slow { is_slow(one) } else { one.open > 0 });
        let slow: Vec<&Stall> = slow.take(SHOWN).collect();
        if slow.is_empty() {
            facts.push(Fact::quiet("Stalls", "no data: no deal of it in the last four quarters"));
        }
        for (at, one) in slow.into_iter().enumerate() {
            let label = if at == 0 { "Stalls" } else { "" };
            facts.push(Fact::new(label, format!("{}: {} (deals)", one.stage, one.words())));
        }
        facts.extend(self.killers_of(segment.id)?);
        facts.extend(self.confidence_in(segment.id)?);
        Ok(facts)
    }

    /// The objections that come up late in its deals.
    fn killers_of(&self, segment: ItemId) -> Result<Vec<Fact>> {
        let today = self.clock.today();
        let since = today.checked_sub_days(Days::new(TALKED_WITHIN_DAYS)).unwrap_or(today);
        let (late, mut heard) = self.store.late_in(segment, since, today)?;
        if late == 0 {
            let words = "no data: no late conversation was logged";
            return Ok(vec![Fact::quiet("Kills late", words)]);
        }
        heard.sort_by_key(|(id, times)| (std::cmp::Reverse(*times), *id));
        heard.truncate(SHOWN);
        let ids: Vec<ItemId> = heard.iter().map(|(id, _)| *id).collect();
        let items = self.store.items(&ids)?;
        if heard.is_empty() {
            let words = format!("nothing, in {late} late conversations");
            return Ok(vec![Fact::quiet("Kills late", words)]);
        }
        let told = heard.iter().enumerate().filter_map(|(at, (id, times))| {
            let item = items.iter().find(|item| item.id == *id)?;
            let label = if at == 0 { "Kills late" } else { "" };
            let words = format!(
                "{} {}: in {times} of {late} late conversations",
                item.reference,
                item.title()
            );
            Some(Fact::new(label, words))
        });
        Ok(told.collect())
    }

    /// The claims made of it that its evidence supports.
    fn confidence_in(&self, segment: ItemId) -> Result<Vec<Fact>> {
        let all = self.store.items(&self.store.live_of(Kind::Claim)?)?;
        let own: Vec<&Item> = all
            .iter()
            .filter(|claim| claim.link("segment") == Some(segment))
            .filter(|claim| claim.state().slug == "supported")
            .collect();
        if own.is_empty() {
            let words = "no data: no claim about it is supported yet";
            return Ok(vec![Fact::quiet("Confidence", words)]);
        }
        let balances = self.balances(&own)?;
        let mut weighed: Vec<(&Item, usize, String)> = own
            .into_iter()
            .filter_map(|claim| {
                let balance = balances.get(&claim.id)?;
                Some((claim, balance.for_it, balance.words()))
            })
            .collect();
        weighed
            .sort_by_key(|(claim, for_it, _)| (std::cmp::Reverse(*for_it), claim.reference.number));
        let told = weighed.iter().take(SHOWN).enumerate().map(|(at, (claim, _, words))| {
            let label = if at == 0 { "Confidence" } else { "" };
            Fact::new(label, format!("{} {}: {words}", claim.reference, claim.title()))
        });
        Ok(told.collect())
    }
}
