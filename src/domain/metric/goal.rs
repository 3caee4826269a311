//! Where a metric stands against what was promised: attainment beside pace, and the word for
//! it. Down metrics and ranges are judged by the same rule of three steps.

use chrono::NaiveDate;

use super::ROUNDING;

/// On track from this share of the pace [D].
const ON_TRACK: f64 = 0.95;
/// Behind from this share of the pace, at risk below [D].
const BEHIND: f64 = 0.75;
/// Before this share of the time nothing is said [D].
const TOO_EARLY: f64 = 0.10;

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    Up,
    Down,
    Range,
}

impl Direction {
    pub const ALL: [Self; 3] = [Self::Up, Self::Down, Self::Range];

    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Range => "range",
        }
    }

    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.slug() == slug)
    }
}

/// What the figure is to become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Aim {
    Up { baseline: f64, target: f64 },
    Down { baseline: f64, target: f64 },
    Range { low: f64, high: f64 },
}

impl Aim {
    /// The figure to reach; a range has none.
    #[must_use]
    pub fn target(self) -> Option<f64> {
        match self {
            Self::Up { target, .. } | Self::Down { target, .. } => Some(target),
            Self::Range { .. } => None,
        }
    }

    /// The figures at which its judgement turns.
    pub fn edges(self) -> impl Iterator<Item = f64> {
        let edges = match self {
            Self::Up { target, .. } | Self::Down { target, .. } => [target, f64::INFINITY],
            Self::Range { low, high } => [low, high],
        };
        edges.into_iter().filter(|edge| edge.is_finite())
    }

    /// The share of the way from baseline to target; `None` where there is no way to go.
    #[must_use]
    pub fn attainment(self, current: f64) -> Option<f64> {
        match self {
            Self::Up { baseline, target } | Self::Down { baseline, target } => {
                let way = target - baseline;
                (!is_nothing(way, target)).then(|| (current - baseline) / way)
            }
            Self::Range { .. } => None,
        }
    }
}

/// An aim with its time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    pub aim: Aim,
    /// The first day of the quarter unless set.
    pub starts_on: NaiveDate,
    pub due: NaiveDate,
}

/// The word beside a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    OutOfRange,
    AtRisk,
    Behind,
    NoData,
    TooEarly,
    OnTrack,
    InRange,
    Achieved,
}

impl Status {
    pub const ALL: [Self; 8] = [
        Self::OutOfRange,
        Self::AtRisk,
        Self::Behind,
        Self::NoData,
        Self::TooEarly,
        Self::OnTrack,
        Self::InRange,
        Self::Achieved,
    ];

    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::OutOfRange => "out of range",
            Self::AtRisk => "at risk",
            Self::Behind => "behind",
            Self::NoData => "no data",
            Self::TooEarly => "too early",
            Self::OnTrack => "on track",
            Self::InRange => "in range",
            Self::Achieved => "achieved",
        }
    }

    /// Whether it needs its narrative.
    #[must_use]
    pub fn is_off_track(self) -> bool {
        match self {
            Self::OutOfRange | Self::AtRisk | Self::Behind => true,
            Self::NoData | Self::TooEarly | Self::OnTrack | Self::InRange | Self::Achieved => false,
        }
    }
}

impl Goal {
    /// The share of the time that is over, from 0 to 1.
    #[must_use]
    pub fn pace(&self, today: NaiveDate) -> f64 {
        let days = |from: NaiveDate, to: NaiveDate| {
            i32::try_from(to.signed_duration_since(from).num_days()).map_or(0.0, f64::from)
        };
        let whole = days(self.starts_on, self.due);
        if whole <= 0.0 {
            return if today >= self.due { 1.0 } else { 0.0 };
        }
        (days(self.starts_on, today.min(self.due)) / whole).max(0.0)
    }

    /// The status of the current figure on that day.
    #[must_use]
    pub fn status(&self, current: Option<f64>, today: NaiveDate) -> Status {
        match current {
            Some(current) => status(self.aim, current, self.pace(today)),
            None => Status::NoData,
        }
    }
}

/// Judged in this order: achieved, too early, the rest. A range knows no pace.
#[must_use]
pub fn status(aim: Aim, current: f64, pace: f64) -> Status {
    let holding = match aim {
        Aim::Range { low, high } => {
            let inside = !is_less(current, low) && !is_less(high, current);
            return if inside { Status::InRange } else { Status::OutOfRange };
        }
        Aim::Up { target, .. } => !is_less(current, target),
        Aim::Down { target, .. } => !is_less(target, current),
    };
    let early = is_less(pace, TOO_EARLY);
    match aim.attainment(current) {
        Some(share) if !is_less(share, 1.0) => Status::Achieved,
        Some(_) | None if early => Status::TooEarly,
        Some(share) if !is_less(share, ON_TRACK * pace) => Status::OnTrack,
        Some(share) if !is_less(share, BEHIND * pace) => Status::Behind,
        None if holding => Status::OnTrack,
        Some(_) | None => Status::AtRisk,
    }
}

/// A roll-up in words, worst first, never an average: `2 behind, 1 on track`.
#[must_use]
pub fn roll_up(statuses: &[Status]) -> String {
    let mut parts = Vec::new();
    for status in Status::ALL {
        let count = statuses.iter().filter(|one| **one == status).count();
        if count > 0 {
            parts.push(format!("{count} {}", status.words()));
        }
    }
    if parts.is_empty() { Status::NoData.words().to_owned() } else { parts.join(", ") }
}

