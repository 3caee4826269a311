//! Which metric a name of a file means, and what of a file spoils the figures of one.

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::metric::{Cadence, Terms};
use crate::domain::refusal::Refusal;
use crate::exchange::read_error::ReadError;
use crate::exchange::series::{Keep, Series, SeriesOptions};
use crate::store::lookup::Lookup;
use crate::store::metric::Metrics;

use super::super::super::error::Result;
use super::super::super::workspace::Workspace;
use super::refusals::refused;
use super::{FigureRequest, Meant, meant};

impl Workspace {
    /// The figures of the file, at the rhythm of the metrics that it names where one row tells
    /// nothing of how often.
    pub(super) fn series_of(
        &self,
        request: &FigureRequest,
        cadence: Option<Cadence>,
    ) -> Result<Series> {
        let options = SeriesOptions {
            today: self.clock.today(),
            fiscal_start_month: self.settings.fiscal_start_month,
            encoding: request.encoding,
            delimiter: None,
            dates: request.dates,
            marks: request.marks,
            cadence,
            keep: if request.wanted.is_some() { Keep::Cells } else { Keep::Rows },
        };
        let series = match Series::read(&request.path, &options) {
            // One row tells nothing of how often; the metrics that are meant do.
            Err(ReadError::NoCadence { metrics }) => {
                let cadence = self.cadence_named(&metrics)?;
                Series::read(&request.path, &SeriesOptions { cadence, ..options })
            }
            read => read,
        };
        series.map_err(|error| refused(&request.path, &error))
    }

    /// How often the metrics of these names are read, where all that there are of them are read
    /// alike; a name that no metric has is told of later, with its place.
    pub(super) fn cadence_named(&self, names: &[String]) -> Result<Option<Cadence>> {
        let live: Vec<ItemId> = self.store.live_metrics()?.iter().map(|one| one.id).collect();
        let items = self.store.items(&live)?;
        let plain = |text: &str| text.trim().to_lowercase();
        let called = |name: &String| {
            let is_it = |item: &&Item| {
                plain(item.title()) == plain(name) || item.reference.to_string() == plain(name)
            };
            items.iter().find(is_it).map(|item| Terms::of(item).cadence)
        };
        let mut found: Vec<Cadence> = names.iter().filter_map(called).collect();
        found.dedup();
        Ok(match found.as_slice() {
            [one] => Some(*one),
            _ => None,
        })
    }

    /// The metric that a name of the file means: by a mapping, its ref, its title, or title and
    /// segment.
    pub(super) fn metric_called(
        &self,
        name: &str,
        (metric, segment): (&str, Option<&str>),
        request: &FigureRequest,
        before: Option<Ref>,
    ) -> Result<Option<Meant>> {
        let same =
            |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
        let mapped = request
            .map
            .iter()
            .find(|(from, _)| {
                [name, metric, segment.unwrap_or(name)].iter().any(|one| same(from, one))
            })
            .map(|(_, to)| to.as_str());
        if let Some(to) = mapped {
            let id = self.meant(to, &[Kind::Metric])?.id;
            return Ok(self.store.items(&[id])?.first().map(meant));
        }
        let named = Ref::parse(metric.trim()).filter(|one| one.kind == Kind::Metric);
        if let Some(reference) = named.or(before)
            && let Some(id) = self.store.by_ref(reference)?
        {
            return Ok(self.store.items(&[id])?.first().map(meant));
        }
        let live: Vec<ItemId> = self.store.live_metrics()?.iter().map(|one| one.id).collect();
        let items = self.store.items(&live)?;
        let segment = segment.unwrap_or("");
        let bare = without_rhythm(metric);
        let fits = |item: &&Item| {
            same(item.title(), name)
                || same(item.title(), bare) && same(item.text("segment"), segment)
                || same(item.title(), metric) && same(item.text("segment"), segment)
                || same(item.text("catalogue"), metric) && same(item.text("segment"), segment)
        };
        let found: Vec<&Item> = items.iter().filter(fits).collect();
        Ok(match found.as_slice() {
            [one] => Some(meant(one)),
            _ => None,
        })
    }

    /// A watched file fails for a metric by what cannot be read of it, and by rows that nobody can
    /// tell the owner of; what is wrong with another metric leaves it alone.
    pub(super) fn refuse_spoilt(
        &self,
        series: &Series,
        request: &FigureRequest,
        only: Option<&Meant>,
    ) -> Result<()> {
        let Some(wanted) = request.wanted else { return Ok(()) };
        for (whose, row) in &series.spoilt {
            let is_other = match whose {
                Some((metric, segment)) if only.is_none() => {
                    let segment = segment.as_deref();
                    let name = named(metric, segment);
                    let before = self.known_name(series.source, &name)?.metric;
                    let meant = self.metric_called(&name, (metric, segment), request, before)?;
                    meant.is_none_or(|meant| meant.id != wanted)
                }
                Some(_) | None => false,
            };
            if !is_other {
                let unclear = row.problems.iter().find_map(|cell| cell.unclear);
                return Err(Refusal::input(row.to_string()).unclear(unclear).into());
            }
        }
        Ok(())
    }
}

/// The name of a chart without how often it counts: `Activation rate, weekly`.
fn without_rhythm(name: &str) -> &str {
    let cut = name.rsplit_once(',').filter(|(_, word)| {
        let word = word.trim().to_lowercase();
        Cadence::ALL.iter().any(|cadence| cadence.slug() == word)
    });
    cut.map_or(name, |(name, _)| name.trim())
}

/// `Activation, Web` of a metric with its segment.
pub(super) fn named(metric: &str, segment: Option<&str>) -> String {
    match segment {
        Some(segment) if !segment.is_empty() => format!("{metric}, {segment}"),
        Some(_) | None => metric.to_owned(),
    }
}
