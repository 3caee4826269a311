//! Which metrics need somebody: what is off track, out of date or fed by a source that fails stands
//! first in the pane. Among very many that is told by the newest figure of each, without its series.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::domain::item::ItemId;
use crate::domain::metric::{Age, Freshness, Period, Status};
use crate::store::metric::Live;

use super::super::error::{Error, Result};
use super::super::workspace::Workspace;
use super::glance::{Glance, MOST, shown_alone};
use super::seen::Shown;

/// What a pane shows, and how much it has no room for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pane {
    pub glances: Vec<Glance>,
    pub more: usize,
}

impl Workspace {
    /// As many glances as a pane has room for.
    ///
    /// # Errors
    /// A storage error.
    pub fn pane(&self, most: usize) -> Result<Pane> {
        let live = shown_alone(&self.live_metrics()?);
        // What needs somebody comes first; within that and within the rest the order stays. Among
        // very many only those are looked at that have room.
        let looked_at = if live.len() > MOST { most } else { most.max(MOST) };
        let mut glances = self.glances_by_outcome(looked_at)?;
        glances.sort_by_key(|one| !one.needs_somebody());
        glances.truncate(most);
        let shown: HashSet<ItemId> = glances.iter().map(|one| one.id).collect();
        let more = live.iter().filter(|(id, _)| !shown.contains(id)).count();
        Ok(Pane { glances, more })
    }

    /// Puts those first that seem to need somebody; within them and the others the order stays.
    ///
    /// # Errors
    /// A storage error.
    pub(super) fn needy_first(&self, live: &[Live], metrics: &mut [Shown]) -> Result<()> {
        let seem = || live.iter().filter(|one| self.seems_needy(one)).map(|one| one.id);
        let needy = self
            .seen
            .needy
            .or_read(self.stand()?, || Ok::<_, Error>(Arc::new(seem().collect())))?;
        let is_fed = live.iter().any(|one| one.is_fed);
        let troubles = if is_fed { self.troubles() } else { BTreeMap::new() };
        let is_fine = |(id, _): &Shown| {
            !needy.contains(id) && (troubles.is_empty() || !troubles.contains_key(&id.to_string()))
        };
        metrics.sort_by_cached_key(is_fine);
        Ok(())
    }

    /// By the figure that was told last; without a figure or a baseline nothing is known.
    fn seems_needy(&self, live: &Live) -> bool {
        let (today, fiscal) = (self.clock.today(), self.settings.fiscal_start_month);
        let period = live.told.as_deref().and_then(|told| Period::parse(told, fiscal));
        let Some((period, reading)) = period.zip(live.reading) else { return false };
        let marks = live.of_outcome.as_ref();
        let goal = live.terms.goal(&live.marks, marks, (None, today), fiscal);
        let status = goal.map(|goal| goal.status(reading.value(), today));
        needs(status, Some(Age::of(period, live.terms.cadence, today)))
    }
}

impl Glance {
    /// `source failed: figures.csv: row 3, column Sign-ups: “abc” is not a number`; nothing where it
    /// does not.
    #[must_use]
    pub fn source(&self) -> Option<String> {
        let trouble = self.trouble.as_ref()?;
        Some(match &self.trouble_why {
            Some(why) => format!("{trouble}: {why}"),
            None => trouble.clone(),
        })
    }

    /// Off track, out of date, or fed by a source that fails.
    #[must_use]
    pub fn needs_somebody(&self) -> bool {
        self.trouble.is_some()
            || self.account.as_ref().is_some_and(|account| needs(account.status, account.age))
    }
}

fn needs(status: Option<Status>, age: Option<Age>) -> bool {
    status.is_some_and(Status::is_off_track)
        || age.is_some_and(|age| age.freshness != Freshness::Fresh)
}
