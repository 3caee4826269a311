//! The meetings of some days: the rules of the calendars that were imported, followed week by week
//! and kept until the journal moves; what a rule means is kept as long as its meeting is as it was.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{Days, NaiveDate, NaiveTime};

use crate::domain::item::{Item, ItemId};
use crate::domain::value::Value;
use crate::domain::week::guess::BandRule;
use crate::domain::week::span::Piece;
use crate::domain::week::stretch::{Stretch, Whence};
use crate::domain::week::{Band, Week, zone};
use crate::exchange::event::Event;
use crate::exchange::ics::{self, Ready};
use crate::store::intake::Intake;
use crate::store::week::Meeting;

use super::error::Result;
use super::escalation::Overload;
use super::guesses;
use super::kept::Kept;
use super::mine;
use super::page::Stand;
use super::week::rules;
use super::week::spread::Spread;
use super::week::{Meter, Past};
use super::workspace::{Settings, Workspace};

/// Days before and after the weeks that are asked for, whose meetings are read with them.
const AROUND: u64 = 13 * 7;

/// Instances of all meetings that a week may hold, or the days that are asked for in a write.
const MOST: usize = 5_000;

/// Weeks that are followed each by itself.
const FEW: i64 = 5;

/// The first and last days of a month and of a quarter.
type Bounds = [(NaiveDate, NaiveDate); 2];

/// What was followed last, and the meter that was made last: both hold while the journal stands.
#[derive(Debug, Default)]
pub(super) struct Followed {
    days: RefCell<Option<Known>>,
    understood: RefCell<Understood>,
    pub meter: Kept<Meter>,
    pub overload: Kept<Overload>,
    past: RefCell<Option<(Stand, HashMap<Week, Past>)>>,
    spreads: RefCell<Option<(Stand, Bounds, [Spread; 2])>>,
}

impl Followed {
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
}

/// The meetings around some days as they stand, and the weeks of them that were followed.
#[derive(Debug)]
struct Known {
    stand: Stand,
    from: NaiveDate,
    to: NaiveDate,
    rows: Vec<Meeting>,
    rules: Vec<BandRule>,
    weeks: HashMap<Week, Met>,
}

/// What recurs, understood once: it holds as long as its row is as it was, whatever else changes.
type Understood = HashMap<ItemId, (i64, Arc<Ready>)>;

/// The meetings of some days.
#[derive(Debug, Clone, Default)]
pub struct Met {
    pub stretches: Vec<Stretch>,
    /// Events whose rule gives more than prewire follows.
    pub broken: usize,
}

/// Meetings that are asked for several times in a row, by the days that are wanted.
pub(super) struct Diary<'a> {
    read: Box<dyn Fn((NaiveDate, NaiveDate)) -> Result<Met> + 'a>,
}

impl<'a> Diary<'a> {
    /// Of an open workspace, which keeps what it followed: of a few weeks each by itself, of many what
    /// their meetings mean.
    pub fn of(workspace: &'a Workspace) -> Self {
        let read = |(from, to): (NaiveDate, NaiveDate)| {
            if Week::of(from).weeks_to(Week::of(to)) < FEW {
                return workspace.meetings((from, to));
            }
            let (store, settings) = (&workspace.store, &workspace.settings);
            let rows = store.meetings((from, to), mine::me(store, settings)?)?;
            let mut understood = workspace.followed.understood.borrow_mut();
            let rules = guesses::rules(store)?;
            Ok(follow_all(rows.iter(), (from, to), settings, &rules, &mut understood))
        };
        Self { read: Box::new(read) }
    }

    /// Within a write, where a meeting is understood once, however often it is asked for.
    pub fn within(from: &'a impl Intake, settings: &'a Settings, me: Option<ItemId>) -> Self {
        let understood = RefCell::new(Understood::new());
        let read = move |days| {
            let rules = rules::of(&from.kept()?);
            let (rows, mut understood) = (from.met(days, me)?, understood.borrow_mut());
            Ok(follow_all(rows.iter(), days, settings, &rules, &mut understood))
        };
        Self { read: Box::new(read) }
    }

    /// The meetings between two days, both included, in the order of time.
    pub fn met(&self, days: (NaiveDate, NaiveDate)) -> Result<Met> {
        (self.read)(days)
    }
}

