//! The memo of an escalation: what the weeks were, what they displaced and at what cost, who asked
//! most, and the three ways out with a recommendation. It is a draft; its author edits it.

use chrono::{Datelike, NaiveDate};

use crate::domain::day::{quarter_bounds, show_minutes};
use crate::domain::week::Band;
use crate::domain::week::letter::{Letter, listed};
use crate::store::intake::Intake;

use super::super::error::Result;
use super::super::triage::log::{self, Asker};
use super::super::triage::{displacements, outcome_above, room};
use super::super::week::WeekView;
use super::super::workspace::Settings;
use super::{Burden, said_weeks};

/// Working days until an answer is needed \[D\].
const ANSWER_DAYS: usize = 5;
/// Most that is named of what waits and of who asks.
const MOST: usize = 3;

/// A memo, drafted.
pub struct Memo {
    pub title: String,
    pub text: String,
    pub needed_by: NaiveDate,
}

/// What was displaced in the weeks.
#[derive(Default)]
struct Displaced {
    titles: Vec<String>,
    outcomes: Vec<String>,
    /// The latest day to which something moved.
    until: Option<NaiveDate>,
}

/// `Thu 7 May`.
fn said_day(day: NaiveDate) -> String {
    day.format("%a %-d %b").to_string()
}

/// Writes the memo about weeks in breach, the oldest first.
pub fn of(
    from: &impl Intake,
    settings: &Settings,
    (burden, views): (Burden, &[WeekView]),
    today: NaiveDate,
) -> Result<Memo> {
    let weeks: Vec<_> = views.iter().map(|view| view.week).collect();
    let limit = views.first().map_or(20, |view| view.terms.limits.reactive);
    let shares: Vec<String> =
        views.iter().map(|view| view.actual.reactive_interval().0.beside(limit)).collect();
    let mut displaced = displaced(from, views)?;
    if displaced.outcomes.is_empty() && !displaced.titles.is_empty() {
        displaced.outcomes.extend(from.outcomes()?.first().map(|item| quoted(item.title())));
    }
    let days = (weeks.first().map(|week| week.monday()), weeks.last().map(|week| week.sunday()));
    let askers = match days {
        (Some(first), Some(last)) => log::askers(from, (first, last))?,
        _ => Vec::new(),
    };
    let askers: Vec<Asker> = askers.into_iter().filter(|one| one.is_known).collect();
    let asked: i64 = askers.iter().map(Asker::load).sum();
    let reactive: i64 = views.iter().map(|view| view.actual.reactive).sum();
    let over = over(views, limit);
    let quarter = quarter_bounds(today, settings.fiscal_start_month).1;
    let until = displaced.until.filter(|day| *day > today).unwrap_or(quarter);
    let needed_by = working_day_after(today, ANSWER_DAYS);
    let or = |words: String, other: &str| if words.is_empty() { other.to_owned() } else { words };
    // Who asked for a small part of it is not who it comes from.
    let top = askers.first().filter(|_| asked * 2 >= reactive);
    let scope = match top {
        Some(top) => format!(
            "no request of {} without a trade until the share is back at {limit}%",
            top.name
        ),
        None => format!("every request is a trade until the share is back at {limit}%"),
    };
    let recommendation = match top {
        Some(top) if top.load() * 2 >= asked => {
            format!("(B), since half of what was asked or more comes from {}", top.name)
        }
        Some(_) => "(A), since the load comes from many sides".to_owned(),
        None => "(A), since nobody is named on most of it".to_owned(),
    };
    let whose = if burden == Burden::Team { "of the team" } else { "" };
    let filled = Letter::Escalation.fill(&[
        ("whose", whose),
        ("shares", &listed(&shares)),
        ("weeks", &said_weeks(&weeks)),
        ("limit", &format!("{limit}%")),
        ("items", &or(listed(&displaced.titles), "no work that was planned by name")),
        ("outcome", &listed(&displaced.outcomes)),
        ("causes", &causes(from, quarter_bounds(today, settings.fiscal_start_month))?),
        ("cost", &cost(views, limit)),
        ("askers", &asked_most(&askers, (asked, reactive), views)),
        (
            "capacity",
            &format!("{} a week more for requests, from whoever asks most", show_minutes(over)),
        ),
        ("scope", &scope),
        ("until", &said_day(until)),
        ("recommendation", &recommendation),
        ("needed_by", &said_day(needed_by)),
    ]);
    let of = if whose.is_empty() { String::new() } else { format!(" {whose}") };
    let title = format!("Reactive work{of} above {limit}% in {}", said_weeks(&weeks));
    Ok(Memo { title, text: filled.text, needed_by })
}

/// What strategic work slipped for in a quarter, by cause: `approver away (2) and request (1)`.
fn causes(from: &impl Intake, quarter: (NaiveDate, NaiveDate)) -> Result<String> {
    let counted = from.causes(quarter)?;
    let words: Vec<String> =
        counted.iter().take(MOST).map(|one| format!("{} ({})", one.word, one.count)).collect();
    Ok(listed(&words))
}

