//! Moving the days of a plan on purpose: with a reason, and without losing what was promised
//! first. What is done stays where it was.

use chrono::NaiveDate;

use super::super::refusal::Refusal;
use super::{Phase, Plan};

/// The days as they stood before a re-baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The day of the re-baseline.
    pub until: NaiveDate,
    pub reason: String,
    pub days: u32,
    pub phases: Vec<Phase>,
    /// Key and due day of every milestone.
    pub due: Vec<(String, u32)>,
}

impl Plan {
    /// The plan with these milestones on other days. The last phase grows when one moves past it.
    ///
    /// # Errors
    /// Without a reason, for a milestone that is not there or done, and when nothing moves.
    pub fn rebase(
        &self,
        moves: &[(&str, u32)],
        reason: &str,
        on: NaiveDate,
    ) -> Result<Self, Refusal> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::input("a re-baseline needs a reason")
                .hint("say in a line what changed since the plan was made"));
        }
        let mut plan = self.clone();
        for (key, day) in moves {
            let Some(one) = plan.milestones.iter_mut().find(|one| one.key == *key) else {
                return Err(Refusal::missing(format!("the plan has no milestone “{key}”")));
            };
            if one.done_on.is_some() {
                return Err(Refusal::input(format!(
                    "“{}” is done and stays where it was",
                    one.title
                )));
            }
            if *day == 0 {
                return Err(Refusal::input("the first day of a plan is day 1"));
            }
            if *day > self.furthest() {
                let what = format!(
                    "day {day} lies past day {}, twice as long as the plan was made for",
                    self.furthest()
                );
                return Err(Refusal::input(what)
                    .hint("what moves so far belongs in a plan of its own: prewire plan start"));
            }
            one.due_day = *day;
        }
        if plan.milestones == self.milestones {
            return Err(Refusal::input("nothing moves"));
        }
        plan.baselines.push(Baseline {
            until: on,
            reason: reason.to_owned(),
            days: self.days,
            phases: self.phases.clone(),
            due: self.milestones.iter().map(|one| (one.key.clone(), one.due_day)).collect(),
        });
        plan.milestones.sort_by_key(|one| one.due_day);
        let last = plan.milestones.iter().map(|one| one.due_day).max().unwrap_or(0);
        plan.days = plan.days.max(last);
        if let Some(phase) = plan.phases.last_mut() {
            phase.last_day = plan.days;
        }
        Ok(plan)
    }

    /// The last day that a milestone may move to: twice as far as the plan was made for.
    #[must_use]
    pub fn furthest(&self) -> u32 {
        let made = self.baselines.first().map_or(self.days, |first| first.days);
        made.saturating_mul(2).max(self.days)
    }

    /// The plan as it was first made, with what has been done since: what slippage against the
    /// original is measured on. Milestones that came later are not in it.
    #[must_use]
    pub fn as_first_made(&self) -> Self {
        let Some(first) = self.baselines.first() else {
            return self.clone();
        };
        let mut plan = self.clone();
        plan.days = first.days;
        plan.phases.clone_from(&first.phases);
        plan.baselines.clear();
        plan.milestones.retain_mut(|one| {
            let due = first.due.iter().find(|(key, _)| *key == one.key);
            one.due_day = due.map_or(one.due_day, |(_, day)| *day);
            due.is_some()
        });
        plan.milestones.sort_by_key(|one| one.due_day);
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{milestone, plan};
    use crate::domain::day::fixture::day;

    #[test]
    fn the_original_stays_through_two_moves() {
        let made = plan();
        let on = day("2026-05-15");
        let once = made.rebase(&[("b", 14), ("d", 37)], "the launch moved", on).unwrap();
        assert_eq!((once.days, once.phases[2].last_day), (37, 37));
        let mut twice = once.rebase(&[("b", 18)], "two rounds more", on).unwrap();
        twice.milestones.push(milestone("e", 20, 1));
        assert_eq!(twice.baselines.len(), 2);
        assert_eq!(twice.as_first_made(), made);
        assert_eq!(made.as_first_made(), made);
        // Against today's days nothing is late; against the first ones a gate is.
        assert_eq!(once.figures(on).slippage().part, 1);
        assert_eq!(once.as_first_made().figures(on).slippage().part, 4);
    }

    #[test]
    fn a_move_needs_a_reason_and_something_open() {
        let mut plan = plan();
        plan.milestones[0].done_on = Some(day("2026-05-08"));
        let on = day("2026-05-15");
        let refused = |moves: &[(&str, u32)], why| plan.rebase(moves, why, on).unwrap_err().what;
        assert_eq!(refused(&[("b", 12)], " "), "a re-baseline needs a reason");
        assert_eq!(refused(&[("a", 12)], "late"), "“a” is done and stays where it was");
        assert_eq!(refused(&[("x", 12)], "late"), "the plan has no milestone “x”");
        assert_eq!(refused(&[("b", 10)], "late"), "nothing moves");
        assert_eq!(refused(&[("b", 0)], "late"), "the first day of a plan is day 1");
    }
}
