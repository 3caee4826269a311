//! The events of a calendar as they are kept: everything under one uid together, its lines reduced
//! to what says when it happens, its zones by their names of the tz database. Nothing is expanded
//! here; [`Ready`] follows the rule in the days that somebody looks at.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

use crate::domain::zone::Zone;
use chrono::{Duration, NaiveDate, NaiveDateTime};

use crate::domain::day::YEARS;

use super::component::{self, RawEvent};
use super::property::Property;
use super::read::{self, Ready};
use super::series::Series;
use super::when::{Length, Stamp};
use super::words;
use super::zones::Zones;
use super::{LeftOut, Wanted};
use crate::exchange::event::{Event, Presence, Standing, TimeError, When, ZoneQuestion};

/// Everything under one uid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it says of itself; when and which instance are those of its first.
    pub about: Event,
    /// What it takes of a week, as a slug of the meeting's field.
    pub counts: &'static str,
    /// Its first civil day, in its own zone.
    pub first: NaiveDate,
    /// Its last, when that is known without following its rule.
    pub last: Option<NaiveDate>,
    /// `09:30`; `None` for a whole day.
    pub at: Option<String>,
    pub minutes: Option<i64>,
    /// By which rule it repeats, in words.
    pub rule: Option<String>,
    /// The lines from which its instances follow.
    pub text: String,
}

/// What a file gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeptReading {
    Calendar {
        name: Option<String>,
        events: Vec<Kept>,
        left_out: LeftOut,
        /// Zones that were known by their rules in the file alone, and what stands for them.
        by_rules: Vec<(String, Zone)>,
    },
    Asks(Vec<ZoneQuestion>),
}

/// The properties that say when an event happens and whether it takes time.
const TELLING: [&str; 12] = [
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "SUMMARY",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "SEQUENCE",
    "STATUS",
];

/// Reads the text of a calendar file without following any rule.
///
/// # Errors
/// With the line of whatever cannot be read; then nothing of the file may be used.
pub fn keep(text: &str, wanted: &Wanted<'_>) -> Result<KeptReading, TimeError> {
    let mut parsed = component::parse(text)?;
    let events = parsed.take_events();
    let mut zones = Zones::new(wanted.zones, &parsed.told, wanted.home);
    let floating = match &parsed.zone {
        Some(property) => zones.find(&property.value, property.line),
        None => wanted.home,
    };
    let mut all = Vec::with_capacity(events.len());
    for raw in &events {
        match Series::read(raw, &mut zones, floating) {
            Ok(series) => all.push(series),
            // A zone that nobody knows may be why its times do not fit: that is asked first.
            Err(_) if !zones.questions().is_empty() => break,
            Err(error) => return Err(error),
        }
    }
    let questions = zones.questions();
    if !questions.is_empty() {
        return Ok(KeptReading::Asks(questions.to_vec()));
    }
    let me: HashSet<String> = wanted.me.iter().map(|me| read::address(me)).collect();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<Vec<&Series>> = Vec::new();
    for series in &all {
        let place = *places.entry(&series.uid).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[place].push(series);
    }
    let mut writer = Lines { zones, floating, me };
    let name = parsed.name.as_deref();
    let events = groups.iter().map(|group| writer.kept(group, name)).collect();
    let (name, left_out) = (parsed.name.clone(), parsed.left_out);
    let by_rules = writer.zones.by_rules().map(|(name, zone)| (name.to_owned(), zone)).collect();
    Ok(KeptReading::Calendar { name, events, left_out, by_rules })
}

/// A kept event with its times understood, ready to be followed.
///
/// # Errors
/// When its text is none of ours.
pub fn ready(text: &str, home: Zone) -> Result<Ready, TimeError> {
    let mut whole = String::with_capacity(text.len() + 40);
    let _ = write!(whole, "BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n");
    Ready::read(&whole, &BTreeMap::new(), home)?.map_err(|questions| {
        let name = questions.first().map(|question| question.name.clone()).unwrap_or_default();
        TimeError::at(1, format!("the zone {name} is not known any more"))
    })
}

