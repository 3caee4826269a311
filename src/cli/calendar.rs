//! `week calendar`: the calendars that are watched: folders and files that another program keeps
//! up to date.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use serde_json::json;

use crate::domain::refusal::Refusal;
use crate::ops::calendars::{Keeper, Watched};
use crate::ops::import::ImportRequest;
use crate::ops::publish::{To, minutes};
use crate::ops::{Error, Op, Result};

use super::change::{self, Tell};
use super::import;
use super::invocation::{Invocation, is_absent};
use super::output::Format;
use super::root;

pub fn command() -> Command {
    let name = |required: bool| {
        Arg::new("name").value_name("NAME").required(required).help("What the calendar is called")
    };
    Command::new("calendar")
        .about("Calendars that are read again whenever they change")
        .before_help(
            "Examples:\n  prewire week calendar add ~/calendars/work --name Work\n  \
             prewire week calendar read",
        )
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(root::changing(
            Command::new("add").about("Watch a folder of .ics files, or one file").args([
                Arg::new("path")
                    .value_name("PATH")
                    .required(true)
                    .value_hint(ValueHint::AnyPath)
                    .help("A folder as vdirsyncer writes it, or an .ics file"),
                Arg::new("name").long("name").value_name("NAME").help("What to call it"),
                import::zone_flag(),
            ]),
        ))
        .subcommand(Command::new("list").about("List them, and whether each can be read"))
        .subcommand(root::changing(
            Command::new("read")
                .about("Read them now, or one of them")
                .args([name(false), import::zone_flag()]),
        ))
        .subcommand(root::changing(
            Command::new("publish")
                .about("Bring the plan into a calendar folder, and keep it up to date there")
                .before_help(
                    "Examples:\n  prewire week calendar publish ~/calendars/plan --remind 10\n  \
                     prewire week calendar publish            # again\n  \
                     prewire week calendar publish --off",
                )
                .args([
                    Arg::new("path").value_name("FOLDER").value_hint(ValueHint::DirPath).help(
                        "Where the planned blocks go, a file each; else where they went before",
                    ),
                    Arg::new("remind")
                        .long("remind")
                        .value_name("MINUTES")
                        .help("An alarm so many minutes before each block; none takes them away"),
                    Arg::new("off")
                        .long("off")
                        .action(ArgAction::SetTrue)
                        .conflicts_with("path")
                        .help("Nowhere any more; the files stay"),
                ]),
        ))
        .subcommand(root::changing(
            Command::new("rm")
                .about("Watch one no longer; its meetings go into the Trash")
                .arg(name(true)),
        ))
}

/// Carries out `week calendar …`.
///
/// # Errors
/// A calendar that cannot be read (18), or is not known; a storage error.
pub fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    match matches.subcommand() {
        Some(("add", rest)) => add(call, rest),
        Some(("read", rest)) => read(call, rest),
        Some(("publish", rest)) => publish(call, rest),
        Some(("rm", rest)) => {
            let name = root::flag(rest, "name").unwrap_or_default();
            let mut workspace = call.to_change_or_look()?;
            let op = Op::WatchCalendar { name, path: None };
            change::carry_out(call, &mut workspace, &op, Tell::Changed)
        }
        _ => list(call),
    }
}

fn add(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let typed = PathBuf::from(root::flag(matches, "path").unwrap_or_default());
    let path = std::fs::canonicalize(&typed).map_err(|_| {
        Refusal::missing(format!("{} is not there", typed.display()))
            .hint("name a folder of .ics files, or one file")
    })?;
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = root::flag(matches, "name").or(stem).unwrap_or_else(|| "calendar".to_owned());
    let zones = import::zones(matches)?;
    let mut request = ImportRequest { path: path.clone(), zones, ..Default::default() };
    let opened = call.to_change_or_look();
    if is_absent(&opened) {
        // What cannot be read is refused before there is a file.
        let nowhere = call.nowhere()?;
        import::ask_zones(call, &nowhere, &mut request)?;
    }
    let mut workspace = call.begun(opened)?;
    import::ask_zones(call, &workspace, &mut request)?;
    let op = Op::WatchCalendar { name: name.clone(), path: Some(path.display().to_string()) };
    change::carry_out(call, &mut workspace, &op, Tell::Changed)?;
    if call.dry_run {
        return Ok(());
    }
    let own = workspace.own_calendars()?.into_iter().filter(|watched| watched.path == path);
    let own = own.max_by_key(|watched| watched.name == name);
    let own = own.unwrap_or(Watched { name, path, of: Keeper::Mine });
    let done = workspace.read_calendar(&own, &request.zones)?;
    call.output.say(&done.done.label);
    Ok(())
}

