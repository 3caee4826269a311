//! Plans as data: what a template says, and the plan that it makes from a day on. A template that
//! cannot be used is named with file and line.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::super::sheet::{Fault, Sheet};
use super::{Criterion, Milestone, Phase, Plan};

/// The templates that ship.
pub const SHIPPED: [Sheet<'static>; 4] = [
    Sheet::new("plans/90-day.toml", include_str!("../../../assets/plans/90-day.toml")),
    Sheet::new("plans/30-day-shift.toml", include_str!("../../../assets/plans/30-day-shift.toml")),
    Sheet::new(
        "plans/4-week-sprint.toml",
        include_str!("../../../assets/plans/4-week-sprint.toml"),
    ),
    Sheet::new("plans/blank.toml", include_str!("../../../assets/plans/blank.toml")),
];

/// The longest plan, in days.
const LONGEST: u32 = 366;

/// A plan that has not begun.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// How the command line calls it.
    pub slug: String,
    pub name: String,
    /// What it is for, in a sentence.
    pub about: String,
    pub days: u32,
    pub phases: Vec<Phase>,
    pub milestones: Vec<Milestone>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    slug: String,
    name: String,
    about: String,
    days: Spanned<u32>,
    phase: Vec<WrittenPhase>,
    #[serde(default)]
    milestone: Vec<WrittenMilestone>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPhase {
    name: String,
    last_day: Spanned<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMilestone {
    key: Spanned<String>,
    title: String,
    day: Spanned<u32>,
    #[serde(default = "one")]
    weight: Spanned<u32>,
    #[serde(default)]
    gate: bool,
    #[serde(default)]
    exit: Vec<Spanned<String>>,
}

fn one() -> Spanned<u32> {
    Spanned::new(0..0, 1)
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// The first thing that is wrong with it, with its line.
    pub fn read(sheet: Sheet<'_>) -> Result<Self, Fault> {
        let written: Written = sheet.read()?;
        let days = *written.days.get_ref();
        if !(1..=LONGEST).contains(&days) {
            return Err(sheet.fault(written.days.span(), format!("a plan has 1 to {LONGEST} days")));
        }
        let phases = phases(sheet, &written.phase, days)?;
        let mut seen = BTreeSet::new();
        let mut milestones = Vec::with_capacity(written.milestone.len());
        for one in written.milestone {
            if !seen.insert(one.key.get_ref().clone()) {
                let what = format!("“{}” stands twice", one.key.get_ref());
                return Err(sheet.fault(one.key.span(), what));
            }
            milestones.push(milestone(sheet, one, days)?);
        }
        milestones.sort_by_key(|one| one.due_day);
        let Written { slug, name, about, .. } = written;
        Ok(Self { slug, name, about, days, phases, milestones })
    }

    /// The plan that begins on this day.
    #[must_use]
    pub fn start(&self, on: NaiveDate) -> Plan {
        Plan {
            name: self.name.clone(),
            start: on,
            days: self.days,
            phases: self.phases.clone(),
            milestones: self.milestones.clone(),
            baselines: Vec::new(),
        }
    }
}

fn phases(sheet: Sheet<'_>, written: &[WrittenPhase], days: u32) -> Result<Vec<Phase>, Fault> {
    let mut before = 0;
    let mut phases = Vec::with_capacity(written.len());
    for phase in written {
        let last_day = *phase.last_day.get_ref();
        if last_day <= before || last_day > days {
            let what = format!("{} ends between day {} and {days}", phase.name, before + 1);
            return Err(sheet.fault(phase.last_day.span(), what));
        }
        before = last_day;
        phases.push(Phase { name: phase.name.clone(), last_day });
    }
    if before != days {
        let at = written.last().map_or(0..0, |phase| phase.last_day.span());
        return Err(sheet.fault(at, format!("the last phase ends on day {days}")));
    }
    Ok(phases)
}

fn milestone(sheet: Sheet<'_>, one: WrittenMilestone, days: u32) -> Result<Milestone, Fault> {
    let WrittenMilestone { key, title, day, weight, gate, exit } = one;
    if !(1..=days).contains(day.get_ref()) {
        return Err(sheet.fault(day.span(), format!("the plan has the days 1 to {days}")));
    }
    if !(1..=9).contains(weight.get_ref()) {
        return Err(sheet.fault(weight.span(), "a weight is 1 to 9"));
    }
    let mut criteria = Vec::with_capacity(exit.len());
    for text in &exit {
        let read = Criterion::parse(text.get_ref());
        criteria.push(read.map_err(|what| sheet.fault(text.span(), what))?);
    }
    let (due_day, weight) = (day.into_inner(), weight.into_inner());
    Ok(Milestone { key: key.into_inner(), title, due_day, weight, gate, criteria, done_on: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::fixture::day;

    fn shipped(slug: &str) -> Template {
        let all =
            SHIPPED.map(|sheet| Template::read(sheet).unwrap_or_else(|fault| panic!("{fault}")));
        all.into_iter().find(|one| one.slug == slug).unwrap()
    }

    #[test]
    fn the_ninety_days_are_those_of_the_method() {
        let plan = shipped("90-day");
        let due: Vec<u32> = plan.milestones.iter().map(|one| one.due_day).collect();
        assert_eq!(due, [7, 14, 21, 24, 30, 38, 45, 52, 60, 66, 75, 80, 90, 90]);
        let gates: Vec<u32> =
            plan.milestones.iter().filter(|one| one.gate).map(|one| one.due_day).collect();
        assert_eq!(gates, [30, 60, 90]);
        let ends: Vec<u32> = plan.phases.iter().map(|phase| phase.last_day).collect();
        assert_eq!((plan.days, ends), (90, vec![30, 60, 90]));
        let first = &plan.milestones[4];
        assert_eq!(first.criteria[0].to_string(), "outcomes agreed 3");
    }

    #[test]
    fn the_shift_has_four_steps_within_thirty_days() {
        let plan = shipped("30-day-shift");
        assert_eq!(plan.milestones.len(), 4);
        assert!(plan.milestones.iter().all(|one| one.due_day <= 30));
    }

    #[test]
    fn the_sprint_counts_its_sample() {
        let plan = shipped("4-week-sprint");
        assert_eq!((plan.days, plan.phases.len()), (28, 4));
        let exits: Vec<String> =
            plan.milestones.iter().flat_map(|one| &one.criteria).map(ToString::to_string).collect();
        for wanted in
            ["evidence call tagged 10", "evidence deal tagged 5", "evidence ticket tagged"]
        {
            assert!(exits.iter().any(|exit| exit == wanted), "{wanted}");
        }
    }

    #[test]
    fn a_blank_plan_has_phases_and_nothing_in_them() {
        let plan = shipped("blank").start(day("2026-12-07"));
        assert!(plan.milestones.is_empty() && plan.phases.len() == 3);
        assert_eq!(plan.date(90), day("2027-03-06"));
    }

    #[test]
    fn every_milestone_says_what_ends_it() {
        for sheet in SHIPPED {
            for one in Template::read(sheet).unwrap().milestones {
                assert!(!one.criteria.is_empty(), "{}: {}", sheet.file, one.key);
            }
        }
    }

    #[test]
    fn a_broken_template_names_its_line() {
        let sheet = SHIPPED[0];
        let broken = |from: &str, to: &str| {
            let text = sheet.text.replacen(from, to, 1);
            assert_ne!(text, sheet.text, "{from}");
            let before = &sheet.text[..sheet.text.find(from).unwrap()];
            let line = before.matches('\n').count() + 1;
            let fault = Template::read(Sheet::new("plans/mine.toml", &text)).unwrap_err();
            assert_eq!(fault.line, line, "{fault}");
            fault.what
        };
        assert_eq!(broken("day = 7\n", "day = 91\n"), "the plan has the days 1 to 90");
        assert!(broken("outcomes agreed 3", "outcomes hoped 3").contains("is no condition"));
        assert_eq!(
            broken("last_day = 60", "last_day = 20"),
            "Decision artefacts ends between day 31 and 90"
        );
        assert_eq!(broken("days = 90", "days = 0"), "a plan has 1 to 366 days");
        assert_eq!(broken("weight = 3", "weight = 30"), "a weight is 1 to 9");
        assert_eq!(
            broken("key = \"message-audit\"", "key = \"call-review\""),
            "“call-review” stands twice"
        );
        assert!(broken("gate = true", "gait = true").contains("unknown field"));
    }
}
