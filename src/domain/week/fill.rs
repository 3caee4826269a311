//! Filling free time by the targets: strategic and execution time goes to the items of the
//! heaviest outcomes, reactive time stays empty, for it is the budget. It only proposes blocks.

use chrono::{Duration, NaiveDate, Timelike};

use super::band::Band;
use super::fit::Targets;
use super::share::apportion;
use super::span::Span;
use super::tally::Tally;
use crate::domain::item::ItemId;

/// Minutes of the grid on which blocks begin and end.
pub const GRID: i64 = 15;
/// The longest block that is proposed in one piece \[D\].
const LONGEST: i64 = 120;
/// The longest empty reactive block \[D\].
const LONGEST_REACTIVE: i64 = 60;

/// An item that wants time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanting {
    pub item: ItemId,
    /// Strategic or execution; what wants another band gets no time.
    pub band: Band,
    /// Weight of its outcome; 0 for an unlinked item.
    pub weight: i64,
    /// Estimated minutes that are neither logged nor planned.
    pub minutes: i64,
    pub due: Option<NaiveDate>,
}

/// A block that is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposed {
    pub span: Span,
    pub band: Band,
    /// `None`: time kept for the band.
    pub item: Option<ItemId>,
}

/// What there is to fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Minutes that can be worked in the week.
    pub available: i64,
    /// What is planned or logged already, by band, meetings among them.
    pub taken: Tally,
    pub targets: Targets,
}

/// Minutes of free spans that blocks can lie in.
#[must_use]
pub fn usable(free: &[Span]) -> i64 {
    let slots = free.iter().copied().map(on_grid).map(|slot| slot.minutes);
    slots.filter(|minutes| *minutes >= GRID).sum()
}

/// Proposes blocks in the free spans, which must not overlap. They lie on the grid, never exceed
/// what is available beside what is taken, and bring the bands towards their targets evenly
/// over the week.
#[must_use]
pub fn fill(free: &[Span], wanting: &[Wanting], room: &Room) -> Vec<Proposed> {
    let mut slots: Vec<Span> = free.iter().copied().map(on_grid).collect();
    slots.retain(|slot| slot.minutes >= GRID);
    slots.sort_unstable();
    let mut goals = Goals::new(&slots, room);
    let mut queue = queue(wanting);
    let mut blocks: Vec<Proposed> = Vec::new();
    for slot in slots {
        let (mut start, mut left) = (slot.start, slot.minutes);
        while left >= GRID {
            let Some(band) = goals.neediest() else {
                return blocks;
            };
            let next = queue.iter_mut().find(|one| one.band == band && one.minutes > 0);
            let longest = if band == Band::Reactive { LONGEST_REACTIVE } else { LONGEST };
            let wanted = next.as_ref().map_or(longest, |next| up(next.minutes).min(longest));
            let minutes = wanted.min(left).min(goals.left(band));
            let item = next.map(|next| {
                next.minutes -= minutes;
                next.item
            });
            let span = Span::new(start, minutes);
            start = span.end();
            left -= minutes;
            goals.take(band, minutes);
            push(&mut blocks, Proposed { span, band, item });
        }
    }
    blocks
}

/// Heaviest outcome first, then what is due first.
fn queue(wanting: &[Wanting]) -> Vec<Wanting> {
    let mut queue = wanting.to_vec();
    queue.retain(|one| matches!(one.band, Band::Strategic | Band::Execution));
    queue.sort_by_key(|one| {
        let due = one.due.unwrap_or(NaiveDate::MAX);
        (std::cmp::Reverse(one.weight), due, one.item)
    });
    queue
}

/// Joins a block to the one before it when both are the same and touch.
fn push(blocks: &mut Vec<Proposed>, block: Proposed) {
    if let Some(last) = blocks.last_mut() {
        let same = last.band == block.band && last.item == block.item;
        let minutes = last.span.minutes + block.span.minutes;
        if same && last.span.end() == block.span.start && minutes <= LONGEST {
            last.span.minutes = minutes;
            return;
        }
    }
    blocks.push(block);
}

/// How many minutes each band still gets, and how many it was to get.
struct Goals {
    bands: [(Band, i64, i64); 3],
}

impl Goals {
    fn new(slots: &[Span], room: &Room) -> Self {
        let aims = room.targets.split(room.available);
        let missing = Band::WORK.map(|band| (aims.of(band) - room.taken.of(band)).max(0));
        let capacity = (room.available - room.taken.worked()).max(0);
        let free: i64 = slots.iter().map(|slot| slot.minutes).sum();
        let usable = down(free.min(capacity)).min(down(missing.iter().sum()));
        // In grid steps, so that every goal lies on the grid and they sum to what is usable.
        let steps = apportion(usable / GRID, &missing);
        let goal = |place: usize| (Band::WORK[place], steps[place] * GRID, steps[place] * GRID);
        Self { bands: [goal(0), goal(1), goal(2)] }
    }

    /// The band that has got the smallest part of its goal so far; the first of equals.
    fn neediest(&self) -> Option<Band> {
        let open = self.bands.iter().filter(|(_, left, _)| *left > 0);
        // left/goal of one against another, without a division; `max_by` takes the last of equals.
        let neediest = open
            .rev()
            .max_by(|(_, left, goal), (_, other, whole)| (left * whole).cmp(&(other * goal)));
        neediest.map(|(band, ..)| *band)
    }

    fn left(&self, band: Band) -> i64 {
        self.bands.iter().find(|(one, ..)| *one == band).map_or(0, |(_, left, _)| *left)
    }

    fn take(&mut self, band: Band, minutes: i64) {
        if let Some((_, left, _)) = self.bands.iter_mut().find(|(one, ..)| *one == band) {
            *left -= minutes;
        }
    }
}

