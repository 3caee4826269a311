//! A ritual as it stands: its sections, filled with what is open now, and what was said in it so
//! far. Only what is said is kept, so that a run goes on after a kill, tomorrow or elsewhere.

use std::collections::{HashMap, HashSet};

use crate::domain::day::{Calendar, show_minutes};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{PartKind, of_kind};
use crate::domain::report::ReportKind;
use crate::domain::ritual::{Condition, Mark, Ritual, RitualKind, Run, Said, run::Filling};
use crate::domain::week::escalation::Standing;
use crate::domain::week::stretch::Stretch;
use crate::exchange::page::Page;
use crate::store::history::Step;
use crate::store::lookup::Lookup;
use crate::store::part::Parts;
use crate::store::ritual::Runs;

use super::error::Result;
use super::maturity::Laid;
use super::op::Op;
use super::workspace::{Settings, Workspace};

mod answers;
mod fill;
mod long;
pub(super) mod minutes;
mod standing;
pub(super) mod step;

pub use answers::choice::Turn;
pub use answers::held::QUESTIONS;
pub(super) use fill::NOTHING;
pub(super) use long::Sat;
pub use long::{Brought, Wanted};
pub use step::{Ends, RitualStep, words_of};

/// Most steps of the journal that are looked through for what changed.
const STEPS: usize = 400;
/// Most of them that are told.
const TOLD: usize = 12;

/// A ritual with everything that is asked in it.
#[derive(Debug, Clone)]
pub struct Sitting {
    pub kind: RitualKind,
    /// What a standup goes through.
    pub about: Option<Kind>,
    pub run: Run,
    /// The run as an item, once something was said in it.
    pub known: Option<ItemId>,
    /// `Standup, Tue 12 May 2026`.
    pub title: String,
    /// Whether it was left before and goes on now.
    pub goes_on: bool,
    /// What it is meant to take.
    pub minutes: u32,
    /// What changed since the last one, newest first.
    pub since: Vec<String>,
    /// The step of the journal that the last one ended with.
    pub seen: Option<i64>,
    /// The rows that lines are about, by their refs.
    pub ids: HashMap<String, ItemId>,
    pub deeds: Deeds,
    /// What is done when a line that is chosen is taken back.
    pub ways_back: Deeds,
    /// The blocks that lines are about.
    pub planned: Vec<Stretch>,
    /// The questions of a self-assessment, laid against the file.
    pub laid: Option<Laid>,
    /// What there is to explain of each metric that holds, by its ref.
    pub untold: HashMap<String, Untold>,
    /// By which days are read.
    pub calendar: Calendar,
    /// Who sits at the keyboard; empty when nobody said so.
    pub me: String,
}

/// What a section is filled from.
struct Filler<'a> {
    workspace: &'a mut Workspace,
    about: Option<Kind>,
    filter: &'a str,
    since: &'a [String],
    last: Option<&'a Item>,
    ids: HashMap<String, ItemId>,
    kind: RitualKind,
    /// The section that is being filled.
    section: String,
    /// What there is to know before it is answered.
    notes: Vec<String>,
    deeds: Deeds,
    ways_back: Deeds,
    planned: Vec<Stretch>,
    /// What was said in it so far.
    said: &'a [Said],
    laid: Option<Laid>,
    /// What there is to explain of each metric that holds, by its ref.
    untold: HashMap<String, Untold>,
    /// The rows of a standup, once they were read.
    queue: Option<Vec<super::standup::Queued>>,
    /// The sections that are not read whole, and the rows of which something was said.
    long: Vec<(String, super::standup::Side)>,
    spoken: HashSet<ItemId>,
    /// Whether a section before this one is not over.
    waits: bool,
    /// How many lines the section has beyond those that it is filled with.
    beyond: usize,
}

/// A figure that nobody explained in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    pub period: String,
    /// Whether somebody began to.
    pub begun: bool,
}

/// What is done when a line is chosen or said yes to, by its section and its text.
pub type Deeds = HashMap<(String, String), Op>;

