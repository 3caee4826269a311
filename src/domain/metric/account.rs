//! Where a metric stands, all of it: the newest figure, its status, its noise, its age and the one
//! sentence. Made once out of readings and terms; pane, page, chart, JSON and reports show it.

use chrono::NaiveDate;

use super::age::{Age, Freshness};
use super::chart::{Bounds, Chart, Rebase, Side, base};
use super::deals::Currency;
use super::forecast::{Course, Forecast};
use super::goal::{Aim, Goal, Status};
use super::interval::{Interval, Movement};
use super::period::Period;
use super::reading::{Observation, Reading};
use super::sentence::Told;
use super::spark;
use super::terms::Terms;

/// Where a metric stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    pub terms: Terms,
    pub goal: Option<Goal>,
    pub newest: Option<Observation>,
    /// `None` without a goal.
    pub status: Option<Status>,
    pub age: Option<Age>,
    /// Whether the period of the newest figure still runs.
    pub running: bool,
    pub chart: Chart,
    pub forecast: Option<Forecast>,
    /// The side of the signal that the newest figure is part of.
    pub signal: Option<Side>,
    /// The values of thirteen periods up to the last that is over, or to the newest figure where
    /// its period still runs; gaps kept.
    pub spark: Vec<Option<f64>>,
    /// How far the newest share may lie from the truth; `None` of what is not counted k of n.
    pub interval: Option<Interval>,
    /// What became of the share since the reading with which the way to the target began.
    pub moved: Option<(Period, Movement)>,
    /// `31 of 129 · 3 d old`.
    pub sample: Option<String>,
    /// The end of it: `3 d old`.
    pub aged: Option<String>,
    /// What its figures are in, of money.
    pub currency: Option<Currency>,
    /// `Flat within noise since March`.
    pub course: String,
}

/// Periods after the newest figure beyond which no line is drawn to this day.
const FURTHEST: usize = 4_000;

/// The readings that count, in the order of their periods: of several for one period the one that
/// was told last.
#[must_use]
pub fn counted(told: Vec<Observation>) -> Vec<Observation> {
    // As they are told as a rule: one after the other, each once.
    if told.is_sorted_by(|one, next| one.period.first() < next.period.first()) {
        return told;
    }
    let mut rows: Vec<Observation> = Vec::with_capacity(told.len());
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.sort_by_key(|at| (told[*at].period.first(), told[*at].period.cadence(), *at));
    for at in order {
        let one = told[at];
        match rows.last_mut() {
            Some(last) if last.period == one.period => *last = one,
            Some(_) | None => rows.push(one),
        }
    }
    rows
}

impl Account {
    /// `observations` as `counted` gives them.
    #[must_use]
    pub fn of(
        terms: Terms,
        goal: Option<Goal>,
        observations: &[Observation],
        rebases: &[Rebase],
        today: NaiveDate,
    ) -> Self {
        let values: Vec<f64> = observations.iter().filter_map(Observation::value).collect();
        let from = base(observations, rebases);
        let chart = Chart::of(&values, from, bounds(terms, &values));
        let forecast = Forecast::of(observations, &chart, goal.as_ref(), today);
        let newest = observations.last().copied();
        let current = newest.and_then(|one| one.value());
        let told = Told {
            unit: terms.unit,
            observations,
            chart: &chart,
            forecast: forecast.as_ref(),
            cadence: terms.cadence,
            today,
        };
        let (sample, aged, course) = (told.sample(), told.aged(), told.course());
        let age = newest.map(|one| Age::of(one.period, terms.cadence, today));
        let running = newest.is_some_and(|one| !one.period.is_complete(today));
        let status = goal.map(|goal| goal.status(current, today));
        let signal = chart.present().map(|signal| signal.side);
        let last = newest.map_or_else(|| Period::of(today, terms.cadence, 1), |one| one.period);
        // The line ends where time does, so that the columns of several metrics are one period.
        let over = std::iter::successors(Some(last), |one| Some(one.next()));
        let over = over.take(FURTHEST).take_while(|one| *one == last || one.is_complete(today));
        let last = over.last().unwrap_or(last);
        let spark = spark::values(observations, last);
        Self {
            terms,
            goal,
            newest,
            status,
            age,
            running,
            chart,
            forecast,
            signal,
            spark,
            interval: newest.and_then(|one| Interval::of_reading(one.reading)),
            moved: moved(observations, goal.as_ref()),
            sample,
            aged,
            currency: None,
            course,
        }
    }

