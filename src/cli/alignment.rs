//! `alignment`: the stage of the company and the side of each marketer with the metrics that suit,
//! the areas that outcomes cover, the pulse of stakeholders, what is done together with others, and
//! the metrics whose review is due.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};

use crate::domain::ritual::alignment::CompanyStage;
use crate::ops::alignment::STAGE;
use crate::ops::{Op, Result};

use super::change::{self, Tell};
use super::families::Family;
use super::invocation::Invocation;
use super::root;

pub const FAMILY: Family = Family { name: "alignment", command, run };

/// What takes the stage away.
const NONE: &str = "none";

fn command() -> Command {
    let stages = CompanyStage::ALL.iter().map(|stage| stage.slug()).chain([NONE]);
    let stage = Arg::new("to")
        .value_name("STAGE")
        .required(true)
        .value_parser(PossibleValuesParser::new(stages))
        .help("How far the company has come");
    Command::new("alignment")
        .about("Stage, sides, areas, stakeholders, joint work, and metrics to be looked at")
        .before_help(
            "Examples:\n  prewire alignment\n  prewire alignment stage growth\n  \
             prewire outcome edit o1 +revenue +joint",
        )
        .subcommand(root::changing(
            Command::new("stage").about("Say how far the company has come").arg(stage),
        ))
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    if let Some(("stage", own)) = matches.subcommand() {
        let value = root::flag(own, "to").filter(|stage| stage != NONE);
        let mut workspace = call.to_change_or_look()?;
        let op = Op::Set { name: STAGE.to_owned(), value };
        return change::carry_out(call, &mut workspace, &op, Tell::Changed);
    }
    let reports = call.workspace()?.alignment()?;
    if !call.output.is_human() {
        call.output.open("alignment")?;
        for row in reports.iter().flat_map(|report| &report.rows) {
            call.output.item(&row.json())?;
        }
        return call.output.close();
    }
    for (at, report) in reports.iter().enumerate() {
        if at > 0 {
            call.output.line("")?;
        }
        call.output.line(&report.title)?;
        for line in report.lines().iter().filter(|line| !line.is_empty()) {
            call.output.line(&format!("   {line}"))?;
        }
    }
    Ok(())
}
