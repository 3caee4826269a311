//! `maturity`: twelve questions, 0 to 4, laid against what the file shows; all at once, or a line an
//! answer. `--history` tells the earlier ones, `--no-input` the questions.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use crate::domain::refusal::Refusal;
use crate::domain::ritual::run::Verdict;
use crate::domain::ritual::{Asks, RitualKind};
use crate::ops::{Op, Result, Workspace};

use super::checkin::NoCards;
use super::families::Family;
use super::invocation::{Invocation, is_absent};
use super::ritual::{self, Which};
use super::{report, root};

pub const FAMILY: Family = Family { name: "maturity", command, run };

const WHICH: Which<'_> = Which { kind: RitualKind::Maturity, about: None, filter: "" };

fn command() -> Command {
    let command = Command::new("maturity")
        .about("Answer twelve questions about how you work, against what the file shows")
        .before_help(
            "Examples:\n  prewire maturity\n  prewire maturity --no-input              # the questions\n  \
             prewire maturity 3 2 2 1 4 2 3 3 1 2 2 3\n  prewire maturity show                    # the earlier ones",
        )
        .after_help(
            "0 not done, 1 when asked, 2 usually, 3 always and on record, 4 others rely on it. An answer of \
             3 or more that the file does not bear out is named. After the last one an empty line makes \
             the suggested milestone, skip leaves it; with all answers in the call, --accept makes it.",
        )
        .arg(Arg::new("answers").value_name("assess|show|ANSWER").num_args(0..).help("0 to 4, in the order of the questions; assess asks them, show tells the earlier ones"))
        .arg(
            Arg::new("accept")
                .long("accept")
                .action(ArgAction::SetTrue)
                .requires("answers")
                .help("Make the suggested milestone"),
        )
        .arg(
            Arg::new("history")
                .long("history")
                .action(ArgAction::SetTrue)
                .conflicts_with("answers")
                .help("Earlier ones, with band and weakest part"),
        );
    report::with_form(command)
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    if matches.get_flag("history") {
        return history(call);
    }
    let mut answers = root::typed(matches, "answers");
    match answers.first().map(String::as_str) {
        Some("show") if answers.len() == 1 => return history(call),
        Some("assess") => drop(answers.remove(0)),
        _ => {}
    }
    if !answers.is_empty() {
        return answer(call, matches, &answers);
    }
    if ritual::is_silent(call) {
        return ritual::show(call, RitualKind::Maturity);
    }
    ritual::run(call, matches, WHICH, &NoCards)
}

/// All answers of one call are one step.
fn answer(call: &mut Invocation<'_>, matches: &ArgMatches, answers: &[String]) -> Result<()> {
    let opened = call.to_change();
    if is_absent(&opened) {
        // Answers that do not do leave no workspace behind.
        answered(&mut call.nowhere()?, matches, answers)?;
    }
    let mut workspace = call.begun(opened)?;
    answered(&mut workspace, matches, answers)?;
    ritual::finish(call, matches, &mut workspace, WHICH)
}

fn answered(workspace: &mut Workspace, matches: &ArgMatches, answers: &[String]) -> Result<()> {
    let mut sitting = workspace.sit(RitualKind::Maturity, None, "")?;
    if let Some(section) = sitting.run.open_section().filter(|one| one.asks != Asks::Levels) {
        // One whose questions were all answered is over by this.
        let step = sitting.skipping(section);
        workspace.run(&Op::Ritual(Box::new(step)))?;
        sitting = workspace.sit(RitualKind::Maturity, None, "")?;
    }
    let Some(section) = sitting.run.open_section() else { return Ok(()) };
    let open: Vec<_> = section.lines.iter().filter(|line| line.verdict == Verdict::Open).collect();
    if answers.len() != open.len() {
        let what = format!("{} answers for {} questions that are open", answers.len(), open.len());
        return Err(Refusal::input(what).hint("prewire maturity --no-input shows them").into());
    }
    let mut said = Vec::new();
    for (line, answer) in open.into_iter().zip(answers) {
        let level = answer
            .parse::<u8>()
            .map_err(|_| Refusal::input(format!("“{answer}” is no answer; 0 to 4 are")))?;
        said.extend(sitting.levelling(section, line, level)?.said);
    }
    let step = sitting.saying(said, None);
    workspace.run(&Op::Ritual(Box::new(step)))?;
    let sitting = workspace.sit(RitualKind::Maturity, None, "")?;
    if let Some(section) = sitting.run.open_section() {
        let step = if matches.get_flag("accept") {
            sitting.ending(section)
        } else {
            sitting.skipping(section)
        };
        workspace.run(&Op::Ritual(Box::new(step)))?;
    }
    Ok(())
}

fn history(call: &mut Invocation<'_>) -> Result<()> {
    let past = call.workspace()?.assessments()?;
    if call.output.is_human() {
        if past.is_empty() {
            call.output.say("nothing was answered yet; prewire maturity begins");
        }
        for one in past {
            let weakest = one.weakest.as_deref().unwrap_or("none");
            let (on, run) = (one.on.format("%-d %b %Y"), one.run.reference);
            call.output.line(&format!("{run:<4} {on:>11}  {}, weakest {weakest}", one.words))?;
        }
        return Ok(());
    }
    call.output.open("maturity")?;
    for one in past {
        call.output.item(&json!({
            "ref": one.run.reference.to_string(), "on": one.on.to_string(), "words": one.words,
            "sum": one.mean.part, "answers": one.mean.whole, "weakest": one.weakest,
        }))?;
    }
    call.output.close()
}
