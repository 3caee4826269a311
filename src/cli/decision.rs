//! What only decisions have on the command line: their frame, the page for whom they concern, the
//! exceptions, templates and prompts.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use crate::domain::kind::Kind;
use crate::domain::nouns::FUNCTIONS;
use crate::domain::shown::Shown;
use crate::ops::templates::{self, Template};
use crate::ops::{Op, Result, item_json};
use crate::store::lookup::Lookup;

use super::change::{self, Tell};
use super::invocation::{Invocation, meant};
use super::nouns::Own;
use super::output::Role;
use super::words::{self, Alone};
use super::{edit, frame, report, root};

/// Room of refs and names.
const LABEL: usize = 6;
const NAME: usize = 28;

pub const ALL: &[Own] = &[
    Own { name: "frame", command: frame::command, run: frame::run },
    Own { name: "page", command: page_command, run: page },
    Own { name: "announce", command: announce_command, run: announce },
    Own { name: "exceptions", command: exceptions_command, run: exceptions },
    Own { name: "template", command: template_command, run: template },
    Own { name: "prompt", command: prompt_command, run: prompt },
];

fn page_command() -> Command {
    let functions = PossibleValuesParser::new(FUNCTIONS);
    let command = Command::new("page")
        .about("A decision as a page: whole, or for one function in its words")
        .before_help(
            "Examples:\n  prewire decision page d1 --for sales\n  \
             prewire decision page d1 --format html --out d1.html",
        )
        .arg(edit::target())
        .arg(
            Arg::new("for")
                .long("for")
                .value_name("FUNCTION")
                .value_parser(functions)
                .help("Begin with the framing for this function"),
        );
    report::with_form(command)
}

fn page(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let id = meant(&workspace, &root::typed(matches, "target"), &[Kind::Decision])?[0];
    let function = root::flag(matches, "for");
    let page = workspace.decision_page(id, function.as_deref())?;
    report::print(call, matches, &page)
}

fn announce_command() -> Command {
    Command::new("announce")
        .about("The words to send round: what was decided, why, and what it lets go on")
        .before_help("Examples:\n  prewire decision announce d1")
        .arg(edit::target())
}

fn announce(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let id = meant(&workspace, &root::typed(matches, "target"), &[Kind::Decision])?[0];
    let (decided, text) = workspace.announced(id)?;
    if call.output.is_human() {
        return text.lines().try_for_each(|line| call.output.line(line));
    }
    call.output.open("announcement")?;
    call.output.item(&json!({
        "ref": decided.reference.to_string(), "title": decided.title(), "text": text,
    }))?;
    call.output.close()
}

fn exceptions_command() -> Command {
    Command::new("exceptions")
        .about("Open decisions that cannot wait: late, not pre-wired, old, untouched")
        .before_help(
            "Examples:\n  prewire decision exceptions\n  prewire decision exceptions @maya",
        )
        .arg(root::words("FILTER", "Which of the open decisions"))
}

fn exceptions(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let words = root::typed(matches, "words");
    let filter = words::line(&words, Kind::Decision, &call.calendar()?, Alone::Value);
    let mut workspace = call.workspace()?;
    let all = workspace.exceptions_first(&filter)?;
    let (found, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, why)| !why.is_empty());
    if !call.output.is_human() {
        call.output.open("exception")?;
        let ids: Vec<_> = found.iter().map(|(brief, _)| brief.id).collect();
        let items = workspace.store().items(&ids)?;
        let names = workspace.store().names_for(&items)?;
        for (item, (_, why)) in items.iter().zip(&found) {
            let mut json = item_json::item(item, &names);
            let words: Vec<String> = why.iter().map(|found| found.words()).collect();
            json["exceptions"] = json!(words);
            call.output.item(&json)?;
        }
        return call.output.close();
    }
    for (brief, why) in &found {
        let words: Vec<String> = why.iter().map(|found| found.words()).collect();
        call.output.pieces(&[
            (Role::Header, Shown::line(&brief.reference.to_string()).pad_right(LABEL)),
            (Role::Plain, Shown::line(&format!("{}  ", brief.title))),
            (Role::Late, Shown::line(&words.join("; "))),
        ])?;
    }
    let several = if found.len() == 1 { "exception" } else { "exceptions" };
    let plural = if rest.len() == 1 { "decision is" } else { "decisions are" };
    call.output.say(&format!(
        "{} {several}; {} other open {plural} healthy",
        found.len(),
        rest.len()
    ));
    Ok(())
}

