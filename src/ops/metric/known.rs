//! Metrics that are counted on what is known: objections that come back, the narrative said in
//! calls, surfaces that say the same, evidence gathered, the way from insight to decision, weeks in
//! a row with an artefact, how early people ask, and how the work goes (`practice`). Nothing of it is
//! stored; what somebody told of a period goes before.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use crate::domain::artefact::involvement::{Involvement, lead};
use crate::domain::artefact::streak::streak;
use crate::domain::evidence::insight::InsightToDecision;
use crate::domain::evidence::objection::{Repeated, repeated};
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::message::adoption::{ScoredCall, by_stage};
use crate::domain::metric::{Observation, Period, Reading, Terms};
use crate::domain::week::Week;
use crate::domain::week::share::Share;
use crate::store::answered::Answers;
use crate::store::basis::Bases;
use crate::store::conversation::Talks;
use crate::store::evidence::Evidence;
use crate::store::intake::Intake;
use crate::store::plan::Plans;

use super::super::artefact;
use super::super::error::Result;
use super::super::evidence::decision::decisions_with_links;
use super::super::evidence::house::{pooled, scored_between};
use super::super::evidence::objections::heard_between;
use super::super::evidence::positioning::Audits;
use super::super::involvement;
use super::super::workspace::Settings;
use super::rows::Source;

mod practice;

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
    ArtefactStreak,
    EarlyInvolvement,
    WorkTied,
    ReactiveShare,
    Pulse,
    JointMet,
}

impl Known {
    const ALL: [(&'static str, Self); 11] = [
        ("repeated-objections", Self::RepeatedObjections),
        ("narrative-adoption", Self::NarrativeAdoption),
        ("messaging-consistency", Self::Consistency),
        ("insights-gathered", Self::InsightsGathered),
        ("insight-to-decision", Self::InsightToDecision),
        ("artefact-streak", Self::ArtefactStreak),
        ("early-involvement", Self::EarlyInvolvement),
        ("work-tied-to-outcomes", Self::WorkTied),
        ("reactive-share", Self::ReactiveShare),
        ("stakeholder-pulse", Self::Pulse),
        ("joint-initiatives", Self::JointMet),
    ];

    fn of(metric: &Item) -> Option<Self> {
        let slug = metric.text("catalogue");
        Self::ALL.into_iter().find(|(name, _)| *name == slug).map(|(_, known)| known)
    }
}

/// Where what is known is read: the open store, or a write in progress.
pub trait Memory: Plans + Evidence + Bases + Talks + Answers + Intake {}
impl<T: Plans + Evidence + Bases + Talks + Answers + Intake> Memory for T {}

/// What is counted for a metric.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Counted {
    pub rows: Vec<Observation>,
    /// What stands beside the figure of a period, by its first day.
    pub notes: Vec<(NaiveDate, String)>,
    pub source: Source,
}

