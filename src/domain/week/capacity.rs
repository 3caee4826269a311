//! Whether a week holds what is planned into it, in minutes and in words.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::band::Band;
use super::share::{NO_DATA, apportion};
use super::stretch::{Stretch, tally};
use super::tally::Tally;
use crate::domain::day::show_minutes;

/// A week's room and what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// Agreed minutes less leave.
    pub available: i64,
    /// Meetings of the calendar that are nobody's block.
    pub meetings: i64,
    /// Minutes of the planned blocks.
    pub planned: i64,
    /// Minutes that were lived without having been planned.
    pub beyond: i64,
}

impl Capacity {
    /// What can still be planned; negative when the week is over capacity.
    #[must_use]
    pub fn left(self) -> i64 {
        self.available - self.meetings - self.planned - self.beyond
    }

    #[must_use]
    pub fn words(self) -> String {
        self.words_with(None)
    }

    /// What can still be planned, where only so many minutes of free hours are to come.
    #[must_use]
    pub fn free(self, ahead: Option<i64>) -> i64 {
        self.left().min(ahead.unwrap_or(i64::MAX))
    }

    /// The same in words; no more is free than is to come of the working hours.
    #[must_use]
    pub fn words_with(self, ahead: Option<i64>) -> String {
        if self.available <= 0 {
            return if self.planned + self.meetings > 0 {
                format!("{} planned on leave", show_minutes(self.planned + self.meetings))
            } else {
                NO_DATA.to_owned()
            };
        }
        match self.left() {
            0 => "full to the minute".to_owned(),
            left if left > 0 => match self.free(ahead) {
                0 => "no free hours left".to_owned(),
                free => format!("{} free", show_minutes(free)),
            },
            left => format!("{} over capacity", show_minutes(-left)),
        }
    }
}

/// What was lived up to a day beyond what was planned for each day, by band: time that is gone,
/// though no block says so. A day on which less was lived than planned gives nothing back.
#[must_use]
pub fn beyond(planned: &[Stretch], lived: &[Stretch], last: NaiveDate) -> Tally {
    const ALL: [Band; 4] = [Band::Strategic, Band::Execution, Band::Reactive, Band::Unclassified];
    let days: BTreeSet<NaiveDate> =
        lived.iter().map(|one| one.on).filter(|day| *day <= last).collect();
    let of = |all: &[Stretch], day: NaiveDate| -> Tally {
        let own: Vec<Stretch> = all.iter().filter(|one| one.on == day).cloned().collect();
        tally(&own)
    };
    let beyond = days.into_iter().flat_map(|day| {
        let (plan, actual) = (of(planned, day), of(lived, day));
        let more = ALL.map(|band| (actual.of(band) - plan.of(band)).max(0));
        let whole = (actual.worked() - plan.worked()).max(0);
        ALL.into_iter().zip(apportion(whole, &more))
    });
    beyond.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::week::stretch::tests::stretch;

    #[test]
    fn capacity_reads_as_words() {
        let words = |available, meetings, planned| {
            Capacity { available, meetings, planned, beyond: 0 }.words()
        };
        assert_eq!(words(2_400, 600, 1_670), "2 h 10 free");
        assert_eq!(words(2_400, 600, 1_845), "45 m over capacity");
        assert_eq!(words(2_400, 600, 1_800), "full to the minute");
        assert_eq!(words(0, 0, 0), "no data");
        assert_eq!(words(0, 30, 60), "1 h 30 planned on leave");
        let lived = Capacity { available: 2_400, meetings: 0, planned: 60, beyond: 90 };
        assert_eq!(lived.words(), "37 h 30 free");
        for (ahead, words) in
            [(9_000, "37 h 30 free"), (90, "1 h 30 free"), (0, "no free hours left")]
        {
            assert_eq!(lived.words_with(Some(ahead)), words);
        }
        let over = Capacity { planned: 2_500, ..lived };
        assert_eq!(over.words_with(Some(0)), "3 h 10 over capacity");
    }

    #[test]
    fn what_was_lived_beside_the_plan_is_gone_and_what_was_not_lived_comes_not_back() {
        let on = |iso: &str, minutes: i64, band: Band| Stretch {
            on: iso.parse().unwrap(),
            ..stretch(None, minutes, band)
        };
        let planned = [
            on("2026-05-04", 60, Band::Strategic),
            on("2026-05-05", 240, Band::Execution),
            on("2026-05-07", 60, Band::Reactive),
        ];
        let lived = [
            on("2026-05-04", 60, Band::Strategic),
            on("2026-05-04", 90, Band::Reactive),
            on("2026-05-04", 30, Band::Off),
            on("2026-05-05", 30, Band::Execution),
            on("2026-05-06", 45, Band::Unclassified),
            on("2026-05-07", 500, Band::Reactive),
        ];
        let found = beyond(&planned, &lived, "2026-05-06".parse().unwrap());
        let expected = Tally { reactive: 90, unclassified: 45, ..Tally::default() };
        assert_eq!(found, expected);
    }
}
