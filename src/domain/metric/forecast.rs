//! Where a series goes: nowhere as long as it shows no signal now, else along its robust slope,
//! which is told as a course where it is more than a step; what is needed per week beside it, and the day on which the target is
//! met.

use chrono::{Days, NaiveDate};

use super::chart::Chart;
use super::goal::{Aim, Goal};
use super::reading::Observation;
use super::trend::{Line, is_steady};

/// Fewer observations have no forecast.
pub const FEWEST: usize = 6;
/// The slope is that of the last so many.
const LAST: usize = 8;
const DAYS_A_WEEK: f64 = 7.0;
/// A day further away than ten years is no answer.
const FURTHEST_WEEKS: f64 = 520.0;

/// How the series moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    FlatWithinNoise,
    Rising,
    Falling,
    /// A signal, and yet no course: a step, or a turn.
    Level,
}

/// What is to be expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    pub course: Course,
    /// The figure to expect on the due day, else now.
    pub expected: f64,
    pub trending_per_week: f64,
    /// The place of the first of the points whose slope it is; of a slope alone.
    pub from: Option<usize>,
    /// What each week up to the due day must bring; `None` without a target, when it is reached,
    /// and when no day is left.
    pub needed_per_week: Option<f64>,
    /// The day on which the line meets the target, if it ever does.
    pub met_on: Option<NaiveDate>,
}

impl Forecast {
    /// The forecast of these observations, oldest first, of which `chart` is the chart of those
    /// that have a value. `None` with fewer than six values.
    #[must_use]
    pub fn of(
        observations: &[Observation],
        chart: &Chart,
        goal: Option<&Goal>,
        today: NaiveDate,
    ) -> Option<Self> {
        let counted = chart.points.saturating_sub(chart.from);
        let limits = chart.limits.filter(|_| counted >= FEWEST)?;
        let backwards = observations.iter().rev();
        let valued = backwards.filter_map(|one| Some((one.period.last(), one.value()?)));
        let mut recent: Vec<(NaiveDate, f64)> = valued.take(LAST.min(counted)).collect();
        recent.reverse();
        let (newest, current) = *recent.last()?;
        let points = in_weeks(&recent, newest);
        // The figures are those of the slope; it is told as a course only where it is one.
        let (course, line) = match (chart.present(), Line::through(&points)) {
            (None, _) | (Some(_), None) => (Course::FlatWithinNoise, level(limits.centre)),
            (Some(_), Some(line)) if !is_steady(&points, line) => (Course::Level, line),
            (Some(_), Some(line)) if line.slope > 0.0 => (Course::Rising, line),
            (Some(_), Some(line)) => (Course::Falling, line),
        };
        let slopes = matches!(course, Course::Rising | Course::Falling);
        let aim = goal.map(|goal| goal.aim);
        let ahead = goal.map_or(0.0, |goal| weeks(newest, goal.due.max(newest)));
        Some(Self {
            course,
            expected: line.at(ahead),
            trending_per_week: line.slope,
            from: slopes.then_some(chart.points - recent.len()),
            needed_per_week: goal.and_then(|goal| needed(goal, current, today)),
            met_on: aim.and_then(|aim| met_on(aim, line, (newest, current), today)),
        })
    }
}

fn level(at: f64) -> Line {
    Line { slope: 0.0, intercept: at }
}

/// Days as weeks beside the newest one.
fn in_weeks(values: &[(NaiveDate, f64)], newest: NaiveDate) -> Vec<(f64, f64)> {
    values.iter().map(|(day, value)| (weeks(newest, *day), *value)).collect()
}

fn weeks(from: NaiveDate, to: NaiveDate) -> f64 {
    let days = to.signed_duration_since(from).num_days();
    i32::try_from(days).map_or(0.0, f64::from) / DAYS_A_WEEK
}

fn is_reached(aim: Aim, current: f64) -> bool {
    match aim {
        Aim::Up { target, .. } => current >= target,
        Aim::Down { target, .. } => current <= target,
        Aim::Range { low, high } => (low..=high).contains(&current),
    }
}

fn needed(goal: &Goal, current: f64, today: NaiveDate) -> Option<f64> {
    let target = goal.aim.target().filter(|_| !is_reached(goal.aim, current))?;
    let left = weeks(today, goal.due);
    (left > 0.0).then(|| (target - current) / left)
}

