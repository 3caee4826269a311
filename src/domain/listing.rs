//! The order in which a backlog is worked: late ones first, then by what makes the kind urgent.
//! The store keeps these keys in an index, so that a screen reads only the rows that it shows.

use chrono::{Datelike, NaiveDate};

use super::item::Item;
use super::kind::Kind;
use super::noun::Shelf;
use super::nouns::STAGES;

/// Where the first key of a deferred decision begins: after every stake.
pub const PUT_OFF: i64 = 10;

/// Sort keys of one item; smaller comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderKey {
    pub shelf: Shelf,
    /// Read against today: an open item whose day has passed comes before all others.
    pub due: Option<NaiveDate>,
    pub first: i64,
    pub second: i64,
    pub third: String,
    /// The column of a board, and the place in the order by hand.
    pub state: &'static str,
    pub rank: Option<i64>,
    /// The day on which an open decision was touched last; empty for whatever else.
    pub touched: String,
}

/// The keys of an item.
///
/// A decision (`spec/3-model.md §3.4`, decision order): stake, then the weight of what it holds,
/// then age. `weight` is Σ of the outcome weights of all open items that it holds, directly or
/// through others, each counted once; unlinked items count 0. An asset: priority, then the weight
/// of the outcome that it serves (`weight`), then its due day.
#[must_use]
pub fn order_key(item: &Item, weight: i64) -> OrderKey {
    let due = item.kind().noun().due.and_then(|name| item.day(name));
    let due_text = due.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string());
    let created = item.created_at.date_naive().to_string();
    let (first, second, third) = match item.kind() {
        Kind::Decision => {
            let raised = item.day("raised_on").map_or(created, |day| day.to_string());
            (decision_rank(item), -weight, raised)
        }
        Kind::Asset => (item.whole("priority").unwrap_or(5), -weight, due_text),
        Kind::Request => {
            let asked = item.day("asked_on").map_or(created, |day| day.to_string());
            (i64::from(item.state().slug != "new"), 0, asked)
        }
        Kind::Outcome => (-item.whole("weight").unwrap_or(1), 0, due_text),
        Kind::Bet => (i64::from(item.state().slug != "running"), 0, due_text),
        Kind::Person => (0, 0, item.title().to_lowercase()),
        Kind::Commitment | Kind::Escalation | Kind::Milestone | Kind::Experiment => {
            (0, 0, due_text)
        }
        Kind::Plan => {
            let start = item.day("start").map_or(created, |day| day.to_string());
            (i64::from(item.state().slug != "active"), 0, start)
        }
        Kind::Artefact => artefact_rank(item),
        Kind::Involvement => {
            let day = item.day("commitment_on");
            (0, 0, day.map_or(due_text, |day| day.to_string()))
        }
        Kind::Block | Kind::Meeting => (number_of(item), 0, item.text("at").to_owned()),
        Kind::Metric => {
            (i64::from(item.text("level") != "company"), 0, item.title().to_lowercase())
        }
        Kind::Deal => (latest(item.day("closed_on")), 0, String::new()),
        Kind::Impact => (latest(item.day("happened_on")), 0, String::new()),
        Kind::Entry => (-number_of(item), 0, item.text("at").to_owned()),
        Kind::Evidence => {
            let day = item.day("observed_on");
            let tagged = i64::from(item.state().slug != "untagged");
            (tagged, latest(day), String::new())
        }
        Kind::Insight => (0, latest(item.day("spotted_on")), String::new()),
        Kind::Conversation => (0, latest(item.day("held_on")), String::new()),
        Kind::Positioning => (0, latest(item.day("since")), String::new()),
        Kind::Claim => {
            let states = ["contested", "assumption", "supported"];
            let state = states.iter().position(|slug| *slug == item.state().slug).unwrap_or(3);
            let critical = i64::from(item.text("critical") != "yes");
            (critical, i64::try_from(state).unwrap_or(3), item.title().to_lowercase())
        }
        Kind::Segment => {
            let priority = i64::from(item.text("priority_segment") != "yes");
            (priority, 0, item.title().to_lowercase())
        }
        Kind::Objection => {
            let words = format!("{} {}", item.text("code"), item.title());
            (0, 0, words.trim().to_lowercase())
        }
        Kind::Message => {
            let words = [item.text("audience"), item.text("use_case"), item.text("slot")];
            (0, 0, words.join("\n").to_lowercase())
        }
        Kind::Moment => {
            let stage = STAGES.iter().position(|slug| *slug == item.text("stage"));
            let stage = stage.and_then(|at| i64::try_from(at).ok()).unwrap_or(i64::MAX);
            (stage, 0, String::new())
        }
        // The latest first.
        Kind::Ritual => (-number_of(item), 0, String::new()),
    };
    OrderKey {
        shelf: item.shelf(),
        due: last_day(item),
        first,
        second,
        third,
        state: item.state().slug,
        rank: item.whole("rank"),
        touched: match (item.kind(), item.shelf()) {
            (Kind::Decision, Shelf::Open) => item.updated_at.date_naive().to_string(),
            _ => String::new(),
        },
    }
}

/// A key by which the latest day comes first, and what has none comes last.
fn latest(day: Option<NaiveDate>) -> i64 {
    day.map_or(i64::from(i32::MAX), |day| -i64::from(day.num_days_from_ce()))
}

/// The number of the day on which time is planned or was spent; what has no day comes last.
fn number_of(item: &Item) -> i64 {
    number_at(item.day("on").or(item.day("began_on")))
}

fn number_at(day: Option<NaiveDate>) -> i64 {
    day.map_or(i64::from(i32::MAX), |day| i64::from(day.num_days_from_ce()))
}

/// Drafts by the week that they are for; what shipped comes after, the latest first.
fn artefact_rank(item: &Item) -> (i64, i64, String) {
    match item.day("shipped_on") {
        Some(day) => (1, -i64::from(day.num_days_from_ce()), String::new()),
        None => (0, 0, item.text("week").to_owned()),
    }
}

/// High stake first; a deferred question comes after all that are live.
fn decision_rank(item: &Item) -> i64 {
    let stake = match item.text("stake") {
        "high" => 0,
        "medium" => 1,
        _ => 2,
    };
    if item.state().slug == "deferred" { stake + PUT_OFF } else { stake }
}

/// The day after which an open item is late.
#[must_use]
pub fn last_day(item: &Item) -> Option<NaiveDate> {
    overdue_day(item, item.kind().noun().due.and_then(|name| item.day(name)))
}

/// A deferred item is late from the day it was to come back, not before.
fn overdue_day(item: &Item, due: Option<NaiveDate>) -> Option<NaiveDate> {
    if item.kind() == Kind::Person {
        return None;
    }
    if item.state().slug == "deferred" {
        return item.day("deferred_until").or(due);
    }
    due
}
