//! What claims weigh and how the matrix is filled, kept while the journal tells of nothing that
//! would weigh otherwise: after a step only what it touched is weighed again. Read ahead on a
//! thread of its own when somebody comes to look at evidence.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, sync_channel};

use chrono::NaiveDate;

use crate::domain::evidence::balance::{Balance, Limits, Terms, weigh};
use crate::domain::item::{Item, ItemId};
use crate::store;
use crate::store::deal::Deals;
use crate::store::weights::Cells;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::claims::scope;

/// From so many lines of the journal on all is weighed anew.
const FEW: i64 = 5_000;

/// What is held in memory of it.
#[derive(Debug, Default)]
pub(in crate::ops) struct Scales {
    kept: RefCell<Option<Kept>>,
    ahead: RefCell<Option<Receiver<store::Result<Kept>>>>,
}

#[derive(Debug)]
struct Kept {
    /// The last line of the journal that is in it.
    upto: i64,
    /// What all of it was held against.
    held: (NaiveDate, Limits),
    balances: HashMap<ItemId, Balance>,
    cells: Option<Cells>,
}

impl Scales {
    /// What another thread has weighed, waited for.
    fn arrived(&self) -> Option<Kept> {
        self.ahead.take()?.recv().ok()?.ok()
    }
}

impl Workspace {
    /// The balances of these claims.
    ///
    /// # Errors
    /// A storage error.
    pub fn balances(&self, claims: &[&Item]) -> Result<HashMap<ItemId, Balance>> {
        let held = self.renew_scales()?;
        let mut kept = self.scales.kept.borrow_mut();
        let Some(kept) = kept.as_mut() else { return Ok(HashMap::new()) };
        let unknown: Vec<ItemId> =
            claims.iter().map(|one| one.id).filter(|id| !kept.balances.contains_key(id)).collect();
        if !unknown.is_empty() {
            let pieces = self.store.weights_of_claims(&unknown)?;
            for claim in claims.iter().filter(|claim| unknown.contains(&claim.id)) {
                let own = pieces.get(&claim.id).map_or(&[][..], Vec::as_slice);
                let balance = weigh(own, &scope(claim), &terms(claim.day("chosen_on"), held));
                kept.balances.insert(claim.id, balance);
            }
        }
        let found = |claim: &&&Item| Some((claim.id, kept.balances.get(&claim.id)?.clone()));
        Ok(claims.iter().filter_map(|claim| found(&claim)).collect())
    }

    /// The cells of the matrix, and the opinions beside it.
    pub(super) fn cells(&self) -> Result<Cells> {
        self.renew_scales()?;
        let mut kept = self.scales.kept.borrow_mut();
        let known = kept.as_ref().and_then(|kept| kept.cells.clone());
        let cells = known.map_or_else(|| self.store.cells(), Ok)?;
        if let Some(kept) = kept.as_mut() {
            kept.cells = Some(cells.clone());
        }
        Ok(cells)
    }

    /// Begins to weigh all claims on a thread of its own, because somebody looks at evidence;
    /// unless that is done already.
    ///
    /// # Errors
    /// A storage error; whoever asks for a balance will meet it again.
    pub fn weigh_ahead(&self) -> Result<()> {
        if self.scales.kept.borrow().is_some() || self.scales.ahead.borrow().is_some() {
            return Ok(());
        }
        let Some(reading) = self.store.weights_ahead()? else { return Ok(()) };
        let held = (self.clock.today(), self.limits()?);
        let (send, weighed) = sync_channel(1);
        std::thread::spawn(move || {
            let read = reading
                .run(|claim, pieces| weigh(pieces, &claim.scope, &terms(claim.chosen_on, held)));
            // Nobody listens any more when the screen was left for good.
            drop(send.send(read.map(|(upto, balances, cells)| Kept {
                upto,
                held,
                balances,
                cells: Some(cells),
            })));
        });
        *self.scales.ahead.borrow_mut() = Some(weighed);
        Ok(())
    }

    /// Lets go of what does not hold any more; says what claims are held against.
    fn renew_scales(&self) -> Result<(NaiveDate, Limits)> {
        let last = self.store.last_change()?;
        let held = (self.clock.today(), self.limits()?);
        let mut kept = self.scales.kept.borrow_mut();
        if kept.is_none() {
            *kept = self.scales.arrived();
        }
        let is_of_now = |kept: &&mut Kept| kept.held == held && kept.upto <= last;
        if let Some(kept) = kept.as_mut().filter(is_of_now) {
            if kept.upto == last {
                return Ok(held);
            }
            if let Some(touched) = self.store.touched_since(kept.upto, FEW)? {
                touched.claims.iter().for_each(|id| drop(kept.balances.remove(id)));
                if touched.evidence {
                    kept.cells = None;
                }
                kept.upto = last;
                return Ok(held);
            }
        }
        *kept = Some(Kept { upto: last, held, balances: HashMap::new(), cells: None });
        Ok(held)
    }
}

fn terms(chosen_on: Option<NaiveDate>, (today, limits): (NaiveDate, Limits)) -> Terms {
    Terms { chosen_on, today, limits }
}
