//! The open decisions of a standup in line: how many press and how many are well comes from indexes,
//! and only those that are shown are read.

use std::collections::HashSet;
use std::sync::Arc;

use super::Queued;
use crate::domain::decision::figures;
use crate::domain::decision::standing::Exception;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::store::backlog::Backlog;
use crate::store::brief::Brief;
use crate::store::lineup::{Edges, Waiting, Waits};
use crate::store::listing::Closed;

use super::super::error::Result;
use super::super::workspace::Workspace;

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Those that come first, for a reason.
    Exceptions,
    Healthy,
}

/// All of each side, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub exceptions: Vec<ItemId>,
    pub healthy: Vec<ItemId>,
}

/// How the open decisions stand in line.
#[derive(Debug, Clone)]
pub struct LineUp {
    pub edges: Edges,
    /// The age from which one is older than usual.
    pub usual: i64,
    /// Those that come before older ones, each of them for its own reason.
    lapsed: Vec<ItemId>,
    unwired: Vec<ItemId>,
    pub backlog: Backlog,
    /// How many there are of each side.
    pub exceptions: usize,
    pub healthy: usize,
}

impl LineUp {
    #[must_use]
    pub fn count(&self, side: Side) -> usize {
        match side {
            Side::Exceptions => self.exceptions,
            Side::Healthy => self.healthy,
        }
    }

    fn aside(&self) -> impl Iterator<Item = ItemId> {
        self.lapsed.iter().chain(&self.unwired).copied()
    }
}

impl Line {
    #[must_use]
    pub fn of(&self, side: Side) -> &[ItemId] {
        match side {
            Side::Exceptions => &self.exceptions,
            Side::Healthy => &self.healthy,
        }
    }
}

impl Workspace {
    /// How the open decisions stand in line.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn line_up(&self) -> Result<Arc<LineUp>> {
        self.lined_up.or_read(self.stand()?, || Ok(self.lined_up_now()?.into()))
    }

    fn lined_up_now(&self) -> Result<LineUp> {
        let (today, usual) = (self.clock.today(), self.usual_age()?);
        let edges = Edges::new(today, usual);
        let lapsed = self.store.lapsed(&edges)?;
        let known: HashSet<ItemId> = lapsed.iter().map(|one| one.id).collect();
        let mut near = self.store.before_their_forums(&edges)?;
        near.retain(|one| !known.contains(&one.id));
        let waiting: Vec<ItemId> = near.iter().map(|one| one.id).collect();
        let unwired = self.unwired(&waiting)?;
        near.retain(|one| unwired.contains(&one.id));
        let unwired = near;
        let backlog = self.store.backlog(Kind::Decision, Closed::Hidden, today)?;
        let open = backlog.counts;
        let put_off = self.store.count_put_off(today)?;
        let back = self.store.back_today(today)?.len();
        let all_old = self.store.count_old(&edges)?;
        let young = (open.open - open.late).saturating_sub(put_off + all_old);
        let all_still = self.store.count_still(&edges, young)?;
        // Those that press for another reason are counted among these too.
        let aside = || lapsed.iter().chain(&unwired);
        let old = all_old - aside().filter(|one| one.is_old).count();
        let still = all_still - aside().filter(|one| !one.is_old && one.is_still).count();
        let exceptions = open.late + back + aside().count() + old + still;
        let ids = |some: &[Waiting]| some.iter().map(|one| one.id).collect();
        Ok(LineUp {
            backlog,
            edges,
            usual,
            exceptions,
            healthy: open.open.saturating_sub(exceptions),
            lapsed: ids(&lapsed),
            unwired: ids(&unwired),
        })
    }

    /// The first of a side, without some.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn first_in_line(
        &self,
        side: Side,
        most: usize,
        without: &HashSet<ItemId>,
    ) -> Result<Vec<ItemId>> {
        let lined = self.line_up()?;
        let edges = &lined.edges;
        let aside: HashSet<ItemId> = without.iter().copied().chain(lined.aside()).collect();
        let waiting = |waits, room: usize| self.store.first_waiting(waits, edges, (room, &aside));
        if side == Side::Healthy {
            return Ok(waiting(Waits::Well, most)?);
        }
        let late = lined.backlog.counts.late.min(most.saturating_add(without.len()));
        let mut found = self.store.window(&lined.backlog, 0..late, None)?;
        found.extend(self.store.back_today(edges.today)?);
        found.extend(lined.aside());
        found.retain(|id| !without.contains(id));
        for waits in [Waits::Old, Waits::Still] {
            let room = most.saturating_sub(found.len());
            found.extend(waiting(waits, room)?);
        }
        found.truncate(most);
        Ok(found)
    }

    /// All of both sides.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn whole_line(&self) -> Result<Line> {
        let lined = self.line_up()?;
        let all = self.store.all_in_line(&lined.edges)?;
        let aside: HashSet<ItemId> = lined.aside().collect();
        let rest = |mut ids: Vec<ItemId>| {
            ids.retain(|id| !aside.contains(id));
            ids
        };
        let first = [all.late, all.back, lined.aside().collect()];
        let then = [all.old, all.still].map(rest);
        let exceptions = first.into_iter().chain(then).collect::<Vec<_>>().concat();
        Ok(Line { exceptions, healthy: rest(all.well) })
    }

    /// These decisions as rows of a standup, in their order; one that is gone is left out.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn queued(&self, ids: &[ItemId], usual: i64) -> Result<Vec<Queued>> {
        let briefs = self.store.briefs_of(ids)?;
        let today = self.clock.today();
        let wired = self.wired_before_their_forums(&briefs, today)?;
        let told = briefs.into_iter().map(|brief| {
            let wired = || wired.get(&brief.id).copied().unwrap_or_default();
            let why = brief.signs.exceptions(today, usual, wired);
            Queued::of(&brief, &why)
        });
        Ok(told.collect())
    }

    /// The age from which an open decision is older than usual (P85, `spec/3-model.md §3.4`).
    ///
    /// # Errors
    /// A storage error.
    pub fn usual_age(&self) -> Result<i64> {
        let read = || Ok(figures::usual_age(&self.latencies()?));
        self.usual.or_read(self.stand()?, read)
    }
}

impl Queued {
    pub(in crate::ops) fn of(brief: &Brief, why: &[Exception]) -> Self {
        Self {
            id: brief.id,
            reference: brief.reference,
            title: brief.title.to_string(),
            state: brief.state,
            due: if brief.signs.is_deferred { brief.signs.last_day } else { brief.needed_by },
            why: why.iter().map(|found| found.words()).collect(),
            driver: brief.driver.to_string(),
        }
    }
}
