//! How early people ask: the rate and the lead by function, the months beside what shipped, and
//! whom nothing has reached for long.

use clap::{ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::domain::artefact::involvement::Lead;
use crate::domain::shown::Shown;
use crate::ops::Result;
use crate::ops::involvement::{Pull, month_words};

use super::invocation::Invocation;
use super::nouns::Own;
use super::output::Role;

/// Room of the labels.
const LABEL: usize = 16;

pub const ALL: &[Own] = &[Own { name: "report", command, run }];

fn command() -> Command {
    Command::new("report")
        .about("How early people ask, by function and month, and whom nothing reached lately")
        .before_help("Examples:\n  prewire involvement report\n  prewire involvement report --json")
}

fn run(call: &mut Invocation<'_>, _: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let pull = workspace.pull()?;
    if !call.output.is_human() {
        call.output.open("involvement-report")?;
        call.output.item(&as_json(&pull))?;
        return call.output.close();
    }
    let today = call.clock.today();
    row(call, "early", &pull.lead.words())?;
    for (function, lead) in &pull.functions {
        row(call, &format!("  {function}"), &lead.words())?;
    }
    if !pull.late.is_empty() {
        row(call, "last minute", &pull.late.join(", "))?;
    }
    call.output.line("")?;
    call.output.pieces(&[(
        Role::Header,
        Shown::line(&format!("{}  early involvement", Shown::line("shipped").pad_left(LABEL + 7))),
    )])?;
    for month in &pull.months {
        let name = Shown::line(&month_words(month.first, today)).pad_right(LABEL);
        let shipped = Shown::line(&month.shipped.to_string()).pad_left(7);
        call.output.pieces(&[
            (Role::Muted, name),
            (Role::Plain, shipped),
            (Role::Plain, Shown::line(&format!("  {}", month.early.counted()))),
        ])?;
    }
    if !pull.unreached.is_empty() {
        call.output.line("")?;
        let head = format!("Not reached for {} days", pull.unreached_after);
        call.output.pieces(&[(Role::Header, Shown::line(&head))])?;
        for (name, influence, days) in &pull.unreached {
            let last = days.map_or("never".to_owned(), |days| format!("{days} d ago"));
            row(call, name, &format!("influence {influence}, {last}"))?;
        }
    }
    Ok(())
}

fn row(call: &mut Invocation<'_>, label: &str, text: &str) -> Result<()> {
    call.output.pieces(&[
        (Role::Muted, Shown::line(label).pad_right(LABEL)),
        (Role::Plain, Shown::line(text)),
    ])
}

fn lead_json(lead: &Lead) -> Json {
    json!({
        "early": lead.early.part, "of": lead.early.whole,
        "lead_days": lead.days.as_ref().map(|days| days.to_string().replace('−', "-").parse::<f64>().ok()),
    })
}

fn as_json(pull: &Pull) -> Json {
    let functions: serde_json::Map<String, Json> =
        pull.functions.iter().map(|(name, lead)| (name.clone(), lead_json(lead))).collect();
    let months: Vec<Json> = pull
        .months
        .iter()
        .map(|month| {
            json!({ "month": month.first.format("%Y-%m").to_string(), "shipped": month.shipped,
                    "early": month.early.part, "of": month.early.whole })
        })
        .collect();
    let unreached: Vec<Json> = pull
        .unreached
        .iter()
        .map(
            |(name, influence, days)| json!({ "name": name, "influence": influence, "days": days }),
        )
        .collect();
    json!({
        "ref": "involvement", "title": "Early involvement", "rate": lead_json(&pull.lead),
        "functions": functions, "months": months, "last_minute": pull.late,
        "unreached": unreached, "known": pull.known,
    })
}
