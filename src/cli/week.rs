//! `week`: shows a week as a budget, plans its free time, closes it, and sets its terms.

use chrono::NaiveDate;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::domain::day::{self, show_minutes};
use crate::domain::figure::explained;
use crate::domain::refusal::Refusal;
use crate::domain::shown::Shown;
use crate::domain::week::verdict::interval;
use crate::domain::week::{Band, Verdict, Week};
use crate::ops::escalation::WEEKS;
use crate::ops::week::spread::Spread;
use crate::ops::week::{BANDS, HOURS, STRICT, WeekView, read_bands, read_hours};
use crate::ops::{Error, Op, Result, Workspace};

use super::change::{self, Tell};
use super::families::Family;
use super::invocation::Invocation;
use super::output::{Format, Role};
use super::{calendar, root, rules};

mod history;
mod json;

pub const FAMILY: Family = Family { name: "week", command, run };

fn command() -> Command {
    let week = || {
        Arg::new("week")
            .value_name("WEEK")
            .help("As 2026-W19, or a day in it; else the running one")
    };
    let fail = Arg::new("exit-code")
        .long("exit-code")
        .action(ArgAction::SetTrue)
        .help("End with 1 when the week breached its reactive limit");
    let correct = Arg::new("correct")
        .long("correct")
        .value_name("WHY")
        .help("Freeze the figures of a closed week anew, with the reason and the day");
    let team = Arg::new("team")
        .long("team")
        .action(ArgAction::SetTrue)
        .help("Pool the minutes of everybody");
    let weeks = Arg::new("weeks")
        .long("weeks")
        .value_name("N")
        .default_value("12")
        .value_parser(clap::value_parser!(u16).range(1..=260))
        .help("How many");
    let terms = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("week")
        .about("The week as a budget: planned, lived, compared, closed")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("show")
                .about("Show a week with its figures and its verdict")
                .before_help("Examples:\n  prewire week show\n  prewire week show 2026-W19 --json")
                .args([week(), team]),
        )
        .subcommand(root::changing(
            Command::new("fill")
                .about("Plan blocks into the free time, by the targets and the weight of outcomes")
                .before_help("Examples:\n  prewire week fill --dry-run")
                .arg(week()),
        ))
        .subcommand(root::changing(
            Command::new("gaps")
                .about("Log the meetings that are over and were not logged")
                .before_help("Examples:\n  prewire week gaps --dry-run")
                .arg(week()),
        ))
        .subcommand(root::changing(
            Command::new("accept")
                .about("Take the guessed bands of a week's entries as they are")
                .before_help("Examples:\n  prewire week accept")
                .arg(week()),
        ))
        .subcommand(
            Command::new("figures")
                .about("What is behind the figures of a week: formulas and inputs")
                .before_help(
                    "Examples:\n  prewire week figures\n  prewire week figures 2026-W19 --json",
                )
                .arg(week()),
        )
        .subcommand(
            Command::new("history")
                .about("The weeks up to one: how each was spent by band, and its verdict")
                .before_help(
                    "Examples:\n  prewire week history\n  prewire week history 2026-W19 --weeks 26 --json",
                )
                .args([week(), weeks]),
        )
        .subcommand(root::changing(
            Command::new("close")
                .about("Freeze the figures of a week")
                .before_help(
                    "Examples:\n  prewire week close 2026-W19 --exit-code\n  \
                     prewire week close 2026-W19 --correct \"Friday was logged late\"",
                )
                .args([week(), correct, fail]),
        ))
        .subcommand(rules::command())
        .subcommand(calendar::command())
        .subcommand(root::changing(
            Command::new("terms")
                .about("Show or set what weeks are judged by")
                .before_help("Examples:\n  prewire week terms --bands 40/40/20 --hours 09:00-17:30")
                .args([
                    terms("bands", "S/E/R", "Per cent for strategic, execution and reactive"),
                    terms("hours", "FROM-TO", "The working hours of a day"),
                    terms("breaches", "N", "Weeks in breach that raise an escalation"),
                    terms("strict", "yes|no", "Count execution without a bet as reactive"),
                ]),
        ))
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    match matches.subcommand() {
        Some(("fill", rest)) => fill(call, rest),
        Some(("close", rest)) => close(call, rest),
        Some(("gaps", rest)) => gaps(call, rest),
        Some(("accept", rest)) => accept(call, rest),
        Some(("figures", rest)) => figures(call, rest),
        Some(("history", rest)) => history::run(call, rest),
        Some(("terms", rest)) => terms(call, rest),
        Some(("rules", rest)) => rules::run(call, rest),
        Some(("calendar", rest)) => calendar::run(call, rest),
        Some((_, rest)) => {
            let workspace = call.workspace()?;
            let week = named(&workspace, rest)?;
            if rest.get_flag("team") {
                return super::team::show(call, &workspace, week);
            }
            show(call, &workspace, week)
        }
        None => Ok(()),
    }
}

