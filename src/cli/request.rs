//! What only requests have on the command line: their triage card with its verdicts, and the intake
//! policy.

use std::path::Path;

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::domain::day::{self, Lean};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::shown::Shown;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::domain::week::policy::Policy;
use crate::ops::triage::policy::INTAKE;
use crate::ops::{Error, Op, Result, Workspace};

use super::change::{self, Tell};
use super::invocation::{Invocation, meant};
use super::nouns::Own;
use super::output::Role;
use super::{edit, given, misuse, request_log, root};

/// Room of the labels.
const LABEL: usize = 11;
/// The flags that are a verdict.
const VERDICTS: [(&str, Verb); 5] = [
    ("accept", Verb::Accept),
    ("trade", Verb::Trade),
    ("no", Verb::Decline),
    ("defer", Verb::Defer),
    ("self-serve", Verb::SelfServe),
];

pub const ALL: &[Own] = &[
    Own { name: "triage", command: triage_command, run: triage },
    Own { name: "policy", command: policy_command, run: policy },
    Own { name: "log", command: log_command, run: log },
];

fn triage_command() -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let flag = Arg::new("accept").long("accept").action(ArgAction::SetTrue).help("Take it on");
    let trade = text("trade", "REFS", "Offer it if these move; without refs, what is proposed")
        .num_args(0..=1)
        .default_missing_value("");
    let command = Command::new("triage")
        .about("The card of a request: what it serves, costs and displaces; or its verdict")
        .before_help(
            "Examples:\n  prewire request triage r4\n  prewire request triage r4 --accept --displace a3 \
             --decision 'Which tier?' --signal 'Two deals move on'\n  prewire request triage r4 --trade a3\n  \
             prewire request triage r4 --no 'serves no outcome'\n  prewire request triage r4 --defer 'next mon'",
        )
        .arg(edit::target())
        .args([
            flag,
            text("displace", "REFS", "With --accept: what gives way, such as a3,a7"),
            text("decision", "TEXT", "With --accept: which decision it improves"),
            text("signal", "TEXT", "With --accept: what signal would prove it"),
            trade,
            text("no", "REASON", "Decline it, by an outcome or an intake rule"),
            text("defer", "DATE", "Put it off to a day"),
            text("self-serve", "TEXT", "Point at what is ready"),
        ])
        .group(ArgGroup::new("verdict").args(VERDICTS.map(|(name, _)| name)))
        .arg(Arg::new("given").value_name("-").value_parser(["-"]).help(
            "Reads the verdict as JSON from standard input: {\"trade\": \"a3\"}, {\"accept\": true, …}",
        ));
    root::changing(command)
}

fn triage(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    if matches.contains_id("given") {
        return triage_given(call, matches);
    }
    let said = |name: &str| match name {
        "accept" => matches.get_flag("accept"),
        name => matches.contains_id(name),
    };
    let verdict = VERDICTS.into_iter().find(|(name, _)| said(name));
    let typed = root::typed(matches, "target");
    let Some((name, verb)) = verdict else {
        let stray = ["displace", "decision", "signal"].into_iter().find(|name| said(name));
        if let Some(stray) = stray {
            return Err(misuse(format!("--{stray} goes with --accept")));
        }
        let workspace = call.workspace()?;
        let ids = meant(&workspace, &typed, &[Kind::Request])?;
        return cards(call, &workspace, &ids);
    };
    let mut workspace = call.to_change_or_look()?;
    let items = meant(&workspace, &typed, &[Kind::Request])?;
    let answer = answer(call, &workspace, (name, verb), matches)?;
    let op = Op::Verb { items, verb, answer };
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}

/// A verdict as JSON: the flags by their names.
fn triage_given(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut words = vec!["triage".to_owned(), root::typed(matches, "target").join(" ")];
    for (name, value) in given::one()? {
        let flag = name.replace('_', "-");
        match value {
            Json::Null | Json::Bool(false) => {}
            Json::Bool(true) => words.push(format!("--{flag}")),
            Json::String(text) => words.push(format!("--{flag}={text}")),
            Json::Array(all) => {
                let refs: Vec<&str> = all.iter().filter_map(Json::as_str).collect();
                words.push(format!("--{flag}={}", refs.join(",")));
            }
            other => {
                let what = format!("“{name}” takes a text or a list of refs, not {other}");
                return Err(Refusal::input(what).into());
            }
        }
    }
    let read = triage_command().try_get_matches_from(words).map_err(|error| {
        let what = error.to_string();
        let first = what.lines().next().unwrap_or_default().trim_start_matches("error: ");
        Refusal::input(format!("the JSON on standard input: {first}"))
            .hint("it takes the flags by their names: {\"accept\": true, \"displace\": [\"a3\"]}")
    })?;
    triage(call, &read)
}

