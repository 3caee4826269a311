//! `trust`: which commands may feed metrics on this machine. An approval is given at a terminal, with
//! the whole command in sight, by the word itself; nothing else implies it.

use std::io::{IsTerminal, stdin};

use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use crate::domain::metric::source::shell_words;
use crate::domain::refusal::Refusal;
use crate::domain::shown::Shown;
use crate::ops::Result;
use crate::ops::metric::watch::every_words;

use super::families::Family;
use super::invocation::{Asking, Invocation};
use super::output::Role;
use super::{root, source};

/// Room of names.
const NAME: usize = 14;
/// Letters of a fingerprint that are shown.
const SHORT: usize = 12;

pub const FAMILY: Family = Family { name: "trust", command, run };

fn command() -> Command {
    Command::new("trust")
        .about("Which commands may feed metrics on this machine")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("list").about("List what was approved here"))
        .subcommand(
            Command::new("approve")
                .about("Look at the command of a metric and approve it, by the word itself")
                .before_help("Examples:\n  prewire trust approve m4")
                .arg(source::target()),
        )
        .subcommand(
            Command::new("revoke")
                .about("Take an approval back")
                .before_help("Examples:\n  prewire trust revoke 3f9a1c")
                .arg(
                    Arg::new("name")
                        .value_name("NAME")
                        .required(true)
                        .help("The beginning of its name"),
                ),
        )
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    match matches.subcommand() {
        Some(("approve", rest)) => approve(call, rest),
        Some(("revoke", rest)) => {
            let workspace = call.workspace()?;
            let gone = workspace.revoke(&root::flag(rest, "name").unwrap_or_default())?;
            call.output.say(&format!("{} runs no more: {}", &gone.name[..SHORT], gone.words));
            Ok(())
        }
        _ => list(call),
    }
}

fn list(call: &mut Invocation<'_>) -> Result<()> {
    let workspace = call.workspace()?;
    let all = workspace.approvals();
    if !call.output.is_human() {
        call.output.open("approval")?;
        call.output.bare(&["ref", "title", "file"]);
        for one in &all {
            call.output.item(&json!({"ref": one.name, "title": one.words, "file": one.file}))?;
        }
        return call.output.close();
    }
    if all.is_empty() {
        call.output.say("no command is approved on this machine");
    }
    for one in &all {
        let name = one.name.get(..SHORT).unwrap_or(&one.name);
        call.output.pieces(&[
            (Role::Plain, Shown::line(name).pad_right(NAME)),
            (Role::Plain, Shown::line(&one.words)),
            (Role::Muted, Shown::line(&format!("  for {}", one.file))),
        ])?;
    }
    Ok(())
}

fn approve(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let name = root::typed(matches, "target").join(" ");
    let (reference, feed) = source::command_source(&workspace, &name)?;
    let command = workspace.command_of(&feed)?;
    if workspace.is_approved(&command) {
        call.output.say(&format!("the source of {reference} is approved already"));
        return Ok(());
    }
    if call.asking != Asking::Possible || !stdin().is_terminal() {
        return Err(Refusal::untrusted(format!("the source of {reference} is not approved here"))
            .hint("an approval is typed at a terminal; nothing else gives it")
            .into());
    }
    let output = &mut *call.output;
    output.say(&format!("{reference} is to be fed by this program:"));
    output.say(&format!("  {}", command.executable.display()));
    if command.argv.len() > 1 {
        output.say("with these words, one a line:");
    }
    for word in &command.argv[1..] {
        output.say(&format!("  {word}"));
    }
    if !command.variables.is_empty() {
        output.say(&format!("and these variables: {}", command.variables.join(", ")));
    }
    if let Some(words) = shell_words(&command.argv) {
        output.say("! a shell reads and runs this text:");
        output.say(&format!("!   {words}"));
    }
    output.say("It runs as you, whenever somebody asks the source of this metric.");
    if let Some(every) = command.every {
        let every = every_words(every);
        output.say(&format!("It also runs {every} while the program is open, and nobody asks."));
    }
    output.ask("type approve to let it run here, anything else leaves it:");
    let mut line = String::new();
    // What cannot be read is no approval.
    let read = stdin().read_line(&mut line);
    if read.is_err() || line.trim() != "approve" {
        return Err(Refusal::untrusted(format!("the source of {reference} stays disabled")).into());
    }
    workspace.approve(&command)?;
    call.output.say(&format!("approved here: {reference}"));
    Ok(())
}
