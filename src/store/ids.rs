//! Where new ids come from: time-ordered and random, or, for the demo and for tests, the same
//! sequence every time.

use std::cell::Cell;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// A number that leads begins below this and may grow to twice as much.
const ROOM: u32 = 1 << 25;

/// A source of `UUIDv7` ids.
#[derive(Debug)]
pub struct Ids {
    source: Source,
    given: Cell<u64>,
}

#[derive(Debug)]
enum Source {
    Seeded(u64),
    /// What nobody can foresee is asked of the system once; the time of the last id and the number
    /// that it began with stand beside it.
    Random {
        key: [u8; 32],
        last: Cell<(u64, u32)>,
    },
}

impl Ids {
    /// Ids that nobody can foresee.
    #[must_use]
    pub fn random() -> Self {
        let mut key = [0; 32];
        key[..16].copy_from_slice(Uuid::new_v4().as_bytes());
        key[16..].copy_from_slice(Uuid::new_v4().as_bytes());
        Self { source: Source::Random { key, last: Cell::default() }, given: Cell::new(0) }
    }

    /// The same ids for the same seed, for data that must be the same bytes every time.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self { source: Source::Seeded(seed), given: Cell::new(0) }
    }

    /// The next id; ids of one source grow in the order in which they are given.
    pub fn next(&self, at: DateTime<Utc>) -> Uuid {
        let count = self.given.get();
        self.given.set(count + 1);
        match &self.source {
            Source::Seeded(seed) => {
                let random = drawn(&seed.to_be_bytes(), count);
                let first = u32::try_from(count).unwrap_or(u32::MAX).rotate_left(4);
                let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
                made(millis, first.to_be_bytes(), random)
            }
            Source::Random { key, last } => {
                let random = drawn(key, count);
                let fresh = u32::from_be_bytes([random[4], random[5], random[6], random[7]]) % ROOM;
                let (millis, first) = following(last.get(), now(), fresh);
                last.set((millis, first));
                made(millis, leading(first), random)
            }
        }
    }
}

impl Default for Ids {
    fn default() -> Self {
        Self::random()
    }
}

fn now() -> u64 {
    u64::try_from(Utc::now().timestamp_millis()).unwrap_or(0)
}

fn drawn(key: &[u8], count: u64) -> [u8; 10] {
    let mut hash = Sha256::new();
    hash.update(key);
    hash.update(count.to_be_bytes());
    let mut random = [0; 10];
    random.copy_from_slice(&hash.finalize()[..10]);
    random
}

/// Time and leading number of the next id: within a millisecond, and while a clock stands or goes
/// back, the number grows, so that ids keep the order in which they are given.
fn following((millis, first): (u64, u32), now: u64, fresh: u32) -> (u64, u32) {
    if now > millis {
        (now, fresh)
    } else if first + 1 < 2 * ROOM {
        (millis, first + 1)
    } else {
        (millis + 1, fresh)
    }
}

/// The twenty-six bits of a number in the places that version and variant leave free.
fn leading(number: u32) -> [u8; 4] {
    let [_, _, third, last] = number.to_be_bytes();
    let [first, second, ..] = (number >> 14 << 16).to_be_bytes();
    [first, second, third & 0x3F, last]
}

/// The leading number stands first, so that ids of one millisecond keep their order.
fn made(millis: u64, first: [u8; 4], mut random: [u8; 10]) -> Uuid {
    random[..4].copy_from_slice(&first);
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_in_the_order_in_which_they_are_given() {
        let ids = Ids::random();
        let given: Vec<Uuid> = (0..20_000).map(|_| ids.next(Utc::now())).collect();
        assert!(given.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(given.iter().all(|id| id.get_version_num() == 7));
        assert!(given[0] != Ids::random().next(Utc::now()));
    }

    #[test]
    fn numbers_grow_where_they_stand_and_when_the_clock_goes_back() {
        let numbers = [0, 1, 255, 256, 16_383, 16_384, ROOM - 1, ROOM, 2 * ROOM - 1];
        let ids = numbers.map(|number| made(7, leading(number), [0; 10]));
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
        assert_eq!(following((7, 5), 8, 3), (8, 3));
        assert_eq!(following((7, 5), 6, 3), (7, 6));
        assert_eq!(following((7, 2 * ROOM - 1), 7, 3), (8, 3));
    }
}
