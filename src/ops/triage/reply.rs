//! The texts that requests are answered with: the templates, filled from what triage knows.

use chrono::{Days, NaiveDate};

use crate::domain::item::Item;
use crate::domain::verb::Verb;
use crate::domain::week::letter::{Letter, listed};
use crate::domain::week::policy::Rule;
use crate::store::intake::Intake;

use super::super::error::Result;
use super::{Called, Slip, Triage};

/// What was said with the verdict.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub decision: String,
    pub signal: String,
    pub reason: String,
    /// What they can use instead.
    pub ready: String,
    pub until: Option<NaiveDate>,
}

/// What was said, as a quotation; nothing when nothing was.
fn quoted(text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { format!("“{}”", text.trim()) }
}

/// `Thu 7 May`.
fn said_day(day: NaiveDate) -> String {
    day.format("%a %-d %b").to_string()
}

/// The reply to a request that goes with a verdict.
pub fn of(
    from: &impl Intake,
    request: &Item,
    triage: &Triage,
    verdict: Verb,
    said: &Said,
    today: NaiveDate,
) -> Result<String> {
    let outcome = triage.serves.as_ref().or(triage.nearest.as_ref());
    let rule = triage.rules.iter().find(|cited| cited.rule != Rule::Ready);
    let ready = triage.rules.iter().find_map(|cited| cited.place.clone());
    let ready = if said.ready.is_empty() { ready.unwrap_or_default() } else { said.ready.clone() };
    let letter = match verdict {
        Verb::Accept => Letter::Accept,
        Verb::Trade => Letter::Trade,
        Verb::SelfServe => Letter::SelfServe,
        Verb::Defer => Letter::Defer,
        _ if cites_policy(&said.reason) || outcome.is_none() && rule.is_some() => Letter::Policy,
        _ => Letter::No,
    };
    let by = request.day("wanted_by").filter(|day| *day >= today);
    let by = by.unwrap_or_else(|| triage.week.sunday() - Days::new(2));
    let monday = triage.week.next().monday();
    let again = match said.until {
        Some(day) => said_day(day),
        None => said_day(monday),
    };
    let first = triage.displaced.first();
    let items = moved(&triage.displaced);
    let (away, last) = moving(&triage.displaced);
    let slipping = outcome_that_waits(triage);
    let named = |called: Option<&Called>| called.map(|one| format!("“{}”", one.title));
    let outcome_words = match letter {
        Letter::Trade => named(triage.displaced.iter().find_map(|slip| slip.outcome.as_ref()))
            .or_else(|| first.map(|slip| format!("“{}”", slip.what.title))),
        Letter::Defer => named(slipping).or(named(outcome)),
        _ => named(outcome),
    };
    let outcome_words = outcome_words.unwrap_or_else(|| "what we agreed".to_owned());
    let agreed = match outcome {
        Some(outcome) => {
            let item = from.some(&[outcome.id])?.pop();
            item.map(|item| said_day(item.created_at.date_naive())).unwrap_or_default()
        }
        None => String::new(),
    };
    let days = match triage.displaced.iter().filter_map(Slip::days).max() {
        Some(1) => "1 day".to_owned(),
        Some(days) => format!("{days} days"),
        None => "some days".to_owned(),
    };
    let or =
        |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "later".to_owned(), said_day);
    let filled = letter.fill(&[
        ("request", request.title()),
        ("date", &if letter == Letter::Defer { again.clone() } else { said_day(by) }),
        ("items", &items),
        ("decision", &quoted(&or(&said.decision, &triage.decision))),
        ("signal", &quoted(&or(&said.signal, &triage.signal))),
        ("item", &away),
        ("moves", last.moves),
        ("from", &day(last.from)),
        ("to", &day(last.to)),
        ("outcome", &outcome_words),
        ("days", &days),
        ("agreed", &agreed),
        ("self_serve", &or(&ready, "what we have ready for cases like this")),
        ("again", &format!("on {again}")),
        ("trigger", "it becomes urgent"),
        ("policy", &rule.map_or_else(|| said.reason.clone(), |rule| rule.words.clone())),
    ]);
    let mut text = filled.text;
    let is_free = verdict == Verb::Decline && !said.reason.is_empty() && letter == Letter::No;
    if is_free {
        text = format!("{text} The reason: {}.", said.reason.trim_end_matches('.'));
    }
    Ok(text)
}

/// Whether a reason means the intake policy.
#[must_use]
pub fn cites_policy(reason: &str) -> bool {
    let reason = reason.to_lowercase();
    ["policy", "intake", "rule"].iter().any(|word| reason.contains(word))
}

/// What would wait: the outcome of what gives way, the heaviest candidate's last.
fn outcome_that_waits(triage: &Triage) -> Option<&Called> {
    let all = triage.displaced.iter().chain(triage.candidates.iter().rev());
    all.into_iter().find_map(|slip| slip.outcome.as_ref())
}

/// How the last of what gives way moves.
struct Moving {
    moves: &'static str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

/// Who moves, and from when to when: those that move on the same days together, each of the others
/// with days of its own.
fn moving(slips: &[Slip]) -> (String, Moving) {
    let days = |slip: &Slip| (slip.from, slip.to);
    let mut groups: Vec<Vec<Slip>> = Vec::new();
    for slip in slips {
        match groups.iter_mut().find(|group| group.first().map(days) == Some(days(slip))) {
            Some(group) => group.push(slip.clone()),
            None => groups.push(vec![slip.clone()]),
        }
    }
    let moves = |group: &[Slip]| if group.len() > 1 { "move" } else { "moves" };
    let Some(last) = groups.pop() else {
        return (String::new(), Moving { moves: "moves", from: None, to: None });
    };
    let mut parts: Vec<String> = groups
        .iter()
        .map(|group| {
            let (from, to) = days(&group[0]);
            let said = |day: Option<NaiveDate>| day.map_or_else(|| "later".to_owned(), said_day);
            format!("{} {} from {} to {}", titles(group), moves(group), said(from), said(to))
        })
        .collect();
    parts.push(titles(&last));
    let (from, to) = days(&last[0]);
    (listed(&parts), Moving { moves: moves(&last), from, to })
}

fn titles(slips: &[Slip]) -> String {
    let titles: Vec<String> = slips.iter().map(|slip| format!("“{}”", slip.what.title)).collect();
    listed(&titles)
}

/// `“Segment memo” from Thu 7 May to Tue 12 May`, or nothing.
fn moved(slips: &[Slip]) -> String {
    if slips.is_empty() {
        return "nothing else".to_owned();
    }
    let words: Vec<String> = slips
        .iter()
        .map(|slip| {
            let to =
                slip.to.map_or_else(|| "later".to_owned(), |to| format!("to {}", said_day(to)));
            match slip.from {
                Some(from) => format!("“{}” from {} {to}", slip.what.title, said_day(from)),
                None => format!("“{}” {to}", slip.what.title),
            }
        })
        .collect();
    listed(&words)
}
