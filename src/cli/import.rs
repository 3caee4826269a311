//! `import`: a backlog of another tracker, prewire's own CSV, or a whole workspace in JSON; first
//! what it would do with `--dry-run`, else as one step that undo takes back.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};

use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
pub(super) use crate::ops::import::ImportRequest;
use crate::ops::import::{BadRows, ImportDone, ImportPlan, PreviewRow, Tally, bad_rows_listed};
use crate::ops::{Error, Result, Workspace};

use super::families::Family;
use super::invocation::{Asking, Invocation, is_absent};
use super::spool::Given;
use super::teller::Teller;
use super::{misuse, root};

mod json;

pub const FAMILY: Family = Family { name: "import", command, run };

/// Rows of a plan that a person sees.
const SHOWN: usize = 20;

fn command() -> Command {
    let value = |name: &'static str, shape: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(shape).help(help)
    };
    let kinds = PossibleValuesParser::new([
        "decision",
        "asset",
        "request",
        "evidence",
        "conversation",
        "insight",
        "claim",
        "objection",
        "segment",
    ]);
    let command = Command::new("import")
        .about("Bring in a backlog, a calendar, a time sheet, or a whole workspace")
        .before_help(
            "Examples:\n  prewire import linear.csv --dry-run\n  \
             prewire import board.json\n  \
             prewire import tasks.csv --map \"Deadline=due\" --dates dmy\n  \
             prewire import linear.csv --flip 12=decision\n  \
             prewire import calls.csv --as evidence --map \"Said=title\"\n  \
             prewire import calendar.ics --dry-run",
        )
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_hint(ValueHint::FilePath)
                .help(
                    "A backlog of Trello, Asana, Linear, Jira or Notion, a table; .ics or a folder of \
                     them, calendar CSV, Toggl, Timewarrior; prewire's own CSV or JSON, MADR files; \
                     - is standard input",
                ),
        )
        .arg(value("as", "KIND", "Every row becomes this").value_parser(kinds))
        .arg(
            value("map", "COLUMN=FIELD", "What a column is; COLUMN=- leaves it out")
                .long_help(map_help())
                .action(ArgAction::Append),
        )
        .arg(value("encoding", "NAME", "utf-8, utf-16le, utf-16be or windows-1252"))
        .arg(value("dates", "ORDER", "Day or month first in dates such as 05/06/2026: dmy or mdy"))
        .arg(
            value("flip", "LINE=KIND", "What the row on this line becomes")
                .action(ArgAction::Append),
        )
        .arg(zone_flag())
        .arg(
            Arg::new("skip-bad")
                .long("skip-bad")
                .action(ArgAction::SetTrue)
                .help("Leave out rows that cannot be read, instead of refusing the file"),
        );
    root::changing(command)
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let given = Given::of(matches)?;
    let request = ImportRequest { path: given.path.clone(), ..request(matches)? };
    let mut passed_over = Vec::new();
    if let Some(files) = super::madr::files(&request.path, &mut passed_over)? {
        super::madr::import(call, &files)?;
        for name in passed_over {
            call.output.say(&format!("{name} is no MADR, and was left out"));
        }
        return Ok(());
    }
    carry_out(call, request)
}

/// Imports, or says what an import would do.
///
/// # Errors
/// The refusal of the file.
pub(super) fn carry_out(call: &mut Invocation<'_>, mut request: ImportRequest) -> Result<()> {
    let opened = call.to_change_or_look();
    let is_new = is_absent(&opened) && !call.dry_run;
    let mut workspace = match is_absent(&opened) {
        true if call.dry_run => call.nowhere()?,
        true => {
            // What cannot be read makes no workspace.
            let nowhere = call.nowhere()?;
            ask_zones(call, &nowhere, &mut request)?;
            call.create_unsaid()?
        }
        false => {
            let workspace = opened?;
            if call.asking == Asking::Possible {
                ask_zones(call, &workspace, &mut request)?;
            }
            workspace
        }
    };
    let mut teller = Teller::new();
    if call.dry_run {
        let plan = workspace.plan_import(&request, &mut |done, all| teller.tell(done, all));
        teller.end();
        let plan = plan.map_err(|error| apart(call, error))?;
        show_plan(call, &plan)?;
        return refuse_bad(&plan, request.bad_rows);
    }
    let done = workspace.import(&request, &mut |done, all| teller.tell(done, all));
    teller.end();
    let came = done.as_ref().is_ok_and(|done| done.done.seq.is_some());
    if is_new && came {
        call.say_made(&workspace);
    } else if is_new {
        take_away(workspace)?;
    }
    let done = done.map_err(|error| apart(call, error))?;
    show_done(call, &done)?;
    if is_new && !came {
        call.output.say("nothing came of it, so no workspace was made");
    }
    Ok(())
}

