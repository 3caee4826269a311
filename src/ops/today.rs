//! What to do now: the decisions that are due or hold most up, the assets in hand, the requests
//! that wait for triage, the outcomes that all of it is for. Read through indexes, so that it is
//! as quick at 100,000 items as at ten.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use crate::domain::artefact::slot::Slot;
use crate::domain::day::show_minutes;
use crate::domain::field::Names;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::ritual::RitualKind;
use crate::domain::value::Value;
use crate::domain::week::{Week, stretch};
use crate::store::NameTable;
use crate::store::listing::Closed;
use crate::store::plan::Plans;
use crate::store::week::Whose;

use super::error::Result;
use super::metric::Glance;
use super::page::Row;
use super::triage;
use super::workspace::Workspace;

mod decide;
mod next;
mod room;
mod slot;

use room::fitting;

/// How far ahead "soon" reaches.
const SOON_DAYS: u64 = 7;
/// Lines of a section that are shown however low the screen is.
const LEAST: usize = 7;
/// Lines of a section from which on there is room for air.
const AIRY: usize = 3;
/// Most drafts of an artefact.
const DRAFTS: usize = 2;
/// Most metrics that wait for their figure.
const METRICS: usize = 3;
/// Most outcomes.
pub const MOST_OUTCOMES: usize = 5;

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Overload,
    Decide,
    Review,
    Time,
    Make,
    Triage,
    Week,
    Outcomes,
}

impl Section {
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Overload => "Too much reactive work",
            Self::Decide => "Decide",
            Self::Review => "Did it work?",
            Self::Time => "Today",
            Self::Make => "Make",
            Self::Triage => "Waiting for triage",
            Self::Week => "This week",
            Self::Outcomes => "Outcomes",
        }
    }
}

/// One section with its lines.
#[derive(Debug, Clone)]
pub struct Part {
    pub section: Section,
    pub rows: Vec<Row>,
    /// How many more there are.
    pub more: usize,
    /// What is said beside the heading.
    pub note: String,
    /// What stands beside a line that its item does not say: what a milestone waits for.
    pub said: HashMap<ItemId, String>,
}

/// What there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRoom {
    /// Lines for decisions, assets and requests with their headings; with 0 each section has its
    /// least.
    pub lines: usize,
    /// Outcomes below them; none where they stand elsewhere, and then nothing of them is read.
    pub outcomes: usize,
}

/// What the section of the week is made of.
#[derive(Default)]
struct ThisWeek {
    ids: Vec<ItemId>,
    said: HashMap<ItemId, String>,
    note: String,
    /// Metrics that wait beside those that are told.
    more: usize,
}

/// The rituals that wait, in words.
pub(super) type Offers = Vec<(RitualKind, String)>;

/// The whole day.
#[derive(Debug, Clone)]
pub struct Today {
    pub day: NaiveDate,
    pub parts: Vec<Part>,
    pub names: NameTable,
    /// The rituals that wait, in words.
    pub offers: Offers,
    /// What was noted of this day, as one line; empty where nothing was.
    pub noted: String,
}

impl Workspace {
    /// What to do on this day.
    ///
    /// # Errors
    /// A storage error.
    pub fn today(&self) -> Result<Today> {
        self.today_within(DayRoom { lines: 0, outcomes: MOST_OUTCOMES })
    }

    /// The same, with as many lines as there is room for.
    ///
    /// # Errors
    /// A storage error.
    pub fn today_within(&self, room: DayRoom) -> Result<Today> {
        // What waits for its ritual may do so from a certain hour on.
        let (stand, offers) = (self.stand()?, self.offers()?);
        self.day.or_read((stand, room, offers.clone()), || self.read_today(room, offers))
    }

