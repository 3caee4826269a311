//! `report`: pages for people who are not at the workspace: the week, the month, one sheet for those
//! who lead, the pack of a meeting, how the decisions go. To standard output, or to a file that appears whole or not at all.

use std::io::Write as _;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use serde_json::{Value as Json, json};

use crate::domain::decision::figures::Share;
use crate::domain::kind::Kind;
use crate::domain::report::ReportKind;
use crate::exchange::output::Existing;
use crate::exchange::page::{Form, Page};
use crate::ops::decisions::Figures;
use crate::ops::report::reached;
use crate::ops::transfer::{self, Accounts};
use crate::ops::{Op, Result, Workspace};
use crate::store::decisions::Counted;

use super::export::accounts;
use super::families::Family;
use super::invocation::Invocation;
use super::output::Format;
use super::words::{self, Alone};
use super::{misuse, root};

pub const FAMILY: Family = Family { name: "report", command, run };

fn command() -> Command {
    let which = PossibleValuesParser::new(["week", "month", "exec", "pack", "decisions", "trades"]);
    let command = Command::new("report")
        .about("Pages for others: the week, the month, one sheet for those who lead, a meeting pack, how the decisions go, what requests came to")
        .before_help(
            "Examples:\n  prewire report exec --format html --out exec.html\n  prewire report month 2026-03\n  \
             prewire report week --format txt --to raj,dana\n  prewire report pack 'forum:\"GTM weekly\"'\n  \
             prewire report decisions\n  prewire report trades --format md",
        )
        .after_help(
            "A template of your own, reports/week.md, month.md or exec.md beside the configuration, goes \
             before the shipped one; what it can name is what --json prints. A mistake in it is told with \
             its line, and the shipped one is used.",
        )
        .arg(
            Arg::new("which")
                .value_name("week|month|exec|pack|decisions|trades")
                .required(true)
                .value_parser(which),
        )
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("NAMES")
                .action(ArgAction::Append)
                .help("Log to whom it goes: raj,dana; for week, month and exec"),
        )
        .arg(root::words(
            "FILTER",
            "For pack: which open decisions; a week or a month that is over: 2026-W12, 2026-03",
        ));
    let command = command.arg(
        Arg::new("mask-accounts")
            .long("mask-accounts")
            .visible_alias("mask")
            .action(ArgAction::SetTrue)
            .help("Customers as Account 1, Account 2 …, in every text"),
    );
    with_form(command)
}

/// The flags that say how a page is written, and where to.
#[must_use]
pub fn with_form(command: Command) -> Command {
    let forms = PossibleValuesParser::new(Form::NAMES);
    command
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("md|html|txt")
                .value_parser(forms)
                .help("Markdown, one HTML page that needs nothing else, or plain words"),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .short('o')
                .value_name("FILE")
                .value_hint(ValueHint::FilePath)
                .help("Where to; - or nothing is standard output"),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help("Replace the file when it is there already"),
        )
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let words = root::typed(matches, "words");
    let filter = words::line(&words, Kind::Decision, &call.calendar()?, Alone::Value);
    let kind = root::flag(matches, "which").as_deref().and_then(ReportKind::parse);
    let to = matches.get_many::<String>("to");
    let to = to.map(|names| names.cloned().collect::<Vec<String>>().join(","));
    if to.is_some() && kind.is_none() {
        return Err(misuse("--to is for week, month and exec"));
    }
    let mut workspace = call.workspace()?;
    if root::flag(matches, "which").as_deref() == Some("pack") {
        let page = workspace.meeting_pack(&filter)?;
        return print(call, matches, &masked(&workspace, matches, page)?);
    }
    let last = match (kind, words.as_slice()) {
        (Some(kind), [named]) => kind.last_day(named, call.clock.today())?,
        (_, []) => None,
        _ => return Err(misuse("this report is about all of them and takes no filter")),
    };
    if let Some(kind) = kind {
        let people = to.as_deref().map(reached::names).unwrap_or_default();
        if to.is_some() {
            let what = kind.sent(last.unwrap_or_else(|| call.clock.today()));
            let op = Op::Reach { people: people.clone(), what };
            let mut writable = call.to_change()?;
            let done = writable.run(&op)?;
            call.output.say(&done.label);
            done.notices.iter().for_each(|notice| call.output.say(notice));
            workspace = writable;
        }
        if !call.output.is_human() && root::flag(matches, "out").is_none() {
            let facts = workspace.facts_on(kind, &people, last)?;
            call.output.open("report")?;
            let mut told = serde_json::to_value(&facts).unwrap_or_default();
            days_of_machines(&mut told);
            workspace.masks(accounts(matches))?.told(&mut told);
            call.output.item(&told)?;
            return call.output.close();
        }
        let page = workspace.report_on(kind, &people, last)?;
        return print(call, matches, &masked(&workspace, matches, page)?);
    }
    if root::flag(matches, "which").as_deref() == Some("trades") {
        if !call.output.is_human() && root::flag(matches, "out").is_none() {
            let masks = workspace.masks(accounts(matches))?;
            return super::request_log::told(call, &workspace, &masks);
        }
        let page = workspace.trades_page()?;
        return print(call, matches, &masked(&workspace, matches, page)?);
    }
    if !call.output.is_human() && root::flag(matches, "out").is_none() {
        return for_machines(call, &mut workspace, accounts(matches));
    }
    let page = workspace.decision_report()?;
    print(call, matches, &masked(&workspace, matches, page)?)
}

