//! A request as arithmetic: what is left of the reactive budget, by how much it is overrun, what
//! would have to move, and to when. It proposes; accepting names what was chosen.

use chrono::NaiveDate;

use super::band::Band;
use crate::domain::item::ItemId;

/// A planned block as the budget sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    pub band: Band,
    pub item: Option<ItemId>,
    /// Planned minutes that were not logged yet.
    pub unlogged: i64,
}

/// What is left of the reactive budget of a week: the limit's share of the available time, less
/// what was logged, less what is promised. Empty reactive blocks are the budget itself. It may
/// be negative.
#[must_use]
pub fn budget_left(available: i64, limit: i64, logged: i64, blocks: &[Planned]) -> i64 {
    let promised: i64 = blocks
        .iter()
        .filter(|block| block.band == Band::Reactive && block.item.is_some())
        .map(|block| block.unlogged.max(0))
        .sum();
    available.max(0) * limit / 100 - logged - promised
}

/// By how many minutes an estimate overruns what is left; 0 when it fits.
#[must_use]
pub fn overflow(estimate: i64, left: i64) -> i64 {
    (estimate - left).max(0)
}

/// An item that could move, as far as choosing needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movable {
    pub item: ItemId,
    /// Its strategic and execution minutes of the week that were not logged.
    pub minutes: i64,
    /// Weight of its outcome; 0 for an unlinked item.
    pub weight: i64,
    pub due: Option<NaiveDate>,
}

/// Free time of one day after the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Free {
    pub day: NaiveDate,
    pub minutes: i64,
}

/// An item that moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Displaced {
    pub item: ItemId,
    pub minutes: i64,
    /// The day on which free time has made up for it; `None` when none is known.
    pub to: Option<NaiveDate>,
    /// Its new due date, when the old one would be missed.
    pub due: Option<NaiveDate>,
}

/// Sums the blocks of a week by item: unlogged strategic and execution minutes. What the items
/// weigh and when they are due comes from `about`.
#[must_use]
pub fn movable(
    blocks: &[Planned],
    about: impl Fn(ItemId) -> (i64, Option<NaiveDate>),
) -> Vec<Movable> {
    let mut found: Vec<Movable> = Vec::new();
    for block in blocks {
        let planned = matches!(block.band, Band::Strategic | Band::Execution);
        let Some(item) = block.item.filter(|_| planned && block.unlogged > 0) else {
            continue;
        };
        if let Some(known) = found.iter_mut().find(|known| known.item == item) {
            known.minutes += block.unlogged;
            continue;
        }
        let (weight, due) = about(item);
        found.push(Movable { item, minutes: block.unlogged, weight, due });
    }
    found
}

/// What could give way, each as if it alone did: all of the free time is its own.
#[must_use]
pub fn each_alone(candidates: &[Movable], free: &[Free]) -> Vec<Displaced> {
    in_order(candidates).into_iter().flat_map(|one| displaced(i64::MAX, &[one], free)).collect()
}

/// The order in which things give way.
fn in_order(candidates: &[Movable]) -> Vec<Movable> {
    let mut candidates: Vec<Movable> =
        candidates.iter().copied().filter(|candidate| candidate.minutes > 0).collect();
    candidates.sort_by_key(|candidate| {
        let due = candidate.due.unwrap_or(NaiveDate::MAX);
        (candidate.weight, std::cmp::Reverse(due), candidate.item)
    });
    candidates
}

/// Proposes what to displace until the overflow is covered: the lowest outcome weight first, of
/// equals what is due latest, and what has no due date before all that has one. The new date is
/// found by using up the free time after the week in order.
#[must_use]
pub fn displaced(overflow: i64, candidates: &[Movable], free: &[Free]) -> Vec<Displaced> {
    let candidates = in_order(candidates);
    let mut free: Vec<Free> = free.to_vec();
    free.sort_by_key(|slot| slot.day);
    let mut covered = 0;
    let mut found = Vec::new();
    for candidate in candidates {
        if covered >= overflow {
            break;
        }
        covered += candidate.minutes;
        let to = place(candidate.minutes, &mut free);
        let due = candidate.due.zip(to).and_then(|(due, to)| (due < to).then_some(to));
        found.push(Displaced { item: candidate.item, minutes: candidate.minutes, to, due });
    }
    found
}

/// Whether what was named makes room enough (I7).
#[must_use]
pub fn covers(displaced: &[Displaced], overflow: i64) -> bool {
    displaced.iter().map(|one| one.minutes).sum::<i64>() >= overflow
}

