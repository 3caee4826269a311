//! What the parser of flags says, in our words: help on standard output, mistakes on standard
//! error with the word that was probably meant.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::domain::nearest::nearest;
use crate::domain::refusal::Refusal;
use crate::domain::verb::Verb;
use crate::ops::Error;

use super::failure;
use super::output::Output;

/// Ends a call that the parser of flags did not let through.
#[must_use]
pub fn end(error: &clap::Error) -> ExitCode {
    let mut output = Output::for_words();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = error.render().to_string();
            let printed = output.own_text(&text).and_then(|()| output.finish());
            match printed {
                Err(error) if !failure::is_closed_pipe(&error) => {
                    output.say(&failure::sentence(&error));
                    ExitCode::from(error.exit_code())
                }
                _ => ExitCode::SUCCESS,
            }
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            for line in error.render().to_string().lines() {
                output.say(line);
            }
            ExitCode::from(2)
        }
        _ => {
            let error = Error::from(refusal(error));
            output.say(&failure::sentence(&error));
            ExitCode::from(error.exit_code())
        }
    }
}

fn refusal(error: &clap::Error) -> Refusal {
    let said = |kind: ContextKind| error.get(kind).map(words).unwrap_or_default();
    // `--stake <WORD>` is called `--stake`, and `<REF>...` is called REF.
    let argument = |kind: ContextKind| {
        let text = said(kind);
        let first = text.split([' ', '[']).find(|word| !word.is_empty()).unwrap_or_default();
        first.trim_matches(['<', '>', '.', '[', ']']).to_owned()
    };
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("there is no command “{}”", said(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => {
            format!("there is no “{}” here", said(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue if said(ContextKind::InvalidValue).is_empty() => {
            format!("{} takes a value", argument(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue => format!(
            "{}: “{}” is not one of {}",
            argument(ContextKind::InvalidArg),
            said(ContextKind::InvalidValue),
            said(ContextKind::ValidValue)
        ),
        ErrorKind::ValueValidation => format!(
            "{}: “{}” does not do",
            argument(ContextKind::InvalidArg),
            said(ContextKind::InvalidValue)
        ),
        ErrorKind::MissingRequiredArgument => {
            let missing = said(ContextKind::InvalidArg);
            let names =
                missing.split(", ").map(|name| name.trim_matches(['<', '>', '.', '[', ']']));
            let names: Vec<&str> = names.collect();
            let verb = if names.len() == 1 { "is" } else { "are" };
            format!("{} {verb} missing", names.join(" and "))
        }
        ErrorKind::ArgumentConflict
            if said(ContextKind::InvalidArg) == said(ContextKind::PriorArg) =>
        {
            format!("{} is there twice", argument(ContextKind::InvalidArg))
        }
        ErrorKind::ArgumentConflict => format!(
            "{} and {} do not go together",
            argument(ContextKind::InvalidArg),
            argument(ContextKind::PriorArg)
        ),
        ErrorKind::InvalidUtf8 => "the words of this call are not UTF-8".to_owned(),
        _ => first_line(error),
    };
    let hint = match probably(error) {
        Some(near) => format!("nothing was changed. Did you mean {near}?"),
        None => "nothing was changed; --help tells what there is".to_owned(),
    };
    Refusal::usage(what).hint(hint)
}

/// Flags that mean the same in different commands.
const ALIKE: [&[&str]; 5] = [
    &["reason", "rationale", "note", "why", "because", "comment", "message"],
    &["until", "due", "needed-by", "wanted-by", "on", "by", "date", "deadline", "to"],
    &["owner", "assignee", "approver", "from", "who", "person"],
    &["title", "name", "question"],
    &["estimate", "est", "effort", "time", "duration"],
];

/// The flag of this command that means what was typed, where it is spelt quite differently.
fn alike(error: &clap::Error) -> Option<String> {
    let typed = words(error.get(ContextKind::InvalidArg)?);
    let typed = typed.trim_start_matches('-').split('=').next().unwrap_or_default().to_owned();
    let command = command_of(error)?;
    let has = |name: &str| command.get_arguments().any(|arg| arg.get_long() == Some(name));
    let group = ALIKE.iter().find(|group| group.contains(&typed.as_str()))?;
    group.iter().find(|name| **name != typed && has(name)).map(|name| format!("--{name}"))
}

/// The command that was called, by the usage that the parser tells.
fn command_of(error: &clap::Error) -> Option<clap::Command> {
    let usage = match error.get(ContextKind::Usage)? {
        ContextValue::StyledStr(usage) => usage.to_string(),
        _ => return None,
    };
    let mut command = super::root::command();
    command.build();
    for word in usage.split_whitespace().skip_while(|word| *word != "prewire").skip(1) {
        match command.find_subcommand(word) {
            Some(found) => command = found.clone(),
            None => break,
        }
    }
    Some(command)
}

/// What people type for commands that are called otherwise, the likeliest command first.
const MEANT: [(&[&str], &[&str]); 12] = [
    (&["delete", "del", "remove", "trash", "erase"], &["rm"]),
    (&["new", "create", "insert", "make", "capture"], &["add"]),
    (&["settings", "preferences", "options", "configure", "setup", "prefs"], &["config"]),
    (&["ls", "all", "find", "search", "filter", "dir"], &["list"]),
    (&["view", "get", "open", "info", "cat", "details"], &["show"]),
    (&["update", "modify", "change", "set", "rename"], &["edit"]),
    (&["status", "dashboard", "home", "agenda", "summary"], &["today"]),
    (&["log", "changes", "journal", "activity"], &["history"]),
    (&["save", "snapshot"], &["backup"]),
    (&["revert", "rollback", "back"], &["undo"]),
    (&["check", "verify", "repair", "fsck"], &["doctor"]),
    (&["done", "finish", "complete", "close"], &["ship", "decide", "complete", "done"]),
];

/// A command that means what was typed, here or without a noun before it.
fn meant(wrong: &str, error: &clap::Error) -> Option<String> {
    let (_, names) = MEANT.iter().find(|(typed, _)| typed.contains(&wrong))?;
    let here = command_of(error)?;
    let has = |command: &clap::Command, name: &str| command.find_subcommand(name).is_some();
    if let Some(name) = names.iter().find(|name| has(&here, name)) {
        let is_root = here.get_name() == super::root::command().get_name();
        return Some(if is_root { format!("prewire {name}") } else { (*name).to_owned() });
    }
    let root = super::root::command();
    match names.iter().find(|name| has(&root, name)) {
        Some(name) => Some(format!("prewire {name}")),
        None if here.get_name() == root.get_name() => {
            names.first().map(|name| format!("prewire decision {name}"))
        }
        None => None,
    }
}

/// The word that was probably meant: a verb without its noun, or what is spelt almost so.
fn probably(error: &clap::Error) -> Option<String> {
    let wrong = error.get(ContextKind::InvalidSubcommand).map(words).unwrap_or_default();
    let acting = Verb::ALL.into_iter().find(|verb| verb.name() == wrong);
    if acting.is_some() || ["add", "list"].contains(&wrong.as_str()) {
        let kind = acting.map_or("decision", |verb| verb.kinds()[0].slug());
        return Some(format!("prewire {kind} {wrong}"));
    }
    if let Some(meant) = meant(&wrong, error) {
        return Some(meant);
    }
    if let Some(alike) = alike(error) {
        return Some(alike);
    }
    let kinds =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    kinds.into_iter().find_map(|kind| match error.get(kind)? {
        ContextValue::Strings(several) => {
            let near = nearest(&wrong, several.iter().map(String::as_str));
            near.map(str::to_owned).or_else(|| several.last().cloned())
        }
        other => Some(words(other)),
    })
}

fn first_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or("the call is not understood");
    line.trim_start_matches("error: ").trim_end_matches('.').to_owned()
}

fn words(value: &ContextValue) -> String {
    let text = match value {
        ContextValue::Strings(several) => several.join(", "),
        other => other.to_string(),
    };
    // The mark of a shielded word was never typed.
    text.replace('\0', "")
}
