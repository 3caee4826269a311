//! Dates, times and lengths as calendars write them. A time is kept as its wall clock and zone
//! until somebody asks for the instant, because what recurs does so by the wall clock.

use crate::domain::zone::Zone;
use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime};

use super::property::Property;
use super::zones::Zones;
use crate::domain::week::zone;
use crate::exchange::event::TimeError;

/// The first and the last year that a calendar may name: birthdays lie before 1970, and rules
/// that never end say 9999.
const YEARS: std::ops::RangeInclusive<i32> = 1583..=9999;

/// Figures that a length consists of, at most: more are not needed, and would run over.
const MOST_PARTS: usize = 8;

/// A point in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    Day(NaiveDate),
    At { wall: NaiveDateTime, zone: Zone },
}

impl Stamp {
    /// Reads one value of a property. A time without a zone is one of `floating`.
    ///
    /// # Errors
    /// When it is no date, or not in the years that calendars have.
    pub fn read(
        property: &Property,
        value: &str,
        zones: &mut Zones<'_>,
        floating: Zone,
    ) -> Result<Self, TimeError> {
        let value = value.trim();
        let bad = || {
            let why = format!("“{}” in {} is not a date or time", cut(value), property.name);
            TimeError::at(property.line, why)
        };
        let (date, time) = match value.split_once(['T', 't']) {
            Some((date, time)) => (date, Some(time)),
            None => (value, None),
        };
        let date = day(date).ok_or_else(bad)?;
        let Some(time) = time.filter(|_| property.parameter("VALUE") != Some("DATE")) else {
            return Ok(Self::Day(date));
        };
        let (time, universal) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, true),
            None => (time, false),
        };
        let wall = date.and_time(clock(time).ok_or_else(bad)?);
        let zone = match property.parameter("TZID") {
            _ if universal => Zone::UTC,
            Some(name) => zones.find(name, property.line),
            None => floating,
        };
        Ok(Self::At { wall, zone })
    }

    /// The wall clock; of a day, its midnight.
    pub fn wall(self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN),
            Self::At { wall, .. } => wall,
        }
    }

    /// The wall clock in another zone, for exceptions and ends that were written in theirs.
    pub fn wall_in(self, other: Zone) -> NaiveDateTime {
        match self {
            Self::At { wall, zone } if zone != other => {
                zone::wall(zone::instant(wall, zone), other)
            }
            Self::Day(_) | Self::At { .. } => self.wall(),
        }
    }
}

/// How long an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    Days(u32),
    /// So long on the wall clock.
    Wall(Duration),
    /// So many minutes, whatever the wall clock does: its end is in another zone, or it has a
    /// duration.
    Exact(i64),
}

impl Length {
    /// In minutes, a day of the wall clock as one of 24 hours.
    pub fn minutes(self) -> i64 {
        match self {
            Self::Days(days) => i64::from(days) * 1_440,
            Self::Wall(length) => length.num_minutes(),
            Self::Exact(minutes) => minutes,
        }
    }
}

/// How long the event is that these lines describe.
///
/// # Errors
/// When it ends before it begins, or a day ends at a time.
pub fn length(
    start: Stamp,
    end: Option<(&Property, Stamp)>,
    duration: Option<&Property>,
) -> Result<Length, TimeError> {
    if let Some((property, end)) = end {
        return until(start, end, property.line);
    }
    let Some(property) = duration else {
        return Ok(match start {
            Stamp::Day(_) => Length::Days(1),
            Stamp::At { .. } => Length::Exact(0),
        });
    };
    let (days, seconds) = read_duration(&property.value).ok_or_else(|| {
        let why = format!("“{}” is not the length of an event", cut(&property.value));
        TimeError::at(property.line, why)
    })?;
    Ok(match start {
        Stamp::Day(_) => Length::Days(whole_days(days + seconds / 86_400)),
        // Days are nominal: a day later is the same time on the wall.
        Stamp::At { .. } if days > 0 => Length::Wall(Duration::seconds(days * 86_400 + seconds)),
        Stamp::At { .. } => Length::Exact(seconds / 60),
    })
}

fn until(start: Stamp, end: Stamp, line: u64) -> Result<Length, TimeError> {
    let backwards = || TimeError::at(line, "the event ends before it begins");
    match (start, end) {
        (Stamp::Day(first), Stamp::Day(end)) => match end.signed_duration_since(first).num_days() {
            days if days < 0 => Err(backwards()),
            days => Ok(Length::Days(whole_days(days))),
        },
        (Stamp::At { wall, zone }, Stamp::At { wall: end, zone: other }) if zone == other => {
            let length = end.signed_duration_since(wall);
            if length < Duration::zero() { Err(backwards()) } else { Ok(Length::Wall(length)) }
        }
        (Stamp::At { wall, zone }, Stamp::At { wall: end, zone: other }) => {
            let (start, end) = (zone::instant(wall, zone), zone::instant(end, other));
            let minutes = end.signed_duration_since(start).num_minutes();
            if minutes < 0 { Err(backwards()) } else { Ok(Length::Exact(minutes)) }
        }
        (Stamp::Day(_), Stamp::At { .. }) | (Stamp::At { .. }, Stamp::Day(_)) => {
            Err(TimeError::at(line, "the event begins on a day and ends at a time, or the reverse"))
        }
    }
}