fn read(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let wanted = root::flag(matches, "name");
    let all = workspace.calendars()?;
    let named = all.into_iter().filter(|one| wanted.as_ref().is_none_or(|name| *name == one.name));
    let is_anybody = workspace.settings().me.is_none();
    let (others, named): (Vec<Watched>, Vec<Watched>) =
        named.partition(|one| !is_anybody && one.other().is_some());
    if let (Some(name), Some(of)) = (&wanted, others.first().and_then(Watched::other)) {
        let what = format!("the calendar {name} is watched by {of}");
        let hint = "it is read where they work; prewire week calendar add PATH watches your own";
        return Err(Refusal::input(what).hint(hint).into());
    }
    if let (Some(name), true) = (&wanted, named.is_empty()) {
        let what = format!("no calendar is called {name}");
        return Err(Refusal::missing(what).hint("prewire week calendar list").into());
    }
    let (mut failed, zones) = (Vec::new(), import::zones(matches)?);
    for watched in &named {
        match workspace.read_calendar(watched, &zones) {
            Ok(done) => call.output.say(&format!("{}: {}", watched.name, done.done.label)),
            Err(error) => {
                call.output.say(&format!("{}: {}", watched.name, error.what()));
                // A zone that nobody knows is said here too.
                if let Some(hint) = error.hint().filter(|hint| hint.contains("--zone")) {
                    call.output.say(&hint);
                }
                failed.push(watched.name.clone());
            }
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(Error::Source(format!("{} could not be read; what it gave last stays", failed.join(", "))))
}

fn publish(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let named = root::flag(matches, "path").map(|typed| {
        let path = PathBuf::from(typed);
        std::path::absolute(&path).unwrap_or(path).display().to_string()
    });
    let known = workspace.plan_folder()?.map(|path| path.display().to_string());
    let remind = root::flag(matches, "remind").map(|word| minutes(&word)).transpose()?;
    let alarms = remind.filter(|_| known.is_some() || named.is_some());
    if matches.get_flag("off") || alarms.is_some() || (named.is_some() && named != known) {
        let off = matches.get_flag("off");
        let folder = named.or_else(|| known.clone()).filter(|_| !off);
        let stays = folder == known;
        let to = To { folder, remind };
        change::carry_out(call, &mut workspace, &Op::PublishTo(to), Tell::Changed)?;
        if stays {
            return Ok(());
        }
        let before = known.filter(|_| !matches.get_flag("off"));
        return leave(call, &workspace, before.as_deref());
    }
    if known.is_none() {
        return Err(Refusal::input("nobody said yet where the plan goes")
            .hint("prewire week calendar publish ~/calendars/plan")
            .into());
    }
    if call.dry_run {
        call.output.say("dry run: nothing was changed");
        return Ok(());
    }
    if let Some(sent) = workspace.publish_plan()? {
        call.output.say(&sent.words());
    }
    Ok(())
}

/// What stood in the folder before is not kept up to date any more, so it goes.
fn leave(
    call: &mut Invocation<'_>,
    workspace: &crate::ops::Workspace,
    before: Option<&str>,
) -> Result<()> {
    let Some(before) = before.filter(|_| !call.dry_run) else { return Ok(()) };
    let gone = workspace.leave_folder(std::path::Path::new(before))?;
    if gone > 0 {
        let blocks = if gone == 1 { "block" } else { "blocks" };
        call.output.say(&format!("{gone} {blocks} taken out of {before}"));
    }
    Ok(())
}

fn list(call: &mut Invocation<'_>) -> Result<()> {
    let workspace = call.workspace()?;
    let all = workspace.calendars()?;
    let plan = workspace.plan_folder()?;
    if call.output.is_human() && all.is_empty() && plan.is_none() {
        call.output.say("no calendar is watched; prewire week calendar add FOLDER");
        return Ok(());
    }
    call.output.open("calendar")?;
    call.output.columns(&["ref", "state", "path"])?;
    for watched in &all {
        let request = ImportRequest { path: watched.path.clone(), ..Default::default() };
        let trouble = match std::fs::symlink_metadata(&watched.path) {
            // The file of somebody else lies where they work.
            _ if watched.other().is_some() => None,
            Ok(_) => workspace.check_import(&request).err().map(|error| error.what()),
            Err(_) => Some("it is not there".to_owned()),
        };
        let of = match &watched.of {
            Keeper::Other(of) => Some(format!("read by {of}")),
            Keeper::Nobody if workspace.settings().me.is_some() => {
                Some("nobody's; week calendar add with its path makes it yours".to_owned())
            }
            Keeper::Nobody | Keeper::Mine => None,
        };
        let state = trouble.as_deref().or(of.as_deref()).unwrap_or("read");
        let path = watched.path.display().to_string();
        if matches!(call.output.format(), Format::Json | Format::JsonLines) {
            call.output.item(&json!({
                "ref": watched.name, "title": watched.name, "path": path,
                "state": if trouble.is_none() { "read" } else { "failed" }, "why": trouble,
                "of": watched.other(),
            }))?;
        } else {
            call.output.fields(&[watched.name.clone(), state.to_owned(), path])?;
        }
    }
    if let Some(path) = plan {
        let path = path.display().to_string();
        if matches!(call.output.format(), Format::Json | Format::JsonLines) {
            call.output.item(&json!({
                "ref": "plan", "title": "plan", "path": path, "state": "published", "why": null,
            }))?;
        } else {
            call.output.fields(&["plan".to_owned(), "published".to_owned(), path])?;
        }
    }
    call.output.close()
}
