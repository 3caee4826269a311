//! The figure of a metric by its name, for the criteria of a plan: that by which the metric is
//! judged, whether somebody told it or it is counted. One of the catalogue that is counted needs no
//! item of its own.

use chrono::NaiveDate;

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::metric::account::counted;
use crate::domain::metric::catalogue::{self, Template};
use crate::domain::metric::{Observation, Terms};
use crate::domain::plan::{Figure, Measured};
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::bulk::Bulk;
use crate::store::metric::Metrics;
use crate::store::proof::Proofs;

use super::super::error::Result;
use super::super::workspace::{Settings, Workspace};
use super::rows::{self, Rows, Source};
use super::rules;

/// Who can be asked for the figures of a metric: the open workspace, or a write in progress.
pub trait Measures {
    /// What the metric of this name reads.
    ///
    /// # Errors
    /// A storage error.
    fn figure(&self, name: &str) -> Result<Figure>;
}

/// A write in progress with what it needs to count.
pub struct Within<'a, 'w> {
    pub write: &'a Write<'w>,
    pub settings: &'a Settings,
    pub today: NaiveDate,
}

impl Measures for Within<'_, '_> {
    fn figure(&self, name: &str) -> Result<Figure> {
        let Some(metric) = called(self.write, name)? else { return Ok(Figure::NotKept) };
        let rows = rows::within(self.write, &metric, self.settings, self.today)?;
        Ok(figure(&metric, &rows, (self.today, self.settings.fiscal_start_month)))
    }
}

impl Measures for Workspace {
    fn figure(&self, name: &str) -> Result<Figure> {
        let Some(metric) = called(&self.store, name)? else { return Ok(Figure::NotKept) };
        let fiscal = self.settings.fiscal_start_month;
        let told = self.store.readings(&[metric.id], fiscal)?.remove(&metric.id);
        let told: Vec<_> = told.unwrap_or_default().iter().map(|one| one.observation).collect();
        let rows = self.rows_of(&metric, counted(told))?;
        Ok(figure(&metric, &rows, (self.clock.today(), fiscal)))
    }
}

/// Nobody is asked: no figure is there.
pub struct Unasked;

impl Measures for Unasked {
    fn figure(&self, _: &str) -> Result<Figure> {
        Ok(Figure::NoData)
    }
}

fn figure(metric: &Item, rows: &Rows, (today, fiscal): (NaiveDate, u32)) -> Figure {
    let judged = rows.judged(today);
    // A period that still runs proves nothing: its figure may be another when it ends.
    let over =
        |one: &&Observation| one.period.is_complete(today) || rows.source == Source::ToThisDay;
    let newest = judged.iter().rfind(over).filter(|one| one.value().is_some());
    newest.map_or(Figure::NoData, |one| {
        Figure::Is(Measured {
            name: metric.title().to_owned(),
            reading: one.reading,
            terms: Terms::of(metric),
            period: one.period.key(fiscal),
        })
    })
}

/// The metric of this name, title or short name; else that of the catalogue, if it is counted.
fn called(from: &(impl Proofs + Bulk), name: &str) -> Result<Option<Item>> {
    let name = name.trim();
    let template = catalogue::catalogue()
        .iter()
        .find(|one| one.slug == name || one.name.eq_ignore_ascii_case(name));
    let by_ref = match Ref::parse(name).filter(|one| one.kind == Kind::Metric) {
        Some(reference) => from.by_ref(reference)?,
        None => None,
    };
    let slug = template.map_or("", |one| one.slug.as_str());
    let id = match by_ref {
        Some(id) => Some(id),
        None => from.metric_called(name, slug)?,
    };
    if let Some(id) = id {
        return Ok(from.some(&[id])?.pop());
    }
    Ok(template.filter(|one| one.origin.is_computed()).map(unkept))
}

/// A metric of the catalogue as it would be if somebody kept it.
fn unkept(template: &Template) -> Item {
    let reference = Ref { kind: Kind::Metric, number: 0 };
    let nobody = ItemId(uuid::Uuid::nil());
    let mut item = Item::new(nobody, reference, chrono::DateTime::UNIX_EPOCH, "");
    rules::fill(&mut item, template);
    item.set("title", Value::Text(template.name.clone()));
    item
}
