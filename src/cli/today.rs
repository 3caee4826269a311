//! `today`, `next`, and what the program does without a command.

use chrono::NaiveDate;
use clap::{Arg, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::domain::day;
use crate::domain::field::{Names, show_real};
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::ritual::RitualKind;
use crate::domain::shown::Shown;
use crate::domain::value::Value;
use crate::ops::metric::in_short;
use crate::ops::today::{Part, Section, Today};
use crate::ops::{Error, Result, Row, View, Workspace, item_json};
use crate::tui;

use super::families::Family;
use super::invocation::{Invocation, Look, is_absent};
use super::output::{Format, Output, Role};
use super::{due, root, table};

/// What somebody sees who has nothing yet.
const FIRST_LINES: [&str; 3] = [
    "There is no workspace yet. The first thing that you add makes it:",
    "  prewire decision add \"Who is the ICP in fintech? due:fri stake:high\"",
    "  prewire demo shows a realistic quarter; prewire --help tells the rest.",
];

pub const FAMILY: Family = Family {
    name: "today",
    command: || Command::new("today").about("What to do now, as a summary"),
    run: |call, _| {
        let workspace = call.workspace()?;
        print(call.output, &workspace)
    },
};

pub const NEXT: Family = Family {
    name: "next",
    command: || {
        Command::new("next")
            .about("The one thing to do next, and why")
            .before_help(
                "Examples:\n  prewire next\n  prewire next --format '{ref} {title} ({due})'",
            )
            .arg(
                Arg::new("format")
                    .long("format")
                    .value_name("TEXT")
                    .help("One line for a status bar, with {ref}, {title}, {why}, {due}, {state}"),
            )
    },
    run: next,
};

/// No command: the screen on a terminal, else today's summary.
///
/// # Errors
/// What opening the workspace refuses.
pub fn bare(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let on_screen = call.can_show();
    if !on_screen {
        super::warn(call);
    }
    let opened = call.workspace();
    let absent = is_absent(&opened);
    if !on_screen {
        if let (Some(name), Ok(workspace)) = (root::flag(matches, "view"), &opened) {
            return Err(only_on_screen(&workspace.view(&name)?));
        }
        if absent {
            for line in FIRST_LINES {
                call.output.say(line);
            }
            return Ok(());
        }
        return print(call.output, &opened?);
    }
    let makes = absent && !call.read_only;
    let mut workspace = if makes { call.create()? } else { opened? };
    // What cannot be written is told at the door, not after a whole form was filled in.
    let read_only = call.read_only || !workspace.store().may_be_written();
    if read_only {
        workspace.only_read();
    }
    let created = makes.then(|| workspace.store().path().to_owned());
    let view = root::flag(matches, "view").map(|name| workspace.view(&name)).transpose()?;
    let fresh = matches.get_flag("fresh");
    let session = tui::Session { read_only, created, fresh, view, ..call.session()? };
    open(call, workspace, &session)
}

/// A view that is named where no screen opens would be passed over in silence.
fn only_on_screen(view: &View) -> Error {
    let list = format!("prewire {} list --view \"{}\"", view.query.kind.noun().name, view.name);
    let refusal = Refusal::usage("--view opens the screen with a view, and no screen opens here");
    refusal.hint(format!("for its list: {list}")).into()
}

/// Opens the screen, or tells it in lines.
///
/// # Errors
/// What the screen refuses, or that the lines cannot be read or written.
pub fn open(call: &Invocation<'_>, workspace: Workspace, session: &tui::Session) -> Result<()> {
    if call.look == Look::Lines {
        let (mut input, mut out) = (std::io::stdin().lock(), std::io::stdout().lock());
        return tui::line::run(workspace, session, &mut input, &mut out);
    }
    tui::run(workspace, session)
}

/// Prints today's summary.
///
/// # Errors
/// A storage error, or that standard output cannot be written.
pub fn print(output: &mut Output, workspace: &Workspace) -> Result<()> {
    let today = workspace.today()?;
    match output.format() {
        Format::Human => for_people(output, workspace, &today),
        Format::Json | Format::JsonLines => {
            output.open("today")?;
            for (part, row) in lines(&today) {
                output.item(&as_json(part, row, &today.names))?;
            }
            output.close()
        }
        Format::Csv => {
            let items: Vec<_> = today.rows().map(|row| row.item.clone()).collect();
            super::csv::print(output, &items, &today.names)
        }
        Format::Plain => lines(&today).try_for_each(|(part, row)| {
            let mut fields = vec![slug(part.section).to_owned()];
            fields.extend(table::plain(&row.item, !row.blockers.is_empty(), &today.names));
            output.fields(&fields)
        }),
    }
}

fn lines(today: &Today) -> impl Iterator<Item = (&Part, &Row)> {
    today.parts.iter().flat_map(|part| part.rows.iter().map(move |row| (part, row)))
}

fn slug(section: Section) -> &'static str {
    match section {
        Section::Overload => "overload",
        Section::Decide => "decide",
        Section::Review => "review",
        Section::Time => "time",
        Section::Make => "make",
        Section::Triage => "triage",
        Section::Week => "week",
        Section::Outcomes => "outcomes",
    }
}

fn as_json(part: &Part, row: &Row, names: &impl Names) -> Json {
    let mut json = item_json::item(&row.item, names);
    json["section"] = json!(slug(part.section));
    json["said"] = json!(part.said.get(&row.item.id));
    json["late"] = json!(row.late);
    json["holds"] = json!(row.holds);
    json
}

