//! What was read of metrics, kept until it is another: glances while the workspace stands as it
//! did, readings while the revision of their metric is the same. So a key that changes nothing
//! reads nothing, and a figure that is recorded reads one metric and not all.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::domain::item::{Item, ItemId};
use crate::domain::metric::Observation;

use super::super::page::Stand;
use super::glance::Glance;
use super::watch::Watch;

/// A metric with the outcome that it shows.
pub type Shown = (ItemId, Option<ItemId>);

/// A glance, and what feeds its metric.
#[derive(Debug, Clone)]
pub struct Fed {
    pub glance: Glance,
    pub watch: Option<Watch>,
}

/// The readings of a metric, in its revision.
type Read = (i64, Vec<Observation>);

#[derive(Debug, Default)]
pub struct Seen {
    glances: RefCell<(Stand, HashMap<Shown, Fed>)>,
    readings: RefCell<(i64, HashMap<ItemId, Read>)>,
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

    /// The readings of these metrics that are known in their revision, and those that are not.
    /// What another program changes may leave a revision as it was.
    pub fn readings<'a>(
        &self,
        version: i64,
        items: &'a [Item],
    ) -> (HashMap<ItemId, Vec<Observation>>, Vec<&'a Item>) {
        let mut kept = self.readings.borrow_mut();
        if kept.0 != version {
            *kept = (version, HashMap::new());
        }
        let mut known = HashMap::new();
        let mut unknown = Vec::new();
        for item in items {
            match kept.1.get(&item.id) {
                Some((rev, rows)) if *rev == item.rev => {
                    known.insert(item.id, rows.clone());
                }
                Some(_) | None => unknown.push(item),
            }
        }
        (known, unknown)
    }

    pub fn keep_readings(&self, item: &Item, rows: &[Observation]) {
        self.readings.borrow_mut().1.insert(item.id, (item.rev, rows.to_vec()));
    }
}