/// An all-day event lasts a day at least.
fn whole_days(days: i64) -> u32 {
    u32::try_from(days).unwrap_or(u32::MAX).max(1)
}

/// Days and seconds of `P1DT2H30M`, `PT45M`, `P2W`; `None` for anything else and for less than
/// nothing.
pub fn read_duration(text: &str) -> Option<(i64, i64)> {
    let text = text.trim();
    let text = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let (days, times) = text.split_once('T').unwrap_or((text, ""));
    let (mut whole, mut seconds) = (0_i64, 0_i64);
    let mut parts = 0;
    for (text, of_time) in [(days, false), (times, true)] {
        let mut number = String::new();
        for letter in text.chars() {
            if letter.is_ascii_digit() {
                number.push(letter);
                continue;
            }
            let figure: i64 = number.parse().ok().filter(|figure| *figure < 1_000_000_000)?;
            number.clear();
            parts += 1;
            if parts > MOST_PARTS {
                return None;
            }
            match (letter, of_time) {
                ('W', false) => whole += figure * 7,
                ('D', false) => whole += figure,
                ('H', true) => seconds += figure * 3_600,
                ('M', true) => seconds += figure * 60,
                ('S', true) => seconds += figure,
                _ => return None,
            }
        }
        if !number.is_empty() {
            return None;
        }
    }
    (parts > 0).then_some((whole, seconds))
}

fn day(text: &str) -> Option<NaiveDate> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let date = NaiveDate::parse_from_str(text, "%Y%m%d").ok()?;
    YEARS.contains(&date.year()).then_some(date)
}

/// `HHMMSS` or `HHMM`; a leap second is the one before it.
fn clock(text: &str) -> Option<NaiveTime> {
    if !(text.len() == 6 || text.len() == 4) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let figure = |from: usize| text.get(from..from + 2)?.parse::<u32>().ok();
    let seconds = if text.len() == 6 { figure(4)?.min(60) } else { 0 };
    NaiveTime::from_hms_opt(figure(0)?, figure(2)?, seconds.min(59))
        .filter(|_| text.len() == 4 || figure(4).is_some_and(|seconds| seconds <= 60))
}

/// Enough of a value to know it again.
pub fn cut(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(MOST).collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::zone::zone;

    fn stamp(line: &str) -> Result<Stamp, String> {
        let (answers, told) = (BTreeMap::new(), super::super::zones::Told::default());
        let property = Property::read(5, line).unwrap();
        let mut zones = Zones::new(&answers, &told, Zone::UTC);
        Stamp::read(&property, &property.value, &mut zones, zone("Asia/Tokyo"))
            .map_err(|error| error.to_string())
    }

    fn instant(line: &str) -> String {
        let at = stamp(line).unwrap().wall_in(Zone::UTC);
        at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    #[test]
    fn times_as_programs_write_them() {
        assert_eq!(instant("DTSTART:20260504T073000Z"), "2026-05-04T07:30:00Z");
        assert_eq!(instant("DTSTART:20260504T0730Z"), "2026-05-04T07:30:00Z");
        assert_eq!(instant("DTSTART:20260504T073000"), "2026-05-03T22:30:00Z");
        assert_eq!(
            instant("DTSTART;TZID=W. Europe Standard Time:20260505T140000"),
            "2026-05-05T12:00:00Z"
        );
        assert_eq!(instant("DTSTART;TZID=X:20260504T235960Z"), "2026-05-04T23:59:59Z");
        let day = Stamp::Day("2026-05-04".parse().unwrap());
        assert_eq!(stamp("DTSTART;VALUE=DATE:20260504"), Ok(day));
        assert_eq!(stamp("DTSTART:20260504"), Ok(day));
        assert_eq!(stamp("DTSTART;VALUE=DATE:20260504T000000"), Ok(day));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for value in [
            "20260231",
            "2026-05-04",
            "20260504T2500",
            "20260504T",
            "",
            "00010101",
            "20260504T073061Z",
        ] {
            let error = stamp(&format!("DTEND:{value}")).unwrap_err();
            assert_eq!(error, format!("line 5: “{value}” in DTEND is not a date or time"));
        }
    }

    #[test]
    fn lengths_are_read() {
        assert_eq!(read_duration("PT1H30M"), Some((0, 5_400)));
        assert_eq!(read_duration("+P1DT2H"), Some((1, 7_200)));
        assert_eq!(read_duration("P2W"), Some((14, 0)));
        for text in ["", "P", "PT", "1H", "-PT5M", "PT5", "P5M", "PT99999999999999999H"] {
            assert_eq!(read_duration(text), None, "{text}");
        }
    }
}
