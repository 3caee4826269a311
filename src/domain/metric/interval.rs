//! How far a share may lie from what was counted (Wilson), and whether it moved at all: only if
//! the intervals of then and now do not overlap.

use super::reading::Reading;

/// Two sides of 90 %.
const Z: f64 = 1.645;

/// A share and where it may lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// The Wilson interval at 90 % of k of n; `None` of nothing, or of more than all.
    #[must_use]
    pub fn of(k: u32, n: u32) -> Option<Self> {
        if n == 0 || k > n {
            return None;
        }
        let (count, share) = (f64::from(n), f64::from(k) / f64::from(n));
        let square = Z * Z;
        let scale = 1.0 + square / count;
        let centre = (share + square / (2.0 * count)) / scale;
        let spread = (share * (1.0 - share) / count + square / (4.0 * count * count)).sqrt();
        let half = Z * spread / scale;
        Some(Self { low: (centre - half).max(0.0), high: (centre + half).min(1.0) })
    }

    /// Of what was counted k of n.
    #[must_use]
    pub fn of_reading(reading: Reading) -> Option<Self> {
        match reading {
            Reading::Share { k, n } => Self::of(k, n),
            Reading::Number(_) => None,
        }
    }

    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// What can be said about a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Up,
    Down,
    WithinNoise,
    /// One of the two does not say out of how many.
    NoVerdict,
}

impl Verdict {
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Up => "a move up",
            Self::Down => "a move down",
            Self::WithinNoise => "within noise",
            Self::NoVerdict => "no verdict without k of n in both",
        }
    }
}

/// From a baseline to now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Movement {
    /// In hundredths of the whole; `None` when one of the two has no data.
    pub points: Option<f64>,
    pub verdict: Verdict,
}

impl Movement {
    #[must_use]
    pub fn of(baseline: Reading, current: Reading) -> Self {
        let change = current.value().zip(baseline.value()).map(|(now, then)| now - then);
        let verdict = match (Interval::of_reading(baseline), Interval::of_reading(current), change)
        {
            (Some(then), Some(now), Some(_)) if then.overlaps(now) => Verdict::WithinNoise,
            (Some(_), Some(_), Some(change)) if change > 0.0 => Verdict::Up,
            (Some(_), Some(_), Some(_)) => Verdict::Down,
            _ => Verdict::NoVerdict,
        };
        Self { points: change.map(|change| 100.0 * change), verdict }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Made by scipy 1 (`binomtest(k, n).proportion_ci(0.9000300…, "wilson")`, the level at which
    /// z is 1.645 exactly); the file says how.
    const FIXTURE: &str = include_str!("../../../tests/fixtures/metrics/wilson.csv");

    #[test]
    fn intervals_are_those_of_an_independent_implementation() {
        let mut rows = 0;
        for line in FIXTURE.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let found = Interval::of(cells[0].parse().unwrap(), cells[1].parse().unwrap()).unwrap();
            let (low, high): (f64, f64) = (cells[2].parse().unwrap(), cells[3].parse().unwrap());
            assert!((found.low - low).abs() < 1e-9, "{line}: {found:?}");
            assert!((found.high - high).abs() < 1e-9, "{line}: {found:?}");
            rows += 1;
        }
        assert!(rows >= 10, "{rows} rows");
    }

    #[test]
    fn a_move_is_one_only_if_the_intervals_part() {
        let share = |k, n| Reading::share(k, n).unwrap();
        let verdict = |then, now| Movement::of(then, now).verdict;
        assert_eq!(verdict(share(24, 100), share(31, 129)), Verdict::WithinNoise);
        assert_eq!(verdict(share(24, 100), share(60, 129)), Verdict::Up);
        assert_eq!(verdict(share(60, 129), share(24, 100)), Verdict::Down);
        assert_eq!(verdict(Reading::Number(0.24), share(60, 129)), Verdict::NoVerdict);
        assert_eq!(verdict(share(0, 0), share(60, 129)), Verdict::NoVerdict);
        let moved = Movement::of(Reading::Number(0.24), share(30, 100));
        assert!((moved.points.unwrap() - 6.0).abs() < 1e-9);
        assert_eq!(Movement::of(share(0, 0), share(1, 2)).points, None);
    }

    proptest! {
        #[test]
        fn the_share_lies_in_its_interval_and_more_tells_more(n in 1_u32..5_000, part in 0.0..=1.0_f64) {
            let k = (0..=n).min_by(|one, other| {
                let far = |k: u32| (f64::from(k) - part * f64::from(n)).abs();
                far(*one).total_cmp(&far(*other))
            }).unwrap();
            let share = f64::from(k) / f64::from(n);
            let few = Interval::of(k, n).unwrap();
            prop_assert!(few.low <= share + 1e-12 && share <= few.high + 1e-12);
            prop_assert!(0.0 <= few.low && few.high <= 1.0);
            let many = Interval::of(4 * k, 4 * n).unwrap();
            prop_assert!(many.high - many.low < few.high - few.low);
            let other = Interval::of(n - k, n).unwrap();
            prop_assert!((few.low + other.high - 1.0).abs() < 1e-9);
        }
    }
}