    fn read_today(&self, room: DayRoom, offers: Offers) -> Result<Today> {
        let DayRoom { lines: room, outcomes } = room;
        let day = self.clock.today();
        let soon = day.checked_add_days(Days::new(SOON_DAYS)).unwrap_or(day);
        let sections = [
            Section::Overload,
            Section::Decide,
            Section::Review,
            Section::Time,
            Section::Triage,
            Section::Week,
            Section::Make,
            Section::Outcomes,
        ];
        let this = self.this_week(soon)?;
        let mut found = Vec::new();
        for section in sections {
            found.push((
                section,
                match section {
                    Section::Week => (this.ids.clone(), this.ids.len() + this.more),
                    Section::Outcomes if outcomes == 0 => (Vec::new(), 0),
                    Section::Outcomes => self.head(Kind::Outcome, day, outcomes)?,
                    other => self.section(other, day, soon, room.max(LEAST))?,
                },
            ));
        }
        let wanted =
            |section: Section, count: usize| if section == Section::Outcomes { 0 } else { count };
        let counts: Vec<usize> =
            found.iter().map(|(section, (ids, _))| wanted(*section, ids.len())).collect();
        let noted = crate::domain::day_note::as_line(&self.day_note(day)?);
        let above = offers.len() + usize::from(!noted.is_empty());
        let shares = fitting(&counts, room.saturating_sub(above));
        let mut parts = Vec::new();
        let mut ids = Vec::new();
        for ((section, (mut some, all)), share) in found.into_iter().zip(shares) {
            if section != Section::Outcomes {
                some.truncate(share);
            }
            parts.push((section, some.len(), all));
            ids.push(some);
        }
        let flat: Vec<_> = ids.concat();
        let (mut rows, names) = self.rows(&flat)?;
        let time = self.time_words(day)?;
        let guessed = self.place_meetings(&mut rows, day)?;
        let urgent = self.urgent(&rows, day)?;
        let mut waits = self.waiting_words(&rows, day)?;
        waits.extend(guessed);
        let mut rows = rows.into_iter();
        let parts = parts
            .into_iter()
            .map(|(section, count, all)| Part {
                section,
                rows: rows.by_ref().take(count).collect(),
                more: all.saturating_sub(count),
                note: match section {
                    Section::Time => time.clone(),
                    Section::Week => this.note.clone(),
                    Section::Overload
                    | Section::Decide
                    | Section::Review
                    | Section::Make
                    | Section::Triage
                    | Section::Outcomes => String::new(),
                },
                said: match section {
                    Section::Week => this.said.clone(),
                    Section::Triage | Section::Time => waits.clone(),
                    Section::Decide => urgent.clone(),
                    Section::Overload | Section::Review | Section::Make | Section::Outcomes => {
                        HashMap::new()
                    }
                },
            })
            .collect();
        Ok(Today { day, parts, names, offers, noted })
    }

    fn section(
        &self,
        section: Section,
        day: NaiveDate,
        soon: NaiveDate,
        most: usize,
    ) -> Result<(Vec<ItemId>, usize)> {
        match section {
            Section::Overload => {
                let open: Vec<_> = self.meter()?.raised.into_iter().collect();
                let count = open.len();
                Ok((open, count))
            }
            Section::Decide => self.to_decide(day, most),
            Section::Review => {
                let due = self.store.reviews_due(day, usize::MAX)?;
                let all = due.len();
                Ok((due.into_iter().take(most).collect(), all))
            }
            Section::Time => self.planned_on(day, most),
            Section::Make => Ok(self.store.in_hand(soon, most)?),
            Section::Triage => Ok(self.store.untriaged_today(day, most)?),
            Section::Week | Section::Outcomes => Ok((Vec::new(), 0)),
        }
    }

    /// What this week is to bring: milestones that are late or due soon, then what is drafted for
    /// its slot; beside the heading the slot and the streak.
    fn this_week(&self, soon: NaiveDate) -> Result<ThisWeek> {
        let rhythm = self.rhythm()?;
        let mut week = ThisWeek::default();
        for stone in self.stones_due(soon)? {
            week.ids.push(stone.item.id);
            week.said.insert(stone.item.id, stone.open_words());
        }
        let shipped = matches!(rhythm.slot, Slot::Shipped { .. });
        let drafts = self.store.drafted()?;
        week.ids.extend(drafts.into_iter().take(if shipped { 0 } else { DRAFTS }));
        let (due, all) = self.metrics_due(METRICS)?;
        week.more = all - due.len();
        for glance in due {
            week.ids.push(glance.id);
            week.said.insert(glance.id, waits(&glance));
        }
        let known = !rhythm.shipped.is_empty() || rhythm.slot != Slot::Empty;
        if known || !week.ids.is_empty() || self.store.has_any(Kind::Outcome)? {
            week.note = rhythm.short();
        }
        Ok(week)
    }

