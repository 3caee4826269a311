//! The texts that requests are answered with: the templates, filled from what triage knows.

use chrono::{Days, NaiveDate};

use crate::domain::item::Item;
use crate::domain::verb::Verb;
use crate::domain::week::letter::{Letter, listed};
use crate::domain::week::policy::Rule;
use crate::store::intake::Intake;

use super::super::error::Result;
use super::{Called, Slip, Triage, no};

/// What was said with the verdict.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub decision: String,
    pub signal: String,
    pub reason: String,
    /// What a no rests on; nothing as long as it is a draft.
    pub ground: Option<Ground>,
    /// What they can use instead.
    pub ready: String,
    pub until: Option<NaiveDate>,
}

/// What a no rests on (I8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// It does not serve this outcome.
    Outcome(Called),
    /// A rule of the intake policy, in its words.
    Rule(String),
    /// An outcome, in words of one's own.
    Own,
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
    let ground = said.ground.clone().or_else(|| match (&triage.serves, &triage.nearest, rule) {
        (_, _, Some(rule)) => Some(Ground::Rule(rule.words.clone())),
        (None, Some(nearest), None) => Some(Ground::Outcome(nearest.clone())),
        _ => None,
    });
    let outcome = match &ground {
        Some(Ground::Outcome(outcome)) if verdict == Verb::Decline => Some(outcome),
        _ => outcome,
    };
    let ready = triage.rules.iter().find_map(|cited| cited.place.clone());
    let ready = if said.ready.is_empty() { ready.unwrap_or_default() } else { said.ready.clone() };
    let letter = match verdict {
        Verb::Accept => Letter::Accept,
        Verb::Trade => Letter::Trade,
        Verb::SelfServe => Letter::SelfServe,
        Verb::Defer => Letter::Defer,
        _ if matches!(ground, Some(Ground::Outcome(_))) => Letter::No,
        _ => Letter::Policy,
    };
    let by = request.day("wanted_by").filter(|day| *day >= today);
    let by = by.unwrap_or_else(|| triage.week.sunday() - Days::new(2));
    let monday = triage.week.next().monday();
    let again = match said.until {
        Some(day) => said_day(day),
        None => said_day(monday),
    };
    let items = moved(&triage.displaced);
    let (away, last) = moving(&triage.displaced);
    let slipping = outcome_that_waits(triage);
    let named = |called: Option<&Called>| called.map(|one| format!("“{}”", one.title));
    let (delayed, days) = delays(&triage.displaced);
    let outcome_words = match letter {
        Letter::Trade if !triage.displaced.is_empty() => Some(delayed),
        // What fits keeps nothing out; it is only later.
        Letter::Defer if triage.overflow == 0 => Some(String::new()),
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
    let reason = spelt(from, &said.reason)?;
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
        ("from", &last.from.map_or_else(String::new, said_day)),
        ("to", &day(last.to)),
        ("outcome", &outcome_words),
        ("days", &days),
        ("agreed", &agreed),
        ("self_serve", &ready),
        ("again", &trigger(ground.as_ref())),
        ("trigger", "it becomes urgent"),
        ("reason", &no_reason(ground.as_ref(), &reason)),
    ]);
    let says_more = match &ground {
        Some(Ground::Rule(rule)) => {
            verdict == Verb::Decline && no::adds_to_rule(&said.reason, rule)
        }
        Some(Ground::Outcome(_) | Ground::Own) | None => false,
    };
    let short = triage.missing_words().filter(|_| letter == Letter::Trade);
    Ok(match short {
        Some(short) => format!("{} But {short}.", filled.text),
        None if says_more => {
            format!("{} The reason: {}.", filled.text, reason.trim_end_matches('.'))
        }
        None => filled.text,
    })
}

/// What would open it again; nobody named a day, so none is promised.
fn trigger(ground: Option<&Ground>) -> String {
    match ground {
        Some(Ground::Outcome(outcome)) => format!("if it comes to serve “{}”", outcome.title),
        Some(Ground::Rule(_)) => "once it keeps to that rule".to_owned(),
        Some(Ground::Own) | None => String::new(),
    }
}

fn no_reason(ground: Option<&Ground>, reason: &str) -> String {
    match ground {
        Some(Ground::Rule(words)) => format!("our intake rule says {words}"),
        Some(Ground::Outcome(_) | Ground::Own) | None => reason.trim_end_matches('.').to_owned(),
    }
}

/// A reason for people who know no refs: outcomes by their titles.
fn spelt(from: &impl Intake, reason: &str) -> Result<String> {
    let mut words = reason.trim().to_owned();
    for outcome in from.outcomes()? {
        let reference = outcome.reference.to_string();
        let named = words.split(|letter: char| !letter.is_alphanumeric());
        let named = named.map(str::to_owned).find(|word| word.eq_ignore_ascii_case(&reference));
        if let Some(named) = named
            && !words.contains(outcome.title())
        {
            words = words.replacen(&named, &format!("“{}”", outcome.title()), 1);
        }
    }
    Ok(words)
}

/// What is delayed and by how much, each outcome once by the most that anything of it is late, the
/// latest first: `“Win rate” by 2 working days and “Adoption”`, and `1 working day`.
fn delays(slips: &[Slip]) -> (String, String) {
    let mut late: Vec<(Option<&Called>, usize)> = Vec::new();
    for slip in slips {
        let (outcome, days) = (slip.outcome.as_ref(), slip.days().unwrap_or(0));
        let id = |one: Option<&Called>| one.map(|one| one.id);
        match late.iter_mut().find(|(other, _)| id(*other) == id(outcome)) {
            Some((_, most)) => *most = days.max(*most),
            None => late.push((outcome, days)),
        }
    }
    late.retain(|(_, days)| *days > 0);
    // What leads nowhere is told only where nothing else is late.
    if late.iter().any(|(outcome, _)| outcome.is_some()) {
        late.retain(|(outcome, _)| outcome.is_some());
    }
    late.sort_by_key(|(_, days)| std::cmp::Reverse(*days));
    let by = |days: usize| match days {
        1 => "1 working day".to_owned(),
        days => format!("{days} working days"),
    };
    let what = |outcome: Option<&Called>| {
        outcome.map_or_else(|| "it".to_owned(), |one| format!("“{}”", one.title))
    };
    let Some((last, days)) = late.pop() else { return (String::new(), String::new()) };
    let mut words: Vec<String> =
        late.iter().map(|(outcome, days)| format!("{} by {}", what(*outcome), by(*days))).collect();
    words.push(what(last));
    (listed(&words), by(days))
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
            let from = from.map_or_else(String::new, |from| format!(" from {}", said_day(from)));
            format!("{} {}{from} to {}", titles(group), moves(group), said(to))
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
