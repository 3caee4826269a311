//! Adding to what an item consists of, in one line: an option, somebody who is spoken to.

use crate::domain::change::Change;
use crate::domain::day::Calendar;
use crate::domain::grammar::part_words;
use crate::domain::item::{Item, ItemId};
use crate::domain::part::PartKind;
use crate::domain::refusal::Refusal;
use crate::ops::{Op, PartStep};

use super::super::model::Model;
use super::super::popup::Popup;
use super::super::prompt::{Prompt, PromptFor};
use super::open;

/// Opens the line.
pub fn ask(model: &mut Model, part: PartKind, item: &Item) {
    let noun = part.noun();
    let label = format!("{} of {}", noun.label, item.reference);
    let purpose = PromptFor::Part { owner: item.id, part };
    let mut prompt = Prompt::new(purpose, label, "").offering(model);
    prompt.read(&model.calendar);
    open(model, Popup::Prompt(prompt));
}

/// What the line does.
///
/// # Errors
/// What the line does not say.
pub fn op(owner: ItemId, part: PartKind, text: &str, calendar: &Calendar) -> Result<Op, Refusal> {
    let said = part_words::read(text, part, calendar)?;
    let mut steps = Vec::new();
    if let (Some(text), Some(key)) = (&said.objection, &said.key) {
        let noun = PartKind::Objection.noun();
        let mut changes = Change::typed(noun.field("text"), text, calendar)?;
        changes.extend(Change::typed(noun.field("person"), key, calendar)?);
        steps.push(PartStep::Add { kind: PartKind::Objection, changes });
    }
    let step = match said.key {
        Some(key) => PartStep::Put { kind: part, key, changes: said.changes },
        None => PartStep::Add { kind: part, changes: said.changes },
    };
    steps.insert(0, step);
    Ok(Op::Parts { owner, steps })
}