/// A workspace that was made for a file of which nothing came goes again, unless somebody wrote into
/// it meanwhile.
fn take_away(workspace: Workspace) -> Result<()> {
    if !workspace.history(1)?.is_empty() {
        return Ok(());
    }
    let path = workspace.store().path().to_owned();
    drop(workspace);
    // What cannot be taken away is an empty workspace, which harms nobody.
    let _ = std::fs::remove_file(&path);
    Ok(())
}

/// Asks for each zone that a calendar names and nobody knows; without somebody to ask it is refused.
pub(super) fn ask_zones(
    call: &mut Invocation<'_>,
    workspace: &Workspace,
    request: &mut ImportRequest,
) -> Result<()> {
    loop {
        let Err(error) = workspace.check_import(request) else { return Ok(()) };
        let Error::Refused(refusal) = &error else { return Err(error) };
        let zone = refusal.choices.first().filter(|_| refusal.asks.is_none()).cloned();
        let Some(name) = zone else { return Err(error) };
        let question = format!("which zone is “{name}”? (as Europe/Berlin)");
        let Some(typed) = call.ask(&question) else { return Err(error) };
        match typed.parse() {
            Ok(zone) => request.zones.push((name, zone)),
            Err(_) => call.output.say(&format!("“{typed}” is no zone of the tz database")),
        }
    }
}

fn request(matches: &ArgMatches) -> Result<ImportRequest> {
    let flips = root::typed(matches, "flip");
    Ok(ImportRequest {
        as_kind: root::flag(matches, "as").and_then(|slug| Kind::from_slug(&slug)),
        flips: flips.iter().map(|flip| read_flip(flip)).collect::<Result<_>>()?,
        zones: zones(matches)?,
        ..common(matches)?
    })
}

/// What is said of any file.
///
/// # Errors
/// A misuse of a flag.
pub(super) fn common(matches: &ArgMatches) -> Result<ImportRequest> {
    let wrong = |error: crate::exchange::read_error::ReadError| {
        let refusal = Refusal::usage(error.to_string());
        Error::from(match error.hint() {
            Some(hint) => refusal.hint(hint),
            None => refusal,
        })
    };
    Ok(ImportRequest {
        map: root::typed(matches, "map"),
        encoding: root::flag(matches, "encoding")
            .map(|name| name.parse())
            .transpose()
            .map_err(wrong)?,
        dates: root::flag(matches, "dates")
            .map(|order| order.parse())
            .transpose()
            .map_err(wrong)?,
        bad_rows: if matches.get_flag("skip-bad") { BadRows::Skip } else { BadRows::Refuse },
        ..ImportRequest::default()
    })
}

fn map_help() -> String {
    let names = crate::exchange::backlog::Slot::names().join(", ");
    format!("What a column is; COLUMN=- leaves it out. A field is one of {names}")
}

fn read_flip(text: &str) -> Result<(u64, Kind)> {
    let read = || {
        let (line, kind) = text.split_once('=')?;
        Some((line.trim().parse().ok()?, Kind::from_slug(kind.trim())?))
    };
    read()
        .ok_or_else(|| misuse(format!("--flip takes LINE=KIND such as 12=decision, not “{text}”")))
}

/// `--zone`, for whatever reads a calendar.
pub(super) fn zone_flag() -> Arg {
    Arg::new("zone")
        .long("zone")
        .value_name("NAME=ZONE")
        .help("Which zone a calendar means by a name: Office=Europe/Berlin")
        .action(ArgAction::Append)
}

/// What was said with it.
pub(super) fn zones(matches: &ArgMatches) -> Result<Vec<(String, crate::domain::zone::Zone)>> {
    root::typed(matches, "zone").iter().map(|zone| read_zone(zone)).collect()
}

fn read_zone(text: &str) -> Result<(String, crate::domain::zone::Zone)> {
    let read = || {
        let (name, zone) = text.rsplit_once('=')?;
        Some((name.trim().to_owned(), zone.trim().parse().ok()?))
    };
    read().ok_or_else(|| {
        misuse(format!("--zone takes NAME=ZONE such as Office=Europe/Berlin, not “{text}”"))
    })
}

/// Says the bad rows one a line; the refusal itself stays one line.
pub(super) fn apart(call: &mut Invocation<'_>, error: Error) -> Error {
    let Error::Refused(mut refusal) = error else { return error };
    if let Some((what, rows)) = refusal.what.clone().split_once('\n') {
        for row in rows.lines() {
            call.output.say(row);
        }
        what.clone_into(&mut refusal.what);
    }
    refusal.into()
}

