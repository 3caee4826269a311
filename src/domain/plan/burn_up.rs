//! The line of a plan as points: what was expected and what was done by the end of each day.

use chrono::NaiveDate;

use super::Plan;

/// One day of the line, in weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub day: u32,
    pub expected: i64,
    /// Nothing for days that have not come.
    pub done: Option<i64>,
}

impl Plan {
    /// A point for day 0 and each day of the plan, and on to today while something is open after
    /// its end.
    #[must_use]
    pub fn burn_up(&self, today: NaiveDate) -> Vec<Point> {
        let open = self.milestones.iter().any(|one| !one.is_done_by(today));
        let now = u32::try_from(self.day(today).max(0)).unwrap_or(0);
        let last = if open { self.days.max(now.min(self.days * 2)) } else { self.days };
        let sum = |counts: &dyn Fn(&super::Milestone) -> bool| -> i64 {
            self.milestones.iter().filter(|one| counts(one)).map(|one| i64::from(one.weight)).sum()
        };
        let point = |day: u32| {
            let date = if day == 0 { self.start.pred_opt() } else { Some(self.date(day)) };
            let date = date.unwrap_or(self.start);
            Point {
                day,
                expected: sum(&|one| one.due_day <= day),
                done: (date <= today).then(|| sum(&|one| one.is_done_by(date))),
            }
        };
        (0..=last).map(point).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::plan;
    use super::*;
    use crate::domain::day::fixture::day;

    #[test]
    fn a_point_a_day_and_nothing_known_of_tomorrow() {
        let mut plan = plan();
        plan.milestones[0].done_on = Some(day("2026-05-06"));
        let points = plan.burn_up(day("2026-05-07"));
        assert_eq!(points.len(), 31);
        assert_eq!(points[0], Point { day: 0, expected: 0, done: Some(0) });
        assert_eq!(points[3], Point { day: 3, expected: 0, done: Some(1) });
        assert_eq!(points[5], Point { day: 5, expected: 1, done: None });
        assert_eq!(points[30], Point { day: 30, expected: 10, done: None });
        for pair in points.windows(2) {
            assert!(pair[0].expected <= pair[1].expected);
        }
    }

    #[test]
    fn the_line_goes_on_while_something_is_open() {
        let mut plan = plan();
        assert_eq!(plan.burn_up(day("2026-06-10")).last().unwrap().day, 38);
        for one in &mut plan.milestones {
            one.done_on = Some(day("2026-06-01"));
        }
        let last = *plan.burn_up(day("2026-06-10")).last().unwrap();
        assert_eq!(last, Point { day: 30, expected: 10, done: Some(10) });
        assert_eq!(plan.burn_up(day("2026-04-01"))[0].done, None, "before it began");
    }
}
