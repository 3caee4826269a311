//! The page of a metric: where it stands, all its readings with what corrected what, and the days
//! that stand on its chart.

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::Observation;
use crate::domain::metric::account::counted;
use crate::domain::metric::plot::{Event, EventKind};
use crate::domain::part::{Part, PartKind, of_kind};
use crate::store::metric::{Metrics, Told};
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::glance::Glance;
use super::narrative::Untold;
use super::standing::in_short;

/// Among how many of those that serve an outcome, and of each bet for it, milestones are looked for: the
/// last that were added.
const SERVING: usize = 1_000;
/// Periods that are told in lines.
const PERIODS: usize = 13;

/// A metric in full.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricPage {
    pub glance: Glance,
    /// The readings that count, oldest first.
    pub rows: Vec<Observation>,
    /// Everything that was told, in the order in which it was.
    pub told: Vec<Told>,
    /// What happened, by day.
    pub events: Vec<Event>,
    /// The deals on which its newest figure was counted, as a filter of their list.
    pub behind: Option<String>,
    /// The month with which quarters are named.
    pub fiscal_start_month: u32,
}

impl MetricPage {
    /// All of it in lines, the chart among them: figure, status, why, and the newest periods.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let Some(account) = &self.glance.account else { return Vec::new() };
        let unit = account.terms.unit;
        let mut lines = vec![in_short(account), account.sentence()];
        lines
            .extend(account.likely(self.fiscal_start_month).map(|words| format!("likely {words}")));
        lines.extend(account.needed());
        lines.extend(account.met());
        lines.extend(account.chart.limits.map(|limits| limits.words(unit)));
        let told = &self.glance.narrative;
        let meant = told.meant();
        let said = [("meaning", &meant), ("market", &told.market), ("decide", &told.decide)];
        let said = said.into_iter().filter(|(_, words)| !words.is_empty());
        lines.extend(said.map(|(label, words)| format!("{label}: {words}")));
        lines.extend(told.untold.as_ref().map(Untold::words));
        let reference = self.glance.reference;
        lines.extend(self.glance.bare.as_ref().map(|bare| bare.words(reference)));
        lines.extend(self.glance.quote.as_ref().map(|quote| format!("“{quote}”")));
        lines.extend(self.glance.source());
        lines.extend(Some(self.glance.agreed.clone()).filter(|words| !words.is_empty()));
        for row in self.rows.iter().rev().take(PERIODS) {
            let happened = self.events.iter().filter(|event| row.period.holds(event.on));
            let mut words = vec![unit.show_reading(row.reading)];
            let told = self.told.iter().rfind(|told| told.observation == *row);
            words.extend(told.map(|told| told.note.clone()).filter(|note| !note.is_empty()));
            words.extend(happened.map(|event| event.words.clone()));
            lines.push(format!(
                "{}: {}",
                row.period.key(self.fiscal_start_month),
                words.join(", ")
            ));
        }
        lines
    }
}

impl Workspace {
    /// The page of a metric, or of the metric that an outcome is measured by; `None` for another
    /// item.
    ///
    /// # Errors
    /// A storage error.
    pub fn metric_page(&self, item: &Item) -> Result<Option<MetricPage>> {
        let id = match item.kind() {
            Kind::Metric => item.id,
            Kind::Outcome => match item.link("measured_by") {
                Some(id) => id,
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        // An outcome has a target of its own, whatever others the metric shows.
        let outcome = match item.kind() {
            Kind::Outcome => Some(item.id),
            _ => self.store.shown_by(id)?,
        };
        let Some(glance) = self.glance_at(&[(id, outcome)], 1)?.pop() else { return Ok(None) };
        let fiscal = self.settings.fiscal_start_month;
        let mut told = self.store.readings(&[id], fiscal)?.remove(&id).unwrap_or_default();
        let metric = self.store.items(&[id])?;
        let Some(own) = metric.first() else { return Ok(None) };
        let known: Vec<Observation> = told.iter().map(|one| one.observation).collect();
        let rows = self.rows_of(own, counted(known))?;
        let behind = match glance.account.as_ref().and_then(|account| account.newest) {
            Some(newest) if rows.counted.contains(&newest) => {
                self.deals_behind(own, newest.period)?
            }
            _ => None,
        };
        told.extend(rows.told());
        let rows = rows.judged(self.clock.today()).into_owned();
        let parts = self.store.parts_but(&metric, PartKind::Observation)?;
        let mut events = factors(parts.get(&id).map_or(&[][..], Vec::as_slice));
        if let Some(outcome) = outcome {
            events.extend(self.milestones(outcome)?);
        }
        // Of a time that is over, what came later is not part of it.
        events.retain(|event| event.on <= self.clock.today());
        events.sort_by_key(|event| event.on);
        Ok(Some(MetricPage { glance, rows, told, events, behind, fiscal_start_month: fiscal }))
    }

    /// What was shipped and decided for an outcome.
    fn milestones(&self, outcome: ItemId) -> Result<Vec<Event>> {
        let mut serving = self.store.serving(outcome, SERVING)?;
        for bet in serving.clone() {
            serving.extend(self.store.serving(bet, SERVING)?);
        }
        serving.sort_unstable();
        serving.dedup();
        let items = self.store.items(&serving)?;
        let marks = items.into_iter().filter(|item| item.deleted_at.is_none()).filter_map(|item| {
            let (on, done) = match item.kind() {
                Kind::Asset => (item.day("shipped_on")?, "shipped"),
                Kind::Decision => (item.day("decided_on")?, "decided"),
                _ => return None,
            };
            let words = format!("{} {} {done}", item.reference, item.title());
            Some(Event { on, words, kind: EventKind::Ours })
        });
        Ok(marks.collect())
    }
}

fn factors(parts: &[Part]) -> Vec<Event> {
    let factors = of_kind(parts, PartKind::Factor).filter_map(|part| {
        let size = part.text("size");
        let size = if size.is_empty() { String::new() } else { format!(", {size}") };
        let until = part.day("to_on").map(|day| format!(", until {}", day.format("%-d %b")));
        let words = format!("{}{size}{}", part.main(), until.unwrap_or_default());
        Some(Event { on: part.day("from_on")?, words, kind: EventKind::Factor })
    });
    factors.collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::item::Ref;
    use crate::domain::kind::Kind;
    use crate::ops::triage::tests::{empty, lines};
    use crate::store::lookup::Lookup;

    #[test]
    fn bets_stand_first_however_many_items_serve_it_since() {
        let mut workspace = empty();
        let bets = ["o Outcome", "b First for:o1", "b Second for:o1"].map(str::to_owned);
        lines(&mut workspace, &bets);
        let later: Vec<String> = (0..230).map(|at| format!("d Question {at}? for:o1")).collect();
        lines(&mut workspace, &later);
        let id = workspace.store().by_ref(Ref::parse("o1").unwrap()).unwrap().unwrap();
        let detail = workspace.detail(id).unwrap().unwrap();
        let kinds: Vec<Kind> = detail.served_by.iter().map(|one| one.reference.kind).collect();
        assert_eq!(kinds[..3], [Kind::Bet, Kind::Bet, Kind::Decision]);
        assert!(detail.is_served_by_more && detail.served_by.len() < 230);
        assert_eq!(workspace.store().serving(id, 10).unwrap().len(), 12);
    }
}
