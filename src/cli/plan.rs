//! What only plans have on the command line: starting one from a template, its phases with what
//! proves each milestone, ticking, and moving milestones with a reason.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::domain::day::{self, Lean};
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::plan::Standing;
use crate::domain::refusal::Refusal;
use crate::domain::shown::Shown;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::domain::week::share::Share;
use crate::ops::plan::{PlanView, Start, Stone, start};
use crate::ops::{Op, Result, Workspace, item_json};
use crate::store::lookup::Lookup;

use super::change::{self, Tell};
use super::invocation::{Invocation, is_absent, meant};
use super::nouns::Own;
use super::output::Role;
use super::{misuse, root, show};

mod template;

/// Room of the refs and of the days.
const REF: usize = 5;
const DAY: usize = 8;

pub const ALL: &[Own] = &[
    Own { name: "start", command: start_command, run: run_start },
    Own { name: "show", command: show_command, run: run_show },
    Own { name: "done", command: done_command, run: run_done },
    Own { name: "rebase", command: rebase_command, run: run_rebase },
    Own { name: "template", command: template::command, run: template::run },
];

fn start_command() -> Command {
    let flag = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    root::changing(
        Command::new("start")
            .about("Start a plan from a template")
            .before_help(
                "Examples:\n  prewire plan start 90-day --on 2026-05-04\n  \
                 prewire plan start 30-day-shift --name \"Shift\"",
            )
            .arg(
                Arg::new("template")
                    .value_name("TEMPLATE")
                    .required(true)
                    .help("90-day, 30-day-shift, 4-week-sprint, blank, or one of your own"),
            )
            .arg(flag("on", "DAY", "Day 1; today, unless said"))
            .arg(flag("name", "TEXT", "What it is called; as the template, unless said")),
    )
}

fn run_start(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let word = root::flag(matches, "template").unwrap_or_default();
    let choice = start::named(&word, call.own().as_deref())?;
    template::say_passed_over(call, &choice);
    let opened = call.to_change_or_look();
    let mut workspace = match opened {
        found if is_absent(&found) && call.dry_run => call.nowhere()?,
        found if is_absent(&found) => call.create()?,
        found => found?,
    };
    let calendar = workspace.calendar();
    let on = match root::flag(matches, "on") {
        Some(text) => day::parse(&text, &calendar, Lean::Future)
            .map_err(|error| Refusal::input(format!("on: {error}")))?,
        None => calendar.today,
    };
    let title = root::flag(matches, "name");
    let op = Op::StartPlan(Box::new(Start { template: choice.template, on, title }));
    change::carry_out(call, &mut workspace, &op, Tell::Added)
}

fn show_command() -> Command {
    Command::new("show")
        .about("Show a plan: its phases, what proves each milestone, slippage and forecast")
        .before_help("Examples:\n  prewire plan show\n  prewire plan show p1 --json")
        .arg(Arg::new("refs").value_name("REF").num_args(0..).help("A plan; else the active one"))
}

fn run_show(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let words = root::typed(matches, "refs");
    let ids = meant(&workspace, &words, &[Kind::Plan])?;
    let shown: Vec<Option<ItemId>> =
        if ids.is_empty() { vec![None] } else { ids.into_iter().map(Some).collect() };
    let mut found = Vec::new();
    for id in shown {
        found.extend(workspace.plan_view(id)?);
    }
    if !call.output.is_human() {
        call.output.open("plan")?;
        for view in &found {
            call.output.item(&as_json(&workspace, view)?)?;
        }
        return call.output.close();
    }
    if found.is_empty() {
        call.output.say("no plan runs; prewire plan start 90-day starts one");
    }
    found.iter().try_for_each(|view| for_people(call, view))
}

