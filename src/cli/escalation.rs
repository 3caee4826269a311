//! What only escalations have on the command line: the memo drafted when the rule has fired.

use clap::{ArgMatches, Command};

use crate::ops::{Op, Result};

use super::change::{self, Tell};
use super::invocation::Invocation;
use super::nouns::Own;
use super::root;

pub const ALL: &[Own] = &[Own { name: "draft", command: draft_command, run: draft }];

fn draft_command() -> Command {
    root::changing(
        Command::new("draft")
            .about("Draft the memo of the weeks in breach, when the rule has fired")
            .before_help(
                "Examples:\n  prewire escalation draft\n  prewire escalation send x1 > memo.md",
            ),
    )
}

fn draft(call: &mut Invocation<'_>, _matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    change::carry_out(call, &mut workspace, &Op::DraftEscalation, Tell::Changed)
}
