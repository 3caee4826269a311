//! The clock of a zone that only its file explains (`VTIMEZONE`). Its rules are never followed: they
//! are compared with the zones of the tz database, and one that shows the same time stands for it.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, Weekday};

use super::property::Property;
use crate::domain::zone::Zone;

/// Years in which both have to show the same time.
const YEARS: RangeInclusive<i32> = 2024..=2030;
/// Observances of a zone that are looked at; one with more is asked for.
const MOST: usize = 500;
/// The lines of an observance that say what it shows, and from when.
const TELLING: [&str; 4] = ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"];

/// What a file says of the clock of one zone.
#[derive(Debug, Default)]
pub struct Clock {
    observances: Vec<BTreeMap<String, String>>,
    is_standard: Vec<bool>,
}

/// A change of the clock that comes every year.
#[derive(Debug, Clone, Copy)]
struct Change {
    month: u32,
    weekday: Weekday,
    /// The first, second … or, as -1, the last of the month.
    nth: i8,
    at: chrono::NaiveTime,
    from: i64,
    to: i64,
}

impl Clock {
    /// A `STANDARD` or `DAYLIGHT` begins.
    pub fn begin(&mut self, name: &str) {
        self.observances.push(BTreeMap::new());
        self.is_standard.push(name == "STANDARD");
    }

    /// A line of the one that is open.
    pub fn take(&mut self, property: &Property) {
        if let Some(open) = self.observances.last_mut().filter(|_| self.is_standard.len() <= MOST)
            && TELLING.contains(&property.name.as_str())
        {
            open.insert(property.name.clone(), property.value.trim().to_uppercase());
        }
    }

    /// The zone whose clock shows the same time, the first of these before all others.
    pub fn zone(&self, first: Zone, others: impl Iterator<Item = Zone>) -> Option<Zone> {
        let shown = self.shown()?;
        std::iter::once(first).chain(others).find(|zone| shown.agrees(*zone))
    }

    fn shown(&self) -> Option<Shown> {
        if self.observances.len() > MOST {
            return None;
        }
        let to = |lines: &BTreeMap<String, String>| offset(lines.get("TZOFFSETTO")?);
        let all: Vec<i64> = self.observances.iter().map(to).collect::<Option<_>>()?;
        let first = *all.first()?;
        if all.iter().all(|other| *other == first) {
            return Some(Shown::Always(first));
        }
        let open = self.observances.iter().filter(|lines| is_open(lines));
        let changes: Vec<Change> = open.map(change).collect::<Option<_>>()?;
        match changes[..] {
            [] => self.last().map(Shown::Always),
            [one, other] if one.to == other.from && other.to == one.from => {
                Some(Shown::Changing([one, other]))
            }
            _ => None,
        }
    }

    /// What has been shown since the last change, where none comes every year.
    fn last(&self) -> Option<i64> {
        let begun = |lines: &BTreeMap<String, String>| start(lines.get("DTSTART")?);
        let all = self.observances.iter().zip(&self.is_standard);
        let (lines, is_standard) = all.max_by_key(|(lines, _)| begun(lines))?;
        offset(lines.get("TZOFFSETTO")?).filter(|_| *is_standard)
    }
}

/// What a clock shows, in seconds ahead of UTC.
enum Shown {
    Always(i64),
    Changing([Change; 2]),
}

impl Shown {
    fn agrees(&self, zone: Zone) -> bool {
        let mut changes: Vec<(i64, i64, i64)> = match self {
            Self::Always(_) => Vec::new(),
            Self::Changing(both) => YEARS
                .flat_map(|year| both.iter().filter_map(move |change| change.in_year(year)))
                .collect(),
        };
        changes.sort_unstable();
        let at_changes = changes
            .iter()
            .all(|(at, from, to)| zone.ahead(at - 1) == *from && zone.ahead(*at) == *to);
        let between = || {
            let begin = changes.first().map_or_else(new_year, |(at, ..)| *at);
            let end = new_year() + i64::from(YEARS.end() - YEARS.start()) * 366 * 86_400;
            (begin..end).step_by(15 * 86_400).all(|at| {
                let shown = match self {
                    Self::Always(ahead) => Some(*ahead),
                    Self::Changing(_) => {
                        changes.iter().rfind(|(change, ..)| *change <= at).map(|(_, _, to)| *to)
                    }
                };
                shown.is_none_or(|shown| zone.ahead(at) == shown)
            })
        };
        at_changes && between()
    }
}