fn met_on(
    aim: Aim,
    line: Line,
    (newest, current): (NaiveDate, f64),
    today: NaiveDate,
) -> Option<NaiveDate> {
    let target = aim.target()?;
    if is_reached(aim, current) {
        return Some(newest.min(today));
    }
    let towards = match aim {
        Aim::Up { .. } => line.slope > 0.0,
        Aim::Down { .. } => line.slope < 0.0,
        Aim::Range { .. } => false,
    };
    let ahead = (target - line.intercept) / line.slope;
    if !towards || !ahead.is_finite() || ahead > FURTHEST_WEEKS {
        return None;
    }
    let days = whole(ahead * DAYS_A_WEEK);
    Some(newest.checked_add_days(Days::new(days))?.max(today))
}

/// Whole days, rounded up; nothing below 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "within 0 and the days of ten years"
)]
fn whole(days: f64) -> u64 {
    days.clamp(0.0, FURTHEST_WEEKS * DAYS_A_WEEK).ceil() as u64
}

#[cfg(test)]
mod tests {
    use super::super::chart::Bounds;
    use super::super::fixture::{day, weeks};
    use super::*;

    fn chart(rows: &[Observation]) -> Chart {
        let values: Vec<f64> = rows.iter().filter_map(Observation::value).collect();
        Chart::of(&values, 0, Bounds::default())
    }

    fn goal(baseline: f64, target: f64, due: &str) -> Goal {
        let aim = if target < baseline {
            Aim::Down { baseline, target }
        } else {
            Aim::Up { baseline, target }
        };
        Goal { aim, starts_on: day("2026-01-01"), due: day(due) }
    }

    #[test]
    fn without_a_signal_the_forecast_is_the_mean() {
        let rows = weeks("2026-W11", &[21.0, 19.0, 23.0, 22.0, 20.0, 18.0, 24.0, 21.0]);
        let goal = goal(18.0, 30.0, "2026-06-28");
        // The last week ends on 10 May; five weeks are left on 24 May.
        let found = Forecast::of(&rows, &chart(&rows), Some(&goal), day("2026-05-24")).unwrap();
        assert_eq!(found.course, Course::FlatWithinNoise);
        assert!((found.expected - 21.0).abs() < 1e-9);
        assert!(found.trending_per_week.abs() < 1e-12);
        assert!((found.needed_per_week.unwrap() - 9.0 / 5.0).abs() < 1e-9);
        assert_eq!(found.met_on, None);
    }

    #[test]
    fn fewer_than_six_values_have_no_forecast() {
        let rows = weeks("2026-W11", &[1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(Forecast::of(&rows, &chart(&rows), None, day("2026-05-24")), None);
        assert_eq!(Forecast::of(&[], &Chart::default(), None, day("2026-05-24")), None);
    }

    #[test]
    fn a_steady_climb_meets_its_target_on_a_day() {
        let climb: Vec<f64> = (0..20).map(f64::from).collect();
        let rows = weeks("2026-W01", &climb);
        // The last week, the twentieth, ends on 17 May at 19; 23 is four weeks away.
        let goal = goal(0.0, 23.0, "2026-07-05");
        let found = Forecast::of(&rows, &chart(&rows), Some(&goal), day("2026-05-18")).unwrap();
        assert_eq!(found.course, Course::Rising);
        assert!((found.trending_per_week - 1.0).abs() < 1e-9);
        assert_eq!(found.met_on, Some(day("2026-06-14")));
        assert!((found.expected - 26.0).abs() < 1e-9);
    }

    #[test]
    fn a_fall_away_from_the_target_never_meets_it() {
        let fall: Vec<f64> = (0..20).map(|at| 40.0 - f64::from(at)).collect();
        let rows = weeks("2026-W01", &fall);
        let up = goal(40.0, 50.0, "2026-07-05");
        let found = Forecast::of(&rows, &chart(&rows), Some(&up), day("2026-05-18")).unwrap();
        assert_eq!((found.course, found.met_on), (Course::Falling, None));
        let down = goal(40.0, 18.0, "2026-07-05");
        let found = Forecast::of(&rows, &chart(&rows), Some(&down), day("2026-05-18")).unwrap();
        assert_eq!(found.met_on, Some(day("2026-06-07")));
        let reached = goal(40.0, 30.0, "2026-07-05");
        let found = Forecast::of(&rows, &chart(&rows), Some(&reached), day("2026-05-18")).unwrap();
        assert_eq!((found.needed_per_week, found.met_on), (None, Some(day("2026-05-17"))));
    }
}
