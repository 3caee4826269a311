//! Changes one setting in the file and leaves everything else in it as it is, comments too.

use std::io::Write;
use std::ops::Range;
use std::path::Path;

use toml::de::DeTable;

use super::setting::Setting;
use super::{Config, SETTINGS};
use crate::domain::refusal::Refusal;
use crate::store::Result;
use crate::store::error::DoingFile;
use crate::store::place::{make_private_dir, make_private_file, sidecar, sync_dir};

/// Whether a change is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    Change,
    /// A dry run.
    Nothing,
}

/// Sets a setting to what was typed, and says what the file then holds for it.
///
/// # Errors
/// A refusal when there is no such setting, the value does not do, or the file has mistakes.
pub fn set(path: &Path, name: &str, typed: &str, keep: Keep) -> Result<Config> {
    let setting = known(name)?;
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).doing("reading", path),
    };
    Config::read(path.to_owned(), &text).map_err(Refusal::from)?;
    let changed = with(&text, setting, &setting.written(typed));
    let config = Config::read(path.to_owned(), &changed).map_err(|_| {
        Refusal::input(format!("{name}: “{typed}” does not do; it takes {}", setting.wants()))
    })?;
    if keep == Keep::Change {
        save(path, &changed)?;
    }
    Ok(config)
}

fn known(name: &str) -> std::result::Result<&'static Setting, Refusal> {
    let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    let setting = Setting::named(name);
    setting.ok_or_else(|| {
        Refusal::input(format!("“{name}” cannot be set here; settings are {}", names.join(", ")))
    })
}

/// The text with the value replaced, or with a new line before the first table.
fn with(text: &str, setting: &Setting, value: &str) -> String {
    if is_table(text, setting.name) {
        return in_table(text, setting, value);
    }
    if let Some(span) = span_of(text, setting.name) {
        return format!("{}{value}{}", &text[..span.start], &text[span.end..]);
    }
    let table = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    let at = table
        .filter(|(_, line)| line.trim_start().starts_with('['))
        .map(|(start, _)| start)
        .next()
        .unwrap_or(text.len());
    let (before, after) = text.split_at(at);
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    format!("{before}{gap}{} = {value}\n{after}", setting.name)
}

/// `keys` that is a table holds the preset in a line of its own, the first.
fn in_table(text: &str, setting: &Setting, value: &str) -> String {
    let name = setting.name;
    let header = format!("[{name}]");
    let parsed = DeTable::parse(text).ok();
    let inner = parsed.as_ref().and_then(|table| {
        let (_, value) = table.get_ref().iter().find(|(key, _)| key.get_ref() == name)?;
        let toml::de::DeValue::Table(inner) = value.get_ref() else { return None };
        let (_, preset) = inner.iter().find(|(key, _)| key.get_ref() == "preset")?;
        Some(preset.span())
    });
    if let Some(span) = inner {
        return format!("{}{value}{}", &text[..span.start], &text[span.end..]);
    }
    if let Some(at) = text.find(&header).map(|at| at + header.len()) {
        return format!("{}\npreset = {value}{}", &text[..at], &text[at..]);
    }
    // Only places have keys of their own: the table of everywhere is still to come.
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{gap}{header}\npreset = {value}\n")
}

fn is_table(text: &str, name: &str) -> bool {
    DeTable::parse(text).is_ok_and(|table| {
        let mut found = table.get_ref().iter().filter(|(key, _)| key.get_ref() == name);
        found.any(|(_, value)| matches!(value.get_ref(), toml::de::DeValue::Table(_)))
    })
}

fn span_of(text: &str, name: &str) -> Option<Range<usize>> {
    let table = DeTable::parse(text).ok()?;
    let found = table.get_ref().iter().find(|(key, _)| key.get_ref().as_ref() == name)?;
    Some(found.1.span())
}

pub(super) fn save(path: &Path, text: &str) -> Result<()> {
    if let Some(dir) = path.parent() {
        make_private_dir(dir)?;
    }
    let temporary = sidecar(path, &format!(".new-{}", std::process::id()));
    make_private_file(&temporary)?;
    let written = std::fs::OpenOptions::new()
        .write(true)
        .open(&temporary)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .doing("writing", &temporary)
        .and_then(|()| std::fs::rename(&temporary, path).doing("writing", path));
    if written.is_err() {
        // Best effort: the file is ours and was made a moment ago.
        let _ = std::fs::remove_file(&temporary);
    }
    written?;
    sync_dir(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_replaced_in_its_place_and_comments_stay() {
        let setting = Setting::named("theme").unwrap();
        let text = "# mine\ntheme = \"dark\" # at night\n[later]\nundo = \"z\"\n";
        let changed = with(text, setting, "\"light\"");
        assert_eq!(changed, "# mine\ntheme = \"light\" # at night\n[later]\nundo = \"z\"\n");
    }

    #[test]
    fn the_preset_joins_a_table_of_keys() {
        let setting = Setting::named("keys").unwrap();
        let set = |text: &str| with(text, setting, "\"plain\"");
        assert_eq!(set("keys = \"vim\"\n"), "keys = \"plain\"\n");
        assert_eq!(set("[keys]\nQ = \"quit\"\n"), "[keys]\npreset = \"plain\"\nQ = \"quit\"\n");
        assert_eq!(set("[keys]\npreset = \"vim\"\n"), "[keys]\npreset = \"plain\"\n");
        let text = set("[keys.assets]\nQ = \"quit\"\n");
        let read = Config::read("config.toml".into(), &text).unwrap();
        assert_eq!((read.keys.preset.as_str(), read.keys.lines.len()), ("plain", 1));
    }

    #[test]
    fn a_new_setting_stands_before_the_tables() {
        let setting = Setting::named("me").unwrap();
        assert_eq!(
            with("[later]\nundo = \"z\"\n", setting, "\"Maya\""),
            "me = \"Maya\"\n[later]\nundo = \"z\"\n"
        );
        assert_eq!(
            with("glyphs = \"ascii\"", setting, "\"M\""),
            "glyphs = \"ascii\"\nme = \"M\"\n"
        );
    }
}
