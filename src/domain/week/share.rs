//! Shares of a whole as two integers: nothing is rounded before it is printed, and an empty
//! whole is no data, never 0.

/// So many of so many minutes or items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub part: i64,
    pub whole: i64,
}

/// Of fewer than this a percentage says too much.
pub const FEW: i64 = 20;

/// What stands where a denominator is empty.
pub const NO_DATA: &str = "no data";

impl Share {
    #[must_use]
    pub fn new(part: i64, whole: i64) -> Self {
        Self { part, whole }
    }

    /// In so many parts of the whole, half a part rounded away from nothing; `None` for an
    /// empty whole.
    #[must_use]
    pub fn in_parts(self, parts: i64) -> Option<i64> {
        if self.whole <= 0 {
            return None;
        }
        let doubled = i128::from(self.part) * i128::from(parts) * 2;
        let whole = i128::from(self.whole);
        let rounded = (doubled + whole * doubled.signum()) / (whole * 2);
        i64::try_from(rounded).ok()
    }

    /// Whether it is strictly more than so many per cent. Never for an empty whole.
    #[must_use]
    pub fn exceeds(self, percent: i64) -> bool {
        i128::from(self.part) * 100 > i128::from(self.whole) * i128::from(percent)
    }

    /// A share of things that can be counted: `7 of 12` below twenty, else `58.3%`
    /// (`spec/3-model.md §3.1`).
    #[must_use]
    pub fn counted(self) -> String {
        if (1..FEW).contains(&self.whole) {
            return format!("{} of {}", self.part, self.whole);
        }
        self.in_tenths()
    }

    /// The same of points over so many things: `3 of 12 points` where these are few.
    #[must_use]
    pub fn in_points(self, things: usize) -> String {
        let is_few = i64::try_from(things).is_ok_and(|things| things < FEW);
        if is_few && self.whole > 0 {
            return format!("{} of {} points", self.part, self.whole);
        }
        self.in_tenths()
    }

    /// `20.0%` or “no data”.
    #[must_use]
    pub fn in_tenths(self) -> String {
        self.in_parts(1_000).map_or_else(
            || NO_DATA.to_owned(),
            |tenths| {
                let sign = if tenths < 0 { "−" } else { "" };
                let tenths = tenths.unsigned_abs();
                format!("{sign}{}.{}%", tenths / 10, tenths % 10)
            },
        )
    }
}

impl Share {
    /// As [`Share::in_tenths`], to the hundredth where what is above a limit would read as if it
    /// stood at it: `20.04%`, and `just over 20%` where that still says nothing.
    #[must_use]
    pub fn beside(self, limit: i64) -> String {
        let tenths = self.in_tenths();
        if !self.exceeds(limit) || tenths != format!("{limit}.0%") {
            return tenths;
        }
        match self.in_parts(10_000) {
            Some(parts) if parts > limit * 100 => {
                format!("{}.{:02}%", parts / 100, parts % 100)
            }
            Some(_) | None => format!("just over {limit}%"),
        }
    }
}

/// The whole dealt out in proportion to the weights, so that the parts sum to it exactly: each
/// gets its floor, and what is left goes to the largest remainders, the first of equals first.
/// All parts are 0 when the weights or the whole are.
#[must_use]
pub fn apportion(whole: i64, weights: &[i64]) -> Vec<i64> {
    let weights: Vec<i128> = weights.iter().map(|weight| i128::from((*weight).max(0))).collect();
    let sum: i128 = weights.iter().sum();
    if sum == 0 || whole <= 0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<i128> = weights.iter().map(|weight| weight * i128::from(whole)).collect();
    let mut parts: Vec<i64> =
        exact.iter().map(|exact| i64::try_from(exact / sum).unwrap_or(i64::MAX)).collect();
    let mut left = whole - parts.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse(exact[*place] % sum));
    for place in order {
        if left == 0 {
            break;
        }
        parts[place] += 1;
        left -= 1;
    }
    parts
}

/// Percentages of the parts that sum to 100; `None` when there is nothing to share.
#[must_use]
pub fn percentages(parts: &[i64]) -> Option<Vec<i64>> {
    parts.iter().any(|part| *part > 0).then(|| apportion(100, parts))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shares_print_as_the_golden_cases_do() {
        assert_eq!(Share::new(480, 2_400).in_tenths(), "20.0%");
        assert_eq!(Share::new(481, 2_400).in_tenths(), "20.0%");
        assert_eq!(Share::new(480, 2_400).beside(20), "20.0%");
        assert_eq!(Share::new(481, 2_400).beside(20), "20.04%");
        assert_eq!(Share::new(20_001, 100_000).beside(20), "just over 20%");
        assert_eq!(Share::new(600, 2_400).beside(20), "25.0%");
        assert_eq!(Share::new(481, 2_400).in_parts(10_000), Some(2_004));
        assert_eq!(Share::new(400, 2_400).in_tenths(), "16.7%");
        assert_eq!(Share::new(0, 0).in_tenths(), "no data");
        assert_eq!(Share::new(-1, 3).in_tenths(), "−33.3%");
    }

    #[test]
    fn few_are_counted_and_not_made_a_percentage() {
        assert_eq!(Share::new(7, 12).counted(), "7 of 12");
        assert_eq!(Share::new(0, 19).counted(), "0 of 19");
        assert_eq!(Share::new(7, 20).counted(), "35.0%");
        assert_eq!(Share::new(0, 0).counted(), "no data");
    }

    #[test]
    fn the_limit_itself_is_not_above_it() {
        assert!(!Share::new(480, 2_400).exceeds(20));
        assert!(Share::new(481, 2_400).exceeds(20));
        assert!(!Share::new(0, 0).exceeds(20));
    }

    #[test]
    fn a_full_week_is_dealt_out() {
        assert_eq!(apportion(2_400, &[40, 40, 20]), [960, 960, 480]);
        assert_eq!(apportion(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(apportion(0, &[1]), [0]);
        assert_eq!(percentages(&[0, 0]), None);
    }

    proptest! {
        #[test]
        fn the_parts_sum_to_the_whole(whole in 0_i64..1_000_000, weights in prop::collection::vec(0_i64..10_000, 1..9)) {
            let parts = apportion(whole, &weights);
            let expected = if weights.iter().all(|weight| *weight == 0) { 0 } else { whole };
            prop_assert_eq!(parts.iter().sum::<i64>(), expected);
            let sum: i64 = weights.iter().sum();
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!(sum == 0 || (part * sum - whole * weight).abs() < sum);
            }
        }
    }
}
