//! How deals flow through their stages: how many moved on from each, how many were lost in it,
//! and where those that are open have stood longer than others took.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{Deal, StageEvent, Standing};
use crate::domain::metric::median;
use crate::domain::metric::period::Period;
use crate::domain::metric::reading::Reading;

/// What became of the deals that came into one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    pub stage: String,
    pub moved_on: u32,
    pub lost_here: u32,
    pub open_here: u32,
    /// The median of the days that those which moved on stayed.
    pub days_to_move: Option<f64>,
    /// The median of the days that the open ones have stood here.
    pub days_open: Option<f64>,
}

impl Flow {
    /// Stage conversion: moved on out of those that moved on or were lost here.
    #[must_use]
    pub fn conversion(&self) -> Reading {
        Reading::Share { k: self.moved_on, n: self.moved_on + self.lost_here }
    }

    /// Whether its open deals stand longer than others took to move on.
    #[must_use]
    pub fn stalls(&self) -> bool {
        match (self.days_open, self.days_to_move) {
            (Some(open), Some(usual)) => open > usual,
            (Some(_), None) | (None, _) => false,
        }
    }
}

/// How one stay in a stage ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    MovedOn(NaiveDate),
    Lost(Option<NaiveDate>),
    Open,
}

struct Stay<'a> {
    stage: &'a str,
    entered: NaiveDate,
    end: End,
}

/// The stages in the order in which deals usually come into them, each with its flow. Only what
/// ended in `period` counts as moved on or lost; what is open counts as of `today`.
#[must_use]
pub fn flows(deals: &[Deal], events: &[StageEvent], period: Period, today: NaiveDate) -> Vec<Flow> {
    let mut by_stage: BTreeMap<String, Tally> = BTreeMap::new();
    let histories = histories(events);
    for deal in deals {
        let Some(history) = histories.get(deal.external_id.as_str()) else {
            continue;
        };
        for (place, stay) in stays(deal, history).iter().enumerate() {
            let tally = by_stage.entry(stay.stage.trim().to_lowercase()).or_default();
            tally.count(stay, place, (period, today));
        }
    }
    let mut flows: Vec<(f64, Flow)> =
        by_stage.into_values().map(|tally| (tally.place(), tally.flow())).collect();
    flows.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    flows.into_iter().map(|(_, flow)| flow).collect()
}

/// The conversion of one stage; no data when no deal came into it.
#[must_use]
pub fn conversion(deals: &[Deal], events: &[StageEvent], stage: &str, period: Period) -> Reading {
    let found = flows(deals, events, period, period.last());
    let flow = found.iter().find(|flow| super::same(&flow.stage, stage));
    flow.map_or(Reading::Share { k: 0, n: 0 }, Flow::conversion)
}

fn histories(events: &[StageEvent]) -> HashMap<&str, Vec<&StageEvent>> {
    let mut histories: HashMap<&str, Vec<&StageEvent>> = HashMap::new();
    for event in events {
        histories.entry(event.deal.as_str()).or_default().push(event);
    }
    for history in histories.values_mut() {
        history.sort_by_key(|event| event.entered);
    }
    histories
}

/// The stays of one deal. It moved on from a stage when it came into one where it had not been
/// before, other than the end; going back is neither moving on nor losing.
fn stays<'a>(deal: &Deal, history: &[&'a StageEvent]) -> Vec<Stay<'a>> {
    let ended = deal.standing != Standing::Open;
    let is_end = |stage: &str| ended && super::same(stage, &deal.stage);
    let open: Vec<&&StageEvent> = history.iter().filter(|event| !is_end(&event.stage)).collect();
    let mut been: BTreeSet<String> = BTreeSet::new();
    let mut stays: Vec<Stay<'a>> = Vec::new();
    for (place, event) in open.iter().enumerate() {
        if !been.insert(event.stage.trim().to_lowercase()) {
            continue;
        }
        let new = |later: &&&&StageEvent| !been.contains(&later.stage.trim().to_lowercase());
        let end = match (open[place + 1..].iter().find(new), deal.standing) {
            (Some(next), _) => End::MovedOn(next.entered),
            (None, Standing::Won) => deal.closed.map_or(End::Open, End::MovedOn),
            (None, Standing::Lost) => End::Lost(deal.closed),
            (None, Standing::Open) => End::Open,
        };
        stays.push(Stay { stage: &event.stage, entered: event.entered, end });
    }
    // A deal is lost or open in one stage only: the one in which it stood last.
    let last = open.last().map_or("", |event| event.stage.as_str());
    stays.retain(|stay| matches!(stay.end, End::MovedOn(_)) || super::same(stay.stage, last));
    stays
}

