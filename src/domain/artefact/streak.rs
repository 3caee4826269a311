//! How many weeks in a row shipped an artefact (`spec/3-model.md §3.4`). The running week never
//! breaks it, a week of leave neither breaks it nor counts.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::week::Week;

/// Days of leave from which a week is frozen \[D\].
pub const FROZEN_FROM_DAYS: i64 = 4;
const WORKING_DAYS: i64 = 5;

/// Whether so much leave freezes a week: four days of five, in minutes.
#[must_use]
pub fn is_frozen(leave_minutes: i64, weekly_minutes: i64) -> bool {
    weekly_minutes > 0 && leave_minutes * WORKING_DAYS >= weekly_minutes * FROZEN_FROM_DAYS
}

/// The streak on a day, in weeks.
#[must_use]
pub fn streak(shipped: &BTreeSet<Week>, frozen: &BTreeSet<Week>, today: NaiveDate) -> u32 {
    let this = Week::of(today);
    let Some(first) = shipped.first().copied() else { return 0 };
    let counts = |week: Week| shipped.contains(&week) && !frozen.contains(&week);
    let mut weeks = u32::from(counts(this));
    let mut week = this.previous();
    while week >= first && (shipped.contains(&week) || frozen.contains(&week)) {
        weeks += u32::from(counts(week));
        if week.previous() == week {
            break;
        }
        week = week.previous();
    }
    weeks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::day::fixture::day;

    fn weeks(keys: &[&str]) -> BTreeSet<Week> {
        keys.iter().map(|key| Week::parse(key).unwrap()).collect()
    }

    fn of(shipped: &[&str], frozen: &[&str], today: &str) -> u32 {
        streak(&weeks(shipped), &weeks(frozen), day(today))
    }

    #[test]
    fn the_running_week_never_breaks_it() {
        // 2026-W15 is 6 to 12 April.
        let shipped = ["2026-W15", "2026-W16"];
        assert_eq!(of(&shipped, &[], "2026-04-22"), 2, "W17 runs");
        assert_eq!(of(&shipped, &[], "2026-04-27"), 0, "W17 ended empty");
        assert_eq!(of(&["2026-W15", "2026-W16", "2026-W17"], &[], "2026-04-22"), 3);
        assert_eq!(of(&["2026-W17"], &[], "2026-04-22"), 1);
        assert_eq!(of(&[], &["2026-W16"], "2026-04-22"), 0);
    }

    #[test]
    fn leave_freezes_and_does_not_count() {
        assert_eq!(of(&["2026-W15"], &["2026-W16"], "2026-04-22"), 1);
        assert_eq!(of(&["2026-W15", "2026-W16"], &["2026-W16"], "2026-04-22"), 1);
        assert_eq!(of(&["2026-W14"], &["2026-W16"], "2026-04-22"), 0, "W15 was empty");
    }

    #[test]
    fn it_goes_over_the_end_of_a_long_year() {
        let shipped = ["2026-W52", "2026-W53", "2027-W01"];
        assert_eq!(of(&shipped, &[], "2027-01-11"), 3);
        assert_eq!(of(&["2026-W53"], &["2027-W01"], "2027-01-11"), 1);
        assert_eq!(of(&["2026-W52"], &[], "2027-01-04"), 0, "W53 was empty");
    }

    #[test]
    fn four_days_of_leave_freeze_a_week() {
        assert!(!is_frozen(1_919, 2_400));
        assert!(is_frozen(1_920, 2_400));
        assert!(is_frozen(1_152, 1_440), "four of five short days");
        assert!(!is_frozen(0, 0));
    }

    proptest! {
        /// Against the plainest way to say it: week by week, backwards.
        #[test]
        fn it_is_what_counting_backwards_gives(shipped in prop::collection::vec(any::<bool>(), 12), frozen in prop::collection::vec(any::<bool>(), 12)) {
            let mut week = Week::parse("2026-W48").unwrap();
            let (mut ships, mut freezes) = (BTreeSet::new(), BTreeSet::new());
            for place in 0..12 {
                if shipped[place] { ships.insert(week); }
                if frozen[place] { freezes.insert(week); }
                if place < 11 { week = week.next(); }
            }
            let mut wanted = u32::from(shipped[11] && !frozen[11]);
            for place in (0..11).rev() {
                if frozen[place] { continue; }
                if !shipped[place] { break; }
                wanted += 1;
            }
            prop_assert_eq!(streak(&ships, &freezes, week.monday()), wanted);
        }
    }
}
