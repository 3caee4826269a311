//! `decision frame`: the fields that a choice is made from, as flags; and the words in which the
//! parts of an item are told.

use clap::{Arg, ArgMatches, Command};

use crate::domain::field::{Field, Names};
use crate::domain::kind::Kind;
use crate::domain::part::Part;
use crate::domain::refusal::Refusal;
use crate::ops::{Op, Result};

use super::change::{self, Tell};
use super::invocation::{Invocation, meant};
use super::{edit, fields, given, root, unchanged};

/// The fields of a frame, in the order in which they are told.
const FIELDS: [&str; 12] = [
    "happening",
    "matters",
    "now",
    "risk",
    "recommendation",
    "signal",
    "signal_metric",
    "reads_on",
    "probability",
    "default_text",
    "default_on",
    "default_option",
];

fn described() -> impl Iterator<Item = &'static Field> {
    FIELDS.into_iter().map(|name| Kind::Decision.noun().field(name))
}

/// `prewire decision frame`.
#[must_use]
pub fn command() -> Command {
    let command = Command::new("frame")
        .about("Say what a choice is made from; the options are its fifth part")
        .before_help(
            "Examples:\n  prewire decision frame d1 --happening '…' --matters '…' --now '…' --risk '…'\n  \
             prewire decision option d1 add 'Tier 2, sales-led' --gains '…' --gives-up '…' --recommend\n  \
             prewire decision frame d1 - < frame.json",
        )
        .arg(edit::target())
        .arg(
            Arg::new("from")
                .value_name("-")
                .value_parser(["-"])
                .help("Reads a JSON object from standard input: the fields and the options"),
        );
    root::changing(command.args(described().map(fields::flag)))
}

/// Carries out `decision frame`.
///
/// # Errors
/// What the edit refuses.
pub fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let items = meant(&workspace, &root::typed(matches, "target"), &[Kind::Decision])?;
    let calendar = workspace.calendar();
    let mut changes = fields::of(matches, described(), &calendar)?;
    if root::flag(matches, "from").is_some() {
        let said = unchanged::differing(given::one()?, &workspace.told(&items)?);
        let (given, steps) = given::of_item(&said, Kind::Decision, &calendar)?;
        changes.extend(given);
        return edit::whole(call, &mut workspace, &items, changes, steps);
    }
    if changes.is_empty() {
        return Err(Refusal::usage("nothing is said about the frame")
            .hint("name a part of it: --happening, --matters, --now, --risk")
            .into());
    }
    change::carry_out(call, &mut workspace, &Op::Edit { items, changes }, Tell::Changed)
}

/// What a part says first.
#[must_use]
pub fn words_of(part: &Part, names: &impl Names) -> String {
    let main = part.kind.noun().field(part.kind.noun().main);
    main.typed(part.get(main.name), names)
}
