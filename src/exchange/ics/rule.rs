//! A recurrence rule as it is written: read strictly, and refused by name when it could not be
//! kept within bounds.

use std::str::FromStr;

use crate::domain::zone::Zone;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::property::Property;
use super::when::{Stamp, cut};
use super::zones::Zones;
use crate::exchange::caps;
use crate::exchange::event::TimeError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frequency {
    Yearly,
    Monthly,
    Weekly,
    Daily,
}

/// What a rule says. Lists are empty when it says nothing about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub frequency: Frequency,
    pub interval: u32,
    pub count: Option<u32>,
    /// The last wall clock at which it may happen.
    pub until: Option<NaiveDateTime>,
    pub months: Vec<i32>,
    pub weeks: Vec<i32>,
    pub year_days: Vec<i32>,
    pub month_days: Vec<i32>,
    /// With which of them in its month or year; 0 for every one.
    pub weekdays: Vec<(i32, Weekday)>,
    pub hours: Vec<i32>,
    pub minutes: Vec<i32>,
    pub seconds: Vec<i32>,
    pub positions: Vec<i32>,
    pub week_start: Weekday,
}

impl Rule {
    fn new(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            weeks: Vec::new(),
            year_days: Vec::new(),
            month_days: Vec::new(),
            weekdays: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            seconds: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Mon,
        }
    }

    /// The most days that each of its times may last, so that they do not lie upon each other
    /// without end.
    pub fn longest(&self) -> i64 {
        let is_yearly = self.frequency == Frequency::Yearly
            && self.months.len() <= 1
            && self.month_days.len() <= 1
            && self.weeks.is_empty()
            && self.year_days.is_empty()
            && self.weekdays.is_empty();
        match self.frequency {
            Frequency::Yearly if is_yearly => caps::ICS_DAYS,
            Frequency::Yearly | Frequency::Monthly | Frequency::Weekly => caps::ICS_RECURRING_DAYS,
            Frequency::Daily => caps::ICS_DAILY_DAYS,
        }
    }
}

/// Reads the rule of an event that starts at `start`, which its end is compared with on the same
/// wall clock.
///
/// # Errors
/// When it is no rule, or one that prewire does not follow, with its name.
pub fn read(property: &Property, start: Stamp, zones: &mut Zones<'_>) -> Result<Rule, TimeError> {
    let mut parts = Vec::new();
    for part in property.value.trim().split(';').filter(|part| !part.trim().is_empty()) {
        let (name, value) = part
            .split_once('=')
            .ok_or_else(|| refused(property, format!("“{}” has no value", cut(part))))?;
        let name = name.trim().to_ascii_uppercase();
        if parts.iter().any(|(known, _)| *known == name) {
            return Err(refused(property, format!("{name} stands there twice")));
        }
        parts.push((name, value.trim()));
    }
    let frequency = parts.iter().find(|(name, _)| name == "FREQ").map(|(_, value)| *value);
    let mut rule = Rule::new(frequency_of(property, frequency.unwrap_or_default())?);
    for (name, value) in &parts {
        part(property, &mut rule, name, value)?;
        if name == "UNTIL" {
            rule.until = Some(until(property, value, start, zones)?);
        }
    }
    if rule.count.is_some() && rule.until.is_some() {
        return Err(refused(property, "COUNT and UNTIL exclude each other"));
    }
    check(property, &rule)?;
    Ok(rule)
}

