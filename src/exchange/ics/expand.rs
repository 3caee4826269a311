//! The dates that a rule gives, on the wall clock and inside a window only. Each day of a period
//! is asked whether every part of the rule lets it pass, so work grows with the window and never
//! with the age of a series, unless it counts; then the count is bounded.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::rule::{Frequency, Rule};
use crate::exchange::caps;

/// The rule gives more than prewire takes, or searching costs too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooMuch {
    Instances,
    Work,
}

/// The times from `from` to before `to` at which the rule of an event that starts at `start`
/// says that it happens. Takes the days it looks at from `steps`.
///
/// # Errors
/// When there are more than the caps allow.
pub fn between(
    rule: &Rule,
    start: NaiveDateTime,
    (from, to): (NaiveDateTime, NaiveDateTime),
    steps: &mut u64,
) -> Result<Vec<NaiveDateTime>, TooMuch> {
    let days = DayTest::new(rule, start);
    let times = times(rule, start.time());
    let mut periods = Periods::new(rule, start.date());
    if rule.count.is_none() {
        periods.skip_to(from.date());
    }
    let last = rule.until.map_or(to, |until| until.min(to));
    let (mut found, mut counted) = (Vec::new(), 0);
    while let Some((first, length)) = periods.next().filter(|(first, _)| *first <= last.date()) {
        let passing = days.passing(first, length, steps)?;
        let set: Vec<NaiveDateTime> = passing
            .into_iter()
            .flat_map(|day| times.iter().map(move |time| day.and_time(*time)))
            .collect();
        for at in positioned(set, &rule.positions) {
            if at < start {
                continue;
            }
            let over = rule.until.is_some_and(|until| at > until);
            if over || at >= to || rule.count.is_some_and(|count| counted >= count) {
                return Ok(found);
            }
            counted += 1;
            if at >= from {
                if found.len() == caps::ICS_INSTANCES {
                    return Err(TooMuch::Instances);
                }
                found.push(at);
            }
        }
        if rule.count.is_some_and(|count| counted >= count) {
            break;
        }
    }
    Ok(found)
}

/// The times of a day at which it happens, in order.
fn times(rule: &Rule, start: NaiveTime) -> Vec<NaiveTime> {
    use chrono::Timelike;
    let or = |list: &[i32], figure: u32| {
        if list.is_empty() {
            vec![figure]
        } else {
            list.iter().filter_map(|figure| u32::try_from(*figure).ok()).collect()
        }
    };
    let (minutes, seconds) = (or(&rule.minutes, start.minute()), or(&rule.seconds, start.second()));
    let mut times = Vec::new();
    for hour in or(&rule.hours, start.hour()) {
        for minute in &minutes {
            for second in &seconds {
                times.extend(NaiveTime::from_hms_opt(hour, *minute, *second));
            }
        }
    }
    times.sort_unstable();
    times
}

/// What `BYSETPOS` leaves of a period.
fn positioned(set: Vec<NaiveDateTime>, positions: &[i32]) -> Vec<NaiveDateTime> {
    if positions.is_empty() {
        return set;
    }
    let length = i32::try_from(set.len()).unwrap_or(i32::MAX);
    let place = |position: i32| if position > 0 { position - 1 } else { length + position };
    let mut places: Vec<usize> = positions
        .iter()
        .map(|position| place(*position))
        .filter(|place| (0..length).contains(place))
        .filter_map(|place| usize::try_from(place).ok())
        .collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|place| set[place]).collect()
}

/// The periods of a rule in order: their first day and their number of days.
struct Periods {
    frequency: Frequency,
    interval: i64,
    /// First day of the period in which the event starts.
    base: NaiveDate,
    step: i64,
}

impl Periods {
    fn new(rule: &Rule, start: NaiveDate) -> Self {
        let base = match rule.frequency {
            Frequency::Yearly => start.with_ordinal(1),
            Frequency::Monthly => start.with_day(1),
            Frequency::Weekly => Some(start.week(rule.week_start).first_day()),
            Frequency::Daily => Some(start),
        };
        let interval = i64::from(rule.interval);
        Self { frequency: rule.frequency, interval, base: base.unwrap_or(start), step: 0 }
    }

    /// Goes to the last period that begins on the day or before it, or one too early.
    fn skip_to(&mut self, day: NaiveDate) {
        let days = day.signed_duration_since(self.base).num_days();
        let units = match self.frequency {
            Frequency::Yearly => i64::from(day.year() - self.base.year()),
            Frequency::Monthly => month_number(day) - month_number(self.base),
            Frequency::Weekly => days.div_euclid(7),
            Frequency::Daily => days,
        };
        self.step = (units.div_euclid(self.interval) - 1).max(0);
    }
}