fn place(mut minutes: i64, free: &mut [Free]) -> Option<NaiveDate> {
    for slot in free.iter_mut().filter(|slot| slot.minutes > 0) {
        let taken = minutes.min(slot.minutes);
        slot.minutes -= taken;
        minutes -= taken;
        if minutes == 0 {
            return Some(slot.day);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> ItemId {
        ItemId(Uuid::from_u128(number))
    }

    fn day(iso: &str) -> NaiveDate {
        iso.parse().unwrap()
    }

    fn block(band: Band, item: Option<u128>, unlogged: i64) -> Planned {
        Planned { band, item: item.map(id), unlogged }
    }

    #[test]
    fn the_golden_request_overflows_by_85() {
        let blocks = [block(Band::Reactive, Some(9), 145), block(Band::Reactive, None, 335)];
        let left = budget_left(2_400, 20, 300, &blocks);
        assert_eq!((left, overflow(120, left)), (35, 85));
        assert_eq!(overflow(35, left), 0);
        let blocks = [
            block(Band::Strategic, Some(1), 60),
            block(Band::Execution, Some(2), 45),
            block(Band::Execution, Some(1), 30),
            block(Band::Execution, Some(3), 50),
            block(Band::Execution, None, 90),
            block(Band::Reactive, Some(4), 90),
            block(Band::Execution, Some(5), 0),
        ];
        let about = |item: ItemId| match item.0.as_u128() {
            1 => (3, Some(day("2026-05-08"))),
            2 => (0, Some(day("2026-05-08"))),
            _ => (0, Some(day("2026-05-29"))),
        };
        let candidates = movable(&blocks, about);
        assert_eq!(candidates.len(), 3);
        assert_eq!(candidates[0].minutes, 90);
        let free = [
            Free { day: day("2026-05-12"), minutes: 120 },
            Free { day: day("2026-05-11"), minutes: 60 },
        ];
        let moved = displaced(85, &candidates, &free);
        let expected = [
            // Due after its new date, so it stays due as it was.
            Displaced { item: id(3), minutes: 50, to: Some(day("2026-05-11")), due: None },
            Displaced {
                item: id(2),
                minutes: 45,
                to: Some(day("2026-05-12")),
                due: Some(day("2026-05-12")),
            },
        ];
        assert_eq!(moved, expected);
        assert!(covers(&moved, 85) && !covers(&moved[..1], 85));
    }

    #[test]
    fn what_could_give_way_is_told_each_for_itself() {
        let of = |number: u128, weight: i64| Movable {
            item: id(number),
            minutes: 60,
            weight,
            due: Some(day("2026-05-08")),
        };
        let free = ["2026-05-11", "2026-05-12"].map(|on| Free { day: day(on), minutes: 60 });
        let days = |all: &[Displaced]| all.iter().map(|one| one.to.unwrap()).collect::<Vec<_>>();
        let both = [of(1, 3), of(2, 0)];
        assert_eq!(days(&displaced(120, &both, &free)), [free[0].day, free[1].day]);
        let alone = each_alone(&both, &free);
        assert_eq!(days(&alone), [free[0].day, free[0].day]);
        assert_eq!(alone[0].item, id(2));
    }

    #[test]
    fn without_free_time_there_is_no_date() {
        let one = Movable { item: id(1), minutes: 60, weight: 0, due: None };
        assert_eq!(displaced(10, &[one], &[])[0].to, None);
        assert!(displaced(0, &[one], &[]).is_empty());
    }

    #[test]
    fn a_budget_can_be_overdrawn() {
        assert_eq!(budget_left(2_400, 20, 600, &[]), -120);
        assert_eq!(overflow(30, -120), 150);
    }

    proptest! {
        #[test]
        fn proposals_cover_the_overflow_when_anything_can(
            overflow in 0_i64..2_000,
            sizes in prop::collection::vec((0_i64..300, 0_i64..4), 0..12),
        ) {
            let candidates: Vec<Movable> = sizes.iter().zip(1..).map(|((minutes, weight), number)| {
                Movable { item: id(number), minutes: *minutes, weight: *weight, due: None }
            }).collect();
            let moved = displaced(overflow, &candidates, &[]);
            let all: i64 = candidates.iter().map(|one| one.minutes).sum();
            prop_assert_eq!(covers(&moved, overflow), all >= overflow);
            // No proposal is more than is needed: without its last one it does not cover.
            prop_assert!(moved.is_empty() || !covers(&moved[..moved.len() - 1], overflow));
        }
    }
}
