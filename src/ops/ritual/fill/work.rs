//! What sections are filled with out of the work: outcomes and their figures, decisions and who is
//! asked, launches and what blocks them, assets, requests.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use crate::domain::day;
use crate::domain::field::Names;
use crate::domain::grammar::Mode;
use crate::domain::grammar::quick_add::QuickAdd;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::Account;
use crate::domain::metric::age::Freshness;
use crate::domain::noun::Shelf;
use crate::domain::part::{PartKind, letter, of_kind};
use crate::domain::ritual::RitualKind;
use crate::domain::ritual::run::Line;
use crate::domain::week::Week;
use crate::store::intake::Intake;
use crate::store::listing::Closed;
use crate::store::lookup::Lookup;
use crate::store::part::{PartTable, Parts};

use super::super::super::error::Result;
use super::super::super::metric::glance::{Glance, MOST};
use super::super::super::op::Op;
use super::super::Filler;

/// Most lines that one source offers.
pub(super) const LINES: usize = 12;
/// Most decisions that are told as taken: more than anybody reads out.
const TAKEN: usize = 100;
/// How long a pre-wire is \[D\].
const PREWIRE_MINUTES: i64 = 20;

/// `25.8 %, behind`; what is missing once.
pub(super) fn stands(account: &Account) -> String {
    let (figure, word) = (account.figure(), account.word());
    if figure == word { figure } else { format!("{figure}, {word}") }
}

/// `+0.8 points since 2026-W17. Flat within noise since March; 33 of 128 · 1 d old`.
fn since_before(account: &Account, fiscal: u32) -> String {
    let sentence = account.sentence();
    let mut told = account.spark.iter().rev();
    let (Some(newest), Some(Some(now))) = (account.newest, told.next()) else { return sentence };
    let (Some(Some(before)), true) = (told.next(), account.value() == Some(*now)) else {
        return sentence;
    };
    let change = account.terms.unit.show_change(now - before);
    let before = newest.period.previous().key(fiscal);
    format!("{change} since {before}. {sentence}")
}

