//! Minutes by band, and the figures that follow from them alone.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

use super::band::Band;
use super::share::Share;

/// Minutes of a week, a person or a team by band. Pooling is adding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub strategic: i64,
    pub execution: i64,
    pub reactive: i64,
    pub off: i64,
    pub unclassified: i64,
}

impl Tally {
    /// Adds minutes to a band.
    pub fn put(&mut self, band: Band, minutes: i64) {
        *self.slot(band) += minutes;
    }

    #[must_use]
    pub fn of(&self, band: Band) -> i64 {
        match band {
            Band::Strategic => self.strategic,
            Band::Execution => self.execution,
            Band::Reactive => self.reactive,
            Band::Off => self.off,
            Band::Unclassified => self.unclassified,
        }
    }

    /// A of the model: strategic, execution and reactive together.
    #[must_use]
    pub fn banded(&self) -> i64 {
        self.strategic + self.execution + self.reactive
    }

    /// A + U: all working time, classified or not.
    #[must_use]
    pub fn worked(&self) -> i64 {
        self.banded() + self.unclassified
    }

    /// The share of the banded time; no data for what is not banded.
    #[must_use]
    pub fn share(&self, band: Band) -> Share {
        match band {
            Band::Strategic | Band::Execution | Band::Reactive => {
                Share::new(self.of(band), self.banded())
            }
            Band::Off | Band::Unclassified => Share::new(0, 0),
        }
    }

    /// The least and the most that the reactive share can be, whatever the unclassified time was.
    #[must_use]
    pub fn reactive_interval(&self) -> (Share, Share) {
        let worked = self.worked();
        (Share::new(self.reactive, worked), Share::new(self.reactive + self.unclassified, worked))
    }

    /// The strict reading: execution without a bet path counts as reactive.
    #[must_use]
    pub fn strict(mut self, unlinked_execution: i64) -> Self {
        let moved = unlinked_execution.clamp(0, self.execution.max(0));
        self.execution -= moved;
        self.reactive += moved;
        self
    }

    fn slot(&mut self, band: Band) -> &mut i64 {
        match band {
            Band::Strategic => &mut self.strategic,
            Band::Execution => &mut self.execution,
            Band::Reactive => &mut self.reactive,
            Band::Off => &mut self.off,
            Band::Unclassified => &mut self.unclassified,
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        for band in Band::ALL {
            self.put(band, other.of(band));
        }
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

impl FromIterator<(Band, i64)> for Tally {
    fn from_iter<I: IntoIterator<Item = (Band, i64)>>(minutes: I) -> Self {
        minutes.into_iter().fold(Self::default(), |mut tally, (band, minutes)| {
            tally.put(band, minutes);
            tally
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::share::percentages;
    use super::*;

    #[test]
    fn a_gap_widens_the_interval() {
        let week =
            Tally { strategic: 800, execution: 800, reactive: 400, unclassified: 400, off: 60 };
        let (low, high) = week.reactive_interval();
        assert_eq!((low.in_tenths(), high.in_tenths()), ("16.7%".into(), "33.3%".into()));
        assert_eq!(week.share(Band::Reactive).in_tenths(), "20.0%");
        assert_eq!(week.share(Band::Off).in_tenths(), "no data");
    }

    #[test]
    fn strictly_read_unlinked_execution_is_reactive() {
        let week = Tally { execution: 500, reactive: 100, ..Tally::default() };
        let strict = week.strict(200);
        assert_eq!((strict.execution, strict.reactive), (300, 300));
        assert_eq!(week.strict(9_999).execution, 0);
    }

    proptest! {
        #[test]
        fn shares_sum_to_the_whole(s in 0_i64..5_000, e in 0_i64..5_000, r in 0_i64..5_000) {
            let tally = Tally { strategic: s, execution: e, reactive: r, ..Tally::default() };
            let parts = Band::WORK.map(|band| tally.of(band));
            prop_assert_eq!(parts.iter().sum::<i64>(), tally.banded());
            if let Some(parts) = percentages(&parts) {
                prop_assert_eq!(parts.iter().sum::<i64>(), 100);
            }
        }
    }
}
