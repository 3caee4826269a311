//! When a series really happens inside the window: the dates of its rule and those added, less
//! those taken out and those that an instance of their own replaces.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::domain::zone::Zone;
use chrono::{DateTime, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::expand::{self, TooMuch};
use super::series::Series;
use super::when::{Length, Stamp};
use crate::domain::week::{Span, zone};
use crate::exchange::caps;
use crate::exchange::event::{TimeError, When};

/// The window, in the zone of the person.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    from: NaiveDate,
    to: NaiveDate,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl Window {
    pub fn new(from: NaiveDate, to: NaiveDate, home: Zone) -> Self {
        let next = to.checked_add_days(Days::new(1)).unwrap_or(to);
        let (start, end) = (zone::start_of_day(from, home), zone::start_of_day(next, home));
        Self { from, to, start, end }
    }

    pub fn holds(&self, when: When) -> bool {
        match when {
            // Something of no length is in the window when it begins there.
            When::Timed(span) => {
                span.start < self.end && (span.end() > self.start || span.start == self.start)
            }
            When::AllDay { first, days } => {
                let after = first.checked_add_days(Days::new(days.into())).unwrap_or(first);
                first <= self.to && after > self.from
            }
        }
    }

    /// The wall clocks between which an event of this length must start to touch the window,
    /// with a day to spare on both sides for zones and clock changes.
    fn starts(&self, length: Length, moved: Duration) -> (NaiveDateTime, NaiveDateTime) {
        let (from, to) = (self.from.and_time(NaiveTime::MIN), self.to.and_time(NaiveTime::MIN));
        let early = long(length) + moved + Duration::days(2);
        let late = moved + Duration::days(3);
        let from = from.checked_sub_signed(early).unwrap_or(from);
        (from, to.checked_add_signed(late).unwrap_or(to))
    }
}

fn long(length: Length) -> Duration {
    match length {
        Length::Days(days) => Duration::days(days.into()),
        Length::Wall(length) => length,
        Length::Exact(minutes) => Duration::minutes(minutes),
    }
}

/// An instance in the window, and which one it is when there are several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    pub when: When,
    pub recurrence: Option<String>,
    /// The place of the change that holds from some instance on, when this one is after it.
    pub changed_by: Option<usize>,
}

/// What stands for one instance of a series, and from which instances on it is another one.
#[derive(Debug, Default)]
pub struct Changes<'a> {
    pub replaced: Vec<Stamp>,
    /// Those that stand for all later instances too.
    pub later: Vec<&'a Series>,
}

/// What all series of a file may still cost.
#[derive(Debug)]
pub struct Budget {
    steps: u64,
    instances: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: caps::ICS_STEPS, instances: caps::ICS_ALL_INSTANCES }
    }
}

impl Budget {
    fn take(&mut self, line: u64) -> Result<(), TimeError> {
        self.instances = self.instances.checked_sub(1).ok_or_else(|| {
            let most = caps::ICS_ALL_INSTANCES;
            TimeError::at(line, format!("with this event there are more than {most} in the window"))
        })?;
        Ok(())
    }
}

/// The instances of a series in the window, but for those that are replaced.
///
/// # Errors
/// When its rule gives more than prewire takes.
pub fn of(
    series: &Series,
    changes: &Changes<'_>,
    window: &Window,
    budget: &mut Budget,
) -> Result<Vec<Instance>, TimeError> {
    let gone = Gone::new(series, &changes.replaced);
    let shifts = Shift::of(series, &changes.later);
    let furthest = shifts.iter().map(|shift| (shift.by + shift.longer).abs()).max();
    let mut found = Vec::new();
    for (wall, length) in starts(series, window, furthest.unwrap_or_default(), budget)? {
        let shift = shifts.iter().filter(|shift| shift.from <= wall).max_by_key(|shift| shift.from);
        let moved = shift.and_then(|shift| wall.checked_add_signed(shift.by));
        let length = shift.map_or(length, |shift| shift.length);
        let when = when_of(series.start, moved.unwrap_or(wall), length);
        let name = name_of(series.start, wall);
        if gone.takes(wall, &name) || !window.holds(when) {
            continue;
        }
        budget.take(series.raw.line)?;
        let recurrence = series.recurs().then_some(name);
        found.push(Instance { when, recurrence, changed_by: shift.map(|shift| shift.place) });
    }
    Ok(found)
}

/// From which wall clock on a series is moved, and by how much.
struct Shift {
    place: usize,
    from: NaiveDateTime,
    by: Duration,
    length: Length,
    longer: Duration,
}

impl Shift {
    fn of(series: &Series, later: &[&Series]) -> Vec<Self> {
        let wall = |stamp: Stamp| match series.start {
            Stamp::Day(_) => stamp.wall(),
            Stamp::At { zone, .. } => stamp.wall_in(zone),
        };
        let one = |(place, change): (usize, &&Series)| {
            let from = wall(change.replaces?);
            let by = wall(change.start).signed_duration_since(from);
            let length = change.length;
            Some(Self { place, from, by, length, longer: long(length) })
        };
        later.iter().enumerate().filter_map(one).collect()
    }
}

