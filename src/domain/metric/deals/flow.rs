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

#[derive(Debug)]
struct Stay {
    stage: String,
    /// How many stages came before it on the deal's way.
    place: usize,
    entered: NaiveDate,
    end: End,
}

/// The ways of all deals through their stages, put together once for any number of periods.
#[derive(Debug)]
pub struct Ways {
    /// By the stage in lower case.
    stays: BTreeMap<String, Vec<Stay>>,
}

impl Ways {
    #[must_use]
    pub fn of(deals: &[Deal], events: &[StageEvent]) -> Self {
        let mut by_stage: BTreeMap<String, Vec<Stay>> = BTreeMap::new();
        let histories = histories(events);
        for deal in deals {
            let Some(history) = histories.get(deal.external_id.as_str()) else {
                continue;
            };
            for stay in stays(deal, history) {
                by_stage.entry(plain(&stay.stage)).or_default().push(stay);
            }
        }
        Self { stays: by_stage }
    }

    /// The stages in the order in which deals usually come into them, each with its flow. Only
    /// what ended in `period` counts as moved on or lost; what is open counts as of `today`.
    #[must_use]
    pub fn flows(&self, period: Period, today: NaiveDate) -> Vec<Flow> {
        let tallies = self.stays.values().map(|stays| Tally::of(stays, period, today));
        let mut flows: Vec<(f64, Flow)> =
            tallies.map(|tally| (tally.place(), tally.flow())).collect();
        flows.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        flows.into_iter().map(|(_, flow)| flow).collect()
    }

    /// The conversion of one stage; no data when no deal came into it.
    #[must_use]
    pub fn conversion(&self, stage: &str, period: Period) -> Reading {
        let stays = self.stays.get(&plain(stage)).map_or(&[][..], Vec::as_slice);
        Tally::of(stays, period, period.last()).flow().conversion()
    }
}

fn plain(stage: &str) -> String {
    stage.trim().to_lowercase()
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
fn stays(deal: &Deal, history: &[&StageEvent]) -> Vec<Stay> {
    let ended = deal.standing != Standing::Open;
    let is_end = |stage: &str| ended && super::same(stage, &deal.stage);
    let mut open: Vec<&&StageEvent> =
        history.iter().filter(|event| !is_end(&event.stage)).collect();
    open.dedup_by(|later, earlier| super::same(&later.stage, &earlier.stage));
    let mut been: BTreeSet<String> = BTreeSet::new();
    let mut stays: Vec<Stay> = Vec::new();
    for (place, event) in open.iter().enumerate() {
        if !been.insert(plain(&event.stage)) {
            continue;
        }
        let new = |later: &&&&StageEvent| !been.contains(&plain(&later.stage));
        let end = match open[place + 1..].iter().find(new) {
            Some(next) => End::MovedOn(next.entered),
            None => last_end(deal),
        };
        let place = stays.len();
        stays.push(Stay { stage: event.stage.clone(), place, entered: event.entered, end });
    }
    // A deal is won, lost or open in one stage only: the one in which it stood last, even when it
    // had moved on from there before.
    if let Some(last) = open.last() {
        stays.retain(|stay| {
            matches!(stay.end, End::MovedOn(_)) && plain(&stay.stage) != plain(&last.stage)
        });
        let end = last_end(deal);
        let place = stays.len();
        stays.push(Stay { stage: last.stage.clone(), place, entered: last.entered, end });
    }
    stays
}

/// How the last stay of a deal ended. Of one won on no known day nothing can be counted.
fn last_end(deal: &Deal) -> End {
    match deal.standing {
        Standing::Won => deal.closed.map_or(End::Lost(None), End::MovedOn),
        Standing::Lost => End::Lost(deal.closed),
        Standing::Open => End::Open,
    }
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
    fn of(stays: &[Stay], period: Period, today: NaiveDate) -> Self {
        let name = stays.first().map_or("", |stay| stay.stage.trim()).to_owned();
        let mut tally = Self { name, ..Self::default() };
        for stay in stays {
            tally.count(stay, (period, today));
        }
        tally
    }

    fn count(&mut self, stay: &Stay, (period, today): (Period, NaiveDate)) {
        self.places.push(crate::domain::metric::number(stay.place));
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
        let found = Ways::of(&deals, &events).flows(quarter(), day("2026-06-15"));
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
        assert_eq!(
            Ways::of(&deals, &events).conversion("DEMO", quarter()),
            Reading::Share { k: 2, n: 3 }
        );
        assert_eq!(Ways::of(&deals, &events).conversion("Legal", quarter()).value(), None);
    }

    #[test]
    fn what_happened_in_another_period_does_not_count() {
        let deals = [deal("1", "lost 2026-01-01 2026-03-10 100")];
        let events = [event("1", "Demo", "2026-02-01"), event("1", "Proposal", "2026-03-01")];
        let found = Ways::of(&deals, &events).flows(quarter(), day("2026-06-15"));
        assert!(found.iter().all(|flow| flow.conversion().value().is_none()));
    }

    #[test]
    fn a_deal_that_went_back_counts_where_it_stood_last() {
        let deals = [deal("1", "lost 2026-04-01 2026-05-20 100")];
        let events = [
            event("1", "Demo", "2026-04-10"),
            event("1", "Proposal", "2026-04-20"),
            event("1", "Demo", "2026-05-02"),
        ];
        let found = Ways::of(&deals, &events).flows(quarter(), day("2026-06-15"));
        let demo = flow(&found, "Demo");
        assert_eq!((demo.moved_on, demo.lost_here), (0, 1));
        assert_eq!(found.iter().map(|flow| flow.moved_on + flow.lost_here).sum::<u32>(), 1);
        let open = [deal("1", "open 2026-04-01 2026-09-20 100")];
        let found = Ways::of(&open, &events).flows(quarter(), day("2026-06-15"));
        let demo = flow(&found, "Demo");
        assert_eq!((demo.open_here, demo.days_open), (1, Some(44.0)));
    }
}
