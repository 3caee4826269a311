//! What a week's minutes say about its reactive load. All comparisons are of integers.

use std::fmt;

use super::share::Share;
use super::tally::Tally;
use crate::domain::day::show_minutes;

/// The limits by which a week is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Per cent of working time that may be reactive.
    pub reactive: i64,
    /// Per cent of the available time below which a week is thin \[D\].
    pub thin: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { reactive: 20, thin: 50 }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    NoData,
    /// Too little was logged to judge by.
    Thin,
    Breach,
    Clear,
    /// It hangs on the unclassified time.
    Unsure,
}

impl Verdict {
    pub const ALL: [Self; 5] = [Self::NoData, Self::Thin, Self::Breach, Self::Clear, Self::Unsure];

    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::NoData => "no-data",
            Self::Thin => "thin",
            Self::Breach => "breach",
            Self::Clear => "clear",
            Self::Unsure => "unsure",
        }
    }

    #[must_use]
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.slug() == slug)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoData => "no data",
            Self::Thin | Self::Breach | Self::Clear | Self::Unsure => self.slug(),
        })
    }
}

/// Judges a week of so many available minutes (`spec/3-model.md §3.4`): no data, then thin, then
/// breach strictly above the limit, clear when no reading of the gap is above it, else unsure.
#[must_use]
pub fn verdict(tally: &Tally, available: i64, limits: Limits) -> Verdict {
    let worked = tally.worked();
    let (low, high) = tally.reactive_interval();
    if worked <= 0 {
        Verdict::NoData
    } else if worked * 100 < available * limits.thin {
        Verdict::Thin
    } else if low.exceeds(limits.reactive) {
        Verdict::Breach
    } else if high.exceeds(limits.reactive) {
        Verdict::Unsure
    } else {
        Verdict::Clear
    }
}

/// The running week may only be on course: what is logged so far is above the limit already,
/// however thin it still is.
#[must_use]
pub fn is_on_course_to_breach(tally: &Tally, limits: Limits) -> bool {
    tally.reactive_interval().0.exceeds(limits.reactive)
}

/// The verdict with its figure and what to do next, in a line.
#[must_use]
pub fn sentence(tally: &Tally, available: i64, limits: Limits) -> String {
    let (low, high) = tally.reactive_interval();
    let reactive = interval(low, high);
    match verdict(tally, available, limits) {
        Verdict::NoData => "no data: nothing was logged".to_owned(),
        Verdict::Thin => {
            let (worked, of) = (show_minutes(tally.worked()), show_minutes(available));
            format!("thin: {worked} of {of} logged, too little to judge")
        }
        Verdict::Breach => {
            // What is just over the limit must not read as if it were at it.
            let reactive =
                if low.in_tenths() == reactive { low.beside(limits.reactive) } else { reactive };
            format!("breach: reactive {reactive}, limit {}%", limits.reactive)
        }
        Verdict::Clear => format!("clear: reactive {reactive}, limit {}%", limits.reactive),
        Verdict::Unsure => {
            format!("unsure: reactive {reactive}, classify {} min", tally.unclassified)
        }
    }
}

/// `16.7–33.3%`, or one figure when there is no gap.
#[must_use]
pub fn interval(low: Share, high: Share) -> String {
    let (low, high) = (low.in_tenths(), high.in_tenths());
    if low == high { low } else { format!("{}–{high}", low.trim_end_matches('%')) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn week(strategic: i64, execution: i64, reactive: i64, unclassified: i64) -> Tally {
        Tally { strategic, execution, reactive, unclassified, off: 0 }
    }

    fn judged(tally: &Tally) -> Verdict {
        verdict(tally, 2_400, Limits::default())
    }

    #[test]
    fn the_golden_cases_of_a_week() {
        assert_eq!(judged(&week(960, 960, 480, 0)), Verdict::Clear);
        assert_eq!(judged(&week(959, 960, 481, 0)), Verdict::Breach);
        assert_eq!(judged(&week(800, 800, 400, 400)), Verdict::Unsure);
        assert_eq!(judged(&week(600, 600, 600, 200)), Verdict::Breach);
        assert_eq!(judged(&week(0, 0, 0, 0)), Verdict::NoData);
        assert_eq!(judged(&week(300, 300, 599, 0)), Verdict::Thin);
        assert_eq!(judged(&week(300, 300, 600, 0)), Verdict::Breach);
    }

    #[test]
    fn a_week_of_leave_is_judged_by_what_was_available() {
        let limits = Limits::default();
        assert_eq!(verdict(&week(0, 0, 30, 0), 0, limits), Verdict::Breach);
        assert_eq!(verdict(&week(0, 0, 0, 0), 0, limits), Verdict::NoData);
        assert_eq!(verdict(&week(0, 0, 0, 0), 2_400, limits), Verdict::NoData);
    }

    #[test]
    fn a_team_pools_its_minutes() {
        let ana = week(600, 0, 600, 0);
        let ben = week(2_340, 0, 60, 0);
        assert_eq!(ana.reactive_interval().0.in_tenths(), "50.0%");
        assert_eq!(verdict(&ana, 1_200, Limits::default()), Verdict::Breach);
        let team: Tally = [ana, ben].into_iter().sum();
        assert_eq!(team.reactive_interval().0.in_tenths(), "18.3%");
        assert_eq!(verdict(&team, 3_600, Limits::default()), Verdict::Clear);
    }

    #[test]
    fn each_verdict_says_what_to_do() {
        let say = |tally: &Tally| sentence(tally, 2_400, Limits::default());
        assert_eq!(say(&week(800, 800, 400, 400)), "unsure: reactive 16.7–33.3%, classify 400 min");
        assert_eq!(say(&week(960, 960, 480, 0)), "clear: reactive 20.0%, limit 20%");
        assert_eq!(say(&week(959, 960, 481, 0)), "breach: reactive 20.04%, limit 20%");
        assert_eq!(say(&week(60, 0, 0, 0)), "thin: 1 h of 40 h logged, too little to judge");
        assert_eq!(say(&Tally::default()), "no data: nothing was logged");
    }

    #[test]
    fn the_running_week_is_only_on_course() {
        assert!(is_on_course_to_breach(&week(70, 0, 30, 0), Limits::default()));
        assert!(!is_on_course_to_breach(&week(80, 0, 20, 900), Limits::default()));
        assert!(!is_on_course_to_breach(&Tally::default(), Limits::default()));
    }

    proptest! {
        /// However the gap is classified, a breach stays one and a clear week stays clear.
        #[test]
        fn classifying_never_overturns_a_certain_verdict(
            s in 0_i64..1_500, e in 0_i64..1_500, r in 0_i64..1_500, u in 0_i64..1_500, cut in 0_i64..1_500,
        ) {
            let before = judged(&week(s, e, r, u));
            let cut = cut.min(u);
            let after = judged(&week(s + u - cut, e, r + cut, 0));
            match before {
                Verdict::NoData | Verdict::Thin | Verdict::Breach | Verdict::Clear => {
                    prop_assert_eq!(before, after);
                }
                Verdict::Unsure => prop_assert!(matches!(after, Verdict::Breach | Verdict::Clear)),
            }
        }
    }
}
