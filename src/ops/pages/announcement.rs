//! A decision in words for those whom it concerns: what was decided, why, what it lets go on, and what
//! will show whether it worked. One that is open is told by its frame.

use crate::domain::day;
use crate::domain::decision::Record;
use crate::domain::item::{Item, ItemId};
use crate::domain::part::letter;
use crate::domain::refusal::Refusal;
use crate::exchange::page::Form;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::dated;

impl Workspace {
    /// The words to be sent round of a decision that was taken, and the decision.
    ///
    /// # Errors
    /// A refusal while it is open, or when it is gone; a storage error.
    pub fn announced(&self, id: ItemId) -> Result<(Item, String)> {
        let found = self.store.item(id)?;
        let item = found.ok_or_else(|| Refusal::missing("that decision is not there any more"))?;
        if item.day("decided_on").is_none() {
            let (reference, state) = (item.reference, item.state().slug);
            return Err(Refusal::input(format!(
                "{reference} is {state}: there is nothing to announce yet"
            ))
            .hint(format!("its page: prewire decision page {reference}"))
            .into());
        }
        let text = self.announcement(id)?;
        Ok((item, text))
    }

    /// The words to be sent round, as Markdown; of a decision that is open, its page.
    ///
    /// # Errors
    /// A refusal when it is gone; a storage error.
    pub fn announcement(&self, id: ItemId) -> Result<String> {
        let record = self
            .records(&[id])?
            .pop()
            .ok_or_else(|| Refusal::missing("that decision is not there any more"))?;
        if record.item.day("decided_on").is_none() {
            let mut page = Vec::new();
            self.decision_page(id, None)?.write(Form::Markdown, &mut page)?;
            return Ok(String::from_utf8_lossy(&page).into_owned());
        }
        let mut lines = decided(&record);
        let held = self.mentions(record.item.links("blocks"))?;
        let held: Vec<String> = held
            .iter()
            .filter(|held| !held.closed)
            .map(|held| {
                let due = held.due.map_or_else(String::new, |due| {
                    format!(", due {}", day::short(due, self.clock.today()))
                });
                format!("- {} {}{due}", held.reference, held.title)
            })
            .collect();
        if !held.is_empty() {
            lines.push(String::new());
            lines.push("This lets go on:".to_owned());
            lines.push(String::new());
            lines.extend(held);
        }
        lines.extend(what_shows(&record));
        Ok(lines.join("\n") + "\n")
    }
}

fn decided(record: &Record) -> Vec<String> {
    let item = &record.item;
    let chosen = record.option(item.text("chosen"));
    let answer = chosen.map_or_else(String::new, |option| option.main().to_owned());
    let by = item.link("approver").map(|id| format!(" by {}", record.called(id)));
    let on = dated(item.day("decided_on"));
    let mut lines = vec![
        format!("**Decided: {}**", item.title()),
        String::new(),
        format!("Decided{} on {on}.", by.unwrap_or_default()),
    ];
    if !answer.is_empty() {
        lines.push(String::new());
        let letter = chosen.map_or(' ', |option| letter(option.position).to_ascii_uppercase());
        lines.push(format!("{letter}: {answer}"));
    }
    let rationale = item.text("rationale");
    if !rationale.is_empty() && rationale != answer {
        lines.extend([String::new(), format!("Why: {rationale}")]);
    }
    let given = chosen.map_or("", |option| option.text("gives_up"));
    if !given.is_empty() {
        lines.extend([String::new(), format!("What we give up: {given}")]);
    }
    lines
}

fn what_shows(record: &Record) -> Vec<String> {
    let item = &record.item;
    let mut lines = Vec::new();
    let signal = item.text("signal");
    if !signal.is_empty() {
        let read = item.day("reads_on").map(|on| format!(", read on {}", dated(Some(on))));
        let read = read.unwrap_or_default();
        lines.extend([String::new(), format!("It worked if: {signal}{read}.")]);
    }
    if let Some(on) = item.day("review_on") {
        lines.extend([String::new(), format!("We look at it again on {}.", dated(Some(on)))]);
    }
    lines
}
