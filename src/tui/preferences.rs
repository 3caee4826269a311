//! The settings between the screen and the file: what the table of settings says becomes what the
//! screen lists, and what was changed there is written, comments and all else kept.

use std::path::Path;

use crate::app::effect::{Failure, Msg};
use crate::app::model::Tone;
use crate::app::settings::{Setting, Takes};
use crate::config::{self, Config, Keep, Shape};
use crate::ops::clock::Clock;
use crate::ops::fiscal::FISCAL;
use crate::ops::workspace::Settings;

/// All settings as they are; the fiscal year as the workspace has it.
#[must_use]
pub fn settings(path: &Path, fiscal: u32) -> Vec<Setting> {
    let all = config::values(path).into_iter();
    all.map(|(setting, value)| Setting {
        name: setting.name,
        help: setting.help,
        takes: takes(setting.shape),
        value: if setting.name == FISCAL { fiscal.to_string() } else { value },
    })
    .collect()
}

/// The same while the file is wrong: what is in force, whatever it says.
#[must_use]
pub fn in_force(config: &Config, fiscal: u32) -> Vec<Setting> {
    let mut all = settings(&config.path, fiscal);
    for own in all.iter_mut().filter(|own| own.name != FISCAL) {
        if let Some(setting) = config::SETTINGS.iter().find(|setting| setting.name == own.name) {
            own.value = config.value(setting);
        }
    }
    all
}

fn takes(shape: Shape) -> Takes {
    match shape {
        Shape::Text | Shape::Path | Shape::Zone => Takes::Text,
        Shape::Choice(choices) => Takes::Choice(choices),
        Shape::Switch => Takes::Choice(&["true", "false"]),
        Shape::Month => Takes::Number { least: 1, most: 12 },
    }
}

/// Keeps changes in the file, and says so; with what operations know of it from now on.
#[must_use]
pub fn keep(
    path: &Path,
    changes: &[(&'static str, String)],
    fiscal: u32,
) -> (Option<Box<Settings>>, Vec<Msg>) {
    let (mut said, mut kept) = (Vec::new(), None);
    let told_month = changes.iter().find(|(name, _)| *name == FISCAL);
    let month = told_month.and_then(|(_, month)| month.parse().ok()).unwrap_or(fiscal);
    for (name, value) in changes {
        let done = config::set(path, name, value, Keep::Change);
        kept = done.as_ref().ok().map(|config| Box::new(told(config))).or(kept);
        if let Err(error) = done {
            let error = crate::ops::Error::from(error);
            let failure = Failure {
                what: error.what(),
                hint: error.hint(),
                lasting: false,
                of_change: false,
            };
            return (kept, vec![Msg::Configured(settings(path, fiscal)), Msg::Failed(failure)]);
        }
        said.push(format!("{} → {value}", name.replace('_', " ")));
    }
    let words = format!("{} · kept in {}", said.join(", "), path.display());
    (kept, vec![Msg::Configured(settings(path, month)), Msg::Tell(words, Tone::Done)])
}

/// What operations are told of the configuration.
fn told(config: &Config) -> Settings {
    Settings {
        me: config.me.clone(),
        fiscal_start_month: config.fiscal_year_start,
        zone: config.zone.unwrap_or_else(Clock::machine_zone),
        addresses: config.addresses.clone(),
        ..Settings::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_of_the_table_is_listed_and_what_is_kept_is_read_again() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("config.toml");
        std::fs::write(&path, "# mine\ntheme = \"mono\" # for now\n").unwrap();
        let listed = settings(&path, 1);
        assert_eq!(listed.len(), config::SETTINGS.len());
        let changes = [("theme", "dark".to_owned()), ("fiscal_year_start", "4".to_owned())];
        let (told, msgs) = keep(&path, &changes, 1);
        assert_eq!(told.map(|told| told.fiscal_start_month), Some(4));
        assert!(matches!(&msgs[1], Msg::Tell(words, Tone::Done) if words.contains("theme → dark")));
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "# mine\ntheme = \"dark\" # for now\nfiscal_year_start = 4\n");
        let (told, _) = keep(&path, &[("me", "Maya".to_owned())], 1);
        assert_eq!(told.and_then(|told| told.me).as_deref(), Some("Maya"));
        let (_, refused) = keep(&path, &[("theme", "pink".to_owned())], 1);
        assert!(matches!(&refused[1], Msg::Failed(_)));
    }
}