fn template_command() -> Command {
    let command = Command::new("template")
        .about("List templates, show one, or attach its headings to a decision")
        .before_help(
            "Examples:\n  prewire decision template list\n  prewire decision template prd-market-section\n  \
             prewire decision template launch-tier d1",
        )
        .arg(Arg::new("name").value_name("list|NAME").required(true).help("Which template"))
        .arg(Arg::new("target").value_name("REF").help("The decision that gets its headings"));
    root::changing(command)
}

fn template(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let name = root::flag(matches, "name").unwrap_or_default();
    let target = root::typed(matches, "target");
    let own = templates::own(call.settings()?.own.as_deref());
    if name == "list" {
        let all = Template::all(&own);
        for fault in all.iter().filter_map(|found| found.passed_over.as_ref()) {
            call.output.say(&fault.to_string());
        }
        let told = all.iter().map(|found| (found.name.as_str(), found.about.as_str()));
        return listed(call, "template", told);
    }
    let template = Template::named(&name, &own)?;
    if let Some(fault) = &template.passed_over {
        call.output.say(&format!("{fault}; the shipped one is used"));
    }
    if target.is_empty() {
        call.output.pieces(&[(Role::Header, Shown::line(&template.title))])?;
        call.output.line(&template.about)?;
        for (heading, text) in &template.sections {
            call.output.line("")?;
            call.output.pieces(&[(Role::Header, Shown::line(heading))])?;
            call.output.line(text)?;
        }
        return Ok(());
    }
    let mut workspace = call.to_change_or_look()?;
    let owner = meant(&workspace, &target, &[Kind::Decision])?[0];
    let op = Op::Parts { owner, steps: template.steps() };
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}

fn prompt_command() -> Command {
    Command::new("prompt")
        .about("A prompt to be copied, filled from the decision; nothing is sent anywhere")
        .before_help(
            "Examples:\n  prewire decision prompt list\n  prewire decision prompt objections d1",
        )
        .arg(Arg::new("name").value_name("list|NAME").required(true).help("Which prompt"))
        .arg(Arg::new("target").value_name("REF").help("The decision that it is about"))
}

fn prompt(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let name = root::flag(matches, "name").unwrap_or_default();
    if name == "list" {
        return listed(call, "prompt", templates::prompts());
    }
    let target = root::typed(matches, "target");
    if target.is_empty() {
        return Err(super::misuse(
            "say which prompt, and of which decision: prewire decision prompt objections d1; \
             prewire decision prompt list names them",
        ));
    }
    let workspace = call.workspace()?;
    let id = meant(&workspace, &target, &[Kind::Decision])?[0];
    let records = workspace.records(&[id])?;
    for record in &records {
        for line in templates::prompt(&name, record)?.lines() {
            call.output.line(line)?;
        }
    }
    Ok(())
}

fn listed<'a>(
    call: &mut Invocation<'_>,
    kind: &str,
    all: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<()> {
    let human = call.output.is_human();
    if !human {
        call.output.open(kind)?;
    }
    for (name, about) in all {
        if human {
            let name = Shown::line(name).pad_right(NAME);
            call.output.pieces(&[(Role::Header, name), (Role::Plain, Shown::line(about))])?;
        } else {
            call.output.item(&json!({ "ref": name, "title": about }))?;
        }
    }
    if human { Ok(()) } else { call.output.close() }
}
