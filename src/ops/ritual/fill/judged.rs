//! What the self-assessment is filled with: its questions with what was answered last time, and the
//! one milestone that the weakest part suggests.

use chrono::Days;

use crate::domain::change::{Change, Draft, Edit, Input};
use crate::domain::day;
use crate::domain::kind::Kind;
use crate::domain::maturity::Question;
use crate::domain::part::{Part, PartKind, of_kind};
use crate::domain::plan::template::Template;
use crate::domain::plan::{Milestone, Phase, exit};
use crate::domain::ritual::RitualKind;
use crate::domain::ritual::run::Line;
use crate::domain::value::Value;
use crate::store::part::Parts;
use crate::store::plan::Plans;

use super::super::super::error::Result;
use super::super::super::maturity;
use super::super::super::op::Op;
use super::super::super::plan::Start;
use super::super::Filler;

/// Earlier ones that are told.
const PAST: usize = 4;

impl Filler<'_> {
    /// The questions.
    pub(super) fn questions(&mut self) -> Result<Vec<Line>> {
        let (laid, fault) = self.workspace.laid()?;
        self.notes.extend(fault);
        let past = self.workspace.assessments()?;
        let told = past.iter().take(PAST).map(|one| {
            let weakest = one.weakest.as_deref().unwrap_or("none");
            format!("{}: {}, weakest {weakest}.", one.on.format("%-d %b %Y"), one.words)
        });
        self.notes.extend(told);
        let last = match past.first() {
            Some(last) => self.workspace.said_in(&last.run)?,
            None => Vec::new(),
        };
        let line = |question: &Question| {
            let before = last.iter().find(|said| said.text == question.text);
            let level = before.and_then(|said| said.words.chars().next());
            Line {
                text: question.text.clone(),
                aside: level.map(|level| format!("last time {level}")).unwrap_or_default(),
                ..Line::default()
            }
        };
        let lines = laid.questions.questions.iter().map(line).collect();
        self.laid = Some(laid);
        Ok(lines)
    }

    /// Those who matter and have not said yet how they see this quarter, each with what was said last.
    pub(super) fn pulses(&mut self) -> Result<Vec<Line>> {
        let today = self.workspace.clock.today();
        let fiscal = self.workspace.settings.fiscal_start_month;
        let quarter = day::quarter_key(today, fiscal);
        let me = self.workspace.settings.me.clone().unwrap_or_default();
        let store = &self.workspace.store;
        let mut people = store.items(&store.all_of(Kind::Person)?)?;
        people.retain(|one| {
            one.state().slug == "active" && one.title() != me && one.whole("influence").is_some()
        });
        people.sort_by_key(|one| (std::cmp::Reverse(one.whole("influence")), one.reference.number));
        let mut parts = store.parts(&people)?;
        let mut lines = Vec::new();
        for person in &people {
            let own = parts.remove(&person.id).unwrap_or_default();
            let mut pulses: Vec<&Part> = of_kind(&own, PartKind::Pulse).collect();
            pulses.sort_by_key(|part| part.text("quarter").to_owned());
            let is_said = |part: &&&Part| part.text("quarter") == quarter;
            if pulses.iter().any(|part| is_said(&part)) {
                continue;
            }
            let last = pulses.last().map_or_else(
                || "not asked yet".to_owned(),
                |part| format!("{} in {}", part.text("level"), part.text("quarter")),
            );
            lines.push(self.about(person, last));
        }
        Ok(lines)
    }

    /// What next month's milestone would be.
    pub(super) fn suggestion(&mut self) -> Result<Vec<Line>> {
        let (questions, _) = maturity::read(&self.workspace.settings)?;
        let assessment = maturity::answered(&questions, self.said);
        let Some(weakest) = questions.weakest(&assessment) else {
            if self.kind == RitualKind::Quarter {
                return Ok(Vec::new());
            }
            if questions.mean(&assessment).whole > 0 {
                return Ok(Vec::new());
            }
            // It waits for the last answer, so that the ritual is not over before it.
            let text = "Known once all is answered".to_owned();
            return Ok(vec![Line { text, ..Line::default() }]);
        };
        if self.kind == RitualKind::Quarter {
            // Each plan begins with it; where one runs, it can be all there is to do.
            let runs = !self.is_chosen() && self.workspace.plan_head()?.is_some();
            return Ok(if runs { vec![self.next_step(weakest)?] } else { Vec::new() });
        }
        let line = self.next_step(weakest)?;
        let answer = assessment.answer(weakest).unwrap_or(0);
        self.notes.push(format!("The weakest: {} You answered {answer}.", weakest.text));
        Ok(vec![line])
    }

    /// The milestone of a question: into the plan that is active, or the first of a new one.
    fn next_step(&mut self, question: &Question) -> Result<Line> {
        let milestone = &question.milestone;
        let today = self.workspace.clock.today();
        let due = today.checked_add_days(Days::new(u64::from(milestone.due_day))).unwrap_or(today);
        let mut line = Line {
            text: milestone.title.clone(),
            aside: due.format("by %-d %b %Y").to_string(),
            ..Line::default()
        };
        let Some(plan) = self.workspace.plan_head()? else {
            self.notes.push("No plan runs; one of thirty days begins with it.".to_owned());
            let start = Start { template: thirty_days(milestone), on: today, title: None };
            self.deed(&line, Op::StartPlan(Box::new(start)));
            return Ok(line);
        };
        line.why = format!("into {}", plan.reference);
        let exits: Vec<exit::Exit> = milestone
            .criteria
            .iter()
            .map(|criterion| exit::Exit { criterion: criterion.clone(), ticked: false })
            .collect();
        let noun = Kind::Milestone.noun();
        let set = |field: &str, value: Value| Change {
            field: noun.field(field),
            edit: Edit::Set(Input::Value(value)),
        };
        let draft = Draft {
            kind: Kind::Milestone,
            title: milestone.title.clone(),
            changes: vec![
                set("due", Value::Day(due)),
                set("exit", Value::Text(exit::written(&exits))),
            ],
        };
        self.deed(&line, Op::Add(vec![draft]));
        Ok(line)
    }
}

/// A plan that consists of one step.
fn thirty_days(milestone: &Milestone) -> Template {
    let days = milestone.due_day.max(30);
    Template {
        slug: "next-step".to_owned(),
        name: "The next thirty days".to_owned(),
        about: "One milestone, out of a self-assessment.".to_owned(),
        days,
        phases: vec![Phase { name: "The next step".to_owned(), last_day: days }],
        milestones: vec![milestone.clone()],
    }
}
