//! A row that turns out to be of another kind.

use super::edit::present;
use super::error::Result;
use super::op::Outcome;
use super::summary;
use crate::domain::decision::frozen;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use chrono::NaiveDate;

/// The same words as another kind: a request that is really a decision, an import's wrong guess.
pub(super) fn turn(
    write: &Write<'_>,
    ids: &[ItemId],
    into: Kind,
    today: NaiveDate,
) -> Result<Outcome> {
    let mut made = Vec::new();
    for id in ids {
        // Read anew for each: turning the one before may have moved a tie between them.
        let before = present(write, &[*id])?.swap_remove(0);
        if before.kind() == into {
            return Err(Refusal::input(format!(
                "{} is {} already",
                before.reference,
                into.noun().one()
            ))
            .into());
        }
        if frozen::is_frozen(&before) {
            let reference = before.reference;
            return Err(Refusal::input(format!(
                "{reference} was decided, so it stays a decision (I4)"
            ))
            .hint(format!("prewire decision supersede {reference} 'the new question'"))
            .into());
        }
        let id = ItemId(write.new_id());
        let mut after = Item::new(id, write.next_ref(into)?, write.at, &write.actor);
        for name in
            ["title", "owner", "priority", "waiting_on", "tags", "link", "note", "for", "estimate"]
        {
            after.set(name, before.get(name).clone());
        }
        let due = before.kind().noun().due.map_or(Value::Nothing, |name| before.get(name).clone());
        if let Some(name) = into.noun().due {
            after.set(name, due);
        }
        if into == Kind::Decision {
            after.set("raised_on", Value::Day(today));
        }
        for name in ["blocks", "blocked_by"] {
            after.set(name, before.get(name).clone());
        }
        let mut gone = before.clone();
        gone.deleted_at = Some(write.at);
        gone.set("blocks", Value::Nothing);
        gone.set("blocked_by", Value::Nothing);
        write.update(&before, &gone)?;
        write.insert(&after)?;
        write.move_origins(before.id, after.id)?;
        made.push((before, after));
    }
    let label = summary::turned(&made);
    Ok(Outcome {
        label,
        items: made.iter().map(|(_, after)| after.id).collect(),
        notices: Vec::new(),
    })
}