impl Iterator for Periods {
    type Item = (NaiveDate, u64);

    fn next(&mut self) -> Option<Self::Item> {
        let units = self.step.checked_mul(self.interval)?;
        self.step += 1;
        let after = |days: i64| self.base.checked_add_days(Days::new(u64::try_from(days).ok()?));
        match self.frequency {
            Frequency::Daily => after(units).map(|day| (day, 1)),
            Frequency::Weekly => after(units * 7).map(|day| (day, 7)),
            Frequency::Monthly => {
                let number = month_number(self.base) + units;
                let first = first_of_month(number)?;
                let next = first_of_month(number + 1)?;
                Some((first, days_to(first, next)))
            }
            Frequency::Yearly => {
                let year = self.base.year().checked_add(i32::try_from(units).ok()?)?;
                let first = NaiveDate::from_yo_opt(year, 1)?;
                Some((first, u64::from(year_days(year))))
            }
        }
    }
}

fn month_number(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

fn first_of_month(number: i64) -> Option<NaiveDate> {
    let year = i32::try_from(number.div_euclid(12)).ok()?;
    let month = u32::try_from(number.rem_euclid(12)).ok()? + 1;
    NaiveDate::from_ymd_opt(year, month, 1)
}

fn days_to(first: NaiveDate, next: NaiveDate) -> u64 {
    u64::try_from(next.signed_duration_since(first).num_days()).unwrap_or(0)
}

fn year_days(year: i32) -> u32 {
    if NaiveDate::from_yo_opt(year, 366).is_some() { 366 } else { 365 }
}

/// The parts of a rule that let a day pass, with what the start of the event fills in.
struct DayTest<'a> {
    rule: &'a Rule,
    months: Vec<i32>,
    month_days: Vec<i32>,
    weekdays: Vec<(i32, chrono::Weekday)>,
    /// Whether the third Monday is that of its month, not of its year.
    by_month: bool,
}

impl<'a> DayTest<'a> {
    fn new(rule: &'a Rule, start: NaiveDateTime) -> Self {
        let bare = rule.weeks.is_empty()
            && rule.year_days.is_empty()
            && rule.month_days.is_empty()
            && rule.weekdays.is_empty();
        let mut test = Self {
            rule,
            months: rule.months.clone(),
            month_days: rule.month_days.clone(),
            weekdays: rule.weekdays.clone(),
            by_month: rule.frequency == Frequency::Monthly || !rule.months.is_empty(),
        };
        let on_week_alone = !rule.weeks.is_empty()
            && rule.weekdays.is_empty()
            && rule.year_days.is_empty()
            && rule.month_days.is_empty();
        match rule.frequency {
            Frequency::Yearly if on_week_alone => test.weekdays = vec![(0, start.weekday())],
            Frequency::Yearly if bare => {
                if test.months.is_empty() {
                    test.months = vec![figure(start.month())];
                }
                test.month_days = vec![figure(start.day())];
            }
            Frequency::Monthly if bare => test.month_days = vec![figure(start.day())],
            Frequency::Weekly if bare => test.weekdays = vec![(0, start.weekday())],
            Frequency::Yearly | Frequency::Monthly | Frequency::Weekly | Frequency::Daily => {}
        }
        test
    }

    /// The days of a period that pass. A month that does not is one step.
    fn passing(
        &self,
        first: NaiveDate,
        length: u64,
        steps: &mut u64,
    ) -> Result<Vec<NaiveDate>, TooMuch> {
        let mut found = Vec::new();
        let Some(end) = first.checked_add_days(Days::new(length)) else {
            return Ok(found);
        };
        let mut next = Some(first);
        while let Some(day) = next.filter(|day| *day < end) {
            *steps = steps.checked_sub(1).ok_or(TooMuch::Work)?;
            if !self.months.is_empty() && !self.months.contains(&figure(day.month())) {
                next = first_of_month(month_number(day) + 1);
                continue;
            }
            if self.passes(day) {
                found.push(day);
            }
            next = day.succ_opt();
        }
        Ok(found)
    }

    /// Whether a day of a month that passes does so itself.
    fn passes(&self, day: NaiveDate) -> bool {
        self.passes_month_day(day)
            && self.passes_weekday(day)
            && self.passes_year_day(day)
            && self.passes_week(day)
    }

    fn passes_month_day(&self, day: NaiveDate) -> bool {
        self.month_days.is_empty() || {
            let (place, length) = (figure(day.day()), month_length(day));
            holds(&self.month_days, place, length)
        }
    }