    /// What stands beside the newest figure takes the place of how many it was counted on.
    pub fn note(&mut self, words: &str) {
        if let Some(aged) = self.aged.as_ref().filter(|_| !words.is_empty()) {
            self.sample = Some(format!("{words} · {aged}"));
        }
    }

    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.newest.and_then(|one| one.value())
    }

    /// The newest figure: `24 %`, `7 of 12`, `no data`.
    #[must_use]
    pub fn figure(&self) -> String {
        let Some(newest) = self.newest else { return "no data".to_owned() };
        let figure =
            self.apart(newest).unwrap_or_else(|| self.terms.unit.show_reading(newest.reading));
        match self.currency.filter(|_| newest.value().is_some()) {
            Some(currency) => format!("{figure} {currency}"),
            None => figure,
        }
    }

    /// The figure beside an edge of its goal that it would read the same as, and is not.
    fn apart(&self, newest: Observation) -> Option<String> {
        let unit = self.terms.unit;
        let (value, words) = (newest.value()?, unit.show_reading(newest.reading));
        let edges = self.goal?.aim.edges();
        edges.map(|edge| unit.show_apart(value, edge)).find(|apart| {
            // A small sample is told as k of n, whatever stands beside it.
            *apart != words && words == unit.show(value)
        })
    }

    /// What it is to become: `30 %`, `2 to 5 days`; empty without a goal.
    #[must_use]
    pub fn target(&self) -> String {
        let show = |value| self.terms.unit.show(value);
        match self.goal.map(|goal| goal.aim) {
            Some(Aim::Up { target, .. } | Aim::Down { target, .. }) => show(target),
            Some(Aim::Range { low, high }) if low.is_infinite() => {
                format!("at most {}", show(high))
            }
            Some(Aim::Range { low, high }) if high.is_infinite() => {
                format!("at least {}", show(low))
            }
            Some(Aim::Range { low, high }) => format!("{} to {}", show(low), show(high)),
            None => String::new(),
        }
    }

    /// The word beside it: its status, else what is missing.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match (self.status, self.value()) {
            (_, None) => "no data",
            (Some(status), Some(_)) => status.words(),
            (None, Some(_)) => "no target",
        }
    }

    /// The thirteen periods up to one that may lie after its own last: gaps at the end.
    #[must_use]
    pub fn spark_with(&self, periods_later: usize) -> Vec<Option<f64>> {
        let later = periods_later.min(self.spark.len());
        let mut line = self.spark[later..].to_vec();
        line.resize(self.spark.len(), None);
        line
    }

    /// Off track, and fresh enough to say so.
    #[must_use]
    pub fn is_off_track(&self) -> bool {
        self.status.is_some_and(Status::is_off_track)
    }

    #[must_use]
    pub fn freshness(&self) -> Freshness {
        self.age.map_or(Freshness::Dead, |age| age.freshness)
    }

    /// The size of the newest sample, when it is known.
    #[must_use]
    pub fn sample_size(&self) -> Option<u32> {
        self.newest.and_then(|one| one.reading.sample())
    }

    /// k and n of the newest reading.
    #[must_use]
    pub fn counts(&self) -> Option<(u32, u32)> {
        match self.newest?.reading {
            Reading::Share { k, n } => Some((k, n)),
            Reading::Number(_) => None,
        }
    }

    /// `target met on 14 June 2026`; nothing where the line never meets it, and of a step or a
    /// turn, whose slope is no course to count on.
    #[must_use]
    pub fn met(&self) -> Option<String> {
        let forecast = self.forecast.filter(|_| self.goal.is_some())?;
        let met = forecast.met_on?;
        let is_course = matches!(forecast.course, Course::Rising | Course::Falling);
        let is_reached = self.newest.is_some_and(|one| met <= one.period.last());
        (is_course || is_reached).then(|| format!("target met on {}", met.format("%-d %B %Y")))
    }

    /// The one honest sentence, with the sample behind it.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.sample {
            Some(sample) => format!("{}; {sample}", self.course),
            None => self.course.clone(),
        }
    }

    /// `20.1 to 32.6 % of 33 of 128; +1.6 points since 2026-W13, within noise`: what may be said of
    /// a share that was counted.
    #[must_use]
    pub fn likely(&self, fiscal_start_month: u32) -> Option<String> {
        let (interval, (k, n)) = (self.interval?, self.counts()?);
        let unit = self.terms.unit;
        let (low, high) = (unit.show(interval.low), unit.show(interval.high));
        let low = low.trim_end_matches(" %");
        let mut words = format!("{low} to {high} from {k} of {n}");
        if let Some((since, Movement { points: Some(points), verdict })) = self.moved {
            let change = unit.show_change(points / 100.0);
            let since = since.key(fiscal_start_month);
            words = format!("{words}; {change} since {since}, {}", verdict.words());
        }
        Some(words)
    }

    /// `needs +0.4 points a week, trends +0.1 points`, while there is a way to go.
    #[must_use]
    pub fn needed(&self) -> Option<String> {
        let forecast = self.forecast?;
        let needed = forecast.needed_per_week?;
        let unit = self.terms.unit;
        let trending = forecast.trending_per_week;
        let (needs, trends) = (unit.show_change(needed), unit.show_change(trending));
        // Two that only look alike are told apart.
        if needs == trends && (needed - trending).abs() > 0.02 * needed.abs() {
            let word = if trending.abs() < needed.abs() { "less" } else { "more" };
            return Some(format!("needs {needs} a week, trends a little {word}"));
        }
        Some(format!("needs {needs} a week, trends {trends}"))
    }
}