impl Change {
    /// The instant of it in a year, with what is shown before and after.
    fn in_year(self, year: i32) -> Option<(i64, i64, i64)> {
        let day = match u8::try_from(self.nth) {
            Ok(nth) => NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, nth)?,
            Err(_) => (1..=5).rev().find_map(|nth| {
                NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, nth)
            })?,
        };
        Some((day.and_time(self.at).and_utc().timestamp() - self.from, self.from, self.to))
    }
}

fn new_year() -> i64 {
    let first = NaiveDate::from_ymd_opt(*YEARS.start(), 1, 1).unwrap_or_default();
    first.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
}

/// Whether a rule brings it back every year, without an end.
fn is_open(lines: &BTreeMap<String, String>) -> bool {
    let rule = lines.get("RRULE");
    rule.is_some_and(|rule| !rule.contains("UNTIL=") && !rule.contains("COUNT="))
}

fn change(lines: &BTreeMap<String, String>) -> Option<Change> {
    let rule: BTreeMap<&str, &str> =
        lines.get("RRULE")?.split(';').filter_map(|part| part.split_once('=')).collect();
    let known = ["FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY", "WKST"];
    let is_yearly = rule.get("FREQ") == Some(&"YEARLY")
        && rule.get("INTERVAL").is_none_or(|every| *every == "1")
        && rule.keys().all(|name| known.contains(name));
    let start = start(lines.get("DTSTART")?).filter(|_| is_yearly)?;
    let day = rule.get("BYDAY")?;
    let (nth, name) = day.split_at(day.len().checked_sub(2)?);
    let nth: i8 = match (nth, rule.get("BYMONTHDAY")) {
        ("", Some(days)) => week_of(days)?,
        (nth, None) => nth.parse().ok().filter(|nth| (1..=4).contains(nth) || *nth == -1)?,
        _ => return None,
    };
    Some(Change {
        month: rule.get("BYMONTH")?.parse().ok()?,
        weekday: weekday(name)?,
        nth,
        at: start.time(),
        from: offset(lines.get("TZOFFSETFROM")?)?,
        to: offset(lines.get("TZOFFSETTO")?)?,
    })
}

/// Which week of the month seven days in a row are: `8,9,10,11,12,13,14` is the second.
fn week_of(days: &str) -> Option<i8> {
    let days: Vec<i8> = days.split(',').map(|day| day.parse().ok()).collect::<Option<_>>()?;
    let first = *days.first()?;
    let is_week = (first..first.checked_add(7)?).eq(days.iter().copied()) && first % 7 == 1;
    (is_week && first > 0).then_some((first - 1) / 7 + 1).filter(|nth| *nth <= 4)
}

fn weekday(name: &str) -> Option<Weekday> {
    const NAMES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let place = NAMES.iter().position(|known| *known == name)?;
    Weekday::try_from(u8::try_from(place).ok()?).ok()
}

/// `+0200`, `-0330` and `+053000` in seconds.
fn offset(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if ![4, 6].contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let figure = |from: usize| digits.get(from..from + 2).map_or(Some(0), |two| two.parse().ok());
    let (hours, minutes, seconds): (i64, i64, i64) = (figure(0)?, figure(2)?, figure(4)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60 + seconds))
}

fn start(text: &str) -> Option<NaiveDateTime> {
    let start = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok()?;
    (start.year() > 0)
        .then_some(start)
        .filter(|start| start.checked_add_signed(Duration::days(1)).is_some())
}

