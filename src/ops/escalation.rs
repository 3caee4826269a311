//! The rule that raises overload, over the weeks as they were closed: what it says now, the memo that
//! it drafts, and when it is over. One escalation of a person is open at a time, and one of the team,
//! whose weeks are those of all who work in it.

use chrono::NaiveDate;

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::week::Week;
use crate::domain::week::escalation::{Judged, Past, Rule, Standing, settles, standing};
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
/// Weeks that are looked at first; mostly one of them breaks any row before it.
const LEAST_WINDOW: usize = 4;
/// Weeks that are looked at where none of them breaks a row: four years.
const MOST_WINDOW: usize = 208;

/// What the rule says, and the escalation that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overload {
    pub standing: Standing,
    pub open: Option<OpenOne>,
    /// The day on which the last one was over; weeks that ended before it never count again.
    pub since: Option<NaiveDate>,
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

/// Whose burden the rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Burden {
    /// Of the person at the keyboard.
    Mine,
    /// Of all who work in the team, pooled.
    Team,
}

/// The tag of an escalation that is of the team.
const TEAM: &str = "team";

impl Burden {
    /// What drafts its memo on the command line.
    #[must_use]
    pub fn drafts(self) -> &'static str {
        match self {
            Self::Mine => "prewire escalation draft",
            Self::Team => "prewire escalation draft --team",
        }
    }

    fn of(item: &Item) -> Self {
        let is_team =
            matches!(item.get("tags"), Value::Tags(tags) if tags.iter().any(|t| t == TEAM));
        if is_team { Self::Team } else { Self::Mine }
    }
}

impl Workspace {
    /// That the rule fires and no memo is drafted, in words with what drafts it; nothing else of it.
    ///
    /// # Errors
    /// A storage error.
    pub fn fires(&self) -> Result<Vec<(String, Burden)>> {
        let today = self.clock.today();
        let mut said = Vec::new();
        for burden in [Burden::Mine, Burden::Team] {
            let overload = look(&self.store, &self.settings, burden, today)?;
            if matches!(overload.standing, Standing::Fires(_)) && overload.open.is_none() {
                let words = overload.words(today);
                let whose = if burden == Burden::Team { "the team is " } else { "" };
                said.push((format!("{whose}{words}"), burden));
            }
        }
        Ok(said)
    }

    /// What the rule says of the person at the keyboard.
    ///
    /// # Errors
    /// A storage error.
    pub fn overload(&self) -> Result<Overload> {
        let look = || look(&self.store, &self.settings, Burden::Mine, self.clock.today());
        self.followed.overload.or_read(self.stand()?, look)
    }

    /// What the rule says of the team.
    ///
    /// # Errors
    /// A storage error.
    pub fn team_overload(&self) -> Result<Overload> {
        look(&self.store, &self.settings, Burden::Team, self.clock.today())
    }
}

/// What the rule says.
fn look(
    from: &impl Intake,
    settings: &Settings,
    burden: Burden,
    today: NaiveDate,
) -> Result<Overload> {
    looked(from, settings, (burden, None), today)
}

/// How many breaches in a row raise an escalation.
pub(super) fn breaches(settings: &[(String, String)]) -> usize {
    let named = settings.iter().find(|(name, _)| name == WEEKS).and_then(|(_, n)| n.parse().ok());
    named.unwrap_or(Rule::default().weeks).max(1)
}

