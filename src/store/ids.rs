//! Where new ids come from: time-ordered and random, or, for the demo and for tests, the same
//! sequence every time.

use std::cell::Cell;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// A source of `UUIDv7` ids.
#[derive(Debug, Default)]
pub struct Ids {
    seed: Option<u64>,
    given: Cell<u64>,
}

impl Ids {
    /// Ids that nobody can foresee.
    #[must_use]
    pub fn random() -> Self {
        Self::default()
    }

    /// The same ids for the same seed, for data that must be the same bytes every time.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self { seed: Some(seed), given: Cell::new(0) }
    }

    /// The next id; ids of one source grow in the order in which they are given.
    pub fn next(&self, at: DateTime<Utc>) -> Uuid {
        let Some(seed) = self.seed else { return Uuid::now_v7() };
        let count = self.given.get();
        self.given.set(count + 1);
        let digest = Sha256::digest([seed.to_be_bytes(), count.to_be_bytes()].concat());
        let mut random = [0_u8; 10];
        random.copy_from_slice(&digest[..10]);
        // The counter stands first, so that ids given in one millisecond keep their order.
        random[..4].copy_from_slice(
            &u32::try_from(count).unwrap_or(u32::MAX).rotate_left(4).to_be_bytes(),
        );
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}
