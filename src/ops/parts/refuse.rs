//! What a part is refused for: a field that says nothing, a day that has not come, a second one of
//! the same name, an answer that was given already.

use crate::domain::decision::frozen;
use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::part::{Part, PartKey, PartKind, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::lookup::Lookup;

use super::super::error::Result;
use super::Work;

impl Work<'_> {
    /// Whether there may be another part of a kind.
    pub(super) fn allowed(&self, kind: PartKind) -> Result<()> {
        self.typed_in(kind)?;
        match frozen::refuse_part(&self.item, kind) {
            Some(refusal) => Err(refusal.into()),
            None => Ok(()),
        }
    }

    /// Whether such parts are typed in, of an item of this kind.
    pub(super) fn typed_in(&self, kind: PartKind) -> Result<()> {
        let noun = kind.noun();
        if !noun.owners.contains(&self.item.kind()) {
            return Err(Refusal::input(format!(
                "{} has no {}",
                self.item.kind().noun().one(),
                noun.several()
            ))
            .into());
        }
        if noun.entry == Entry::ByVerb {
            return Err(
                Refusal::input(format!("{} is not typed in: a verb does it", noun.one())).into()
            );
        }
        Ok(())
    }

    /// Whether the part at a place may change, or go.
    pub(super) fn may_change(&self, at: usize) -> Result<()> {
        match frozen::refuse_change(&self.item, &self.parts[at]) {
            Some(refusal) => Err(refusal.into()),
            None => Ok(()),
        }
    }
}

/// What a part says in its main field, and what names it, is said.
pub(super) fn unsaid(part: &Part) -> Result<()> {
    let noun = part.kind.noun();
    let mut needed = vec![noun.main];
    if let PartKey::Field(name) = noun.key {
        needed.push(name);
    }
    // What is resolved was answered.
    needed.extend((part.text("status") == "resolved").then_some("answer"));
    if let Some(name) = needed.into_iter().find(|name| part.get(name).is_nothing()) {
        let what = format!("{} needs its {}", noun.one(), noun.field(name).label);
        return Err(Refusal::input(what).into());
    }
    if part.kind == PartKind::Pulse {
        return unsaid_pulse(part);
    }
    // A score that nobody gave is none, and never 0.
    if part.kind == PartKind::Score && part.get("score").is_nothing() {
        let help = noun.field("score").help.trim_end_matches('.');
        return Err(Refusal::input("a score is 0, 1 or 2, and none was said").hint(help).into());
    }
    Ok(())
}

/// A pulse is one of five, in a quarter.
fn unsaid_pulse(part: &Part) -> Result<()> {
    let quarter = part.text("quarter");
    let is_quarter = quarter.split_once("-Q").is_some_and(|(year, number)| {
        year.len() == 4
            && year.chars().all(|digit| digit.is_ascii_digit())
            && matches!(number, "1" | "2" | "3" | "4")
    });
    if !is_quarter {
        let what = format!("“{quarter}” is no quarter");
        return Err(Refusal::input(what).hint("say it so: 2026-Q2").into());
    }
    if part.get("level").is_nothing() {
        let help = part.kind.noun().field("level").help.trim_end_matches('.');
        return Err(Refusal::input("a pulse is 1 to 5, and none was said").hint(help).into());
    }
    Ok(())
}

impl Work<'_> {
    /// What was said or done was so by today.
    pub(super) fn refuse_to_come(&self, field: &Field, value: &Value) -> Result<()> {
        match value {
            Value::Day(day) if field.kind == FieldKind::PastDay && *day > self.today => {
                let what = format!("{}: {day} has not come yet", field.label);
                Err(Refusal::input(what).hint("what is to come is planned").into())
            }
            _ => Ok(()),
        }
    }

    /// A part that is named by a field is there once.
    pub(super) fn refuse_twin(&self, part: &Part) -> Result<()> {
        let PartKey::Field(name) = part.kind.noun().key else { return Ok(()) };
        let twin = of_kind(&self.parts, part.kind)
            .any(|other| other.id != part.id && other.get(name) == part.get(name));
        if !twin {
            return Ok(());
        }
        let names = self.write.names_of(part.get(name).ids())?;
        Err(Refusal::input(format!(
            "{} has {} of {} already",
            self.item.reference,
            part.kind.noun().one(),
            part.key(&names)
        ))
        .into())
    }
}
