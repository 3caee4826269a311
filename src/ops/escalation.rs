//! The rule that raises overload, over the weeks as they were closed: what it says now, the memo that
//! it drafts, and when it is over. One escalation is open at a time.

use chrono::NaiveDate;

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::week::Week;
use crate::domain::week::escalation::{Judged, Past, Rule, Standing, standing};
use crate::domain::week::letter::listed;
use crate::store::Write;
use crate::store::intake::Intake;

use super::error::Result;
use super::op::Outcome;
use super::summary;
use super::week::{self, WeekView};
use super::workspace::{Settings, Workspace};

mod memo;
pub(super) mod stale;

/// The setting that says how many weeks in breach fire the rule.
pub const WEEKS: &str = "week.breaches";
/// Weeks that are looked at; a row of breaches that is older is broken by what lies between.
const LEAST_WINDOW: usize = 12;

/// What the rule says, and the escalation that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overload {
    pub standing: Standing,
    pub open: Option<OpenOne>,
}

/// An escalation that is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOne {
    pub id: ItemId,
    pub reference: crate::domain::item::Ref,
    pub sent_on: Option<NaiveDate>,
    pub needed_by: Option<NaiveDate>,
}

impl Overload {
    /// What the second line of the screens says; nothing when nothing is up.
    #[must_use]
    pub fn words(&self, today: NaiveDate) -> String {
        let days = |since: NaiveDate| (today - since).num_days().max(0);
        match (&self.standing, &self.open) {
            (_, Some(open)) => match open.sent_on {
                None => format!("{} drafted, not sent", open.reference),
                Some(on) => match open.needed_by.filter(|by| *by < today) {
                    Some(by) => format!("{} unanswered, {} d late", open.reference, days(by)),
                    None => format!("{} sent, {} d ago", open.reference, days(on)),
                },
            },
            (Standing::Fires(weeks), None) => {
                format!("over the limit in {}: escalate", said_weeks(weeks))
            }
            (Standing::Counting(_) | Standing::Open { .. } | Standing::Over(_), None) => {
                String::new()
            }
        }
    }
}

/// `W18 and W19`.
pub(super) fn said_weeks(weeks: &[Week]) -> String {
    let words: Vec<String> = weeks.iter().map(|week| week.to_string()[5..].to_owned()).collect();
    listed(&words)
}

impl Workspace {
    /// That the rule fires and no memo is drafted, in words; nothing else of it.
    ///
    /// # Errors
    /// A storage error.
    pub fn fires(&self) -> Result<Option<String>> {
        let overload = self.overload()?;
        let fires = matches!(overload.standing, Standing::Fires(_)) && overload.open.is_none();
        Ok(fires.then(|| overload.words(self.clock.today())))
    }

    /// What the rule says of the person at the keyboard.
    ///
    /// # Errors
    /// A storage error.
    pub fn overload(&self) -> Result<Overload> {
        look(&self.store, &self.settings, self.clock.today())
    }
}

/// What the rule says.
pub(super) fn look(from: &impl Intake, settings: &Settings, today: NaiveDate) -> Result<Overload> {
    looked(from, settings, today, None)
}

fn looked(
    from: &impl Intake,
    settings: &Settings,
    today: NaiveDate,
    but: Option<ItemId>,
) -> Result<Overload> {
    let kept = from.kept()?;
    let named = kept.iter().find(|(name, _)| name == WEEKS).and_then(|(_, n)| n.parse().ok());
    let rule = Rule { weeks: named.unwrap_or(Rule::default().weeks).max(1), ..Rule::default() };
    let me = week::whose(from, settings)?;
    let mut all = from.escalations()?;
    all.retain(|item| Some(item.id) != but);
    // Where nobody is known to sit here, all of it is shown.
    let mine =
        |item: &&Item| me.is_none() || item.link("person").is_none_or(|person| Some(person) == me);
    let open = all.iter().filter(mine).find(|item| is_open(item));
    let past = past(open, all.iter().filter(mine));
    let weeks = judged(from, settings, today, LEAST_WINDOW.max(4 * rule.weeks))?;
    let open = open.map(|item| OpenOne {
        id: item.id,
        reference: item.reference,
        sent_on: item.day("sent_on"),
        needed_by: item.day("needed_by"),
    });
    Ok(Overload { standing: standing(&weeks, past, rule), open })
}

fn is_open(item: &Item) -> bool {
    matches!(item.state().slug, "draft" | "sent")
}

/// What is known of the escalations so far.
fn past<'a>(open: Option<&Item>, all: impl Iterator<Item = &'a Item>) -> Past {
    if let Some(open) = open {
        let last = open.text("weeks").split(", ").filter_map(Week::parse).max();
        return Past::Open(last.unwrap_or_else(|| Week::of(open.created_at.date_naive())));
    }
    all.filter_map(|item| item.day("closed_on")).max().map_or(Past::Never, Past::Closed)
}

