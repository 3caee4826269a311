//! `request log`: what was declined and traded, how often yes and no beside the reactive share, and
//! who asks how much; for people, as data, and as a page.

use serde_json::{Value as Json, json};

use crate::domain::field::Names;
use crate::domain::item::Item;
use crate::domain::shown::Shown;
use crate::ops::transfer::Masks;
use crate::ops::triage::displacements;
use crate::ops::triage::log::{Log, Rate, reactive_words};
use crate::ops::{Result, Workspace};

use super::invocation::Invocation;
use super::output::Role;

/// Prints the log.
///
/// # Errors
/// When it cannot be read or written.
pub fn print(call: &mut Invocation<'_>, workspace: &Workspace) -> Result<()> {
    let log = workspace.request_log()?;
    let today = workspace.clock().today();
    if !call.output.is_human() {
        return told(call, workspace, &Masks::default());
    }
    for (head, lines) in log.sections(today) {
        call.output.pieces(&[(Role::Header, Shown::line(head))])?;
        for line in lines {
            call.output.pieces(&[(Role::Plain, Shown::line(&line))])?;
        }
        call.output.line("")?;
    }
    Ok(())
}

/// Prints the log for machines, with what is masked.
///
/// # Errors
/// When it cannot be read or written.
pub fn told(call: &mut Invocation<'_>, workspace: &Workspace, masks: &Masks) -> Result<()> {
    let log = workspace.request_log()?;
    let mut told = as_json(&log, &workspace.clock().today().to_string());
    masks.told(&mut told);
    call.output.open("request-log")?;
    call.output.item(&told)?;
    call.output.close()
}

fn minutes(part: &crate::domain::part::Part) -> Option<i64> {
    match part.get("minutes") {
        crate::domain::value::Value::Whole(minutes) => Some(*minutes),
        _ => None,
    }
}

fn as_json(log: &Log, today: &str) -> Json {
    let request = |item: &Item| {
        json!({
            "ref": item.reference.to_string(), "title": item.title(), "state": item.state().slug,
            "from": log.asker(item), "reason": item.text("reason"),
            "replied_on": item.day("replied_on").map(|day| day.to_string()),
        })
    };
    let traded = |item: &Item| {
        let mut found = request(item);
        let own = log.parts.get(&item.id).map_or(&[][..], Vec::as_slice);
        let gave = displacements(own).map(|part| {
            let id = part.link("item");
            json!({
                "ref": id.and_then(|id| log.names.reference(id)).map(|found| found.to_string()),
                "minutes": minutes(part), "standing": part.text("standing"),
                "from": part.day("due_from").map(|day| day.to_string()),
                "to": part.day("moved_to").map(|day| day.to_string()),
            })
        });
        found["displaced"] = gave.collect::<Vec<_>>().into();
        found
    };
    let rate = |rate: &Rate| {
        json!({
            "month": rate.month, "asked": rate.asked, "accepted": rate.accepted,
            "traded": rate.traded, "declined": rate.declined, "deferred": rate.deferred,
            "self_served": rate.self_served, "open": rate.open,
            "reactive_permille": rate.actual.share(crate::domain::week::Band::Reactive).in_parts(1_000),
            "reactive": reactive_words(&rate.actual),
        })
    };
    json!({
        "ref": "requests", "title": "Requests", "on": today,
        "declined": log.declined.iter().map(request).collect::<Vec<_>>(),
        "traded": log.traded.iter().map(traded).collect::<Vec<_>>(),
        "rates": log.rates.iter().map(rate).collect::<Vec<_>>(),
        "askers": log.askers.iter().map(|asker| json!({
            "name": asker.name, "requests": asker.requests,
            "minutes": asker.minutes, "logged": asker.logged,
        })).collect::<Vec<_>>(),
    })
}
