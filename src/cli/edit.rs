//! `edit`: fields of one or several items, by tokens and by flags.

use clap::{Arg, ArgMatches, Command};

use crate::domain::change::Change;
use crate::domain::day::{self, Calendar, Lean, clock};
use crate::domain::field::{Entry, FieldKind};
use crate::domain::grammar::{Mode, QuickAdd};
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::part::PartKind;
use crate::domain::refusal::Refusal;
use crate::domain::week::Band;
use crate::ops::{Op, PartStep, Result};

use super::change::{self, Tell};
use super::families::Family;
use super::invocation::{Invocation, meant};
use super::words::{self, Alone};
use super::{add, fields, given, root, unchanged};

/// The flag that says what made a day move back.
const CAUSE: &str = "cause";

pub const FAMILY: Family = Family {
    name: "edit",
    command: || {
        let command = Command::new("edit")
            .about("Change fields of an item of any kind")
            .before_help("Examples:\n  prewire edit d12 due:fri +fintech")
            .arg(target())
            .arg(root::words(
                "WORDS",
                "Tokens; plain words become the new title; - reads JSON from standard input",
            ))
            .arg(add::note());
        root::changing(command)
    },
    run: run_any,
};

/// A token that a kind takes: its day, or else what can be chosen.
pub(super) fn example(kind: Kind) -> String {
    let noun = kind.noun();
    let chosen = noun.fields.iter().find_map(|field| match field.kind {
        FieldKind::Choice(slugs) if field.entry == Entry::Free => {
            Some(format!("{}:{}", field.name, slugs.last()?))
        }
        _ => None,
    });
    match kind {
        Kind::Block | Kind::Entry => "est:90m".to_owned(),
        Kind::Meeting => "band:r".to_owned(),
        _ if noun.due.is_some() => "due:fri".to_owned(),
        _ => chosen.unwrap_or_else(|| "+review".to_owned()),
    }
}

/// `prewire decision edit`.
#[must_use]
pub fn command(kind: Kind) -> Command {
    let (noun, letter) = (kind.noun(), kind.letter());
    let token = example(kind);
    let command = Command::new("edit")
        .about(format!("Change fields of {}", noun.one()))
        .before_help(format!(
            "Examples:\n  prewire {name} edit {letter}1 {token} -oldtag\n  prewire {name} edit {letter}1,{letter}2 --tags +new",
            name = noun.name
        ))
        .arg(target())
        .arg(root::words("WORDS", "Tokens; plain words become the new title; - reads JSON from standard input"))
        .arg(add::note());
    let command = if has_blockers(kind) {
        command.arg(
            Arg::new(CAUSE)
                .long(CAUSE)
                .value_name("WORD")
                .help("What made its day move back, in one word: approval, evidence, capacity"),
        )
    } else {
        command
    };
    root::changing(fields::flags(command, kind))
}

fn has_blockers(kind: Kind) -> bool {
    PartKind::of(kind).any(|part| part == PartKind::Blocker)
}

/// The same under another word, which comes easier for some kinds: `block move`.
#[must_use]
pub fn called(name: &'static str, about: &'static str, kind: Kind) -> Command {
    let example = match name {
        "move" => {
            "Examples:\n  prewire block move k3 on:wed at:14:00\n  prewire block move k3 est:90m"
        }
        _ => "Examples:\n  prewire entry classify t5 band:s\n  prewire entry classify t5,t6 band:r",
    };
    command(kind).name(name).about(about).before_help(example)
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
    let (named, words) = named(matches, |found| found == kind);
    let items = meant(&workspace, &named, &[kind])?;
    edit(call, &mut workspace, kind, items, &words, matches)
}

/// Carries out `block move` and `entry classify`, where a bare word is a day, a time or a band and
/// never a new title.
///
/// # Errors
/// A word that is none of them; what the edit refuses.
pub fn run_called(call: &mut Invocation<'_>, kind: Kind, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let (named, words) = named(matches, |found| found == kind);
    let items = meant(&workspace, &named, &[kind])?;
    let calendar = workspace.calendar();
    let words: Vec<String> = if words == ["-"] {
        words
    } else {
        words.iter().map(|word| token_of(word, &calendar)).collect::<Result<_>>()?
    };
    edit(call, &mut workspace, kind, items, &words, matches)
}

