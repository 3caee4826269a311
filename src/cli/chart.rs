//! `metric chart`: a metric in lines that read without seeing, or as a picture in a file.

use std::path::Path;

use clap::{Arg, ArgMatches, Command, ValueHint};
use serde_json::{Value as Json, json};

use crate::domain::disk;
use crate::domain::kind::Kind;
use crate::domain::metric::chart::Rule;
use crate::domain::metric::{Account, Observation, Reading};
use crate::domain::refusal::Refusal;
use crate::domain::shown::Shown;
use crate::exchange::chart_svg;
use crate::ops::Result;
use crate::ops::metric::MetricPage;

use super::invocation::{Invocation, meant};
use super::metric::as_json;
use super::output::{Format, Role};
use super::{edit, root};

/// Cells of the longest bar.
const BAR: f64 = 30.0;
/// Room of a figure at least.
const FIGURE: usize = 9;

pub fn command() -> Command {
    let svg = Arg::new("svg")
        .long("svg")
        .value_name("FILE")
        .value_hint(ValueHint::FilePath)
        .help("Write the chart as a picture into this new file; - prints it");
    Command::new("chart")
        .about("The chart of a metric: its figures, target, limits, signals, forecast and marks")
        .before_help(
            "Examples:\n  prewire metric chart m4\n  prewire metric chart m4 --svg win-rate.svg",
        )
        .arg(edit::target())
        .arg(svg)
}

pub fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let target = root::typed(matches, "target");
    let ids = meant(&workspace, &target, &[Kind::Metric])?;
    let mut pages = Vec::new();
    for item in workspace.store().items(&ids)? {
        pages.extend(workspace.metric_page(&item)?);
    }
    if let Some(file) = root::flag(matches, "svg") {
        let Some(page) = pages.first() else { return Ok(()) };
        return picture(call, page, &file);
    }
    let fiscal = call.calendar()?.fiscal_start_month;
    match call.output.format() {
        Format::Json | Format::JsonLines => {
            call.output.open("metric_chart")?;
            for page in &pages {
                call.output.item(&whole(page, fiscal))?;
            }
            call.output.close()
        }
        Format::Human | Format::Csv | Format::Plain => {
            pages.iter().try_for_each(|page| in_lines(call, page, fiscal))
        }
    }
}

fn picture(call: &mut Invocation<'_>, page: &MetricPage, file: &str) -> Result<()> {
    let Some(account) = &page.glance.account else { return Ok(()) };
    let text = chart_svg::svg(&page.glance.title, account, &page.rows, &page.events);
    if file == "-" {
        return call.output.own_text(&text);
    }
    let path = Path::new(file);
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    let written = made.and_then(|mut made| std::io::Write::write_all(&mut made, text.as_bytes()));
    written.map_err(|error| {
        Refusal::input(format!("{file} could not be written: {}", disk::words(&error)))
            .hint("name a file that is not there yet")
    })?;
    call.output.line(file)
}