fn looked(
    from: &impl Intake,
    settings: &Settings,
    (burden, but): (Burden, Option<ItemId>),
    today: NaiveDate,
) -> Result<Overload> {
    let rule = Rule { weeks: breaches(&from.kept()?), ..Rule::default() };
    let me = week::whose(from, settings)?;
    let mut all = from.escalations()?;
    all.retain(|item| Some(item.id) != but && Burden::of(item) == burden);
    // Where nobody is known to sit here, all of it is shown.
    let mine = |item: &&Item| {
        burden == Burden::Team
            || me.is_none()
            || item.link("person").is_none_or(|person| Some(person) == me)
    };
    let open = all.iter().filter(mine).find(|item| is_open(item));
    let past = past(open, all.iter().filter(mine));
    let least = LEAST_WINDOW.max(2 * rule.weeks);
    let logged = from.first_logged()?.map(|day| Week::of(day).weeks_to(Week::of(today)));
    let logged = logged.and_then(|weeks| usize::try_from(weeks).ok()).unwrap_or(0);
    let mut older = std::iter::successors(Some(Week::of(today)), |week| Some(week.previous()));
    let (mut weeks, mut looked_at) = (Vec::new(), 0);
    // Weeks that are unsure break nothing, however many stand in a row.
    while looked_at == 0 || (looked_at <= logged.min(MOST_WINDOW) && !settles(&weeks, past, rule)) {
        let window: Vec<Week> = older.by_ref().take(least.max(looked_at)).collect();
        looked_at += window.len();
        weeks.extend(match burden {
            Burden::Mine => judged(from, settings, today, &window)?,
            Burden::Team => judged_of_team(from, settings, today, &window)?,
        });
    }
    let open = open.map(|item| OpenOne {
        id: item.id,
        reference: item.reference,
        sent_on: item.day("sent_on"),
        needed_by: item.day("needed_by"),
    });
    let since = match past {
        Past::Closed(on) => Some(on),
        Past::Never | Past::Open(_) => None,
    };
    Ok(Overload { standing: standing(&weeks, past, rule), open, since })
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

/// Those of these weeks, of which the newest stands first, that are closed, or count as closed since
/// nobody closed them in time.
fn judged(
    from: &impl Intake,
    settings: &Settings,
    today: NaiveDate,
    weeks: &[Week],
) -> Result<Vec<Judged>> {
    let Some(newest) = weeks.first() else { return Ok(Vec::new()) };
    let weeks = week::some(from, settings, *newest, weeks.len())?;
    let counts = |past: &&week::Past| past.is_closed || past.week.is_overdue(today);
    let first = from.first_logged()?.map(Week::of);
    let known =
        weeks.iter().filter(counts).filter(|past| first.is_some_and(|first| past.week >= first));
    Ok(known.map(|past| Judged { week: past.week, verdict: past.verdict }).collect())
}

/// Those of these weeks of the team that are closed: in which more than one logged something.
fn judged_of_team(
    from: &impl Intake,
    settings: &Settings,
    today: NaiveDate,
    weeks: &[Week],
) -> Result<Vec<Judged>> {
    let shared = week::team::shared(from, settings, weeks)?;
    let closed = shared.into_iter().filter(|team| team.is_closed(today));
    Ok(closed.map(|team| Judged { week: team.week, verdict: team.verdict }).collect())
}

/// After a week was closed or corrected: drafts the memo when the rule fires, and closes the open
/// escalation when it is over. What it did, in words.
pub(super) fn follow(
    write: &Write<'_>,
    settings: &Settings,
    today: NaiveDate,
) -> Result<(Vec<ItemId>, Vec<String>)> {
    let (mut items, mut words) = follow_one(write, settings, Burden::Mine, today)?;
    let team = follow_one(write, settings, Burden::Team, today)?;
    items.extend(team.0);
    words.extend(team.1);
    Ok((items, words))
}

fn follow_one(
    write: &Write<'_>,
    settings: &Settings,
    burden: Burden,
    today: NaiveDate,
) -> Result<(Vec<ItemId>, Vec<String>)> {
    let overload = look(write, settings, burden, today)?;
    match (overload.standing, overload.open) {
        (Standing::Fires(weeks), None) => {
            let drafted = drafted(write, settings, (burden, &weeks), today)?;
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
    (burden, but): (Burden, ItemId),
    today: NaiveDate,
) -> Result<Standing> {
    Ok(looked(from, settings, (burden, Some(but)), today)?.standing)
}

/// A week as it counts for the rule.
fn viewed(
    from: &impl Intake,
    settings: &Settings,
    burden: Burden,
    week: Week,
    today: NaiveDate,
) -> Result<WeekView> {
    match burden {
        Burden::Mine => week::within(from, settings, week, today),
        Burden::Team => Ok(week::team::of(from, settings, week)?.view(today)),
    }
}

/// Drafts the memo by hand, when the rule has fired.
pub(super) fn draft(
    write: &Write<'_>,
    settings: &Settings,
    burden: Burden,
    today: NaiveDate,
) -> Result<Outcome> {
    let overload = look(write, settings, burden, today)?;
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
            _ if burden == Burden::Team => {
                "no week that the whole team closed breached the limit".to_owned()
            }
            _ => match overload.since {
                Some(on) => format!(
                    "no week that was closed since the last memo was over, {}, breached the limit",
                    on.format("%-d %b")
                ),
                None => "no closed week breached the limit".to_owned(),
            },
        };
        return Err(Refusal::input(format!("the rule does not fire: {what}"))
            .hint("escalation add '…' raises something else")
            .into());
    };
    let item = drafted(write, settings, (burden, &weeks), today)?;
    let label = format!("drafted {}", summary::called(std::slice::from_ref(&item)));
    Ok(Outcome { label, items: vec![item.id], notices: Vec::new() })
}

/// Writes the memo about these weeks into an escalation.
fn filled(
    write: &Write<'_>,
    settings: &Settings,
    item: &mut Item,
    (burden, weeks): (Burden, &[Week]),
    today: NaiveDate,
) -> Result<()> {
    let views: Vec<WeekView> = weeks
        .iter()
        .map(|week| viewed(write, settings, burden, *week, today))
        .collect::<Result<_>>()?;
    let memo = memo::of(write, settings, (burden, &views), today)?;
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
    (burden, weeks): (Burden, &[Week]),
    today: NaiveDate,
) -> Result<Item> {
    let id = ItemId(write.new_id());
    let reference = write.next_ref(Kind::Escalation)?;
    let mut item = Item::new(id, reference, write.at, &write.actor);
    filled(write, settings, &mut item, (burden, weeks), today)?;
    match burden {
        Burden::Mine => {
            item.set("person", week::whose(write, settings)?.map_or(Value::Nothing, Value::Item));
        }
        Burden::Team => item.set("tags", Value::Tags(vec![TEAM.to_owned()])),
    }
    write.insert(&item)?;
    Ok(item)
}

#[cfg(test)]
mod tests;
