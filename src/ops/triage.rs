//! A request as arithmetic: what it serves, which intake rule applies, what is left of the budget,
//! by how much it is overrun, what would slip and to when, and the reply that follows from it.

use chrono::{Datelike, NaiveDate};

use crate::domain::day;
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::part::{Part, PartKind, of_kind};
use crate::domain::verb::Verb;
use crate::domain::week::Week;
use crate::domain::week::policy::{Asked, Cited, Policy, Rule};
use crate::domain::week::request::{Displaced, Movable, covers, displaced, each_alone, overflow};
use crate::store::intake::Intake;

use super::error::Result;
use super::meetings::Diary;
use super::week::{self, WeekView};
use super::workspace::{Settings, Workspace};

pub mod log;
mod make_room;
mod no;
pub mod policy;
pub(super) mod reply;
pub(super) mod room;
mod told;
pub(super) mod verdict;

/// Most requests that are walked through.
const MOST: usize = 500;

/// Something by its ref and title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    pub id: ItemId,
    pub reference: Ref,
    pub title: String,
}

impl Called {
    pub(super) fn of(item: &Item) -> Self {
        Self { id: item.id, reference: item.reference, title: item.title().to_owned() }
    }
}

/// An item that would give way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    pub what: Called,
    /// The planned minutes of the week that it gives.
    pub minutes: i64,
    /// The day it is due where it would be missed, else the last on which it is planned.
    pub from: Option<NaiveDate>,
    /// The first day after the week with time for it.
    pub to: Option<NaiveDate>,
    /// Its new due day, when the old one would be missed.
    pub due: Option<NaiveDate>,
    pub outcome: Option<Called>,
}

impl Slip {
    /// Working days by which it is later.
    #[must_use]
    pub fn days(&self) -> Option<usize> {
        let (from, to) = (self.from?, self.to?);
        let between = from.iter_days().skip(1).take_while(|day| *day <= to);
        Some(between.filter(|day| is_working(*day)).count()).filter(|days| *days > 0)
    }

    /// `a11 Pricing page narrative · 2 h · Fri 8 May → Tue 12 May · delays o3 by 2 d`.
    #[must_use]
    pub fn words(&self, today: NaiveDate) -> String {
        format!("{} · {}", self.called(), self.effect(today))
    }

    /// `a11 Pricing page narrative`.
    #[must_use]
    pub fn called(&self) -> String {
        format!("{} {}", self.what.reference, self.what.title)
    }

    /// How much it frees, where it goes, and what that delays.
    #[must_use]
    pub fn effect(&self, today: NaiveDate) -> String {
        let echo = |date: Option<NaiveDate>| {
            date.map_or_else(|| "no day".to_owned(), |date| day::echo(date, today))
        };
        let (from, to) = (echo(self.from), echo(self.to));
        let mut words = format!("{} · {from} → {to}", day::show_minutes(self.minutes));
        if let (Some(outcome), Some(days)) = (&self.outcome, self.days()) {
            words = format!("{words} · delays {} by {days} d", outcome.reference);
        }
        words
    }
}

/// What triage of a request rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Triage {
    /// The week whose budget it would take.
    pub week: Week,
    pub estimate: Option<i64>,
    /// Minutes for requests in that week, and what is left of them.
    pub budget: i64,
    pub left: i64,
    pub overflow: i64,
    /// The active outcome that it leads to.
    pub serves: Option<Called>,
    /// Where it leads to none: the one whose words are nearest, else the heaviest.
    pub nearest: Option<Called>,
    pub rules: Vec<Cited>,
    /// What could give way, in the order in which it would.
    pub candidates: Vec<Slip>,
    /// What would, or what was named.
    pub displaced: Vec<Slip>,
    /// The last day to answer by the policy.
    pub answer_by: Option<NaiveDate>,
    pub is_overdue: bool,
    /// What follows from all this.
    pub suggested: Verb,
    pub decision: String,
    pub signal: String,
    /// What they would be answered, or were.
    pub reply: String,
    pub is_answered: bool,
}

impl Triage {
    /// What was named, or is proposed, in minutes.
    #[must_use]
    pub fn freed(&self) -> i64 {
        self.displaced.iter().map(|slip| slip.minutes).sum()
    }