fn quoted(title: &str) -> String {
    format!("“{title}”")
}

/// What requests pushed aside in these weeks; else what was planned and not done.
fn displaced(from: &impl Intake, views: &[WeekView]) -> Result<Displaced> {
    let mut found = Displaced::default();
    let mut ids = Vec::new();
    if let (Some(first), Some(last)) = (views.first(), views.last()) {
        let owners = from.displacing(first.week.monday(), last.week.sunday())?;
        for request in from.some(&owners)? {
            let parts = from.parts_of(&request)?;
            for part in displacements(&parts).filter(|part| part.text("standing") == "moved") {
                ids.extend(part.link("item"));
                found.until = found.until.max(part.day("moved_to"));
            }
        }
    }
    if ids.is_empty() {
        let mut lost: Vec<(i64, crate::domain::item::ItemId)> = Vec::new();
        for (block, minutes) in views.iter().flat_map(room::unlogged) {
            let Some(item) = block.serves else { continue };
            match lost.iter_mut().find(|(_, known)| *known == item) {
                Some((sum, _)) => *sum += minutes,
                None => lost.push((minutes, item)),
            }
        }
        lost.sort_by_key(|(minutes, id)| (-minutes, *id));
        ids.extend(lost.into_iter().map(|(_, id)| id));
    }
    // What two requests pushed aside is named once.
    let mut named = std::collections::HashSet::new();
    ids.retain(|id| named.insert(*id));
    ids.truncate(MOST);
    for item in from.some(&ids)? {
        found.titles.push(quoted(item.title()));
        if let Some(outcome) = outcome_above(from, &item)? {
            let outcome = quoted(&outcome.title);
            if !found.outcomes.contains(&outcome) {
                found.outcomes.push(outcome);
            }
        }
    }
    Ok(found)
}

/// What was planned for strategy and its execution, and went elsewhere; where nothing was planned,
/// what stood above the limit.
fn cost(views: &[WeekView], limit: i64) -> String {
    let lost = |band: Band| -> i64 {
        views.iter().map(|view| (view.plan.of(band) - view.actual.of(band)).max(0)).sum()
    };
    let words: Vec<String> = [Band::Strategic, Band::Execution]
        .into_iter()
        .filter(|band| lost(*band) > 0)
        .map(|band| format!("{} of {} work planned and not done", show_minutes(lost(band)), band))
        .collect();
    if words.is_empty() {
        let above = |view: &WeekView| view.actual.reactive - view.actual.worked() * limit / 100;
        let above: i64 = views.iter().map(|view| above(view).max(0)).sum();
        return format!("{} more than the limit leaves for requests", show_minutes(above));
    }
    listed(&words)
}

/// Minutes above the limit, a week.
fn over(views: &[WeekView], limit: i64) -> i64 {
    let over = |view: &WeekView| view.actual.reactive - view.actual.worked() * limit / 100;
    let sum: i64 = views.iter().map(over).sum();
    let each = sum / i64::try_from(views.len()).unwrap_or(1).max(1);
    // Nobody asks for help by the minute.
    (each + 14) / 15 * 15
}

/// Who asked most, by name; and where most of it has nobody to it, what the time went into.
fn asked_most(askers: &[Asker], (asked, reactive): (i64, i64), views: &[WeekView]) -> String {
    let top: Vec<String> = askers.iter().take(MOST).map(Asker::words).collect();
    let most = format!("Who asked most: {}", listed(&top));
    let into = listed(&largest(views));
    match (askers.is_empty(), asked * 2 >= reactive) {
        (true, _) => format!("Who asked is not known; most of it went into {into}"),
        (false, true) => most,
        (false, false) => format!("{most}. Most of the time has nobody to it: {into}"),
    }
}

/// What the reactive time went into, the largest first.
fn largest(views: &[WeekView]) -> Vec<String> {
    let mut by_title: Vec<(String, i64)> = Vec::new();
    for entry in views.iter().flat_map(|view| &view.lived).filter(|one| one.band == Band::Reactive)
    {
        match by_title.iter_mut().find(|(title, _)| *title == entry.title) {
            Some((_, minutes)) => *minutes += entry.minutes,
            None => by_title.push((entry.title.clone(), entry.minutes)),
        }
    }
    by_title.sort_by_key(|(_, minutes)| -minutes);
    let top = by_title.into_iter().take(MOST);
    top.map(|(title, minutes)| format!("{} {}", quoted(&title), show_minutes(minutes))).collect()
}

fn working_day_after(day: NaiveDate, days: usize) -> NaiveDate {
    let working = |day: &NaiveDate| day.weekday().num_days_from_monday() < 5;
    day.iter_days().skip(1).filter(working).nth(days.saturating_sub(1)).unwrap_or(day)
}