/// A single event of a table as lines, so that all are kept alike.
#[must_use]
pub fn of_event(event: &Event) -> Kept {
    let mut text = format!("BEGIN:VEVENT\r\nUID:{}\r\n", escaped(&event.uid));
    let (first, last, at, minutes) = match event.when {
        When::Timed(span) => {
            let stamp = "%Y%m%dT%H%M%SZ";
            let _ = write!(
                text,
                "DTSTART:{}\r\nDTEND:{}\r\n",
                span.start.format(stamp),
                span.end().format(stamp)
            );
            let wall = crate::domain::week::zone::wall(span.start, event.zone);
            let end = crate::domain::week::zone::wall(span.end(), event.zone);
            (
                wall.date(),
                last_day(wall, end),
                Some(wall.format("%H:%M").to_string()),
                Some(span.minutes),
            )
        }
        When::AllDay { first, days } => {
            let after = first + Duration::days(days.max(1).into());
            let _ = write!(
                text,
                "DTSTART;VALUE=DATE:{}\r\nDTEND;VALUE=DATE:{}\r\n",
                first.format("%Y%m%d"),
                after.format("%Y%m%d")
            );
            (first, after.pred_opt().unwrap_or(first), None, None)
        }
    };
    if !takes_time(event) {
        text.push_str("STATUS:CANCELLED\r\n");
    }
    text.push_str("END:VEVENT\r\n");
    Kept {
        about: event.clone(),
        counts: counts(event),
        first: held(first),
        last: Some(held(last)),
        at,
        minutes,
        rule: None,
        text,
    }
}

/// Whether an event is of whole days: by its dates, or as Outlook writes it, from midnight to midnight
/// with a word of its own.
fn is_all_day(series: &Series) -> bool {
    let Stamp::At { wall, .. } = series.start else { return true };
    let said = series.raw.first("X-MICROSOFT-CDO-ALLDAYEVENT").map(Property::word);
    said.as_deref() == Some("TRUE")
        && wall.time() == chrono::NaiveTime::MIN
        && minutes(series.length).is_some_and(|minutes| minutes % (24 * 60) == 0)
}

fn takes_time(event: &Event) -> bool {
    event.standing != Standing::Cancelled && !event.declined && event.presence == Presence::Busy
}

fn counts(event: &Event) -> &'static str {
    let all_day = matches!(event.when, When::AllDay { .. });
    match (event.standing, event.presence) {
        (Standing::Cancelled, _) => "cancelled",
        _ if event.declined => "declined",
        (_, Presence::Away) => "away",
        (_, Presence::Free) => "free",
        (_, Presence::Busy) if all_day => "all-day",
        (_, Presence::Busy) => "meeting",
    }
}

struct Lines<'a> {
    zones: Zones<'a>,
    floating: Zone,
    me: HashSet<String>,
}