    /// `35 m left of 8 h · over by 1 h 25`.
    #[must_use]
    pub fn budget_words(&self) -> String {
        let week = &self.week.to_string()[5..];
        let mut words = if self.left < 0 {
            format!(
                "over by {} of {}",
                day::show_minutes(-self.left),
                day::show_minutes(self.budget)
            )
        } else {
            format!("{} left of {}", day::show_minutes(self.left), day::show_minutes(self.budget))
        };
        words = format!("{words} in {week}");
        match (self.estimate, self.overflow) {
            (None, _) => format!("{words} · no estimate, so nothing counts against it"),
            (Some(_), 0) => format!("{words} · it fits"),
            (Some(_), over) => format!("{words} · this is {} too much", day::show_minutes(over)),
        }
    }

    /// `o1 “Win rate”`, or which is nearest.
    #[must_use]
    pub fn serves_words(&self) -> String {
        let named = |called: &Called| format!("{} “{}”", called.reference, called.title);
        match (&self.serves, &self.nearest) {
            (Some(serves), _) => named(serves),
            (None, Some(near)) => format!("no outcome; nearest {}", named(near)),
            (None, None) => "no outcome is active".to_owned(),
        }
    }
}

impl Workspace {
    /// The requests that wait for triage, this one first.
    ///
    /// # Errors
    /// A storage error.
    pub fn waiting(&self, first: Option<ItemId>) -> Result<Vec<ItemId>> {
        let (mut ids, _) = self.store.untriaged(self.clock.today(), MOST)?;
        ids.retain(|id| Some(*id) != first);
        Ok(first.into_iter().chain(ids).collect())
    }

    /// The figures of a request, with what is proposed to give way.
    ///
    /// # Errors
    /// A storage error.
    pub fn triage(&self, request: &Item) -> Result<Triage> {
        let (settings, diary) = (&self.settings, Diary::of(self));
        look(&self.store, (settings, &diary), request, self.clock.today(), &[])
    }
}

