//! What was read of metrics, kept until it is another: glances while the workspace stands as it
//! did, readings until the journal tells of another one of their metric, or the fiscal year begins
//! otherwise. So a key that changes nothing reads nothing, and a figure that is recorded reads one
//! metric and not all.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::domain::item::ItemId;
use crate::domain::metric::Observation;

use super::super::kept::Kept;
use super::super::page::Stand;
use super::glance::Glance;
use super::watch::Watch;
use crate::store::metric::Live;

/// Most metrics whose readings are kept.
const MOST_READINGS: usize = 32;

/// A metric with the outcome that it shows.
pub type Shown = (ItemId, Option<ItemId>);

/// A glance, and what feeds its metric.
#[derive(Debug, Clone)]
pub struct Fed {
    pub glance: Glance,
    pub watch: Option<Watch>,
}

/// The readings of a metric that count.
pub type Readings = Arc<Vec<Observation>>;

#[derive(Debug, Default)]
pub struct Seen {
    pub live: Kept<Arc<[Live]>>,
    /// Those of them that seem to need somebody.
    pub needy: Kept<Arc<HashSet<ItemId>>>,
    glances: RefCell<(Stand, HashMap<Shown, Fed>)>,
    /// Up to which line of the journal these are the readings.
    readings: RefCell<(i64, HashMap<ItemId, Readings>)>,
}

impl Seen {
    /// Those of these metrics of which there is no glance yet.
    pub fn unread(&self, stand: Stand, metrics: &[Shown]) -> Vec<Shown> {
        let mut kept = self.glances.borrow_mut();
        if kept.0 != stand {
            *kept = (stand, HashMap::new());
        }
        metrics.iter().filter(|one| !kept.1.contains_key(*one)).copied().collect()
    }

    pub fn keep(&self, read: Vec<(Shown, Fed)>) {
        self.glances.borrow_mut().1.extend(read);
    }

    pub fn glances(&self, metrics: &[Shown]) -> Vec<Fed> {
        let kept = self.glances.borrow();
        metrics.iter().filter_map(|one| kept.1.get(one).cloned()).collect()
    }

    /// Up to which line of the journal readings are known.
    pub fn upto(&self) -> i64 {
        self.readings.borrow().0
    }

    /// The journal goes up to this line now, and since then something was told of these metrics;
    /// without them of any.
    pub fn follow(&self, upto: i64, changed: Option<&[ItemId]>) {
        let mut kept = self.readings.borrow_mut();
        kept.0 = upto;
        match changed {
            Some(changed) => changed.iter().for_each(|id| drop(kept.1.remove(id))),
            None => kept.1.clear(),
        }
    }

    /// The readings of these metrics that are known, and those metrics whose are not.
    pub fn readings(&self, ids: &[ItemId]) -> (HashMap<ItemId, Readings>, Vec<ItemId>) {
        let kept = self.readings.borrow();
        let known = ids.iter().filter_map(|id| Some((*id, kept.1.get(id)?.clone()))).collect();
        let mut unknown: Vec<ItemId> =
            ids.iter().filter(|id| !kept.1.contains_key(*id)).copied().collect();
        // A metric that several outcomes show is read once.
        unknown.sort_unstable();
        unknown.dedup();
        (known, unknown)
    }

    /// Keeps them of as many as a pane shows: of more they would be most of what is in memory, and are
    /// read again soon enough.
    pub fn keep_readings(&self, metric: ItemId, rows: Readings) {
        let mut kept = self.readings.borrow_mut();
        if kept.1.len() < MOST_READINGS {
            kept.1.insert(metric, rows);
        }
    }
}
