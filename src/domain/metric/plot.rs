//! Where everything of a chart lies: a grid of cells for the terminal, made of the same places that
//! a picture uses. A line of figures in dots, target, limits and centre across, what happened
//! outside and what was shipped below, the forecast as a thin line.

use chrono::NaiveDate;

use super::account::Account;
use super::goal::Aim;
use super::number;
use super::reading::Observation;

/// What a cell of a chart is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    Empty,
    /// Dots of the line, as the bits of a braille cell.
    Line(u8),
    /// A figure that is a signal.
    Signal,
    Target,
    Limit,
    Centre,
    /// Dots of the forecast.
    Forecast(u8),
    /// The day of something outside.
    Factor,
    /// The day on which something was shipped or decided.
    Mark,
}

/// A day worth a mark below the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub on: NaiveDate,
    pub words: String,
    pub kind: EventKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// From outside: it may have moved the figure.
    Factor,
    /// Something of ours: shipped, decided.
    Ours,
}

/// The scale of a chart: days across and figures upwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub low: f64,
    pub high: f64,
}

impl Scale {
    /// A scale that holds the figures, the limits, the target and the forecast; `None` without a
    /// figure.
    #[must_use]
    pub fn of(account: &Account, rows: &[Observation]) -> Option<Self> {
        let values: Vec<f64> = rows.iter().filter_map(Observation::value).collect();
        let (first, newest) = (rows.first()?.period.first(), rows.last()?.period.last());
        let mut all = values;
        if let Some(limits) = account.chart.limits {
            all.extend([limits.low, limits.high]);
        }
        match account.goal.map(|goal| goal.aim) {
            Some(Aim::Up { target, .. } | Aim::Down { target, .. }) => all.push(target),
            Some(Aim::Range { low, high }) => {
                all.extend([low, high].into_iter().filter(|edge| edge.is_finite()));
            }
            None => {}
        }
        all.extend(account.forecast.map(|one| one.expected));
        let low = all.iter().copied().fold(f64::INFINITY, f64::min);
        let high = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if !low.is_finite() || !high.is_finite() {
            return None;
        }
        let air = if high > low { (high - low) * 0.06 } else { high.abs().max(1.0) * 0.1 };
        let due = account.goal.map_or(newest, |goal| goal.due);
        // A due day far away would press the figures into a corner.
        let span = (newest - first).num_days().max(1);
        let far = newest + chrono::Duration::days((span * 2 / 3).max(1));
        let bound = |edge: f64, bound: Option<f64>, of: fn(f64, f64) -> f64| {
            bound.map_or(edge, |bound| of(edge, bound))
        };
        let unit = account.terms.unit.bounds();
        Some(Self {
            first,
            last: due.clamp(newest, far),
            low: bound(low - air, unit.low.filter(|least| *least <= low), f64::max),
            high: high + air,
        })
    }

    /// From 0 to 1, of the days across.
    #[must_use]
    pub fn across(&self, day: NaiveDate) -> f64 {
        let days =
            |to: NaiveDate| i32::try_from((to - self.first).num_days()).map_or(0.0, f64::from);
        (days(day) / days(self.last).max(1.0)).clamp(0.0, 1.0)
    }

