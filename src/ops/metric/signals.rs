//! Several metrics read together: which rules fire, and the decision that each offers. Only figures
//! that are fresh, and large enough or signalled, make one fire; what waits for that says so.

use chrono::Days;

use crate::domain::change::{Change, Draft};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::metric::goal::Status;
use crate::domain::metric::signal::{self, Fired, Level, Season, Sense};
use crate::domain::metric::{Account, Unit};
use crate::domain::noun::Shelf;
use crate::domain::refusal::Refusal;
use crate::store::lookup::Lookup;
use crate::store::metric::Metrics;

use super::super::error::Result;
use super::super::op::Op;
use super::super::workspace::Workspace;
use super::glance::Glance;

/// Most metrics that are read together.
const MOST: usize = 1_000;
/// Days after a launch plan was shipped in which adoption is read as that of a launch [D].
const LAUNCH_DAYS: u64 = 60;

/// A rule that fired, with the metrics it was read from and the decision that it offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    pub fired: Fired,
    /// `m3 Activation by day 10 28 %, at risk`.
    pub inputs: Vec<String>,
    /// The open decision that asks it already.
    pub raised: Option<Ref>,
    pub raises: Op,
}

/// A rule that would fire if its figures were fresh and large enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub fired: Fired,
    /// `m3 Activation by day 10: counted on 12 only`.
    pub doubts: Vec<String>,
}

impl Waiting {
    /// As one line.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} · waits: {}", self.fired.reading, self.doubts.join("; "))
    }
}

/// What the metrics of a workspace say together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Readings {
    pub signals: Vec<Signal>,
    pub waiting: Vec<Waiting>,
}

impl Readings {
    /// What is read, a line each.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        self.signals.iter().map(|one| one.fired.reading.to_owned()).collect()
    }
}

/// A metric of the catalogue at a glance.
struct Input {
    slug: String,
    glance: Glance,
}

impl Workspace {
    /// The rules that the metrics of this workspace make fire, and those that wait.
    ///
    /// # Errors
    /// A storage error.
    pub fn readings(&self) -> Result<Readings> {
        let inputs = self.inputs()?;
        if inputs.is_empty() {
            return Ok(Readings::default());
        }
        let season = self.season()?;
        let senses: Vec<Sense<'_>> = inputs.iter().filter_map(sense).collect();
        let mut readings = Readings::default();
        for fired in signal::fired(&senses, season) {
            readings.signals.push(self.signal(fired, &inputs)?);
        }
        for fired in signal::waiting(&senses, season) {
            let doubts = of(&fired, &inputs).filter_map(|input| {
                let doubt = sense(input)?.doubt()?;
                Some(format!("{} {}: {doubt}", input.glance.reference, input.glance.title))
            });
            let doubts = doubts.collect();
            readings.waiting.push(Waiting { fired, doubts });
        }
        Ok(readings)
    }

    fn inputs(&self) -> Result<Vec<Input>> {
        let live = self.live_metrics()?;
        let live: Vec<_> = live.iter().filter(|one| !one.catalogue.is_empty()).collect();
        let metrics: Vec<(ItemId, Option<ItemId>)> =
            live.iter().map(|one| (one.id, one.shows)).collect();
        let glances = self.glance_at(&metrics, MOST)?;
        let slug = |id: ItemId| live.iter().find(|one| one.id == id).map(|one| &one.catalogue);
        Ok(glances
            .into_iter()
            .filter_map(|glance| Some(Input { slug: slug(glance.id)?.clone(), glance }))
            .collect())
    }

    /// Whether a launch plan was shipped a short while ago.
    fn season(&self) -> Result<Season> {
        let today = self.clock.today();
        let since = today.checked_sub_days(Days::new(LAUNCH_DAYS)).unwrap_or(today);
        let launched = self.store.launched_since(since, today)?;
        Ok(if launched { Season::AfterLaunch } else { Season::Ordinary })
    }

