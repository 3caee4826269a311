//! From the text of the file to the configuration, or to every mistake with its place.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::setting::{SETTINGS, Setting};
use super::{Config, KeySettings, Mistake, Mistaken};
use crate::domain::nearest::nearest;

impl Config {
    /// Reads the text of a file at `path`.
    ///
    /// # Errors
    /// All mistakes in it.
    pub fn read(path: PathBuf, text: &str) -> Result<Self, Mistaken> {
        let (config, mistakes) = Self::reading(path.clone(), text);
        if mistakes.is_empty() { Ok(config) } else { Err(Mistaken { path, mistakes }) }
    }

    /// Reads as much of the text as is right, and says what is wrong with the rest.
    #[must_use]
    pub fn reading(path: PathBuf, text: &str) -> (Self, Vec<Mistake>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let broken: Vec<Mistake> = errors
            .iter()
            .map(|error| mistake(text, error.span().unwrap_or(0..0), error.message()))
            .collect();
        let mut mistakes = wrong_settings(text, table.get_ref());
        let mut keys = KeySettings::default();
        for (_, value) in table.get_ref().iter().filter(|(key, _)| key.get_ref() == "keys") {
            keys = super::keys::read(text, value, &mut mistakes);
        }
        // A broken line is told once, not for what could be made of its rest.
        let is_broken = |line: usize| broken.iter().any(|broken| broken.line == line);
        mistakes.retain(|mistake| !is_broken(mistake.line));
        keys.lines.retain(|line| !is_broken(line.key_at.0));
        mistakes.extend(broken);
        mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
        // The reader of TOML may say the same twice.
        mistakes.dedup();
        let whole: toml::Table = toml::from_str(text).unwrap_or_default();
        (Self { keys, ..Self::defaults(path).filled(&whole) }, mistakes)
    }

    fn filled(mut self, table: &toml::Table) -> Self {
        let text = |name: &str| table.get(name).and_then(toml::Value::as_str).map(str::to_owned);
        self.me = text("me");
        self.workspace = text("workspace").map(|typed| expanded(&typed, &self.path));
        self.theme = text("theme").unwrap_or(self.theme);
        self.glyphs = text("glyphs").unwrap_or(self.glyphs);
        self.detail = text("detail").unwrap_or(self.detail);
        self.fiscal_year_start = table
            .get("fiscal_year_start")
            .and_then(toml::Value::as_integer)
            .and_then(|month| u32::try_from(month).ok())
            .unwrap_or(self.fiscal_year_start);
        self.zone = text("zone").and_then(|name| name.parse().ok());
        let addresses = text("addresses").unwrap_or_default();
        let addresses = addresses.split(',').map(|one| one.trim().to_owned());
        self.addresses = addresses.filter(|one| !one.is_empty()).collect();
        self.mouse = table.get("mouse").and_then(toml::Value::as_bool).unwrap_or(self.mouse);
        self.set = SETTINGS
            .iter()
            .map(|setting| setting.name)
            .filter(|name| table.contains_key(*name))
            .collect();
        self
    }
}

fn wrong_settings(text: &str, table: &DeTable<'_>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        match Setting::named(name) {
            None => mistakes.push(mistake(text, key.span(), &unknown(name))),
            // A preset or a table: read on its own.
            Some(setting) if setting.name == "keys" => {}
            Some(setting) => {
                let value: &toml::Spanned<DeValue<'_>> = value;
                if let Some(why) = setting.refuses(value.get_ref()) {
                    mistakes.push(mistake(text, value.span(), &why));
                }
            }
        }
    }
    mistakes
}

fn unknown(name: &str) -> String {
    let names = SETTINGS.iter().map(|setting| setting.name);
    match nearest(name, names.clone()) {
        Some(near) => format!("“{name}” is not a setting; did you mean {near}?"),
        None => {
            format!("“{name}” is not a setting; there are {}", names.collect::<Vec<_>>().join(", "))
        }
    }
}

pub(super) fn mistake(text: &str, span: Range<usize>, what: &str) -> Mistake {
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    Mistake { line, column, what: what.replace('\n', " ") }
}

/// `~/` is the home directory; any other relative path starts where the file lies.
fn expanded(typed: &str, config: &Path) -> PathBuf {
    if let Some(rest) = typed.strip_prefix("~/")
        && let Some(home) = directories::BaseDirs::new()
    {
        return home.home_dir().join(rest);
    }
    config.parent().map_or_else(|| PathBuf::from(typed), |dir| dir.join(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, Mistaken> {
        Config::read(PathBuf::from("/etc/prewire/config.toml"), text)
    }

    #[test]
    fn a_full_file_is_read() {
        let config = read(
            "me = \"Maya\"\nworkspace = \"plan.db\"\ntheme = \"mono\"\n\
             fiscal_year_start = 4\n",
        )
        .unwrap();
        assert_eq!(config.me.as_deref(), Some("Maya"));
        assert_eq!(config.workspace, Some(PathBuf::from("/etc/prewire/plan.db")));
        assert_eq!(config.theme, "mono");
        assert_eq!(config.fiscal_year_start, 4);
        assert_eq!(config.set, ["me", "workspace", "theme", "fiscal_year_start"]);
    }

    #[test]
    fn all_mistakes_are_named_with_their_place() {
        let mistaken =
            read("theem = \"dark\"\nglyphs = 1\n  fiscal_year_start = 13\n").unwrap_err();
        let lines: Vec<String> = mistaken.lines().collect();
        assert_eq!(
            lines,
            [
                "/etc/prewire/config.toml:1:1: “theem” is not a setting; did you mean theme?",
                "/etc/prewire/config.toml:2:10: glyphs takes one of auto, unicode, ascii",
                "/etc/prewire/config.toml:3:23: fiscal_year_start takes a month from 1 to 12",
            ]
        );
    }

    #[test]
    fn a_broken_line_is_named() {
        let mistaken = read("me = \"Maya\ntheme = true\n").unwrap_err();
        assert_eq!(mistaken.mistakes[0].line, 1);
    }
}