/// `r` as `band:r`, `wed` as `on:wed`, `14:00` as `at:14:00`; a token stays as it is.
fn token_of(word: &str, calendar: &Calendar) -> Result<String> {
    let is_clock = word.contains(':') && clock(word).is_some();
    if !is_clock && (word.contains([':', '=']) || word.starts_with(['+', '-', '@', '>'])) {
        return Ok(word.to_owned());
    }
    if Band::parse(word).is_some() {
        return Ok(format!("band:{word}"));
    }
    if is_clock {
        return Ok(format!("at:{word}"));
    }
    if day::parse(word, calendar, Lean::Past).is_ok() {
        return Ok(format!("on:{word}"));
    }
    Err(Refusal::usage(format!("“{word}” is no band, no day and no time"))
        .hint("as band:r, on:wed, at:14:00 or est:90m; edit gives it another title")
        .into())
}

/// The items that are named, and the words about them: `d1 d2 p:1` names two. Only refs are taken
/// from the words, and of a kind that can be meant; all else is a token or the new title.
fn named(matches: &ArgMatches, takes: impl Fn(Kind) -> bool) -> (Vec<String>, Vec<String>) {
    let mut named = root::typed(matches, "target");
    let mut words = root::typed(matches, "words");
    let names_item = |word: &String| {
        word.split(',').all(|part| Ref::parse(part.trim()).is_some_and(|found| takes(found.kind)))
    };
    if named.iter().all(names_item) {
        let count = words.iter().take_while(|word| names_item(word)).count();
        named.extend(words.drain(..count));
    }
    (named, words)
}

fn run_any(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let (named, words) = named(matches, |_| true);
    let items = meant(&workspace, &named, &Kind::ALL)?;
    let found = workspace.store().items(&items)?;
    let kind = found[0].kind();
    edit(call, &mut workspace, kind, items, &words, matches)
}

fn edit(
    call: &mut Invocation<'_>,
    workspace: &mut crate::ops::Workspace,
    kind: Kind,
    items: Vec<ItemId>,
    words: &[String],
    matches: &ArgMatches,
) -> Result<()> {
    let calendar = workspace.calendar();
    if words == ["-"] {
        let said = unchanged::differing(given::one()?, &workspace.told(&items)?);
        let (mut changes, steps) = given::of_item(&said, kind, &calendar)?;
        changes.extend(fields::changes(matches, kind, &calendar)?);
        return whole(call, workspace, &items, changes, steps);
    }
    let note = root::typed(matches, "rest").join(" ");
    let mut line = words::line(words, kind, &calendar, Alone::Value);
    if !note.is_empty() {
        line = format!("{line} -- {note}");
    }
    let read = QuickAdd::read(&line, kind, &calendar, Mode::Edit);
    add::say_chips(call, &read);
    let mut changes = read.edits()?;
    let flags = fields::changes(matches, kind, &calendar)?;
    fields::refuse_twice(&changes, &flags)?;
    add::say_days(call, &flags, &calendar);
    changes.extend(flags);
    if changes.is_empty() {
        return Err(Refusal::usage("nothing is said about what to change")
            .hint("name a field as a token (due:fri) or as a flag (--due fri)")
            .into());
    }
    let op = match root::flag(matches, CAUSE) {
        Some(cause) => Op::Slip { items, changes, cause },
        None => Op::Edit { items, changes },
    };
    change::carry_out(call, workspace, &op, Tell::Changed)
}

/// Changes the fields of items, and the parts of one, as one step.
///
/// # Errors
/// What the operation refuses; parts of several items.
pub(super) fn whole(
    call: &mut Invocation<'_>,
    workspace: &mut crate::ops::Workspace,
    items: &[ItemId],
    changes: Vec<Change>,
    mut steps: Vec<PartStep>,
) -> Result<()> {
    let op = match (items, steps.is_empty()) {
        (_, true) => Op::Edit { items: items.to_vec(), changes },
        ([owner], false) => {
            if !changes.is_empty() {
                steps.push(PartStep::Fields(changes));
            }
            Op::Parts { owner: *owner, steps }
        }
        _ => return Err(Refusal::usage("parts are given of one item at a time").into()),
    };
    change::carry_out(call, workspace, &op, Tell::Changed)
}
