//! `review`: the reviews of the week, the month and the quarter; a line an answer, from a terminal or
//! from standard input. `--no-input` prints what each section is filled with.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};

use crate::domain::ritual::RitualKind;
use crate::ops::Result;

use super::families::Family;
use super::invocation::Invocation;
use super::ritual::{self, Which};
use super::standup::Cards;
use super::{report, root};

pub const FAMILY: Family = Family { name: "review", command, run };

fn command() -> Command {
    let which = PossibleValuesParser::new(RitualKind::REVIEWS.map(RitualKind::slug));
    let command = Command::new("review")
        .about("The reviews: Monday into a plan of twelve lines, midweek, Friday, the month, the start of a quarter")
        .before_help(
            "Examples:\n  prewire review monday\n  prewire review friday --no-input         # what would be asked\n  \
             printf '1\\n\\n\\n\\n\\n2\\n\\nf\\n\\n\\n' | prewire review monday\n  \
             prewire review friday --format html --out week.html\n  \
             prewire review month --format html --out month.html\n  prewire review quarter",
        )
        .after_help(
            "Lines: an empty one keeps what stands there and goes on. Of lines, a line adds one and X 2 drops \
             one; of a choice, 2 chooses a line or takes it back; of blocks, f fills the week, 2 L moves one, \
             2 s says its band. An off-track figure holds the month until it is explained, explain m4 what the \
             data means / what changes in the market / which decision follows / messaging, or waived, waive m4 \
             why; of the cards of a quarter, a letter with its words is the verdict and an empty line \
             carries it on. skip leaves a section, u takes the last answer back, q stops; it goes on \
             where it was left.",
        )
        .arg(Arg::new("which").value_name("REVIEW").required(true).value_parser(which));
    report::with_form(command)
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let named = root::flag(matches, "which").as_deref().and_then(RitualKind::parse);
    let kind = named.unwrap_or(RitualKind::Monday);
    if ritual::is_silent(call) {
        return ritual::show(call, kind);
    }
    ritual::run(call, matches, Which { kind, about: None, filter: "" }, &Cards)
}
