//! Metrics that are counted on what is known: objections that come back, the narrative said in
//! calls, surfaces that say the same, evidence gathered, the way from insight to decision. Nothing
//! of it is stored; what somebody told of a period goes before.

use chrono::NaiveDate;

use crate::domain::evidence::insight::InsightToDecision;
use crate::domain::evidence::objection::{Repeated, repeated};
use crate::domain::item::Item;
use crate::domain::message::adoption::{ScoredCall, by_stage};
use crate::domain::metric::{Observation, Period, Reading, Terms};
use crate::domain::week::share::Share;
use crate::store::evidence::Evidence;

use super::super::error::Result;
use super::super::evidence::house::pooled;
use super::super::workspace::Workspace;

/// Periods that are counted, the running one among them.
const PERIODS: usize = 13;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    RepeatedObjections,
    NarrativeAdoption,
    Consistency,
    InsightsGathered,
    InsightToDecision,
}

impl Known {
    const ALL: [(&'static str, Self); 5] = [
        ("repeated-objections", Self::RepeatedObjections),
        ("narrative-adoption", Self::NarrativeAdoption),
        ("messaging-consistency", Self::Consistency),
        ("insights-gathered", Self::InsightsGathered),
        ("insight-to-decision", Self::InsightToDecision),
    ];

    fn of(metric: &Item) -> Option<Self> {
        let slug = metric.text("catalogue");
        Self::ALL.into_iter().find(|(name, _)| *name == slug).map(|(_, known)| known)
    }
}

impl Workspace {
    /// The figures of a metric that is counted on what is known, oldest first; `None` for another.
    ///
    /// # Errors
    /// A storage error.
    pub fn counted_on_known(&self, metric: &Item) -> Result<Option<Vec<Observation>>> {
        let Some(known) = Known::of(metric) else { return Ok(None) };
        let today = self.clock.today();
        let fiscal = self.settings.fiscal_start_month;
        let running = Period::of(today, Terms::of(metric).cadence, fiscal);
        let periods = running.back(PERIODS);
        let Some(first) = periods.first().map(|period| period.first()) else { return Ok(None) };
        let figure = self.figures_of(known, (first, running.last().min(today)))?;
        let rows = periods.into_iter().filter_map(|period| {
            let reading = figure(period.first(), period.last().min(today))?;
            Some(Observation { period, reading })
        });
        Ok(Some(rows.collect()))
    }

    /// What counts the figure of a period, over all that was read of the whole stretch at once.
    fn figures_of(&self, known: Known, (first, last): (NaiveDate, NaiveDate)) -> Result<Counter> {
        let today = self.clock.today();
        Ok(match known {
            Known::RepeatedObjections => {
                let heard = self.heard_between(first, last)?;
                Box::new(move |from, to| match repeated(&heard, from, to) {
                    Repeated::Rate(share) => reading(share),
                    Repeated::NoConversations | Repeated::NoneWithout => None,
                })
            }
            Known::NarrativeAdoption => {
                let (expected, calls) = self.scored_between(first, last)?;
                Box::new(move |from, to| {
                    let own: Vec<ScoredCall> = calls
                        .iter()
                        .filter(|(on, _)| (from..=to).contains(on))
                        .map(|(_, call)| call.clone())
                        .collect();
                    reading(pooled(&by_stage(&expected, &own)))
                })
            }
            Known::Consistency => {
                let audits = self.audits()?;
                Box::new(move |from, to| reading(audits.between(from, to)))
            }
            Known::InsightsGathered => {
                let days = self.store.captured_between(first, last)?;
                let was_before = self.store.was_captured_before(first)?;
                Box::new(move |from, to| {
                    let count: u32 = days
                        .iter()
                        .filter(|(on, _)| (from..=to).contains(on))
                        .map(|one| one.1)
                        .sum();
                    // Before anything was captured there is no figure, and not nothing.
                    let begun = was_before || days.first().is_some_and(|(on, _)| *on <= to);
                    begun.then(|| Reading::Number(f64::from(count)))
                })
            }
            Known::InsightToDecision => {
                let decisions = self.decisions_with_links()?;
                Box::new(move |from, to| {
                    let days = InsightToDecision::of(&decisions, from, to, today).days;
                    let at =
                        |place: usize| days.get(place).and_then(|one| i32::try_from(*one).ok());
                    let upper = at(days.len() / 2)?;
                    let lower = at((days.len() - 1) / 2)?;
                    Some(Reading::Number(f64::midpoint(lower.into(), upper.into())))
                })
            }
        })
    }
}

/// Counts the figure of a period.
type Counter = Box<dyn Fn(NaiveDate, NaiveDate) -> Option<Reading>>;

fn reading(share: Share) -> Option<Reading> {
    let (k, n) = (u32::try_from(share.part).ok()?, u32::try_from(share.whole).ok()?);
    (n > 0).then_some(Reading::Share { k, n })
}