impl Workspace {
    /// Sits down to a ritual: takes up the run that was left, or begins one. Nothing is written
    /// before something is said.
    ///
    /// # Errors
    /// Contents that cannot be read, a refusal of the filter, or a storage error.
    pub fn sit(&mut self, kind: RitualKind, about: Option<Kind>, filter: &str) -> Result<Sitting> {
        let ritual = contents(kind)?;
        let today = self.clock.today();
        let mut runs = self.store.items(&self.store.runs(kind.slug(), about.map(plural))?)?;
        runs.retain(|run| run.day("began_on").is_none_or(|on| on <= today));
        let going = runs.iter().find(|run| goes_on(run, kind, &self.settings, today)).cloned();
        let last = runs.iter().find(|run| is_held(run));
        let seen = last.map(|run| self.store.last_of_group(&run.id.to_string())).transpose()?;
        let (seen, own) = (seen.flatten(), going.as_ref().map(|run| run.id.to_string()));
        let since = match (seen, last) {
            (None, None) => Vec::new(),
            _ => self.told_since(seen.unwrap_or(0), own.as_deref())?,
        };
        let period = going.as_ref().map_or_else(
            || kind.period(today, self.settings.fiscal_start_month),
            |run| run.text("period").to_owned(),
        );
        let said = going.as_ref().map(|run| self.said_in(run)).transpose()?.unwrap_or_default();
        let last = last.cloned();
        let conditions = self.conditions()?;
        let mut filler = Filler {
            workspace: self,
            about,
            filter,
            since: &since,
            last: last.as_ref(),
            ids: HashMap::new(),
            kind,
            section: String::new(),
            notes: Vec::new(),
            deeds: HashMap::new(),
            ways_back: HashMap::new(),
            planned: Vec::new(),
            said: &said,
            laid: None,
            untold: HashMap::new(),
            queue: None,
            long: Vec::new(),
            spoken: HashSet::new(),
            waits: false,
            beyond: 0,
        };
        let mut failed = None;
        let mut run = Run::begin(&ritual, &period, &conditions, |section| {
            filler.fill(section).unwrap_or_else(|error| {
                failed.get_or_insert(error);
                Filling::default()
            })
        });
        let (ids, deeds, planned, laid) = (filler.ids, filler.deeds, filler.planned, filler.laid);
        let untold = filler.untold;
        let (ways_back, long, spoken) = (filler.ways_back, filler.long, filler.spoken);
        if let Some(error) = failed {
            return Err(error);
        }
        if let Some(going) = &going {
            run.seconds = u64::try_from(going.whole("seconds").unwrap_or(0)).unwrap_or(0);
        }
        let run = self.with_times(run.with(&said))?;
        self.sit_in_line(&run, about.unwrap_or(Kind::Decision), long, spoken)?;
        let mut sitting = Sitting {
            kind,
            about,
            run,
            title: going
                .as_ref()
                .map_or_else(|| step::title(kind, about, today), |run| run.title().to_owned()),
            goes_on: going.is_some(),
            known: going.map(|run| run.id),
            minutes: ritual.minutes,
            since,
            seen,
            ids,
            deeds,
            ways_back,
            planned,
            laid,
            untold,
            calendar: self.calendar(),
            me: self.settings.me.clone().unwrap_or_default(),
        };
        self.find_ids(&mut sitting)?;
        Ok(sitting)
    }

    /// What came of a run, as a page; of a month that is over its report.
    ///
    /// # Errors
    /// Contents that cannot be read, or a storage error.
    pub fn minutes_of(&mut self, run: &Item) -> Result<Option<Page>> {
        let Some(kind) = RitualKind::parse(run.text("ritual")) else { return Ok(None) };
        let period = kind.period(self.clock.today(), self.settings.fiscal_start_month);
        let is_over = run.state().slug == "finished" && run.text("period") == period;
        if kind == RitualKind::Month && is_over {
            return self.report(ReportKind::Month).map(Some);
        }
        let seconds = u64::try_from(run.whole("seconds").unwrap_or(0)).unwrap_or(0);
        let said = self.said_in(run)?;
        Ok(Some(minutes::page(&contents(kind)?, run.title(), &said, (seconds, &self.settings))?))
    }

    /// What came of the last finished run, in Markdown.
    ///
    /// # Errors
    /// A storage error.
    pub fn minutes(&mut self, kind: RitualKind, about: Option<Kind>) -> Result<String> {
        let run = self.last_run(kind, about)?;
        if let (RitualKind::Month, Some(run)) = (kind, &run) {
            let page = self.minutes_of(run)?.unwrap_or_default();
            return Ok(minutes::markdown(&page));
        }
        Ok(run.map(|run| run.text("note").to_owned()).unwrap_or_default())
    }

    /// The last finished run of a ritual.
    ///
    /// # Errors
    /// A storage error.
    pub fn last_run(&self, kind: RitualKind, about: Option<Kind>) -> Result<Option<Item>> {
        let runs = self.store.items(&self.store.runs(kind.slug(), about.map(plural))?)?;
        Ok(runs.into_iter().find(is_held))
    }

    /// The run that was begun and goes on.
    ///
    /// # Errors
    /// A storage error.
    pub fn going_run(&self, kind: RitualKind, about: Option<Kind>) -> Result<Option<Item>> {
        let runs = self.store.items(&self.store.runs(kind.slug(), about.map(plural))?)?;
        let today = self.clock.today();
        Ok(runs.into_iter().find(|run| goes_on(run, kind, &self.settings, today)))
    }

    /// The rituals that wait: a check-in while there is time to give a band to, or the habit of
    /// it; a run that was left.
    ///
    /// # Errors
    /// A storage error.
    pub fn offers(&self) -> Result<Vec<(RitualKind, String)>> {
        let mut offers = Vec::new();
        let today = self.clock.today();
        let last = self.last_run(RitualKind::Checkin, None)?;
        let is_done = last.as_ref().is_some_and(|run| run.day("finished_on") == Some(today));
        let minutes = self.minutes_without_band(last.as_ref())?;
        if !is_done && (minutes > 0 || last.is_some()) {
            let gap = match minutes {
                0 => String::new(),
                minutes => format!(" · {} without a band", show_minutes(minutes)),
            };
            offers.push((RitualKind::Checkin, format!("Check-in not done{gap}")));
        }
        offers.extend(self.reviews_due()?);
        for about in [Kind::Decision, Kind::Asset] {
            if let Some(run) = self.going_run(RitualKind::Standup, Some(about))? {
                offers.push((RitualKind::Standup, format!("{} was left", run.title())));
            }
        }
        Ok(offers)
    }