/// The figures of a metric that is counted on what is known, oldest first; `None` for another. Those
/// of the running period are among them.
///
/// # Errors
/// A storage error.
pub fn counted(
    from: &impl Memory,
    metric: &Item,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Option<Counted>> {
    let Some(known) = Known::of(metric) else { return Ok(None) };
    let running = Period::of(today, Terms::of(metric).cadence, settings.fiscal_start_month);
    let periods = running.back(PERIODS);
    let Some(first) = periods.first().map(|period| period.first()) else { return Ok(None) };
    let span = (first, running.last().min(today));
    let figure = figures_of(from, known, span, (settings, today))?;
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    for period in periods {
        let Some((reading, note)) = figure(period.first(), period.last().min(today)) else {
            continue;
        };
        rows.push(Observation { period, reading });
        notes.extend((!note.is_empty()).then(|| (period.first(), note)));
    }
    let source = match known {
        Known::ArtefactStreak => Source::ToThisDay,
        Known::RepeatedObjections
        | Known::NarrativeAdoption
        | Known::Consistency
        | Known::InsightsGathered
        | Known::InsightToDecision
        | Known::EarlyInvolvement
        | Known::WorkTied
        | Known::ReactiveShare
        | Known::Pulse
        | Known::JointMet => Source::Known,
    };
    Ok(Some(Counted { rows, notes, source }))
}

/// What counts the figure of a period, over all that was read of the whole stretch at once.
fn figures_of(
    from: &impl Memory,
    known: Known,
    (first, last): (NaiveDate, NaiveDate),
    (settings, today): (&Settings, NaiveDate),
) -> Result<Counter> {
    Ok(match known {
        Known::RepeatedObjections => {
            let heard = heard_between(from, first, last)?;
            plain(move |since, to| match repeated(&heard, since, to) {
                Repeated::Rate(share) => reading(share),
                Repeated::NoConversations | Repeated::NoneWithout => None,
            })
        }
        Known::NarrativeAdoption => {
            let (expected, calls) = scored_between(from, first, last)?;
            plain(move |since, to| {
                let own: Vec<ScoredCall> = calls
                    .iter()
                    .filter(|(on, _)| (since..=to).contains(on))
                    .map(|(_, call)| call.clone())
                    .collect();
                reading(pooled(&by_stage(&expected, &own)))
            })
        }
        Known::Consistency => {
            let audits = Audits::read(from)?;
            plain(move |since, to| reading(audits.between(since, to)))
        }
        Known::InsightsGathered => {
            let days = from.captured_between(first, last)?;
            let was_before = from.was_captured_before(first)?;
            plain(move |since, to| {
                let count: u32 =
                    days.iter().filter(|(on, _)| (since..=to).contains(on)).map(|one| one.1).sum();
                // Before anything was captured there is no figure, and not nothing.
                let begun = was_before || days.first().is_some_and(|(on, _)| *on <= to);
                begun.then(|| Reading::Number(f64::from(count)))
            })
        }
        Known::InsightToDecision => {
            let decisions = decisions_with_links(from, &from.answered(NaiveDate::MIN)?)?;
            Box::new(move |since, to| {
                let figure = InsightToDecision::of(&decisions, since, to, today);
                let days = &figure.days;
                let at = |place: usize| days.get(place).and_then(|one| i32::try_from(*one).ok());
                let upper = at(days.len() / 2)?;
                let lower = at((days.len() - 1) / 2)?;
                let median = Reading::Number(f64::midpoint(lower.into(), upper.into()));
                Some((median, figure.beside()))
            })
        }
        Known::ArtefactStreak => {
            let rhythm = artefact::weeks_shipped(from, settings, last)?;
            plain(move |_, to| {
                let begun = rhythm.shipped.first().is_some_and(|week| week.monday() <= to);
                let streak = streak_after(&rhythm, to, today);
                begun.then(|| Reading::Number(f64::from(streak)))
            })
        }
        Known::EarlyInvolvement => {
            let items = from.some(&from.all_of(Kind::Involvement)?)?;
            let all: Vec<Involvement> = items.iter().map(involvement::read).collect();
            plain(move |since, to| {
                let here = |day: &NaiveDate| (since..=to).contains(day);
                let own = all.iter().filter(|one| one.commitment_on.as_ref().is_some_and(here));
                reading(lead(own).early)
            })
        }
        Known::WorkTied => practice::tied(from, settings, (first, last), today)?,
        Known::ReactiveShare => practice::reactive(from, settings, (first, last), today)?,
        Known::Pulse => practice::pulse(from, settings.fiscal_start_month)?,
        Known::JointMet => practice::joint(from, settings.fiscal_start_month)?,
    })
}

/// The streak when a period was over: of one that runs, as it is today.
fn streak_after(weeks: &artefact::Weeks, to: NaiveDate, today: NaiveDate) -> u32 {
    let upto: BTreeSet<Week> =
        weeks.shipped.iter().copied().filter(|week| week.monday() <= to).collect();
    let on = if to < today { to.checked_add_days(Days::new(1)).unwrap_or(to) } else { to };
    streak(&upto, &weeks.frozen, on)
}

/// Counts the figure of a period, with what stands beside it.
type Counter = Box<dyn Fn(NaiveDate, NaiveDate) -> Option<(Reading, String)>>;

/// A figure that says all by itself.
fn plain(figure: impl Fn(NaiveDate, NaiveDate) -> Option<Reading> + 'static) -> Counter {
    Box::new(move |since, to| Some((figure(since, to)?, String::new())))
}

fn reading(share: Share) -> Option<Reading> {
    let (k, n) = (u32::try_from(share.part).ok()?, u32::try_from(share.whole).ok()?);
    (n > 0).then_some(Reading::Share { k, n })
}