impl Filler<'_> {
    fn today(&self) -> NaiveDate {
        self.workspace.clock.today()
    }

    fn monday(&self) -> NaiveDate {
        Week::of(self.today()).monday()
    }

    /// The last day that the ritual looks at: of this week on its first days, else of the next.
    fn until(&self) -> NaiveDate {
        let week = Week::of(self.today());
        match self.kind {
            RitualKind::Monday | RitualKind::Midweek => week.sunday(),
            RitualKind::Checkin
            | RitualKind::Friday
            | RitualKind::Month
            | RitualKind::Quarter
            | RitualKind::Standup
            | RitualKind::Maturity => week.next().sunday(),
        }
    }

    /// Outcomes with where they stand, signal or noise.
    pub(super) fn outcomes(&mut self) -> Result<Vec<Line>> {
        let outcomes = self.active_outcomes()?;
        self.standing(outcomes)
    }

    /// The first of the active outcomes.
    pub(super) fn active_outcomes(&self) -> Result<Vec<Item>> {
        let backlog = self.workspace.store.backlog(Kind::Outcome, Closed::Hidden, self.today())?;
        let ids = self.workspace.store.window(&backlog, 0..LINES, None)?;
        Ok(self.workspace.store.items(&ids)?)
    }

    /// Where outcomes stand, signal or noise.
    pub(super) fn standing(&mut self, outcomes: Vec<Item>) -> Result<Vec<Line>> {
        let glances = self.workspace.glances(MOST)?;
        let fiscal = self.workspace.settings.fiscal_start_month;
        let mut lines = Vec::new();
        for outcome in outcomes {
            let shown = |one: &&Glance| one.shows == Some(outcome.reference);
            let glance = glances.iter().find(shown);
            let account = glance.and_then(|one| one.account.as_ref());
            let mut line = self.about(&outcome, "");
            (line.aside, line.why) = match (account, glance) {
                (Some(account), _) => (stands(account), since_before(account, fiscal)),
                (None, Some(glance)) => (glance.words.clone(), "no metric shows it".to_owned()),
                (None, None) => (String::new(), "no metric shows it".to_owned()),
            };
            lines.push(line);
        }
        Ok(lines)
    }

    fn glanced(&mut self, wanted: impl Fn(&Glance) -> Option<String>) -> Result<Vec<Line>> {
        let mut lines = Vec::new();
        for glance in self.workspace.glances(MOST)? {
            if let Some(aside) = wanted(&glance) {
                let mut line = self.line(glance.id, glance.reference.to_string());
                line.text.clone_from(&glance.title);
                line.aside = aside;
                line.why =
                    glance.account.as_ref().map(|one| one.course.clone()).unwrap_or_default();
                lines.push(line);
            }
        }
        lines.truncate(LINES);
        Ok(lines)
    }

    /// Figures of a period that ended in the last fortnight.
    pub(super) fn readings(&mut self) -> Result<Vec<Line>> {
        let since = self.monday().checked_sub_days(Days::new(7)).unwrap_or_default();
        let fiscal = self.workspace.settings.fiscal_start_month;
        self.glanced(|glance| {
            let account = glance.account.as_ref()?;
            let newest = account.newest.filter(|one| one.period.last() >= since)?;
            Some(format!("{} {}, {}", newest.period.key(fiscal), account.figure(), account.word()))
        })
    }

    pub(super) fn stale(&mut self) -> Result<Vec<Line>> {
        let fiscal = self.workspace.settings.fiscal_start_month;
        self.glanced(|glance| {
            let account = glance.account.as_ref()?;
            let newest = account.newest?;
            let is_old = account.freshness() != Freshness::Fresh;
            is_old.then(|| format!("last told for {}", newest.period.key(fiscal)))
        })
    }

    /// What nobody could see in the figures: outcomes without a metric, metrics without a figure.
    pub(super) fn unread(&mut self) -> Result<Vec<Line>> {
        self.glanced(|glance| match &glance.account {
            None => Some("no metric shows it".to_owned()),
            Some(account) if account.newest.is_none() => Some("no figure yet".to_owned()),
            Some(_) => glance.trouble.clone(),
        })
    }

    /// Decisions that are due, in the order of decisions: overdue, stake, what they hold up, age.
    fn due(&self) -> Result<Vec<ItemId>> {
        Ok(self.workspace.store.decisions_due_by(self.today(), self.until(), LINES)?)
    }

    pub(super) fn decisions_due(&mut self) -> Result<Vec<Line>> {
        let today = self.today();
        let mut lines = Vec::new();
        for one in self.workspace.store.briefs_of(&self.due()?)? {
            let line = self.line(one.id, one.reference.to_string());
            let mut line = self.dated(line, &format!("{:<9}", one.state), one.signs.last_day);
            line.why = match &*one.approver {
                "" => "nobody decides it".to_owned(),
                name => format!("{name} decides"),
            };
            line.lasting = match one.signs.last_day {
                Some(on) => format!("{}, {}, by {}", one.state, line.why, day::lasting(on, today)),
                None => format!("{}, {}", one.state, line.why),
            };
            (line.text, line.driver) = (one.title.to_string(), one.driver.to_string());
            lines.push(line);
        }
        Ok(lines)
    }

    /// Who has not been spoken to before a decision that is due: each can be chosen as a block.
    pub(super) fn prewires(&mut self) -> Result<Vec<Line>> {
        let records = self.workspace.records(&self.due()?)?;
        let mut free = self.workspace.free_quarters(PREWIRE_MINUTES)?.into_iter();
        let mut lines = Vec::new();
        for record in &records {
            let held: Vec<ItemId> = record
                .prewires()
                .filter(|part| part.day("held_on").is_some())
                .filter_map(|part| part.link("person"))
                .collect();
            for person in record.asked().into_iter().filter(|id| !held.contains(id)) {
                let Some(name) = record.people.get(&person).map(|one| one.name.clone()) else {
                    continue;
                };
                let about = record.item.reference;
                let text = format!("Pre-wire {name} on {about}");
                let mut line = Line { text, ..Line::default() };
                if let Some((on, at)) = free.next() {
                    line.aside = format!("{} {at}, 20 m", on.format("%a"));
                    let words = format!(
                        "\"{}\" for:{about} on:{on} at:{at} est:{PREWIRE_MINUTES}m band:s",
                        line.text
                    );
                    let calendar = self.workspace.calendar();
                    let read = QuickAdd::read(&words, Kind::Block, &calendar, Mode::Add);
                    self.deed(&line, Op::Add(vec![read.draft()?]));
                } else {
                    // The week may have minutes left; what is missing is a stretch of them.
                    format!("no gap of {PREWIRE_MINUTES} m").clone_into(&mut line.aside);
                }
                lines.push(line);
            }
        }
        lines.truncate(LINES);
        Ok(lines)
    }

    /// What is held against decisions that are due.
    pub(super) fn objections(&mut self) -> Result<Vec<Line>> {
        let mut lines = Vec::new();
        for record in self.workspace.records(&self.due()?)? {
            let about = record.item.reference;
            lines.extend(record.open_objections().map(|part| Line {
                text: format!("{about}: {}", part.main()),
                aside: "unanswered".to_owned(),
                ..Line::default()
            }));
        }
        lines.truncate(LINES);
        Ok(lines)
    }

    pub(super) fn decisions_taken(&mut self) -> Result<Vec<Line>> {
        let since = match self.kind {
            RitualKind::Month => self.month(),
            _ => self.monday(),
        };
        let time = (since, self.today());
        let (ids, is_cut) = self.workspace.store.last_taken(time, TAKEN)?;
        if is_cut {
            let words = format!("More decisions were taken; these are the last {TAKEN}.");
            self.notes.push(words);
        }
        let taken = self.workspace.store.taken_of(&ids)?;
        let has_options = taken.iter().filter(|one| !one.chosen.is_empty()).map(|one| one.id);
        let with_options = self.workspace.store.items(&has_options.collect::<Vec<_>>())?;
        let mut options = PartTable::new();
        self.workspace.store.load_parts(&with_options, PartKind::Option, &mut options)?;
        let mut lines = Vec::new();
        for one in taken {
            let own = options.get(&one.id).map_or(&[][..], Vec::as_slice);
            let chosen = of_kind(own, PartKind::Option)
                .find(|part| letter(part.position).to_string() == one.chosen);
            lines.push(Line {
                text: one.title,
                aside: one.state.to_owned(),
                why: chosen.map_or(one.rationale, |option| option.main().to_owned()),
                ..self.line(one.id, one.reference.to_string())
            });
        }
        Ok(lines)
    }

    /// The first day that a month looks back to: of the month before in its first ten days.
    pub(super) fn month(&self) -> NaiveDate {
        use chrono::Datelike;
        let today = self.today();
        let first = today.with_day(1).unwrap_or(today);
        if today.day() > 10 {
            return first;
        }
        first.pred_opt().and_then(|day| day.with_day(1)).unwrap_or(first)
    }

    /// Milestones of running plans that are due, and assets that wait for another.
    pub(super) fn blockers(&mut self) -> Result<Vec<Line>> {
        let until = self.until();
        let mut lines = Vec::new();
        for stone in self.workspace.stones_due(until)? {
            let line = self.about(&stone.item, "");
            lines.push(self.dated(line, "milestone", stone.item.day("due")));
        }
        let blocked = self.by_their_days(&self.workspace.store.held_up_by(until, LINES)?)?;
        let tied: Vec<ItemId> =
            blocked.iter().flat_map(|asset| asset.links("blocked_by").to_vec()).collect();
        let open: HashMap<ItemId, Item> = self
            .workspace
            .store
            .items(&tied)?
            .into_iter()
            .filter(|item| item.state().shelf == Shelf::Open)
            .map(|item| (item.id, item))
            .collect();
        for asset in blocked {
            let by: Vec<String> = asset
                .links("blocked_by")
                .iter()
                .filter_map(|id| open.get(id))
                .map(|item| item.reference.to_string())
                .collect();
            if !by.is_empty() {
                lines.push(self.about(&asset, format!("blocked by {}", by.join(", "))));
            }
        }
        lines.truncate(LINES);
        let stands_in = if lines.is_empty() {
            "no milestone is due and no asset waits"
        } else {
            "what is due of the plan and assets that wait stand in for them"
        };
        self.notes.push(format!("Launches are not kept here yet; {stands_in}."));
        Ok(lines)
    }

    fn by_their_days(&self, ids: &[ItemId]) -> Result<Vec<Item>> {
        let mut items = self.workspace.store.items(ids)?;
        items.sort_by_key(|item| (item.day("due"), item.reference.number));
        Ok(items)
    }

    /// Assets that are due and not on their way.
    pub(super) fn unready(&mut self) -> Result<Vec<Line>> {
        let due = self.workspace.store.unbegun_by(self.until(), LINES)?;
        let assets = self.by_their_days(&due)?;
        let names = self.workspace.store.names_for(&assets)?;
        let mut lines = Vec::new();
        for asset in assets {
            let owner = asset.link("owner").and_then(|id| names.title(id)).unwrap_or("nobody");
            let line = self.about(&asset, "");
            let mut line = self.dated(line, asset.state().slug, asset.day("due"));
            owner.clone_into(&mut line.driver);
            line.why = format!("{owner} makes it");
            lines.push(line);
        }
        Ok(lines)
    }

    /// What was asked for this week.
    pub(super) fn requests(&mut self) -> Result<Vec<Line>> {
        let ids = self.workspace.store.asked_between(self.monday(), self.today())?;
        let requests = self.workspace.store.items(&ids)?;
        let names = self.workspace.store.names_for(&requests)?;
        let mut lines = Vec::new();
        for request in requests.iter().take(LINES) {
            let from = request.link("from").and_then(|id| names.title(id)).unwrap_or("nobody");
            lines.push(self.about(request, format!("{from}, {}", request.state().slug)));
        }
        Ok(lines)
    }
}
