//! `rm` throws away, `trash` shows what was thrown away, brings it back, or takes it out of the Trash too.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::ops::{Error, Op, Result, Workspace};

use super::change::{self, Tell};
use super::families::Family;
use super::invocation::{Asking, Invocation, meant};
use super::{csv, root, show};

pub const RM: Family = Family {
    name: "rm",
    command: || {
        let command = Command::new("rm")
            .about("Throw items of any kind into the Trash")
            .before_help("Examples:\n  prewire rm d12")
            .arg(show::refs());
        root::changing(command)
    },
    run: |call, matches| run_throw(call, matches, &Kind::ALL),
};

pub const FAMILY: Family = Family { name: "trash", command, run };

/// `prewire decision rm`.
#[must_use]
pub fn throw(kind: Kind) -> Command {
    let about = format!("Throw {} into the Trash", kind.noun().plural);
    root::changing(Command::new("rm").about(about).arg(show::refs()))
}

fn command() -> Command {
    let all =
        Arg::new("all").long("all").action(ArgAction::SetTrue).help("All that is in the Trash");
    let yes = Arg::new("yes").long("yes").action(ArgAction::SetTrue).help("Do not ask");
    let restore = Command::new("restore").about("Bring items back").arg(show::refs());
    let purge = Command::new("purge")
        .about("Take items out of the Trash too")
        .before_help("Examples:\n  prewire trash purge d12\n  prewire trash purge --all --yes")
        .after_help(
            "The history still holds what they said, and undo brings them back. A file without a \
             word of them:\n  prewire export json --out all.json\n  prewire --db new.db import all.json",
        )
        .arg(show::refs().required(false).required_unless_present("all"))
        .args([all, yes]);
    Command::new("trash")
        .about("What was thrown away: list it, bring it back, remove it")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("list").about("List what is in the Trash"))
        .subcommand(root::changing(restore))
        .subcommand(root::changing(purge))
}

/// Carries out `rm`.
///
/// # Errors
/// A refusal for a word that names nothing.
pub fn run_throw(call: &mut Invocation<'_>, matches: &ArgMatches, kinds: &[Kind]) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let items = meant(&workspace, &root::typed(matches, "refs"), kinds)?;
    change::carry_out(call, &mut workspace, &Op::Trash(items), Tell::Changed)
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    match matches.subcommand() {
        Some(("restore", rest)) => {
            let mut workspace = call.to_change_or_look()?;
            let items = meant(&workspace, &root::typed(rest, "refs"), &Kind::ALL)?;
            change::carry_out(call, &mut workspace, &Op::Restore(items), Tell::Changed)
        }
        Some(("purge", rest)) => purge(call, rest),
        _ => list(call),
    }
}

fn list(call: &mut Invocation<'_>) -> Result<()> {
    let workspace = call.workspace()?;
    let (items, _) = workspace.trashed()?;
    if !call.output.is_human() {
        let told = workspace.told_of(items)?;
        call.output.open("item")?;
        if told.items.is_empty() {
            call.output.bare(&csv::SHARED);
        }
        return change::print_opened(call, &told);
    }
    if items.is_empty() {
        call.output.say("the Trash is empty");
    }
    for item in &items {
        let day = item.deleted_at.map(|at| call.local(at).format("%-d %b %Y").to_string());
        let text = format!("{}  {}", item.reference, item.title());
        call.output.line(&format!("{text}  (thrown away {})", day.unwrap_or_default()))?;
    }
    Ok(())
}

fn purge(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let items = if matches.get_flag("all") {
        workspace.trashed()?.0.iter().map(|item| item.id).collect()
    } else {
        meant(&workspace, &root::typed(matches, "refs"), &Kind::ALL)?
    };
    if items.is_empty() {
        call.output.say("the Trash is empty");
        return Ok(());
    }
    let op = Op::Purge(items);
    if !call.dry_run && !matches.get_flag("yes") {
        confirm(call, &mut workspace, &op)?;
    }
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}

/// Asks for the word itself; without anybody to ask, `--yes` must say so.
fn confirm(call: &mut Invocation<'_>, workspace: &mut Workspace, op: &Op) -> Result<()> {
    let label = workspace.rehearse(op)?.done.label;
    if call.asking != Asking::Possible {
        let words = "purging empties the Trash, and there is no terminal to ask on; add --yes when it is meant";
        return Err(Error::NoTerminal(words.to_owned()));
    }
    let answer = call.ask(&format!("{label}: not even in the Trash? Type purge to go on"));
    if answer.is_some_and(|answer| answer.trim() == "purge") {
        return Ok(());
    }
    Err(Refusal::input("not purged").hint("nothing was changed").into())
}