#[cfg(test)]
mod tests {
    use super::super::zones::windows_zones;
    use super::*;
    use crate::domain::zone::zone;

    fn read(observances: &[(&str, &str, &str, &str, &str)]) -> Option<Zone> {
        let mut clock = Clock::default();
        for (name, start, from, to, rule) in observances {
            clock.begin(name);
            let lines = [("DTSTART", start), ("TZOFFSETFROM", from), ("TZOFFSETTO", to)];
            for (line, value) in lines.into_iter().chain([("RRULE", rule)]) {
                if !value.is_empty() {
                    clock.take(&Property::read(1, &format!("{line}:{value}")).unwrap());
                }
            }
        }
        clock.zone(zone("America/Bogota"), windows_zones())
    }

    #[test]
    fn a_clock_that_a_zone_shares_is_that_zones() {
        // As Outlook writes it.
        let berlin = [
            ("STANDARD", "16010101T030000", "+0200", "+0100", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
            ("DAYLIGHT", "16010101T020000", "+0100", "+0200", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
        ];
        let found = read(&berlin).unwrap();
        assert_eq!(found.ahead(1_782_907_200), 7_200, "{found}");
        assert_eq!(found.ahead(1_767_225_600), 3_600, "{found}");
        // With what held before, and as Apple counts weeks.
        let york = [
            (
                "DAYLIGHT",
                "19870405T020000",
                "-0500",
                "-0400",
                "FREQ=YEARLY;UNTIL=20060402T070000Z;BYMONTH=4;BYDAY=1SU",
            ),
            (
                "DAYLIGHT",
                "20070311T020000",
                "-0500",
                "-0400",
                "FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYMONTHDAY=8,9,10,11,12,13,14",
            ),
            ("STANDARD", "20071104T020000", "-0400", "-0500", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
        ];
        assert_eq!(read(&york), Some(zone("America/New_York")));
        let half = [
            ("STANDARD", "20080406T020000", "+1100", "+1030", "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU"),
            ("DAYLIGHT", "20081005T020000", "+1030", "+1100", "FREQ=YEARLY;BYMONTH=10;BYDAY=1SU"),
        ];
        assert_eq!(read(&half), Some(zone("Australia/Lord_Howe")));
        // One that never changes, or has not since; who sits here comes first.
        let fixed = [("STANDARD", "16010101T000000", "+0545", "+0545", "")];
        assert_eq!(read(&fixed).map(|found| found.ahead(1_782_907_200)), Some(20_700));
        assert_eq!(
            read(&[("STANDARD", "16010101T000000", "-0500", "-0500", "")]),
            Some(zone("America/Bogota"))
        );
        let since = [
            ("DAYLIGHT", "19920503T000000", "-0500", "-0400", ""),
            ("STANDARD", "19930404T000000", "-0400", "-0500", ""),
        ];
        assert_eq!(read(&since), Some(zone("America/Bogota")));
    }

    #[test]
    fn a_clock_that_nobody_shares_is_asked_for() {
        let odd = |to: &'static str, rule: &'static str| {
            read(&[
                ("STANDARD", "20070101T030000", to, "+0100", rule),
                ("DAYLIGHT", "20070101T020000", "+0100", to, "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
            ])
        };
        assert!(odd("+0200", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10").is_some());
        for (to, rule) in [
            ("+0200", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=8"),
            ("+0215", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
            ("+0200", "FREQ=SECONDLY"),
            ("+0200", "FREQ=YEARLY;BYDAY=-1SU,MO;BYMONTH=10"),
            ("+0200", "FREQ=YEARLY;INTERVAL=2;BYDAY=-1SU;BYMONTH=10"),
            ("+0200", ""),
            ("nonsense", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
        ] {
            assert_eq!(odd(to, rule), None, "{to} {rule}");
        }
        assert_eq!(read(&[]), None);
        assert_eq!(read(&[("STANDARD", "16010101T000000", "+0013", "+0013", "")]), None);
    }
}
