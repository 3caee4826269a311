//! The robust slope of a series (Theil–Sen): the median of the slopes between all pairs, which
//! one wild point cannot turn.

use super::median;

/// A straight line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub slope: f64,
    pub intercept: f64,
}

impl Line {
    /// The line through these points; `None` when no two differ in x.
    #[must_use]
    pub fn through(points: &[(f64, f64)]) -> Option<Self> {
        let mut slopes = Vec::new();
        for (at, (x, y)) in points.iter().enumerate() {
            for (later_x, later_y) in &points[at + 1..] {
                let run = later_x - x;
                if run.abs() > f64::EPSILON {
                    slopes.push((later_y - y) / run);
                }
            }
        }
        let slope = median(&slopes)?;
        let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
        Some(Self { slope, intercept: median(&ys)? - slope * median(&xs)? })
    }

    #[must_use]
    pub fn at(self, x: f64) -> f64 {
        self.intercept + self.slope * x
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Made by `scipy.stats.theilslopes`; the file says how.
    const FIXTURE: &str = include_str!("../../../tests/fixtures/metrics/theil-sen.csv");

    #[test]
    fn lines_are_those_of_an_independent_implementation() {
        let mut rows = 0;
        for line in FIXTURE.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let cells: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
            let (values, expected) = cells.split_at(8);
            let points: Vec<(f64, f64)> = values
                .iter()
                .enumerate()
                .map(|(x, y)| (crate::domain::metric::number(x), *y))
                .collect();
            let found = Line::through(&points).unwrap();
            assert!((found.slope - expected[0]).abs() < 1e-9, "{line}: {found:?}");
            assert!((found.intercept - expected[1]).abs() < 1e-9, "{line}: {found:?}");
            rows += 1;
        }
        assert!(rows >= 5, "{rows} rows");
    }

    #[test]
    fn one_wild_point_turns_nothing() {
        let mut points: Vec<(f64, f64)> =
            (0..8).map(|x| (f64::from(x), 2.0 * f64::from(x))).collect();
        points[5].1 = 900.0;
        assert!((Line::through(&points).unwrap().slope - 2.0).abs() < 1e-9);
        assert_eq!(Line::through(&[(1.0, 1.0)]), None);
        assert_eq!(Line::through(&[(1.0, 1.0), (1.0, 2.0)]), None);
    }

    proptest! {
        #[test]
        fn a_straight_line_is_found_again(
            slope in -1e3..1e3_f64, intercept in -1e3..1e3_f64, n in 2_u32..12,
        ) {
            let points: Vec<(f64, f64)> =
                (0..n).map(|x| (f64::from(x), intercept + slope * f64::from(x))).collect();
            let line = Line::through(&points).unwrap();
            prop_assert!((line.slope - slope).abs() < 1e-6);
            prop_assert!((line.at(3.0) - intercept - 3.0 * slope).abs() < 1e-6);
        }
    }
}
