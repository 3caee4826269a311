//! `edit`: fields of one or several items, by tokens and by flags.

use clap::{Arg, ArgMatches, Command};

use crate::domain::grammar::{Mode, QuickAdd};
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::ops::{Op, Result, Workspace};

use super::change::{self, Tell};
use super::families::Family;
use super::invocation::{Invocation, meant};
use super::words::{self, Alone};
use super::{add, fields, root};

pub const FAMILY: Family = Family {
    name: "edit",
    command: || {
        let command = Command::new("edit")
            .about("Change fields of an item of any kind")
            .before_help("Examples:\n  prewire edit d12 due:fri +fintech")
            .arg(target())
            .arg(root::words("WORDS", "Tokens; plain words become the new title"))
            .arg(add::note());
        root::changing(command)
    },
    run: run_any,
};

/// `prewire decision edit`.
#[must_use]
pub fn command(kind: Kind) -> Command {
    let (noun, letter) = (kind.noun(), kind.letter());
    let token = if noun.due.is_some() { "due:fri" } else { "role:leader" };
    let command = Command::new("edit")
        .about(format!("Change fields of {}", noun.one()))
        .before_help(format!(
            "Examples:\n  prewire {name} edit {letter}1 {token} -oldtag\n  prewire {name} edit {letter}1,{letter}2 --tags +new",
            name = noun.name
        ))
        .arg(target())
        .arg(root::words("WORDS", "Tokens; plain words become the new title"))
        .arg(add::note());
    root::changing(fields::flags(command, kind))
}

/// The item to change, or several between commas.
pub(super) fn target() -> Arg {
    Arg::new("target")
        .value_name("REF")
        .required(true)
        .help("A ref such as d12, several as d1,d2, or the beginning of a title")
}

/// Carries out `edit` for a kind that is known.
///
/// # Errors
/// What the edit refuses.
pub fn run(call: &mut Invocation<'_>, kind: Kind, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let (items, words) = targets(&workspace, matches, &[kind])?;
    edit(call, &mut workspace, (kind, items), &words, matches)
}

fn run_any(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let (items, words) = targets(&workspace, matches, &Kind::ALL)?;
    let found = workspace.store().items(&items)?;
    let kind = found[0].kind();
    if found.iter().any(|item| item.kind() != kind) {
        return Err(Refusal::input("these are of several kinds; edit one kind at a time").into());
    }
    edit(call, &mut workspace, (kind, items), &words, matches)
}

/// What is to be changed: the target, and the refs that follow it; and the words behind them.
fn targets(
    workspace: &Workspace,
    matches: &ArgMatches,
    kinds: &[Kind],
) -> Result<(Vec<ItemId>, Vec<String>)> {
    let mut named = root::typed(matches, "target");
    let mut words = root::typed(matches, "words");
    let refs = words.iter().take_while(|word| Ref::parse(word.trim_end_matches(',')).is_some());
    let refs = refs.count();
    named.extend(words.drain(..refs).map(|word| word.trim_end_matches(',').to_owned()));
    Ok((meant(workspace, &named, kinds)?, words))
}

fn edit(
    call: &mut Invocation<'_>,
    workspace: &mut Workspace,
    (kind, items): (Kind, Vec<ItemId>),
    typed: &[String],
    matches: &ArgMatches,
) -> Result<()> {
    let calendar = workspace.calendar();
    let note = root::typed(matches, "after").join(" ");
    let mut line = words::line(typed, kind, &calendar, Alone::Value);
    if !note.is_empty() {
        line = format!("{line} -- {note}");
    }
    let read = QuickAdd::read(&line, kind, &calendar, Mode::Edit);
    add::say_chips(call, &read);
    let mut changes = read.edits()?;
    changes.extend(fields::changes(matches, kind, &calendar)?);
    if changes.is_empty() {
        return Err(Refusal::usage("nothing is said about what to change")
            .hint("name a field as a token (due:fri) or as a flag (--due fri)")
            .into());
    }
    change::carry_out(call, workspace, &Op::Edit { items, changes }, Tell::Changed)
}