    /// `5 h 10 of 8 h · 55 min unclassified`: what is planned of the day, and what is not said yet.
    fn time_words(&self, day: NaiveDate) -> Result<String> {
        let terms = self.terms()?;
        let whose = Whose::Mine(terms.me);
        let blocks = self.store.stretches(Kind::Block, (day, day), whose)?;
        let planned = stretch::tally(&blocks).worked();
        let week = Week::of(day);
        let lived = self.store.stretches(Kind::Entry, (week.monday(), day), whose)?;
        let open = stretch::tally(&lived).unclassified;
        let mut words = Vec::new();
        if planned > 0 {
            let (planned, whole) = (show_minutes(planned), show_minutes(terms.weekly / 5));
            words.push(format!("{planned} of {whole}"));
        }
        if open > 0 {
            words.push(format!("{} unclassified", show_minutes(open)));
        }
        Ok(words.join(" · "))
    }

    /// The open blocks and the meetings of a day in the order of time, and how many there are.
    fn planned_on(&self, day: NaiveDate, most: usize) -> Result<(Vec<ItemId>, usize)> {
        let whose = Whose::Mine(self.terms()?.me);
        let mut planned = self.store.stretches(Kind::Block, (day, day), whose)?;
        planned.extend(self.meetings((day, day))?.stretches);
        planned.sort_by_key(|one| (one.at.is_none(), one.at));
        let mut ids: Vec<_> = Vec::new();
        for one in &planned {
            // A meeting that happens twice a day is one row.
            if !ids.contains(&one.id) {
                ids.push(one.id);
            }
        }
        let all = ids.len();
        ids.truncate(most);
        Ok((ids, all))
    }

    /// Meetings stand at the time that they have on this day at home; returns the letters of those
    /// whose band is only guessed.
    fn place_meetings(&self, rows: &mut [Row], day: NaiveDate) -> Result<HashMap<ItemId, String>> {
        let met = self.meetings((day, day))?.stretches;
        for row in rows.iter_mut().filter(|row| row.item.kind() == Kind::Meeting) {
            let Some(one) = met.iter().find(|one| one.id == row.item.id) else { continue };
            row.item.set("at", Value::Text(one.clock()));
            row.item.set("minutes", Value::Whole(one.minutes));
        }
        let guessed = met.iter().filter(|one| one.guess.is_some());
        Ok(guessed.map(|one| (one.id, one.letter())).collect())
    }

    /// What presses about requests: the answer that is late by the policy, the day that has come.
    fn waiting_words(&self, rows: &[Row], day: NaiveDate) -> Result<HashMap<ItemId, String>> {
        let requests =
            || rows.iter().map(|row| &row.item).filter(|item| item.kind() == Kind::Request);
        if requests().next().is_none() {
            return Ok(HashMap::new());
        }
        let policy = self.policy()?;
        let mut words = HashMap::new();
        for request in requests() {
            let said = if request.state().slug == "deferred" {
                let back = request.day("deferred_until").unwrap_or(day);
                Some(format!("back {}", crate::domain::day::short(back, day)))
            } else {
                triage::answer_by(request, &policy)
                    .filter(|last| *last < day && request.day("replied_on").is_none())
                    .map(|last| format!("reply {} d late", (day - last).num_days()))
            };
            words.extend(said.map(|said| (request.id, said)));
        }
        Ok(words)
    }

    /// The first of an open backlog, and how many it has.
    fn head(&self, kind: Kind, day: NaiveDate, most: usize) -> Result<(Vec<ItemId>, usize)> {
        let backlog = self.store.backlog(kind, Closed::Hidden, day)?;
        Ok((self.store.window(&backlog, 0..most, None)?, backlog.counts.open))
    }
}

/// `2026-W18 due`.
fn waits(glance: &Glance) -> String {
    format!("{} due", glance.due.as_deref().unwrap_or_default())
}

impl Today {
    /// All lines, in the order of the screen.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.parts.iter().flat_map(|part| part.rows.iter())
    }

    /// The title of an item that a line points at.
    #[must_use]
    pub fn title_of(&self, id: ItemId) -> &str {
        self.names.title(id).unwrap_or("")
    }
}
