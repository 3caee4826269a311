//! The configuration as a whole: what the file says, and its keys held against the actions that
//! there are. Everything that is wrong is told at once.

use std::path::{Path, PathBuf};

use crate::app::action::ACTIONS;
use crate::app::bindings::Bindings;
use crate::app::preset::Preset;
use crate::app::rebinding::{self, Wish};
use crate::config::{self, Config, KeyLine, Mistake, Mistaken};

/// Reads and checks the file; defaults when there is none.
///
/// # Errors
/// All mistakes in it, or that it cannot be read.
pub fn load(path: PathBuf) -> Result<Config, Mistaken> {
    match config::text_of(&path)? {
        Some(text) => read(path, &text),
        None => Ok(Config::defaults(path)),
    }
}

/// What is wrong with the file, and what holds in its place.
#[derive(Debug, Clone)]
pub struct Fallback {
    pub mistaken: Mistaken,
    pub instead: Instead,
}

/// What holds while the file is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// The lines that are right, and beside them the defaults.
    Others,
    /// The lines that are right, and beside them what was right last.
    Mended,
    /// What was right last.
    Kept,
    Defaults,
}

impl Fallback {
    /// For a command, in one line: the first mistake with its place, and where all of them are told.
    #[must_use]
    pub fn sentence(&self) -> String {
        let first = self.mistaken.lines().next().unwrap_or_default();
        let count = self.mistaken.mistakes.len();
        let more = match count {
            0 | 1 => String::new(),
            count => format!(" (1 of {count} mistakes)"),
        };
        let instead = match self.instead {
            Instead::Others => "The lines that are right hold",
            Instead::Mended if count == 1 => "What was right last holds for it",
            Instead::Mended => "What was right last holds for them",
            Instead::Kept => "The settings that were right last hold",
            Instead::Defaults => "The defaults hold",
        };
        format!("{first}{more}. {instead}; prewire config check tells all")
    }

    /// In one line.
    #[must_use]
    pub fn words(&self) -> String {
        let path = &self.mistaken.path;
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let count = self.mistaken.mistakes.len();
        let mistakes = if count == 1 { "mistake" } else { "mistakes" };
        let instead = match self.instead {
            Instead::Others => "the lines that are right hold",
            Instead::Mended if count == 1 => "what was right last holds for it",
            Instead::Mended => "what was right last holds for them",
            Instead::Kept => "the settings that were right last hold",
            Instead::Defaults => "the defaults hold",
        };
        format!("{file} has {count} {mistakes}; {instead}")
    }
}

/// What holds in place of a file that is wrong now: its lines that are right, else the one that was
/// right last; the defaults when none was kept.
#[must_use]
pub fn last_good(mistaken: Mistaken, state: &Path) -> (Config, Fallback) {
    let path = mistaken.path.clone();
    let kept = config::kept(state);
    let text = config::text_of(&path).ok().flatten();
    let others = text.and_then(|text| {
        let wrong: Vec<usize> = mistaken.mistakes.iter().map(|one| one.line).collect();
        let mend = |kept: &str| read(path.clone(), &mended(&text, &wrong, kept)).ok();
        let last = kept.as_deref().and_then(mend).map(|config| (config, Instead::Mended));
        last.or_else(|| mend("").map(|config| (config, Instead::Others)))
    });
    if let Some((config, instead)) = others {
        return (config, Fallback { mistaken, instead });
    }
    let kept = kept.and_then(|text| read(path.clone(), &text).ok());
    let instead = if kept.is_some() { Instead::Kept } else { Instead::Defaults };
    (kept.unwrap_or_else(|| defaults_of(path)), Fallback { mistaken, instead })
}

/// A line that sets something: its section, its name, itself.
type Line<'a> = (&'a str, &'a str, &'a str);

/// The lines of the kept text, and in place of them and beside them those of the text that are right.
fn mended(text: &str, wrong: &[usize], kept: &str) -> String {
    let mut lines = lines_of(kept, &[]);
    for (section, name, line) in lines_of(text, wrong) {
        lines.retain(|(other, known, _)| (*other, *known) != (section, name));
        lines.push((section, name, line));
    }
    let mut sections: Vec<&str> = lines.iter().map(|(section, ..)| *section).collect();
    sections.sort_unstable();
    sections.dedup();
    let mut out = String::new();
    for section in sections {
        let own = lines.iter().filter(|(other, ..)| *other == section);
        for line in std::iter::once(section).chain(own.map(|(_, _, line)| *line)) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// What stands below a heading that is wrong belongs to nothing.
fn lines_of<'a>(text: &'a str, wrong: &[usize]) -> Vec<Line<'a>> {
    let (mut section, mut is_lost) = ("", false);
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let is_wrong = wrong.contains(&number);
        if line.trim_start().starts_with('[') {
            (section, is_lost) = (line.trim(), is_wrong);
        } else if !is_wrong
            && !is_lost
            && let Some((name, _)) = line.split_once('=')
        {
            lines.push((section, name.trim(), line));
        }
    }
    lines
}

