//! What the start of a quarter is filled with: outcomes that end, decisions to look back on, bets,
//! outcomes to choose from, plans that begin with the weakest part.

use crate::domain::day;
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::plan::template::Template;
use crate::domain::ritual::Mark;
use crate::domain::ritual::run::{Line, Verdict};
use crate::domain::verb::{Answer, Verb};
use crate::store::lookup::Lookup;

use super::super::super::error::Result;
use super::super::super::maturity;
use super::super::super::op::Op;
use super::super::super::page::ListQuery;
use super::super::super::plan::{Start, start};
use super::super::Filler;
use crate::domain::change::Change;

/// Most decisions that are looked back on in one sitting.
const REVIEWS: usize = 40;

impl Filler<'_> {
    fn quarter(&self) -> String {
        let fiscal = self.workspace.settings.fiscal_start_month;
        day::quarter_key(self.workspace.clock.today(), fiscal)
    }

    /// Active outcomes of a quarter that is over, and those whose day has been.
    pub(super) fn ending(&mut self) -> Result<Vec<Line>> {
        let (today, quarter) = (self.workspace.clock.today(), self.quarter());
        let mut outcomes = self.active_outcomes()?;
        outcomes.retain(|outcome| {
            let own = outcome.text("quarter");
            !own.is_empty() && own < quarter.as_str()
                || outcome.day("due").is_some_and(|due| due < today)
        });
        self.standing(outcomes)
    }

    /// Decisions whose review is due, with what was predicted.
    pub(super) fn looking_back(&mut self) -> Result<Vec<Line>> {
        let today = self.workspace.clock.today();
        let ids = self.workspace.store.reviews_due(today, REVIEWS)?;
        let mut lines = Vec::new();
        for decision in self.workspace.store.items(&ids)? {
            let line = self.about(&decision, "");
            let mut line = self.dated(line, "", decision.day("review_on"));
            line.why = match decision.whole("probability") {
                Some(sure) => format!("predicted {sure} %"),
                None => "no prediction".to_owned(),
            };
            lines.push(line);
        }
        Ok(lines)
    }

    /// Bets that are proposed or run, those first whose day is next.
    pub(super) fn bets(&mut self) -> Result<Vec<Line>> {
        let today = self.workspace.clock.today();
        let ids = self.workspace.all_ids(&ListQuery::all(Kind::Bet))?;
        let mut bets = self.workspace.store.items(&ids)?;
        bets.sort_by_key(|bet| {
            let day = bet.day("kill_on");
            (day.is_none(), day, bet.reference.number)
        });
        let mut lines = Vec::new();
        for bet in bets {
            let state = bet.state().slug;
            let mut line = self.about(&bet, state);
            if let Some(on) = bet.day("kill_on") {
                let when = day::short(on, today);
                line.why =
                    if on < today { format!("was to end {when}") } else { format!("ends {when}") };
            }
            lines.push(line);
        }
        Ok(lines)
    }

    /// Active outcomes: those of this quarter are chosen already, the others can be.
    pub(super) fn candidates(&mut self) -> Result<Vec<Line>> {
        let quarter = self.quarter();
        let mut outcomes = self.active_outcomes()?;
        // What was typed here stands as it was typed.
        let typed = |title: &str| {
            let here = self.said.iter().filter(|said| said.section == self.section);
            here.filter(|said| said.mark == Mark::Added).any(|said| said.text == title)
        };
        for outcome in outcomes.iter().filter(|outcome| typed(outcome.title())) {
            let lacks = lacks(outcome);
            if !lacks.is_empty() {
                let (reference, lacks) = (outcome.reference, lacks.join(", no "));
                self.notes.push(format!("! {reference} {}: no {lacks} yet", outcome.title()));
            }
        }
        outcomes.retain(|outcome| !typed(outcome.title()));
        let mut lines = self.standing(outcomes.clone())?;
        for (line, outcome) in lines.iter_mut().zip(&outcomes) {
            let lacks = lacks(outcome);
            if !lacks.is_empty() {
                line.why = format!("no {}", lacks.join(", no "));
            }
            let items = vec![outcome.id];
            if outcome.text("quarter") == quarter {
                line.verdict = Verdict::Answered;
                "an outcome of the quarter".clone_into(&mut line.words);
            } else {
                let field = Kind::Outcome.noun().field("quarter");
                let calendar = self.workspace.calendar();
                let changes = Change::typed(field, &quarter, &calendar)?;
                self.deed(line, Op::Edit { items: items.clone(), changes });
            }
            let answer = Answer {
                line: Some(format!("Not among the outcomes of {quarter}.")),
                ..Answer::default()
            };
            self.way_back(line, Op::Verb { items, verb: Verb::Drop, answer });
        }
        Ok(lines)
    }

    /// What is done when this line of the section is taken back.
    fn way_back(&mut self, line: &Line, op: Op) {
        self.ways_back.insert((self.section.clone(), line.text.clone()), op);
    }

    /// Plans to start from today; each begins with what the weakest part asks for.
    pub(super) fn plans(&mut self) -> Result<Vec<Line>> {
        let today = self.workspace.clock.today();
        let (questions, _) = maturity::read(&self.workspace.settings)?;
        let assessment = maturity::answered(&questions, self.said);
        let weakest = questions.weakest(&assessment);
        match weakest {
            Some(weakest) => self.notes.push(format!(
                "The weakest: {} It becomes a milestone of the plan, due on day {}: {}.",
                weakest.text, weakest.milestone.due_day, weakest.milestone.title
            )),
            None => self.notes.push(
                "The twelve questions are not answered here yet, so no part is the weakest."
                    .to_owned(),
            ),
        }
        let mut before = Vec::new();
        let head = if self.is_chosen() { None } else { self.workspace.plan_head()? };
        if let Some(head) = head {
            let days = chrono::Duration::days(i64::from(head.days) - 1);
            let last = head.start.checked_add_signed(days).unwrap_or(head.start);
            if last <= today {
                let items = Vec::from_iter(self.workspace.store.by_ref(head.reference)?);
                before.push(Op::Verb { items, verb: Verb::Finish, answer: Answer::default() });
                self.notes.push(format!("{} is over and ends with the new one.", head.reference));
            } else {
                let until = last.format("%-d %b");
                self.notes.push(format!("{} runs until {until}, and goes on.", head.reference));
            }
        }
        let (choices, faults) = start::choices(self.workspace.settings.own.as_deref())?;
        self.notes.extend(faults.iter().map(ToString::to_string));
        let mut lines = Vec::new();
        for choice in choices {
            let mut template: Template = choice.template;
            let line = Line {
                text: template.name.clone(),
                aside: format!("{} days", template.days),
                why: template.about.clone(),
                ..Line::default()
            };
            if let Some(weakest) = weakest {
                let mut first = weakest.milestone.clone();
                first.due_day = first.due_day.min(template.days);
                template.milestones.insert(0, first);
                template.milestones.sort_by_key(|one| one.due_day);
            }
            let start = Start { template, on: today, title: None };
            let mut ops = before.clone();
            ops.push(Op::StartPlan(Box::new(start)));
            self.deed(&line, Op::Several(ops));
            lines.push(line);
        }
        Ok(lines)
    }
}

impl Filler<'_> {
    /// Whether something of this section is chosen already.
    pub(super) fn is_chosen(&self) -> bool {
        let mut here = self.said.iter().filter(|said| said.section == self.section);
        here.any(|said| said.mark == Mark::Answered)
    }
}

/// What an outcome lacks before it can be agreed.
fn lacks(outcome: &Item) -> Vec<&'static str> {
    let is_measured = outcome.link("measured_by").is_some() || !outcome.text("metric").is_empty();
    let has = |name: &str| !outcome.get(name).is_nothing();
    [
        ("metric", is_measured),
        ("baseline", has("baseline")),
        ("target", has("target")),
        ("day", has("due")),
    ]
    .into_iter()
    .filter_map(|(name, has)| (!has).then_some(name))
    .collect()
}