    /// From 0 at the bottom to 1 at the top.
    #[must_use]
    pub fn up(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

/// A chart in cells, the top row first. Where there are more figures than cells across, it shows the
/// newest: a line of which every cell is full says nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    pub scale: Scale,
    pub cells: Vec<Vec<Ink>>,
    /// The rows on which target, upper limit, centre and lower limit lie.
    pub target: Option<usize>,
    pub centre: Option<usize>,
    pub limits: Option<(usize, usize)>,
    /// How many older figures have no room.
    pub older: usize,
}

/// Where a straight way from one point to another is on a day between them.
fn on_the_way(from: (NaiveDate, f64), to: (NaiveDate, f64), on: NaiveDate) -> f64 {
    let days = |day: NaiveDate| i32::try_from((day - from.0).num_days()).map_or(0.0, f64::from);
    let all = days(to.0);
    if all <= 0.0 { to.1 } else { from.1 + (to.1 - from.1) * (days(on) / all).clamp(0.0, 1.0) }
}

/// Dots of a cell: two across and four down.
const DOTS: (usize, usize) = (2, 4);

impl Plot {
    /// The chart in so many cells; `None` without a figure.
    #[must_use]
    pub fn of(
        account: &Account,
        rows: &[Observation],
        events: &[Event],
        (width, height): (usize, usize),
    ) -> Option<Self> {
        let (width, height) = (width.max(4), height.max(3));
        let rows: Vec<Observation> =
            rows.iter().copied().filter(|one| one.value().is_some()).collect();
        let older = rows.len().saturating_sub(width);
        let rows = &rows[older..];
        let scale = Scale::of(account, rows)?;
        let row = |value: f64| height - 1 - place(scale.up(value), height);
        let target = match account.goal.map(|goal| goal.aim) {
            Some(Aim::Up { target, .. } | Aim::Down { target, .. }) => Some(row(target)),
            Some(Aim::Range { .. }) | None => None,
        };
        let edges = match account.goal.map(|goal| goal.aim) {
            Some(Aim::Range { low, high }) => vec![low, high],
            Some(Aim::Up { .. } | Aim::Down { .. }) | None => Vec::new(),
        };
        let centre = account.chart.limits.map(|limits| row(limits.centre));
        let limits = account.chart.limits.map(|limits| (row(limits.high), row(limits.low)));
        let mut cells = vec![vec![Ink::Empty; width]; height];
        let lines = centre.map(|at| (at, Ink::Centre)).into_iter();
        let lines = lines.chain(
            limits.into_iter().flat_map(|(high, low)| [(high, Ink::Limit), (low, Ink::Limit)]),
        );
        let edges = edges.into_iter().filter(|edge| edge.is_finite()).map(row);
        for (at, ink) in lines.chain(edges.chain(target).map(|at| (at, Ink::Target))) {
            cells[at].fill(ink);
        }
        for event in events.iter().filter(|one| (scale.first..=scale.last).contains(&one.on)) {
            let at = place(scale.across(event.on), width);
            if event.kind == EventKind::Factor {
                for line in &mut cells {
                    if line[at] == Ink::Empty {
                        line[at] = Ink::Factor;
                    }
                }
            } else {
                cells[height - 1][at] = Ink::Mark;
            }
        }
        let points: Vec<(NaiveDate, f64)> =
            rows.iter().filter_map(|one| Some((one.period.last(), one.value()?))).collect();
        let dot = |(day, value): (NaiveDate, f64)| {
            (
                place(scale.across(day), width * DOTS.0),
                height * DOTS.1 - 1 - place(scale.up(value), height * DOTS.1),
            )
        };
        if let (Some(forecast), Some(newest), Some(goal)) =
            (account.forecast, points.last(), account.goal)
        {
            let end = (goal.due.min(scale.last), forecast.expected);
            let end = (end.0, on_the_way(*newest, (goal.due, forecast.expected), end.0));
            if end.0 > newest.0 {
                let line = between(dot(*newest), dot(end));
                let thin = line.into_iter().enumerate().filter(|(at, _)| at % 3 == 2);
                thin.for_each(|(_, at)| ink(&mut cells, at, Ink::Forecast));
            }
        }
        for pair in points.windows(2) {
            for at in between(dot(pair[0]), dot(pair[1])) {
                ink(&mut cells, at, Ink::Line);
            }
        }
        for point in &points {
            ink(&mut cells, dot(*point), Ink::Line);
        }
        for signal in &account.chart.signals {
            let shown = signal.from.saturating_sub(older)..(signal.to + 1).saturating_sub(older);
            for point in points.get(shown).unwrap_or_default() {
                let (x, y) = dot(*point);
                cells[y / DOTS.1][x / DOTS.0] = Ink::Signal;
            }
        }
        Some(Self { scale, cells, target, centre, limits, older })
    }
}

/// The place of a share among so many.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1")]
fn place(share: f64, count: usize) -> usize {
    let most = count.saturating_sub(1);
    ((share * number(most)).round() as usize).min(most)
}

/// All dots between two, both included.
fn between((x0, y0): (usize, usize), (x1, y1): (usize, usize)) -> Vec<(usize, usize)> {
    let steps = x0.abs_diff(x1).max(y0.abs_diff(y1)).max(1);
    let way = |from: usize, to: usize, step: usize| {
        if to >= from {
            from + (to - from) * step / steps
        } else {
            from - (from - to) * step / steps
        }
    };
    (0..=steps).map(|step| (way(x0, x1, step), way(y0, y1, step))).collect()
}

fn ink(cells: &mut [Vec<Ink>], (x, y): (usize, usize), with: fn(u8) -> Ink) {
    const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
    let bit = BITS[y % DOTS.1][x % DOTS.0];
    let Some(cell) = cells.get_mut(y / DOTS.1).and_then(|row| row.get_mut(x / DOTS.0)) else {
        return;
    };
    let fresh = with(bit);
    *cell = match (*cell, fresh) {
        (Ink::Line(bits), Ink::Line(_)) => Ink::Line(bits | bit),
        (Ink::Forecast(bits), Ink::Forecast(_)) => Ink::Forecast(bits | bit),
        _ => fresh,
    };
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, weeks};
    use super::super::{Cadence, Goal, Terms, Unit, goal::Direction};
    use super::*;