/// What a verdict was said with; what it still asks is asked where a person can be asked.
fn answer(
    call: &mut Invocation<'_>,
    workspace: &Workspace,
    (name, verb): (&str, Verb),
    matches: &ArgMatches,
) -> Result<Answer> {
    let mut answer = Answer::default();
    let refs = match verb {
        Verb::Accept => root::flag(matches, "displace"),
        Verb::Trade => root::flag(matches, "trade"),
        _ => None,
    };
    if let Some(refs) = refs.filter(|refs| !refs.trim().is_empty()) {
        let kinds = crate::domain::parts::displacement::MOVABLE;
        answer.more.push(("displace", Value::Items(meant(workspace, &[refs], kinds)?)));
    }
    match verb {
        Verb::Accept => {
            answer.line = root::flag(matches, "decision");
            if let Some(signal) = root::flag(matches, "signal") {
                answer.more.push(("signal", Value::Text(signal)));
            }
        }
        Verb::Trade => {}
        Verb::Defer => {
            let typed = root::flag(matches, name).unwrap_or_default();
            let day = day::parse(&typed, &call.calendar()?, Lean::Future)
                .map_err(|error| Refusal::input(format!("--defer: {error}")))?;
            answer.day = Some(day);
        }
        _ => answer.line = root::flag(matches, name),
    }
    Ok(answer)
}

fn cards(call: &mut Invocation<'_>, workspace: &Workspace, ids: &[ItemId]) -> Result<()> {
    let today = workspace.clock().today();
    let requests = workspace.store().items(ids)?;
    if !call.output.is_human() {
        call.output.open("triage")?;
        for request in &requests {
            call.output.item(&workspace.triage(request)?.json(request))?;
        }
        return call.output.close();
    }
    for request in &requests {
        let triage = workspace.triage(request)?;
        let head = format!("{}  {} · {}", request.reference, request.title(), request.state().slug);
        call.output.pieces(&[(Role::Header, Shown::line(&head))])?;
        for (label, text) in triage.lines(today) {
            call.output.pieces(&[
                (Role::Header, Shown::line(label).pad_right(LABEL)),
                (Role::Plain, Shown::line(&text)),
            ])?;
        }
        call.output.line("")?;
        for line in triage.reply.lines() {
            call.output.line(line)?;
        }
    }
    Ok(())
}

fn log_command() -> Command {
    Command::new("log")
        .about("What was declined and traded, yes and no by month, and who asks how much")
        .before_help("Examples:\n  prewire request log\n  prewire request log --json")
}

fn log(call: &mut Invocation<'_>, _matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    request_log::print(call, &workspace)
}

fn policy_command() -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let command = Command::new("policy")
        .about("Show the intake policy, or set its rules")
        .before_help(
            "Examples:\n  prewire request policy\n  prewire request policy --channels 'form, desk' --largest 4h\n  \
             prewire request policy --self-serve 'deck under 3h -> Sales library'",
        )
        .args([
            text("channels", "NAMES", "By which ways requests come in: form, desk"),
            text("largest", "TIME", "The largest request that is taken as one"),
            text("budget", "SHARE", "What requests get of the week, such as 20%"),
            text("reply", "DAYS", "Working days in which a request is answered"),
            text("self-serve", "RULE", "What people help themselves to; none takes the list away")
                .action(ArgAction::Append),
            text("file", "FILE", "The whole policy, a rule a line"),
        ]);
    root::changing(command)
}

fn policy(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let names = ["channels", "largest", "budget", "reply", "self-serve", "file"];
    if !names.iter().any(|name| matches.contains_id(name)) {
        let policy = call.workspace()?.policy()?;
        return show_policy(call, &policy);
    }
    let opened = call.to_change_or_look();
    let mut workspace = call.begun(opened)?;
    let mut policy = match root::flag(matches, "file") {
        Some(file) => {
            let text = match file.as_str() {
                "-" => super::add::standard_input()?,
                file => std::fs::read_to_string(file)
                    .map_err(|error| Error::unreadable(Path::new(file), &error))?,
            };
            Policy::read(&text)?
        }
        None => workspace.policy()?,
    };
    if matches.contains_id("self-serve") {
        policy.ready.clear();
    }
    for name in &names[..5] {
        for value in root::typed(matches, name).iter().filter(|value| value.as_str() != "none") {
            policy.rule(name, value).map_err(Refusal::input)?;
        }
    }
    let op = Op::Set { name: INTAKE.to_owned(), value: Some(policy.written()) };
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}

fn show_policy(call: &mut Invocation<'_>, policy: &Policy) -> Result<()> {
    if call.output.is_human() {
        for (number, (name, value)) in (1..).zip(policy.rules()) {
            call.output.line(&format!("{number}  {name}: {value}"))?;
        }
        return Ok(());
    }
    call.output.open("policy")?;
    for (number, (name, value)) in (1..).zip(policy.rules()) {
        call.output.item(&json!({ "ref": number.to_string(), "title": name, "rule": value }))?;
    }
    call.output.close()
}
