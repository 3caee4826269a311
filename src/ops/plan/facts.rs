//! What the file knows that can tick a milestone. What nothing keeps yet is left to a person.

use chrono::{Days, NaiveDate};

use crate::domain::evidence::EvidenceKind;
use crate::domain::item::Ref;
use crate::domain::plan::criterion::Counted;
use crate::domain::plan::{Criterion, Fact, Facts, Figure, Plan};
use crate::domain::week::fit::deviations;
use crate::domain::week::{Week, available, stretch};
use crate::store::plan::{Plans, Shipped};
use crate::store::week::Whose;

use super::super::error::Result;
use super::super::week;
use super::super::workspace::Settings;

/// Points that a blocked week may lie off each target \[D\], in tenths.
const OFF: i64 = 50;

/// Pieces beyond which nobody counts on.
const COUNTED: u32 = 1_000;

/// Read once for all milestones of a plan.
pub(super) struct Known {
    outcomes: Vec<Ref>,
    shipped: Vec<Shipped>,
    weeks: Vec<Week>,
    /// Tagged evidence since the plan began, by the kind that is asked for.
    tagged: Vec<(Option<EvidenceKind>, Vec<Ref>)>,
}

pub(super) fn known(
    from: &impl Plans,
    settings: &Settings,
    plan: &Plan,
    today: NaiveDate,
) -> Result<Known> {
    let wanted: Vec<&Criterion> = plan.milestones.iter().flat_map(|one| &one.criteria).collect();
    let asks = |test: fn(&Fact) -> bool| {
        wanted.iter().any(|one| matches!(one, Criterion::AtLeast { fact, .. } if test(fact)))
    };
    let outcomes = asks(|fact| matches!(fact, Fact::OutcomesAgreed));
    let shipped = asks(|fact| matches!(fact, Fact::ArtefactsShipped(_)));
    let weeks = asks(|fact| matches!(fact, Fact::WeeksBlocked)) && plan.start <= today;
    let mut kinds: Vec<Option<EvidenceKind>> = wanted
        .iter()
        .filter_map(|one| match one {
            Criterion::AtLeast { fact: Fact::EvidenceTagged(kind), .. } => Some(*kind),
            Criterion::AtLeast { .. } | Criterion::Metric { .. } | Criterion::ByHand { .. } => None,
        })
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    let tagged = |kind| Ok((kind, from.tagged_since(plan.start, kind, COUNTED)?));
    Ok(Known {
        tagged: kinds.into_iter().map(tagged).collect::<Result<_>>()?,
        outcomes: if outcomes { from.agreed_outcomes()? } else { Vec::new() },
        shipped: if shipped { from.shipped_since(plan.start)? } else { Vec::new() },
        weeks: if weeks { blocked(from, settings, plan, today)? } else { Vec::new() },
    })
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
    let me = week::me(from, settings, |ids| Ok(from.some(ids)?))?;
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
    fn counted(&self, fact: Fact, since: NaiveDate) -> Option<Counted> {
        let names: Vec<String> = match fact {
            Fact::OutcomesAgreed => self.outcomes.iter().map(ToString::to_string).collect(),
            Fact::ArtefactsShipped(kind) => self
                .shipped
                .iter()
                .filter(|one| one.on >= since && (kind.is_none() || one.kind == kind))
                .map(|one| one.reference.to_string())
                .collect(),
            Fact::WeeksBlocked => {
                let since = self.weeks.iter().filter(|week| week.sunday() >= since);
                since.map(|week| week.to_string()[5..].to_owned()).collect()
            }
            Fact::EvidenceTagged(kind) => {
                let found = self.tagged.iter().find(|(known, _)| *known == kind);
                found.iter().flat_map(|(_, refs)| refs.iter().map(ToString::to_string)).collect()
            }
            // Rituals are not kept here yet.
            Fact::RitualsHeld(_) => return None,
        };
        Some(Counted { count: u32::try_from(names.len()).unwrap_or(u32::MAX), names })
    }

    fn measured(&self, _: &str) -> Figure {
        Figure::NotKept
    }
}