/// The page as the call wants it told: with the names of accounts, or without.
fn masked(workspace: &Workspace, matches: &ArgMatches, page: Page) -> Result<Page> {
    Ok(workspace.masks(accounts(matches))?.page(page))
}

/// Writes a page as the call wants it.
///
/// # Errors
/// When it cannot be written.
pub fn print(call: &mut Invocation<'_>, matches: &ArgMatches, page: &Page) -> Result<()> {
    if let Some(said) = &page.said {
        call.output.say(said);
    }
    let form = root::flag(matches, "format").as_deref().and_then(Form::named).unwrap_or_default();
    let is_named = root::flag(matches, "out").is_some_and(|place| place != "-");
    if !is_named && matches!(call.output.format(), Format::Json | Format::JsonLines) {
        let mut text = Vec::new();
        page.write(form, &mut text)?;
        let text = String::from_utf8_lossy(&text).into_owned();
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let title = first.trim_start_matches(['#', ' ']).to_owned();
        call.output.open("page")?;
        call.output.item(&json!({ "ref": title, "title": title, "text": text }))?;
        return call.output.close();
    }
    to(call, matches, |out| page.write(form, out).map_err(Into::into))?;
    Ok(())
}

/// Writes to the file that a call names, or to standard output.
///
/// # Errors
/// When it cannot be written.
pub fn to(
    call: &mut Invocation<'_>,
    matches: &ArgMatches,
    body: impl FnOnce(&mut dyn std::io::Write) -> Result<()>,
) -> Result<()> {
    let place = root::flag(matches, "out").filter(|place| place != "-");
    let Some(place) = place.map(PathBuf::from) else {
        call.output.finish()?;
        let mut out = std::io::BufWriter::new(std::io::stdout());
        body(&mut out)?;
        return out.flush().map_err(Into::into);
    };
    let existing = if matches.get_flag("force") { Existing::Replace } else { Existing::Keep };
    transfer::to_file(&place, existing, body)?;
    if call.output.is_human() {
        call.output.say(&format!("wrote {}", place.display()));
        return Ok(());
    }
    call.output.open("export")?;
    let file = place.display().to_string();
    call.output.item(&json!({ "title": file, "file": file }))?;
    call.output.close()
}

/// A page says `6 May 2026`, a machine reads `2026-05-06`.
fn days_of_machines(told: &mut Json) {
    match told {
        Json::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                let day = value.as_str().filter(|_| name == "on");
                let day = day.and_then(|day| NaiveDate::parse_from_str(day, "%d %B %Y").ok());
                match day {
                    Some(day) => *value = Json::String(day.to_string()),
                    None => days_of_machines(value),
                }
            }
        }
        Json::Array(all) => all.iter_mut().for_each(days_of_machines),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

fn for_machines(
    call: &mut Invocation<'_>,
    workspace: &mut Workspace,
    accounts: Accounts,
) -> Result<()> {
    let figures = workspace.decision_figures()?;
    let states = workspace.open_by_state()?;
    let mut told = as_json(&figures, &states, &call.clock.today().to_string());
    workspace.masks(accounts)?.told(&mut told);
    call.output.open("report")?;
    call.output.item(&told)?;
    call.output.close()
}

fn as_json(figures: &Figures, states: &[(&'static str, usize)], today: &str) -> Json {
    let share = |share: Share| json!({ "of": share.of, "all": share.all });
    let counted = |all: &[Counted]| -> Json {
        all.iter()
            .map(|counted| (counted.word.clone(), json!(counted.count)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let states: serde_json::Map<String, Json> =
        states.iter().map(|(slug, count)| ((*slug).to_owned(), json!(count))).collect();
    json!({
        "ref": "decisions", "title": "Decisions", "on": today,
        "open": figures.open, "by_state": states, "ages": figures.ages,
        "exceptions": figures.exceptions, "reviews_due": figures.reviews_due,
        "latencies": figures.latencies, "usual_age": figures.usual_age,
        "framed": share(figures.framed), "prewired": share(figures.prewired),
        "durability": share(figures.durability), "reopened": share(figures.reopened),
        "calibration": figures.calibration.map(|(score, n)| json!({ "brier": score, "n": n })),
        "days_from_insight": figures.insight, "without_insight": figures.without_insight,
        "follow_through": share(figures.follow_through),
        "causes": counted(&figures.causes), "pushbacks": counted(&figures.pushbacks),
    })
}
