//! What only metrics have on the command line: recording figures, where they stand, the catalogue.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::domain::field::NoNames;
use crate::domain::kind::Kind;
use crate::domain::metric::catalogue::{self, Template};
use crate::domain::metric::chart::Side;
use crate::domain::metric::{Account, Aim, typed};
use crate::domain::refusal::Refusal;
use crate::domain::shown::Shown;
use crate::ops::metric::narrative::Untold;
use crate::ops::metric::{Bare, Glance, Recording};
use crate::ops::{Op, Result, item_json};
use crate::store::metric::Metrics;

use super::change::{self, Tell};
use super::invocation::{Invocation, meant};
use super::nouns::Own;
use super::output::{Format, Role};
use super::readings::Readings;
use super::root;

/// Room of refs, figures and words.
const REF: usize = 6;
const FIGURE: usize = 20;
const WORD: usize = 14;
/// Most metrics that are told at once.
const MOST: usize = 10_000;

pub const ALL: &[Own] = &[
    Own { name: "record", command: record_command, run: record },
    Own { name: "source", command: super::source::command, run: super::source::run },
    Own { name: "refresh", command: super::source::refresh_command, run: super::source::refresh },
    Own {
        name: "signals",
        command: super::scorecard::signals_command,
        run: super::scorecard::signals,
    },
    Own { name: "scorecard", command: super::scorecard::command, run: super::scorecard::run },
    Own { name: "check", command: super::scorecard::check_command, run: super::scorecard::check },
    Own { name: "import", command: super::figures::command, run: super::figures::run },
    Own { name: "chart", command: super::chart::command, run: super::chart::run },
    Own { name: "deals", command: deals_command, run: deals },
    Own { name: "status", command: status_command, run: status },
    Own { name: "catalogue", command: catalogue_command, run: list_catalogue },
];

fn record_command() -> Command {
    let period = Arg::new("period")
        .long("period")
        .value_name("PERIOD")
        .help("2026-W19, 2026-05, 2026-Q2, a day in it, this or last; else the one that is due");
    let note = Arg::new("note").long("note").value_name("TEXT").help("What to know about it");
    root::changing(
        Command::new("record")
            .about("Record a figure; another one for the same period corrects it and stays beside")
            .before_help(
                "Examples:\n  prewire metric record m4 31.2% period:2026-W19\n  \
                 prewire metric record m4 7/12 --note \"without pilots\"\n  \
                 prewire metric record - < figures.txt\n  \
                 prewire metric record - < figures.json",
            )
            .arg(root::words("METRIC FIGURE", "m4 31.2%, m4 7/12, m4 14; - reads lines, or JSON"))
            .args([period, note])
            .arg(super::add::note()),
    )
}

fn record(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let words = root::typed(matches, "words");
    let after = root::typed(matches, "rest").join(" ");
    let told = if words == ["-"] { Some(Readings::from_input()?) } else { None };
    let mut recordings = match &told {
        Some(told) => told.all.clone(),
        None => vec![Recording::of(typed::Line::read(&spoken(&words))?)],
    };
    let mut workspace = call.to_change_or_look()?;
    let (period, note) = (root::flag(matches, "period"), root::flag(matches, "note"));
    let note = note.filter(|note| !note.is_empty()).unwrap_or(after);
    for one in &mut recordings {
        one.period = one.period.take().or_else(|| period.clone());
        if !note.is_empty() {
            one.note.clone_from(&note);
        }
    }
    let done = change::carry_out(call, &mut workspace, &Op::Record(recordings), Tell::Changed);
    done.map_err(|error| match &told {
        Some(told) => told.at(error),
        None => error,
    })
}

