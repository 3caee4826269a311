//! `checkin`: yesterday's time gets its bands, and a line says what moved a decision; a line an
//! answer, from a terminal or from standard input. `--no-input` prints what would be asked.

use clap::{ArgMatches, Command};

use crate::domain::ritual::RitualKind;
use crate::ops::{Result, Workspace};

use super::families::Family;
use super::invocation::Invocation;
use super::report;
use super::ritual::{self, At, Meant, Reads, Which};

pub const FAMILY: Family = Family { name: "checkin", command, run };

fn command() -> Command {
    let command = Command::new("checkin")
        .about("Say in a minute what yesterday's time was, and what moved a decision")
        .before_help(
            "Examples:\n  prewire checkin\n  prewire checkin --no-input              # what would be asked\n  \
             printf '2 r\\n\\nRaj agreed to tier 2 on d12\\n\\n' | prewire checkin\n  \
             echo 'moved: Raj agreed to tier 2 on d12' | prewire checkin",
        )
        .after_help(
            "From a pipe a line may name its part (yesterday:, moved:, metric:) and waits for it; one that \
             is not taken in is told, and the call ends with 1. Lines: of time, an empty one accepts all guesses, s e r o says the band of the next row, \
             3 r or t5 r that of one, 3 X that a block was not kept to. Then a line says what moved, \
             ! in front what is blocked, X 2 drops one that is offered, and an empty one goes on. Of metrics that are due, a line is the \
             figure of the next and an empty one leaves it due. \
             skip leaves a section, u takes the last answer back, q stops; what was said is kept.",
        );
    report::with_form(command)
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    if ritual::is_silent(call) {
        return ritual::show(call, RitualKind::Checkin);
    }
    let which = Which { kind: RitualKind::Checkin, about: None, filter: "" };
    ritual::run(call, matches, which, &NoCards)
}

/// A ritual without cards.
pub struct NoCards;

impl Reads for NoCards {
    fn letters(&self, _: &Workspace, _: &At<'_>) -> Option<&'static str> {
        None
    }

    fn tell(&self, _: &mut Invocation<'_>, _: &Workspace, _: &At<'_>) -> Result<()> {
        Ok(())
    }

    fn read(&self, _: &Workspace, _: &At<'_>, _: &str) -> Result<Meant> {
        Ok(Meant::Nothing)
    }
}