    fn signal(&self, fired: Fired, inputs: &[Input]) -> Result<Signal> {
        let words = of(&fired, inputs).filter_map(|input| {
            let (glance, account) = (&input.glance, input.glance.account.as_ref()?);
            let segment = match glance.segment.as_str() {
                "" => String::new(),
                segment => format!(" in {segment}"),
            };
            let (figure, word) = (account.figure(), account.word());
            Some(format!("{} {}{segment} {figure}, {word}", glance.reference, glance.title))
        });
        let words: Vec<String> = words.collect();
        let read_from = of(&fired, inputs).next().map(|input| input.glance.reference.to_string());
        let read_from = read_from.unwrap_or_default();
        let inputs = words;
        let noun = Kind::Decision.noun();
        let calendar = self.calendar();
        let mut changes = Change::typed(noun.field("kind"), fired.decision, &calendar)?;
        let happening = format!("{}: {}", fired.reading, inputs.join("; "));
        changes.extend(Change::typed(noun.field("happening"), &happening, &calendar)?);
        // Two metrics are moved or not by it: more than one person would settle alone.
        changes.extend(Change::typed(noun.field("stake"), "medium", &calendar)?);
        changes.extend(Change::typed(noun.field("signal_metric"), &read_from, &calendar)?);
        let title = fired.question.to_owned();
        let raises = Op::Add(vec![Draft { kind: Kind::Decision, title, changes }]);
        let raised = self.asked_already(fired.question)?;
        Ok(Signal { fired, inputs, raised, raises })
    }

    fn asked_already(&self, question: &str) -> Result<Option<Ref>> {
        let found = self.store.by_title(Kind::Decision, question)?;
        let ids: Vec<ItemId> = found.into_iter().map(|one| one.id).collect();
        let same = |item: &Item| item.title() == question && item.shelf() == Shelf::Open;
        Ok(self.store.items(&ids)?.into_iter().find(same).map(|item| item.reference))
    }

    /// The operation that raises the decision which a signal offers.
    ///
    /// # Errors
    /// When no such rule fires now.
    pub fn raise_op(&self, slug: &str) -> Result<Op> {
        let readings = self.readings()?;
        let is_meant = |fired: &Fired| fired.slug.starts_with(slug);
        if let Some(signal) = readings.signals.into_iter().find(|one| is_meant(&one.fired)) {
            if let Some(raised) = signal.raised {
                let refusal = Refusal::input(format!("{raised} asks that already"));
                return Err(refusal.hint(format!("prewire decision show {raised}")).into());
            }
            return Ok(signal.raises);
        }
        let refusal = Refusal::missing(format!("no signal “{slug}” shows now"));
        let waits = readings.waiting.iter().find(|one| is_meant(&one.fired));
        let hint = waits.map(|one| format!("it waits: {}", one.doubts.join("; ")));
        Err(refusal.hint(hint.unwrap_or_else(|| "prewire metric signals".to_owned())).into())
    }
}

/// The inputs that a rule was read from: of one segment only where it is about one.
fn of<'a>(fired: &'a Fired, inputs: &'a [Input]) -> impl Iterator<Item = &'a Input> {
    inputs.iter().filter(move |input| {
        let is_of = fired.metrics.contains(&input.slug);
        is_of && (fired.segment.is_some() != input.glance.segment.is_empty())
    })
}

fn sense(input: &Input) -> Option<Sense<'_>> {
    // A period that still runs says nothing yet.
    let account = input.glance.account.as_ref().filter(|account| !account.running)?;
    let value = account.value()?;
    let level = match account.status {
        Some(status) if !matches!(status, Status::NoData) => Level::by_status(status),
        Some(_) | None => Level::by_limits(value, &account.chart, account.terms.direction),
    };
    let newest = account.chart.signals.last().filter(|_| account.signal.is_some());
    let segment = input.glance.segment.as_str();
    Some(Sense {
        metric: &input.slug,
        segment: Some(segment).filter(|segment| !segment.is_empty()),
        level,
        freshness: account.freshness(),
        sample: account.sample_size().or_else(|| counted(account, value)),
        signal: newest.map(|signal| (signal.rule, signal.side)),
    })
}

/// Whoever counts things has counted so many.
fn counted(account: &Account, value: f64) -> Option<u32> {
    (account.terms.unit == Unit::Count && value >= 0.0)
        .then(|| (0..=20_u32).rev().find(|count| f64::from(*count) <= value).unwrap_or(0))
}