fn for_people(output: &mut Output, workspace: &Workspace, today: &Today) -> Result<()> {
    let head = today.day.format("%a %-d %b %Y").to_string();
    let mut head = format!("{head} · {}", day::week_key(today.day));
    if let Some(plan) = workspace.plan_head()? {
        head = format!("{head} · {}", plan.words(today.day));
    }
    output.pieces(&[(Role::Header, Shown::line(&head))])?;
    for (kind, words) in &today.offers {
        let review = if RitualKind::REVIEWS.contains(kind) { "review " } else { "" };
        let way = format!("{words} · prewire {review}{}", kind.slug());
        output.pieces(&[(Role::Muted, Shown::line(&way))])?;
    }
    if !today.noted.is_empty() {
        let words = format!("Noted: {} · prewire note", today.noted);
        output.pieces(&[(Role::Muted, Shown::line(&words))])?;
    }
    let is_told = |part: &&Part| !part.rows.is_empty() || part.is_slot();
    let fires = workspace.fires()?;
    for (words, load) in &fires {
        let line = format!("! {words} · {}", load.drafts());
        output.pieces(&[(Role::Late, Shown::line(&line))])?;
    }
    if !today.parts.iter().any(|part| is_told(&part)) && fires.is_empty() {
        output.say("nothing is here yet; prewire decision add \"Who is the ICP?\" adds a question");
        return Ok(());
    }
    let width = today.rows().map(|row| row.item.reference.to_string().len()).max().unwrap_or(2);
    for part in today.parts.iter().filter(is_told) {
        output.line("")?;
        let note = if part.note.is_empty() { String::new() } else { format!("  {}", part.note) };
        output.pieces(&[
            (Role::Header, Shown::fixed(part.section.title())),
            (Role::Muted, Shown::line(&note)),
        ])?;
        for row in &part.rows {
            let why = workspace.why(row, &today.names)?;
            let said = part.said.get(&row.item.id).filter(|_| part.section != Section::Decide);
            let why = said.cloned().unwrap_or(why);
            let is_time = matches!(row.item.kind(), Kind::Block | Kind::Meeting);
            let why = if is_time { time(&row.item) } else { why };
            let why = if why.is_empty() { stands(workspace, row, today.day)? } else { why };
            line(output, row, width, &why)?;
        }
        if part.more > 0 {
            output.pieces(&[(Role::Muted, Shown::line(&format!("… {} more", part.more)))])?;
        }
    }
    Ok(())
}

/// When a block is, how long, and in which band: `09:00 1 h 30 strategic`.
fn time(block: &Item) -> String {
    let minutes = day::show_minutes(block.whole("minutes").unwrap_or(0));
    format!("{} {minutes} {}", block.text("at"), block.text("band")).trim().to_owned()
}

/// Where an outcome stands: `25.8 % → 30 %, behind, by Tue 30 Jun`; without a metric where its
/// figure stood and should stand.
fn stands(workspace: &Workspace, row: &Row, today: NaiveDate) -> Result<String> {
    let page =
        if row.item.kind() == Kind::Outcome { workspace.metric_page(&row.item)? } else { None };
    let Some(account) = page.and_then(|page| page.glance.account) else {
        return Ok(aim(row, today));
    };
    let by = row.item.day("due").map(|due| format!(", by {}", day::echo(due, today)));
    Ok(format!("{}{}", in_short(&account), by.unwrap_or_default()))
}

/// Where the figure of an outcome stood and should stand: `24 → 30 %, by Tue 30 Jun`.
fn aim(row: &Row, today: NaiveDate) -> String {
    let item = &row.item;
    let (Value::Real(from), Value::Real(to)) = (item.get("baseline"), item.get("target")) else {
        return String::new();
    };
    let figures = format!("{} → {} {}", show_real(*from), show_real(*to), item.text("unit"));
    let by = item.day("due").map(|due| format!(", by {}", day::echo(due, today)));
    format!("{}{}", figures.trim_end(), by.unwrap_or_default())
}

/// Ref, late mark, title, and why it stands here.
fn line(output: &mut Output, row: &Row, width: usize, why: &str) -> Result<()> {
    let room = output.width().map_or(usize::MAX, |columns| columns.saturating_sub(width + 2));
    let title = Shown::line(row.item.title()).truncate(room);
    let left = room.saturating_sub(title.width());
    let why = if why.is_empty() || left < 12 {
        Shown::default()
    } else {
        Shown::line(&format!("  {why}")).truncate(left)
    };
    output.pieces(&[
        (Role::Plain, Shown::line(&row.item.reference.to_string()).pad_right(width)),
        (Role::Late, Shown::fixed(if row.late { "! " } else { "  " })),
        (Role::Plain, title),
        (Role::Muted, why),
    ])
}

fn next(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let found = workspace.next_thing()?;
    if let Some(format) = root::flag(matches, "format") {
        due::check_places(&format)?;
        return match found {
            Some((row, _, why)) => {
                let line = due::filled(&format, &row.item, (&why, None), call.clock.today());
                call.output.line(&line)
            }
            None => Ok(()),
        };
    }
    match call.output.format() {
        Format::Human => match found {
            Some((row, _, why)) => {
                call.output.line(&format!("{}  {}", row.item.reference, row.item.title()))?;
                if !why.is_empty() {
                    call.output.line(&why)?;
                }
            }
            None => call.output.say("nothing is waiting for you"),
        },
        Format::Json | Format::JsonLines => {
            call.output.open("next")?;
            if let Some((row, names, why)) = found {
                let mut json = item_json::item(&row.item, &names);
                json["why"] = json!(why);
                call.output.item(&json)?;
            }
            call.output.close()?;
        }
        Format::Csv | Format::Plain => {
            if let Some((row, _, _)) = found {
                let told = workspace.told_of(vec![row.item])?;
                super::change::print_items(call, &told)?;
            }
        }
    }
    Ok(())
}
