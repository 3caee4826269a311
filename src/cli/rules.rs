//! `week rules`: the rules by which the band of time is guessed, shown, changed and taken away.

use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use crate::domain::refusal::Refusal;
use crate::domain::shown::Shown;
use crate::domain::week::Band;
use crate::domain::week::guess::{BandRule, Cue};
use crate::ops::{Op, Result};

use super::change::{self, Tell};
use super::invocation::Invocation;
use super::output::{Format, Role};
use super::root;

pub fn command() -> Command {
    let rule = || {
        Arg::new("rule")
            .value_name("RULE")
            .required(true)
            .help("What it looks at, and what for: word renewal, person acme.com, title deal desk")
    };
    let band = Arg::new("band").value_name("BAND").required(true).help("s, e, r, o, or its name");
    Command::new("rules")
        .about("The rules by which the band of time is guessed; corrections teach them")
        .before_help(
            "Examples:\n  prewire week rules\n  prewire week rules set \"word renewal\" r\n  \
             prewire week rules rm \"title deal desk\"",
        )
        .subcommand(root::changing(
            Command::new("set").about("Add a rule, or change what it says").args([rule(), band]),
        ))
        .subcommand(root::changing(
            Command::new("rm").about("Take a rule away, also one that ships").arg(rule()),
        ))
}

/// Carries out `week rules …`.
///
/// # Errors
/// A rule or a band that is none; a storage error.
pub fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let op = match matches.subcommand() {
        Some(("set", rest)) => {
            let (cue, pattern) = named(rest)?;
            let typed = root::flag(rest, "band").unwrap_or_default();
            let band = Band::parse(&typed).filter(|band| *band != Band::Unclassified);
            let band = band.ok_or_else(|| {
                Refusal::input(format!("“{typed}” is no band"))
                    .hint("strategic, execution, reactive or off; their letters do")
            })?;
            Op::SetRule(BandRule { cue, pattern, band, strength: 1 })
        }
        Some(("rm", rest)) => {
            let (cue, pattern) = named(rest)?;
            Op::ForgetRule(cue, pattern)
        }
        _ => return show(call),
    };
    let mut workspace = call.to_change_or_look()?;
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}

fn named(matches: &ArgMatches) -> Result<(Cue, String)> {
    let typed = root::flag(matches, "rule").unwrap_or_default();
    let both = typed.trim().split_once(' ');
    let found = both.and_then(|(cue, pattern)| Some((Cue::parse(cue)?, pattern.trim())));
    match found.filter(|(_, pattern)| !pattern.is_empty()) {
        Some((cue, pattern)) => Ok((cue, pattern.to_lowercase())),
        None => Err(Refusal::input(format!("“{typed}” is no rule"))
            .hint("word, title, person or calendar, and what to look for: word renewal")
            .into()),
    }
}

fn show(call: &mut Invocation<'_>) -> Result<()> {
    let rules = call.workspace()?.band_rules()?;
    let format = call.output.format();
    if matches!(format, Format::Json | Format::JsonLines) {
        call.output.open("band_rule")?;
    }
    call.output.columns(&["cue", "pattern", "band", "strength", "origin"])?;
    for kept in &rules {
        let BandRule { cue, pattern, band, strength } = &kept.rule;
        let origin = if kept.own { "own" } else { "shipped" };
        match format {
            Format::Json | Format::JsonLines => call.output.item(&json!({
                "ref": format!("{} {pattern}", cue.slug()), "title": kept.rule.to_string(),
                "cue": cue.slug(), "pattern": pattern, "band": band.slug(),
                "strength": strength, "origin": origin,
            }))?,
            Format::Csv | Format::Plain => {
                let words = [cue.slug(), pattern, band.slug(), &strength.to_string(), origin];
                call.output.fields(&words.map(str::to_owned))?;
            }
            Format::Human => {
                let role = if kept.own { Role::Plain } else { Role::Muted };
                let text = format!("{:<9} {pattern:<32} {:<10} {origin}", cue.slug(), band.slug());
                call.output.pieces(&[(role, Shown::line(&text))])?;
            }
        }
    }
    if matches!(format, Format::Json | Format::JsonLines) {
        call.output.close()?;
    }
    Ok(())
}
