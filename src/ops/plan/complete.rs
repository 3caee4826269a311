//! What a plan and a milestone are held to, whoever makes or changes them: which plan is the active
//! one, criteria that can be read, a day within the plan or one that it grows to.

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::plan::{exit, stored};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::plan::Plans;

use super::super::error::Result;
use super::{Head, current, rebase};

/// What a new plan knows without being told.
pub(in super::super) fn born(item: &mut Item, today: NaiveDate) {
    if item.kind() == Kind::Plan {
        item.set("start", Value::Day(today));
    }
}

/// What a plan and a milestone are held to, whoever makes or changes them.
pub(in super::super) fn complete(
    write: &Write<'_>,
    item: &mut Item,
    (today, is_new): (NaiveDate, New),
) -> Result<Option<String>> {
    let kind = item.kind();
    if kind == Kind::Plan {
        complete_plan(write, item, (today, is_new))?;
    } else if kind == Kind::Milestone {
        return complete_milestone(write, item, (today, is_new));
    }
    Ok(None)
}

/// Whether the phases of a plan and the criteria of a milestone can be read.
///
/// # Errors
/// A refusal that says what cannot.
pub(in super::super) fn readable(item: &Item) -> std::result::Result<(), Refusal> {
    match item.kind() {
        Kind::Milestone => exit::read(item.text("exit"))
            .map(drop)
            .map_err(|what| Refusal::input(format!("exit criteria, {what}"))),
        Kind::Plan => {
            let length = u32::try_from(item.whole("days").unwrap_or(90)).unwrap_or(u32::MAX);
            stored::read_phases(item.text("phases"), length).map(drop)
        }
        _ => Ok(()),
    }
}

/// Whether an item is being made or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum New {
    Made,
    Changed,
}

fn complete_plan(
    write: &Write<'_>,
    item: &mut Item,
    (today, is_new): (NaiveDate, New),
) -> Result<()> {
    let days = item.whole("days").unwrap_or(90);
    let length = u32::try_from(days).unwrap_or(u32::MAX);
    let phases = stored::read_phases(item.text("phases"), length)?;
    if !phases.is_empty() {
        item.set("phases", Value::Text(stored::written_phases(&phases)));
    }
    if is_new == New::Changed {
        return Ok(());
    }
    item.set("planned_days", Value::Whole(days));
    let start = item.day("start").unwrap_or_else(|| write.at.date_naive());
    item.set("start", Value::Day(start));
    // A plan that still runs stays the active one, whenever this one begins.
    let stays = |plan: &Item| {
        plan.state().slug == "active" && Head::of(plan).is_some_and(|head| !head.is_over(today))
    };
    for other in write.open_plans()? {
        if stays(&other) {
            item.set("state", Value::Text("running".to_owned()));
        } else if other.state().slug == "active" {
            let mut aside = other.clone();
            aside.set("state", Value::Text("running".to_owned()));
            write.update(&other, &aside)?;
        }
    }
    Ok(())
}

fn complete_milestone(
    write: &Write<'_>,
    item: &mut Item,
    (today, is_new): (NaiveDate, New),
) -> Result<Option<String>> {
    let exits = exit::read(item.text("exit")).map_err(|what| {
        Refusal::input(format!("exit criteria, {what}"))
            .hint("nothing was changed; `by hand: …` is ticked by a person")
    })?;
    if !exits.is_empty() {
        item.set("exit", Value::Text(exit::written(&exits)));
    }
    if item.link("plan").is_none() && is_new == New::Made {
        let active = current(write.open_plans()?, today).ok_or_else(|| {
            Refusal::input("no plan runs, and a milestone belongs to one")
                .hint("prewire plan start 90-day")
        })?;
        item.set("plan", Value::Item(active.id));
    }
    let Some(plan) = item.link("plan") else {
        return Err(Refusal::input("a milestone belongs to a plan").into());
    };
    let plan = write.items(&[plan])?.pop();
    let Some((plan, head)) = plan.and_then(|plan| Head::of(&plan).map(|head| (plan, head))) else {
        return Ok(None);
    };
    match item.day("due") {
        Some(due) if due < head.start => Err(Refusal::input(format!(
            "{due} is before {} begins, on {}",
            head.reference, head.start
        ))
        .into()),
        Some(due) if is_new == New::Made => {
            refuse_far(&plan, &head, due)?;
            let days = rebase::grown(write, &plan, due)?;
            Ok(days.map(|days| format!("{} has {days} days now", head.reference)))
        }
        Some(_) => Ok(None),
        None => {
            let last = head.start + chrono::Duration::days(i64::from(head.days) - 1);
            item.set("due", Value::Day(last));
            Ok(None)
        }
    }
}

/// A plan grows with what is added to it, up to twice of what it was made for.
fn refuse_far(plan: &Item, head: &Head, due: NaiveDate) -> std::result::Result<(), Refusal> {
    let days = i64::from(head.days);
    let most = plan.whole("planned_days").map_or(days, |made| (made * 2).max(days));
    let day = (due - head.start).num_days() + 1;
    if day <= most {
        return Ok(());
    }
    let what = format!("day {day} lies past day {most}, twice as long as the plan was made for");
    Err(Refusal::input(what).hint("a milestone so far belongs in a plan of its own"))
}