/// The week that is meant: its key, a day in it, or the running one.
fn named(workspace: &Workspace, matches: &ArgMatches) -> Result<Week> {
    let Some(typed) = root::flag(matches, "week") else {
        return Ok(Week::of(workspace.calendar().today));
    };
    let upper = typed.to_uppercase();
    // `W18`, as weeks are called on the screen, is the one of the running year.
    let whole = match upper.strip_prefix('W') {
        Some(number) => {
            let running = Week::of(workspace.calendar().today).to_string();
            format!("{}W{number:0>2}", &running[..5])
        }
        None => upper,
    };
    if let Some(week) = Week::parse(&whole) {
        return Ok(week);
    }
    let day = day::parse(&typed, &workspace.calendar(), day::Lean::Past);
    Ok(day.map(Week::of).map_err(|_| {
        Refusal::input(format!("“{typed}” is not a week; try 2026-W19, or a day in it"))
    })?)
}

fn fill(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let week = named(&workspace, matches)?;
    let op = Op::FillWeek { week, from: None };
    change::carry_out(call, &mut workspace, &op, Tell::Timed)
}

fn gaps(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let week = named(&workspace, matches)?;
    change::carry_out(call, &mut workspace, &Op::FillGaps { week, now: None }, Tell::Timed)
}

fn accept(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let week = named(&workspace, matches)?;
    let lived = workspace.week(week)?.lived;
    let guesses = lived.iter().filter_map(|one| Some((one.id, one.guess?))).collect();
    change::carry_out(call, &mut workspace, &Op::AcceptGuesses(guesses), Tell::Changed)
}

fn figures(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let week = named(&workspace, matches)?;
    let mut figures = workspace.week(week)?.figures();
    figures.extend(workspace.spreads(week)?.iter().flat_map(Spread::figures));
    if call.output.is_human() {
        return explained(&figures).iter().try_for_each(|line| call.output.line(line));
    }
    call.output.open("figure")?;
    for figure in &figures {
        let inputs: serde_json::Map<String, Json> =
            figure.inputs.iter().map(|(label, value)| (label.clone(), json!(value))).collect();
        call.output.item(&json!({
            "ref": format!("{week}/{}", figure.name), "title": figure.name, "value": figure.value,
            "formula": figure.formula, "inputs": inputs, "n": figure.n, "note": figure.note,
        }))?;
    }
    call.output.close()
}

fn close(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let week = named(&workspace, matches)?;
    let correction = root::flag(matches, "correct").filter(|why| !why.trim().is_empty());
    let op = Op::CloseWeek { week, correction };
    if call.dry_run {
        return change::carry_out(call, &mut workspace, &op, Tell::Changed);
    }
    let done = workspace.run(&op)?;
    call.output.say(&format!("{} · undo: prewire undo", done.label));
    for notice in &done.notices {
        call.output.say(notice);
    }
    show(call, &workspace, week)?;
    let breached = workspace.week(week)?.verdict == Verdict::Breach;
    if breached && matches.get_flag("exit-code") {
        return Err(Error::Problems(format!("{week} breached its reactive limit")));
    }
    Ok(())
}

fn terms(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let wanted = [
        (BANDS, root::flag(matches, "bands")),
        (HOURS, root::flag(matches, "hours")),
        (STRICT, root::flag(matches, "strict")),
        (WEEKS, root::flag(matches, "breaches")),
    ];
    for (name, value) in wanted.iter().filter_map(|(name, value)| Some((*name, value.as_ref()?))) {
        let fits = match name {
            BANDS => read_bands(value).is_some(),
            HOURS => read_hours(value).is_some(),
            WEEKS => value.parse().is_ok_and(|weeks: usize| (1..=12).contains(&weeks)),
            _ => ["yes", "no"].contains(&value.as_str()),
        };
        if !fits {
            let wants = match name {
                BANDS => "three whole numbers that make a hundred, such as 40/40/20",
                HOURS => "two times of one day, the earlier first, such as 09:00-17:30",
                WEEKS => "a number of weeks from 1 to 12",
                _ => "yes or no",
            };
            return Err(Refusal::input(format!("“{value}” does not do; it takes {wants}")).into());
        }
    }
    let given = wanted.into_iter().filter(|(_, value)| value.is_some());
    let given: Vec<_> = given.map(|(name, value)| (name.to_owned(), value)).collect();
    if !given.is_empty() {
        let opened = call.to_change_or_look();
        let mut workspace = call.begun(opened)?;
        return change::carry_out(call, &mut workspace, &Op::SetAll(given), Tell::Changed);
    }
    tell_terms(call)
}