fn show_plan(call: &mut Invocation<'_>, plan: &ImportPlan) -> Result<()> {
    if !call.output.is_human() {
        call.output.open("import")?;
        call.output.item(&json::plan_json(plan))?;
        return call.output.close();
    }
    let told = [plan.encoding.as_str(), plan.delimiter.as_deref().unwrap_or("")];
    let told: Vec<&str> = told.into_iter().filter(|word| !word.is_empty()).collect();
    let told = [&[plan.file.as_str(), plan.source.as_str()], &told[..]].concat();
    call.output.line(&told.join(" · "))?;
    let mapped: Vec<String> = plan
        .columns
        .iter()
        .filter_map(|one| Some(format!("{} → {}", one.column, one.field.as_ref()?)))
        .collect();
    if !mapped.is_empty() {
        let remembered = if plan.remembered { " (remembered)" } else { "" };
        call.output.line(&format!("columns{remembered}: {}", mapped.join(", ")))?;
    }
    if !plan.unmapped.is_empty() {
        call.output.line(&format!("not read: {}", plan.unmapped.join(", ")))?;
    }
    for row in plan.preview.iter().take(SHOWN) {
        call.output.line(&preview_words(row))?;
        for one in &row.rewrites {
            call.output.line(&format!("       {}", one.words()))?;
        }
    }
    let more = plan.rows.saturating_sub(plan.preview.len().min(SHOWN) as u64 + plan.bad_total);
    if more > 0 {
        call.output.line(&format!("… {more} more"))?;
    }
    for line in bad_rows_listed(&plan.bad, plan.bad_total) {
        call.output.say(&line);
    }
    for warning in &plan.warnings {
        call.output.say(warning);
    }
    for (kind, tally) in &plan.tallies {
        call.output.line(&tally_words(*kind, *tally))?;
    }
    call.output.say("dry run: nothing was changed");
    Ok(())
}

/// What the import itself would refuse, its dry run ends with.
fn refuse_bad(plan: &ImportPlan, bad_rows: BadRows) -> Result<()> {
    if plan.bad_total == 0 || bad_rows == BadRows::Skip {
        return Ok(());
    }
    let what = format!("{} of {} rows cannot be read", plan.bad_total, plan.rows);
    Err(Refusal::input(what).hint("mend the file, or leave these rows out with --skip-bad").into())
}

fn preview_words(row: &PreviewRow) -> String {
    let already = row.reference.map_or_else(String::new, |found| format!(" {found}"));
    format!(
        "{:>5}  {:<9} {:<9}{already} {}  ({})",
        row.line,
        row.fate.word(),
        row.kind.slug(),
        row.title,
        row.why
    )
}

/// `decisions: +12 new, ~3 changed, =185 unchanged`.
fn tally_words(kind: Kind, tally: Tally) -> String {
    let gone = if tally.gone > 0 { format!(", -{} gone", tally.gone) } else { String::new() };
    format!(
        "{}: +{} new, ~{} changed, ={} unchanged{gone}",
        kind.noun().plural,
        tally.new,
        tally.changed,
        tally.unchanged
    )
}

/// How a table was read, where that is not what everybody expects.
fn read_as(done: &ImportDone) -> Option<String> {
    let ImportDone { encoding, unmapped, .. } = done;
    match (encoding.as_str(), unmapped.as_slice()) {
        ("" | "utf-8", []) => None,
        (encoding, []) => Some(format!("read as {encoding}")),
        (encoding, unmapped) => {
            Some(format!("read as {encoding} · not read: {}", unmapped.join(", ")))
        }
    }
}

fn show_done(call: &mut Invocation<'_>, done: &ImportDone) -> Result<()> {
    if !call.output.is_human() {
        call.output.open("import")?;
        call.output.item(&json::done_json(done))?;
        call.output.close()?;
    }
    for line in bad_rows_listed(&done.bad, done.bad_total) {
        call.output.say(&format!("left out: {line}"));
    }
    for warning in done.warnings.iter().chain(&done.done.notices) {
        call.output.say(warning);
    }
    if !call.output.is_human() {
        return Ok(());
    }
    let is_nothing = done.done.seq.is_none() && done.total() == Tally::default();
    for (kind, tally) in done.tallies.iter().filter(|_| !is_nothing) {
        call.output.line(&tally_words(*kind, *tally))?;
    }
    if let Some(read) = read_as(done) {
        call.output.say(&read);
    }
    let total = done.total();
    if done.done.seq.is_none() {
        let unchanged = total.unchanged;
        call.output.say(&match unchanged {
            0 => format!("there is nothing to import in {}", done.file),
            unchanged => format!("0 new, {unchanged} unchanged"),
        });
        return Ok(());
    }
    call.output.say(&format!("{} · undo: prewire undo", done.done.label));
    Ok(())
}
