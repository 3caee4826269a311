//! A stretch of time as the week sees it: planned or spent, on one civil day, in a band. It has
//! a wall clock and no zone, so that a week sums to the same minutes wherever it is read.

use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};

use super::band::Band;
use super::overlap::{Overlap, counted_once};
use super::span::Span;
use super::tally::Tally;
use crate::domain::day::show_clock;
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;

/// One block or entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub id: ItemId,
    pub reference: Ref,
    pub title: String,
    pub on: NaiveDate,
    /// Minutes since midnight; `None`: some time that day.
    pub at: Option<i64>,
    pub minutes: i64,
    pub band: Band,
    /// The work or the strategy that it goes into.
    pub serves: Option<ItemId>,
    /// Whether a bet is on its way up.
    pub has_bet: bool,
    /// Whether an active outcome is on its way up.
    pub has_outcome: bool,
    pub source: String,
    /// Experiment, iterate or apply, when somebody said so.
    pub mode: Option<String>,
    /// The horizon of the outcome that it leads up to: `H1` to `H3`.
    pub horizon: Option<String>,
    /// Whose idea the work was: `self-initiated`, `requested`, `recurring`.
    pub origin: Option<String>,
    pub whence: Whence,
    /// What the rules say that it was, while nobody has said so.
    pub guess: Option<Band>,
}

/// Whether somebody planned or logged it, or a calendar says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whence {
    Person,
    /// An instance of a meeting, which may be one of many.
    Calendar,
}

impl Stretch {
    /// Time of a person in a band of which nothing else is known.
    #[must_use]
    pub fn of_time(
        kind: Kind,
        (on, at): (NaiveDate, Option<i64>),
        minutes: i64,
        band: Band,
    ) -> Self {
        Self {
            id: ItemId(uuid::Uuid::nil()),
            reference: Ref { kind, number: 0 },
            title: String::new(),
            on,
            at,
            minutes,
            band,
            serves: None,
            has_bet: false,
            has_outcome: false,
            source: String::new(),
            mode: None,
            horizon: None,
            origin: None,
            whence: Whence::Person,
            guess: None,
        }
    }

    /// When it ends, in minutes since its midnight; `None` without a time of day.
    #[must_use]
    pub fn end(&self) -> Option<i64> {
        self.at.map(|at| at + self.minutes)
    }

    /// `09:00`, or nothing.
    #[must_use]
    pub fn clock(&self) -> String {
        self.at.map(show_clock).unwrap_or_default()
    }

    /// `S`, or `s?` of what is only guessed.
    #[must_use]
    pub fn letter(&self) -> String {
        match self.guess.filter(|_| self.band == Band::Unclassified) {
            Some(guess) => format!("{}?", guess.letter().to_ascii_lowercase()),
            None => self.band.letter().to_string(),
        }
    }

    /// A meeting that came in from a calendar and that nobody has made a block of.
    #[must_use]
    pub fn is_meeting(&self) -> bool {
        self.whence == Whence::Calendar && self.band == Band::Unclassified
    }

    /// Where it lies, read as if the wall clock were UTC; only to be compared with others so read.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        let start = Utc.from_utc_datetime(&self.on.and_time(NaiveTime::MIN));
        self.at.map(|at| Span::new(start + chrono::Duration::minutes(at), self.minutes))
    }
}

/// How many minutes of each count: what overlaps counts once, split evenly. What is off stands
/// beside the working time and takes nothing from it.
#[must_use]
pub fn counted(stretches: &[Stretch]) -> Vec<i64> {
    let mut minutes: Vec<i64> = stretches.iter().map(|stretch| stretch.minutes).collect();
    for off in [true, false] {
        let (places, spans): (Vec<usize>, Vec<Span>) = stretches
            .iter()
            .enumerate()
            .filter(|(_, stretch)| (stretch.band == Band::Off) == off)
            .filter_map(|(place, stretch)| Some((place, stretch.span()?)))
            .unzip();
        for (place, counted) in places.into_iter().zip(counted_once(&spans, Overlap::Even)) {
            minutes[place] = counted;
        }
    }
    minutes
}

/// Minutes by band, overlaps counted once.
#[must_use]
pub fn tally(stretches: &[Stretch]) -> Tally {
    stretches.iter().map(|stretch| stretch.band).zip(counted(stretches)).collect()
}

/// Minutes of execution on the way to no bet (`spec/3-model.md §3.4`, execution linked).
#[must_use]
pub fn unlinked_execution(stretches: &[Stretch]) -> i64 {
    let unlinked = |stretch: &Stretch| stretch.band == Band::Execution && !stretch.has_bet;
    let both = stretches.iter().zip(counted(stretches));
    both.filter(|(stretch, _)| unlinked(stretch)).map(|(_, minutes)| minutes).sum()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn stretch(at: Option<i64>, minutes: i64, band: Band) -> Stretch {
        let on = "2026-05-04".parse().unwrap();
        Stretch {
            reference: Ref { kind: Kind::Entry, number: 1 },
            source: "manual".to_owned(),
            ..Stretch::of_time(Kind::Entry, (on, at), minutes, band)
        }
    }

    #[test]
    fn a_double_booked_hour_counts_once_and_lunch_takes_nothing() {
        let day = [
            stretch(Some(540), 60, Band::Strategic),
            stretch(Some(570), 60, Band::Reactive),
            stretch(Some(540), 120, Band::Off),
            stretch(None, 30, Band::Execution),
        ];
        let tally = tally(&day);
        assert_eq!((tally.strategic, tally.reactive), (45, 45));
        assert_eq!((tally.off, tally.execution), (120, 30));
        assert_eq!(unlinked_execution(&day), 30);
    }

    #[test]
    fn what_a_calendar_brought_is_a_meeting_until_it_has_a_band() {
        let mut meeting = stretch(Some(540), 30, Band::Unclassified);
        assert!(!meeting.is_meeting());
        meeting.whence = Whence::Calendar;
        assert!(meeting.is_meeting());
        meeting.band = Band::Reactive;
        assert!(!meeting.is_meeting());
        assert_eq!((meeting.clock(), meeting.end()), ("09:00".to_owned(), Some(570)));
    }
}