fn tell_terms(call: &mut Invocation<'_>) -> Result<()> {
    let terms = call.workspace()?.terms()?;
    let targets = terms.targets;
    let bands = format!("{}/{}/{}", targets.strategic, targets.execution, targets.reactive);
    let (from, to) = terms.hours;
    let hours = format!("{}-{}", day::show_clock(from), day::show_clock(to));
    if !call.output.is_human() {
        call.output.open("terms")?;
        call.output.item(&json!({
            "ref": "terms", "title": "what weeks are judged by", "bands": bands, "hours": hours,
            "strict": terms.strict, "breaches": terms.breaches, "weekly_minutes": terms.weekly,
        }))?;
        return call.output.close();
    }
    for (name, value) in [
        ("bands", bands),
        ("hours", hours),
        ("strict", if terms.strict { "yes" } else { "no" }.to_owned()),
        ("breaches", terms.breaches.to_string()),
        ("weekly", show_minutes(terms.weekly)),
    ] {
        call.output.line(&format!("{name:<8}  {value}"))?;
    }
    Ok(())
}

fn show(call: &mut Invocation<'_>, workspace: &Workspace, week: Week) -> Result<()> {
    let seen = workspace.week(week)?;
    match call.output.format() {
        Format::Human => for_people(call, &seen),
        Format::Json | Format::JsonLines => {
            call.output.open("week")?;
            call.output.item(&json::of(&seen))?;
            call.output.close()
        }
        Format::Csv | Format::Plain => {
            let line = |band: Band| {
                [
                    band.slug().to_owned(),
                    seen.plan.of(band).to_string(),
                    seen.actual.of(band).to_string(),
                ]
            };
            call.output.columns(&["band", "planned_minutes", "lived_minutes"])?;
            Band::ALL.into_iter().try_for_each(|band| call.output.fields(&line(band)))
        }
    }
}

fn corrected(closed: &crate::ops::week::Closed) -> Option<(String, String)> {
    closed.corrected.as_ref().map(|(on, why): &(NaiveDate, String)| (on.to_string(), why.clone()))
}

fn for_people(call: &mut Invocation<'_>, seen: &WeekView) -> Result<()> {
    let state = seen.closed.as_ref().map_or_else(
        || if seen.is_running() { "running".to_owned() } else { "open".to_owned() },
        |closed| format!("closed {}", day::echo(closed.on, seen.today)),
    );
    call.output.pieces(&[(Role::Header, Shown::line(&format!("{} · {state}", seen.title())))])?;
    let targets = seen.terms.targets.split(seen.available);
    let deviations = seen.deviations();
    for band in Band::WORK {
        let words = deviations.iter().find(|found| found.band == band);
        let share = words.map_or_else(String::new, |found| {
            format!("  {:>6}  {}", found.actual.in_tenths(), found.words())
        });
        let line = format!(
            "{} {:<10} planned {:>7} of {:>7}   lived {:>7}{share}",
            band.letter(),
            band.slug(),
            show_minutes(seen.plan.of(band)),
            show_minutes(targets.of(band)),
            show_minutes(seen.actual.of(band)),
        );
        call.output.line(line.trim_end())?;
    }
    let (low, high) = seen.actual.reactive_interval();
    if seen.actual.unclassified > 0 {
        let gap = show_minutes(seen.actual.unclassified);
        call.output
            .line(&format!("U unclassified {gap}, so reactive is {}", interval(low, high)))?;
    }
    if seen.unlinked > 0 {
        let minutes = show_minutes(seen.unlinked);
        call.output.line(&format!("E without a bet {minutes}"))?;
    }
    call.output.line(&seen.words())?;
    let left = if seen.left < 0 {
        format!("reactive budget over by {}", show_minutes(-seen.left))
    } else {
        format!("reactive budget left {}", show_minutes(seen.left))
    };
    call.output.line(&format!("{left} · {}", seen.room()))?;
    if seen.broken > 0 {
        call.output.line(&format!("{} meetings repeat too often to follow", seen.broken))?;
    }
    if let Some((on, why)) = seen.closed.as_ref().and_then(corrected) {
        call.output.line(&format!("corrected {on}: {why}"))?;
    }
    if let Some(words) = seen.others_words() {
        call.output.say(&words);
    }
    if let Some(since) = seen.since_words() {
        let way = format!("prewire week close {} --correct \"…\"", seen.week);
        call.output.line(&format!("{since}, not in these figures: {way}"))?;
    }
    for (head, all) in [("Planned", &seen.planned), ("Lived", &seen.lived)] {
        if all.is_empty() {
            continue;
        }
        call.output.line("")?;
        call.output.pieces(&[(Role::Header, Shown::fixed(head))])?;
        for one in all {
            let when = format!("{} {:>5}", one.on.format("%a"), one.clock());
            let text = format!(
                "{when}  {:<2} {:>6}  {:<4} {}",
                one.letter(),
                show_minutes(one.minutes),
                one.reference.to_string(),
                one.title
            );
            call.output.pieces(&[(Role::Plain, Shown::line(&text))])?;
        }
    }
    Ok(())
}