/// The weeks that are closed, or count as closed since nobody closed them in time.
fn judged(
    from: &impl Intake,
    settings: &Settings,
    today: NaiveDate,
    most: usize,
) -> Result<Vec<Judged>> {
    let weeks = week::some(from, settings, Week::of(today), most, today)?;
    let counts = |past: &&week::Past| past.is_closed || past.week.is_overdue(today);
    let first = from.first_logged()?.map(Week::of);
    let known =
        weeks.iter().filter(counts).filter(|past| first.is_some_and(|first| past.week >= first));
    Ok(known.map(|past| Judged { week: past.week, verdict: past.verdict }).collect())
}

/// After a week was closed or corrected: drafts the memo when the rule fires, and closes the open
/// escalation when it is over. What it did, in words.
pub(super) fn follow(
    write: &Write<'_>,
    settings: &Settings,
    today: NaiveDate,
) -> Result<(Vec<ItemId>, Vec<String>)> {
    let overload = look(write, settings, today)?;
    match (overload.standing, overload.open) {
        (Standing::Fires(weeks), None) => {
            let drafted = drafted(write, settings, &weeks, today)?;
            let words = format!("{} drafted: {}", drafted.reference, drafted.title());
            Ok((vec![drafted.id], vec![words]))
        }
        (Standing::Over(weeks), Some(open)) => {
            let Some(before) = write.items(&[open.id])?.pop() else { return Ok((vec![], vec![])) };
            let mut after = before.clone();
            after.set("closed_on", Value::Day(today));
            after.set("state", Value::Text("closed".to_owned()));
            write.update(&before, &after)?;
            let words = format!("{} closed: {} were clear", open.reference, said_weeks(&weeks));
            Ok((vec![open.id], vec![words]))
        }
        (_, Some(open)) => stale::follow(write, settings, open.id, today),
        (_, None) => Ok((Vec::new(), Vec::new())),
    }
}

/// What the rule would say if this escalation were not there.
fn without(
    from: &impl Intake,
    settings: &Settings,
    today: NaiveDate,
    but: ItemId,
) -> Result<Standing> {
    Ok(looked(from, settings, today, Some(but))?.standing)
}

/// Drafts the memo by hand, when the rule has fired.
pub(super) fn draft(write: &Write<'_>, settings: &Settings, today: NaiveDate) -> Result<Outcome> {
    let overload = look(write, settings, today)?;
    if let Some(open) = overload.open {
        return Err(Refusal::input(format!("{} is open already", open.reference))
            .hint(format!("prewire escalation show {}", open.reference))
            .into());
    }
    let Standing::Fires(weeks) = overload.standing else {
        let what = match overload.standing {
            Standing::Counting(weeks) if !weeks.is_empty() => {
                format!("only {} breached the limit so far", said_weeks(&weeks))
            }
            _ => "no closed week breached the limit".to_owned(),
        };
        return Err(Refusal::input(format!("the rule does not fire: {what}"))
            .hint("escalation add '…' raises something else")
            .into());
    };
    let item = drafted(write, settings, &weeks, today)?;
    let label = format!("drafted {}", summary::called(std::slice::from_ref(&item)));
    Ok(Outcome { label, items: vec![item.id], notices: Vec::new() })
}

/// Writes the memo about these weeks into an escalation.
fn filled(
    write: &Write<'_>,
    settings: &Settings,
    item: &mut Item,
    weeks: &[Week],
    today: NaiveDate,
) -> Result<()> {
    let views: Vec<WeekView> = weeks
        .iter()
        .map(|week| week::within(write, settings, *week, today))
        .collect::<Result<_>>()?;
    let memo = memo::of(write, settings, &views, today)?;
    let keys: Vec<String> = weeks.iter().map(ToString::to_string).collect();
    item.set("title", Value::Text(memo.title));
    item.set("weeks", Value::Text(keys.join(", ")));
    item.set("memo", Value::Text(memo.text));
    item.set("needed_by", Value::Day(memo.needed_by));
    Ok(())
}

fn drafted(
    write: &Write<'_>,
    settings: &Settings,
    weeks: &[Week],
    today: NaiveDate,
) -> Result<Item> {
    let id = ItemId(write.new_id());
    let reference = write.next_ref(Kind::Escalation)?;
    let mut item = Item::new(id, reference, write.at, &write.actor);
    filled(write, settings, &mut item, weeks, today)?;
    item.set("person", week::whose(write, settings)?.map_or(Value::Nothing, Value::Item));
    write.insert(&item)?;
    Ok(item)
}

#[cfg(test)]
mod tests;
