//! An edit that moves a day back, with the one word that says why: kept on the item as a blocker,
//! where the work leads to a bet or an outcome.

use chrono::NaiveDate;

use crate::domain::change::Change;
use crate::domain::item::ItemId;
use crate::domain::part::{Part, PartKind, free_position, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::part::Parts;

use super::error::Result;
use super::op::Outcome;
use super::workspace::Settings;
use super::{edit, record};

pub(super) fn carry_out(
    write: &Write<'_>,
    ids: &[ItemId],
    changes: &[Change],
    cause: &str,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let cause = one_word(cause)?;
    let items = edit::present(write, ids)?;
    let mut outcome = edit::change(write, ids, changes, settings, today)?;
    let mut slipped = 0_usize;
    for (before, after) in items.iter().zip(write.items(ids)?) {
        let Some((from, to)) = record::slip(before, &after) else { continue };
        let parts = write.parts_of(&after)?;
        let taken: Vec<i64> =
            of_kind(&parts, PartKind::Blocker).map(|part| part.position).collect();
        let part =
            Part::new(write.new_part_id(), PartKind::Blocker, after.id, free_position(&taken))
                .with("cause", Value::Text(cause.clone()))
                .with("moved_from", Value::Day(from))
                .with("moved_to", Value::Day(to))
                .with("noted_on", Value::Day(today));
        write.insert_part(&part)?;
        write.touch(after.id)?;
        slipped += 1;
    }
    if slipped == 0 {
        outcome.notices.push("nothing strategic moved back, so the cause is not kept".to_owned());
    } else {
        outcome.label = format!("{}, slipped for {cause}", outcome.label);
    }
    Ok(outcome)
}

fn one_word(cause: &str) -> Result<String> {
    let cause = cause.trim().to_lowercase();
    if cause.is_empty() || cause.contains(char::is_whitespace) || cause.chars().count() > 40 {
        return Err(Refusal::input(format!("cause: “{cause}” is not one word"))
            .hint("say what made it slip in one word: approval, evidence, capacity, scope")
            .into());
    }
    Ok(cause)
}
