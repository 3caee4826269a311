//! What a running timer may claim. One that ran while nobody was there, over night, through a
//! crash or against the clock asks what really happened; it never makes minutes up.

use crate::domain::zone::Zone;
use chrono::{DateTime, Duration, Utc};

use super::span::Span;
use super::zone;

/// The numbers of the rule \[D\], in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Without a key for longer than this, the person was away.
    pub idle: i64,
    /// Longer than this in one go is doubted.
    pub longest: i64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { idle: 15, longest: 240 }
    }
}

/// Why a timer has to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The clock stands before the start of the timer.
    ClockWentBack,
    /// It ran into another day.
    OverNight,
    /// Nobody was seen since this instant.
    Away { since: DateTime<Utc> },
    /// It ran longer than anybody works in one go.
    TooLong,
}

impl Doubt {
    /// The question, without the figures.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ClockWentBack => "the clock now stands before the start of this timer",
            Self::OverNight => "this timer ran over night",
            Self::Away { .. } => "nobody was here while this timer ran",
            Self::TooLong => "this timer ran very long",
        }
    }
}

/// What is to become of the time of a timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// All of it was work.
    Keep,
    /// Up to the last sign of life, or to this instant.
    Until(DateTime<Utc>),
    Discard,
}

/// Whether the timer's time can be believed as it is. `seen` is the last sign of life while it
/// ran: the last key, or the last minute that a program was open to note one.
#[must_use]
pub fn doubt(
    started: DateTime<Utc>,
    seen: DateTime<Utc>,
    now: DateTime<Utc>,
    zone: Zone,
    patience: Patience,
) -> Option<Doubt> {
    let since = seen.max(started);
    if now < started {
        Some(Doubt::ClockWentBack)
    } else if now.signed_duration_since(since) > Duration::minutes(patience.idle) {
        Some(Doubt::Away { since })
    } else if zone::wall(started, zone).date() != zone::wall(now, zone).date() {
        Some(Doubt::OverNight)
    } else if now.signed_duration_since(started) > Duration::minutes(patience.longest) {
        Some(Doubt::TooLong)
    } else {
        None
    }
}

/// The time that is logged after the choice; `None` when less than a minute is left. Never more
/// than really passed.
#[must_use]
pub fn settle(started: DateTime<Utc>, now: DateTime<Utc>, choice: Choice) -> Option<Span> {
    let end = match choice {
        Choice::Keep => now,
        Choice::Until(at) => at.min(now),
        Choice::Discard => started,
    };
    let span = Span::between(started, end);
    (span.minutes > 0).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zone::zone;

    fn at(text: &str) -> DateTime<Utc> {
        format!("2026-05-{text}:00Z").parse().unwrap()
    }

    fn asked(started: &str, seen: &str, now: &str) -> Option<Doubt> {
        doubt(at(started), at(seen), at(now), zone("Europe/Berlin"), Patience::default())
    }

    #[test]
    fn an_honest_hour_asks_nothing() {
        assert_eq!(asked("04T09:00", "04T09:58", "04T10:00"), None);
        assert_eq!(asked("04T09:00", "04T09:45", "04T10:00"), None);
    }

    #[test]
    fn what_nobody_saw_is_asked() {
        let since = at("04T09:44");
        assert_eq!(asked("04T09:00", "04T09:44", "04T10:00"), Some(Doubt::Away { since }));
        // After a crash the last sign of life lies far back, or before the start.
        let since = at("04T09:00");
        assert_eq!(asked("04T09:00", "03T17:00", "06T10:00"), Some(Doubt::Away { since }));
        // Midnight in Berlin is 22:00 in May.
        assert_eq!(asked("04T21:50", "04T22:05", "04T22:06"), Some(Doubt::OverNight));
        assert_eq!(asked("04T08:00", "04T12:05", "04T12:06"), Some(Doubt::TooLong));
        assert_eq!(asked("04T08:00", "04T08:00", "04T07:00"), Some(Doubt::ClockWentBack));
    }

    #[test]
    fn a_choice_never_logs_more_than_passed() {
        let (start, now) = (at("04T09:00"), at("04T10:00"));
        assert_eq!(settle(start, now, Choice::Keep), Some(Span::new(start, 60)));
        assert_eq!(settle(start, now, Choice::Until(at("04T09:20"))), Some(Span::new(start, 20)));
        assert_eq!(settle(start, now, Choice::Until(at("05T09:20"))), Some(Span::new(start, 60)));
        assert_eq!(settle(start, now, Choice::Discard), None);
        assert_eq!(settle(now, start, Choice::Keep), None);
    }
}