/// The defaults, but for the workspace: a mistake elsewhere in the file sends nobody to another one.
fn defaults_of(path: PathBuf) -> Config {
    let text = config::text_of(&path).ok().flatten().unwrap_or_default();
    let workspace = Config::reading(path.clone(), &text).0.workspace;
    Config { workspace, ..Config::defaults(path) }
}

/// The keys in force.
///
/// # Errors
/// All that is wrong with them.
pub fn bindings(config: &Config) -> Result<Bindings, Vec<Mistake>> {
    let lines = &config.keys.lines;
    let preset = Preset::named(&config.keys.preset).unwrap_or_default();
    let wishes: Vec<Wish<'_>> = lines.iter().map(wish).collect();
    rebinding::read(preset, &wishes).map_err(|wrong| {
        let mistakes = wrong.into_iter().map(|wrong| {
            let line = &lines[wrong.at];
            let (line, column) = if wrong.in_action { line.action_at } else { line.key_at };
            Mistake { line, column, what: wrong.what }
        });
        mistakes.collect()
    })
}

/// What a table of keys can name: the name, its keys in force, and what it does.
#[must_use]
pub fn actions(bindings: &Bindings) -> Vec<(String, Vec<String>, &'static str)> {
    let keys = bindings.everywhere();
    ACTIONS.iter().map(|about| (about.action.slug(), keys.all(about.action), about.help)).collect()
}

fn wish(line: &KeyLine) -> Wish<'_> {
    Wish { scope: &line.scope, chord: &line.chord, action: &line.action }
}

fn read(path: PathBuf, text: &str) -> Result<Config, Mistaken> {
    let (config, mut mistakes) = Config::reading(path.clone(), text);
    mistakes.extend(bindings(&config).err().unwrap_or_default());
    mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
    if mistakes.is_empty() { Ok(config) } else { Err(Mistaken { path, mistakes }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_mistakes_are_ten_lines_each_with_its_place() {
        let text = "theem = \"dark\"\n\
                    glyphs = 1\n\
                    fiscal_year_start = 13\n\
                    mouse = \"yes\"\n\
                    [keys]\n\
                    preset = \"emacs\"\n\
                    \"g q\" = \"desisions\"\n\
                    \"x x\" = \"done\"\n\
                    nonsense = \"open\"\n\
                    [keys.nowhere]\n\
                    \"ctrl-m\" = 7\n\
                    \"z\" = \"sort\"\n";
        let mistaken = read(PathBuf::from("config.toml"), text).unwrap_err();
        let lines: Vec<String> = mistaken.lines().collect();
        assert_eq!(
            lines,
            [
                "config.toml:1:1: “theem” is not a setting; did you mean theme?",
                "config.toml:2:10: glyphs takes one of auto, unicode, ascii",
                "config.toml:3:21: fiscal_year_start takes a month from 1 to 12",
                "config.toml:4:9: mouse takes true or false",
                "config.toml:6:10: keys takes one of vim, plain, or is a table of keys",
                "config.toml:7:9: “desisions” is not an action; did you mean decisions?",
                "config.toml:8:1: xx cannot stand beside x (done); unbind one of them",
                "config.toml:9:1: “nonsense” is not a key; keys are written x, G, g x, ctrl-x, \
                 alt-x, f2, del, space",
                "config.toml:11:12: “ctrl-m” takes the name of an action in quotes",
                "config.toml:12:1: “nowhere” is not a place; there are today, decisions, assets, \
                 week, plan, outcomes, evidence, matrix, requests, bets, people, commitments, blocks, entries, \
                 plans, milestones, artefacts, involvements, meetings, metrics, scorecard, deals, impacts, escalations, reviews, claims, insights, objections, conversations, segments, messages, positioning, experiments, moments, trash, history",
            ]
        );
    }

    #[test]
    fn a_preset_by_its_name_or_in_the_table() {
        for text in ["keys = \"plain\"\n", "[keys]\npreset = \"plain\"\n\"Q\" = \"quit\"\n"] {
            let config = read(PathBuf::from("config.toml"), text).unwrap();
            let bindings = bindings(&config).unwrap();
            let undo = bindings.everywhere().shown(crate::app::Action::Undo);
            assert_eq!(undo.as_deref(), Some("ctrl-z"), "{text}");
        }
    }
}