/// From the last share before the way to the target began, else from the first, to the newest.
fn moved(rows: &[Observation], goal: Option<&Goal>) -> Option<(Period, Movement)> {
    let is_share =
        |one: &&Observation| matches!(one.reading, Reading::Share { .. }) && one.value().is_some();
    let (newest, earlier) = rows.split_last()?;
    is_share(&newest).then_some(())?;
    let before = goal.and_then(|goal| {
        let before = |one: &&Observation| one.period.last() < goal.starts_on;
        earlier.iter().filter(is_share).rfind(before)
    });
    let baseline = before.or_else(|| earlier.iter().find(is_share))?;
    Some((baseline.period, Movement::of(baseline.reading, newest.reading)))
}

/// A figure that lies beyond what its unit allows knows no such bound.
fn bounds(terms: Terms, values: &[f64]) -> Bounds {
    let bounds = terms.unit.bounds();
    let holds = |within: fn(f64, f64) -> bool, bound: &f64| {
        values.iter().all(|value| within(*value, *bound))
    };
    Bounds {
        low: bounds.low.filter(|low| holds(|value, low| value >= low, low)),
        high: bounds.high.filter(|high| holds(|value, high| value <= high, high)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixture::{day, weeks};
    use super::super::goal::Direction;
    use super::super::period::Cadence;
    use super::super::unit::Unit;
    use super::*;

    const TERMS: Terms =
        Terms { unit: Unit::Share, direction: Direction::Up, cadence: Cadence::Weekly };

    fn goal(baseline: f64, target: f64) -> Goal {
        let aim = Aim::Up { baseline, target };
        Goal { aim, starts_on: day("2026-04-01"), due: day("2026-06-30") }
    }

    #[test]
    fn the_last_word_about_a_period_counts_and_periods_stand_in_order() {
        let mut told = weeks("2026-W15", &[0.1, 0.2, 0.3]);
        told.swap(0, 2);
        let mut correction = told[1];
        correction.reading = Reading::number(0.9).unwrap();
        told.push(correction);
        let values: Vec<f64> = counted(told).iter().filter_map(Observation::value).collect();
        assert_eq!(values, [0.1, 0.9, 0.3]);
    }

    #[test]
    fn nothing_is_no_data_and_not_nought() {
        let none = Account::of(TERMS, Some(goal(0.2, 0.3)), &[], &[], day("2026-05-06"));
        assert_eq!((none.figure().as_str(), none.word()), ("no data", "no data"));
        assert_eq!(none.sentence(), "No data");
        assert!(!none.is_off_track());
    }

    #[test]
    fn a_metric_without_a_goal_says_so() {
        let rows = weeks("2026-W18", &[0.2]);
        let found = Account::of(TERMS, None, &rows, &[], day("2026-05-06"));
        assert_eq!((found.word(), found.target().as_str()), ("no target", ""));
    }

    proptest! {
        /// A better figure is never in a worse state.
        #[test]
        fn status_is_monotone_in_the_value(one in 0.0..1.0_f64, other in 0.0..1.0_f64) {
            let status = |value: f64| {
                let rows = weeks("2026-W18", &[value]);
                Account::of(TERMS, Some(goal(0.2, 0.6)), &rows, &[], day("2026-05-20")).status
            };
            let (low, high) = (one.min(other), one.max(other));
            prop_assert!(status(low) <= status(high));
        }

        /// In other units the same series has the same status, signals and course.
        #[test]
        fn scaling_changes_nothing(
            values in prop::collection::vec(1.0..90.0_f64, 1..30),
            times in 0.5..40.0_f64,
        ) {
            let terms = Terms { unit: Unit::Points, ..TERMS };
            let of = |times: f64| {
                let scaled: Vec<f64> = values.iter().map(|value| value * times).collect();
                let rows = weeks("2025-W40", &scaled);
                let goal = goal(20.0 * times, 60.0 * times);
                Account::of(terms, Some(goal), &rows, &[], day("2026-05-20"))
            };
            let (plain, scaled) = (of(1.0), of(times));
            prop_assert_eq!(plain.status, scaled.status);
            prop_assert_eq!(plain.chart.signals, scaled.chart.signals);
            prop_assert_eq!(
                plain.forecast.map(|one| one.course),
                scaled.forecast.map(|one| one.course)
            );
        }
    }
}
