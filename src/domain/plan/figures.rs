//! Progress against what was expected, phase by phase, and by how many days a milestone slips
//! (`spec/3-model.md §3.4`). A figure of a past day counts what was done by then.

use chrono::NaiveDate;

use super::super::week::share::Share;
use super::{Milestone, Plan};

/// Where a plan, or a phase of it, stands on a day. All three are shares of the same weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    pub progress: Share,
    pub expected: Share,
}

impl Figures {
    /// Expected less progress: above nothing is behind, below is ahead. In points with
    /// `in_parts(100)`.
    #[must_use]
    pub fn slippage(self) -> Share {
        Share::new(self.expected.part - self.progress.part, self.progress.whole)
    }
}

/// Whether a phase is over, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhaseStanding {
    Ahead,
    Running,
    /// A gate of it is open after its last day.
    Late {
        days: u32,
    },
    /// Its last day is over and its gates are done.
    Over,
}

/// One phase on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseFigures {
    pub name: String,
    pub figures: Figures,
    pub standing: PhaseStanding,
}

impl Milestone {
    /// Whether it was done by the end of this day.
    #[must_use]
    pub fn is_done_by(&self, date: NaiveDate) -> bool {
        self.done_on.is_some_and(|done| done <= date)
    }
}

impl Plan {
    /// Where the whole plan stands.
    #[must_use]
    pub fn figures(&self, on: NaiveDate) -> Figures {
        self.weigh(self.milestones.iter(), on)
    }

    /// Where each phase stands, in their order.
    #[must_use]
    pub fn by_phase(&self, on: NaiveDate) -> Vec<PhaseFigures> {
        let of = |(place, phase): (usize, &super::Phase)| PhaseFigures {
            name: phase.name.clone(),
            figures: self.weigh(self.in_phase(place), on),
            standing: self.standing(place, on),
        };
        self.phases.iter().enumerate().map(of).collect()
    }

    /// By how many days a milestone came or comes later than due; nothing before its day.
    #[must_use]
    pub fn slip(&self, one: &Milestone, today: NaiveDate) -> u32 {
        let end = one.done_on.filter(|done| *done <= today).unwrap_or(today);
        let days = end.signed_duration_since(self.date(one.due_day)).num_days();
        u32::try_from(days.max(0)).unwrap_or(u32::MAX)
    }

