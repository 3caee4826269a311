//! What follows from a verb beside its own row: a plan that begins is the active one, one that is
//! over leaves no milestone open, and an outcome that is met against its figure is told so.

use chrono::NaiveDate;

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::Status;
use crate::domain::metric::terms::Marks;
use crate::domain::plan::Figure;
use crate::domain::value::Value;
use crate::domain::verb::Verb;
use crate::store::Write;
use crate::store::plan::Plans;

use super::super::error::Result;
use super::super::metric::{Measures, Within};
use super::super::workspace::Settings;
use super::tick::activate;

/// The rows that are closed with it, and what there is to tell.
pub(in super::super) type Followed = (Vec<ItemId>, Vec<String>);

pub(in super::super) fn follow(
    write: &Write<'_>,
    before: &Item,
    verb: Verb,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Followed> {
    let is = |kind: Kind, verbs: &[Verb]| before.kind() == kind && verbs.contains(&verb);
    if is(Kind::Plan, &[Verb::Activate]) {
        activate(write, before)?;
    }
    if is(Kind::Plan, &[Verb::Finish, Verb::Drop]) {
        return missed(write, before);
    }
    let doubt = if is(Kind::Outcome, &[Verb::Complete]) {
        doubt(write, before, settings, today)?
    } else {
        None
    };
    Ok((Vec::new(), Vec::from_iter(doubt)))
}

/// The milestones of a plan that is over and that were still open.
fn missed(write: &Write<'_>, plan: &Item) -> Result<Followed> {
    let mut missed = Vec::new();
    for before in write.milestones_of(plan.id)? {
        if before.state().slug == "open" {
            let mut after = before.clone();
            after.set("state", Value::Text("missed".to_owned()));
            write.update(&before, &after)?;
            missed.push(before.reference.to_string());
        }
    }
    let said = match missed.as_slice() {
        [] => None,
        [one] => Some(format!("{one} was open and is missed")),
        all => {
            Some(format!("{} milestones were open and are missed: {}", all.len(), all.join(", ")))
        }
    };
    Ok((Vec::new(), Vec::from_iter(said)))
}

/// What the metric of an outcome says against it being met.
fn doubt(
    write: &Write<'_>,
    outcome: &Item,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Option<String>> {
    let Some(metric) = write.items(outcome.link("measured_by").as_slice())?.pop() else {
        return Ok(None);
    };
    let measures = Within { write, settings, today };
    let Figure::Is(found) = measures.figure(&metric.reference.to_string())? else {
        return Ok(None);
    };
    let (first, fiscal) = (found.reading.value(), settings.fiscal_start_month);
    let (own, shown) = (Marks::of(&metric), Marks::of(outcome));
    let goal = found.terms.goal(&own, Some(&shown), (first, today), fiscal);
    let status = goal.map(|goal| goal.status(found.reading.value(), today));
    let (reference, figure) = (metric.reference, found.terms.unit.show_reading(found.reading));
    Ok(status
        .filter(|status| !matches!(status, Status::Achieved | Status::InRange))
        .map(|status| format!("{reference} reads {figure}, {}: met all the same", status.words())))
}
