//! Plans as they run: the plan that is shown, with the proof of each exit criterion; the one active
//! plan whose days are those of `day45`. Starting, ticking and moving are files of their own.

use chrono::NaiveDate;

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::plan::figures::{Figures, PhaseStanding};
use crate::domain::plan::stored::{self, Stored};
use crate::domain::plan::{Milestone, Plan, Proof, Standing, Standpoint, criterion, exit};
use crate::domain::week::share::{NO_DATA, Share};
use crate::store::plan::Plans;

use super::error::Result;
use super::metric::Measures;
use super::workspace::{Settings, Workspace};

mod behind;
mod complete;
pub mod due;
mod facts;
pub(super) mod follow;
pub(super) mod rebase;
pub mod start;
pub(super) mod tick;

pub(super) use complete::{New, born, complete, readable};
use facts::Proves;
pub use start::{Choice, Start};

/// What the top line and the grammar know of the active plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub reference: Ref,
    pub start: NaiveDate,
    pub days: u32,
}

/// A milestone as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Stone {
    pub item: Item,
    pub milestone: Milestone,
    /// One for each exit criterion.
    pub proofs: Vec<Proof>,
    pub standing: Standing,
    /// The place of its phase.
    pub phase: usize,
    /// Days that it came, or comes so far, after its day.
    pub slip: u32,
}

/// A plan with its milestones, phase by phase.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanView {
    pub item: Item,
    pub plan: Plan,
    pub today: NaiveDate,
    pub stones: Vec<Stone>,
}

impl Head {
    fn of(item: &Item) -> Option<Self> {
        let start = item.day("start")?;
        let days = u32::try_from(item.whole("days")?).ok()?;
        Some(Self { reference: item.reference, start, days })
    }

    /// Whether its last day has passed.
    fn is_over(&self, today: NaiveDate) -> bool {
        self.start + chrono::Duration::days(self.days.into()) <= today
    }

    /// `day 37/90`.
    #[must_use]
    pub fn words(&self, today: NaiveDate) -> String {
        let plan = Plan {
            name: String::new(),
            start: self.start,
            days: self.days,
            phases: Vec::new(),
            milestones: Vec::new(),
            baselines: Vec::new(),
        };
        plan.standpoint(today).to_string()
    }
}

impl Stone {
    /// What is still missing, or what a person has to say, in one line.
    #[must_use]
    pub fn open_words(&self) -> String {
        let open = self.proofs.iter().filter(|proof| proof.standing != Standing::Met);
        let words: Vec<&str> = open.map(|proof| proof.words.as_str()).collect();
        words.join("; ")
    }
}

impl PlanView {
    /// The milestones of a phase, in the order of the screen.
    pub fn in_phase(&self, place: usize) -> impl Iterator<Item = &Stone> {
        self.stones.iter().filter(move |stone| stone.phase == place)
    }

    #[must_use]
    pub fn standpoint(&self) -> Standpoint {
        self.plan.standpoint(self.today)
    }
}

/// Tenths as people write them: `4.3`, and `57` where there is nothing behind the point.
fn one(tenths: i64) -> String {
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

/// A share in points: `57 %`, `30.4 %`.
#[must_use]
pub fn points(share: Share) -> String {
    share.in_parts(1_000).map_or_else(|| NO_DATA.to_owned(), |tenths| format!("{} %", one(tenths)))
}

impl PlanView {
    /// Progress against expected, slippage, and how it was against the days of the beginning.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let forecast = self.plan.forecast(self.today);
        let mut words = self.standing(forecast.map(|forecast| forecast.words()));
        let figures = self.plan.figures(self.today);
        if !self.plan.baselines.is_empty() {
            let first = self.plan.as_first_made().figures(self.today);
            words.push(format!("against the first days {}", slippage(first)));
        }
        words.push(format!("{} of {} done", figures.progress.part, figures.progress.whole));
        words
    }

    /// The same where there is little room.
    #[must_use]
    pub fn brief(&self) -> Vec<String> {
        let forecast = self.plan.forecast(self.today);
        self.standing(forecast.map(|forecast| forecast.brief()))
    }

    fn standing(&self, forecast: Option<String>) -> Vec<String> {
        let figures = self.plan.figures(self.today);
        let (done, expected) = (points(figures.progress), points(figures.expected));
        let progress = format!("progress {done} of {expected} expected");
        [progress, slippage(figures)].into_iter().chain(forecast).collect()
    }

    /// Where a phase stands: `running`, `late 7 d`, and how much of it is done.
    #[must_use]
    pub fn phase_words(&self, place: usize) -> String {
        let Some(phase) = self.plan.by_phase(self.today).into_iter().nth(place) else {
            return String::new();
        };
        let standing = match phase.standing {
            PhaseStanding::Ahead => "ahead".to_owned(),
            PhaseStanding::Running => "running".to_owned(),
            PhaseStanding::Late { days } => format!("gate late {days} d"),
            PhaseStanding::Over => "over".to_owned(),
        };
        if phase.figures.progress.whole == 0 {
            return standing;
        }
        let done = format!("{} of {}", phase.figures.progress.part, phase.figures.progress.whole);
        match phase.figures.slippage().part {
            0 => format!("{standing} · {done}"),
            _ => format!("{standing} · {done} · {}", slippage(phase.figures)),
        }
    }
}

