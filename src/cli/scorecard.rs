//! `metric signals` and `metric scorecard`: what metrics say together, and thirteen periods of each
//! by the questions that product and marketing share.

use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use crate::domain::metric::catalogue::Group;
use crate::domain::metric::{Age, Freshness, spark};
use crate::domain::shown::Shown;
use crate::ops::Result;
use crate::ops::metric::Glance;
use crate::ops::metric::glance::DOUBT;

use super::change::{self, Tell};
use super::invocation::Invocation;
use super::output::Role;
use super::root;

pub fn signals_command() -> Command {
    root::changing(
        Command::new("signals")
            .about("What metrics say together, and the decision that each reading offers")
            .before_help(
                "Examples:\n  prewire metric signals\n  prewire metric signals --raise conversion",
            )
            .arg(
                Arg::new("raise")
                    .long("raise")
                    .value_name("SIGNAL")
                    .help("Raise the decision that it offers, with what is happening filled in"),
            ),
    )
}

pub fn signals(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    if let Some(slug) = root::flag(matches, "raise") {
        let mut workspace = call.to_change_or_look()?;
        let op = workspace.raise_op(&slug)?;
        return change::carry_out(call, &mut workspace, &op, Tell::Added);
    }
    let workspace = call.workspace()?;
    let readings = workspace.readings()?;
    let found = &readings.signals;
    if !call.output.is_human() {
        call.output.open("signal")?;
        for one in found {
            call.output.item(&json!({
                "ref": one.fired.slug, "title": one.fired.reading,
                "question": one.fired.question, "decision": one.fired.decision,
                "inputs": one.inputs, "segment": one.fired.segment, "fires": true,
                "raised": one.raised.map(|one| one.to_string()),
            }))?;
        }
        for one in &readings.waiting {
            call.output.item(&json!({
                "ref": one.fired.slug, "title": one.fired.reading,
                "question": one.fired.question, "decision": one.fired.decision,
                "inputs": one.doubts, "segment": one.fired.segment, "fires": false,
            }))?;
        }
        return call.output.close();
    }
    if found.is_empty() {
        call.output
            .say("no reading: figures are not fresh, not large enough, or say nothing together");
    }
    for one in found {
        call.output.pieces(&[(Role::Header, Shown::line(one.fired.reading))])?;
        for input in &one.inputs {
            call.output.line(&format!("  {input}"))?;
        }
        call.output.line(&format!("  {}", one.fired.question))?;
        let raise = match one.raised {
            Some(decision) => format!("  {decision} asks it"),
            None => format!("  prewire metric signals --raise {}", one.fired.slug),
        };
        call.output.pieces(&[(Role::Muted, Shown::line(&raise))])?;
    }
    for one in &readings.waiting {
        call.output.pieces(&[(Role::Muted, Shown::line(&one.words()))])?;
    }
    Ok(())
}

pub fn command() -> Command {
    Command::new("scorecard")
        .about("Thirteen periods of each metric, by the shared questions and the executive group")
        .before_help("Examples:\n  prewire metric scorecard\n  prewire metric scorecard --json")
}

pub fn run(call: &mut Invocation<'_>, _: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let card = workspace.scorecard()?;
    if !call.output.is_human() {
        call.output.open("scorecard")?;
        for section in &card.sections {
            for glance in section.glances() {
                let Some(account) = &glance.account else { continue };
                call.output.item(&json!({
                    "ref": glance.reference.to_string(), "title": glance.title,
                    "group": section.group.map(Group::words), "measured": true,
                    "figure": account.figure(), "target": account.target(),
                    "status": account.word(), "periods": account.spark, "agreed": glance.agreed,
                    "freshness": account.age.map(|age| format!("{:?}", age.freshness).to_lowercase()),
                    "age_days": account.age.map(|age| age.days),
                    "confidence": glance.confidence, "less_sure": glance.doubt,
                    "unit": account.terms.unit.slug(),
                    "direction": account.terms.direction.slug(),
                }))?;
            }
            for template in &section.missing {
                call.output.item(&json!({
                    "ref": template.slug, "title": template.name,
                    "group": section.group.map(Group::words), "measured": false,
                    "figure": "no data", "target": "", "status": "not measured",
                    "periods": [], "agreed": "",
                    "unit": template.unit.slug(), "direction": template.direction.slug(),
                }))?;
            }
        }
        return call.output.close();
    }
    for section in &card.sections {
        call.output.pieces(&[
            (Role::Header, Shown::line(section.heading()).pad_right(48)),
            (Role::Muted, Shown::line(&section.standing())),
        ])?;
        for glance in section.glances() {
            line(call, glance)?;
        }
        for template in &section.missing {
            let words = format!("  {}", template.name);
            let unit = format!("{}, {}", template.unit.slug(), template.direction.slug());
            call.output.pieces(&[
                (Role::Muted, Shown::line(&words).pad_right(45)),
                (Role::Muted, Shown::line(&format!("not measured · {unit}"))),
            ])?;
        }
    }
    Ok(())
}

pub fn check_command() -> Command {
    Command::new("check")
        .about("What metrics still ask for: a company figure above, an explanation, a review")
        .before_help("Examples:\n  prewire metric check\n  prewire metric check --json")
}

pub fn check(call: &mut Invocation<'_>, _: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let found = workspace.metric_audit()?;
    if !call.output.is_human() {
        call.output.open("finding")?;
        for one in &found {
            call.output.item(&json!({
                "ref": one.reference.map(|one| one.to_string()), "title": one.title,
                "what": one.what, "mend": one.mend,
            }))?;
        }
        return call.output.close();
    }
    if found.is_empty() {
        call.output.say("every metric has what it asks for");
    }
    for one in &found {
        call.output.line(&one.words())?;
        call.output.pieces(&[(Role::Muted, Shown::line(&format!("  {}", one.mend)))])?;
    }
    Ok(())
}

fn line(call: &mut Invocation<'_>, glance: &Glance) -> Result<()> {
    const HEIGHTS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    let Some(account) = &glance.account else { return Ok(()) };
    let heights = spark::heights(&account.spark);
    let periods: String = heights
        .into_iter()
        .map(|height| height.map_or("·", |height| HEIGHTS[usize::from(height.min(spark::TOP))]))
        .collect();
    let target = account.target();
    let target = if target.is_empty() { target } else { format!(" → {target}") };
    let fresh = account.freshness() == Freshness::Fresh;
    let role = if fresh && account.is_off_track() { Role::Late } else { Role::Plain };
    let age = account.age.filter(|_| !fresh).map(Age::words).unwrap_or_default();
    let doubt = if glance.doubt { DOUBT } else { "" };
    let beside = [age.as_str(), &glance.agreed, doubt];
    let beside = beside.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
    call.output.pieces(&[
        (Role::Plain, Shown::line(&format!("  {}", glance.reference)).pad_right(7)),
        (Role::Plain, Shown::line(&glance.title).truncate(36).pad_right(38)),
        (Role::Plain, Shown::line(&periods)),
        (Role::Plain, Shown::line(&format!("  {}{target}", account.figure())).pad_right(24)),
        (role, Shown::line(account.word()).pad_right(13)),
        (Role::Muted, Shown::line(&beside)),
    ])
}
