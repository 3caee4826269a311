//! `config`: what is configured and where it comes from, whether the file is right, and setting
//! one value in it.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use crate::config::{self, Config, SETTINGS, Setting};
use crate::domain::refusal::Refusal;
use crate::ops::fiscal::{FISCAL, set_fiscal};
use crate::ops::{Error, Result};
use crate::tui::configured;

use super::families::Family;
use super::invocation::{Invocation, Origin};
use super::output::Format;
use super::root;

pub const FAMILY: Family = Family { name: "config", command, run };

fn command() -> Command {
    let origin = Arg::new("origin")
        .long("origin")
        .action(ArgAction::SetTrue)
        .help("Name where each value comes from");
    let name = Arg::new("name").value_name("NAME").required(true).help(names());
    let value = Arg::new("value").value_name("VALUE").required(true).help("Its new value");
    let set = Command::new("set")
        .about("Set one value in the file")
        .before_help(
            "Examples:\n  prewire config set me Maya\n  prewire config set fiscal_year_start 4",
        )
        .args([name, value]);
    Command::new("config")
        .about("What is configured, and from where")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("show").about("Show every setting").arg(origin))
        .subcommand(Command::new("check").about("Say whether the file is right"))
        .subcommand(root::changing(set))
        .subcommand(
            Command::new("actions").about("List what a table of keys can name, and its keys now"),
        )
        .subcommand(Command::new("path").about("Print where the file is"))
}

/// Whether the call asks for the mistakes themselves.
pub fn is_check(matches: &ArgMatches) -> bool {
    let own = matches.subcommand_matches("config");
    own.is_some_and(|own| own.subcommand_name() == Some("check"))
}

fn names() -> String {
    let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    format!("One of {}", names.join(", "))
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    match matches.subcommand() {
        Some(("check", _)) => check(call),
        Some(("set", rest)) => set(call, rest),
        Some(("actions", _)) => actions(call),
        Some(("path", _)) => {
            let path = call.config_path()?;
            let path = path.display().to_string();
            if call.output.is_human() {
                return call.output.line(&path);
            }
            call.output.open("setting")?;
            call.output.item(&json!({ "ref": "path", "title": path, "value": path }))?;
            call.output.close()
        }
        Some((_, rest)) => show(call, rest.get_flag("origin")),
        None => Ok(()),
    }
}

fn show(call: &mut Invocation<'_>, with_origin: bool) -> Result<()> {
    let mistakes: Vec<String> =
        call.fallback.iter().flat_map(|fallback| fallback.mistaken.lines()).collect();
    for line in mistakes.iter().skip(1) {
        call.output.say(line);
    }
    let config = call.config()?.clone();
    let place = call.place()?;
    let own = call.workspace().ok().and_then(|workspace| workspace.own_fiscal().ok()?);
    call.output.open("setting")?;
    let columns = ["ref", "value", "origin"];
    call.output.columns(if with_origin { &columns } else { &columns[..2] })?;
    for setting in SETTINGS {
        let (value, origin) = if let Some(month) = own.filter(|_| setting.name == FISCAL) {
            (month.to_string(), "workspace")
        } else {
            let (value, origin) = value(setting, &config, &place);
            (value, origin.words())
        };
        match call.output.format() {
            Format::Json | Format::JsonLines => {
                let item = json!({
                    "ref": setting.name, "title": setting.help, "name": setting.name,
                    "value": value, "origin": origin,
                });
                call.output.item(&item)?;
            }
            _ if with_origin => {
                let fields = [setting.name.to_owned(), value, origin.to_owned()];
                call.output.fields(&fields)?;
            }
            _ => call.output.fields(&[setting.name.to_owned(), value])?,
        }
    }
    let config = call.config()?.clone();
    for line in &config.keys.lines {
        let (name, action) = (line.name(), line.action.clone());
        match call.output.format() {
            Format::Json | Format::JsonLines => {
                let title = "A key of your own.";
                let item = json!({
                    "ref": name, "title": title, "name": name, "value": action,
                    "origin": Origin::File.words(),
                });
                call.output.item(&item)?;
            }
            _ if with_origin => {
                call.output.fields(&[name, action, Origin::File.words().to_owned()])?;
            }
            _ => call.output.fields(&[name, action])?,
        }
    }
    call.output.close()
}

/// The names that a table of keys gives to actions, with the keys in force.
fn actions(call: &mut Invocation<'_>) -> Result<()> {
    let config = call.config()?.clone();
    let keys = configured::bindings(&config).unwrap_or_default();
    call.output.open("action")?;
    call.output.columns(&["ref", "keys", "what"])?;
    for (slug, keys, help) in configured::actions(&keys) {
        match call.output.format() {
            Format::Json | Format::JsonLines => {
                let item = json!({ "ref": slug, "title": help, "keys": keys });
                call.output.item(&item)?;
            }
            _ => call.output.fields(&[slug, keys.join("  "), help.to_owned()])?,
        }
    }
    call.output.close()
}

fn value(
    setting: &Setting,
    config: &Config,
    place: &(std::path::PathBuf, Origin),
) -> (String, Origin) {
    let origin = if config.set.contains(&setting.name) { Origin::File } else { Origin::Default };
    let value = match setting.name {
        "workspace" => return (place.0.display().to_string(), place.1),
        _ => config.value(setting),
    };
    (value, origin)
}

fn check(call: &mut Invocation<'_>) -> Result<()> {
    let path = call.config_path()?;
    match configured::load(path.clone()) {
        Ok(_) => {
            let there = path.exists();
            let words = if there { "is right" } else { "is not there, so defaults hold" };
            call.output.say(&format!("{} {words}", path.display()));
            Ok(())
        }
        Err(mistaken) => {
            for line in mistaken.lines() {
                call.output.say(&line);
            }
            let count = mistaken.mistakes.len();
            let words = if count == 1 { "mistake".to_owned() } else { "mistakes".to_owned() };
            let what = format!("{} has {count} {words}", path.display());
            Err(Error::from(Refusal::usage(what).hint("correct them and check again")))
        }
    }
}

fn set(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    if call.read_only && !call.dry_run {
        return Err(crate::store::Error::ReadOnly.into());
    }
    let path = call.config_path()?;
    let name = root::flag(matches, "name").unwrap_or_default();
    let typed = root::flag(matches, "value").unwrap_or_default();
    let keep = if call.dry_run { config::Keep::Nothing } else { config::Keep::Change };
    config::set(&path, &name, &typed, keep)?;
    call.output.say(&format!("{name} → {typed} in {}", path.display()));
    if name == FISCAL {
        set_in_workspace(call, &typed)?;
    }
    if call.dry_run {
        call.output.say("dry run: nothing was changed");
    }
    Ok(())
}

/// The workspace that there is begins its year so too: it is the same for all who read it.
fn set_in_workspace(call: &mut Invocation<'_>, month: &str) -> Result<()> {
    let (path, _) = call.place()?;
    let op = set_fiscal(month)?;
    if call.dry_run || !path.exists() {
        return Ok(());
    }
    let done = call.to_change().and_then(|mut workspace| workspace.run(&op));
    match done {
        Ok(done) if done.seq.is_none() => {}
        Ok(_) => {
            let path = path.display();
            call.output.say(&format!("and for everybody who opens {path} · undo: prewire undo"));
        }
        // The configuration is kept; what cannot be written keeps its own.
        Err(error) => {
            let path = path.display();
            call.output.say(&format!("{path} keeps its own: {}", error.what()));
        }
    }
    Ok(())
}