#[derive(Default)]
struct Tally {
    name: String,
    places: Vec<f64>,
    moved: Vec<f64>,
    open: Vec<f64>,
    lost: u32,
}

impl Tally {
    fn count(&mut self, stay: &Stay<'_>, place: usize, (period, today): (Period, NaiveDate)) {
        if self.name.is_empty() {
            stay.stage.trim().clone_into(&mut self.name);
        }
        self.places.push(crate::domain::metric::number(place));
        let days = |to: NaiveDate| {
            u32::try_from(to.signed_duration_since(stay.entered).num_days()).map_or(0.0, f64::from)
        };
        match stay.end {
            End::MovedOn(on) if period.holds(on) => self.moved.push(days(on)),
            End::Lost(Some(on)) if period.holds(on) => self.lost += 1,
            End::MovedOn(_) | End::Lost(_) => {}
            End::Open => self.open.push(days(today)),
        }
    }

    /// Where in a deal's way the stage usually lies.
    fn place(&self) -> f64 {
        crate::domain::metric::mean(&self.places).unwrap_or(0.0)
    }

    fn flow(self) -> Flow {
        let count = |days: &[f64]| u32::try_from(days.len()).unwrap_or(u32::MAX);
        Flow {
            stage: self.name,
            moved_on: count(&self.moved),
            lost_here: self.lost,
            open_here: count(&self.open),
            days_to_move: median(&self.moved),
            days_open: median(&self.open),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{deal, event};
    use super::*;
    use crate::domain::metric::fixture::day;

    fn quarter() -> Period {
        Period::parse("2026-Q2", 1).unwrap()
    }

    fn flow<'a>(found: &'a [Flow], stage: &str) -> &'a Flow {
        found.iter().find(|flow| flow.stage == stage).unwrap()
    }

    #[test]
    fn moved_on_out_of_moved_on_and_lost_here() {
        let deals = [
            deal("1", "won 2026-04-01 2026-05-20 100"),
            deal("2", "lost 2026-04-01 2026-05-10 100"),
            deal("3", "lost 2026-04-01 2026-05-10 100"),
            deal("4", "open 2026-04-01 2026-09-01 100"),
        ];
        let events = [
            event("1", "Demo", "2026-04-10"),
            event("1", "Proposal", "2026-04-20"),
            event("1", "won", "2026-05-20"),
            event("2", "Proposal", "2026-05-01"),
            event("2", "demo ", "2026-04-12"),
            event("3", "Demo", "2026-04-15"),
            event("3", "lost", "2026-05-10"),
            event("4", "Demo", "2026-04-16"),
            event("other", "Demo", "2026-04-16"),
        ];
        let found = flows(&deals, &events, quarter(), day("2026-06-15"));
        let stages: Vec<&str> = found.iter().map(|flow| flow.stage.as_str()).collect();
        assert_eq!(stages, ["Demo", "Proposal"]);
        let demo = flow(&found, "Demo");
        assert_eq!((demo.moved_on, demo.lost_here, demo.open_here), (2, 1, 1));
        assert_eq!(demo.conversion(), Reading::Share { k: 2, n: 3 });
        assert_eq!((demo.days_to_move, demo.days_open), (Some(14.5), Some(60.0)));
        assert!(demo.stalls());
        let proposal = flow(&found, "Proposal");
        assert_eq!((proposal.moved_on, proposal.lost_here, proposal.open_here), (1, 1, 0));
        assert!(!proposal.stalls());
        assert_eq!(conversion(&deals, &events, "DEMO", quarter()), Reading::Share { k: 2, n: 3 });
        assert_eq!(conversion(&deals, &events, "Legal", quarter()).value(), None);
    }

    #[test]
    fn what_happened_in_another_period_does_not_count() {
        let deals = [deal("1", "lost 2026-01-01 2026-03-10 100")];
        let events = [event("1", "Demo", "2026-02-01"), event("1", "Proposal", "2026-03-01")];
        let found = flows(&deals, &events, quarter(), day("2026-06-15"));
        assert!(found.iter().all(|flow| flow.conversion().value().is_none()));
    }

    #[test]
    fn going_back_is_neither_moving_on_nor_losing() {
        let deals = [deal("1", "lost 2026-04-01 2026-05-20 100")];
        let events = [
            event("1", "Demo", "2026-04-10"),
            event("1", "Proposal", "2026-04-20"),
            event("1", "Demo", "2026-05-02"),
        ];
        let found = flows(&deals, &events, quarter(), day("2026-06-15"));
        let demo = flow(&found, "Demo");
        assert_eq!((demo.moved_on, demo.lost_here), (1, 0));
        assert!(found.iter().map(|flow| flow.moved_on + flow.lost_here).sum::<u32>() <= 1);
    }
}
