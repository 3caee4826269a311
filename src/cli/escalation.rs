//! What only escalations have on the command line: the memo drafted when the rule has fired.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::ops::escalation::Burden;
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
            .arg(
                Arg::new("team")
                    .long("team")
                    .action(ArgAction::SetTrue)
                    .help("Of all who work in the team, their minutes pooled"),
            )
            .before_help(
                "Examples:\n  prewire escalation draft\n  prewire escalation draft --team\n  \
                 prewire escalation send x1 > memo.md",
            ),
    )
}

fn draft(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let load = if matches.get_flag("team") { Burden::Team } else { Burden::Mine };
    change::carry_out(call, &mut workspace, &Op::DraftEscalation(load), Tell::Changed)
}
