//! `metric source` and `metric refresh`: what feeds a metric, and asking it; and the hidden verb that
//! starts a command in a session of its own, without a terminal.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use serde_json::json;

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::shown::Shown;
use crate::ops::metric::run::STARTER;
use crate::ops::metric::watch::{Feed, MOST_SECONDS, SECONDS, Watch, read_every, whole};
use crate::ops::{Result, Workspace};

use super::change::{self, Tell};
use super::families::Family;
use super::invocation::{Invocation, meant};
use super::output::Role;
use super::{edit, root};

/// Room of refs.
const REF: usize = 6;

/// Starts a command: not for people.
pub const START: Family = Family {
    name: STARTER,
    command: || {
        Command::new(STARTER)
            .hide(true)
            .arg(Arg::new("argv").num_args(1..).required(true).last(true))
    },
    run: start,
};

pub fn command() -> Command {
    let value = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    root::changing(
        Command::new("source")
            .about(
                "What feeds a metric: a file that is watched, or a command that is approved here",
            )
            .before_help(
                "Examples:\n  prewire metric source m4 --file figures.csv\n  \
                 prewire metric source m4 --command -- /usr/local/bin/figures win-rate\n  \
                 prewire metric source m4 --command --every 15m -- /usr/local/bin/figures\n  \
                 prewire metric source m4 --none",
            )
            .arg(
                Arg::new("target")
                    .value_name("REF")
                    .num_args(0..=1)
                    .help("The metric; else all sources"),
            )
            .args([
                value("file", "FILE", "A table that a script or a drive keeps up to date")
                    .value_hint(ValueHint::FilePath)
                    .conflicts_with_all(["command", "none"]),
                Arg::new("command")
                    .long("command")
                    .action(ArgAction::SetTrue)
                    .help("What follows -- is the command and its words; no shell reads them"),
                value("env", "NAME", "A variable that is passed on to the command")
                    .action(ArgAction::Append),
                value("timeout", "SECONDS", "How long it may take: 10 unless said, 300 at most"),
                value(
                    "every",
                    "TIME",
                    "Run it so often while the program is open: 30s, 15m, 2h, 1d",
                )
                .conflicts_with_all(["file", "none"]),
                Arg::new("none").long("none").action(ArgAction::SetTrue).help("Nothing feeds it"),
                Arg::new("argv").value_name("ARGV").num_args(0..).last(true).help("The command"),
            ]),
    )
}

pub fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let Some(name) = root::flag(matches, "target") else {
        let workspace = call.workspace()?;
        return list(call, &workspace, &[]);
    };
    let argv = root::typed(matches, "argv");
    let watch = match root::flag(matches, "file") {
        Some(file) if file.contains("://") => {
            let what = format!("{file} is an address, and nothing is fetched");
            return Err(Refusal::input(what)
                .hint("a script that writes a file, or --command -- its words, brings it here")
                .into());
        }
        Some(file) => Some(Watch::File(whole(Path::new(&file)))),
        None if matches.get_flag("command") => Some(Watch::Command(feed(matches, argv)?)),
        None if matches.get_flag("none") => None,
        None => {
            let workspace = call.workspace()?;
            let of = meant(&workspace, &[name], &[Kind::Metric])?;
            return list(call, &workspace, &of);
        }
    };
    let mut workspace = call.to_change_or_look()?;
    let metric = meant(&workspace, std::slice::from_ref(&name), &[Kind::Metric])?[0];
    let op = Watch::op(metric, watch.as_ref())?;
    change::carry_out(call, &mut workspace, &op, Tell::Changed)?;
    if !call.dry_run {
        workspace.forget_trouble(metric);
    }
    match watch {
        Some(Watch::Command(_)) => call
            .output
            .say(&format!("it runs once it is approved here: prewire trust approve {name}")),
        Some(Watch::File(path)) => tell_file(call, &workspace, metric, path)?,
        None => {}
    }
    Ok(())
}

/// What is wrong with a file that feeds a metric from now on, while somebody looks.
fn tell_file(
    call: &mut Invocation<'_>,
    workspace: &Workspace,
    metric: ItemId,
    path: PathBuf,
) -> Result<()> {
    let Some(item) = workspace.store().items(&[metric])?.pop() else { return Ok(()) };
    if !path.exists() {
        call.output
            .say(&format!("{} is not there yet; it is read as soon as it is", path.display()));
        return Ok(());
    }
    if let Err(error) = workspace.told_by_file(&item, path) {
        if !call.dry_run {
            workspace.remember_failure(metric, &error);
        }
        call.output.say(&format!("nothing comes of it yet: {}", error.what()));
        if let Some(hint) = error.hint() {
            call.output.say(&hint);
        }
    }
    Ok(())
}

