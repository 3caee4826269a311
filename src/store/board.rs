//! A backlog by its states: how many items stand in each, any window of one, and the place of an
//! item in its own. Those that were ordered by hand come first, in that order. What a window costs
//! depends on its cards; the counts walk along all but the longest column.

use std::ops::Range;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::error::{Doing, Result};
use super::journal::Write;
use super::open::Store;
use super::sql;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::noun::{Shelf, State};

const READING: &str = "reading the board";
/// States in which fewer stand are counted at once.
const FEW: usize = if cfg!(test) { 2 } else { 500 };

impl Store {
    /// How many items of a kind stand in each state, the Trash left out. The state in which most stand
    /// has those that are left when the others are counted, so that nobody walks along all of them.
    ///
    /// # Errors
    /// A storage error.
    pub fn lane_counts(&self, kind: Kind) -> Result<Vec<(&'static State, usize)>> {
        let mut counts = Vec::new();
        for shelf in [Shelf::Open, Shelf::Closed] {
            let states = kind.noun().states.iter().filter(|state| state.shelf == shelf);
            let mut uncounted: Vec<&'static State> = states.collect();
            let (mut left, mut most) = (self.on_shelf(kind, shelf)?, FEW);
            while uncounted.len() > 1 {
                let mut larger = Vec::new();
                for state in uncounted {
                    match self.count_in_lane(kind, state, most)? {
                        count if count < most => {
                            left = left.saturating_sub(count);
                            counts.push((state, count));
                        }
                        _ => larger.push(state),
                    }
                }
                uncounted = larger;
                most = most.saturating_mul(4);
            }
            counts.extend(uncounted.into_iter().map(|state| (state, left)));
        }
        counts.retain(|(_, count)| *count > 0);
        Ok(counts)
    }

    fn on_shelf(&self, kind: Kind, shelf: Shelf) -> Result<usize> {
        self.connection
            .prepare_cached(
                "SELECT coalesce(sum(items), 0) FROM tally WHERE kind = ?1 AND shelf = ?2",
            )
            .and_then(|mut statement| {
                statement.query_row(params![kind.slug(), shelf as i64], |row| row.get::<_, i64>(0))
            })
            .doing(READING)
            .map(|count| usize::try_from(count).unwrap_or(0))
    }

    /// How many stand in a state, counted no further than to so many.
    fn count_in_lane(&self, kind: Kind, state: &State, most: usize) -> Result<usize> {
        let upto = i64::try_from(most).unwrap_or(i64::MAX);
        self.connection
            .prepare_cached(
                "SELECT count(*) FROM (SELECT 1 FROM listing INDEXED BY listing_board \
                 WHERE kind = ?1 AND shelf = ?2 AND state = ?3 LIMIT ?4)",
            )
            .and_then(|mut statement| {
                let values = params![kind.slug(), state.shelf as i64, state.slug, upto];
                statement.query_row(values, |row| row.get::<_, i64>(0))
            })
            .doing(READING)
            .map(|count| usize::try_from(count).unwrap_or(0))
    }

    /// The ids at these places of a state.
    ///
    /// # Errors
    /// A storage error.
    pub fn lane(
        &self,
        kind: Kind,
        state: &State,
        span: Range<usize>,
        total: usize,
    ) -> Result<Vec<ItemId>> {
        let span = span.start.min(total)..span.end.min(total);
        let from_end = total - span.end;
        let (order, skip) = if from_end < span.start {
            ("rank DESC, first DESC, second DESC, third DESC, id DESC", from_end)
        } else {
            ("rank, first, second, third, id", span.start)
        };
        let query = format!(
            "SELECT id FROM listing INDEXED BY listing_board \
             WHERE kind = ?1 AND shelf = ?2 AND state = ?3 ORDER BY {order} LIMIT ?4 OFFSET ?5"
        );
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(&query).doing(READING)?;
        let values =
            params![kind.slug(), state.shelf as i64, state.slug, number(span.len()), number(skip)];
        let rows = statement.query_map(values, |row| sql::id_at(row, 0)).doing(READING)?;
        let mut ids: Vec<ItemId> = rows.collect::<rusqlite::Result<_>>().doing(READING)?;
        if from_end < span.start {
            ids.reverse();
        }
        Ok(ids)
    }

