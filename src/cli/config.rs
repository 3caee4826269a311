//! `config`: what is configured and where it comes from, whether the file is right, and setting
//! one value in it.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use crate::config::{self, Config, SETTINGS, Setting};
use crate::ops::{Error, Result};

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
        .subcommand(Command::new("path").about("Print where the file is"))
}

fn names() -> String {
    let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    format!("One of {}", names.join(", "))
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    match matches.subcommand() {
        Some(("check", _)) => check(call),
        Some(("set", rest)) => set(call, rest),
        Some(("path", _)) => {
            let path = call.config_path()?;
            call.output.line(&path.display().to_string())
        }
        Some((_, rest)) => show(call, rest.get_flag("origin")),
        None => Ok(()),
    }
}

fn show(call: &mut Invocation<'_>, with_origin: bool) -> Result<()> {
    let config = call.config()?.clone();
    let place = call.place()?;
    call.output.open("setting")?;
    let columns = ["ref", "value", "origin"];
    call.output.columns(if with_origin { &columns } else { &columns[..2] })?;
    for setting in SETTINGS {
        let (value, origin) = value(setting, &config, &place);
        match call.output.format() {
            Format::Json | Format::JsonLines => {
                let item = json!({
                    "ref": setting.name, "title": setting.help, "name": setting.name,
                    "value": value, "origin": origin.words(),
                });
                call.output.item(&item)?;
            }
            _ if with_origin => {
                let fields = [setting.name.to_owned(), value, origin.words().to_owned()];
                call.output.fields(&fields)?;
            }
            _ => call.output.fields(&[setting.name.to_owned(), value])?,
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
        "me" => config.me.clone().unwrap_or_default(),
        "workspace" => return (place.0.display().to_string(), place.1),
        "theme" => config.theme.clone(),
        "glyphs" => config.glyphs.clone(),
        "detail" => config.detail.clone(),
        _ => config.fiscal_year_start.to_string(),
    };
    (value, origin)
}

fn check(call: &mut Invocation<'_>) -> Result<()> {
    let path = call.config_path()?;
    match Config::load(path.clone()) {
        Ok(_) => {
            let there = path.exists();
            let words = if there { "is right" } else { "is not there, so defaults hold" };
            call.output.say(&format!("{} {words}", path.display()));
            Ok(())
        }
        Err(mistaken) => Err(Error::from(crate::domain::refusal::Refusal::from(mistaken))),
    }
}

fn set(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let path = call.config_path()?;
    let name = root::flag(matches, "name").unwrap_or_default();
    let typed = root::flag(matches, "value").unwrap_or_default();
    let keep = if call.dry_run { config::Keep::Nothing } else { config::Keep::Change };
    config::set(&path, &name, &typed, keep)?;
    call.output.say(&format!("{name} → {typed} in {}", path.display()));
    if call.dry_run {
        call.output.say("dry run: nothing was changed");
    }
    Ok(())
}