fn frequency_of(property: &Property, name: &str) -> Result<Frequency, TimeError> {
    match name.to_ascii_uppercase().as_str() {
        "YEARLY" => Ok(Frequency::Yearly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "WEEKLY" => Ok(Frequency::Weekly),
        "DAILY" => Ok(Frequency::Daily),
        fast @ ("SECONDLY" | "MINUTELY" | "HOURLY") => {
            Err(refused(property, format!("FREQ={fast} is more often than daily")))
        }
        "" => Err(refused(property, "it has no FREQ")),
        other => Err(refused(property, format!("“{}” is no frequency", cut(other)))),
    }
}

fn part(property: &Property, rule: &mut Rule, name: &str, value: &str) -> Result<(), TimeError> {
    let list = |least, most| numbers(property, name, value, least, most);
    match name {
        "FREQ" | "UNTIL" => {}
        "INTERVAL" => rule.interval = figure(property, name, value, 1, 10_000)?,
        "COUNT" => rule.count = Some(figure(property, name, value, 1, caps::ICS_COUNT)?),
        "BYMONTH" => rule.months = list(1, 12)?,
        "BYWEEKNO" => rule.weeks = list(-53, 53)?,
        "BYYEARDAY" => rule.year_days = list(-366, 366)?,
        "BYMONTHDAY" => rule.month_days = list(-31, 31)?,
        "BYHOUR" => rule.hours = list(0, 23)?,
        "BYMINUTE" => rule.minutes = list(0, 59)?,
        "BYSECOND" => rule.seconds = list(0, 59)?,
        "BYSETPOS" => rule.positions = list(-366, 366)?,
        "WKST" => rule.week_start = weekday(property, value)?,
        "BYDAY" => {
            let days = value.split(',').filter(|day| !day.trim().is_empty());
            rule.weekdays =
                days.map(|day| ordinal(property, day.trim())).collect::<Result<_, _>>()?;
        }
        other => return Err(refused(property, format!("“{}” is not followed", cut(other)))),
    }
    Ok(())
}

fn check(property: &Property, rule: &Rule) -> Result<(), TimeError> {
    let times = [&rule.hours, &rule.minutes, &rule.seconds].map(|list| list.len().max(1));
    if times.iter().product::<usize>() > MOST_TIMES {
        return Err(refused(property, format!("it happens more than {MOST_TIMES} times a day")));
    }
    let counted = rule.weekdays.iter().any(|(which, _)| *which != 0);
    let may = matches!(rule.frequency, Frequency::Yearly | Frequency::Monthly);
    if counted && !may {
        return Err(refused(property, "BYDAY with a number needs months or years"));
    }
    let zero = [&rule.weeks, &rule.year_days, &rule.month_days, &rule.positions];
    if zero.iter().any(|list| list.contains(&0)) {
        return Err(refused(property, "there is no day, week or position 0"));
    }
    Ok(())
}

/// Times of a day at which one event can happen.
const MOST_TIMES: usize = 48;

fn until(
    property: &Property,
    value: &str,
    start: Stamp,
    zones: &mut Zones<'_>,
) -> Result<NaiveDateTime, TimeError> {
    let zone = match start {
        Stamp::Day(_) => Zone::UTC,
        Stamp::At { zone, .. } => zone,
    };
    let end = Stamp::read(property, value, zones, zone)?;
    let last = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or(NaiveTime::MIN);
    Ok(match (start, end) {
        // A day as the end of something timed holds that whole day.
        (Stamp::At { .. }, Stamp::Day(day)) => day.and_time(last),
        (Stamp::At { zone, .. }, Stamp::At { .. }) => end.wall_in(zone),
        (Stamp::Day(_), _) => {
            let day: NaiveDate = end.wall().date();
            day.and_time(NaiveTime::MIN)
        }
    })
}

fn ordinal(property: &Property, text: &str) -> Result<(i32, Weekday), TimeError> {
    let bad = || refused(property, format!("“{}” is no weekday", cut(text)));
    let place = text.len().checked_sub(2).filter(|place| text.is_char_boundary(*place));
    let (which, day) = text.split_at(place.ok_or_else(bad)?);
    let day = weekday(property, day)?;
    let which =
        if which.is_empty() { 0 } else { whole(which).filter(|n| *n != 0).ok_or_else(bad)? };
    if which.abs() > 53 {
        return Err(bad());
    }
    Ok((which, day))
}

fn weekday(property: &Property, text: &str) -> Result<Weekday, TimeError> {
    Ok(match text.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return Err(refused(property, format!("“{}” is no weekday", cut(text)))),
    })
}

fn figure<T: FromStr + PartialOrd + Copy + std::fmt::Display>(
    property: &Property,
    name: &str,
    text: &str,
    least: T,
    most: T,
) -> Result<T, TimeError> {
    let number = text.parse::<T>().ok().filter(|number| *number >= least && *number <= most);
    number.ok_or_else(|| {
        refused(property, format!("{name} is “{}”, not between {least} and {most}", cut(text)))
    })
}