fn feed(matches: &ArgMatches, argv: Vec<String>) -> Result<Feed> {
    if argv.is_empty() {
        return Err(
            Refusal::usage("the command follows --, as in --command -- figures win-rate").into()
        );
    }
    let seconds = match root::flag(matches, "timeout") {
        None => SECONDS,
        Some(typed) => {
            typed.parse().ok().filter(|seconds| (1..=MOST_SECONDS).contains(seconds)).ok_or_else(
                || Refusal::usage(format!("--timeout takes 1 to {MOST_SECONDS} seconds")),
            )?
        }
    };
    let every = root::flag(matches, "every").map(|typed| read_every(&typed)).transpose()?;
    Ok(Feed { argv, variables: root::typed(matches, "env"), seconds, every })
}

fn list(call: &mut Invocation<'_>, workspace: &Workspace, of: &[ItemId]) -> Result<()> {
    let troubles = workspace.troubles();
    let fed = workspace.fed_metrics(of)?;
    if call.output.is_human() {
        if fed.is_empty() {
            let one = workspace.store().items(of)?.pop();
            let (who, name) = match one {
                Some(item) => {
                    (format!("{} has no source", item.reference), item.reference.to_string())
                }
                None => ("no metric has a source".to_owned(), "m1".to_owned()),
            };
            call.output.say(&format!("{who}; prewire metric source {name} --file figures.csv"));
        }
        for (item, watch) in &fed {
            let state = state(workspace, (item, watch), troubles.get(&item.id.to_string()));
            call.output.pieces(&[
                (Role::Plain, Shown::line(&item.reference.to_string()).pad_right(REF)),
                (Role::Plain, Shown::line(&format!("{}: {}  ", item.title(), watch.words()))),
                (Role::Muted, Shown::line(&state)),
            ])?;
        }
        return Ok(());
    }
    call.output.open("source")?;
    for (item, watch) in &fed {
        let (file, feed) = match watch {
            Watch::File(path) => (Some(path.display().to_string()), None),
            Watch::Command(feed) => (None, Some(feed)),
        };
        call.output.item(&json!({
            "ref": item.reference.to_string(),
            "title": item.title(),
            "file": file,
            "argv": feed.map(|feed| &feed.argv),
            "every_seconds": feed.and_then(|feed| feed.every),
            "state": state(workspace, (item, watch), troubles.get(&item.id.to_string())),
        }))?;
    }
    call.output.close()
}

fn state(
    workspace: &Workspace,
    (item, watch): (&Item, &Watch),
    trouble: Option<&String>,
) -> String {
    if let Watch::Command(feed) = watch
        && !workspace.looks_approved(feed)
    {
        return "disabled (not approved here)".to_owned();
    }
    if let Watch::File(path) = watch
        && let Some(words) = workspace.told_otherwise(item, path.clone())
    {
        return format!("{words}; prewire metric refresh {} reads it", item.reference);
    }
    trouble.map_or_else(|| "in order".to_owned(), |trouble| format!("failed: {trouble}"))
}

pub fn refresh_command() -> Command {
    Command::new("refresh")
        .about("Ask the sources of metrics; one that fails keeps the last figure and says so")
        .before_help("Examples:\n  prewire metric refresh\n  prewire metric refresh m4")
        .arg(
            Arg::new("target")
                .value_name("REF")
                .num_args(0..)
                .help("The metrics; else all with a source"),
        )
}

pub fn refresh(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let target = root::typed(matches, "target");
    let mut workspace = call.to_change()?;
    let ids = meant(&workspace, &target, &[Kind::Metric])?;
    let fed = workspace.fed_metrics(&ids)?;
    if fed.is_empty() {
        return Err(Refusal::missing("no metric has a source")
            .hint("prewire metric source m1 --file figures.csv")
            .into());
    }
    let mut failed = None;
    for one in workspace.refresh(&fed)? {
        match one.outcome {
            Ok(done) => call.output.say(&format!("{}: {}", one.reference, done.label)),
            Err(error) => {
                call.output.say(&format!("{}: failed, {}", one.reference, error.what()));
                failed.get_or_insert(error);
            }
        }
    }
    failed.map_or(Ok(()), Err)
}

/// Becomes the command, in a session of its own and with files that are nobody else's.
fn start(_: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let argv = root::typed(matches, "argv");
    // Whoever starts this leads no group yet; a second call changes nothing.
    let _ = rustix::process::setsid();
    // Nobody is left to wait for it when whoever started it is gone.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let error = std::process::Command::new(&argv[0]).args(&argv[1..]).exec();
    Err(Refusal::source(format!("{} could not be started: {error}", argv[0])).into())
}

/// The metric that a verb of trust names, with its command.
///
/// # Errors
/// When it has none.
pub fn command_source(workspace: &Workspace, name: &str) -> Result<(String, Feed)> {
    let id = meant(workspace, &[name.to_owned()], &[Kind::Metric])?;
    let found = workspace.fed_metrics(&id)?.into_iter().next();
    match found {
        Some((item, Watch::Command(feed))) => Ok((item.reference.to_string(), feed)),
        Some((item, Watch::File(_))) => Err(Refusal::input(format!(
            "{} is fed by a file, which needs no approval",
            item.reference
        ))
        .into()),
        None => Err(Refusal::missing(format!("{name} has no source")).into()),
    }
}

/// Kept so that the target of a verb reads alike everywhere.
pub fn target() -> Arg {
    edit::target()
}