impl Workspace {
    /// The meetings between two days, both included, in the order of time.
    ///
    /// # Errors
    /// A storage error.
    pub fn meetings(&self, (from, to): (NaiveDate, NaiveDate)) -> Result<Met> {
        let stand = self.stand()?;
        let mut kept = self.followed.days.borrow_mut();
        let (first, last) = (Week::of(from), Week::of(to));
        let fits = kept.as_ref().is_some_and(|known| {
            known.stand == stand && known.from <= first.monday() && last.sunday() <= known.to
        });
        if !fits {
            let from = first.monday().checked_sub_days(Days::new(AROUND)).unwrap_or(from);
            let to = last.sunday().checked_add_days(Days::new(AROUND)).unwrap_or(to);
            let me = mine::me(&self.store, &self.settings)?;
            let rows = self.store.meetings((from, to), me)?;
            let mut understood = self.followed.understood.borrow_mut();
            let here: HashSet<ItemId> = rows.iter().map(|row| row.id).collect();
            understood.retain(|id, _| here.contains(id));
            let rules = guesses::rules(&self.store)?;
            *kept = Some(Known { stand, from, to, rows, rules, weeks: HashMap::new() });
        }
        let Some(known) = kept.as_mut() else { return Ok(Met::default()) };
        let mut met = Met::default();
        let count = usize::try_from(first.weeks_to(last) + 1).unwrap_or(0);
        for week in std::iter::successors(Some(first), |week| Some(week.next())).take(count) {
            let Known { rows, rules, weeks, .. } = &mut *known;
            let one = weeks.entry(week).or_insert_with(|| {
                let mut understood = self.followed.understood.borrow_mut();
                let days = (week.monday(), week.sunday());
                let near = rows.iter().filter(|row| row.touches(days));
                follow_all(near, days, &self.settings, rules, &mut understood)
            });
            let days = |stretch: &&Stretch| (from..=to).contains(&stretch.on);
            met.stretches.extend(one.stretches.iter().filter(days).cloned());
            met.broken = met.broken.max(one.broken);
        }
        Ok(met)
    }
}

/// Follows the rules of these meetings, each cut at midnight.
fn follow_all<'a>(
    found: impl Iterator<Item = &'a Meeting>,
    days: (NaiveDate, NaiveDate),
    settings: &Settings,
    rules: &[BandRule],
    understood: &mut Understood,
) -> Met {
    let mut met = Met::default();
    for meeting in found {
        let Some(events) = understand(meeting, settings, understood)
            .and_then(|ready| ready.instances(days, settings.zone).ok())
        else {
            met.broken += 1;
            continue;
        };
        // A calendar that happens thousands of times in a week is none of a person.
        if met.stretches.len() + events.len() > MOST {
            met.broken += 1;
            continue;
        }
        let is_asked = meeting.band == Band::Unclassified && !events.is_empty();
        let guess = is_asked
            .then(|| guesses::of(rules, &meeting.title, &[&meeting.calendar], &meeting.people))
            .flatten();
        for event in &events {
            met.stretches.extend(pieces(meeting, event, guess, days, settings));
        }
    }
    met.stretches.sort_by(|one, other| {
        (one.on, one.at, one.reference.number).cmp(&(other.on, other.at, other.reference.number))
    });
    met
}

/// The times of a meeting; those of one that recurs are kept for the next time.
fn understand(
    meeting: &Meeting,
    settings: &Settings,
    understood: &mut Understood,
) -> Option<Arc<Ready>> {
    let known = understood.get(&meeting.id).filter(|(rev, _)| *rev == meeting.rev);
    if let Some((_, ready)) = known {
        return Some(Arc::clone(ready));
    }
    let ready = Arc::new(ics::ready(&meeting.ical, settings.zone).ok()?);
    if meeting.recurs {
        understood.insert(meeting.id, (meeting.rev, Arc::clone(&ready)));
    }
    Some(ready)
}

/// An instance as stretches of the days that it touches.
fn pieces(
    meeting: &Meeting,
    event: &Event,
    guess: Option<Band>,
    (from, to): (NaiveDate, NaiveDate),
    settings: &Settings,
) -> Vec<Stretch> {
    let Some(span) = event.working_time() else { return Vec::new() };
    let pieces = span.by_day(settings.zone).into_iter();
    let within = pieces.filter(|piece| (from..=to).contains(&piece.day));
    let title = if event.title.is_empty() { &meeting.title } else { &event.title };
    let stretch = |piece: Piece| {
        let wall = zone::wall(piece.span.start, settings.zone);
        let midnight = piece.day.and_time(NaiveTime::MIN);
        Stretch {
            id: meeting.id,
            reference: meeting.reference,
            title: title.clone(),
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
            origin: None,
            whence: Whence::Calendar,
            guess,
        }
    };
    within.map(stretch).collect()
}

/// What is known of the band of an entry that came in unclassified.
pub(super) fn guess_of(item: &Item, rules: &[BandRule]) -> Option<Band> {
    let tags = match item.get("tags") {
        Value::Tags(tags) => tags.as_slice(),
        _ => &[],
    };
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    guesses::of_time(rules, item.title(), &tags)
}
