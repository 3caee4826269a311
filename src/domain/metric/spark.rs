//! Thirteen periods as a line of eight heights. A period without a figure stays a gap.

use super::period::Period;
use super::reading::Observation;

/// Periods of a scorecard and of a sparkline.
pub const PERIODS: usize = 13;
/// The greatest height; the least is 0.
pub const TOP: u8 = 7;
/// The height of a line that does not move.
const MIDDLE: u8 = 3;

/// The value of each period up to `last`, oldest first; of several for one period the last.
#[must_use]
pub fn values(observations: &[Observation], last: Period) -> Vec<Option<f64>> {
    let newest = |period: &Period| {
        observations.iter().rev().find(|one| one.period == *period).and_then(Observation::value)
    };
    last.back(PERIODS).iter().map(newest).collect()
}

/// Heights from 0 to [`TOP`] between the least and the greatest of the values.
#[must_use]
pub fn heights(values: &[Option<f64>]) -> Vec<Option<u8>> {
    let known = || values.iter().flatten().copied();
    let low = known().fold(f64::INFINITY, f64::min);
    let spread = known().fold(f64::NEG_INFINITY, f64::max) - low;
    let height = |value: f64| {
        if spread > 0.0 { step((value - low) / spread * f64::from(TOP)) } else { MIDDLE }
    };
    values.iter().map(|value| value.map(height)).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the greatest height"
)]
fn step(height: f64) -> u8 {
    height.clamp(0.0, f64::from(TOP)).round() as u8
}

#[cfg(test)]
mod tests {
    use super::super::fixture::weeks;
    use super::*;

    #[test]
    fn gaps_stay_gaps_and_the_last_correction_counts() {
        let mut rows = weeks("2026-W15", &[1.0, 2.0, 3.0, 4.0]);
        rows.remove(1);
        let mut correction = rows[1];
        correction.reading = super::super::Reading::number(8.0).unwrap();
        rows.push(correction);
        let last = Period::parse("2026-W19", 1).unwrap();
        let found = values(&rows, last);
        assert_eq!(found.len(), PERIODS);
        assert_eq!(found[..8], [None; 8]);
        assert_eq!(found[8..], [Some(1.0), None, Some(8.0), Some(4.0), None]);
        assert_eq!(heights(&found)[8..], [Some(0), None, Some(7), Some(3), None]);
    }

    #[test]
    fn a_line_that_does_not_move_lies_in_the_middle() {
        assert_eq!(heights(&[Some(2.0), None, Some(2.0)]), [Some(3), None, Some(3)]);
        assert_eq!(heights(&[None]), [None]);
        assert_eq!(heights(&[]), []);
    }
}
