//! Interviews and calls reviewed per week against a target, with the gap that Monday shows.

use chrono::NaiveDate;

use super::super::week::Week;
use super::EvidenceKind;

/// How many a week are meant to be held \[D\].
pub const WEEKLY_TARGET: usize = 3;

/// A week against the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cadence {
    pub done: usize,
    pub target: usize,
}

impl Cadence {
    #[must_use]
    pub fn gap(self) -> usize {
        self.target.saturating_sub(self.done)
    }

    #[must_use]
    pub fn is_met(self) -> bool {
        self.gap() == 0
    }

    #[must_use]
    pub fn words(self) -> String {
        match self.gap() {
            0 => format!("{} of {} calls and interviews", self.done, self.target),
            gap => format!("{} of {} calls and interviews, {gap} short", self.done, self.target),
        }
    }
}

/// The calls and interviews held in the week.
pub fn of_week(
    held: impl IntoIterator<Item = (EvidenceKind, NaiveDate)>,
    week: Week,
    target: usize,
) -> Cadence {
    let counts = |kind| matches!(kind, EvidenceKind::Call | EvidenceKind::Interview);
    let held = held.into_iter().filter(|(kind, day)| counts(*kind) && week.holds(*day));
    Cadence { done: held.count(), target }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::fixture::day;

    #[test]
    fn the_gap_is_what_is_missing() {
        let held = [
            (EvidenceKind::Call, day("2026-05-10")),
            (EvidenceKind::Interview, day("2026-05-11")),
            (EvidenceKind::Deal, day("2026-05-05")),
        ];
        let cadence = of_week(held, Week::parse("2026-W19").unwrap(), WEEKLY_TARGET);
        assert_eq!((cadence.gap(), cadence.is_met()), (2, false));
        assert_eq!(cadence.words(), "1 of 3 calls and interviews, 2 short");
        let more = Cadence { done: 5, target: 3 };
        assert!(more.is_met());
        assert_eq!(more.words(), "5 of 3 calls and interviews");
    }
}
