//! When a plan will end if what is left slips as what was due has slipped \[D\]: each open
//! milestone comes as late as the weighted mean of those due so far, and never before today.

use chrono::{Days, NaiveDate};

use super::Plan;

/// The end that is on course, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    pub planned: NaiveDate,
    pub expected: NaiveDate,
    /// By how many days a milestone due so far was late, on the weighted mean, rounded.
    pub mean_slip: u32,
    /// How many were due so far.
    pub due: usize,
}

impl Forecast {
    /// Days after the planned end; below nothing when it ends sooner.
    #[must_use]
    pub fn slip(&self) -> i64 {
        self.expected.signed_duration_since(self.planned).num_days()
    }

    #[must_use]
    pub fn words(&self) -> String {
        let rests = format!("{} due so far, {} d late on average", self.due, self.mean_slip);
        format!("on course to end {} ({rests})", self.end())
    }

    /// The same without what it rests on.
    #[must_use]
    pub fn brief(&self) -> String {
        format!("ends {}", self.end())
    }

    fn end(&self) -> String {
        let many = |count: i64| if count == 1 { "day" } else { "days" };
        match self.slip() {
            0 => "as planned".to_owned(),
            late @ 1.. => format!("{late} {} late", many(late)),
            early => format!("{} {} early", -early, many(-early)),
        }
    }
}

impl Plan {
    /// The forecast; nothing while no milestone was due yet.
    #[must_use]
    pub fn forecast(&self, today: NaiveDate) -> Option<Forecast> {
        let day = self.day(today);
        let planned = self.date(self.milestones.iter().map(|one| one.due_day).max()?);
        let (mut slips, mut weights, mut due) = (0_u64, 0_u64, 0);
        for one in self.milestones.iter().filter(|one| i64::from(one.due_day) <= day) {
            slips += u64::from(one.weight) * u64::from(self.slip(one, today));
            weights += u64::from(one.weight);
            due += 1;
        }
        if weights == 0 {
            return None;
        }
        let mean_slip = (slips * 2 + weights) / (weights * 2);
        let ends = self.milestones.iter().map(|one| {
            if let Some(done) = one.done_on.filter(|done| *done <= today) {
                return done;
            }
            let on_course = self.date(one.due_day).checked_add_days(Days::new(mean_slip));
            on_course.unwrap_or(NaiveDate::MAX).max(today)
        });
        let expected = ends.max()?;
        let mean_slip = u32::try_from(mean_slip).unwrap_or(u32::MAX);
        Some(Forecast { planned, expected, mean_slip, due })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::plan;
    use crate::domain::day::fixture::day;

    #[test]
    fn what_is_left_slips_as_what_was_due() {
        let mut plan = plan();
        assert_eq!(plan.forecast(day("2026-05-07")), None, "nothing was due by day 4");
        plan.milestones[0].done_on = Some(day("2026-05-10"));
        plan.milestones[1].done_on = Some(day("2026-05-19"));
        // 2 days late with weight 1, 6 days with weight 3: five days on average.
        let forecast = plan.forecast(day("2026-05-20")).unwrap();
        assert_eq!((forecast.mean_slip, forecast.due), (5, 2));
        assert_eq!((forecast.planned, forecast.expected), (day("2026-06-02"), day("2026-06-07")));
        assert_eq!(
            forecast.words(),
            "on course to end 5 days late (2 due so far, 5 d late on average)"
        );
    }

    #[test]
    fn a_plan_on_time_ends_on_time() {
        let mut plan = plan();
        plan.milestones[0].done_on = Some(day("2026-05-08"));
        plan.milestones[1].done_on = Some(day("2026-05-11"));
        let forecast = plan.forecast(day("2026-05-16")).unwrap();
        assert_eq!((forecast.slip(), forecast.mean_slip), (0, 0));
        for one in &mut plan.milestones {
            one.done_on = Some(day("2026-05-16"));
        }
        assert_eq!(plan.forecast(day("2026-05-20")).unwrap().slip(), -17);
    }

    #[test]
    fn what_is_open_after_the_end_is_not_forecast_into_the_past() {
        let forecast = plan().forecast(day("2027-01-01")).unwrap();
        assert!(forecast.expected >= day("2027-01-01"));
    }
}
