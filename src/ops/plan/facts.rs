//! What the file knows that can tick a milestone, read once for all milestones of a plan and only
//! as far as their criteria ask.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use crate::domain::artefact::ArtefactKind;
use crate::domain::item::ItemId;
use crate::domain::plan::criterion::Counted;
use crate::domain::plan::{Criterion, Fact, Facts, Figure, Plan};
use crate::domain::week::fit::deviations;
use crate::domain::week::{Week, available, stretch};
use crate::store::evidence::Evidence;
use crate::store::metric::Metrics;
use crate::store::part::Parts;
use crate::store::plan::Plans;
use crate::store::proof::{Agreed, Proofs};
use crate::store::week::Whose;

use super::super::error::Result;
use super::super::evidence::positioning::Audits;
use super::super::metric::Measures;
use super::super::triage::policy::INTAKE;
use super::super::week;
use super::super::workspace::Settings;

/// Points that a blocked week may lie off each target \[D\], in tenths.
const OFF: i64 = 50;

/// Pieces beyond which nobody counts on.
const COUNTED: u32 = 1_000;

/// Those who agree on a scorecard, by the roles of their people.
const FUNCTIONS: [(&str, &str); 3] = [("pm", "product"), ("sales", "sales"), ("growth", "growth")];

/// Where proofs are read: the open store, or a write in progress.
pub trait Proves: Plans + Proofs + Evidence + Metrics + Parts {}
impl<T: Plans + Proofs + Evidence + Metrics + Parts> Proves for T {}

/// What was asked for, with the names that prove it.
pub(super) struct Known {
    counted: HashMap<Fact, Vec<String>>,
    figures: HashMap<String, Figure>,
}

pub(super) fn known(
    from: &impl Proves,
    measures: &dyn Measures,
    settings: &Settings,
    plan: &Plan,
    today: NaiveDate,
) -> Result<Known> {
    let mut known = Known { counted: HashMap::new(), figures: HashMap::new() };
    for criterion in plan.milestones.iter().flat_map(|one| &one.criteria) {
        match criterion {
            Criterion::AtLeast { fact, .. } if !known.counted.contains_key(fact) => {
                let names = names_of(from, *fact, settings, (plan, today))?;
                known.counted.insert(*fact, names);
            }
            Criterion::Metric { name, .. } if !known.figures.contains_key(name) => {
                known.figures.insert(name.clone(), measures.figure(name)?);
            }
            Criterion::AtLeast { .. } | Criterion::Metric { .. } | Criterion::ByHand { .. } => {}
        }
    }
    Ok(known)
}

/// The names of what proves a fact since the plan began.
fn names_of(
    from: &impl Proves,
    fact: Fact,
    settings: &Settings,
    (plan, today): (&Plan, NaiveDate),
) -> Result<Vec<String>> {
    let since = plan.start;
    Ok(match fact {
        Fact::OutcomesAgreed => words(&from.agreed_outcomes()?),
        Fact::ArtefactsShipped(kind) => shipped(from, kind, since)?,
        Fact::WeeksBlocked if since <= today => {
            let weeks = blocked(from, settings, plan, today)?;
            weeks.iter().map(|week| week.to_string()[5..].to_owned()).collect()
        }
        Fact::WeeksBlocked => Vec::new(),
        Fact::EvidenceTagged(kind) => words(&from.tagged_since(since, kind, COUNTED)?),
        Fact::RitualsHeld(kind) => from.rituals_held(kind.slug(), since)?,
        Fact::DecisionsDecided => from.decided_since(since)?,
        Fact::PrewiresHeld => from.prewired_since(since)?,
        Fact::ImpactsLogged => from.impacts_since(since)?,
        Fact::CallsScored => from.scored_since(since)?,
        Fact::ClaimsTested => from.tested_claims()?,
        Fact::SurfacesAudited => Audits::read(from)?.surfaces(since, today).into_iter().collect(),
        Fact::MessagesWritten => from.written_slots()?,
        Fact::ScorecardAgreed => agreed(from)?,
        Fact::IntakePublished => {
            let rules = from.kept()?.into_iter().find(|(name, _)| name == INTAKE);
            let rules = rules
                .map_or(0, |(_, text)| text.lines().filter(|line| !line.trim().is_empty()).count());
            let many = if rules == 1 { "rule" } else { "rules" };
            if rules == 0 { Vec::new() } else { vec![format!("{rules} {many}")] }
        }
    })
}

fn shipped(
    from: &impl Proves,
    kind: Option<ArtefactKind>,
    since: NaiveDate,
) -> Result<Vec<String>> {
    let own = from.shipped_since(since)?.into_iter();
    let own = own.filter(|one| kind.is_none() || one.kind == kind);
    Ok(own.map(|one| one.reference.to_string()).collect())
}

/// The functions of which somebody agreed to every metric of the scorecard: those that outcomes
/// are measured by, or all where none is.
fn agreed(from: &impl Proves) -> Result<Vec<String>> {
    let live = from.live_metrics()?;
    let shown: Vec<ItemId> =
        live.iter().filter(|one| one.shows.is_some()).map(|one| one.id).collect();
    let all: Vec<ItemId> =
        if shown.is_empty() { live.iter().map(|one| one.id).collect() } else { shown };
    let said = from.agreements()?;
    let whole = |role: &str| {
        let on = |metric: &ItemId| {
            said.iter().any(|one: &Agreed| one.metric == *metric && one.role == role)
        };
        !all.is_empty() && all.iter().all(on)
    };
    let agreed = FUNCTIONS.into_iter().filter(|(role, _)| whole(role));
    Ok(agreed.map(|(_, name)| name.to_owned()).collect())
}

fn words<T: ToString>(all: &[T]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

/// The weeks up to this one whose blocks are within five points of the targets, and fill at least
/// half of what is available \[D\].
fn blocked(
    from: &impl Plans,
    settings: &Settings,
    plan: &Plan,
    today: NaiveDate,
) -> Result<Vec<Week>> {
    let last = plan.date(plan.days).checked_add_days(Days::new(7)).unwrap_or(today);
    let last = Week::of(last.min(today));
    let me = week::me(from, settings)?;
    let terms = week::terms(&from.kept()?, me);
    let days = (Week::of(plan.start).monday(), last.sunday());
    let blocks = from.blocked(days, Whose::Mine(terms.me))?;
    let mut weeks = Vec::new();
    let mut at = Week::of(plan.start);
    while at <= last {
        let own: Vec<_> = blocks.iter().filter(|block| at.holds(block.on)).cloned().collect();
        let tally = stretch::tally(&own);
        let free = available(terms.weekly, tally.off);
        let near = deviations(&tally, terms.targets);
        let fits = !near.is_empty() && near.iter().all(|one| one.tenths.abs() <= OFF);
        if fits && tally.banded() * 2 >= free {
            weeks.push(at);
        }
        at = at.next();
    }
    Ok(weeks)
}

impl Facts for Known {
    fn counted(&self, fact: Fact) -> Counted {
        let names = self.counted.get(&fact).cloned().unwrap_or_default();
        Counted { count: u32::try_from(names.len()).unwrap_or(u32::MAX), names }
    }

    fn measured(&self, metric: &str) -> Figure {
        self.figures.get(metric).cloned().unwrap_or(Figure::NoData)
    }
}
