//! What every setting holds, as text and by the table alone: what the file says, else the default
//! of its shape. For the screen that lists and changes them.

use std::path::Path;

use super::Config;
use super::setting::{SETTINGS, Setting, Shape};

/// Each setting with its value as it would be typed; empty where none is set.
#[must_use]
pub fn values(path: &Path) -> Vec<(&'static Setting, String)> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let table: toml::Table = toml::from_str(&text).unwrap_or_default();
    SETTINGS.iter().map(|setting| (setting, value(setting, &table))).collect()
}

impl Config {
    /// What is in force for a setting, as it would be typed; empty where none is set.
    #[must_use]
    pub fn value(&self, setting: &Setting) -> String {
        match setting.name {
            "me" => self.me.clone().unwrap_or_default(),
            "workspace" => {
                self.workspace.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
            }
            "theme" => self.theme.clone(),
            "glyphs" => self.glyphs.clone(),
            "keys" => self.keys.preset.clone(),
            "mouse" => self.mouse.to_string(),
            "detail" => self.detail.clone(),
            "zone" => self.zone.map(|zone| zone.name().to_owned()).unwrap_or_default(),
            "addresses" => self.addresses.join(", "),
            _ => self.fiscal_year_start.to_string(),
        }
    }
}

fn value(setting: &Setting, table: &toml::Table) -> String {
    match table.get(setting.name) {
        Some(toml::Value::String(text)) => text.clone(),
        // A table of keys begins with the preset that it names, or the default.
        Some(toml::Value::Table(table)) => {
            let named = table.get("preset").and_then(toml::Value::as_str);
            named.unwrap_or_else(|| default(setting.shape)).to_owned()
        }
        Some(other) => other.to_string(),
        None => default(setting.shape).to_owned(),
    }
}

fn default(shape: Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::Path | Shape::Zone => "",
        Shape::Choice(choices) => choices[0],
        Shape::Month => "1",
        Shape::Switch => "true",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_file_says_stands_before_the_defaults() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("config.toml");
        std::fs::write(&path, "theme = \"mono\"\nfiscal_year_start = 4\n").unwrap();
        let found: Vec<(&str, String)> =
            values(&path).into_iter().map(|(setting, value)| (setting.name, value)).collect();
        assert!(found.contains(&("theme", "mono".to_owned())), "{found:?}");
        assert!(found.contains(&("glyphs", "auto".to_owned())), "{found:?}");
        assert!(found.contains(&("fiscal_year_start", "4".to_owned())), "{found:?}");
        assert!(found.contains(&("me", String::new())), "{found:?}");
        assert_eq!(found.len(), SETTINGS.len());
    }
}
