//! `restore`: which snapshots there are, and one of them in the place of the workspace.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use crate::ops::snapshots::{self, Kinship};
use crate::ops::{Result, Settings};
use crate::store;
use crate::store::snapshot::Snapshot;
use crate::store::sql::write_instant;

use super::families::Family;
use super::invocation::Invocation;
use super::output::Format;
use super::root;

pub const FAMILY: Family = Family {
    name: "restore",
    command: || {
        let which = Arg::new("snapshot")
            .value_name("SNAPSHOT")
            .help("`latest`, the beginning of a name from the list, or a file; else lists them");
        let force = Arg::new("force")
            .long("force")
            .action(ArgAction::SetTrue)
            .help("Also a snapshot of another workspace");
        Command::new("restore")
            .about("List the snapshots, or put one in the place of the workspace")
            .before_help(
                "What is there now is kept, so that a restore can be taken back.\n\n\
                 Examples:\n  prewire restore\n  prewire restore latest",
            )
            .args([which, force])
    },
    run,
};

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let Some(which) = root::flag(matches, "snapshot") else { return list(call) };
    if which.trim().is_empty() {
        return Err(super::misuse("no snapshot is named; prewire restore lists them"));
    }
    if call.read_only {
        return Err(store::Error::ReadOnly.into());
    }
    let (path, _) = call.place()?;
    let kinship = if matches.get_flag("force") { Kinship::Any } else { Kinship::Same };
    let wait = Settings::default().wait;
    let done = snapshots::restore(&path, &which, kinship, &call.places(), wait)?;
    let kept = done.kept.as_ref().map(|kept| kept.display().to_string());
    if call.output.is_human() {
        let words = format!("restored as of step {}", done.seq);
        call.output.line(&words)?;
        if let Some(kept) = kept {
            call.output.say(&format!("what was there is kept: prewire restore {kept}"));
        }
        return Ok(());
    }
    call.output.open("restore")?;
    call.output.item(&json!({
        "path": done.path.display().to_string(),
        "snapshot": done.snapshot.display().to_string(),
        "seq": done.seq,
        "kept": kept,
    }))?;
    call.output.close()
}

fn list(call: &mut Invocation<'_>) -> Result<()> {
    let (path, _) = call.place()?;
    let found = snapshots::list(&path, &call.places());
    if call.output.is_human() && found.is_empty() {
        call.output.say("there is no snapshot yet");
    }
    call.output.open("snapshot")?;
    call.output.columns(&["ref", "seq", "at", "reason"])?;
    for snapshot in &found {
        print(call, snapshot)?;
    }
    call.output.close()
}

fn print(call: &mut Invocation<'_>, snapshot: &Snapshot) -> Result<()> {
    let Snapshot { path, seq, at, reason, is_other } = snapshot;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    match call.output.format() {
        Format::Human => {
            let at = call.local(*at).format("%a %-d %b %Y %H:%M");
            let other = if *is_other { "  another workspace, with --force" } else { "" };
            call.output.line(&format!("{name}  {at}  as of step {seq}  {reason}{other}"))
        }
        Format::Json | Format::JsonLines => call.output.item(&json!({
            "ref": name,
            "title": format!("as of step {seq}, {reason}"),
            "name": name,
            "path": path.display().to_string(),
            "seq": seq,
            "at": write_instant(*at),
            "reason": reason,
            "other_workspace": is_other,
        })),
        Format::Csv | Format::Plain => {
            call.output.fields(&[name, seq.to_string(), write_instant(*at), reason.clone()])
        }
    }
}
