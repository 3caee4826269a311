//! The week as a budget: what is planned, what was lived, what it says, and how it closed. Figures
//! are those of `domain::week`; here they are gathered, and frozen when a week is closed.

use chrono::NaiveDate;

use crate::domain::day::{clock_minutes, show_minutes};
use crate::domain::figure::Figure;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::week::capacity::{self, Capacity};
use crate::domain::week::fill::usable;
use crate::domain::week::fit::{Deviation, Targets, deviations};
use crate::domain::week::request::{Planned, budget_left};
use crate::domain::week::stretch::{self, Stretch, Whence};
use crate::domain::week::verdict::{self, Limits, is_on_course_to_breach, sentence};
use crate::domain::week::{Band, Tally, Verdict, WEEKLY_MINUTES, Week, available};
use crate::store::bulk::Bulk;
use crate::store::intake::Intake;
use crate::store::week::Whose;

use super::error::Result;
use super::meetings::Met;
use super::mine;
use super::triage::policy;
use super::workspace::{Settings, Workspace};

pub(super) mod close;
mod closed;
pub mod figures;
pub(super) mod fill;
pub mod gaps;
mod guessed;
pub mod lived;
mod past;
mod read;
pub mod rules;
mod since;
pub mod spread;
pub mod team;

pub use closed::{Closed, Told};
pub use past::Past;
pub(super) use read::{beside, some, spent, taken, whose, within};

/// The setting that holds the targets: `40/40/20`.
pub const BANDS: &str = "week.bands";
/// The setting that holds the working hours: `09:00-17:00`.
pub const HOURS: &str = "week.hours";
/// The setting that says whether execution without a bet counts as reactive: `yes`.
pub const STRICT: &str = "week.strict";
/// The settings under which closed weeks are kept.
const CLOSED: &str = "week.closed.";
/// Working hours unless set \[D\], in minutes since midnight.
const DAY: (i64, i64) = (9 * 60, 17 * 60);

/// What of the workspace a week is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    pub targets: Targets,
    pub limits: Limits,
    /// Per cent of the week that requests may take: of the intake policy, else the limit.
    pub budget: i64,
    /// Working hours of a day, in minutes since midnight.
    pub hours: (i64, i64),
    pub strict: bool,
    /// Breaches in a row that raise an escalation.
    pub breaches: usize,
    /// Agreed minutes of a week.
    pub weekly: i64,
    /// The person at the keyboard, when the workspace knows one.
    pub me: Option<ItemId>,
}

/// One week, planned against lived.
#[derive(Debug, Clone)]
pub struct WeekView {
    pub week: Week,
    pub today: NaiveDate,
    pub terms: Terms,
    /// Blocks, and the meetings of the calendars among them, in the order of time.
    pub planned: Vec<Stretch>,
    pub lived: Vec<Stretch>,
    pub plan: Tally,
    /// What was lived; of a closed week, as it was frozen.
    pub actual: Tally,
    pub available: i64,
    pub leave: i64,
    pub unlinked: i64,
    pub verdict: Verdict,
    pub closed: Option<Closed>,
    /// What is left of the reactive budget.
    pub left: i64,
    /// Of a week that is not over, the free minutes of the working hours that are still to come.
    pub ahead: Option<i64>,
    /// Meetings whose rule gives more than prewire follows.
    pub broken: usize,
    /// Whether there is time of others in it, while nobody said who sits here.
    pub is_of_others: bool,
    /// The figure of the team, where more than one logged something.
    pub team: Option<Figure>,
}

/// The second line of every screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meter {
    pub week: Week,
    pub actual: Tally,
    pub targets: Targets,
    pub left: i64,
    /// What the rule says of the load, in words; empty when nothing is up.
    pub overload: String,
    /// The escalation that is open.
    pub raised: Option<ItemId>,
}

/// Reads `40/40/20`; `None` unless three whole numbers make a hundred.
#[must_use]
pub fn read_bands(text: &str) -> Option<Targets> {
    let parts: Vec<i64> =
        text.split(['/', ' ', ',']).map(str::parse).collect::<std::result::Result<_, _>>().ok()?;
    let [strategic, execution, reactive] = parts[..] else { return None };
    Some(Targets { strategic, execution, reactive }).filter(|targets| targets.is_sound())
}

/// Reads `09:00-17:30`; `None` unless the day ends after it begins.
#[must_use]
pub fn read_hours(text: &str) -> Option<(i64, i64)> {
    let (from, to) = text.split_once(['-', '–'])?;
    let minutes = |text: &str| clock_minutes(&crate::domain::day::clock(text)?);
    Some((minutes(from)?, minutes(to)?)).filter(|(from, to)| from < to)
}

