//! The open assets of a standup in line: which press and which are well is seen a piece at a time, also
//! before anybody asks, and only those that are shown are read.

use std::collections::HashSet;
use std::sync::Arc;

use super::Queued;
use super::lineup::{Line, Side};
use crate::domain::field::Names;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::store::listing::Closed;

use super::super::error::Result;
use super::super::page::{ListQuery, Stand};
use super::super::workspace::Workspace;

/// Rows that are looked at in one piece.
const PIECE: usize = if cfg!(test) { 2 } else { 500 };

/// How far the assets are in line.
#[derive(Debug, Default)]
pub struct RowLine {
    stand: Stand,
    /// Those that were not looked at yet, the last first.
    rest: Vec<ItemId>,
    line: Arc<Line>,
}

impl Workspace {
    /// Looks at the next of the open assets; says whether there are more.
    ///
    /// # Errors
    /// A storage error; whoever asks for the line will meet it again.
    pub fn line_up_rows_ahead(&mut self) -> Result<bool> {
        let stand = self.stand()?;
        if self.row_line.stand != stand {
            self.begin_row_line(stand)?;
        }
        if self.row_line.rest.is_empty() {
            return Ok(false);
        }
        let piece = self.row_line.rest.len().min(PIECE);
        let left = self.row_line.rest.len() - piece;
        let ids: Vec<ItemId> = self.row_line.rest[left..].iter().rev().copied().collect();
        let pressing = self.store.pressing_assets(&ids)?;
        self.row_line.rest.truncate(left);
        let line = Arc::make_mut(&mut self.row_line.line);
        for id in ids {
            let side =
                if pressing.contains(&id) { &mut line.exceptions } else { &mut line.healthy };
            side.push(id);
        }
        if self.row_line.rest.is_empty() {
            // What was room to read is given back.
            self.row_line.rest = Vec::new();
            line.exceptions.shrink_to_fit();
            line.healthy.shrink_to_fit();
            return Ok(false);
        }
        Ok(true)
    }

    /// What is late presses, and stands first in the list.
    fn begin_row_line(&mut self, stand: Stand) -> Result<()> {
        let late = self.store.backlog(Kind::Asset, Closed::Hidden, stand.day)?.counts.late;
        let mut late_first = self.all_ids(&ListQuery::all(Kind::Asset))?;
        let mut rest = late_first.split_off(late.min(late_first.len()));
        rest.reverse();
        let line = Line { exceptions: late_first, healthy: Vec::new() }.into();
        self.row_line = RowLine { stand, rest, line };
        Ok(())
    }

    fn row_line(&mut self) -> Result<Arc<Line>> {
        while self.line_up_rows_ahead()? {}
        Ok(Arc::clone(&self.row_line.line))
    }

    /// The age from which one of them is older than usual, where that makes it press.
    pub(in crate::ops) fn usual_in_line(&self, kind: Kind) -> Result<i64> {
        if kind == Kind::Decision { Ok(self.line_up()?.usual) } else { Ok(0) }
    }

    /// How many stand on a side.
    pub(in crate::ops) fn count_in_line(&mut self, kind: Kind, side: Side) -> Result<usize> {
        if kind == Kind::Decision {
            return Ok(self.line_up()?.count(side));
        }
        Ok(self.row_line()?.of(side).len())
    }

    /// The first of a side, without some.
    pub(in crate::ops) fn first_of_line(
        &mut self,
        kind: Kind,
        side: Side,
        (most, without): (usize, &HashSet<ItemId>),
    ) -> Result<Vec<ItemId>> {
        if kind == Kind::Decision {
            return self.first_in_line(side, most, without);
        }
        let line = self.row_line()?;
        let rest = line.of(side).iter().filter(|id| !without.contains(id));
        Ok(rest.take(most).copied().collect())
    }

    /// All of both sides.
    pub(in crate::ops) fn whole_line_of(&mut self, kind: Kind) -> Result<Line> {
        if kind == Kind::Decision { self.whole_line() } else { Ok(Line::clone(&*self.row_line()?)) }
    }

    /// These as rows of a standup, in their order; one that is gone is left out.
    pub(in crate::ops) fn queued_of(
        &self,
        kind: Kind,
        ids: &[ItemId],
        usual: i64,
    ) -> Result<Vec<Queued>> {
        if kind == Kind::Decision { self.queued(ids, usual) } else { self.queued_rows(kind, ids) }
    }

    pub(super) fn queued_rows(&self, kind: Kind, ids: &[ItemId]) -> Result<Vec<Queued>> {
        let (rows, names) = self.rows(ids)?;
        let mut queue = Vec::with_capacity(rows.len());
        for row in rows {
            let why = self.pressing(&row, &names)?;
            let item = &row.item;
            let owner = item.link("owner").and_then(|id| names.title(id)).unwrap_or("");
            queue.push(Queued {
                id: item.id,
                reference: item.reference,
                title: item.title().to_owned(),
                state: item.state().slug,
                due: kind.noun().due.and_then(|name| item.day(name)),
                why: why.into_iter().collect(),
                driver: owner.to_owned(),
            });
        }
        Ok(queue)
    }
}
