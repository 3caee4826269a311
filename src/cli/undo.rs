//! `undo` and `redo`: the last step, or any one of the history, each by its name.

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::ops::{Op, Result};

use super::change::{self, Tell};
use super::families::Family;
use super::invocation::Invocation;
use super::root;

pub const FAMILY: Family = Family {
    name: "undo",
    command: || {
        let step = Arg::new("op")
            .long("op")
            .value_name("N")
            .value_parser(value_parser!(i64).range(1..))
            .conflicts_with("group")
            .help("Take back this step of the history, whatever came after it");
        let group = Arg::new("group")
            .long("group")
            .action(ArgAction::SetTrue)
            .help("Take back the whole ritual that the last step belongs to, or nothing");
        let command = Command::new("undo")
            .about("Take back the last step, or one of the history")
            .before_help(
                "Examples:\n  prewire undo\n  prewire undo --op 12\n  prewire undo --group",
            )
            .arg(step)
            .arg(group);
        root::changing(command)
    },
    run: undo,
};

pub const REDO: Family = Family {
    name: "redo",
    command: || {
        let group = Arg::new("group")
            .long("group")
            .action(ArgAction::SetTrue)
            .help("Do the whole ritual again that was taken back last, or nothing");
        let command = Command::new("redo")
            .about("Do again what was taken back last")
            .before_help("Examples:\n  prewire redo\n  prewire redo --group")
            .arg(group);
        root::changing(command)
    },
    run: |call, matches| {
        take(call, if matches.get_flag("group") { &Op::RedoGroup } else { &Op::Redo })
    },
};

fn undo(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    if matches.get_flag("group") {
        return take(call, &Op::UndoGroup);
    }
    let op = matches.get_one::<i64>("op").map_or(Op::Undo, |seq| Op::TakeBack(*seq));
    take(call, &op)
}

fn take(call: &mut Invocation<'_>, op: &Op) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    change::carry_out(call, &mut workspace, op, Tell::Named)
}
