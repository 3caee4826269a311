//! Process behaviour charts (XmR): natural limits out of the moving ranges, and the three rules
//! that tell a signal from noise. Limits are locked on the first twelve points, and begin anew
//! only where somebody said why.

use chrono::NaiveDate;

use super::reading::Observation;
use super::unit::Unit;
use super::{ROUNDING, mean};
use crate::domain::refusal::Refusal;

/// Three sigma of single values, in mean moving ranges of two.
const TO_LIMIT: f64 = 2.66;
/// The upper limit of a moving range, in mean moving ranges.
const TO_RANGE_LIMIT: f64 = 3.27;
/// Fewer points have no limits.
const FEWEST: usize = 6;
/// So many points lock the limits [D].
const LOCKED_ON: usize = 12;
/// Points on one side that make a run.
const RUN: usize = 8;
/// Of so many points in a row …
const WINDOW: usize = 4;
/// … so many nearer the same limit than the centre.
const NEAR: usize = 3;

/// The least and the most that a figure can be.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Bounds {
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// How firm the limits are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// From 6 to 11 points.
    Provisional,
    Locked,
}

/// The limits of a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    pub centre: f64,
    pub mean_range: f64,
    /// As drawn: never below or above what the figure can be.
    pub low: f64,
    pub high: f64,
    /// A moving range above this is a jump.
    pub range: f64,
    pub standing: Standing,
    natural: (f64, f64),
}

/// Which rule a signal breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Outside,
    NearLimit,
    Run,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Above,
    Below,
}

/// A signal over some points, by their places in the series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    pub rule: Rule,
    pub side: Side,
    pub from: usize,
    pub to: usize,
}

/// Limits and signals of a series, oldest first.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Chart {
    /// The place of the first point that counts.
    pub from: usize,
    /// How many points there are, with those that do not count.
    pub points: usize,
    pub limits: Option<Limits>,
    /// By the place where each ends.
    pub signals: Vec<Signal>,
    /// Places of points that lie further from the one before than the range limit.
    pub jumps: Vec<usize>,
}

/// A reason to begin the limits anew from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebase {
    pub on: NaiveDate,
    pub reason: String,
}

impl Rebase {
    /// # Errors
    /// Without a reason.
    pub fn new(on: NaiveDate, reason: &str) -> Result<Self, Refusal> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Refusal::input("limits are re-based only with a reason")
                .hint("say what changed in the process itself"));
        }
        Ok(Self { on, reason })
    }
}

/// The place among those with a value from which points count: the first period that holds the day
/// of the last re-base or begins after it.
#[must_use]
pub fn base(observations: &[Observation], rebases: &[Rebase]) -> usize {
    let Some(last) = rebases.iter().map(|rebase| rebase.on).max() else {
        return 0;
    };
    let valued = || observations.iter().filter(|one| one.value().is_some());
    valued().position(|one| one.period.last() >= last).unwrap_or_else(|| valued().count())
}

impl Limits {
    /// The limits of these points; `None` under six.
    #[must_use]
    pub fn of(points: &[f64], bounds: Bounds) -> Option<Self> {
        if points.len() < FEWEST {
            return None;
        }
        let standing =
            if points.len() < LOCKED_ON { Standing::Provisional } else { Standing::Locked };
        Self::on(&points[..points.len().min(LOCKED_ON)], bounds, standing)
    }

    /// `limits 22.1 % to 27.3 %, centre 24.7 %, provisional`.
    #[must_use]
    pub fn words(&self, unit: Unit) -> String {
        let (low, high) = (unit.show(self.low), unit.show(self.high));
        let standing = match self.standing {
            Standing::Provisional => ", provisional",
            Standing::Locked => "",
        };
        format!("limits {low} to {high}, centre {}{standing}", unit.show(self.centre))
    }

    /// The limits on all of these points.
    fn on(points: &[f64], bounds: Bounds, standing: Standing) -> Option<Self> {
        let ranges: Vec<f64> = points.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
        let (centre, mean_range) = (mean(points)?, mean(&ranges)?);
        let natural = (centre - TO_LIMIT * mean_range, centre + TO_LIMIT * mean_range);
        Some(Self {
            centre,
            mean_range,
            low: bounds.low.map_or(natural.0, |low| natural.0.max(low)),
            high: bounds.high.map_or(natural.1, |high| natural.1.min(high)),
            range: TO_RANGE_LIMIT * mean_range,
            standing,
            natural,
        })
    }

    /// The side on which the value lies; `None` on the centre.
    fn side(&self, value: f64) -> Option<Side> {
        let slack = self.slack(value);
        if value > self.centre + slack {
            Some(Side::Above)
        } else if value < self.centre - slack {
            Some(Side::Below)
        } else {
            None
        }
    }

