//! What is behind the word beside a metric: figure, attainment, pace, limits and forecast, each
//! with its formula and its inputs (`spec/3-model.md §3.4`).

use chrono::NaiveDate;

use super::account::Account;
use super::chart::Standing;
use super::forecast::Course;
use super::goal::{Aim, Goal, Status};
use super::reading::Reading;

/// A line for each figure that stands beside a metric.
#[must_use]
pub fn lines(account: &Account, (today, fiscal): (NaiveDate, u32)) -> Vec<String> {
    let unit = account.terms.unit;
    let Some(newest) = account.newest else {
        return vec!["No figure was told of it yet; no data is not 0.".to_owned()];
    };
    let mut lines = Vec::new();
    let counted = match newest.reading {
        Reading::Share { k, n } if n > 0 => format!("{k} of {n}"),
        Reading::Share { .. } | Reading::Number(_) => unit.show_reading(newest.reading),
    };
    let age = account.age.map_or_else(String::new, |age| format!(", {}", age.words()));
    lines.push(format!("Figure: {counted} in {}{age}.", newest.period.key(fiscal)));
    if let (Some(goal), Some(current)) = (account.goal, account.value()) {
        lines.extend(judged(account, goal, current, today));
    }
    if let Some(limits) = account.chart.limits {
        let firm = match limits.standing {
            Standing::Provisional => "provisional until there are 12",
            Standing::Locked => "locked on the first 12",
        };
        lines.push(format!(
            "Limits: mean {} ± 2.66 × mean moving range {} = {} to {}; {firm}.",
            unit.show(limits.centre),
            unit.show(limits.mean_range),
            unit.show(limits.low),
            unit.show(limits.high)
        ));
    }
    lines.push(match account.forecast {
        None => "Forecast: none with fewer than 6 figures.".to_owned(),
        Some(forecast) => {
            let way = match forecast.course {
                Course::FlatWithinNoise => "no signal now, so the mean",
                Course::Level => "a signal: the robust slope of the last 8, a step or a turn and so told as no course",
                Course::Rising | Course::Falling => "a signal: the robust slope of the last 8",
            };
            format!("Forecast: {way}, {}.", unit.show(forecast.expected))
        }
    });
    lines
}

fn judged(account: &Account, goal: Goal, current: f64, today: NaiveDate) -> Vec<String> {
    let unit = account.terms.unit;
    let word = account.word();
    let (baseline, target) = match goal.aim {
        Aim::Up { baseline, target } | Aim::Down { baseline, target } => (baseline, target),
        Aim::Range { .. } => return vec![format!("Status: {word}; {}.", account.target())],
    };
    let pace = goal.pace(today);
    let Some(attained) = goal.aim.attainment(current) else {
        return vec![format!("Status: {word}; the target is where it began, to be held.")];
    };
    let rule = match goal.status(Some(current), today) {
        Status::Achieved => "attainment is 1 or more".to_owned(),
        Status::TooEarly => "less than 10 % of the time is over".to_owned(),
        Status::OnTrack => format!("attainment ≥ 0.95 × pace = {:.2}", 0.95 * pace),
        Status::Behind => format!("0.75 × pace = {:.2} ≤ attainment < 0.95 × pace", 0.75 * pace),
        Status::AtRisk => format!("attainment < 0.75 × pace = {:.2}", 0.75 * pace),
        Status::OutOfRange | Status::InRange | Status::NoData => String::new(),
    };
    let day = |day: NaiveDate| day.format("%-d %B %Y").to_string();
    vec![
        format!(
            "Attainment: ({} − {}) ÷ ({} − {}) = {attained:.2}.",
            unit.show(current),
            unit.show(baseline),
            unit.show(target),
            unit.show(baseline)
        ),
        format!("Pace: {pace:.2} of the time from {} to {}.", day(goal.starts_on), day(goal.due)),
        format!("Status: {word}; {rule}."),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, weeks};
    use super::super::goal::Direction;
    use super::super::period::Cadence;
    use super::super::terms::Terms;
    use super::super::unit::Unit;
    use super::*;

    #[test]
    fn the_golden_down_metric_is_told_with_its_inputs() {
        let terms =
            Terms { unit: Unit::Days, direction: Direction::Down, cadence: Cadence::Weekly };
        let aim = Aim::Down { baseline: 40.0, target: 30.0 };
        let goal = Goal { aim, starts_on: day("2026-04-01"), due: day("2026-07-10") };
        let rows = weeks("2026-W21", &[35.0]);
        let today = day("2026-05-31");
        let account = Account::of(terms, Some(goal), &rows, &[], today);
        let told = lines(&account, (today, 1)).join("\n");
        assert!(told.contains("(35 days − 40 days) ÷ (30 days − 40 days) = 0.50"), "{told}");
        assert!(told.contains("Pace: 0.60"), "{told}");
        assert!(told.contains("Status: behind; 0.75 × pace = 0.45"), "{told}");
        assert!(told.contains("fewer than 6"), "{told}");
    }
}
