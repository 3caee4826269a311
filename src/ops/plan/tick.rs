//! Milestones that come true: by themselves, in the step that made their criteria hold, and by
//! hand. Which plan is the active one is settled here too, after each step.

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::plan::{Standing, criterion, exit};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::store::Write;
use crate::store::plan::Plans;

use super::super::error::Result;
use super::super::metric::{Unasked, Within};
use super::super::op::Outcome;
use super::super::workspace::Settings;
use super::{Stone, current, view};

/// After a step: what it made true is done, and one of the plans that run is active.
pub(in super::super) fn settle(
    write: &Write<'_>,
    settings: &Settings,
    today: NaiveDate,
    outcome: &mut Outcome,
) -> Result<()> {
    let plans = write.open_plans()?;
    let current = current(plans.clone(), today);
    if let Some(first) = current.filter(|plan| plan.state().slug != "active") {
        activate(write, &first)?;
        let mut after = first.clone();
        after.set("state", Value::Text("active".to_owned()));
        write.update(&first, &after)?;
        outcome.notices.push(format!("{} is the active plan now", first.reference));
    }
    for plan in plans {
        let mut seen = view(write, &Unasked, settings, plan.clone(), today)?;
        // A figure may be counted on everything there is: it is read when nothing else is missing.
        if seen.stones.iter().any(waits_for_a_figure) {
            let measures = Within { write, settings, today };
            seen = view(write, &measures, settings, plan, today)?;
        }
        for stone in seen.stones {
            if stone.item.state().slug == "open" && stone.standing == Standing::Met {
                outcome.notices.push(done(write, &stone, today)?);
            }
        }
    }
    Ok(())
}

/// Whether an open milestone lacks nothing but figures.
fn waits_for_a_figure(stone: &Stone) -> bool {
    let mut figures = 0;
    let rest = stone.milestone.criteria.iter().zip(&stone.proofs).all(|(criterion, proof)| {
        let is_figure = criterion.metric().is_some();
        figures += usize::from(is_figure);
        is_figure || proof.standing == Standing::Met
    });
    stone.item.state().slug == "open" && figures > 0 && rest
}

fn done(write: &Write<'_>, stone: &Stone, today: NaiveDate) -> Result<String> {
    let words: Vec<&str> = stone.proofs.iter().map(|proof| proof.words.as_str()).collect();
    let mut after = stone.item.clone();
    after.set("state", Value::Text("done".to_owned()));
    after.set("done_on", Value::Day(today));
    after.set("proof", Value::Text(words.join("\n")));
    write.update(&stone.item, &after)?;
    Ok(format!("{} “{}” ticks: {}", after.reference, after.title(), words.join("; ")))
}

/// `x` on a milestone: what only a person can say is ticked; what the file shows must hold, or a
/// reason is kept.
pub(in super::super) fn by_hand(
    write: &Write<'_>,
    before: &Item,
    answer: &Answer,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Item> {
    if let Some(refusal) = Verb::Tick.refusal(before) {
        return Err(refusal.into());
    }
    let mut after = before.clone();
    let exits = exit::read(before.text("exit")).unwrap_or_default();
    let plan = before.link("plan").map(|plan| write.items(&[plan])).transpose()?;
    let mut words: Vec<String> = Vec::new();
    let mut open = Vec::new();
    let mut ticked = exits;
    if let Some(plan) = plan.into_iter().flatten().next() {
        let seen = view(write, &Within { write, settings, today }, settings, plan, today)?;
        let own = seen.stones.iter().find(|stone| stone.item.id == before.id);
        let proofs = own.map_or(&[][..], |stone| &stone.proofs);
        for (exit, proof) in ticked.iter_mut().zip(proofs) {
            exit.ticked |= proof.standing == Standing::ByHand;
        }
        for proof in proofs {
            match proof.standing {
                Standing::Open => open.push(proof.words.clone()),
                Standing::ByHand => {
                    let said = proof.words.trim_start_matches("by hand: ");
                    words.push(format!("ticked by {}: {said}", who(settings, write)));
                }
                Standing::Met => words.push(proof.words.clone()),
            }
        }
    }
    let because = match answer.extra("override") {
        Value::Text(reason) => reason.trim().to_owned(),
        _ => String::new(),
    };
    if !open.is_empty() && because.is_empty() {
        let reference = before.reference;
        let what = format!("{reference} does not hold yet: {}", open.join("; "));
        return Err(Refusal::input(what)
            .hint(format!("prewire plan done {reference} --override 'why all the same'"))
            .into());
    }
    words.extend(open.into_iter().map(|one| format!("not met: {one}")));
    if !because.is_empty() {
        words.push(format!("done all the same by {} on {today}: {because}", who(settings, write)));
    }
    after.set("exit", Value::Text(exit::written(&ticked)));
    after.set("proof", Value::Text(words.join("\n")));
    after.set("done_on", Value::Day(today));
    after.set("state", Value::Text("done".to_owned()));
    Ok(after)
}

fn who(settings: &Settings, write: &Write<'_>) -> String {
    let name = settings.me.clone().unwrap_or_else(|| write.actor.clone());
    if name.is_empty() { "hand".to_owned() } else { name }
}

/// A plan becomes the active one, and the one that was goes on beside it.
pub(in super::super) fn activate(write: &Write<'_>, plan: &Item) -> Result<()> {
    for other in write.open_plans()? {
        if other.id != plan.id && other.state().slug == "active" {
            let mut aside = other.clone();
            aside.set("state", Value::Text("running".to_owned()));
            write.update(&other, &aside)?;
        }
    }
    Ok(())
}

/// Whether every criterion of a milestone that is opened again would tick it at once.
pub(in super::super) fn refuse_reopening(
    write: &Write<'_>,
    item: &Item,
    settings: &Settings,
    today: NaiveDate,
) -> Result<()> {
    if item.kind() != Kind::Milestone {
        return Ok(());
    }
    let plan = item.link("plan").map(|plan| write.items(&[plan])).transpose()?;
    let Some(plan) = plan.into_iter().flatten().next() else { return Ok(()) };
    let seen = view(write, &Within { write, settings, today }, settings, plan, today)?;
    let Some(stone) = seen.stones.iter().find(|stone| stone.item.id == item.id) else {
        return Ok(());
    };
    if criterion::ticks(&stone.proofs) == Standing::Met {
        let reference = item.reference;
        return Err(Refusal::input(format!("{reference} holds, so it would tick again at once"))
            .hint(format!("prewire milestone edit {reference} --exit '…' asks for more"))
            .into());
    }
    Ok(())
}