/// The terms, from the settings and the person at the keyboard.
pub(super) fn terms(settings: &[(String, String)], me: Option<(ItemId, Option<i64>)>) -> Terms {
    let setting = |name: &str| {
        settings.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    };
    let targets = setting(BANDS).and_then(read_bands).unwrap_or_default();
    Terms {
        targets,
        limits: Limits { reactive: targets.reactive, ..Limits::default() },
        budget: policy::of(settings).budget.unwrap_or(targets.reactive),
        hours: setting(HOURS).and_then(read_hours).unwrap_or(DAY),
        strict: setting(STRICT) == Some("yes"),
        breaches: super::escalation::breaches(settings),
        weekly: me.and_then(|(_, weekly)| weekly).unwrap_or(WEEKLY_MINUTES),
        me: me.map(|(id, _)| id),
    }
}

/// Everything that a week shows follows from these.
fn view(
    week: Week,
    today: NaiveDate,
    terms: Terms,
    (mut planned, lived): (Vec<Stretch>, Vec<Stretch>),
    met: Met,
    closed: Option<Closed>,
) -> WeekView {
    // Lunch in the calendar is no leave; a block that somebody is off is.
    let leave = leave(&planned);
    let broken = met.broken;
    planned.extend(met.stretches);
    planned.sort_by_key(|one| (one.on, one.at.is_none(), one.at, one.whence == Whence::Calendar));
    let free = available(terms.weekly, leave);
    let kept = closed.as_ref().and_then(|closed| closed.told);
    let unlinked = kept.map_or_else(|| stretch::unlinked_execution(&lived), |told| told.unlinked);
    let Came { actual, available: agreed, verdict } = came_to(&lived, free, closed.as_ref(), terms);
    let left = budget_left(agreed, terms.budget, actual.reactive, &promised(&planned, &lived));
    WeekView {
        week,
        today,
        terms,
        plan: stretch::tally(&planned),
        actual,
        available: agreed,
        leave,
        unlinked,
        verdict,
        closed,
        left,
        ahead: None,
        planned,
        lived,
        broken,
        is_of_others: false,
        team: None,
    }
}

/// What a week came to: as it was closed, else as it was lived.
struct Came {
    actual: Tally,
    available: i64,
    verdict: Verdict,
}

fn came_to(lived: &[Stretch], free: i64, closed: Option<&Closed>, terms: Terms) -> Came {
    let (actual, available) = match closed {
        Some(closed) => (closed.tally, closed.available),
        None => (lived_tally(lived, terms), free),
    };
    let judged = || verdict::verdict(&actual, available, terms.limits);
    let verdict = closed.map_or_else(judged, |closed| closed.verdict);
    Came { actual, available, verdict }
}

/// Minutes on which somebody is off.
fn leave(planned: &[Stretch]) -> i64 {
    planned.iter().filter(|block| block.band == Band::Off).map(|off| off.minutes).sum()
}

pub(super) fn lived_tally(lived: &[Stretch], terms: Terms) -> Tally {
    let tally = stretch::tally(lived);
    if terms.strict { tally.strict(stretch::unlinked_execution(lived)) } else { tally }
}

/// The blocks with what was not logged on their items yet.
fn promised(planned: &[Stretch], lived: &[Stretch]) -> Vec<Planned> {
    let mut logged: std::collections::HashMap<ItemId, i64> = std::collections::HashMap::new();
    for entry in lived.iter().filter(|entry| entry.band == Band::Reactive) {
        if let Some(item) = entry.serves {
            *logged.entry(item).or_default() += entry.minutes;
        }
    }
    let mut blocks = Vec::new();
    for block in planned.iter().filter(|block| block.band == Band::Reactive) {
        let done = block.serves.and_then(|item| logged.get_mut(&item));
        let met = done.map_or(0, |done| {
            let met = block.minutes.min(*done);
            *done -= met;
            met
        });
        blocks.push(Planned {
            band: block.band,
            item: block.serves,
            unlogged: block.minutes - met,
        });
    }
    blocks
}

impl WeekView {
    /// What the week promises to an item of its reactive time and was not logged on it yet.
    #[must_use]
    pub fn promised_to(&self, item: ItemId) -> i64 {
        let blocks = promised(&self.planned, &self.lived);
        blocks.iter().filter(|block| block.item == Some(item)).map(|block| block.unlogged).sum()
    }

    /// `W19 4–10 May`.
    #[must_use]
    pub fn title(&self) -> String {
        let (monday, sunday) = (self.week.monday(), self.week.sunday());
        let first = if monday.format("%b").to_string() == sunday.format("%b").to_string() {
            monday.format("%-d").to_string()
        } else {
            monday.format("%-d %b").to_string()
        };
        format!("{} {first}–{}", &self.week.to_string()[5..], sunday.format("%-d %b"))
    }

