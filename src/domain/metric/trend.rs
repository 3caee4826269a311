//! The robust slope of a series (Theil–Sen): the median of the slopes between all pairs, which
//! one wild point cannot turn.

use super::{median, number};

/// The two-sided 95 % point of the normal curve.
const SURE: f64 = 1.96;
/// How much worse than the best step a line may tell points that go one way.
const STEP: f64 = 1.25;
/// Moves in a row against a line that make it a turn.
const TURN: usize = 3;

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

/// Whether these points go one way, and on the whole as a slope: the 95 % interval of the robust
/// slope excludes 0 (Kendall's S, with ties), a line tells them about as well as one step does, and
/// the newest do not turn back.
#[must_use]
pub fn is_steady(points: &[(f64, f64)], line: Line) -> bool {
    let against = |pair: &[(f64, f64)]| (pair[1].1 - pair[0].1) * line.slope < 0.0;
    let turned = points.windows(2).rev().take_while(|pair| against(pair)).count() >= TURN;
    !turned && score(points).abs() > SURE && misses_of(points, line) < STEP * misses_of_step(points)
}

/// Kendall's S in standard deviations, with the correction for continuity; 0 without any spread.
fn score(points: &[(f64, f64)]) -> f64 {
    let pairs = points.iter().enumerate();
    let s: f64 = pairs
        .flat_map(|(at, one)| points[at + 1..].iter().map(move |later| later.1 - one.1))
        .map(|change| if change == 0.0 { 0.0 } else { change.signum() })
        .sum();
    let spread = |n: usize| number(n) * (number(n) - 1.0) * (2.0 * number(n) + 5.0);
    let mut values: Vec<f64> = points.iter().map(|(_, y)| *y).collect();
    values.sort_by(f64::total_cmp);
    let ties: f64 = values
        .chunk_by(|one, other| one.total_cmp(other).is_eq())
        .map(|tie| spread(tie.len()))
        .sum();
    let variance = (spread(points.len()) - ties) / 18.0;
    if s == 0.0 || variance <= 0.0 { 0.0 } else { (s - s.signum()) / variance.sqrt() }
}

/// How far the points lie from the line, together.
fn misses_of(points: &[(f64, f64)], line: Line) -> f64 {
    points.iter().map(|(x, y)| (y - line.at(*x)).abs()).sum()
}

/// How far they lie from one level before and one after the step that tells them best.
fn misses_of_step(points: &[(f64, f64)]) -> f64 {
    let level = |part: &[(f64, f64)]| {
        let values: Vec<f64> = part.iter().map(|(_, y)| *y).collect();
        median(&values).map_or(0.0, |level| values.iter().map(|y| (y - level).abs()).sum())
    };
    let splits = (0..points.len()).map(|at| level(&points[..at]) + level(&points[at..]));
    splits.fold(f64::INFINITY, f64::min)
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

    fn steady(values: &[f64]) -> bool {
        let points: Vec<(f64, f64)> =
            values.iter().enumerate().map(|(x, y)| (number(x), *y)).collect();
        is_steady(&points, Line::through(&points).unwrap())
    }

    #[test]
    fn a_climb_is_steady_and_a_step_a_turn_and_noise_are_not() {
        assert!(steady(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]));
        assert!(steady(&[8.0, 7.2, 6.9, 5.0, 5.2, 3.9, 3.0, 2.1]));
        assert!(!steady(&[50.0, 50.0, 50.0, 50.0, 50.0, 60.0, 60.0, 60.0]));
        assert!(!steady(&[50.0, 51.0, 50.0, 49.0, 68.0, 66.0, 64.0, 62.0]));
        assert!(!steady(&[40.0, 45.0, 50.0, 55.0, 60.0, 65.0, 64.0, 63.0, 62.0]));
        assert!(!steady(&[50.0, 49.0, 51.0, 50.0, 52.0, 49.0, 51.0, 50.0]));
        assert!(!steady(&[5.0; 8]));
        // S = 16 of 28 pairs is p = 0.061 for eight points, S = 18 is 0.031.
        assert!(score(&[(0.0, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 4.0), (4.0, 5.0)]) > SURE);
        assert!(score(&[(0.0, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 4.0)]) < SURE);
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
