//! The swap test of a positioning: every line with every rival's name, what a person said of each,
//! and what recording an answer does.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::change::{Change, Edit, Input};
use crate::domain::day;
use crate::domain::item::{Item, ItemId};
use crate::domain::message::swap::{self, Answer, Swap};
use crate::domain::part::{Part, PartKind, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::op::{Op, PartStep};
use super::super::workspace::Workspace;
use super::report::{Report, Row};

/// One line of the test as a screen shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct SwapLine {
    pub rival: String,
    /// The line with the name of the rival in it.
    pub text: String,
    pub answer: Option<Answer>,
    /// The day of the answer.
    pub on: Option<NaiveDate>,
    /// What saying that it still works does.
    pub survives: Op,
    /// What saying that it is ours alone does.
    pub ours: Op,
}

impl Workspace {
    /// The lines of a positioning with what was said of each.
    ///
    /// # Errors
    /// A refusal when it is gone or names no rival; a storage error.
    pub fn swap_lines(&self, id: ItemId) -> Result<Vec<SwapLine>> {
        let gone = || Refusal::missing("this item is not there any more");
        let item = self.store.item(id)?.ok_or_else(gone)?;
        let all = swaps(&item, &self.store.parts_of(&item)?);
        if all.is_empty() {
            return Err(Refusal::input("no rival is named yet")
                .hint(format!("prewire positioning edit {} --rivals 'Rivo'", item.reference))
                .into());
        }
        let lines = all.into_iter().enumerate().map(|(at, one)| {
            let says = |answer| {
                let steps = self.swap_steps(&item, &[(at + 1, answer)])?;
                Result::Ok(Op::Parts { owner: id, steps })
            };
            let (survives, ours) = (says(Answer::Survives)?, says(Answer::Ours)?);
            let Swap { rival, text, answer, on, .. } = one;
            Ok(SwapLine { rival, text, answer, on, survives, ours })
        });
        lines.collect()
    }

    /// The swap test of a positioning: every line with every rival's name.
    ///
    /// # Errors
    /// A storage error.
    pub fn swap_report(&self, item: &Item) -> Result<Report> {
        let parts = self.store.parts_of(item)?;
        let all = swaps(item, &parts);
        let mut report = Report::new("swap-test", format!("Swap test of {}", item.reference));
        let outcome = swap::outcome(&all);
        report.head.push(format!("{} {}", item.reference, outcome.words()));
        if all.is_empty() {
            report.head.push(
                "no rival is named: prewire positioning edit … --rivals 'Rivo, Tallyco'".to_owned(),
            );
        }
        for (at, one) in all.iter().enumerate() {
            let said = said(one.answer, one.on, self.clock.today());
            let values = json!({
                "line": line_of(item, one), "rival": one.rival, "text": one.text,
                "answer": one.answer.map(Answer::slug), "tested_on": one.on,
                "outcome": outcome.slug(),
            });
            let text = format!("{}: {}", one.rival, one.text);
            report.rows.push(Row::named(&(at + 1).to_string(), &text, &said, values));
        }
        Ok(report)
    }

    /// What recording answers of the swap test does: each by its number in the report.
    ///
    /// # Errors
    /// A refusal of a number that is none; a storage error.
    pub fn swap_steps(&self, item: &Item, answers: &[(usize, Answer)]) -> Result<Vec<PartStep>> {
        let parts = self.store.parts_of(item)?;
        let all = swaps(item, &parts);
        let noun = PartKind::Swap.noun();
        let value = |name: &str, value: Value| Change {
            field: noun.field(name),
            edit: Edit::Set(Input::Value(value)),
        };
        let set = |name: &str, text: &str| value(name, Value::Text(text.to_owned()));
        let mut steps = Vec::new();
        for (number, answer) in answers {
            let Some(one) = number.checked_sub(1).and_then(|at| all.get(at)) else {
                let what = format!("there is no line {number}; there are {}", all.len());
                return Err(Refusal::input(what).into());
            };
            let line = line_of(item, one);
            let before = of_kind(&parts, PartKind::Swap).find(|part| {
                part.text("line") == line && part.text("rival").eq_ignore_ascii_case(&one.rival)
            });
            let works = set("works", answer.slug());
            steps.push(match before {
                // Said again on another day, it is an answer of that day.
                Some(part) => PartStep::Edit {
                    kind: PartKind::Swap,
                    key: part.position.to_string(),
                    changes: vec![works, value("tested_on", Value::Day(self.clock.today()))],
                },
                None => PartStep::Add {
                    kind: PartKind::Swap,
                    changes: vec![set("line", &line), set("rival", &one.rival), works],
                },
            });
        }
        Ok(steps)
    }
}

/// What was said of a line and when: `is ours alone · 11 Apr`.
#[must_use]
pub fn said(answer: Option<Answer>, on: Option<NaiveDate>, today: NaiveDate) -> String {
    match (answer, on) {
        (None, _) => "open".to_owned(),
        (Some(answer), None) => answer.words().to_owned(),
        (Some(answer), Some(on)) => format!("{} · {}", answer.words(), day::ago(on, today)),
    }
}

/// Names between commas.
fn names(text: &str) -> Vec<&str> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// Every line with every rival's name, with what a person said of it.
#[must_use]
pub fn swaps(item: &Item, parts: &[Part]) -> Vec<Swap> {
    let statement = format!("{}\n{}", item.title(), item.text("lines"));
    let mut all = swap::swaps(&statement, &names(item.text("ours")), &names(item.text("rivals")));
    let lines: Vec<&str> = swap::lines(&statement).collect();
    for one in &mut all {
        let own = of_kind(parts, PartKind::Swap).filter(|part| {
            part.text("line") == lines[one.line]
                && part.text("rival").eq_ignore_ascii_case(&one.rival)
        });
        let Some(last) = own.last() else { continue };
        one.answer = Answer::parse(last.text("works"));
        one.on = one.answer.and_then(|_| last.day("tested_on"));
    }
    all
}

/// The line of the statement that a swap is about, as it stands.
#[must_use]
pub fn line_of(item: &Item, swap: &Swap) -> String {
    let statement = format!("{}\n{}", item.title(), item.text("lines"));
    swap::lines(&statement).nth(swap.line).unwrap_or_default().to_owned()
}