    fn weigh<'a>(&self, ones: impl Iterator<Item = &'a Milestone>, on: NaiveDate) -> Figures {
        let day = self.day(on);
        let (mut done, mut due, mut whole) = (0, 0, 0);
        for one in ones {
            let weight = i64::from(one.weight);
            whole += weight;
            done += if one.is_done_by(on) { weight } else { 0 };
            due += if i64::from(one.due_day) <= day { weight } else { 0 };
        }
        Figures { progress: Share::new(done, whole), expected: Share::new(due, whole) }
    }

    fn standing(&self, place: usize, on: NaiveDate) -> PhaseStanding {
        let day = self.day(on);
        let before = place.checked_sub(1).map_or(0, |before| self.phases[before].last_day);
        let last = i64::from(self.phases[place].last_day);
        if day <= i64::from(before) {
            PhaseStanding::Ahead
        } else if day <= last {
            PhaseStanding::Running
        } else if self.in_phase(place).any(|one| one.gate && !one.is_done_by(on)) {
            PhaseStanding::Late { days: u32::try_from(day - last).unwrap_or(u32::MAX) }
        } else {
            PhaseStanding::Over
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::plan;
    use super::super::template::{SHIPPED, Template};
    use super::*;
    use crate::domain::day::fixture::day;

    fn points(share: Share) -> Option<i64> {
        share.in_parts(100)
    }

    #[test]
    fn the_figures_of_a_plan_half_way() {
        let mut plan = plan();
        plan.milestones[0].done_on = Some(day("2026-05-10"));
        // Day 12: weights 1 and 3 of 10 were due, 1 is done.
        let figures = plan.figures(day("2026-05-15"));
        assert_eq!(points(figures.progress), Some(10));
        assert_eq!(points(figures.expected), Some(40));
        assert_eq!(points(figures.slippage()), Some(30));
        // Two days late when done on day 7 of 5; two days late and counting when open.
        assert_eq!(plan.slip(&plan.milestones[0], day("2026-05-15")), 2);
        assert_eq!(plan.slip(&plan.milestones[1], day("2026-05-15")), 2);
        assert_eq!(plan.slip(&plan.milestones[2], day("2026-05-15")), 0);
    }

    #[test]
    fn a_phase_is_late_by_its_gate_alone() {
        let mut plan = plan();
        let standing = |plan: &Plan, iso: &str| plan.by_phase(day(iso))[0].standing;
        assert_eq!(standing(&plan, "2026-05-13"), PhaseStanding::Running);
        assert_eq!(standing(&plan, "2026-05-14"), PhaseStanding::Late { days: 1 });
        plan.milestones[1].done_on = Some(day("2026-05-20"));
        assert_eq!(standing(&plan, "2026-05-19"), PhaseStanding::Late { days: 6 });
        assert_eq!(standing(&plan, "2026-05-20"), PhaseStanding::Over, "a is open, and no gate");
        assert_eq!(plan.by_phase(day("2026-05-13"))[1].standing, PhaseStanding::Ahead);
    }

    #[test]
    fn work_ahead_of_its_day_is_slippage_below_nothing() {
        let mut plan = plan();
        plan.milestones[3].done_on = Some(day("2026-05-05"));
        assert_eq!(points(plan.figures(day("2026-05-05")).slippage()), Some(-40));
        let empty = Plan { milestones: Vec::new(), ..plan };
        assert_eq!(points(empty.figures(day("2026-05-05")).progress), None, "no data, not 0");
    }

    /// The ninety days replayed: what is expected changes on the due days and on no other.
    #[test]
    fn ninety_days_day_by_day() {
        let plan = Template::read(SHIPPED[0]).unwrap().start(day("2026-11-16"));
        let mut steps = Vec::new();
        let mut before = 0;
        for number in 1..=90 {
            let expected = plan.figures(plan.date(number)).expected;
            if expected.part != before {
                before = expected.part;
                steps.push((number, expected.part));
            }
        }
        assert_eq!(
            steps,
            [
                (7, 1),
                (14, 3),
                (21, 4),
                (24, 5),
                (30, 8),
                (38, 10),
                (45, 12),
                (52, 13),
                (60, 16),
                (66, 17),
                (75, 18),
                (80, 20),
                (90, 23)
            ]
        );
        assert_eq!(plan.date(90), day("2027-02-13"));
        assert_eq!(plan.figures(plan.date(90)).expected.whole, 23);
    }

    proptest! {
        #[test]
        fn phases_sum_to_the_plan(done in prop::collection::vec(prop::option::of(0_u64..40), 4), at in 0_u64..40) {
            let mut plan = plan();
            for (one, done) in plan.milestones.iter_mut().zip(&done) {
                one.done_on = done.map(|days| day("2026-05-01") + chrono::Days::new(days));
            }
            let today = day("2026-05-01") + chrono::Days::new(at);
            let whole = plan.figures(today);
            let phases = plan.by_phase(today);
            let sum = |part: fn(&Figures) -> i64| phases.iter().map(|phase| part(&phase.figures)).sum::<i64>();
            prop_assert_eq!(sum(|figures| figures.progress.part), whole.progress.part);
            prop_assert_eq!(sum(|figures| figures.expected.part), whole.expected.part);
            prop_assert_eq!(sum(|figures| figures.progress.whole), 10);
            let next = plan.figures(today + chrono::Days::new(1));
            prop_assert!(next.progress.part >= whole.progress.part && next.expected.part >= whole.expected.part);
        }
    }
}
