//! `metric import`: figures out of a file into the metrics that its names mean.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};

use crate::domain::kind::Kind;
use crate::domain::metric::Cadence;
use crate::domain::refusal::Refusal;
use crate::exchange::read_error::ReadError;
use crate::exchange::series::RateAnswer;
use crate::ops::metric::import::{FigurePlan, FigureRequest, Running, Strange};
use crate::ops::{Error, Result};

use super::change::{self, Tell};
use super::invocation::{Invocation, meant};
use super::spool::Given;
use super::{misuse, root};

pub fn command() -> Command {
    let value = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let set = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
    };
    let file = Arg::new("file")
        .value_name("FILE")
        .required(true)
        .value_hint(ValueHint::FilePath)
        .help("A table, tall, wide or with dates across, or a chart of Amplitude or Mixpanel; - is standard input");
    root::changing(
        Command::new("import")
            .about("Import figures: CSV tall, wide or dates across, Amplitude, Mixpanel")
            .before_help(
                "Examples:\n  prewire metric import figures.csv --dry-run\n  \
                 prewire metric import chart.csv --as m4\n  \
                 prewire metric import export.csv --map \"Signup rate\"=m4 --rates percent",
            )
            .arg(file)
            .args([
                value("as", "METRIC", "Everything in the file is of this metric"),
                value("map", "NAME=METRIC", "The metric that a name of the file means")
                    .action(ArgAction::Append),
                value("rates", "HOW", "What a bare 31.2 of a share is")
                    .value_parser(PossibleValuesParser::new(["percent", "fraction"])),
                value("cadence", "CADENCE", "How often it is read, where the dates cannot tell")
                    .value_parser(PossibleValuesParser::new(Cadence::ALL.map(Cadence::slug))),
                value("dates", "ORDER", "The order of day and month: dmy or mdy"),
                value("marks", "MARK", "The decimal mark: point or comma"),
                value("encoding", "NAME", "The encoding, where it cannot be told"),
                set("running", "Keep the period that is not over"),
                set("skip-bad", "Leave out what cannot be read and what no metric is called"),
            ]),
    )
}

pub fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let only = match root::flag(matches, "as") {
        Some(name) => Some(meant(&workspace, &[name], &[Kind::Metric])?[0]),
        None => None,
    };
    let given = Given::of(matches)?;
    let request = FigureRequest { only, path: given.path.clone(), ..request(matches)? };
    let plan =
        workspace.plan_figures(&request).map_err(|error| super::import::apart(call, error))?;
    tell(call, &plan);
    let op = plan.op();
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}

fn request(matches: &ArgMatches) -> Result<FigureRequest> {
    let mut map = Vec::new();
    for pair in root::typed(matches, "map") {
        let (name, metric) = pair
            .rsplit_once('=')
            .ok_or_else(|| misuse(format!("--map takes NAME=METRIC, not “{pair}”")))?;
        map.push((name.trim().to_owned(), metric.trim().to_owned()));
    }
    Ok(FigureRequest {
        path: PathBuf::new(),
        only: None,
        wanted: None,
        assumed: None,
        map,
        rates: root::flag(matches, "rates").map(|how| match how.as_str() {
            "fraction" => RateAnswer::Fraction,
            _ => RateAnswer::Percent,
        }),
        cadence: root::flag(matches, "cadence").and_then(|slug| Cadence::from_slug(&slug)),
        encoding: read(root::flag(matches, "encoding"))?,
        dates: read(root::flag(matches, "dates"))?,
        marks: read(root::flag(matches, "marks"))?,
        running: if matches.get_flag("running") { Running::Keep } else { Running::LeaveOut },
        strange: if matches.get_flag("skip-bad") { Strange::Skip } else { Strange::Refuse },
        source: "import",
    })
}

fn read<T: std::str::FromStr<Err = ReadError>>(word: Option<String>) -> Result<Option<T>> {
    let read = word.map(|word| word.parse()).transpose();
    read.map_err(|error: ReadError| {
        let refusal = Refusal::usage(error.to_string());
        Error::from(match error.hint() {
            Some(hint) => refusal.hint(hint),
            None => refusal,
        })
    })
}

fn tell(call: &mut Invocation<'_>, plan: &FigurePlan) {
    if !call.output.is_human() {
        return;
    }
    let count = match plan.recordings.len() {
        1 => "1 figure".to_owned(),
        count => format!("{count} figures"),
    };
    let read = plan.encoding.as_ref().map(|name| format!(" · read as {name}")).unwrap_or_default();
    call.output.say(&format!("{}: {count}{read}", plan.source));
    for (name, reference, count) in &plan.names {
        call.output.say(&format!("  {name} → {reference}, {count}"));
    }
    if !plan.remembered.is_empty() {
        call.output.say(&format!("  as was said before: {}", plan.remembered.join(", ")));
    }
    if plan.ahead > 0 {
        let words = format!("  {} of a period that has not begun left out", plan.ahead);
        call.output.say(&words);
    }
    if plan.running > 0 {
        let words =
            format!("  {} of a period that still runs left out; --running keeps", plan.running);
        call.output.say(&words);
    }
    for line in &plan.skipped {
        call.output.say(&format!("  left out: {line}"));
    }
    if !plan.unmapped.is_empty() {
        call.output.say(&format!("  not read: {}", plan.unmapped.join(", ")));
    }
}
