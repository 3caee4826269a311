//! From a wall clock to an instant, on every night of the year. The zones are those compiled
//! in; nothing here asks which one the machine is in.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::domain::zone::Zone;

/// The longest gap that a zone ever cut out of its clock, in hours, with room.
const LONGEST_GAP: i64 = 30;
/// More than any clock is ahead of UTC or behind it.
const DAY: i64 = 86_400;

/// The instant of a wall clock. An hour that comes twice is its first; one that does not exist
/// is as far after the gap as it stands into it, so 02:30 of a spring night is 03:30.
#[must_use]
pub fn instant(local: NaiveDateTime, zone: Zone) -> DateTime<Utc> {
    instants(local, zone).next().unwrap_or_else(|| in_gap(local, zone))
}

/// When the clock of a zone shows this, the first first: once, twice or never.
fn instants(local: NaiveDateTime, zone: Zone) -> impl Iterator<Item = DateTime<Utc>> {
    let shown = local.and_utc().timestamp();
    // Whoever is further ahead shows a time earlier.
    let mut ahead = [-DAY, 0, DAY].map(|by| zone.ahead(shown + by));
    ahead.sort_unstable_by_key(|ahead| -ahead);
    let mut last = None;
    ahead.into_iter().filter_map(move |ahead| {
        let is_new = last.replace(ahead) != Some(ahead);
        let at = local.and_utc().checked_sub_signed(Duration::seconds(ahead))?;
        (is_new && zone.ahead(at.timestamp()) == ahead).then_some(at)
    })
}

/// Reads the clock by the offset that held before the gap.
fn in_gap(local: NaiveDateTime, zone: Zone) -> DateTime<Utc> {
    (1..=LONGEST_GAP)
        .find_map(|hours| {
            let back = Duration::hours(hours);
            let earlier = local.checked_sub_signed(back)?;
            instants(earlier, zone).last()?.checked_add_signed(back)
        })
        .unwrap_or_else(|| local.and_utc())
}

/// The wall clock of an instant.
#[must_use]
pub fn wall(at: DateTime<Utc>, zone: Zone) -> NaiveDateTime {
    let utc = at.naive_utc();
    utc.checked_add_signed(Duration::seconds(zone.ahead(at.timestamp()))).unwrap_or(utc)
}

/// The first instant of a civil day, which in some zones is not midnight.
#[must_use]
pub fn start_of_day(day: NaiveDate, zone: Zone) -> DateTime<Utc> {
    instant(day.and_time(NaiveTime::MIN), zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zone::zone;

    fn at(local: &str, zone: Zone) -> String {
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M").unwrap();
        instant(local, zone).format("%Y-%m-%dT%H:%MZ").to_string()
    }

    #[test]
    fn an_hour_that_is_missing_comes_after_the_gap() {
        assert_eq!(at("2026-03-29T01:59", zone("Europe/Berlin")), "2026-03-29T00:59Z");
        assert_eq!(at("2026-03-29T02:30", zone("Europe/Berlin")), "2026-03-29T01:30Z");
        assert_eq!(at("2026-03-29T03:30", zone("Europe/Berlin")), "2026-03-29T01:30Z");
        // Half an hour is missing.
        assert_eq!(at("2026-10-04T02:10", zone("Australia/Lord_Howe")), "2026-10-03T15:40Z");
        // A whole day is missing.
        assert_eq!(at("2011-12-30T12:00", zone("Pacific/Apia")), "2011-12-30T22:00Z");
    }

    #[test]
    fn an_hour_that_comes_twice_is_its_first() {
        assert_eq!(at("2026-10-25T02:30", zone("Europe/Berlin")), "2026-10-25T00:30Z");
        assert_eq!(at("2026-11-01T01:30", zone("America/New_York")), "2026-11-01T05:30Z");
    }

    #[test]
    fn some_days_do_not_begin_at_midnight() {
        let day: NaiveDate = "2018-11-04".parse().unwrap();
        let start = start_of_day(day, zone("America/Sao_Paulo"));
        assert_eq!(wall(start, zone("America/Sao_Paulo")).format("%H:%M").to_string(), "01:00");
    }
}