    fn is_outside(&self, value: f64) -> bool {
        let slack = self.slack(value);
        value > self.natural.1 + slack || value < self.natural.0 - slack
    }

    /// Whether the value lies nearer its limit than the centre. Natural limits count here: one
    /// that is cut at 0 says where figures end, not how they spread.
    fn is_near_limit(&self, value: f64) -> bool {
        let half = TO_LIMIT * self.mean_range / 2.0;
        (value - self.centre).abs() > half + self.slack(value)
    }

    fn slack(&self, value: f64) -> f64 {
        ROUNDING * self.centre.abs().max(value.abs())
    }
}

impl Chart {
    /// The chart of these values, of which those before `from` only lie before a re-base.
    #[must_use]
    pub fn of(values: &[f64], from: usize, bounds: Bounds) -> Self {
        let from = from.min(values.len());
        let points = &values[from..];
        let Some(limits) = Limits::of(points, bounds) else {
            return Self { from, points: values.len(), ..Self::default() };
        };
        let mut signals: Vec<Signal> = outside(points, &limits)
            .into_iter()
            .chain(near_limit(points, &limits))
            .chain(runs(points, &limits))
            .map(|signal| Signal { from: signal.from + from, to: signal.to + from, ..signal })
            .collect();
        signals.sort_by_key(|signal| (signal.to, signal.from));
        let wide = |pair: &[f64]| (pair[1] - pair[0]).abs() > limits.range + limits.slack(pair[1]);
        let pairs = points.windows(2).enumerate().filter(|(_, pair)| wide(pair));
        let jumps = pairs.map(|(place, _)| from + place + 1).collect();
        Self { from, points: values.len(), limits: Some(limits), signals, jumps }
    }

    /// The signal that the newest point is part of: what holds now, and since which point without
    /// a break. An outlier that the series came back from is history, and no present course.
    #[must_use]
    pub fn present(&self) -> Option<Signal> {
        let last = self.points.checked_sub(1)?;
        let now = |rule: Rule| {
            self.signals.iter().rev().find(|one| one.rule == rule && one.to == last).copied()
        };
        // Outside is told of each point alone; those side by side are one.
        let outside = now(Rule::Outside).map(|mut signal| {
            let earlier = self.signals.iter().rev();
            for one in earlier.filter(|one| one.rule == Rule::Outside && one.side == signal.side) {
                if one.to + 1 == signal.from {
                    signal.from = one.from;
                }
            }
            signal
        });
        outside.or_else(|| now(Rule::Run)).or_else(|| now(Rule::NearLimit))
    }

    /// Where the newest signal ended, that of now included.
    #[must_use]
    pub fn last_signalled(&self) -> Option<usize> {
        self.signals.last().map(|signal| signal.to)
    }
}

fn outside(points: &[f64], limits: &Limits) -> Vec<Signal> {
    let found = points.iter().enumerate().filter(|(_, value)| limits.is_outside(**value));
    found
        .filter_map(|(at, value)| {
            let side = limits.side(*value)?;
            Some(Signal { rule: Rule::Outside, side, from: at, to: at })
        })
        .collect()
}

/// Windows of four that hold three, those that overlap on one side as one.
fn near_limit(points: &[f64], limits: &Limits) -> Vec<Signal> {
    let near = |value: &f64| limits.side(*value).filter(|_| limits.is_near_limit(*value));
    let near: Vec<Option<Side>> = points.iter().map(near).collect();
    let mut found: Vec<Signal> = Vec::new();
    for (start, window) in near.windows(WINDOW).enumerate() {
        for side in [Side::Above, Side::Below] {
            let is_there = |one: &Option<Side>| *one == Some(side);
            if window.iter().filter(|one| is_there(one)).count() < NEAR {
                continue;
            }
            let ends = window.iter().position(is_there).zip(window.iter().rposition(is_there));
            let Some((first, last)) = ends else { continue };
            // What the newest four hold, holds now, whichever three of them it is.
            let is_newest = start + WINDOW == points.len();
            let (from, to) = (start + first, start + if is_newest { WINDOW - 1 } else { last });
            match found.iter_mut().rev().find(|signal| signal.side == side) {
                Some(before) if before.to >= from => before.to = before.to.max(to),
                Some(_) | None => found.push(Signal { rule: Rule::NearLimit, side, from, to }),
            }
        }
    }
    found
}

/// Eight or more in a row on one side; a point on the centre ends a run.
fn runs(points: &[f64], limits: &Limits) -> Vec<Signal> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < points.len() {
        let side = limits.side(points[start]);
        let same = |value: &&f64| limits.side(**value) == side;
        let length = points[start..].iter().take_while(same).count();
        if let Some(side) = side.filter(|_| length >= RUN) {
            found.push(Signal { rule: Rule::Run, side, from: start, to: start + length - 1 });
        }
        start += length.max(1);
    }
    found
}

#[cfg(test)]
mod tests;