/// The words of the call as one line; a title of several words stays together.
fn spoken(words: &[String]) -> String {
    let quoted = words.iter().enumerate().map(|(at, word)| {
        if at == 0 && word.contains(char::is_whitespace) {
            format!("\"{}\"", word.replace(['"', '\\'], " "))
        } else {
            word.clone()
        }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

fn deals_command() -> Command {
    Command::new("deals")
        .about("The deals on which the figure of a metric was counted")
        .before_help("Examples:\n  prewire metric deals m4\n  prewire metric deals m4 --json")
        .arg(super::edit::target())
}

fn deals(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.workspace()?;
    let target = root::typed(matches, "target");
    let id = meant(&workspace, &target, &[Kind::Metric, Kind::Outcome])?[0];
    let item = workspace.store().items(&[id])?.pop();
    let page = item.map(|item| workspace.metric_page(&item)).transpose()?.flatten();
    let Some(filter) = page.and_then(|page| page.behind) else {
        let refusal = Refusal::input("its figure was not counted on deals");
        return Err(refusal.hint("prewire deal figures tells what is").into());
    };
    call.output.say(&format!("deals with {filter}"));
    super::list::found(call, &mut workspace, Kind::Deal, &filter)
}

fn status_command() -> Command {
    Command::new("status")
        .about("Where metrics stand: figure, target, status, sample, age, and the one sentence")
        .before_help("Examples:\n  prewire metric status\n  prewire metric status m4 --json")
        .arg(
            Arg::new("target")
                .value_name("REF")
                .num_args(0..)
                .help("The metrics; else all that are live"),
        )
}

fn status(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let target = root::typed(matches, "target");
    let glances = if target.is_empty() {
        workspace.glances_by_outcome(MOST)?
    } else {
        let ids = meant(&workspace, &target, &[Kind::Metric])?;
        let mut metrics = Vec::new();
        for id in ids {
            metrics.push((id, workspace.store().shown_by(id)?));
        }
        workspace.glance_at(&metrics, MOST)?
    };
    match call.output.format() {
        Format::Human => human(call, &glances),
        Format::Json | Format::JsonLines => {
            call.output.open("metric_status")?;
            let fiscal = workspace.settings().fiscal_start_month;
            let ids: Vec<_> = glances.iter().map(|glance| glance.id).collect();
            let items = workspace.store().items(&ids)?;
            for glance in &glances {
                let mut json = as_json(glance, fiscal);
                if let Some(item) = items.iter().find(|item| item.id == glance.id) {
                    let whole = item_json::item(item, &NoNames);
                    for name in ["state", "created_at", "updated_at"] {
                        json[name] = whole[name].clone();
                    }
                }
                call.output.item(&json)?;
            }
            call.output.close()
        }
        Format::Csv | Format::Plain => {
            call.output
                .columns(&["ref", "title", "figure", "target", "status", "sample", "sentence"])?;
            for glance in &glances {
                let account = glance.account.as_ref();
                call.output.fields(&[
                    glance.reference.to_string(),
                    glance.title.clone(),
                    account.map_or_else(|| glance.words.clone(), Account::figure),
                    account.map(Account::target).unwrap_or_default(),
                    account.map_or("", Account::word).to_owned(),
                    account.and_then(|one| one.sample.clone()).unwrap_or_default(),
                    account.map(|one| one.course.clone()).unwrap_or_default(),
                ])?;
            }
            Ok(())
        }
    }
}

fn human(call: &mut Invocation<'_>, glances: &[Glance]) -> Result<()> {
    if glances.is_empty() {
        call.output
            .say("nothing is measured yet; prewire metric add \"Win rate\" catalogue:win-rate");
    }
    let figures: Vec<String> = glances.iter().map(figure_to_target).collect();
    let wide = figures.iter().map(|words| Shown::line(words).width() + 2).max();
    let wide = wide.unwrap_or(FIGURE).max(FIGURE);
    for (glance, figure) in glances.iter().zip(figures) {
        let reference = Shown::line(&glance.reference.to_string()).pad_right(REF);
        let title = Shown::line(&glance.title);
        call.output.pieces(&[(Role::Plain, reference), (Role::Header, title)])?;
        let indent = Shown::line(&" ".repeat(REF));
        let Some(account) = &glance.account else {
            let words = Shown::line(&format!("{} · no metric shows it yet", glance.words));
            call.output.pieces(&[(Role::Plain, indent), (Role::Muted, words)])?;
            continue;
        };
        let late = if account.is_off_track() { Role::Late } else { Role::Plain };
        let mut words = account.sentence();
        let untold = glance.narrative.untold.as_ref().map(Untold::words).unwrap_or_default();
        let quote = glance.quote.as_ref().map(|quote| format!("“{quote}”")).unwrap_or_default();
        let said = [&untold, &glance.narrative.meant(), &glance.agreed, &glance.sureness()];
        let bare =
            glance.bare.as_ref().map(|bare| bare.words(glance.reference)).unwrap_or_default();
        for more in [&bare, &quote].into_iter().chain(said) {
            if !more.is_empty() {
                words = format!("{words} · {more}");
            }
        }
        for more in glance.source().iter().chain(&glance.left_out).chain(&glance.factor) {
            words = format!("{words} · {more}");
        }
        call.output.pieces(&[
            (Role::Plain, indent),
            (Role::Plain, Shown::line(&figure).pad_right(wide)),
            (late, Shown::line(account.word()).pad_right(WORD)),
            (Role::Muted, Shown::line(&words)),
        ])?;
    }
    Ok(())
}

/// `25.8 % → 30 %`; the figure alone without a target.
fn figure_to_target(glance: &Glance) -> String {
    let Some(account) = &glance.account else { return String::new() };
    match account.target() {
        target if target.is_empty() => account.figure(),
        target => format!("{} → {target}", account.figure()),
    }
}

pub(super) fn as_json(glance: &Glance, fiscal: u32) -> Json {
    let mut json = json!({
        "ref": glance.reference.to_string(),
        "id": glance.id.to_string(),
        "title": glance.title,
        "shows": glance.shows.map(|one| one.to_string()),
        "agreed": glance.agreed,
        "meaning": glance.narrative.meaning,
        "said_of": glance.narrative.period,
        "market": glance.narrative.market,
        "decide": glance.narrative.decide,
        "untold": glance.narrative.untold.as_ref().map(|untold| &untold.period),
        "factor": glance.factor,
        "left_out": glance.left_out,
        "source_trouble": glance.trouble,
        "source_trouble_why": glance.trouble_why,
        "no_data_why": glance.bare.as_ref().map(Bare::why),
        "no_data_next": glance.bare.as_ref().and_then(|bare| bare.next(glance.reference)),
        "quote": glance.quote,
        "due": glance.due,
        "confidence": glance.confidence,
        "less_sure": glance.doubt,
    });
    if let (Json::Object(object), Some(account)) = (&mut json, &glance.account) {
        let counts = account.counts();
        let limits = account.chart.limits;
        let more = json!({
            "value": account.value(),
            "k": counts.map(|(k, _)| k),
            "n": counts.map(|(_, n)| n),
            "likely": account.interval.map(|one| json!({ "low": one.low, "high": one.high })),
            "moved": account.moved.and_then(|(since, moved)| Some(json!({
                "since": since.key(fiscal), "points": moved.points?, "verdict": moved.verdict.words(),
            }))),
            "unit": account.terms.unit.slug(),
            "figure": account.figure(),
            "target": account.target(),
            "aim": account.goal.map(|goal| aim_json(goal.aim, account.value())),
            "status": account.word(),
            "period": account.newest.map(|one| one.period.key(fiscal)),
            "running": account.running,
            "age_days": account.age.map(|age| age.days),
            "freshness": account.age.map(|age| format!("{:?}", age.freshness).to_lowercase()),
            "signal": account.signal.map(|side| if side == Side::Above { "above" } else { "below" }),
            "limits": limits.map(|limits| json!({
                "centre": limits.centre, "low": limits.low, "high": limits.high,
                "mean_range": limits.mean_range,
                "standing": format!("{:?}", limits.standing).to_lowercase(),
            })),
            "attainment": account.goal.and_then(|goal| goal.aim.attainment(account.value()?)),
            "expected": account.forecast.map(|one| one.expected),
            "needed_per_week": account.forecast.and_then(|one| one.needed_per_week),
            "trending_per_week": account.forecast.map(|one| one.trending_per_week),
            "met_on": account.forecast.and_then(|one| one.met_on).map(|day| day.to_string()),
            "spark": account.spark,
            "course": account.course,
            "sentence": account.sentence(),
        });
        if let Json::Object(more) = more {
            object.extend(more);
        }
    }
    json
}

/// What the figure is to become, as a number of the same kind as the figure itself.
fn aim_json(aim: Aim, value: Option<f64>) -> Json {
    match aim {
        Aim::Up { baseline, target } | Aim::Down { baseline, target } => {
            // Before the first figure there may be nothing that it began with.
            let begins =
                value.map(|_| baseline).or(Some(baseline).filter(|one| (one - target).abs() > 0.0));
            json!({ "baseline": begins, "target": target })
        }
        Aim::Range { low, high } => {
            let end = |end: f64| Some(end).filter(|end| end.is_finite());
            json!({ "low": end(low), "high": end(high) })
        }
    }
}

fn catalogue_command() -> Command {
    Command::new("catalogue")
        .about("The metrics to begin with, each with what it means")
        .before_help(
            "Examples:\n  prewire metric catalogue\n  prewire metric add win-rate target:30",
        )
}

/// What it means, and what it is a number of: `Median days from created to won · days, down, monthly`.
fn in_words(one: &Template) -> String {
    let (unit, direction, cadence) = (one.unit.slug(), one.direction.slug(), one.cadence.slug());
    format!("{} · {unit}, {direction}, {cadence}", one.definition)
}

fn list_catalogue(call: &mut Invocation<'_>, _: &ArgMatches) -> Result<()> {
    if !call.output.is_human() {
        call.output.open("metric_template")?;
        for one in catalogue::catalogue() {
            call.output.item(&json!({
                "ref": one.slug, "title": one.name, "definition": one.definition,
                "unit": one.unit.slug(), "direction": one.direction.slug(),
                "timing": one.timing.slug(), "accountability": one.accountability.slug(),
                "cadence": one.cadence.slug(), "group": one.group.words(),
                "computed": one.origin.is_computed(),
            }))?;
        }
        return call.output.close();
    }
    for group in catalogue::Group::ALL {
        call.output.pieces(&[(Role::Header, Shown::line(group.words()))])?;
        for one in catalogue::catalogue().iter().filter(|one| one.group == group) {
            call.output.pieces(&[
                (Role::Plain, Shown::line(&format!("  {}", one.slug)).pad_right(28)),
                (Role::Plain, Shown::line(&one.name).pad_right(32)),
                (Role::Muted, Shown::line(&in_words(one))),
            ])?;
        }
    }
    Ok(())
}