    /// The state of each of these items, in their order.
    ///
    /// # Errors
    /// A storage error.
    pub fn states_of(&self, kind: Kind, ids: &[ItemId]) -> Result<Vec<(ItemId, &'static State)>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT i.id, i.state FROM json_each(?1) AS w CROSS JOIN item AS i ON i.id = w.value \
                 ORDER BY w.key",
            )
            .doing(READING)?;
        let mut rows = statement.query([sql::json_ids(ids)]).doing(READING)?;
        told(&mut rows, kind)
    }

    /// The place of an item in its state, from 0; `None` when it stands on no shelf.
    ///
    /// # Errors
    /// A storage error.
    pub fn lane_place(&self, id: ItemId) -> Result<Option<usize>> {
        let doing = "finding the card";
        let own = self
            .connection
            .prepare_cached(
                "SELECT kind, shelf, state, rank, first, second, third, id \
                 FROM listing WHERE id = ?1 AND shelf < 2",
            )
            .and_then(|mut statement| {
                let read = |row: &rusqlite::Row<'_>| {
                    (0..8).map(|at| row.get::<_, Sql>(at)).collect::<rusqlite::Result<Vec<_>>>()
                };
                statement.query_row([id.to_string()], read).optional()
            })
            .doing(doing)?;
        let Some(own) = own else { return Ok(None) };
        // Bound rather than joined: only so does the whole of the key cut the index.
        let before: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM listing INDEXED BY listing_board \
                 WHERE kind = ?1 AND shelf = ?2 AND state = ?3 \
                 AND (rank, first, second, third, id) < (?4, ?5, ?6, ?7, ?8)",
            )
            .and_then(|mut statement| statement.query_row(params_from_iter(own), |row| row.get(0)))
            .doing(doing)?;
        Ok(Some(usize::try_from(before).unwrap_or(0)))
    }
}

/// Every live item of a kind with its state, column by column in the order of the board.
pub(super) fn laid(from: &Connection, kind: Kind) -> Result<Vec<(ItemId, &'static State)>> {
    let mut statement = from
        .prepare_cached(
            "SELECT id, state FROM listing INDEXED BY listing_board WHERE kind = ?1 AND shelf < 2 \
             ORDER BY shelf, state, rank, first, second, third, id",
        )
        .doing(READING)?;
    let mut rows = statement.query([kind.slug()]).doing(READING)?;
    told(&mut rows, kind)
}

/// Items with their states, out of rows that tell them so.
fn told(rows: &mut rusqlite::Rows<'_>, kind: Kind) -> Result<Vec<(ItemId, &'static State)>> {
    let mut found: Vec<(ItemId, &'static State)> = Vec::new();
    while let Some(row) = rows.next().doing(READING)? {
        let slug = row.get_ref(1).map(sql::seen).doing(READING)?.unwrap_or_default();
        // Most often it is that of the one before.
        let same = found.last().map(|(_, state)| *state).filter(|state| state.slug == slug);
        let mut states = kind.noun().states.iter();
        if let Some(state) = same.or_else(|| states.find(|state| state.slug == slug)) {
            found.push((sql::id_at(row, 0).doing(READING)?, state));
        }
    }
    Ok(found)
}

impl Write<'_> {
    /// The first items of a shelf, or of one state on it, as they stand now in the order by hand,
    /// each with its rank, where it has one.
    ///
    /// # Errors
    /// A storage error.
    pub fn ranks(
        &self,
        kind: Kind,
        shelf: Shelf,
        state: Option<&str>,
        most: usize,
    ) -> Result<Vec<(ItemId, Option<i64>)>> {
        let only = if state.is_some() { "AND l.state = ?4" } else { "AND ?4 IS NULL" };
        let query = format!(
            "SELECT l.id, i.rank FROM listing AS l CROSS JOIN item AS i ON i.id = l.id \
             WHERE l.kind = ?1 AND l.shelf = ?2 {only} \
             ORDER BY l.rank, l.first, l.second, l.third, l.id LIMIT ?3"
        );
        let mut statement = self.connection.prepare_cached(&query).doing(READING)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let values = params![kind.slug(), shelf as i64, most, state];
        let rows = statement
            .query_map(values, |row| Ok((sql::id_at(row, 0)?, row.get(1)?)))
            .doing(READING)?;
        rows.collect::<rusqlite::Result<_>>().doing(READING)
    }

    /// Gives an item its place in the order by hand; it counts as no change of the item itself.
    ///
    /// # Errors
    /// A storage error.
    pub fn set_rank(&self, id: ItemId, rank: i64) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE item SET rank = ?2 WHERE id = ?1")
            .and_then(|mut statement| statement.execute(params![id.to_string(), rank]))
            .doing("ordering by hand")?;
        Ok(())
    }
}
