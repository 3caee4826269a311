//! Several metrics read together: which rules fire, and the decision that each offers. Only figures
//! that are fresh, and large enough or signalled, make one fire.

use crate::domain::change::{Change, Draft};
use crate::domain::kind::Kind;
use crate::domain::metric::chart::{Rule, Side};
use crate::domain::metric::goal::Status;
use crate::domain::metric::signal::{Fired, Level, Season, Sense, fired};
use crate::domain::refusal::Refusal;

use super::super::error::Result;
use super::super::op::Op;
use super::super::workspace::Workspace;
use super::glance::{Glance, MOST};

/// Points back that a signal may lie to count.
const RECENT: usize = 8;

/// A rule that fired, with the metrics it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    pub fired: Fired,
    /// `m3 Activation by day 10 at risk`.
    pub inputs: Vec<String>,
}

impl Workspace {
    /// The rules that the metrics of this workspace make fire.
    ///
    /// # Errors
    /// A storage error.
    pub fn signals(&self) -> Result<Vec<Signal>> {
        let glances = self.glances(MOST * 10)?;
        let ids: Vec<_> = glances.iter().map(|one| one.id).collect();
        let slugs: Vec<(crate::domain::item::ItemId, String)> = self
            .store
            .items(&ids)?
            .into_iter()
            .map(|item| (item.id, item.text("catalogue").to_owned()))
            .collect();
        let slug_of = |glance: &Glance| {
            slugs.iter().find(|(id, _)| *id == glance.id).map_or("", |(_, slug)| slug.as_str())
        };
        let senses: Vec<Sense<'_>> = glances
            .iter()
            .filter(|one| !slug_of(one).is_empty())
            .filter_map(|one| sense(one, slug_of(one)))
            .collect();
        let found = fired(&senses, Season::Ordinary);
        let told = |fired: Fired| {
            let of =
                glances.iter().filter(|one| fired.metrics.iter().any(|slug| slug == slug_of(one)));
            let inputs = of
                .filter_map(|one| {
                    let account = one.account.as_ref()?;
                    let figure = account.figure();
                    Some(format!("{} {} {figure}, {}", one.reference, one.title, account.word()))
                })
                .collect();
            Signal { fired, inputs }
        };
        Ok(found.into_iter().map(told).collect())
    }

    /// The operation that raises the decision which a signal offers.
    ///
    /// # Errors
    /// When no such rule fires now.
    pub fn raise_op(&self, slug: &str) -> Result<Op> {
        let signals = self.signals()?;
        let found = signals.iter().find(|one| one.fired.slug.starts_with(slug));
        let Some(signal) = found else {
            let refusal = Refusal::missing(format!("no signal “{slug}” shows now"));
            return Err(refusal.hint("prewire metric signals").into());
        };
        let noun = Kind::Decision.noun();
        let calendar = self.calendar();
        let mut changes = Change::typed(noun.field("kind"), signal.fired.decision, &calendar)?;
        let happening = format!("{}: {}", signal.fired.reading, signal.inputs.join("; "));
        changes.extend(Change::typed(noun.field("happening"), &happening, &calendar)?);
        let title = signal.fired.question.to_owned();
        Ok(Op::Add(vec![Draft { kind: Kind::Decision, title, changes }]))
    }
}

fn sense<'a>(glance: &'a Glance, slug: &'a str) -> Option<Sense<'a>> {
    let account = glance.account.as_ref()?;
    let value = account.value()?;
    let level = match account.status {
        Some(status) if !matches!(status, Status::NoData) => Level::by_status(status),
        Some(_) | None => {
            Level::by_limits(value, &account.chart, account.goal.map(|goal| goal.aim))
        }
    };
    let values = account.spark.len();
    let signal: Option<(Rule, Side)> = account
        .chart
        .newest_since(values.saturating_sub(RECENT))
        .filter(|_| account.signal.is_some())
        .map(|signal| (signal.rule, signal.side));
    Some(Sense {
        metric: slug,
        segment: Some(glance.segment.as_str()).filter(|segment| !segment.is_empty()),
        level,
        freshness: account.freshness(),
        sample: account.sample_size(),
        signal,
    })
}
