//! Plan against life: how far each band lies from its target, and how time was worked.

use super::band::Band;
use super::share::{Share, apportion};
use super::tally::Tally;

/// Per cent of the week that each band is meant to have; they sum to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Targets {
    pub strategic: i64,
    pub execution: i64,
    pub reactive: i64,
}

impl Default for Targets {
    fn default() -> Self {
        Self { strategic: 40, execution: 40, reactive: 20 }
    }
}

impl Targets {
    /// The target of a band; nothing is aimed at outside the three.
    #[must_use]
    pub fn of(self, band: Band) -> i64 {
        match band {
            Band::Strategic => self.strategic,
            Band::Execution => self.execution,
            Band::Reactive => self.reactive,
            Band::Off | Band::Unclassified => 0,
        }
    }

    /// Whether they can be aimed at: none negative, all of them the whole.
    #[must_use]
    pub fn is_sound(self) -> bool {
        let parts = Band::WORK.map(|band| self.of(band));
        parts.iter().all(|part| *part >= 0) && parts.iter().sum::<i64>() == 100
    }

    /// The available minutes by band: 2,400 are 960, 960 and 480.
    #[must_use]
    pub fn split(self, available: i64) -> Tally {
        let parts = apportion(available, &Band::WORK.map(|band| self.of(band)));
        Band::WORK.into_iter().zip(parts).collect()
    }
}

/// How bad a deviation is \[D\].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Within 5 points.
    Fine,
    /// Within 10 points.
    Amber,
    Red,
}

const FINE: i64 = 5;
const AMBER: i64 = 10;

/// How far a band lies from its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deviation {
    pub band: Band,
    pub actual: Share,
    pub target: i64,
    /// Tenths of a point, rounded; only for printing.
    pub tenths: i64,
    pub level: Level,
}

impl Deviation {
    /// `E +5 over`, `S −2 under`, `R on target`, in whole points.
    #[must_use]
    pub fn words(&self) -> String {
        let letter = self.band.letter();
        let points = (self.tenths.abs() + 5) / 10;
        match (points, self.tenths > 0) {
            (0, _) => format!("{letter} on target"),
            (points, true) => format!("{letter} +{points} over"),
            (points, false) => format!("{letter} −{points} under"),
        }
    }
}

/// The deviation of the three bands; nothing when nothing is banded.
#[must_use]
pub fn deviations(tally: &Tally, targets: Targets) -> Vec<Deviation> {
    let whole = tally.banded();
    if whole <= 0 {
        return Vec::new();
    }
    let one = |band: Band| {
        let target = targets.of(band);
        // Hundredths of the whole that are off, so that the limits compare exactly.
        let off = 100 * tally.of(band) - target * whole;
        let level = if off.abs() <= FINE * whole {
            Level::Fine
        } else if off.abs() <= AMBER * whole {
            Level::Amber
        } else {
            Level::Red
        };
        let tenths = Share::new(off, whole).in_parts(10).unwrap_or(0);
        Deviation { band, actual: tally.share(band), target, tenths, level }
    };
    Band::WORK.map(one).to_vec()
}

/// Time by one of a few tags, such as 10/20/70 by mode or the horizons. Untagged time stands
/// apart and is in no share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Minutes of each tag, in the order that was asked for.
    pub minutes: Vec<i64>,
    pub untagged: i64,
}

impl Split {
    /// Sums the minutes by tag; a tag that was not asked for is untagged.
    pub fn by<'a>(tags: &[&str], time: impl IntoIterator<Item = (Option<&'a str>, i64)>) -> Self {
        let mut split = Self { minutes: vec![0; tags.len()], untagged: 0 };
        for (tag, minutes) in time {
            match tags.iter().position(|known| Some(*known) == tag) {
                Some(place) => split.minutes[place] += minutes,
                None => split.untagged += minutes,
            }
        }
        split
    }

    /// Percentages of the tagged time, which sum to 100; `None` when none is tagged.
    #[must_use]
    pub fn percentages(&self) -> Option<Vec<i64>> {
        super::share::percentages(&self.minutes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn levels(strategic: i64, execution: i64, reactive: i64) -> Vec<(i64, Level)> {
        let tally = Tally { strategic, execution, reactive, ..Tally::default() };
        let found = deviations(&tally, Targets::default());
        found.iter().map(|deviation| (deviation.tenths, deviation.level)).collect()
    }

    #[test]
    fn five_points_are_fine_and_ten_are_amber() {
        assert_eq!(
            levels(350, 450, 200),
            [(-50, Level::Fine), (50, Level::Fine), (0, Level::Fine)]
        );
        assert_eq!(levels(349, 451, 200)[0], (-51, Level::Amber));
        assert_eq!(levels(300, 500, 200)[1], (100, Level::Amber));
        assert_eq!(levels(299, 501, 200)[1], (101, Level::Red));
        assert!(deviations(&Tally::default(), Targets::default()).is_empty());
    }

    #[test]
    fn deviations_read_as_words() {
        let tally = Tally { strategic: 380, execution: 450, reactive: 170, ..Tally::default() };
        let words: Vec<String> =
            deviations(&tally, Targets::default()).iter().map(Deviation::words).collect();
        assert_eq!(words, ["S −2 under", "E +5 over", "R −3 under"]);
    }

    #[test]
    fn targets_split_a_week() {
        let split = Targets::default().split(2_400);
        assert_eq!((split.strategic, split.execution, split.reactive), (960, 960, 480));
        assert!(Targets::default().is_sound());
        assert!(!Targets { strategic: 50, execution: 50, reactive: 20 }.is_sound());
    }

    #[test]
    fn modes_and_horizons_are_shares_of_what_is_tagged() {
        let modes = ["experiment", "iterate", "apply"];
        let time = [(Some("apply"), 700), (Some("iterate"), 200), (Some("experiment"), 100)];
        let split = Split::by(&modes, time.into_iter().chain([(None, 50)]));
        assert_eq!(split.percentages(), Some(vec![10, 20, 70]));
        assert_eq!(split.untagged, 50);
        assert_eq!(Split::by(&modes, [(None, 50)]).percentages(), None);
        let horizons = Split::by(&["H1", "H2", "H3"], [(Some("H1"), 90)]);
        assert_eq!(horizons.percentages(), Some(vec![100, 0, 0]));
    }

    proptest! {
        #[test]
        fn a_split_loses_no_minute(available in 0_i64..10_000, s in 0_i64..=100, e in 0_i64..=100) {
            let e = e.min(100 - s);
            let targets = Targets { strategic: s, execution: e, reactive: 100 - s - e };
            prop_assert!(targets.is_sound());
            prop_assert_eq!(targets.split(available).banded(), available);
        }

        #[test]
        fn deviations_cancel_out(s in 0_i64..3_000, e in 0_i64..3_000, r in 1_i64..3_000) {
            let tally = Tally { strategic: s, execution: e, reactive: r, ..Tally::default() };
            let sum: i64 = deviations(&tally, Targets::default()).iter().map(|one| one.tenths).sum();
            prop_assert!(sum.abs() <= 2);
        }
    }
}