    fn account(values: &[f64]) -> (Account, Vec<Observation>) {
        let rows = weeks("2026-W05", values);
        let terms = Terms { unit: Unit::Share, direction: Direction::Up, cadence: Cadence::Weekly };
        let aim = Aim::Up { baseline: 0.2, target: 0.4 };
        let goal = Goal { aim, starts_on: day("2026-04-01"), due: day("2026-06-30") };
        (Account::of(terms, Some(goal), &rows, &[], day("2026-05-06")), rows)
    }

    #[test]
    fn everything_lies_within_and_the_target_above_the_line() {
        let (account, rows) = account(&[0.2, 0.22, 0.21, 0.23, 0.22, 0.24, 0.21]);
        let plot = Plot::of(&account, &rows, &[], (40, 10)).unwrap();
        assert_eq!((plot.cells.len(), plot.cells[0].len()), (10, 40));
        let lines = |row: &Vec<Ink>| row.iter().any(|ink| matches!(ink, Ink::Line(_)));
        let top = plot.cells.iter().position(lines).unwrap();
        assert!(plot.target.unwrap() < top, "{plot:?}");
        let (high, low) = plot.limits.unwrap();
        assert!(high < plot.centre.unwrap() && plot.centre.unwrap() < low);
    }

    #[test]
    fn more_figures_than_cells_show_the_newest() {
        let mut values = vec![0.2; 50];
        values[49] = 0.9;
        values[3] = 0.9;
        let (account, rows) = account(&values);
        let plot = Plot::of(&account, &rows, &[], (20, 10)).unwrap();
        assert_eq!(plot.older, 30);
        assert_eq!(plot.scale.first, rows[30].period.first());
        let newest = plot.cells.iter().any(|row| row[19] == Ink::Signal);
        assert!(newest, "a signal among the newest keeps its place: {plot:?}");
        assert_eq!(Plot::of(&account, &rows, &[], (50, 10)).unwrap().older, 0);
    }

    #[test]
    fn any_size_and_any_series_is_drawn() {
        for values in [&[][..], &[0.3], &[0.3, 0.3], &[0.1, 0.9, 0.1]] {
            let (account, rows) = account(values);
            for size in [(0, 0), (1, 1), (200, 50)] {
                assert_eq!(Plot::of(&account, &rows, &[], size).is_some(), !values.is_empty());
            }
        }
    }
}