/// The instance that stands for another one, when it touches the window.
pub fn replacement(
    series: &Series,
    window: &Window,
    budget: &mut Budget,
) -> Result<Option<Instance>, TimeError> {
    let when = when_of(series.start, series.start.wall(), series.length);
    if !window.holds(when) {
        return Ok(None);
    }
    budget.take(series.raw.line)?;
    let recurrence = series.replaces.map(|stamp| name_of(stamp, stamp.wall()));
    Ok(Some(Instance { when, recurrence, changed_by: None }))
}

/// Starts on the wall clock of the series, with their lengths.
fn starts(
    series: &Series,
    window: &Window,
    moved: Duration,
    budget: &mut Budget,
) -> Result<BTreeMap<NaiveDateTime, Length>, TimeError> {
    let mut found = BTreeMap::new();
    let first = series.start.wall();
    if let Some(rule) = &series.rule {
        let range = window.starts(series.length, moved);
        let walls = expand::between(rule, first, range, &mut budget.steps)
            .map_err(|error| too_much(series.raw.line, error))?;
        found.extend(walls.into_iter().map(|wall| (wall, series.length)));
        // The start is its first instance also where the rule does not say so.
        if rule.until.is_none_or(|until| first <= until) {
            found.insert(first, series.length);
        }
    } else {
        found.insert(first, series.length);
    }
    for (stamp, length) in &series.extra {
        let wall = match series.start {
            Stamp::Day(_) => stamp.wall().date().and_time(NaiveTime::MIN),
            Stamp::At { zone, .. } => match stamp {
                // A day added to something timed is that day at its time.
                Stamp::Day(day) => day.and_time(first.time()),
                Stamp::At { .. } => stamp.wall_in(zone),
            },
        };
        found.insert(wall, length.unwrap_or(series.length));
    }
    Ok(found)
}

fn too_much(line: u64, error: TooMuch) -> TimeError {
    match error {
        TooMuch::Instances => {
            let most = caps::ICS_INSTANCES;
            TimeError::at(line, format!("the event happens more than {most} times in the window"))
        }
        TooMuch::Work => TimeError::at(line, "the rules of this file take too long to follow"),
    }
}

fn when_of(start: Stamp, wall: NaiveDateTime, length: Length) -> When {
    match (start, length) {
        (Stamp::Day(_), Length::Days(days)) => When::AllDay { first: wall.date(), days },
        (Stamp::Day(_), Length::Wall(_) | Length::Exact(_)) => {
            When::AllDay { first: wall.date(), days: 1 }
        }
        (Stamp::At { zone, .. }, length) => {
            let at = zone::instant(wall, zone);
            When::Timed(match length {
                Length::Exact(minutes) => Span::new(at, minutes),
                Length::Days(days) => Span::new(at, i64::from(days) * 1_440),
                // A start that the clocks leave out moves, and takes its end along.
                Length::Wall(length) if zone::wall(at, zone) != wall => {
                    Span::new(at, length.num_minutes())
                }
                Length::Wall(length) => {
                    let end = wall.checked_add_signed(length).unwrap_or(wall);
                    Span::between(at, zone::instant(end, zone))
                }
            })
        }
    }
}

/// Whether an instance is taken out of its series.
pub fn excludes(series: &Series, instance: Stamp) -> bool {
    let gone = Gone::new(series, &[]);
    let wall = match series.start {
        Stamp::Day(_) => instance.wall(),
        Stamp::At { zone, .. } => instance.wall_in(zone),
    };
    gone.takes(wall, &name_of(series.start, wall))
}

/// The name of an instance: its instant, or its day.
fn name_of(start: Stamp, wall: NaiveDateTime) -> String {
    match start {
        Stamp::Day(_) => wall.format("%Y%m%d").to_string(),
        Stamp::At { zone, .. } => zone::instant(wall, zone).format("%Y%m%dT%H%M%SZ").to_string(),
    }
}

/// What is taken out of a series: instants and days by their names, and days on its wall clock.
struct Gone {
    names: HashSet<String>,
    days: BTreeSet<NaiveDate>,
}

impl Gone {
    fn new(series: &Series, replaced: &[Stamp]) -> Self {
        let mut gone = Self { names: HashSet::new(), days: BTreeSet::new() };
        for stamp in series.excluded.iter().chain(replaced) {
            match (series.start, stamp) {
                // A time taken out of an all-day series means its day.
                (Stamp::Day(_), Stamp::At { .. }) => {
                    gone.days.insert(stamp.wall().date());
                }
                (_, Stamp::Day(day)) => {
                    gone.days.insert(*day);
                }
                (Stamp::At { .. }, Stamp::At { wall, .. }) => {
                    gone.names.insert(name_of(*stamp, *wall));
                }
            }
        }
        gone
    }

    fn takes(&self, wall: NaiveDateTime, name: &str) -> bool {
        self.names.contains(name) || self.days.contains(&wall.date())
    }
}