fn slippage(figures: Figures) -> String {
    match figures.slippage().in_parts(1_000) {
        None | Some(0) => "no slippage".to_owned(),
        Some(late @ 1..) => format!("{} points behind", one(late)),
        Some(early) => format!("{} points ahead", one(-early)),
    }
}

/// Of the plans that run the one to be shown: the active one, unless its days are over and another
/// has begun meanwhile.
pub(super) fn current(mut open: Vec<Item>, today: NaiveDate) -> Option<Item> {
    let runs = |plan: &Item| {
        Head::of(plan).is_some_and(|head| head.start <= today && !head.is_over(today))
    };
    let over = |plan: &Item| Head::of(plan).is_some_and(|head| head.is_over(today));
    let next = match open.first() {
        Some(first) if over(first) => open.iter().position(runs).unwrap_or(0),
        Some(_) => 0,
        None => return None,
    };
    Some(open.swap_remove(next))
}

impl Workspace {
    /// The plan that is active.
    ///
    /// # Errors
    /// A storage error.
    pub fn plan_head(&self) -> Result<Option<Head>> {
        let open = self.store.open_plans()?;
        Ok(current(open, self.clock.today()).as_ref().and_then(Head::of))
    }

    /// A plan in full; without an id the active one, else one that runs.
    ///
    /// # Errors
    /// A storage error.
    pub fn plan_view(&self, id: Option<ItemId>) -> Result<Option<PlanView>> {
        let found = match id {
            Some(id) => self.store.item(id)?.filter(|item| item.kind() == Kind::Plan),
            None => current(self.store.open_plans()?, self.clock.today()),
        };
        let today = self.clock.today();
        found.map(|item| view(&self.store, self, &self.settings, item, today)).transpose()
    }

    /// The open milestones of every plan that runs and is due by a day, with what they wait for.
    ///
    /// # Errors
    /// A storage error.
    pub fn stones_due(&self, by: NaiveDate) -> Result<Vec<Stone>> {
        let mut due = Vec::new();
        for item in self.store.open_plans()? {
            let seen = view(&self.store, self, &self.settings, item, self.clock.today())?;
            let open = |stone: &Stone| stone.item.state().slug == "open";
            let near = |stone: &Stone| stone.item.day("due").is_some_and(|due| due <= by);
            due.extend(seen.stones.into_iter().filter(|stone| open(stone) && near(stone)));
        }
        due.sort_by_key(|stone| (stone.item.day("due"), stone.item.reference));
        Ok(due)
    }
}

/// A plan with its milestones and the proofs of their criteria.
pub(super) fn view(
    from: &impl Proves,
    measures: &dyn Measures,
    settings: &Settings,
    item: Item,
    today: NaiveDate,
) -> Result<PlanView> {
    let items = from.milestones_of(item.id)?;
    let mut parts = from.parts(&items)?;
    let stored: Vec<Stored> = items
        .into_iter()
        .map(|item| Stored { parts: parts.remove(&item.id).unwrap_or_default(), item })
        .collect();
    let plan = stored::plan(&item, &stored, today);
    let known = facts::known(from, measures, settings, &plan, today)?;
    let mut stones: Vec<Stone> = stored
        .into_iter()
        .zip(&plan.milestones)
        .map(|(stored, milestone)| {
            let exits = exit::read(stored.item.text("exit")).unwrap_or_default();
            let proofs: Vec<Proof> = exits.iter().map(|exit| exit.proof(&known)).collect();
            let open = stored.item.state().slug == "open";
            let done = stored.item.state().slug == "done";
            Stone {
                standing: criterion::ticks(&proofs),
                proofs,
                phase: plan.phase_of(milestone.due_day),
                slip: if open || done { plan.slip(milestone, today) } else { 0 },
                milestone: milestone.clone(),
                item: stored.item,
            }
        })
        .collect();
    stones.sort_by_key(|stone| {
        let rank = stone.item.whole("rank");
        (
            stone.phase,
            is_open(stone),
            rank.is_none(),
            rank,
            stone.milestone.due_day,
            stone.item.reference.number,
        )
    });
    Ok(PlanView { item, plan, today, stones })
}

/// What is done stands above what is to come.
fn is_open(stone: &Stone) -> bool {
    stone.item.state().slug == "open"
}

/// The slug of a list that a word, or the beginning of one, means.
pub(super) fn picked<'a>(word: &str, slugs: &[&'a str]) -> Option<&'a str> {
    slugs.iter().copied().find(|slug| *slug == word).or_else(|| {
        let mut begins = slugs.iter().copied().filter(|slug| slug.starts_with(word));
        begins.next().filter(|_| begins.next().is_none() && !word.is_empty())
    })
}
