//! The order by hand: an item is put before or after another. Only as many ranks are written as it
//! takes, and the step counts as no change of the items themselves.

use crate::domain::item::ItemId;
use crate::domain::refusal::Refusal;
use crate::store::Write;

use super::edit::present;
use super::error::Result;
use super::op::Outcome;

/// From one rank to the next, so that there is room between them.
const STEP: i64 = 1 << 20;
/// How far down an order by hand reaches.
const DEEPEST: usize = 500;

/// On which side of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
}

/// Among which items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those of the same state: a column of a board.
    State,
    /// All of the same kind that are as open or as closed.
    Kind,
}

pub(super) fn place(
    write: &Write<'_>,
    id: ItemId,
    side: Side,
    beside: ItemId,
    scope: Scope,
) -> Result<Outcome> {
    let items = present(write, &[id, beside])?;
    let [item, other] = items.as_slice() else {
        return Err(Refusal::input("an item does not stand beside itself").into());
    };
    let is_one_lane = match scope {
        Scope::State => item.state() == other.state(),
        Scope::Kind => item.shelf() == other.shelf(),
    };
    if item.kind() != other.kind() || !is_one_lane {
        let words =
            format!("{} and {} stand in different columns", item.reference, other.reference);
        return Err(Refusal::input(words).into());
    }
    let state = (scope == Scope::State).then_some(item.state().slug);
    let lane = write.ranks(item.kind(), item.shelf(), state, DEEPEST)?;
    let moved = ranked(&lane, id, side, beside).ok_or_else(|| {
        Refusal::input(format!("only the first {DEEPEST} are ordered by hand"))
            .hint("a filter or another order brings it further up")
    })?;
    for (id, rank) in moved {
        write.set_rank(id, rank)?;
    }
    let word = match side {
        Side::Before => "before",
        Side::After => "after",
    };
    let label = format!("{} put {word} {}", item.reference, other.reference);
    Ok(Outcome { label, items: vec![id], notices: Vec::new() })
}

/// The ranks that have to be written so that `id` stands where it is wanted; `None` when one of the
/// two is not in the lane. What has a rank stands before what has none.
fn ranked(
    lane: &[(ItemId, Option<i64>)],
    id: ItemId,
    side: Side,
    beside: ItemId,
) -> Option<Vec<(ItemId, i64)>> {
    let own = lane.iter().find(|(other, _)| *other == id)?;
    let mut order: Vec<(ItemId, Option<i64>)> =
        lane.iter().filter(|(other, _)| *other != id).copied().collect();
    let found = order.iter().position(|(other, _)| *other == beside)?;
    let at = found + usize::from(side == Side::After);
    let above = if at == 0 { Some(0) } else { order[at - 1].1 };
    let below = order.get(at).and_then(|(_, rank)| *rank);
    let between = match (above, below) {
        (Some(above), Some(below)) if below - above >= 2 => Some(above + (below - above) / 2),
        (Some(above), None) => above.checked_add(STEP),
        _ => None,
    };
    if let Some(rank) = between {
        return Some(vec![(id, rank)]);
    }
    // No room, or it goes below what has no rank yet: all that stand above get one, and whatever
    // has one keeps its place below.
    order.insert(at, *own);
    let last = order.iter().rposition(|(other, rank)| rank.is_some() && *other != id);
    let count = last.map_or(at, |last| last.max(at)) + 1;
    let fresh = order[..count].iter().zip(1..).map(|((id, was), nth)| (*id, *was, nth * STEP));
    Some(
        fresh
            .filter(|(_, was, rank)| *was != Some(*rank))
            .map(|(id, _, rank)| (id, rank))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(number: u128) -> ItemId {
        ItemId(Uuid::from_u128(number))
    }

    /// The lane as it stands once the ranks are written.
    fn after(
        lane: &[(ItemId, Option<i64>)],
        written: &[(ItemId, i64)],
    ) -> Vec<(ItemId, Option<i64>)> {
        let mut lane: Vec<_> = lane
            .iter()
            .map(|(id, rank)| {
                let new = written.iter().find(|(other, _)| other == id).map(|(_, rank)| *rank);
                (*id, new.or(*rank))
            })
            .collect();
        lane.sort_by_key(|(_, rank)| rank.unwrap_or(i64::MAX));
        lane
    }

    proptest! {
        #[test]
        fn every_move_goes_where_it_is_wanted_and_nothing_else_moves(
            count in 2_usize..30,
            moves in proptest::collection::vec((0_usize..30, 0_usize..30, any::<bool>()), 1..60),
        ) {
            let mut lane: Vec<(ItemId, Option<i64>)> =
                (0..count).map(|number| (id(number as u128), None)).collect();
            for (from, to, is_before) in moves {
                let (item, beside) = (lane[from % count].0, lane[to % count].0);
                if item == beside {
                    continue;
                }
                let side = if is_before { Side::Before } else { Side::After };
                let mut wanted: Vec<ItemId> =
                    lane.iter().map(|(id, _)| *id).filter(|id| *id != item).collect();
                let at = wanted.iter().position(|id| *id == beside).unwrap();
                wanted.insert(at + usize::from(!is_before), item);
                let written = ranked(&lane, item, side, beside).unwrap();
                prop_assert!(written.iter().all(|(_, rank)| *rank > 0));
                lane = after(&lane, &written);
                let is: Vec<ItemId> = lane.iter().map(|(id, _)| *id).collect();
                prop_assert_eq!(is, wanted);
            }
        }
    }

    #[test]
    fn a_move_between_two_ranked_ones_writes_one_rank() {
        let lane: Vec<_> =
            (1..=4_u8).map(|nth| (id(nth.into()), Some(i64::from(nth) * STEP))).collect();
        let written = ranked(&lane, id(4), Side::Before, id(2)).unwrap();
        assert_eq!(written, [(id(4), STEP + STEP / 2)]);
        assert_eq!(ranked(&lane, id(9), Side::Before, id(2)), None);
    }

    #[test]
    fn the_first_move_ranks_no_more_than_what_stands_above() {
        let lane: Vec<_> = (1..=9).map(|nth| (id(nth), None)).collect();
        let written = ranked(&lane, id(3), Side::Before, id(2)).unwrap();
        let ids: Vec<ItemId> = written.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, [id(1), id(3)]);
    }
}
