//! Figures out of a file: which metric each column or row means, what bare numbers of a share mean,
//! which periods still run. All of it is known before anything is recorded.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::metric::computed::Stand;
use crate::domain::metric::{Cadence, Period, Reading, Terms, Unit};
use crate::domain::refusal::Refusal;
use crate::exchange::dates::DayOrder;
use crate::exchange::encoding::Encoding;
use crate::exchange::numbers::Marks;
use crate::exchange::series::{Figure as Written, Point, RateAnswer, Series};

use super::super::error::{Error, Result};
use super::super::op::Op;
use super::super::workspace::Workspace;
use super::record::{Figure, Metric, Recording};
use super::remembered::{self, Known, Told};

mod called;
mod refusals;

pub(super) use refusals::once;

use called::named;
use refusals::{bad, either, refuse_unnamed, strange};

/// What becomes of a period that is not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Running {
    #[default]
    LeaveOut,
    Keep,
}

/// What becomes of a row that cannot be read, or of a name that no metric has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strange {
    #[default]
    Refuse,
    Skip,
}

/// A file of figures, and what is said beside it.
#[derive(Debug, Clone, Default)]
pub struct FigureRequest {
    pub path: PathBuf,
    /// Everything in the file is of this metric.
    pub only: Option<ItemId>,
    /// Only figures of this metric are wanted; those of others are passed over.
    pub wanted: Option<ItemId>,
    /// Names of the file, with the metric that each means.
    pub map: Vec<(String, String)>,
    pub rates: Option<RateAnswer>,
    /// What is taken where nothing was said, now or before.
    pub assumed: Option<RateAnswer>,
    pub cadence: Option<Cadence>,
    pub encoding: Option<Encoding>,
    pub dates: Option<DayOrder>,
    pub marks: Option<Marks>,
    pub running: Running,
    pub strange: Strange,
    /// Where the figures are from: `import`, or `file` for one that is watched.
    pub source: &'static str,
}

impl FigureRequest {
    /// Whether it says which metric a name means.
    fn is_mapped(&self, name: &str) -> bool {
        let name = name.trim().to_lowercase();
        self.map.iter().any(|(from, _)| from.trim().to_lowercase() == name)
    }
}

/// What a file comes to.
#[derive(Debug, Clone)]
pub struct FigurePlan {
    pub source: &'static str,
    /// How it was read, where that is not what everybody expects.
    pub encoding: Option<String>,
    pub recordings: Vec<Recording>,
    /// All names of the file, whatever they mean.
    pub holds: Vec<String>,
    /// Each name of the file with the metric that it means, and how many figures it has.
    pub names: Vec<(String, Ref, usize)>,
    pub running: usize,
    /// Figures of periods that have not begun.
    pub ahead: usize,
    pub left_out: u64,
    pub skipped: Vec<String>,
    pub unmapped: Vec<String>,
    /// What was said of the file, to be kept with its figures.
    pub told: Vec<Told>,
    /// Names of which something was known from before.
    pub remembered: Vec<String>,
}

impl FigurePlan {
    /// The operation that records the figures and keeps what was said of the file.
    #[must_use]
    pub fn op(self) -> Op {
        if self.told.is_empty() {
            return Op::Record(self.recordings);
        }
        Op::RecordFile { recordings: self.recordings, told: self.told }
    }
}

/// A metric that a name of the file means.
struct Meant {
    id: ItemId,
    reference: Ref,
    terms: Terms,
    /// What was said of its name.
    known: Known,
}

