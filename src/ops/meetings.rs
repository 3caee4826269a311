//! The meetings of some days: the rules of the calendars that were imported, followed in these days
//! only, and kept until the journal moves, so that looking at a week again costs nothing.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};

use crate::domain::item::Item;
use crate::domain::value::Value;
use crate::domain::week::guess::BandRule;
use crate::domain::week::stretch::{Stretch, Whence};
use crate::domain::week::{Band, Week, zone};
use crate::exchange::ics;
use crate::store::week::Meeting;

use super::error::Result;
use super::guesses;
use super::page::Stand;
use super::week::spread::Spread;
use super::week::{Meter, Past};
use super::workspace::{Settings, Workspace};

/// Weeks before and after the days that are asked for, which are followed with them.
const AROUND: u64 = 5 * 7;

/// The first and last days of a month and of a quarter.
type Bounds = [(NaiveDate, NaiveDate); 2];

/// What was followed last, and the meter that was made last: both hold while the journal stands.
#[derive(Debug, Default)]
pub(super) struct Followed {
    days: RefCell<Option<Known>>,
    meter: RefCell<Option<(Stand, Meter)>>,
    past: RefCell<Option<(Stand, HashMap<Week, Past>)>>,
    spreads: RefCell<Option<(Stand, Bounds, [Spread; 2])>>,
}

impl Followed {
    pub fn meter(&self, stand: Stand) -> Option<Meter> {
        let kept = self.meter.borrow();
        kept.as_ref().filter(|(of, _)| *of == stand).map(|(_, meter)| meter.clone())
    }

    /// The one of these weeks that is known; others are read.
    pub fn past(&self, stand: Stand, week: Week) -> Option<Past> {
        let kept = self.past.borrow();
        kept.as_ref().filter(|(of, _)| *of == stand)?.1.get(&week).cloned()
    }

    pub fn keep_past(&self, stand: Stand, past: &[Past]) {
        let mut kept = self.past.borrow_mut();
        if kept.as_ref().is_none_or(|(of, _)| *of != stand) {
            *kept = Some((stand, HashMap::new()));
        }
        if let Some((_, known)) = kept.as_mut() {
            known.extend(past.iter().map(|one| (one.week, one.clone())));
        }
    }

    pub fn spreads(&self, stand: Stand, days: Bounds) -> Option<[Spread; 2]> {
        let kept = self.spreads.borrow();
        let fits = |(of, over, _): &&(Stand, Bounds, _)| *of == stand && *over == days;
        kept.as_ref().filter(fits).map(|(.., spreads)| spreads.clone())
    }

    pub fn keep_spreads(&self, stand: Stand, days: Bounds, spreads: &[Spread; 2]) {
        *self.spreads.borrow_mut() = Some((stand, days, spreads.clone()));
    }

    pub fn keep_meter(&self, stand: Stand, meter: &Meter) {
        *self.meter.borrow_mut() = Some((stand, meter.clone()));
    }
}

#[derive(Debug)]
struct Known {
    stand: Stand,
    from: NaiveDate,
    to: NaiveDate,
    stretches: Vec<Stretch>,
    broken: usize,
}

/// The meetings of some days.
#[derive(Debug, Clone, Default)]
pub struct Met {
    pub stretches: Vec<Stretch>,
    /// Events whose rule gives more than prewire follows.
    pub broken: usize,
}

impl Workspace {
    /// The meetings between two days, both included, in the order of time.
    ///
    /// # Errors
    /// A storage error.
    pub fn meetings(&self, (from, to): (NaiveDate, NaiveDate)) -> Result<Met> {
        let stand = self.stand()?;
        let mut kept = self.followed.days.borrow_mut();
        let fits = kept
            .as_ref()
            .is_some_and(|known| known.stand == stand && known.from <= from && to <= known.to);
        if !fits {
            let first = from.checked_sub_days(Days::new(AROUND)).unwrap_or(from);
            let last = to.checked_add_days(Days::new(AROUND)).unwrap_or(to);
            let found = self.store.meetings((first, last))?;
            let rules = guesses::rules(&self.store)?;
            let Met { stretches, broken } = follow(&found, (first, last), &self.settings, &rules);
            *kept = Some(Known { stand, from: first, to: last, stretches, broken });
        }
        let Some(known) = kept.as_ref() else { return Ok(Met::default()) };
        let start = known.stretches.partition_point(|one| one.on < from);
        let end = known.stretches.partition_point(|one| one.on <= to);
        Ok(Met { stretches: known.stretches[start..end].to_vec(), broken: known.broken })
    }
}

/// Follows the rules of these meetings, each cut at midnight.
pub(super) fn follow(
    found: &[Meeting],
    (from, to): (NaiveDate, NaiveDate),
    settings: &Settings,
    rules: &[BandRule],
) -> Met {
    let mut met = Met::default();
    for meeting in found {
        let Ok(events) = ics::instances(&meeting.ical, (from, to), settings.zone) else {
            met.broken += 1;
            continue;
        };
        let guess = guesses::of(rules, &meeting.title, &[&meeting.calendar], &meeting.people);
        for event in events {
            let Some(span) = event.working_time() else { continue };
            for piece in span
                .by_day(settings.zone)
                .into_iter()
                .filter(|piece| (from..=to).contains(&piece.day))
            {
                let wall = zone::wall(piece.span.start, settings.zone);
                let midnight = piece.day.and_time(NaiveTime::MIN);
                met.stretches.push(Stretch {
                    id: meeting.id,
                    reference: meeting.reference,
                    title: if event.title.is_empty() {
                        meeting.title.clone()
                    } else {
                        event.title.clone()
                    },
                    on: piece.day,
                    at: Some(wall.signed_duration_since(midnight).num_minutes()),
                    minutes: piece.span.minutes,
                    band: meeting.band,
                    serves: meeting.serves,
                    has_bet: meeting.has_bet,
                    has_outcome: meeting.has_outcome,
                    source: "calendar".to_owned(),
                    mode: None,
                    horizon: None,
                    whence: Whence::Calendar,
                    guess: guess.filter(|_| meeting.band == Band::Unclassified),
                });
            }
        }
    }
    met.stretches.sort_by(|one, other| {
        (one.on, one.at, one.reference.number).cmp(&(other.on, other.at, other.reference.number))
    });
    met
}

/// What is known of the band of an entry that came in unclassified.
pub(super) fn guess_of(item: &Item, rules: &[BandRule]) -> Option<Band> {
    let tags = match item.get("tags") {
        Value::Tags(tags) => tags.as_slice(),
        _ => &[],
    };
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    guesses::of(rules, item.title(), &tags, "")
}