fn numbers(
    property: &Property,
    name: &str,
    text: &str,
    least: i32,
    most: i32,
) -> Result<Vec<i32>, TimeError> {
    let mut list = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let number = whole(part).filter(|number| (least..=most).contains(number));
        let number = number.ok_or_else(|| {
            let why = format!("{name} has “{}”, not between {least} and {most}", cut(part));
            refused(property, why)
        })?;
        if !list.contains(&number) {
            list.push(number);
        }
    }
    list.sort_unstable();
    Ok(list)
}

fn whole(text: &str) -> Option<i32> {
    text.strip_prefix('+').unwrap_or(text).parse().ok()
}

fn refused(property: &Property, why: impl std::fmt::Display) -> TimeError {
    TimeError::at(property.line, format!("the rule cannot be followed: {why}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::zone::zone;

    fn rule(text: &str) -> Result<Rule, String> {
        let (answers, told) = (BTreeMap::new(), super::super::zones::Told::default());
        let property = Property::read(9, &format!("RRULE:{text}")).unwrap();
        let wall = "2026-05-05T14:00:00".parse().unwrap();
        let start = Stamp::At { wall, zone: zone("Europe/Berlin") };
        read(&property, start, &mut Zones::new(&answers, &told, Zone::UTC))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_rule_of_outlook_is_read() {
        let read = rule("FREQ=WEEKLY;UNTIL=20260630T120000Z;INTERVAL=1;BYDAY=TU;WKST=MO").unwrap();
        assert_eq!(read.until, Some("2026-06-30T14:00:00".parse().unwrap()));
        assert_eq!(read.weekdays, [(0, Weekday::Tue)]);
        let read = rule("FREQ=MONTHLY;BYDAY=-1FR,+2MO;UNTIL=20281231").unwrap();
        assert_eq!(read.until, Some("2028-12-31T23:59:59".parse().unwrap()));
        assert_eq!(read.weekdays, [(-1, Weekday::Fri), (2, Weekday::Mon)]);
    }

    #[test]
    fn bombs_and_nonsense_are_refused_by_name() {
        for (text, why) in [
            ("FREQ=SECONDLY", "FREQ=SECONDLY is more often than daily"),
            ("FREQ=HOURLY", "FREQ=HOURLY is more often than daily"),
            ("FREQ=DAILY;COUNT=10001", "COUNT is “10001”, not between 1 and 10000"),
            ("FREQ=DAILY;COUNT=1;UNTIL=20270101", "COUNT and UNTIL exclude each other"),
            ("COUNT=3", "it has no FREQ"),
            ("FREQ=NEVER", "“NEVER” is no frequency"),
            ("FREQ=DAILY;INTERVAL=0", "INTERVAL is “0”, not between 1 and 10000"),
            ("FREQ=DAILY;FREQ=DAILY", "FREQ stands there twice"),
            ("FREQ=DAILY;BYDAY=2MO", "BYDAY with a number needs months or years"),
            ("FREQ=DAILY;BYDAY=é", "“é” is no weekday"),
            ("FREQ=MONTHLY;BYMONTHDAY=0", "there is no day, week or position 0"),
            ("FREQ=YEARLY;BYMONTH=13", "BYMONTH has “13”, not between 1 and 12"),
            ("FREQ=DAILY;RSCALE=HEBREW", "“RSCALE” is not followed"),
            ("FREQ=DAILY;X", "“X” has no value"),
        ] {
            assert_eq!(
                rule(text).unwrap_err(),
                format!("line 9: the rule cannot be followed: {why}")
            );
        }
        assert!(rule("FREQ=DAILY;COUNT=10000").is_ok());
        let minutes: Vec<String> = (0..60).map(|minute| minute.to_string()).collect();
        let often = format!("FREQ=DAILY;BYMINUTE={}", minutes.join(","));
        assert!(rule(&often).unwrap_err().ends_with("it happens more than 48 times a day"));
    }
}