/// Looks at a request; `named` is what is to give way, else it is proposed.
pub(super) fn look(
    from: &impl Intake,
    (settings, diary): (&Settings, &Diary<'_>),
    request: &Item,
    today: NaiveDate,
    named: &[ItemId],
) -> Result<Triage> {
    let week = week_of(request, today);
    let seen = week::beside(from, (settings, diary), week, today)?;
    let policy = policy::of(&from.kept()?);
    let estimate = request.whole("estimate").filter(|minutes| *minutes > 0);
    let budget = seen.available * seen.terms.budget / 100;
    // What is planned for it already is not promised to somebody else.
    let left = seen.left + seen.promised_to(request.id);
    let over = estimate.map_or(0, |estimate| overflow(estimate, left));
    let (serves, nearest) = matching(from, request)?;
    let text = format!("{} {}", request.title(), request.text("text"));
    let rules = policy.applying(Asked {
        words: &text,
        channel: request.text("channel"),
        estimate,
        overflow: over,
    });
    let candidates = room::candidates(from, &seen)?;
    let named = wanted(from, request, named)?;
    let moving = room::moving(from, &candidates, over, &named)?;
    let free = room::free_after(from, &seen, diary, moving)?;
    let all = slips(from, &seen, &each_alone(&candidates, &free))?;
    let chosen = if named.is_empty() {
        displaced(over, &candidates, &free)
    } else {
        room::named(from, &candidates, &named, &free)?
    };
    let suggested = suggestion(&rules, over, !chosen.is_empty() && covers(&chosen, over));
    let answer_by = answer_by(request, &policy);
    let is_answered = request.day("replied_on").is_some();
    let mut triage = Triage {
        week,
        estimate,
        budget,
        left,
        overflow: over,
        serves,
        nearest,
        rules,
        candidates: all,
        displaced: slips(from, &seen, &chosen)?,
        answer_by,
        is_overdue: !is_answered && answer_by.is_some_and(|last| last < today),
        suggested,
        decision: request.text("decision").to_owned(),
        signal: request.text("signal").to_owned(),
        reply: request.text("reply").to_owned(),
        is_answered,
    };
    if triage.reply.is_empty() {
        triage.reply =
            reply::of(from, request, &triage, suggested, &reply::Said::default(), today)?;
    }
    Ok(triage)
}

/// The week of the day it is wanted by, else the running one; nothing is planned into the past.
fn week_of(request: &Item, today: NaiveDate) -> Week {
    let running = Week::of(today);
    request.day("wanted_by").map_or(running, |day| Week::of(day).max(running))
}

/// What was named; else what an earlier trade offered, as long as the request is traded.
fn wanted(from: &impl Intake, request: &Item, named: &[ItemId]) -> Result<Vec<ItemId>> {
    if !named.is_empty() || request.state().slug != "traded" {
        return Ok(named.to_vec());
    }
    let parts = from.parts_of(request)?;
    let offered = of_kind(&parts, PartKind::Displacement).filter_map(|part| part.link("item"));
    Ok(offered.collect())
}

fn suggestion(rules: &[Cited], over: i64, can_move: bool) -> Verb {
    let has = |rule: Rule| rules.iter().any(|cited| cited.rule == rule);
    if has(Rule::Ready) {
        Verb::SelfServe
    } else if has(Rule::Channel) {
        Verb::Decline
    } else if over == 0 && !has(Rule::Size) {
        Verb::Accept
    } else if can_move {
        Verb::Trade
    } else {
        Verb::Decline
    }
}

/// The outcome that a request leads to; else the one whose words are nearest to its own.
fn matching(from: &impl Intake, request: &Item) -> Result<(Option<Called>, Option<Called>)> {
    if let Some(outcome) = outcome_above(from, request)? {
        return Ok((Some(outcome), None));
    }
    let own = words(&format!("{} {}", request.title(), request.text("text")));
    let outcomes = from.outcomes()?;
    // The first of equals is the heaviest.
    let shared = |item: &Item| words(item.title()).iter().filter(|word| own.contains(word)).count();
    let nearest = outcomes.iter().rev().max_by_key(|item| shared(item));
    Ok((None, nearest.map(Called::of)))
}

/// The words of a text that tell anything, in lower case.
fn words(text: &str) -> Vec<String> {
    let split = text.split(|letter: char| !letter.is_alphanumeric());
    split.filter(|word| word.chars().count() > 3).map(str::to_lowercase).collect()
}

/// The active outcome on the way up from an item.
pub(super) fn outcome_above(from: &impl Intake, item: &Item) -> Result<Option<Called>> {
    let mut here = item.clone();
    for _ in 0..4 {
        if here.kind() == crate::domain::kind::Kind::Outcome {
            return Ok((here.state().slug == "active").then(|| Called::of(&here)));
        }
        let Some(next) = here.link("for") else { return Ok(None) };
        let Some(found) = from.some(&[next])?.pop().filter(|item| item.deleted_at.is_none()) else {
            return Ok(None);
        };
        here = found;
    }
    Ok(None)
}

/// The items that move, with their names and days.
fn slips(from: &impl Intake, seen: &WeekView, moved: &[Displaced]) -> Result<Vec<Slip>> {
    let ids: Vec<ItemId> = moved.iter().map(|one| one.item).collect();
    let items = from.some(&ids)?;
    let mut slips = Vec::new();
    for one in moved {
        let Some(item) = items.iter().find(|item| item.id == one.item) else { continue };
        let planned = seen.planned.iter().filter(|block| block.serves == Some(item.id));
        let missed = one.due.and(room::due_of(item));
        slips.push(Slip {
            what: Called::of(item),
            minutes: one.minutes,
            from: missed.or_else(|| planned.map(|block| block.on).max()).or(room::due_of(item)),
            to: one.to,
            due: one.due.filter(|_| room::due_moves(item)),
            outcome: outcome_above(from, item)?,
        });
    }
    Ok(slips)
}

fn is_working(day: NaiveDate) -> bool {
    day.weekday().num_days_from_monday() < 5
}

/// The last day to answer: so many working days after it was asked.
pub(super) fn answer_by(request: &Item, policy: &Policy) -> Option<NaiveDate> {
    let asked = request.day("asked_on")?;
    let days = usize::try_from(policy.reply_days).ok()?;
    match days {
        0 => Some(asked),
        days => asked.iter_days().skip(1).filter(|day| is_working(*day)).nth(days - 1),
    }
}

/// The movable item of these that an id names.
pub(super) fn movable_of(candidates: &[Movable], id: ItemId) -> Option<Movable> {
    candidates.iter().copied().find(|one| one.item == id)
}

/// The displacements of a request.
pub fn displacements(parts: &[Part]) -> impl Iterator<Item = &Part> {
    of_kind(parts, PartKind::Displacement)
}

#[cfg(test)]
pub(super) mod tests;
