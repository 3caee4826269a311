//! A board: the items of a kind by state, a window of each, counts for all. Without a filter the
//! windows are cut from an index; a filtered board is found once and kept.

use std::collections::HashMap;
use std::ops::Range;

use crate::domain::grammar::Filter;
use crate::domain::item::ItemId;
use crate::domain::noun::{Shelf, State};
use crate::store::NameTable;
use crate::store::filter::{Sort, names_closed};
use crate::store::listing::Closed;

use super::error::Result;
use super::page::{ListQuery, Row, Stand};
use super::titles::Lanes;
use super::workspace::Workspace;

/// The order by hand, as a list is sorted by it.
pub const BY_HAND: Sort = Sort::Field { name: "rank", descending: false };

/// A column of a board.
#[derive(Debug, Clone)]
pub struct Lane {
    pub state: &'static State,
    pub total: usize,
    /// The place of the first row.
    pub start: usize,
    pub rows: Vec<Row>,
}

/// A board as far as it is shown.
#[derive(Debug, Clone, Default)]
pub struct Board {
    pub lanes: Vec<Lane>,
    pub names: NameTable,
    pub warnings: Vec<String>,
    /// Closed items that the filter finds, when they are hidden and nothing else is found.
    pub closed_matches: usize,
    /// Where the item that was to be kept stands: its column and its place there.
    pub kept: Option<(usize, usize)>,
}

/// Counts of a whole board, or the ids of a filtered one, found once.
pub(super) struct Laid {
    query: ListQuery,
    stand: Stand,
    lanes: HashMap<&'static str, Content>,
    warnings: Vec<String>,
}

/// What stands in a column.
enum Content {
    Count(usize),
    Ids(Vec<ItemId>),
}

impl Content {
    fn len(&self) -> usize {
        match self {
            Self::Count(count) => *count,
            Self::Ids(ids) => ids.len(),
        }
    }
}

impl Workspace {
    /// A board with these places of each column; where the item to be kept stands, as many places
    /// around it.
    ///
    /// # Errors
    /// A refusal when the filter names what there is not; a storage error.
    pub fn board(
        &mut self,
        query: &ListQuery,
        spans: &[Range<usize>],
        keep: Option<ItemId>,
    ) -> Result<Board> {
        self.lay(query)?;
        let kept = match keep {
            Some(id) => self.place_of(query, id)?,
            None => None,
        };
        let mut board = Board { kept, ..Board::default() };
        let Some(laid) = &self.laid else { return Ok(board) };
        board.warnings.clone_from(&laid.warnings);
        let mut all = Vec::new();
        let mut lengths = Vec::new();
        for (at, state) in lanes(query).into_iter().enumerate() {
            let content = laid.lanes.get(state.slug);
            let total = content.map_or(0, Content::len);
            let mut span = spans.get(at).cloned().unwrap_or(0..0);
            if let Some((_, place)) = kept.filter(|(lane, _)| *lane == at) {
                let half = span.len().max(40) / 2;
                span = place.saturating_sub(half)..place + half;
            }
            let span = span.start.min(total)..span.end.min(total);
            let ids = match content {
                Some(Content::Ids(ids)) => ids[span.clone()].to_vec(),
                _ if span.is_empty() => Vec::new(),
                _ => self.store.lane(query.kind, state, span.clone(), total)?,
            };
            lengths.push(ids.len());
            all.extend(ids);
            board.lanes.push(Lane { state, total, start: span.start, rows: Vec::new() });
        }
        if board.lanes.iter().all(|lane| lane.total == 0) {
            board.closed_matches = laid.lanes.values().map(Content::len).sum();
        }
        let (rows, names) = self.rows(&all)?;
        let mut rows = rows.into_iter();
        for (lane, length) in board.lanes.iter_mut().zip(lengths) {
            lane.rows = rows.by_ref().take(length).collect();
        }
        board.names = names;
        Ok(board)
    }

    /// The column of an item and its place there.
    fn place_of(&self, query: &ListQuery, id: ItemId) -> Result<Option<(usize, usize)>> {
        let Some(item) = self.store.item(id)? else { return Ok(None) };
        if item.kind() != query.kind || item.shelf() == Shelf::Trash {
            return Ok(None);
        }
        let lanes = lanes(query);
        let Some(lane) = lanes.iter().position(|state| *state == item.state()) else {
            return Ok(None);
        };
        let content = self.laid.as_ref().and_then(|laid| laid.lanes.get(item.state().slug));
        let place = match content {
            Some(Content::Ids(ids)) => ids.iter().position(|other| *other == id),
            _ => self.store.lane_place(id)?,
        };
        Ok(place.map(|place| (lane, place)))
    }

    /// Counts the columns, or finds what is in them, unless that is known.
    fn lay(&mut self, query: &ListQuery) -> Result<()> {
        let stand = self.stand()?;
        if self.laid.as_ref().is_some_and(|laid| laid.query == *query && laid.stand == stand) {
            return Ok(());
        }
        let mut laid =
            Laid { query: query.clone(), stand, lanes: HashMap::new(), warnings: Vec::new() };
        let is_whole = query.filter.trim().is_empty()
            && (query.sort == Sort::Backlog || query.sort == BY_HAND);
        if is_whole {
            for (state, count) in self.store.lane_counts(query.kind)? {
                laid.lanes.insert(state.slug, Content::Count(count));
            }
        } else {
            let sort = if query.sort == Sort::Backlog { BY_HAND } else { query.sort };
            let wide = ListQuery { closed: Closed::Shown, sort, ..query.clone() };
            let (lanes, warnings) = match self.find_lanes(&wide)? {
                Some(found) => found,
                None => self.find_and_part(&wide)?,
            };
            laid.warnings = warnings;
            laid.lanes =
                lanes.into_iter().map(|(state, ids)| (state.slug, Content::Ids(ids))).collect();
        }
        self.laid = Some(laid);
        Ok(())
    }
}

impl Workspace {
    /// What a filter finds, parted by states.
    fn find_and_part(&mut self, query: &ListQuery) -> Result<(Lanes, Vec<String>)> {
        let ids = self.all_ids(query)?;
        let warnings = self.page(query, 0..0)?.warnings;
        let mut lanes = Lanes::new();
        for (id, state) in self.store.states_of(query.kind, &ids)? {
            match lanes.iter_mut().find(|(lane, _)| *lane == state) {
                Some((_, ids)) => ids.push(id),
                None => lanes.push((state, vec![id])),
            }
        }
        Ok((lanes, warnings))
    }
}

/// The columns of a board: every open state, and the closed ones when they are shown or asked for.
#[must_use]
pub fn lanes(query: &ListQuery) -> Vec<&'static State> {
    let with_closed = query.closed == Closed::Shown || asks_for_closed(query);
    let states = query.kind.noun().states.iter();
    states.filter(|state| with_closed || state.shelf == Shelf::Open).collect()
}

fn asks_for_closed(query: &ListQuery) -> bool {
    if query.filter.trim().is_empty() {
        return false;
    }
    // Whether a closed state is named does not depend on the day.
    let calendar = crate::domain::day::Calendar {
        today: chrono::NaiveDate::default(),
        fiscal_start_month: 1,
        plan_start: None,
    };
    names_closed(&Filter::read(&query.filter, query.kind, &calendar).filter)
}
