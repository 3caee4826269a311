//! What only deals have on the command line: exports of a CRM, and the figures that are counted on
//! them, each with the deals behind it.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use serde_json::{Value as Json, json};

use crate::domain::metric::Period;
use crate::domain::refusal::Refusal;
use crate::domain::shown::Shown;
use crate::ops::Result;
use crate::ops::deal::DealFigure;
use crate::ops::import::DealAnswers;

use super::invocation::Invocation;
use super::nouns::Own;
use super::output::Role;
use super::spool::Given;
use super::{import, misuse, root};

/// Room of names and figures.
const NAME: usize = 34;
const FIGURE: usize = 16;

pub const ALL: &[Own] = &[
    Own { name: "import", command: import_command, run: run_import },
    Own { name: "figures", command: figures_command, run: figures },
];

fn import_command() -> Command {
    let value = |name: &'static str, shape: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(shape).help(help)
    };
    let several = |name: &'static str, shape: &'static str, help: &'static str| {
        value(name, shape, help).action(ArgAction::Append)
    };
    root::changing(
        Command::new("import")
            .about(
                "Bring in deals: exports of HubSpot and Salesforce, their stage histories, a table",
            )
            .before_help(
                "Examples:\n  prewire deal import hubspot-crm-exports-all-deals.csv --dry-run\n  \
                 prewire deal import report.csv --map \"Loss Reason 2=lost_reason\" --dates mdy\n  \
                 prewire deal import deals.csv --currency EUR --won Signed --lost \"No go\"\n  \
                 prewire deal import deals.csv --reason \"Too expensive for us=price\"",
            )
            .arg(
                Arg::new("file")
                    .value_name("FILE")
                    .required(true)
                    .value_hint(ValueHint::FilePath)
                    .help("The export, or - for standard input; what is said of its columns is remembered"),
            )
            .args([
                several("map", "COLUMN=FIELD", "What a column is; COLUMN=- leaves it out"),
                value("encoding", "NAME", "utf-8, utf-16le, utf-16be or windows-1252"),
                value(
                    "dates",
                    "ORDER",
                    "Day or month first in dates such as 05/06/2026: dmy or mdy",
                ),
                value("marks", "MARK", "The mark before the decimals where 1.234 may be either")
                    .value_parser(PossibleValuesParser::new(["point", "comma"])),
                value("currency", "CODE", "The currency of amounts that name none: EUR"),
                several("won", "STAGE", "A stage of yours that means won"),
                several("lost", "STAGE", "A stage of yours that means lost"),
                several("reason", "TEXT=REASON", "What a reason of the file is called here"),
                Arg::new("skip-bad")
                    .long("skip-bad")
                    .action(ArgAction::SetTrue)
                    .help("Leave out rows that cannot be read, instead of refusing the file"),
            ]),
    )
}

fn run_import(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let marks = root::flag(matches, "marks").map(|mark| mark.parse()).transpose();
    let answers = DealAnswers {
        currency: root::flag(matches, "currency"),
        marks: marks.map_err(|_| misuse("--marks takes point or comma".to_owned()))?,
        won: root::typed(matches, "won"),
        lost: root::typed(matches, "lost"),
        reasons: root::typed(matches, "reason")
            .iter()
            .map(|text| reason(text))
            .collect::<Result<_>>()?,
    };
    let given = Given::of(matches)?;
    let request = import::ImportRequest {
        path: given.path.clone(),
        deals: Some(answers),
        ..import::common(matches)?
    };
    import::carry_out(call, request)
}

fn reason(text: &str) -> Result<(String, String)> {
    let read = text.rsplit_once('=').map(|(from, to)| (from.trim(), to.trim()));
    match read.filter(|(from, to)| !from.is_empty() && !to.is_empty()) {
        Some((from, to)) => Ok((from.to_owned(), to.to_owned())),
        None => Err(misuse(format!("--reason takes TEXT=REASON, not “{text}”"))),
    }
}

fn figures_command() -> Command {
    Command::new("figures")
        .about("Win rates with their intervals, cycle, price, rivals, where deals stall, why they are lost")
        .before_help(
            "Examples:\n  prewire deal figures\n  prewire deal figures --period 2026-Q2 --json",
        )
        .arg(Arg::new("period").long("period").value_name("PERIOD").help(
            "2026-Q2, 2026-05, 2026-W19 or a day; else the last quarter in which a deal ended",
        ))
}

fn figures(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let fiscal = workspace.settings().fiscal_start_month;
    let period = match root::flag(matches, "period") {
        None => None,
        Some(key) => Some(Period::parse(&key.to_uppercase(), fiscal).ok_or_else(|| {
            Refusal::usage(format!("“{key}” is not a period"))
                .hint("as 2026-Q2, 2026-05 or 2026-W19")
        })?),
    };
    let told = workspace.deal_figures(period)?;
    if !call.output.is_human() {
        call.output.open("deal_figure")?;
        for one in &told.figures {
            call.output.item(&as_json(one, &told.period))?;
        }
        return call.output.close();
    }
    if workspace.ledger()?.deals.is_empty() {
        call.output.say("no deals yet; prewire deal import FILE");
        return Ok(());
    }
    let running = if told.running { ", running" } else { "" };
    call.output.pieces(&[(Role::Header, Shown::line(&format!("{}{running}", told.period)))])?;
    let mut group = "";
    for one in &told.figures {
        if one.group != group {
            group = one.group;
            call.output.pieces(&[(Role::Header, Shown::fixed(group))])?;
        }
        call.output.pieces(&[
            (Role::Plain, Shown::line(&format!("  {}", one.name)).truncate(NAME).pad_right(NAME)),
            (Role::Plain, Shown::line(&one.text).pad_left(FIGURE)),
            (Role::Muted, Shown::line(&format!("  {}", one.beside()))),
        ])?;
    }
    call.output
        .say("the deals behind a figure: prewire deal list with the filter that --json tells");
    Ok(())
}

fn as_json(one: &DealFigure, period: &str) -> Json {
    json!({
        "ref": format!("{}/{}", one.group, one.name),
        "title": one.name,
        "group": one.group,
        "period": period,
        "figure": one.text,
        "value": one.value,
        "k": one.k,
        "n": one.n,
        "low": one.interval.map(|one| one.low),
        "high": one.interval.map(|one| one.high),
        "note": one.note,
        "filter": one.filter,
    })
}
