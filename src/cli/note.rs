//! `note`: what was jotted down on a day, and lines that are added to it.

use chrono::NaiveDate;
use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use crate::domain::day::{self, Lean};
use crate::domain::day_note::as_line;
use crate::domain::refusal::Refusal;
use crate::ops::{Op, Result, Workspace};

use super::change::{self, Tell};
use super::families::Family;
use super::invocation::Invocation;
use super::{add, root};

pub const FAMILY: Family = Family { name: "note", command, run };

fn command() -> Command {
    let on = || Arg::new("on").long("on").value_name("DATE").help("The day; today, unless said");
    Command::new("note")
        .about("What was noted on a day; + n on the screen does the same")
        .before_help(
            "Examples:\n  prewire note\n  prewire note add Lunch with Sam: the fee is what hurts\n  \
             prewire note show yesterday\n  prewire note list",
        )
        .subcommand(root::changing(
            Command::new("add")
                .about("Note a line on today; - takes lines from standard input")
                .before_help(
                    "Examples:\n  prewire note add Lunch with Sam\n  \
                     prewire note add Call legal --on mon",
                )
                .args([root::words("WORDS", "What is noted"), on()]),
        ))
        .subcommand(
            Command::new("show")
                .about("Show the note of a day")
                .before_help("Examples:\n  prewire note show\n  prewire note show 2026-05-06")
                .arg(Arg::new("day").value_name("DATE").help("The day; today, unless said")),
        )
        .subcommand(Command::new("list").about("Show the notes of all days, the latest first"))
        .subcommand(root::changing(
            Command::new("rm")
                .about("Take the note of a day away")
                .before_help("Examples:\n  prewire note rm\n  prewire note rm 2026-05-06")
                .arg(Arg::new("day").value_name("DATE").help("The day; today, unless said")),
        ))
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    match matches.subcommand() {
        Some(("add", own)) => add_lines(call, own),
        Some(("rm", own)) => remove(call, own),
        Some(("list", _)) => {
            let notes = call.workspace()?.day_notes()?;
            print(call, &notes)
        }
        other => {
            let workspace = call.workspace()?;
            let typed = other.and_then(|(_, own)| root::flag(own, "day"));
            let on = day_of(&workspace, typed)?;
            let text = workspace.day_note(on)?;
            let notes = if text.is_empty() { Vec::new() } else { vec![(on, text)] };
            print(call, &notes)
        }
    }
}

fn day_of(workspace: &Workspace, typed: Option<String>) -> Result<NaiveDate> {
    let Some(typed) = typed else { return Ok(workspace.clock().today()) };
    let read = day::parse(&typed, &workspace.calendar(), Lean::Past);
    Ok(read.map_err(|error| Refusal::input(error.to_string()))?)
}

fn add_lines(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let words = root::typed(matches, "words");
    let lines: Vec<String> = match words.as_slice() {
        [dash] if dash == "-" => {
            let text = add::standard_input()?;
            text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
        }
        words => Some(words.join(" ")).filter(|line| !line.trim().is_empty()).into_iter().collect(),
    };
    if lines.is_empty() {
        return Err(Refusal::usage("what is to be noted?")
            .hint("prewire note add Lunch with Sam")
            .into());
    }
    let opened = call.to_change_or_look();
    let mut workspace = call.begun(opened)?;
    let day = day_of(&workspace, root::flag(matches, "on"))?;
    change::carry_out(call, &mut workspace, &Op::Note { day, lines }, Tell::Changed)
}

fn remove(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let day = day_of(&workspace, root::flag(matches, "day"))?;
    let was = workspace.day_note(day)?;
    if was.is_empty() {
        return Err(Refusal::missing("nothing was noted on this day")
            .hint("prewire note list tells the days that have a note")
            .into());
    }
    let op = Op::WriteNote { day, was, text: String::new() };
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}

fn print(call: &mut Invocation<'_>, notes: &[(NaiveDate, String)]) -> Result<()> {
    if call.output.is_human() {
        if notes.is_empty() {
            call.output.say("nothing was noted; prewire note add Lunch with Sam notes a line");
        }
        let today = call.clock.today();
        for (day, text) in notes {
            call.output.line(&day::echo(*day, today))?;
            for line in text.lines() {
                call.output.line(&format!("   {line}"))?;
            }
        }
        return Ok(());
    }
    call.output.open("note")?;
    call.output.bare(&["ref", "title", "day", "text"]);
    for (day, text) in notes {
        let day = day.to_string();
        call.output.item(&json!({
            "ref": day,
            "title": as_line(text),
            "day": day,
            "text": text,
        }))?;
    }
    call.output.close()
}
