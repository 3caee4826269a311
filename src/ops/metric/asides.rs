//! What stands beside a figure that is not the figure itself: its currency, what is counted where
//! somebody told another one, and that it was told before its period was over.

use crate::domain::item::Item;
use crate::domain::metric::{Period, Terms};
use crate::store::metric::Metrics;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::bare::Bare;
use super::glance::Glance;
use super::rows::Rows;

impl Workspace {
    /// A glance with what stands beside its figure.
    pub(super) fn with_asides(
        &self,
        metric: &Item,
        rows: &Rows,
        mut glance: Glance,
    ) -> Result<Glance> {
        let (fiscal, today) = (self.settings.fiscal_start_month, self.clock.today());
        let newest = rows.all.last().map(|one| one.reading);
        glance.left_out = match rows.beside {
            // A figure that somebody told leaves out nothing; what is counted is told beside it.
            Some(counted) if newest != Some(counted.reading) => {
                let unit = Terms::of(metric).unit;
                Some(format!("by hand; {} counted", unit.show_reading(counted.reading)))
            }
            Some(_) => None,
            None => self.left_out(metric)?,
        };
        let is_early = rows.counted.is_empty()
            && self.live_metrics()?.iter().any(|one| one.id == metric.id && one.told_early(fiscal));
        if metric.text("reading") == "qualitative" {
            glance.quote = self.quote_of(metric, rows)?;
        }
        let Some(account) = &mut glance.account else { return Ok(glance) };
        if rows.all.iter().all(|one| one.value().is_none()) && account.value().is_none() {
            let cadence = account.terms.cadence;
            let told = self.store.observations(metric.id, fiscal)?;
            let others = told.iter().filter(|one| one.period.cadence() != cadence).count();
            glance.bare = Some(Bare::of(metric, others));
        }
        account.currency = self.currency_of(metric)?;
        if is_early && !account.running {
            let last = Period::last_complete(today, account.terms.cadence, fiscal);
            let newest = account.newest.filter(|one| one.period == last);
            glance.due = glance.due.or(newest.map(|one| one.period.key(fiscal)));
            let sample = account.sample.take();
            account.sample = sample.map(|sample| format!("{sample}, told before it ended"));
        }
        Ok(glance)
    }

    /// What somebody said that is behind the newest step.
    fn quote_of(&self, metric: &Item, rows: &Rows) -> Result<Option<String>> {
        let fiscal = self.settings.fiscal_start_month;
        let Some(newest) = rows.all.last() else { return Ok(None) };
        let told = self.store.readings(&[metric.id], fiscal)?.remove(&metric.id);
        let told = told.unwrap_or_default();
        let of = told.iter().rfind(|one| one.observation.period == newest.period);
        Ok(of.map(|one| one.note.clone()).filter(|note| !note.is_empty()))
    }
}
