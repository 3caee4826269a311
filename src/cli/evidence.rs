//! What only evidence, claims, objections and messages have on the command line: reports over many
//! of them, in words or as values.

use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::message::swap::Answer;
use crate::domain::refusal::Refusal;
use crate::ops::evidence::Report;
use crate::ops::evidence::limits::Term;
use crate::ops::{Op, Result, Workspace};

use super::change::{self, Tell};
use super::invocation::{Invocation, meant};
use super::nouns::Own;
use super::root;

pub const CLAIM: &[Own] = &[Own { name: "balance", command: balance_command, run: balance }];
pub const EVIDENCE: &[Own] = &[
    Own {
        name: "matrix",
        command: || plain("matrix", "Evidence by segment and stage, empty cells too", "evidence"),
        run: |call, _| told(call, Workspace::matrix_report),
    },
    Own {
        name: "cadence",
        command: || plain("cadence", "Calls and interviews by week, with the gap", "evidence"),
        run: |call, _| told(call, |workspace| workspace.cadence_report()),
    },
    Own {
        name: "stalls",
        command: || plain("stalls", "Where deals stall and are lost, by segment", "evidence"),
        run: |call, _| told(call, |workspace| workspace.stall_report()),
    },
    Own {
        name: "accounts",
        command: || {
            plain("accounts", "Accounts, with what is known from each and its deals", "evidence")
        },
        run: |call, _| told(call, |workspace| workspace.account_report()),
    },
    Own { name: "terms", command: terms_command, run: terms },
];
pub const OBJECTION: &[Own] = &[Own {
    name: "report",
    command: || {
        plain("report", "How often objections come back, and what has no answer", "objection")
    },
    run: |call, _| told(call, Workspace::objection_report),
}];
pub const SEGMENT: &[Own] = &[Own {
    name: "check",
    command: || plain("check", "What every segment lacks", "segment"),
    run: |call, _| told(call, Workspace::segment_report),
}];

pub const MESSAGE: &[Own] = &[
    Own {
        name: "house",
        command: || plain("house", "The message house, and what it lacks", "message"),
        run: |call, _| told(call, Workspace::house_report),
    },
    Own {
        name: "adoption",
        command: || plain("adoption", "How far messages are said in calls, by stage", "message"),
        run: |call, _| told(call, Workspace::adoption_report),
    },
];
pub const MOMENT: &[Own] = &[Own {
    name: "gaps",
    command: || plain("gaps", "Stages where deals slip away and no moment is described", "moment"),
    run: |call, _| told(call, Workspace::moment_report),
}];
pub const POSITIONING: &[Own] = &[
    Own { name: "test", command: test_command, run: test },
    Own {
        name: "drift",
        command: || {
            plain("drift", "What surfaces say, the worst first", "positioning").arg(version())
        },
        run: |call, matches| {
            let mut workspace = call.workspace()?;
            let item = meant_version(&mut workspace, matches)?;
            let report = workspace.drift_report(&item)?;
            tell(call, &report)
        },
    },
];

/// Which version; the one in force, unless it is said.
fn version() -> Arg {
    Arg::new("version").value_name("POSITIONING").help("Which; the one in force")
}

fn meant_version(workspace: &mut Workspace, matches: &ArgMatches) -> Result<Item> {
    let none =
        || Refusal::missing("there is no positioning yet").hint("prewire positioning add '…'");
    match root::flag(matches, "version") {
        Some(name) => {
            let id = meant(workspace, &[name], &[Kind::Positioning])?[0];
            Ok(workspace.store().item(id)?.ok_or_else(none)?)
        }
        None => Ok(workspace.positioning()?.ok_or_else(none)?),
    }
}

fn test_command() -> Command {
    root::changing(
        Command::new("test")
            .about("The swap test: each line with each rival's name, and whether it still works")
            .before_help(
                "Examples:\n  prewire positioning test pos1\n  \
                 prewire positioning test pos1 1=n 2=y",
            )
            .arg(version())
            .arg(
                Arg::new("answers")
                    .value_name("LINE=y|n")
                    .num_args(0..)
                    .help("y: it still works, so it is filler; n: it is ours alone"),
            ),
    )
}

