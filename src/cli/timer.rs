//! `timer`: starts one on an item or on a few words, ends it as an entry, tells what runs.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use crate::domain::day::{clock, clock_minutes, show_minutes};
use crate::domain::item::Ref;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::ops::timer::Ending;
use crate::ops::{Op, Result};

use super::change::{self, Tell};
use super::families::Family;
use super::invocation::{Invocation, meant};
use super::root;

pub const FAMILY: Family = Family { name: "timer", command, run };

/// What time can be spent on.
const WORK: [Kind; 5] = [Kind::Decision, Kind::Asset, Kind::Request, Kind::Outcome, Kind::Bet];

fn command() -> Command {
    let end = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
    };
    let until = Arg::new("until")
        .long("until")
        .value_name("HH:MM")
        .conflicts_with_all(["keep", "discard"])
        .help("It was work up to this time of the day on which it began, or of the next");
    Command::new("timer")
        .about("Time what you do: one timer, that asks when it cannot be believed")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(root::changing(
            Command::new("start")
                .about("Start the timer on an item, or on a few words")
                .before_help("Examples:\n  prewire timer start a4\n  prewire timer start Deal desk")
                .arg(root::words("WHAT", "A ref such as a4, or what the time goes into")),
        ))
        .subcommand(root::changing(
            Command::new("stop")
                .about("End the timer and log its time as an entry")
                .before_help("Examples:\n  prewire timer stop\n  prewire timer stop --until 17:30")
                .args([
                    end("keep", "All of it was work, however long").conflicts_with("discard"),
                    until,
                    end("discard", "None of it was work"),
                ]),
        ))
        .subcommand(Command::new("status").about("Tell what the timer runs for"))
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    match matches.subcommand() {
        Some(("start", rest)) => start(call, rest),
        Some(("stop", rest)) => stop(call, rest),
        _ => status(call),
    }
}

fn start(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let words = root::typed(matches, "words");
    let named = words.len() == 1 && Ref::parse(&words[0]).is_some();
    if words.join(" ").trim().is_empty() {
        return Err(Refusal::usage("what does the time go into?")
            .hint("prewire timer start a4")
            .into());
    }
    let opened = call.to_change_or_look();
    let mut workspace = if named { opened? } else { call.begun(opened)? };
    let item = if named { Some(meant(&workspace, &words, &WORK)?[0]) } else { None };
    let title = match item {
        Some(id) => workspace.store().items(&[id])?[0].title().to_owned(),
        None => words.join(" "),
    };
    let op = Op::StartTimer { item, title, started: None };
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}

fn stop(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let until = root::flag(matches, "until").map(|typed| {
        let minutes = clock(&typed).and_then(|kept| clock_minutes(&kept));
        let minutes = minutes
            .ok_or_else(|| Refusal::input(format!("“{typed}” is not a time of day; try 17:30")))?;
        let now = workspace.clock().local();
        let Some(timer) = workspace.timer()? else { return Ok(now) };
        Ok::<_, crate::ops::Error>(timer.ended_at(minutes, now)?)
    });
    let ending = match until.transpose()? {
        Some(until) => Ending::Until(until),
        None if matches.get_flag("keep") => Ending::Keep,
        None if matches.get_flag("discard") => Ending::Discard,
        None => Ending::Believed,
    };
    let op = Op::StopTimer { now: None, ending };
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}

fn status(call: &mut Invocation<'_>) -> Result<()> {
    let workspace = call.workspace()?;
    let timer = workspace.timer()?;
    if call.output.is_human() {
        let Some(timer) = timer else {
            call.output.say("no timer runs");
            return Ok(());
        };
        let since = timer.started.format("%a %-d %b %H:%M");
        let ran = show_minutes(workspace.timed(&timer));
        return call.output.line(&format!("{ran} since {since}: {}", timer.title));
    }
    call.output.open("timer")?;
    call.output.bare(&["ref", "title", "item", "started", "minutes"]);
    if let Some(timer) = timer {
        call.output.item(&json!({
            "ref": "timer",
            "title": timer.title,
            "item": timer.item.map(|id| id.to_string()),
            "started": timer.started.format("%Y-%m-%dT%H:%M").to_string(),
            "minutes": workspace.timed(&timer),
        }))?;
    }
    call.output.close()
}