/// Less by more than rounding, so that a figure on the edge falls on its better side.
fn is_less(one: f64, other: f64) -> bool {
    one < other - ROUNDING * one.abs().max(other.abs())
}

fn is_nothing(way: f64, beside: f64) -> bool {
    way.abs() <= ROUNDING * beside.abs()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixture::day;
    use super::*;

    fn up(baseline: f64, target: f64) -> Aim {
        Aim::Up { baseline, target }
    }

    fn down(baseline: f64, target: f64) -> Aim {
        Aim::Down { baseline, target }
    }

    #[test]
    fn golden_down_metric() {
        let cycle = down(40.0, 30.0);
        assert!((cycle.attainment(35.0).unwrap() - 0.50).abs() < 1e-12);
        assert_eq!(status(cycle, 35.0, 0.6), Status::Behind);
    }

    #[test]
    fn golden_up_metric_past_its_target() {
        let rate = up(18.0, 25.0);
        assert_eq!(format!("{:.2}", rate.attainment(26.0).unwrap()), "1.14");
        assert_eq!(status(rate, 26.0, 0.6), Status::Achieved);
        assert_eq!(status(rate, 26.0, 0.05), Status::Achieved);
    }

    #[test]
    fn the_edges_fall_on_their_better_side() {
        let rate = up(0.0, 1.0);
        for (current, pace, expected) in [
            (0.95, 1.0, Status::OnTrack),
            (0.9499, 1.0, Status::Behind),
            (0.75, 1.0, Status::Behind),
            (0.7499, 1.0, Status::AtRisk),
            (0.57, 0.6, Status::OnTrack),
            (0.45, 0.6, Status::Behind),
            (1.0, 1.0, Status::Achieved),
            (0.0, 0.0999, Status::TooEarly),
            (0.0, 0.10, Status::AtRisk),
            (-0.5, 0.5, Status::AtRisk),
        ] {
            assert_eq!(status(rate, current, pace), expected, "{current} at {pace}");
        }
    }

    #[test]
    fn a_figure_to_hold_is_on_track_at_or_better() {
        assert_eq!(status(up(30.0, 30.0), 30.0, 0.5), Status::OnTrack);
        assert_eq!(status(up(30.0, 30.0), 29.0, 0.5), Status::AtRisk);
        assert_eq!(status(down(30.0, 30.0), 29.0, 0.5), Status::OnTrack);
        assert_eq!(status(down(30.0, 30.0), 31.0, 0.5), Status::AtRisk);
        assert_eq!(status(up(30.0, 30.0), 29.0, 0.05), Status::TooEarly);
        assert_eq!(status(up(0.0, 0.0), 0.0, 0.5), Status::OnTrack);
    }

    #[test]
    fn a_range_is_in_or_out() {
        let range = Aim::Range { low: 0.4, high: 0.6 };
        assert_eq!(status(range, 0.4, 0.0), Status::InRange);
        assert_eq!(status(range, 0.61, 0.0), Status::OutOfRange);
        assert!(Status::OutOfRange.is_off_track());
    }

    #[test]
    fn pace_runs_from_the_first_day_to_the_due_one() {
        let (starts_on, due) = (day("2026-04-01"), day("2026-06-30"));
        let goal = Goal { aim: up(0.0, 1.0), starts_on, due };
        let at = |iso: &str| goal.pace(day(iso));
        assert!((at("2026-05-25") - 0.6).abs() < 1e-12);
        assert!(at("2026-03-01").abs() < 1e-12);
        assert!((at("2026-08-01") - 1.0).abs() < 1e-12);
        assert_eq!(goal.status(None, day("2026-05-25")), Status::NoData);
        let instant = Goal { due: starts_on, ..goal };
        assert!((instant.pace(starts_on) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_tree_is_rolled_up_in_words() {
        let found = [Status::OnTrack, Status::Behind, Status::AtRisk, Status::Behind];
        assert_eq!(roll_up(&found), "1 at risk, 2 behind, 1 on track");
        assert_eq!(roll_up(&[]), "no data");
    }

    proptest! {
        #[test]
        fn a_better_figure_is_never_a_worse_status(
            baseline in -1e6..1e6_f64, way in 1e-3..1e6_f64,
            one in -2.0..3.0_f64, more in 0.0..2.0_f64, pace in 0.0..1.0_f64,
        ) {
            let rank = |status: Status| Status::ALL.iter().position(|one| *one == status);
            let at = |aim, share: f64, sign: f64| {
                rank(status(aim, baseline + sign * share * way, pace))
            };
            let up = up(baseline, baseline + way);
            prop_assert!(at(up, one + more, 1.0) >= at(up, one, 1.0));
            let down = down(baseline, baseline - way);
            prop_assert!(at(down, one + more, -1.0) >= at(down, one, -1.0));
        }

        #[test]
        fn another_unit_changes_nothing(
            baseline in -1e3..1e3_f64, way in 1.0..1e3_f64, share in -1.0..2.0_f64,
            pace in 0.0..1.0_f64, scale in 0.01..100.0_f64,
        ) {
            // Away from the edges, where rounding may fall either way.
            let edges = [1.0, 0.95 * pace, 0.75 * pace];
            prop_assume!(edges.iter().all(|edge| (share - edge).abs() > 1e-6));
            let plain = status(up(baseline, baseline + way), baseline + share * way, pace);
            let scaled = up(baseline * scale, (baseline + way) * scale);
            prop_assert_eq!(status(scaled, (baseline + share * way) * scale, pace), plain);
        }
    }
}
