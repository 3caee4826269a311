//! What only escalations have on the command line: the memo drafted when the rule has fired.

use clap::{ArgMatches, Command};

use crate::domain::kind::Kind;
use crate::ops::{Op, Result};

use super::change::{self, Tell};
use super::invocation::Invocation;
use super::root;

/// The commands that only escalations have.
pub fn commands(kind: Kind) -> impl Iterator<Item = Command> {
    (kind == Kind::Escalation).then(draft_command).into_iter()
}

/// Carries one of them out; `None` when the verb is another one.
pub fn run(
    call: &mut Invocation<'_>,
    kind: Kind,
    verb: &str,
    _matches: &ArgMatches,
) -> Option<Result<()>> {
    (kind == Kind::Escalation && verb == "draft").then(|| draft(call))
}

fn draft_command() -> Command {
    root::changing(
        Command::new("draft")
            .about("Draft the memo of the weeks in breach, when the rule has fired")
            .before_help(
                "Examples:\n  prewire escalation draft\n  prewire escalation send x1 > memo.md",
            ),
    )
}

fn draft(call: &mut Invocation<'_>) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    change::carry_out(call, &mut workspace, &Op::DraftEscalation, Tell::Changed)
}