/// The part of a span that begins and ends on the grid. Zones differ by quarters of an hour, so
/// the grid of UTC is that of every wall clock in use.
fn on_grid(span: Span) -> Span {
    let past = i64::from(span.start.minute()) % GRID;
    let skipped = if past == 0 { 0 } else { GRID - past };
    let start = span.start.checked_add_signed(Duration::minutes(skipped)).unwrap_or(span.start);
    Span::new(start, down(span.minutes - skipped))
}

fn down(minutes: i64) -> i64 {
    minutes.max(0) / GRID * GRID
}

fn up(minutes: i64) -> i64 {
    down(minutes.max(0) + GRID - 1)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeZone, Utc};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn monday_at(minute: i64) -> DateTime<Utc> {
        Utc.timestamp_opt(1_777_852_800 + minute * 60, 0).unwrap()
    }

    fn wants(number: u128, band: Band, weight: i64, minutes: i64) -> Wanting {
        Wanting { item: ItemId(Uuid::from_u128(number)), band, weight, minutes, due: None }
    }

    fn room(available: i64) -> Room {
        Room { available, taken: Tally::default(), targets: Targets::default() }
    }

    fn total(blocks: &[Proposed]) -> Tally {
        blocks.iter().map(|block| (block.band, block.span.minutes)).collect()
    }

    fn whole_week() -> Vec<Span> {
        (0..5).map(|day| Span::new(monday_at(day * 1_440 + 540), 480)).collect()
    }

    #[test]
    fn an_empty_week_is_filled_by_the_targets() {
        let wanting = [
            wants(1, Band::Execution, 1, 9_000),
            wants(2, Band::Strategic, 1, 100),
            wants(3, Band::Strategic, 3, 70),
            wants(4, Band::Reactive, 3, 70),
        ];
        let blocks = fill(&whole_week(), &wanting, &room(2_400));
        let sum = total(&blocks);
        assert_eq!((sum.strategic, sum.execution, sum.reactive), (960, 960, 480));
        // The heaviest outcome comes first, 70 minutes take five steps of the grid.
        let first = blocks[0];
        assert_eq!((first.item, first.span.minutes), (Some(ItemId(Uuid::from_u128(3))), 75));
        assert_eq!(first.span.start, monday_at(540));
        assert!(blocks.iter().all(|block| block.band != Band::Reactive || block.item.is_none()));
        // Every day has its part of each band.
        for day in 0..5 {
            let (from, to) = (monday_at(day * 1_440), monday_at((day + 1) * 1_440));
            let today: Vec<Proposed> = blocks
                .iter()
                .copied()
                .filter(|block| (from..to).contains(&block.span.start))
                .collect();
            assert!(Band::WORK.iter().all(|band| total(&today).of(*band) >= 60), "{today:?}");
        }
    }

    #[test]
    fn what_is_taken_counts() {
        let taken = Tally { execution: 960, reactive: 600, ..Tally::default() };
        let blocks = fill(&whole_week(), &[], &Room { taken, ..room(2_400) });
        let sum = total(&blocks);
        assert_eq!((sum.strategic, sum.execution, sum.reactive), (840, 0, 0));
        let taken = Tally { unclassified: 2_390, ..Tally::default() };
        assert!(fill(&whole_week(), &[], &Room { taken, ..room(2_400) }).is_empty());
    }

    #[test]
    fn odd_gaps_are_used_on_the_grid() {
        let free = [Span::new(monday_at(547), 50), Span::new(monday_at(700), 14)];
        let blocks = fill(&free, &[], &room(2_400));
        assert_eq!(blocks[0].span.start, monday_at(555));
        assert_eq!(total(&blocks).worked(), 30);
    }

    proptest! {
        #[test]
        fn a_fill_stays_in_its_room(
            gaps in prop::collection::vec((1_i64..200, 0_i64..300), 0..10),
            list in prop::collection::vec((0_usize..5, 0_i64..4, 0_i64..400), 0..8),
            available in 0_i64..3_000, s in 0_i64..500, e in 0_i64..500, r in 0_i64..500, u in 0_i64..500,
        ) {
            let mut at = 480;
            let free: Vec<Span> = gaps.iter().map(|(gap, minutes)| {
                at += gap;
                let span = Span::new(monday_at(at), *minutes);
                at += minutes;
                span
            }).collect();
            let wanting: Vec<Wanting> = list.iter().zip(1..).map(|((band, weight, minutes), number)| {
                wants(number, Band::ALL[*band], *weight, *minutes)
            }).collect();
            let taken = Tally { strategic: s, execution: e, reactive: r, unclassified: u, off: 0 };
            let room = Room { available, taken, targets: Targets::default() };
            let blocks = fill(&free, &wanting, &room);
            let sum = total(&blocks);
            prop_assert!(sum.worked() <= (available - taken.worked()).max(0));
            for band in Band::WORK {
                let aim = room.targets.split(available).of(band);
                prop_assert!(sum.of(band) <= (aim - taken.of(band)).max(0) + GRID);
            }
            let mut end = monday_at(0);
            for block in &blocks {
                prop_assert!(block.span.minutes > 0 && block.span.minutes % GRID == 0);
                prop_assert_eq!(block.span.start.timestamp() % (GRID * 60), 0);
                prop_assert!(block.span.start >= end);
                end = block.span.end();
                let inside = |span: &Span| span.start <= block.span.start && block.span.end() <= span.end();
                prop_assert!(free.iter().any(inside));
            }
            for one in &wanting {
                let given: i64 = blocks.iter().filter(|block| block.item == Some(one.item)).map(|block| block.span.minutes).sum();
                prop_assert!(given <= up(one.minutes));
            }
        }
    }
}
