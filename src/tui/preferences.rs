//! The settings between the screen and the file: what the table of settings says becomes what the
//! screen lists, and what was changed there is written, comments and all else kept.

use std::path::Path;

use crate::app::effect::{Failure, Msg};
use crate::app::model::Tone;
use crate::app::settings::{Setting, Takes};
use crate::config::{self, Keep, Shape};

/// All settings as they are.
#[must_use]
pub fn settings(path: &Path) -> Vec<Setting> {
    let all = config::values(path).into_iter();
    all.map(|(setting, value)| Setting {
        name: setting.name,
        help: setting.help,
        takes: takes(setting.shape),
        value,
    })
    .collect()
}

fn takes(shape: Shape) -> Takes {
    match shape {
        Shape::Text | Shape::Path | Shape::Zone => Takes::Text,
        Shape::Choice(choices) => Takes::Choice(choices),
        Shape::Switch => Takes::Choice(&["true", "false"]),
        Shape::Month => Takes::Number { least: 1, most: 12 },
    }
}

/// Keeps changes in the file, and says so.
#[must_use]
pub fn keep(path: &Path, changes: &[(&'static str, String)]) -> Vec<Msg> {
    let mut said = Vec::new();
    for (name, value) in changes {
        if let Err(error) = config::set(path, name, value, Keep::Change) {
            let error = crate::ops::Error::from(error);
            let failure = Failure {
                what: error.what(),
                hint: error.hint(),
                lasting: false,
                of_change: false,
            };
            return vec![Msg::Configured(settings(path)), Msg::Failed(failure)];
        }
        said.push(format!("{} → {value}", name.replace('_', " ")));
    }
    let words = format!("{} · kept in {}", said.join(", "), path.display());
    vec![Msg::Configured(settings(path)), Msg::Tell(words, Tone::Done)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_of_the_table_is_listed_and_what_is_kept_is_read_again() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("config.toml");
        std::fs::write(&path, "# mine\ntheme = \"mono\" # for now\n").unwrap();
        let listed = settings(&path);
        assert_eq!(listed.len(), config::SETTINGS.len());
        let changes = [("theme", "dark".to_owned()), ("fiscal_year_start", "4".to_owned())];
        let msgs = keep(&path, &changes);
        assert!(matches!(&msgs[1], Msg::Tell(words, Tone::Done) if words.contains("theme → dark")));
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "# mine\ntheme = \"dark\" # for now\nfiscal_year_start = 4\n");
        let refused = keep(&path, &[("theme", "pink".to_owned())]);
        assert!(matches!(&refused[1], Msg::Failed(_)));
    }
}