    fn passes_year_day(&self, day: NaiveDate) -> bool {
        self.rule.year_days.is_empty() || {
            let (place, length) = (figure(day.ordinal()), figure(year_days(day.year())));
            holds(&self.rule.year_days, place, length)
        }
    }

    fn passes_weekday(&self, day: NaiveDate) -> bool {
        self.weekdays.is_empty()
            || self.weekdays.iter().any(|(which, weekday)| {
                *weekday == day.weekday() && (*which == 0 || self.is_which(day, *which))
            })
    }

    fn is_which(&self, day: NaiveDate, which: i32) -> bool {
        let (place, length) = if self.by_month {
            (figure(day.day()), month_length(day))
        } else {
            (figure(day.ordinal()), figure(year_days(day.year())))
        };
        which == (place - 1) / 7 + 1 || which == -((length - place) / 7 + 1)
    }

    fn passes_week(&self, day: NaiveDate) -> bool {
        self.rule.weeks.is_empty() || {
            let week = day.week(self.rule.week_start).first_day();
            // The week belongs to the year that has its fourth day.
            let Some(middle) = week.checked_add_days(Days::new(3)) else {
                return false;
            };
            let number = figure(middle.ordinal0()) / 7 + 1;
            let from_end = (figure(year_days(middle.year())) - figure(middle.ordinal())) / 7;
            holds(&self.rule.weeks, number, number + from_end)
        }
    }
}

/// Whether the list names the place, from the beginning or from the end.
fn holds(list: &[i32], place: i32, length: i32) -> bool {
    list.contains(&place) || list.contains(&(place - length - 1))
}

fn month_length(day: NaiveDate) -> i32 {
    figure(u32::from(day.num_days_in_month()))
}

fn figure(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::domain::zone::Zone;

    use super::super::property::Property;
    use super::super::rule;
    use super::super::when::Stamp;
    use super::super::zones::Zones;
    use super::*;

    /// Made by python-dateutil from random rules: start, rule, from, to, and what lies between.
    const ORACLE: &str = include_str!("../../../tests/fixtures/calendar/rules.txt");

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M").unwrap()
    }

    fn read(text: &str, start: NaiveDateTime) -> Rule {
        let (answers, told) = (BTreeMap::new(), super::super::zones::Told::default());
        let property = Property::read(1, &format!("RRULE:{text}")).unwrap();
        let start = Stamp::At { wall: start, zone: Zone::UTC };
        rule::read(&property, start, &mut Zones::new(&answers, &told, Zone::UTC)).unwrap()
    }

    #[test]
    fn rules_give_what_an_independent_implementation_gives() {
        let mut count = 0;
        for line in ORACLE.lines() {
            let [start, rule, from, to, expected] = line.split('|').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            let start = wall(start);
            let window = (wall(from), wall(to));
            let found = between(&read(rule, start), start, window, &mut u64::MAX.clone()).unwrap();
            let expected: Vec<NaiveDateTime> = expected.split_whitespace().map(wall).collect();
            assert_eq!(found, expected, "{line}");
            count += 1;
        }
        assert_eq!(count, 400);
    }

    #[test]
    fn a_week_of_the_year_without_a_day_has_that_of_the_start() {
        let start = wall("20260105T0900");
        let rule = read("FREQ=YEARLY;BYWEEKNO=20", start);
        let window = (start, wall("20290101T0000"));
        let found = between(&rule, start, window, &mut 10_000).unwrap();
        let days: Vec<String> = found.iter().map(|at| at.date().to_string()).collect();
        assert_eq!(days, ["2026-05-11", "2027-05-17", "2028-05-15"]);
    }

    #[test]
    fn work_is_bounded() {
        let start = wall("16000101T0900");
        let never = read("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1", start);
        let window = (wall("20260101T0000"), wall("20270101T0000"));
        assert_eq!(between(&never, start, window, &mut 400_000), Ok(Vec::new()));
        assert_eq!(between(&never, start, window, &mut 9_000), Err(TooMuch::Work));
        // 427 years of eleven months and the days of a February.
        assert_eq!(between(&never, start, window, &mut 17_500), Ok(Vec::new()));
        let daily = read("FREQ=DAILY", start);
        let mut steps = 400;
        assert_eq!(between(&daily, start, window, &mut steps).unwrap().len(), 365);
        assert!(steps < 40, "a series of four centuries costs what its window costs");
        let often = read("FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9,10;BYMINUTE=0,30", start);
        assert_eq!(between(&often, start, window, &mut 1_000), Err(TooMuch::Instances));
    }
}