fn as_json(workspace: &Workspace, view: &PlanView) -> Result<Json> {
    let names = workspace.store().names_for(std::slice::from_ref(&view.item))?;
    let mut json = item_json::item(&view.item, &names);
    let figures = view.plan.figures(view.today);
    let forecast = view.plan.forecast(view.today);
    json["day"] = json!(view.plan.day(view.today));
    json["standpoint"] = json!(view.standpoint().to_string());
    json["progress"] = in_points(figures.progress);
    json["expected"] = in_points(figures.expected);
    json["slippage"] = in_points(figures.slippage());
    json["weight"] = json!({
        "done": figures.progress.part, "expected": figures.expected.part,
        "all": figures.progress.whole,
    });
    json["forecast"] = forecast.map_or(Json::Null, |forecast| {
        json!({
            "planned": forecast.planned.to_string(), "expected": forecast.expected.to_string(),
            "slip": forecast.slip(), "due": forecast.due, "mean_slip": forecast.mean_slip,
        })
    });
    if !view.plan.baselines.is_empty() {
        let first = view.plan.as_first_made();
        json["original"] = json!({
            "days": first.days, "slippage": in_points(first.figures(view.today).slippage()),
        });
    }
    let phases = view.plan.by_phase(view.today).into_iter().zip(&view.plan.phases);
    json["stages"] = phases
        .enumerate()
        .map(|(at, (figures, phase))| {
            json!({
                "name": phase.name, "last_day": phase.last_day,
                "standing": view.phase_words(at),
                "slippage": in_points(figures.figures.slippage()),
                "late": view.phase_words(at).starts_with("gate late"),
            })
        })
        .collect();
    let mut stones = Vec::new();
    for stone in &view.stones {
        let names = workspace.store().names_for(std::slice::from_ref(&stone.item))?;
        let mut json = item_json::item(&stone.item, &names);
        json["day"] = json!(stone.milestone.due_day);
        json["phase"] = json!(view.plan.phases[stone.phase].name);
        json["slip"] = json!(stone.slip);
        json["criteria"] = stone
            .proofs
            .iter()
            .map(|proof| json!({ "standing": standing(proof.standing), "proof": proof.words }))
            .collect();
        stones.push(json);
    }
    json["milestones"] = Json::Array(stones);
    Ok(json)
}

/// Per cent with one decimal; null where there is nothing to weigh.
#[expect(clippy::cast_precision_loss, reason = "a thousand parts are exact")]
fn in_points(share: Share) -> Json {
    json!(share.in_parts(1_000).map(|tenths| tenths as f64 / 10.0))
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Met => "met",
        Standing::Open => "open",
        Standing::ByHand => "by-hand",
    }
}

fn for_people(call: &mut Invocation<'_>, view: &PlanView) -> Result<()> {
    let last = view.plan.date(view.plan.days);
    call.output.pieces(&[
        (Role::Header, Shown::line(&format!("{}  {}", view.item.reference, view.item.title()))),
        (
            Role::Muted,
            Shown::line(&format!(
                "  {} · {} to {}",
                view.standpoint(),
                day::echo(view.plan.start, view.today),
                day::echo(last, view.today)
            )),
        ),
    ])?;
    if !view.stones.is_empty() {
        call.output.line(&view.words().join(" · "))?;
    }
    for (at, phase) in view.plan.phases.iter().enumerate() {
        call.output.line("")?;
        call.output.pieces(&[
            (Role::Header, Shown::line(&phase.name)),
            (
                Role::Muted,
                Shown::line(&format!("  to day {} · {}", phase.last_day, view.phase_words(at))),
            ),
        ])?;
        view.in_phase(at).try_for_each(|stone| stone_line(call, stone))?;
    }
    Ok(())
}

fn stone_line(call: &mut Invocation<'_>, stone: &Stone) -> Result<()> {
    let state = stone.item.state().slug;
    let late = state == "open" && stone.slip > 0;
    let mark = match state {
        "done" => "✓ ",
        "missed" => "× ",
        _ if late => "! ",
        _ => "  ",
    };
    let gate = if stone.milestone.gate { "gate · " } else { "" };
    let slip = match (state, stone.slip) {
        ("open", 0) | ("missed", _) => String::new(),
        ("done", 0) => "done".to_owned(),
        ("done", slip) => format!("done {slip} d late"),
        (_, slip) => format!("{slip} d late"),
    };
    let due = format!("day {}", stone.milestone.due_day);
    let kept = || stone.item.text("proof").lines().collect::<Vec<_>>().join("; ");
    let proof = if state == "open" { stone.open_words() } else { kept() };
    let words = [format!("{gate}{slip}").trim_end_matches(" · ").to_owned(), proof];
    let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
    call.output.pieces(&[
        (Role::Plain, Shown::line(&stone.item.reference.to_string()).pad_right(REF)),
        (if late { Role::Late } else { Role::Muted }, Shown::line(mark)),
        (Role::Muted, Shown::line(&due).pad_right(DAY)),
        (Role::Plain, Shown::line(stone.item.title())),
        (Role::Muted, Shown::line(&format!("  {}", words.join(" · ")))),
    ])
}

