//! From a wall clock to an instant, on every night of the year. The zones are those compiled
//! in; nothing here asks which one the machine is in.

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// The longest gap that a zone ever cut out of its clock, in hours, with room.
const LONGEST_GAP: i64 = 30;

/// The instant of a wall clock. An hour that comes twice is its first; one that does not exist
/// is as far after the gap as it stands into it, so 02:30 of a spring night is 03:30.
#[must_use]
pub fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        LocalResult::None => in_gap(local, zone),
    }
}

/// Reads the clock by the offset that held before the gap.
fn in_gap(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    (1..=LONGEST_GAP)
        .find_map(|hours| {
            let back = Duration::hours(hours);
            let earlier = local.checked_sub_signed(back)?;
            let at = zone.from_local_datetime(&earlier).latest()?;
            at.with_timezone(&Utc).checked_add_signed(back)
        })
        .unwrap_or_else(|| Utc.from_utc_datetime(&local))
}

/// The wall clock of an instant.
#[must_use]
pub fn wall(at: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

/// The first instant of a civil day, which in some zones is not midnight.
#[must_use]
pub fn start_of_day(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    instant(day.and_time(NaiveTime::MIN), zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(local: &str, zone: Tz) -> String {
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M").unwrap();
        instant(local, zone).format("%Y-%m-%dT%H:%MZ").to_string()
    }

    #[test]
    fn an_hour_that_is_missing_comes_after_the_gap() {
        assert_eq!(at("2026-03-29T01:59", Tz::Europe__Berlin), "2026-03-29T00:59Z");
        assert_eq!(at("2026-03-29T02:30", Tz::Europe__Berlin), "2026-03-29T01:30Z");
        assert_eq!(at("2026-03-29T03:30", Tz::Europe__Berlin), "2026-03-29T01:30Z");
        // Half an hour is missing.
        assert_eq!(at("2026-10-04T02:10", Tz::Australia__Lord_Howe), "2026-10-03T15:40Z");
        // A whole day is missing.
        assert_eq!(at("2011-12-30T12:00", Tz::Pacific__Apia), "2011-12-30T22:00Z");
    }

    #[test]
    fn an_hour_that_comes_twice_is_its_first() {
        assert_eq!(at("2026-10-25T02:30", Tz::Europe__Berlin), "2026-10-25T00:30Z");
        assert_eq!(at("2026-11-01T01:30", Tz::America__New_York), "2026-11-01T05:30Z");
    }

    #[test]
    fn some_days_do_not_begin_at_midnight() {
        let day: NaiveDate = "2018-11-04".parse().unwrap();
        let start = start_of_day(day, Tz::America__Sao_Paulo);
        assert_eq!(wall(start, Tz::America__Sao_Paulo).format("%H:%M").to_string(), "01:00");
    }
}
