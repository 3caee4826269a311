//! The swap test of a positioning: every line with every rival's name, what a person said of each,
//! and what recording an answer does.

use serde_json::json;

use crate::domain::change::{Change, Edit, Input};
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
    pub text: String,
    pub answer: Option<Answer>,
    /// What saying the other thing does.
    pub next: Op,
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
            let other = match one.answer {
                Some(Answer::Ours) => Answer::Survives,
                Some(Answer::Survives) | None => Answer::Ours,
            };
            let steps = self.swap_steps(&item, &[(at + 1, other)])?;
            let next = Op::Parts { owner: id, steps };
            Ok(SwapLine { text: one.text, answer: one.answer, next })
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
            let said = one.answer.map_or("open", |answer| answer.words());
            let values = json!({
                "line": line_of(item, one), "rival": one.rival, "text": one.text,
                "answer": one.answer.map(Answer::slug), "outcome": outcome.slug(),
            });
            report.rows.push(Row::named(&(at + 1).to_string(), &one.text, said, values));
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
        let set = |name: &str, text: &str| Change {
            field: noun.field(name),
            edit: Edit::Set(Input::Value(Value::Text(text.to_owned()))),
        };
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
                Some(part) => PartStep::Edit {
                    kind: PartKind::Swap,
                    key: part.position.to_string(),
                    changes: vec![works],
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
        one.answer = own.last().and_then(|part| Answer::parse(part.text("works")));
    }
    all
}

/// The line of the statement that a swap is about, as it stands.
#[must_use]
pub fn line_of(item: &Item, swap: &Swap) -> String {
    let statement = format!("{}\n{}", item.title(), item.text("lines"));
    swap::lines(&statement).nth(swap.line).unwrap_or_default().to_owned()
}
