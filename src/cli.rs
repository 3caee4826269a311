//! The command line: from the words of a call to the operations and queries that the screen uses
//! too, and to text or JSON. It knows no SQL and no rule of the product.
//!
//! A new verb is one file here with a `FAMILY`, and one line in `families`.

mod act;
mod add;
mod alignment;
mod artefact;
mod backup;
mod calendar;
mod change;
mod chart;
mod checkin;
mod completions;
mod config;
mod csv;
mod deal;
mod decision;
mod demo;
mod doctor;
mod drafts;
mod due;
mod edit;
mod escalation;
mod evidence;
mod export;
mod extras;
mod failure;
mod families;
mod fields;
mod figures;
mod folder;
mod frame;
mod given;
mod history;
mod impact;
mod import;
mod invocation;
mod involvement;
mod list;
mod madr;
mod man;
mod maturity;
mod meant;
mod metric;
mod note;
mod nouns;
mod output;
mod panic;
mod part;
mod plan;
mod readings;
mod report;
mod request;
mod request_log;
mod restore;
mod review;
mod ritual;
mod root;
mod rules;
mod scorecard;
mod show;
mod source;
mod spool;
mod standup;
mod table;
mod tags;
mod team;
mod teller;
mod timer;
mod today;
mod trash;
mod trust;
mod unchanged;
mod undo;
mod usage;
mod view;
mod week;
mod when;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::ArgMatches;
use clap::error::ErrorKind;

use crate::ops::{Error, Result, Workspace};

use invocation::Invocation;
use output::{Format, Look, Output};
pub use root::command;

/// Runs the program and says how it ended.
#[must_use]
pub fn main() -> ExitCode {
    let argv: Vec<OsString> = std::env::args_os().collect();
    if let Some(code) = crate::tui::watch_over(&argv) {
        return ExitCode::from(code);
    }
    panic::install();
    run(argv)
}

fn run(argv: Vec<OsString>) -> ExitCode {
    let matches = match read(&words::shield(argv)) {
        Ok(matches) => matches,
        Err(error) => return usage::end(&error),
    };
    let mut output = Output::for_words();
    let ended = carry_out(&matches, &mut output);
    let ended = ended.and_then(|()| output.finish());
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if failure::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(Error::Signal(signal)) => ExitCode::from(Error::Signal(signal).exit_code()),
        Err(error) => {
            let changing = root::is_changing(root::leaf(&matches));
            let words = if changing { failure::sentence_of_change } else { failure::sentence };
            output.say(&words(&error));
            ExitCode::from(error.exit_code())
        }
    }
}

/// Reads the words; where a verb is missing, the one that looks is meant.
fn read(argv: &[OsString]) -> std::result::Result<ArgMatches, clap::Error> {
    // What it refuses, a command among it, is for the whole command line to judge.
    if let Ok(matches) = root::alone().try_get_matches_from(argv) {
        return Ok(matches);
    }
    let error = match root::command().try_get_matches_from(argv) {
        Ok(matches) => return Ok(matches),
        Err(error) => error,
    };
    let missing = matches!(
        error.kind(),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    let fuller = match error.kind() {
        // The flags are those of a kind, which the ref tells.
        ErrorKind::UnknownArgument => words::with_kind_of_edit(argv),
        _ if missing => words::with_usual_verb(argv),
        _ => None,
    };
    match fuller {
        Some(fuller) => root::command().try_get_matches_from(fuller).map_err(|_| error),
        None => Err(error),
    }
}

fn carry_out(matches: &ArgMatches, output: &mut Output) -> Result<()> {
    let leaf = root::leaf(matches);
    output.look(Look::read(leaf)?);
    let mut call = Invocation::read(leaf, output)?;
    call.forgive();
    refuse_view(matches)?;
    let opens = matches!(matches.subcommand_name(), None | Some("demo"));
    if !opens && !config::is_check(matches) {
        warn(&mut call);
    }
    match matches.subcommand() {
        None => today::bare(&mut call, matches)?,
        Some((name, rest)) => match families::find(name) {
            Some(family) => (family.run)(&mut call, rest)?,
            None => nouns::run(&mut call, name, rest)?,
        },
    }
    if root::is_changing(leaf) && !call.dry_run {
        call.output.finish()?;
        backup::daily(&mut call);
    }
    Ok(())
}

/// Says what is wrong with the configuration, where no screen does.
fn warn(call: &mut Invocation<'_>) {
    if let Some(fallback) = &call.fallback {
        let words = format!("prewire: {}", fallback.sentence());
        call.output.say(&words);
    }
    let named = crate::config::variable("PREWIRE_CONFIG").map(std::path::PathBuf::from);
    if let Some(path) = named.filter(|path| !path.exists()) {
        let path = path.display();
        let words =
            format!("PREWIRE_CONFIG names {path}, where there is no file; the defaults hold");
        call.output.say(&words);
    }
}

/// `--view` before a command would be passed over in silence; it belongs behind a list.
fn refuse_view(matches: &ArgMatches) -> Result<()> {
    let view = root::flag(matches, "view").filter(|_| matches.subcommand_name().is_some());
    view.map_or(Ok(()), |_| {
        let refusal = crate::domain::refusal::Refusal::usage("--view opens the screen with a view");
        Err(refusal.hint("for a list, name it behind: decision list --view NAME").into())
    })
}

/// Prints today's summary, for callers without a command line.
///
/// # Errors
/// A storage error, or that standard output cannot be written.
pub fn print_today(workspace: &Workspace) -> Result<()> {
    let mut output = Output::for_words();
    output.look(Look::plain(Format::Human));
    today::print(&mut output, workspace)?;
    output.finish()
}

/// A usage error of our own.
fn misuse(what: impl Into<String>) -> Error {
    crate::domain::refusal::Refusal::usage(what).into()
}