fn in_lines(call: &mut Invocation<'_>, page: &MetricPage, fiscal: u32) -> Result<()> {
    let Some(account) = &page.glance.account else { return Ok(()) };
    let human = call.output.is_human();
    if human {
        heading(call, page, account)?;
    }
    let unit = account.terms.unit;
    let values: Vec<f64> = page.rows.iter().filter_map(Observation::value).collect();
    let most = values.iter().copied().fold(0.0, f64::max);
    let mut place = 0;
    let figure = |one: &Observation| unit.show_reading(one.reading);
    let wide = page.rows.iter().map(|one| Shown::line(&figure(one)).width()).max();
    let wide = wide.unwrap_or(FIGURE).max(FIGURE);
    call.output.columns(&["period", "figure", "counted", "said"])?;
    for one in &page.rows {
        let key = one.period.key(fiscal);
        let figure = figure(one);
        let counts = match one.reading {
            Reading::Share { k, n } => format!("{k} of {n}"),
            Reading::Number(_) => String::new(),
        };
        let mut said = Vec::new();
        if one.value().is_some() {
            let signals = &account.chart.signals;
            if signals.iter().any(|signal| (signal.from..=signal.to).contains(&place)) {
                said.push("signal".to_owned());
            }
            place += 1;
        }
        if !one.period.is_complete(call.clock.today()) {
            said.push("running".to_owned());
        }
        let told = page.told.iter().rfind(|told| told.observation == *one);
        said.extend(told.map(|told| told.note.clone()).filter(|note| !note.is_empty()));
        let within = |day| one.period.holds(day);
        said.extend(page.events.iter().filter(|one| within(one.on)).map(|one| one.words.clone()));
        if !human {
            call.output.fields(&[key, figure, counts, said.join("; ")])?;
            continue;
        }
        let bar = bar(one.value().unwrap_or(0.0), most);
        call.output.pieces(&[
            (Role::Plain, Shown::line(&format!("  {key}")).pad_right(13)),
            (Role::Plain, Shown::line(&figure).pad_left(wide)),
            (Role::Muted, Shown::line(&format!("  {counts}")).pad_right(14)),
            (Role::Plain, Shown::line(&bar).pad_right(32)),
            (Role::Muted, Shown::line(&said.join("; "))),
        ])?;
    }
    Ok(())
}

fn heading(call: &mut Invocation<'_>, page: &MetricPage, account: &Account) -> Result<()> {
    let glance = &page.glance;
    let title = format!("{} {}", glance.reference, glance.title);
    call.output.pieces(&[(Role::Header, Shown::line(&title))])?;
    let target = account.target();
    let target = if target.is_empty() { target } else { format!(" → {target}") };
    call.output.line(&format!("{}{target}: {}", account.figure(), account.word()))?;
    call.output.line(&account.sentence())?;
    let unit = account.terms.unit;
    if let Some(limits) = account.chart.limits {
        call.output.line(&limits.words(unit))?;
    }
    if let Some(needed) = account.needed() {
        call.output.line(&needed)?;
    }
    if let Some(met) = account.met() {
        call.output.line(&met)?;
    }
    Ok(())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most thirty")]
fn bar(value: f64, most: f64) -> String {
    let share = if most > 0.0 { (value / most).clamp(0.0, 1.0) } else { 0.0 };
    "█".repeat((share * BAR).round() as usize)
}

fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Outside => "outside",
        Rule::NearLimit => "near-limit",
        Rule::Run => "run",
    }
}

fn whole(page: &MetricPage, fiscal: u32) -> Json {
    let mut json = as_json(&page.glance, fiscal);
    let told = page.told.iter().map(|one| {
        let counts = match one.observation.reading {
            Reading::Share { k, n } => Some((k, n)),
            Reading::Number(_) => None,
        };
        json!({
            "period": one.observation.period.key(fiscal),
            "value": one.observation.value(),
            "k": counts.map(|(k, _)| k),
            "n": counts.map(|(_, n)| n),
            "recorded_on": one.recorded_on.map(|day| day.to_string()),
            "source": one.source,
            "note": one.note,
            "counts": page.rows.contains(&one.observation),
        })
    });
    let told: Vec<Json> = told.collect();
    let signals: Vec<Json> = page
        .glance
        .account
        .iter()
        .flat_map(|account| {
            account.chart.signals.iter().map(|signal| {
                json!({
                    "rule": rule(signal.rule),
                    "side": format!("{:?}", signal.side).to_lowercase(),
                    "from": signal.from,
                    "to": signal.to,
                })
            })
        })
        .collect();
    let events: Vec<Json> = page
        .events
        .iter()
        .map(|event| json!({"on": event.on.to_string(), "words": event.words}))
        .collect();
    if let Json::Object(object) = &mut json {
        object.insert("observations".to_owned(), Json::Array(told));
        object.insert("signals".to_owned(), Json::Array(signals));
        object.insert("events".to_owned(), Json::Array(events));
    }
    json
}
