//! The `keys` of the file: the name of a preset, or a table with the user's own keys for everywhere
//! and for places. What the words mean is not known here; only where each stands.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Mistake;
use super::read::mistake;
use super::setting::{PRESETS, Setting};

/// What is configured about keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySettings {
    /// One of `PRESETS`.
    pub preset: String,
    pub lines: Vec<KeyLine>,
}

/// One key that the file gives or takes away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// The name of a place; empty for everywhere.
    pub scope: String,
    pub chord: String,
    /// The name of an action, or `unbind`.
    pub action: String,
    /// Where the key stands in the file: line and column, from one.
    pub key_at: (usize, usize),
    /// Where the action stands.
    pub action_at: (usize, usize),
}

impl Default for KeySettings {
    fn default() -> Self {
        Self { preset: PRESETS[0].to_owned(), lines: Vec::new() }
    }
}

impl KeyLine {
    /// What it is called among the settings: `keys.decisions.g x`.
    #[must_use]
    pub fn name(&self) -> String {
        let scope = if self.scope.is_empty() { "" } else { "." };
        format!("keys{scope}{}.{}", self.scope, self.chord)
    }
}

/// Reads what stands behind `keys`.
pub(super) fn read(
    text: &str,
    value: &Spanned<DeValue<'_>>,
    mistakes: &mut Vec<Mistake>,
) -> KeySettings {
    let mut reader = Reader { text, mistakes, settings: KeySettings::default() };
    match value.get_ref() {
        DeValue::Table(table) => reader.table("", table),
        _ => reader.preset(value),
    }
    reader.settings
}

struct Reader<'a> {
    text: &'a str,
    mistakes: &'a mut Vec<Mistake>,
    settings: KeySettings,
}

impl Reader<'_> {
    fn table(&mut self, scope: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                _ if name == "preset" && scope.is_empty() => self.preset(value),
                DeValue::Array(chords) if name == "unbind" => {
                    for chord in chords {
                        self.unbind(scope, chord);
                    }
                }
                DeValue::String(action) => {
                    self.line(scope, (name, key.span()), (action.as_ref(), value.span()));
                }
                DeValue::Table(inner) if scope.is_empty() => self.table(name, inner),
                _ => {
                    let what = format!("“{name}” takes the name of an action in quotes");
                    self.wrong(value.span(), &what);
                }
            }
        }
    }

    fn preset(&mut self, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::String(name) if PRESETS.contains(&name.as_ref()) => {
                self.settings.preset = name.to_string();
            }
            _ => {
                let wants = Setting::named("keys").map(Setting::wants).unwrap_or_default();
                self.wrong(value.span(), &format!("keys takes {wants}, or is a table of keys"));
            }
        }
    }

    fn unbind(&mut self, scope: &str, chord: &Spanned<DeValue<'_>>) {
        match chord.get_ref() {
            DeValue::String(name) => {
                self.line(scope, (name.as_ref(), chord.span()), ("unbind", chord.span()));
            }
            _ => self.wrong(chord.span(), "unbind takes keys in quotes: [\"x\", \"g t\"]"),
        }
    }

    fn line(&mut self, scope: &str, key: (&str, Range<usize>), action: (&str, Range<usize>)) {
        let place = |span: Range<usize>| {
            let found = mistake(self.text, span, "");
            (found.line, found.column)
        };
        let line = KeyLine {
            scope: scope.to_owned(),
            chord: key.0.to_owned(),
            action: action.0.to_owned(),
            key_at: place(key.1),
            action_at: place(action.1),
        };
        self.settings.lines.push(line);
    }

    fn wrong(&mut self, span: Range<usize>, what: &str) {
        self.mistakes.push(mistake(self.text, span, what));
    }
}
