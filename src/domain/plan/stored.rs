//! A plan out of its items, and the words in which an item keeps its phases.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::super::item::Item;
use super::super::part::{Part, PartKind, of_kind};
use super::super::refusal::Refusal;
use super::{Baseline, Milestone, Phase, Plan, exit};

/// What the one phase is called of a plan that says of none.
const WHOLE: &str = "The whole plan";

/// A milestone with what was said when it was moved.
#[derive(Debug, Clone)]
pub struct Stored {
    pub item: Item,
    pub parts: Vec<Part>,
}

/// Reads phases, one a line: `30 Evidence and focus`.
///
/// # Errors
/// The first line that is none, or that ends before the one above it.
pub fn read_phases(text: &str, days: u32) -> Result<Vec<Phase>, Refusal> {
    let mut phases: Vec<Phase> = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |what: String| {
            Refusal::input(format!("phases, line {}: {what}", at + 1))
                .hint("a line is the last day of the phase and its name: 30 Evidence and focus")
        };
        let (last, name) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let Ok(last_day) = last.trim_start_matches("day").parse::<u32>() else {
            return Err(wrong(format!("“{last}” is no day")));
        };
        let before = phases.last().map_or(0, |phase| phase.last_day);
        if last_day <= before || last_day > days {
            return Err(wrong(format!("a phase ends between day {} and {days}", before + 1)));
        }
        if name.trim().is_empty() {
            return Err(wrong("the phase has no name".to_owned()));
        }
        phases.push(Phase { name: name.trim().to_owned(), last_day });
    }
    // The plan ends with its last phase.
    if let Some(phase) = phases.last_mut() {
        phase.last_day = days;
    }
    Ok(phases)
}

/// The phases as they are kept.
#[must_use]
pub fn written_phases(phases: &[Phase]) -> String {
    let mut text = String::new();
    for phase in phases {
        let _ = writeln!(text, "{} {}", phase.last_day, phase.name);
    }
    text.trim_end().to_owned()
}

/// The plan that these items are. A milestone is known by its ref.
#[must_use]
pub fn plan(item: &Item, milestones: &[Stored], today: NaiveDate) -> Plan {
    let days = |name: &str| item.whole(name).and_then(|days| u32::try_from(days).ok());
    let length = days("days").unwrap_or(90).max(1);
    let mut phases = read_phases(item.text("phases"), length).unwrap_or_default();
    if phases.is_empty() {
        phases = vec![Phase { name: WHOLE.to_owned(), last_day: length }];
    }
    let mut plan = Plan {
        name: item.title().to_owned(),
        start: item.day("start").unwrap_or(today),
        days: length,
        phases,
        milestones: Vec::new(),
        baselines: Vec::new(),
    };
    plan.milestones = milestones.iter().map(|stored| milestone(&plan, &stored.item)).collect();
    plan.baselines.extend(original(&plan, milestones, days("planned_days").unwrap_or(length)));
    plan
}

fn milestone(plan: &Plan, item: &Item) -> Milestone {
    let due = item.day("due").map_or(i64::from(plan.days), |due| plan.day(due));
    let exits = exit::read(item.text("exit")).unwrap_or_default();
    Milestone {
        key: item.reference.to_string(),
        title: item.title().to_owned(),
        due_day: u32::try_from(due.max(1)).unwrap_or(u32::MAX),
        weight: item.whole("weight").and_then(|weight| u32::try_from(weight).ok()).unwrap_or(1),
        gate: item.text("gate") == "yes",
        criteria: exits.into_iter().map(|exit| exit.criterion).collect(),
        done_on: item.day("done_on").filter(|_| item.state().slug == "done"),
    }
}

/// The days as they first stood, when any milestone was moved since. A milestone that came after
/// the first move is not in it.
fn original(plan: &Plan, milestones: &[Stored], days: u32) -> Option<Baseline> {
    let moves = |stored: &Stored| -> Vec<(NaiveDate, NaiveDate, String, uuid::Uuid)> {
        let moved = of_kind(&stored.parts, PartKind::Blocker);
        moved
            .filter_map(|part| {
                let on = part.day("noted_on")?;
                Some((on, part.day("moved_from")?, part.text("cause").to_owned(), part.id.0))
            })
            .collect()
    };
    let all: Vec<_> = milestones.iter().map(moves).collect();
    // Ids are made one after the other, whatever day somebody wrote down.
    let (until, _, reason, made) = all.iter().flatten().min_by_key(|(.., id)| *id)?.clone();
    let mut due = Vec::new();
    for (stored, moved) in milestones.iter().zip(&all) {
        let came_later = stored.item.id.0 > made && moved.is_empty();
        let first = moved.first().map(|(_, from, ..)| *from).or_else(|| stored.item.day("due"));
        if let Some(day) = first.filter(|_| !came_later).map(|first| plan.day(first)) {
            let day = u32::try_from(day.max(1)).unwrap_or(u32::MAX);
            due.push((stored.item.reference.to_string(), day));
        }
    }
    let mut phases = plan.phases.clone();
    if let Some(last) = phases.last_mut() {
        last.last_day = days;
    }
    Some(Baseline { until, reason, days, phases, due })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_are_lines_and_the_last_one_ends_the_plan() {
        let phases = read_phases("30 Evidence and focus\nday60 Decision artefacts", 90).unwrap();
        assert_eq!(phases[0].last_day, 30);
        assert_eq!((phases[1].name.as_str(), phases[1].last_day), ("Decision artefacts", 90));
        assert_eq!(written_phases(&phases), "30 Evidence and focus\n90 Decision artefacts");
        let wrong = |text| read_phases(text, 90).unwrap_err().what;
        assert_eq!(wrong("30 One\n20 Two"), "phases, line 2: a phase ends between day 31 and 90");
        assert_eq!(wrong("soon One"), "phases, line 1: “soon” is no day");
        assert_eq!(wrong("30"), "phases, line 1: the phase has no name");
        assert!(read_phases("", 90).unwrap().is_empty());
    }
}