fn done_command() -> Command {
    root::changing(
        Command::new("done")
            .about("A milestone is true, or a plan is over")
            .before_help(
                "Examples:\n  prewire plan done s7\n  \
                 prewire plan done s5 --override \"two are enough this quarter\"\n  \
                 prewire plan done p1",
            )
            .arg(show::refs())
            .arg(
                Arg::new("override")
                    .long("override")
                    .value_name("TEXT")
                    .help("Why it is done all the same, while its exit criteria do not hold"),
            ),
    )
}

fn run_done(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let words = root::typed(matches, "refs");
    let items = meant(&workspace, &words, &[Kind::Milestone, Kind::Plan])?;
    let found = workspace.store().items(&items)?;
    let kind = found.first().map(crate::domain::item::Item::kind);
    if found.iter().any(|item| Some(item.kind()) != kind) {
        return Err(misuse("name milestones or plans, not both in one call"));
    }
    let verb = if kind == Some(Kind::Plan) { Verb::Finish } else { Verb::Tick };
    let reason = root::flag(matches, "override");
    let more = reason.map(|reason| ("override", Value::Text(reason)));
    let answer = Answer { more: more.into_iter().collect(), ..Answer::default() };
    let op = Op::Verb { items, verb, answer };
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}

fn rebase_command() -> Command {
    root::changing(
        Command::new("rebase")
            .about("Move milestones to other days, with a reason; the first days are kept")
            .before_help(
                "Examples:\n  prewire plan rebase s7:day50 s8:2026-06-01 --reason \"the launch moved\"\n  \
                 prewire plan rebase --by 7d --reason \"two weeks of leave\"",
            )
            .arg(root::words("REF:DAY", "Milestones and their new days"))
            .arg(
                Arg::new("by")
                    .long("by")
                    .value_name("DAYS")
                    .allow_hyphen_values(true)
                    .help("Move every open milestone of the plan by so many days: 7d, -3d"),
            )
            .arg(Arg::new("plan").long("plan").value_name("REF").help("Which plan --by moves"))
            .arg(
                Arg::new("reason")
                    .long("reason")
                    .alias("note")
                    .value_name("TEXT")
                    .help("What changed since the plan was made"),
            ),
    )
}

fn run_rebase(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let calendar = workspace.calendar();
    let mut moves = Vec::new();
    for word in root::typed(matches, "words") {
        let (reference, typed) = word
            .split_once([':', '='])
            .ok_or_else(|| misuse("say each as s7:day50 or s7:2026-06-01"))?;
        if Ref::parse(reference).is_none() {
            return Err(misuse("say each as s7:day50 or s7:2026-06-01"));
        }
        let id = meant(&workspace, &[reference.to_owned()], &[Kind::Milestone])?[0];
        let plan = workspace.store().item(id)?.and_then(|item| item.link("plan"));
        let view = plan.map(|plan| workspace.plan_view(Some(plan))).transpose()?.flatten();
        let start = view.map(|view| view.plan.start);
        let own = crate::domain::day::Calendar { plan_start: start, ..calendar };
        let to = day::parse(typed, &own, Lean::Future)
            .map_err(|error| Refusal::input(format!("{reference}: {error}")))?;
        moves.push((id, to));
    }
    if let Some(by) = root::flag(matches, "by") {
        let days = by.trim().trim_start_matches('+').trim_end_matches('d');
        let days: i64 = days.parse().map_err(|_| misuse("--by takes days: 7d, -3d"))?;
        let plan = root::flag(matches, "plan");
        let plan = plan.map(|plan| meant(&workspace, &[plan], &[Kind::Plan])).transpose()?;
        let view = workspace.plan_view(plan.and_then(|plan| plan.first().copied()))?;
        let view = view.ok_or_else(|| Refusal::missing("no plan runs"))?;
        let open = view.stones.iter().filter(|stone| stone.item.state().slug == "open");
        moves.extend(open.filter_map(|stone| {
            let due = stone.item.day("due")?;
            Some((stone.item.id, due.checked_add_signed(chrono::Duration::try_days(days)?)?))
        }));
    }
    if moves.is_empty() {
        return Err(misuse("say which milestones move: s7:day50, or --by 7d for all open ones"));
    }
    let reason = root::flag(matches, "reason").unwrap_or_default();
    let op = Op::Rebase { moves, reason };
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}