fn test(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let answers: Vec<(usize, Answer)> =
        root::typed(matches, "answers").iter().map(|text| answer(text)).collect::<Result<_>>()?;
    if answers.is_empty() {
        let mut workspace = call.workspace()?;
        let item = meant_version(&mut workspace, matches)?;
        let report = workspace.swap_report(&item)?;
        return tell(call, &report);
    }
    let mut workspace = call.to_change_or_look()?;
    let item = meant_version(&mut workspace, matches)?;
    let steps = workspace.swap_steps(&item, &answers)?;
    change::carry_out(call, &mut workspace, &Op::Parts { owner: item.id, steps }, Tell::Changed)
}

fn answer(text: &str) -> Result<(usize, Answer)> {
    let wrong = || Refusal::usage(format!("“{text}” is no answer; say 1=y or 1=n"));
    let (number, said) = text.split_once('=').ok_or_else(wrong)?;
    let number = number.trim().parse().map_err(|_| wrong())?;
    Ok((number, Answer::parse(said.trim()).ok_or_else(wrong)?))
}

/// Makes a report and tells it.
fn told(
    call: &mut Invocation<'_>,
    report: impl FnOnce(&mut Workspace) -> Result<Report>,
) -> Result<()> {
    let mut workspace = call.workspace()?;
    let report = report(&mut workspace)?;
    tell(call, &report)
}

/// A report that takes no words.
fn plain(name: &'static str, about: &'static str, noun: &str) -> Command {
    Command::new(name)
        .about(about)
        .before_help(format!("Examples:\n  prewire {noun} {name}\n  prewire {noun} {name} --json"))
}

fn balance_command() -> Command {
    plain("balance", "What stands for and against claims, with the flags", "claim").arg(
        Arg::new("refs").value_name("CLAIM").num_args(0..).help("Which; all that are not retired"),
    )
}

fn balance(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.workspace()?;
    let ids = meant(&workspace, &root::typed(matches, "refs"), &[Kind::Claim])?;
    let report = workspace.claim_report(&ids)?;
    tell(call, &report)
}

fn terms_command() -> Command {
    let command = Command::new("terms")
        .about("What evidence is held against: calls a week, when a claim is flagged, how long a review and a touch hold")
        .before_help(
            "Examples:\n  prewire evidence terms\n  prewire evidence terms --calls 5 --accounts 4\n  \
             prewire evidence terms --old default",
        );
    let flag =
        |term: Term| Arg::new(term.slug()).long(term.slug()).value_name("NUMBER").help(term.help());
    root::changing(Term::ALL.into_iter().fold(command, |command, term| command.arg(flag(term))))
}

fn terms(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let said =
        Term::ALL.into_iter().filter_map(|term| Some((term, root::flag(matches, term.slug())?)));
    let given =
        said.map(|(term, text)| term.set(&text)).collect::<std::result::Result<Vec<_>, _>>()?;
    if !given.is_empty() {
        let opened = call.to_change_or_look();
        let mut workspace = call.begun(opened)?;
        return change::carry_out(call, &mut workspace, &Op::SetAll(given), Tell::Changed);
    }
    let workspace = call.workspace()?;
    let is_human = call.output.is_human();
    if !is_human {
        call.output.open("terms")?;
    }
    for term in Term::ALL {
        let number = workspace.term(term)?;
        if is_human {
            call.output.line(&format!("{:<14}  {number:>4}  {}", term.slug(), term.help()))?;
        } else {
            let told = json!({ "ref": term.slug(), "title": term.help(), "number": number });
            call.output.item(&told)?;
        }
    }
    if is_human { Ok(()) } else { call.output.close() }
}

/// The report as it was asked for.
fn tell(call: &mut Invocation<'_>, report: &Report) -> Result<()> {
    if !call.output.is_human() {
        call.output.open(report.kind)?;
        for row in report.rows.iter().chain(&report.also) {
            call.output.item(&row.json())?;
        }
        return call.output.close();
    }
    for line in report.lines() {
        call.output.line(&line)?;
    }
    Ok(())
}