impl Workspace {
    /// Reads a file of figures; nothing is recorded.
    ///
    /// # Errors
    /// A refusal that says what cannot be read, which name no metric has, or what must be said.
    pub fn plan_figures(&self, request: &FigureRequest) -> Result<FigurePlan> {
        let (request, columns) = self.with_columns(request)?;
        let request = &request;
        let only = self.only(request)?;
        let cadence = request.cadence.or(only.as_ref().map(|one| one.terms.cadence));
        let today = self.clock.today();
        let series = self.series_of(request, cadence)?;
        if series.bad_total > 0 && request.strange == Strange::Refuse {
            return Err(bad(&series.bad, series.bad_total).into());
        }
        self.refuse_spoilt(&series, request, only.as_ref())?;
        let mut plan = FigurePlan {
            source: series.source.name(),
            encoding: Some(series.encoding.to_string()).filter(|name| name != "utf-8"),
            recordings: Vec::new(),
            holds: Vec::new(),
            names: Vec::new(),
            running: 0,
            ahead: 0,
            left_out: series.left_out,
            skipped: series.bad.iter().map(ToString::to_string).collect(),
            unmapped: series.unmapped.clone(),
            told: columns.into_iter().collect(),
            remembered: Vec::new(),
        };
        let mut problems: Vec<String> = Vec::new();
        let mut known: Vec<(String, Option<Meant>)> = Vec::new();
        // Two names of the file can mean one metric, which has one figure for a period.
        let mut told: HashMap<(ItemId, Period), (u64, String)> = HashMap::new();
        for point in &series.points {
            let name = named(&point.metric, point.segment.as_deref());
            if !known.iter().any(|(other, _)| *other == name) {
                let meant =
                    self.learn(point, &name, (&series, request, only.as_ref()), &mut plan)?;
                if meant.is_none() {
                    problems.push(format!(
                        "row {}, column {}: no metric is called “{name}”",
                        point.line, point.column
                    ));
                }
                known.push((name.clone(), meant));
            }
            let Some((_, Some(meant))) = known.iter().find(|(other, _)| *other == name) else {
                continue;
            };
            if request.wanted.is_some_and(|wanted| wanted != meant.id) {
                count(&mut plan.names, &name, meant.reference);
                continue;
            }
            let earlier = told.insert((meant.id, point.period), (point.line, name.clone()));
            if let Some((line, other)) = earlier.filter(|(_, other)| *other != name) {
                let when = point.period.key(self.settings.fiscal_start_month);
                problems.push(format!(
                    "row {}, column {}: “{name}” tells {when} of {}, which “{other}” does in row {line} already",
                    point.line, point.column, meant.reference
                ));
                continue;
            }
            if point.period.first() > today {
                plan.ahead += 1;
                continue;
            }
            if point.stand == Stand::Running && request.running == Running::LeaveOut {
                plan.running += 1;
                continue;
            }
            match self.recording(point, meant, &series, request) {
                Ok(recording) => {
                    plan.recordings.push(recording);
                    count(&mut plan.names, &name, meant.reference);
                }
                Err(Error::Refused(refusal))
                    if refusal.hint.is_some() && request.strange == Strange::Refuse
                        || request.wanted.is_some() =>
                {
                    return Err(refusal.into());
                }
                Err(error) => problems.push(format!(
                    "row {}, column {}: {}",
                    point.line,
                    point.column,
                    error.what()
                )),
            }
        }
        refuse_unnamed(request, &series)?;
        plan.holds = known.into_iter().map(|(name, _)| name).collect();
        if !problems.is_empty() && request.strange == Strange::Refuse {
            return Err(strange(&problems).into());
        }
        plan.skipped.extend(problems);
        Ok(plan)
    }

    /// The metric that a name of the file means, with what was said of it before and now.
    fn learn(
        &self,
        point: &Point,
        name: &str,
        (series, request, only): (&Series, &FigureRequest, Option<&Meant>),
        plan: &mut FigurePlan,
    ) -> Result<Option<Meant>> {
        let before = self.known_name(series.source, name)?;
        let meant = match only {
            Some(one) => {
                let (id, reference, terms) = (one.id, one.reference, one.terms);
                Some(Meant { id, reference, terms, known: before })
            }
            None => self
                .metric_called(
                    name,
                    (&point.metric, point.segment.as_deref()),
                    request,
                    before.metric,
                )?
                .map(|meant| Meant { known: before, ..meant }),
        };
        if let Some(meant) = &meant {
            let asked = series.question(&point.metric).is_some();
            let segment = point.segment.as_deref().unwrap_or(name);
            let mapped = [name, &point.metric, segment].iter().any(|one| request.is_mapped(one));
            let now = Known {
                rates: request.rates.filter(|_| asked).or(before.rates),
                metric: if mapped { Some(meant.reference) } else { before.metric },
            };
            if now != before {
                plan.told.push(remembered::told(series.source, name, now));
            } else if before.is_something() {
                plan.remembered.push(name.to_owned());
            }
        }
        Ok(meant)
    }

    fn only(&self, request: &FigureRequest) -> Result<Option<Meant>> {
        let Some(id) = request.only else { return Ok(None) };
        Ok(self.store.items(&[id])?.first().map(meant))
    }

    fn recording(
        &self,
        point: &Point,
        meant: &Meant,
        series: &Series,
        request: &FigureRequest,
    ) -> Result<Recording> {
        let unit = meant.terms.unit;
        if point.period.cadence() != meant.terms.cadence {
            return Err(Refusal::input(format!(
                "{} is read {}, the file is {}",
                meant.reference,
                meant.terms.cadence.slug(),
                point.period.cadence().slug()
            ))
            .into());
        }
        let rates = request.rates.or(meant.known.rates);
        if let (None, Some(_), Unit::Share, Written::Bare(value)) =
            (rates, request.assumed, unit, point.figure)
            && value != 0.0
            && value.abs() <= 1.0
        {
            return Err(either(value, &request.path).into());
        }
        let rates = rates.or(request.assumed);
        let reading: Reading = point.figure.reading(unit, rates).map_err(|refusal| match series
            .question(&point.metric)
            .filter(|_| rates.is_none())
        {
            Some(question) => Refusal::input(question.words())
                .hint("say it once: --rates percent, or --rates fraction"),
            None => Refusal { hint: None, ..refusal },
        })?;
        Ok(Recording {
            metric: Metric::Known(meant.id),
            period: Some(point.period.key(self.settings.fiscal_start_month)),
            figure: Figure::Read(reading),
            source: request.source,
            note: String::new(),
        })
    }
}

fn meant(item: &Item) -> Meant {
    let (id, reference) = (item.id, item.reference);
    Meant { id, reference, terms: Terms::of(item), known: Known::default() }
}

fn count(names: &mut Vec<(String, Ref, usize)>, name: &str, reference: Ref) {
    match names.iter_mut().find(|(other, _, _)| other == name) {
        Some((_, _, count)) => *count += 1,
        None => names.push((name.to_owned(), reference, 1)),
    }
}