impl Lines<'_> {
    fn kept(&mut self, group: &[&Series], calendar: Option<&str>) -> Kept {
        // Of several that say the same, the last revision holds.
        let whole = group.iter().filter(|series| series.replaces.is_none());
        let main = whole.max_by_key(|series| series.sequence).unwrap_or(&group[0]);
        let about = read::details(main, self.floating, calendar, &self.me);
        let all_day = is_all_day(main);
        let mut text = String::new();
        for series in group {
            let declined = read::details(series, self.floating, calendar, &self.me).declined;
            let instead = match series.start {
                _ if declined => Some("STATUS:CANCELLED"),
                // A whole day takes no time, also where it was written as one of hours.
                Stamp::At { .. } if is_all_day(series) => Some("X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
                Stamp::At { .. } | Stamp::Day(_) => None,
            };
            self.event(&mut text, (&series.raw, &series.uid), instead);
        }
        let about = Event {
            when: match main.start {
                Stamp::At { wall, .. } if all_day => When::AllDay { first: wall.date(), days: 1 },
                Stamp::Day(first) => When::AllDay { first, days: 1 },
                Stamp::At { wall, zone } => When::Timed(crate::domain::week::Span::new(
                    crate::domain::week::zone::instant(wall, zone),
                    minutes(main.length).unwrap_or(0),
                )),
            },
            ..about
        };
        let wall = main.start.wall_in(about.zone);
        let first = group.iter().map(|one| one.start.wall().date()).min();
        Kept {
            counts: counts(&about),
            first: held(first.unwrap_or(wall.date())),
            last: last(group).map(held),
            at: (!all_day).then(|| wall.format("%H:%M").to_string()),
            minutes: if all_day { None } else { minutes(main.length) },
            rule: main.raw.first("RRULE").map(|line| words::words(&line.value)),
            about,
            text,
        }
    }

    fn event(&mut self, out: &mut String, (raw, uid): (&RawEvent, &str), instead: Option<&str>) {
        let _ = write!(out, "BEGIN:VEVENT\r\nUID:{}\r\n", one_line(uid));
        let (left_out, _) = instead.and_then(|line| line.split_once(':')).unwrap_or_default();
        for name in TELLING.into_iter().filter(|name| *name != left_out) {
            for property in raw.all(name) {
                self.property(out, property);
            }
        }
        if let Some(line) = instead {
            let _ = write!(out, "{line}\r\n");
        }
        out.push_str("END:VEVENT\r\n");
    }

    fn property(&mut self, out: &mut String, property: &Property) {
        out.push_str(&property.name);
        for name in ["VALUE", "RANGE"] {
            if let Some(value) = property.parameter(name) {
                let _ = write!(out, ";{name}={}", value.to_ascii_uppercase());
            }
        }
        let universal = property.value.trim().ends_with(['Z', 'z']);
        if let Some(zone) = property.parameter("TZID").filter(|_| !universal) {
            let _ = write!(out, ";TZID={}", self.zones.find(zone, property.line).name());
        } else if is_time(property) && !universal {
            let _ = write!(out, ";TZID={}", self.floating.name());
        }
        let _ = write!(out, ":{}\r\n", one_line(&property.value));
    }
}

/// The nearest day that a workspace can hold: a birthday of 1953, or what ends in the year 9999,
/// happens in the years between as its rule says.
fn held(day: NaiveDate) -> NaiveDate {
    let new_year = NaiveDate::from_ymd_opt(*YEARS.start(), 1, 1).unwrap_or(day);
    let last = NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31).unwrap_or(day);
    day.clamp(new_year, last)
}

/// A time of day without a zone, which is in the zone of the calendar.
fn is_time(property: &Property) -> bool {
    let dated = ["DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"];
    dated.contains(&property.name.as_str())
        && property.value.contains(['T', 't'])
        && property.parameter("VALUE") != Some("DATE")
}

fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

fn escaped(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,")
}

fn minutes(length: Length) -> Option<i64> {
    match length {
        Length::Days(_) => None,
        Length::Wall(length) => Some(length.num_minutes()),
        Length::Exact(minutes) => Some(minutes),
    }
}

/// The day on which something is over; what ends at midnight is over on the day before.
fn last_day(start: NaiveDateTime, end: NaiveDateTime) -> NaiveDate {
    let last = end.checked_sub_signed(Duration::seconds(1)).unwrap_or(end);
    last.max(start).date()
}

/// The last civil day on which anything of it happens; `None` for what a rule repeats without a
/// day of its end.
fn last(group: &[&Series]) -> Option<NaiveDate> {
    let mut last = NaiveDate::MIN;
    for series in group {
        let long = match series.length {
            Length::Days(days) => Duration::days(days.into()),
            Length::Wall(length) => length,
            Length::Exact(minutes) => Duration::minutes(minutes),
        };
        let mut start = series.start.wall();
        if let Some(rule) = &series.rule {
            start = start.max(rule.until?);
        }
        for (stamp, _) in &series.extra {
            start = start.max(stamp.wall());
        }
        let end = start.checked_add_signed(long)?;
        last = last.max(last_day(start, end));
    }
    // An instance that holds for all later ones may move them.
    let moved = group.iter().any(|series| series.and_later);
    last.checked_add_signed(Duration::days(if moved { 62 } else { 0 }))
}
