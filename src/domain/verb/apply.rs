//! What a verb does to an item.

use super::super::item::Item;
use super::super::kind::Kind;
use super::super::nouns::escalation;
use super::super::refusal::Refusal;
use super::super::value::Value;
use super::{Answer, Verb, note};
use chrono::NaiveDate;

impl Verb {
    /// Carries the verb out on the item.
    ///
    /// # Errors
    /// When it is not possible now, or the answer that it asks for is missing.
    #[expect(clippy::too_many_lines, reason = "a table: one arm a verb")]
    pub fn apply(self, item: &mut Item, answer: &Answer, today: NaiveDate) -> Result<(), Refusal> {
        if let Some(refusal) = self.refusal(item) {
            return Err(refusal);
        }
        let state = |slug: &str| Value::Text(slug.to_owned());
        match self {
            Self::Defer => {
                let until = answer.day.ok_or_else(|| self.unanswered(item))?;
                if until <= today {
                    return Err(Refusal::input(format!("{until} is not after today"))
                        .hint("what is deferred comes back on a later day"));
                }
                item.set("deferred_until", Value::Day(until));
                if let Some(line) = answer.line.as_deref().filter(|line| !line.trim().is_empty()) {
                    item.set("rationale", Value::Text(line.trim().to_owned()));
                }
                item.set("state", state("deferred"));
            }
            Self::Drop => {
                let line = self.line(item, answer)?;
                if item.kind() == Kind::Outcome {
                    item.set("lesson", Value::Text(line));
                    item.set("state", state("dropped"));
                    return Ok(());
                }
                if item.kind() == Kind::Plan {
                    note::keep(item, &format!("Dropped on {today}: {line}"));
                }
                item.set("rationale", Value::Text(line));
                item.set("deferred_until", Value::Nothing);
                item.set("state", state("dropped"));
            }
            Self::Reopen => {
                let line = self.line(item, answer)?;
                note::keep(item, &note::reopened(item, &line, today));
                for name in ["deferred_until", "rationale", "done_on", "proof"] {
                    item.set(name, Value::Nothing);
                }
                let first = item.kind().noun().states[0].slug;
                item.set("state", state(first));
            }
            Self::Escalate => {
                item.set("escalation", Value::Text(self.line(item, answer)?));
                item.set("escalated_on", Value::Day(today));
            }
            Self::Keep => {
                item.set("kept_on", Value::Day(today));
                item.set("state", state("kept"));
            }
            Self::Break => {
                let line = self.line(item, answer)?;
                note::keep(item, &format!("Broken on {today}: {line}"));
                item.set("state", state("broken"));
            }
            Self::Ship => {
                let on = match answer.extra("on") {
                    Value::Day(day) => *day,
                    _ => today,
                };
                item.set("shipped_on", Value::Day(on));
                item.set("state", state("shipped"));
            }
            Self::Challenge | Self::Reshape | Self::Deprioritise => {
                item.set("verdict_note", Value::Text(self.line(item, answer)?));
                item.set("verdict", Value::Text(self.name().to_owned()));
                if self == Self::Deprioritise {
                    item.set("priority", Value::Whole(4));
                }
            }
            Self::Retire => {
                let line = self.line(item, answer)?;
                note::keep(item, &format!("Retired on {today}: {line}"));
                item.set("state", state("retired"));
            }
            Self::Complete => {
                item.set("lesson", Value::Text(self.line(item, answer)?));
                item.set("state", state("met"));
            }
            Self::Kill => {
                let line = self.line(item, answer)?;
                note::keep(item, &format!("Stopped on {today}: {line}"));
                item.set("state", state("stopped"));
            }
            Self::Carry => {
                let until = answer.day.ok_or_else(|| self.unanswered(item))?;
                if until <= today {
                    return Err(Refusal::input(format!("{until} is not after today"))
                        .hint("a bet that is carried ends on a later day"));
                }
                item.set("kill_on", Value::Day(until));
                item.set("state", state("running"));
            }
            Self::Wait => {
                let until = answer.day.ok_or_else(|| self.unanswered(item))?;
                if until <= today {
                    return Err(Refusal::input(format!("{until} is not after today"))
                        .hint("what waits is due on a later day"));
                }
                item.set("due", Value::Day(until));
                if let Some(line) = answer.line.as_deref().filter(|line| !line.trim().is_empty()) {
                    note::keep(item, &format!("Put off on {today}: {}", line.trim()));
                }
            }
            Self::Fulfil => item.set("state", state("done")),
            Self::Send => {
                item.set("sent_on", Value::Day(today));
                item.set("state", state("sent"));
                match answer.extra("to") {
                    Value::Nothing => {}
                    whom => item.set("to", whom.clone()),
                }
            }
            Self::Answer => {
                let (granted, note) = answered(item, answer)?;
                item.set("answer", granted);
                item.set("answer_note", note);
                item.set("closed_on", Value::Day(today));
                item.set("state", state("answered"));
            }
            Self::Miss => {
                let line = self.line(item, answer)?;
                if item.kind() == Kind::Outcome {
                    item.set("lesson", Value::Text(line));
                } else {
                    note::keep(item, &format!("Missed on {today}: {line}"));
                }
                item.set("state", state("missed"));
            }
            Self::Finish => {
                item.set("done_on", Value::Day(today));
                item.set("state", state("done"));
            }
            Self::Activate => item.set("state", state("active")),
            // These look at more than the item: the operations do them.
            Self::Decide
            | Self::Review
            | Self::Supersede
            | Self::Accept
            | Self::Trade
            | Self::Decline
            | Self::SelfServe
            | Self::Tick => {}
        }
        Ok(())
    }
}

/// What an escalation was answered: said apart, or by the first word of the answer.
fn answered(item: &Item, answer: &Answer) -> Result<(Value, Value), Refusal> {
    let line = answer.line.as_deref().unwrap_or_default().trim();
    let (granted, note) = match answer.extra("kind") {
        Value::Nothing => escalation::granted(line)
            .map(|(granted, note)| (Value::Text(granted.to_owned()), note))
            .ok_or_else(|| {
                let reference = item.reference;
                let what =
                    format!("say what {reference} was answered: capacity, scope or accepted");
                Refusal::input(what)
                    .hint(format!("prewire escalation answer {reference} scope '…'"))
            })?,
        said => (said.clone(), line),
    };
    let note = if note.is_empty() { Value::Nothing } else { Value::Text(note.to_owned()) };
    Ok((granted, note))
}