    /// The reviews whose day it is, and those that were left. Of those that were never held only the
    /// Monday review is offered, and only where there is an outcome to plan for.
    fn reviews_due(&self) -> Result<Vec<(RitualKind, String)>> {
        let today = self.clock.today();
        let mut due = Vec::new();
        for kind in RitualKind::REVIEWS {
            if let Some(run) = self.going_run(kind, None)? {
                due.push((kind, format!("{} was left", run.title())));
                continue;
            }
            if !kind.is_on(today, self.settings.fiscal_start_month) {
                continue;
            }
            let period = kind.period(today, self.settings.fiscal_start_month);
            let is_held = match self.last_run(kind, None)? {
                Some(run) => run.text("period") == period,
                None if kind == RitualKind::Monday => self.store.active_outcomes(None)?.is_empty(),
                None => self.last_run(RitualKind::Monday, None)?.is_none(),
            };
            if !is_held {
                due.push((kind, format!("{} not done", step::named(kind))));
            }
        }
        Ok(due)
    }

    /// What holds now of what sections depend on.
    fn conditions(&self) -> Result<Vec<Condition>> {
        let overload = self.overload()?;
        let unsent = overload.open.as_ref().is_some_and(|open| open.sent_on.is_none());
        let fires = matches!(overload.standing, Standing::Fires(_)) && overload.open.is_none();
        Ok(if unsent || fires { vec![Condition::EscalationFires] } else { Vec::new() })
    }

    /// Rows that were spoken of and are offered no more have ids all the same.
    fn find_ids(&self, sitting: &mut Sitting) -> Result<()> {
        let lines = sitting.run.sections.iter().flat_map(|section| &section.lines);
        for about in lines.filter_map(|line| line.about.as_ref()) {
            if sitting.ids.contains_key(about) {
                continue;
            }
            let reference = crate::domain::item::Ref::parse(about);
            if let Some(id) = reference.map(|found| self.store.by_ref(found)).transpose()?.flatten()
            {
                sitting.ids.insert(about.clone(), id);
            }
        }
        Ok(())
    }

    pub(super) fn said_in(&self, run: &Item) -> Result<Vec<Said>> {
        Ok(said(&self.store.parts_of(run)?))
    }

    /// Steps after one, newest first, but for those of a group, and for what was only said in one.
    fn told_since(&self, seen: i64, own: Option<&str>) -> Result<Vec<String>> {
        let own = own.map(|own| self.store.steps_of_group(own)).transpose()?.unwrap_or_default();
        let steps = self.store.steps(0, STEPS)?;
        let is_new = |step: &&Step| {
            step.seq > seen
                && step.undone_by.is_none()
                && step.kind == "do"
                && !own.contains(&step.seq)
        };
        let mut told: Vec<String> = Vec::new();
        for step in steps.iter().filter(is_new) {
            let is_only_said = step.group.is_some() && self.store.is_said_alone(step.seq)?;
            if !is_only_said && !told.contains(&step.label) {
                told.push(step.label.clone());
            }
        }
        told.truncate(TOLD);
        Ok(told)
    }
}

/// What a ritual consists of.
pub(super) fn contents(kind: RitualKind) -> Result<Ritual> {
    let read = Ritual::read(kind, kind.shipped());
    Ok(read.map_err(|fault| crate::domain::refusal::Refusal::input(fault.to_string()))?)
}

/// What was said, as the parts of a run hold it, in the order in which it was said.
fn said(parts: &[crate::domain::part::Part]) -> Vec<Said> {
    let text = |part: &crate::domain::part::Part, name: &str| part.text(name).to_owned();
    let of = |part: &crate::domain::part::Part| {
        Some(Said {
            section: text(part, "section"),
            about: Some(text(part, "about")).filter(|about| !about.is_empty()),
            text: text(part, "text"),
            mark: Mark::parse(part.text("said"))?,
            words: text(part, "words"),
            driver: text(part, "driver"),
        })
    };
    of_kind(parts, PartKind::Verdict).filter_map(of).collect()
}

/// Whether it was gone through to its end; what was left is closed without the day of one.
fn is_held(run: &Item) -> bool {
    run.state().slug == "finished" && run.day("finished_on").is_some()
}

fn goes_on(run: &Item, kind: RitualKind, settings: &Settings, today: chrono::NaiveDate) -> bool {
    let began = run.day("began_on").unwrap_or(today);
    run.state().slug == "running" && kind.goes_on(began, today, settings.fiscal_start_month)
}

/// What a standup goes through, as it is kept.
pub(super) fn plural(kind: Kind) -> &'static str {
    kind.noun().plural
}
