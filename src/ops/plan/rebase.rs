//! Moving milestones on purpose: each keeps from when to when and why, and the plan keeps how long
//! it was meant to be, so that slippage can be told against the original too.

use chrono::NaiveDate;

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartKind, free_position, of_kind};
use crate::domain::plan::stored;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::part::Parts;

use super::super::edit::present;
use super::super::error::Result;
use super::super::metric::Unasked;
use super::super::op::Outcome;
use super::super::summary;
use super::super::workspace::Settings;
use super::{Head, PlanView, view};

/// Moves milestones of one plan to other days.
///
/// # Errors
/// Without a reason, when nothing moves, for one that is done or of another plan.
pub(in super::super) fn carry_out(
    write: &Write<'_>,
    moves: &[(ItemId, NaiveDate)],
    reason: &str,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let ids: Vec<ItemId> = moves.iter().map(|(id, _)| *id).collect();
    let items = present(write, &ids)?;
    if let Some(other) = items.iter().find(|item| item.kind() != Kind::Milestone) {
        return Err(Refusal::input(format!("{} is no milestone", other.reference)).into());
    }
    let plans: Vec<Option<ItemId>> = items.iter().map(|item| item.link("plan")).collect();
    let one =
        plans.first().copied().flatten().filter(|plan| plans.iter().all(|p| *p == Some(*plan)));
    let Some(plan) = one else {
        return Err(Refusal::input("milestones of one plan are moved at a time").into());
    };
    let plan = present(write, &[plan])?.swap_remove(0);
    let seen = view(write, &Unasked, settings, plan.clone(), today)?;
    let mut days: Vec<(String, u32)> = Vec::new();
    for (id, to) in moves {
        let Some(item) = items.iter().find(|item| item.id == *id) else { continue };
        let day = seen.plan.day(*to);
        let day = u32::try_from(day)
            .ok()
            .filter(|day| *day > 0)
            .ok_or_else(|| Refusal::input(format!("{to} is before {} begins", plan.reference)))?;
        days.push((item.reference.to_string(), day));
    }
    let named: Vec<(&str, u32)> = days.iter().map(|(key, day)| (key.as_str(), *day)).collect();
    seen.plan.rebase(&named, reason, today)?;
    for (before, (_, to)) in items.iter().zip(moves) {
        let mut after = before.clone();
        after.set("due", Value::Day(*to));
        if after != *before {
            write.update(before, &after)?;
            moved(write, before, &after, reason.trim(), today)?;
        }
    }
    shift_phases(write, &plan, &seen, moves)?;
    let refs: Vec<String> = items.iter().map(|item| item.reference.to_string()).collect();
    let label = format!(
        "{} re-baselined: {}, {}",
        plan.reference,
        refs.join(", "),
        summary::short(reason.trim())
    );
    Ok(Outcome { label, items: items.iter().map(|item| item.id).collect(), notices: Vec::new() })
}

/// Where all that is open moves by the same days, the ends of the phases that it lies in do too:
/// else gates would stand in another phase than their own.
fn shift_phases(
    write: &Write<'_>,
    plan: &Item,
    seen: &PlanView,
    moves: &[(ItemId, NaiveDate)],
) -> Result<()> {
    let open = || seen.stones.iter().filter(|stone| stone.item.state().slug == "open");
    let mut shifts = open().map(|stone| {
        let to = moves.iter().find(|(id, _)| *id == stone.item.id)?.1;
        Some((to - stone.item.day("due")?).num_days())
    });
    let Some(Some(days)) = shifts.next() else { return Ok(()) };
    if open().count() < 2 || !shifts.all(|shift| shift == Some(days)) {
        return Ok(());
    }
    let Some(first) = open().filter_map(|stone| stone.item.day("due")).min() else {
        return Ok(());
    };
    let Some(plan) = write.items(&[plan.id])?.pop() else { return Ok(()) };
    let length = plan.whole("days").and_then(|days| u32::try_from(days).ok()).unwrap_or(1);
    let mut phases = stored::read_phases(plan.text("phases"), length)?;
    let from = seen.plan.day(first);
    let last = phases.len().saturating_sub(1);
    for phase in phases.iter_mut().take(last).filter(|phase| i64::from(phase.last_day) >= from) {
        let moved = (i64::from(phase.last_day) + days).clamp(1, i64::from(length));
        phase.last_day = u32::try_from(moved).unwrap_or(phase.last_day);
    }
    // A phase that would end before it begins stays as it is.
    if !phases.windows(2).all(|pair| pair[0].last_day < pair[1].last_day) {
        return Ok(());
    }
    let mut after = plan.clone();
    after.set("phases", Value::Text(stored::written_phases(&phases)));
    if after == plan { Ok(()) } else { Ok(write.update(&plan, &after)?) }
}

/// Keeps that a milestone was moved, and lets its plan grow where it moved past the end.
///
/// # Errors
/// A storage error.
pub(in super::super) fn moved(
    write: &Write<'_>,
    before: &Item,
    after: &Item,
    reason: &str,
    today: NaiveDate,
) -> Result<()> {
    let (Some(from), Some(to)) = (before.day("due"), after.day("due")) else { return Ok(()) };
    if after.kind() != Kind::Milestone || from == to {
        return Ok(());
    }
    let parts = write.parts_of(after)?;
    let taken: Vec<i64> = of_kind(&parts, PartKind::Blocker).map(|part| part.position).collect();
    let part = Part::new(write.new_part_id(), PartKind::Blocker, after.id, free_position(&taken))
        .with("cause", Value::Text(reason.to_owned()))
        .with("moved_from", Value::Day(from))
        .with("moved_to", Value::Day(to))
        .with("noted_on", Value::Day(today));
    write.insert_part(&part)?;
    write.touch(after.id)?;
    let plan = after.link("plan").map(|plan| write.items(&[plan])).transpose()?;
    let Some(plan) = plan.into_iter().flatten().next() else { return Ok(()) };
    grown(write, &plan, to).map(drop)
}

/// Lets a plan last up to a day that lies past its end; answers how long it is then.
///
/// # Errors
/// A storage error.
pub(super) fn grown(write: &Write<'_>, plan: &Item, to: NaiveDate) -> Result<Option<i64>> {
    let Some(head) = Head::of(plan) else { return Ok(None) };
    let day = to.signed_duration_since(head.start).num_days() + 1;
    if day <= i64::from(head.days) {
        return Ok(None);
    }
    let mut longer = plan.clone();
    longer.set("days", Value::Whole(day));
    let length = u32::try_from(day).unwrap_or(u32::MAX);
    let phases = stored::read_phases(plan.text("phases"), length)?;
    if !phases.is_empty() {
        longer.set("phases", Value::Text(stored::written_phases(&phases)));
    }
    write.update(plan, &longer)?;
    Ok(Some(day))
}