    #[must_use]
    pub fn deviations(&self) -> Vec<Deviation> {
        deviations(&self.actual, self.terms.targets)
    }

    #[must_use]
    pub fn capacity(&self) -> Capacity {
        let meetings = stretch::counted(&self.planned);
        let meetings = self.planned.iter().zip(meetings).filter(|(block, _)| block.is_meeting());
        let meetings = meetings.map(|(_, minutes)| minutes).sum();
        let planned = self.plan.worked() - meetings;
        Capacity { available: self.available, meetings, planned, beyond: self.beyond().worked() }
    }

    /// What was lived of the running week without having been planned.
    #[must_use]
    pub fn beyond(&self) -> Tally {
        if self.is_running() {
            capacity::beyond(&self.planned, &self.lived, self.today)
        } else {
            Tally::default()
        }
    }

    /// What can still be planned, in words; of a week that is over, what became of its time.
    #[must_use]
    pub fn room(&self) -> String {
        if !self.is_over() || self.available <= 0 {
            return self.capacity().words_with(self.ahead);
        }
        let (lived, of) = (self.actual.worked(), show_minutes(self.available));
        if lived == 0 {
            format!("{of} available")
        } else {
            format!("{} of {of} lived", show_minutes(lived))
        }
    }

    /// Whether nothing is planned into it any more: it is past, or somebody has closed it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.closed.is_some() || self.week.sunday() < self.today
    }

    /// Whether it still runs: it holds today, and nobody has closed it.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.closed.is_none() && self.week.holds(self.today)
    }

    /// What the week says, in a line; the running one may only be on course.
    #[must_use]
    pub fn words(&self) -> String {
        let said = sentence(&self.actual, self.available, self.terms.limits);
        if !self.is_running() || self.actual.worked() == 0 {
            return said;
        }
        let (low, high) = self.actual.reactive_interval();
        let reactive = verdict::interval(low, high);
        if is_on_course_to_breach(&self.actual, self.terms.limits) {
            format!("on course to breach: reactive {reactive} so far")
        } else {
            format!("reactive {reactive} so far")
        }
    }
}

impl Workspace {
    /// The terms by which weeks are judged.
    ///
    /// # Errors
    /// A storage error.
    pub fn terms(&self) -> Result<Terms> {
        let me = me(&self.store, &self.settings)?;
        Ok(terms(&self.store.settings()?, me))
    }

    /// A week with its blocks, entries and figures.
    ///
    /// # Errors
    /// A storage error.
    pub fn week(&self, week: Week) -> Result<WeekView> {
        let terms = self.terms()?;
        let days = (week.monday(), week.sunday());
        let whose = Whose::Mine(terms.me);
        let mut lived = self.store.stretches(Kind::Entry, days, whose)?;
        self.guess(&mut lived)?;
        let both = (self.store.stretches(Kind::Block, days, whose)?, lived);
        let kept = self.store.settings()?;
        let closed = closed::of(&kept, week, terms.me);
        let met = self.meetings(days)?;
        let mut seen = view(week, self.clock.today(), terms, both, met, closed);
        if !seen.is_over() {
            seen.ahead = Some(usable(&fill::free(&seen, self.clock.local())));
        }
        let working = self.store.who_worked(days)?;
        seen.is_of_others = terms.me.is_none() && !working.is_empty();
        if working.len() > 1 {
            seen.team = self.team_week(week)?.figure();
        }
        Ok(seen)
    }

    /// The figures of the running week, for the second line of every screen.
    ///
    /// # Errors
    /// A storage error.
    pub fn meter(&self) -> Result<Meter> {
        let stand = self.stand()?;
        self.followed.meter.or_read(stand, || {
            let seen = self.week(Week::of(self.clock.today()))?;
            let overload = self.overload()?;
            Ok(Meter {
                week: seen.week,
                actual: seen.actual,
                targets: seen.terms.targets,
                left: seen.left,
                overload: overload.words(self.clock.today()),
                raised: overload.open.map(|open| open.id),
            })
        })
    }
}

/// Who sits at the keyboard, and the minutes agreed with them.
pub(super) fn me(from: &impl Bulk, settings: &Settings) -> Result<Option<(ItemId, Option<i64>)>> {
    let Some(id) = mine::me(from, settings)? else { return Ok(None) };
    let person = from.some(&[id])?.pop();
    Ok(person.map(|person| (person.id, person.whole("weekly_minutes"))))
}
