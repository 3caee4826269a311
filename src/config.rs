//! The configuration: what `config.toml` says, where it lies, and where everything else lives.
//! A wrong file is refused with every mistake in it; it is never replaced by defaults in silence.

mod paths;
mod read;
mod setting;
mod values;
mod write;

use std::path::PathBuf;

use crate::domain::refusal::Refusal;

pub use paths::{Paths, variable};
pub use setting::{DETAILS, GLYPHS, SETTINGS, Setting, Shape, THEMES};
pub use values::values;
pub use write::{Keep, set};

/// What is configured, defaults filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Where the file is, or would be.
    pub path: PathBuf,
    /// The person at the keyboard.
    pub me: Option<String>,
    /// The workspace that is opened when neither flag nor environment names one.
    pub workspace: Option<PathBuf>,
    /// One of `THEMES`.
    pub theme: String,
    /// One of `GLYPHS`.
    pub glyphs: String,
    /// One of `DETAILS`.
    pub detail: String,
    /// First month of the fiscal year, 1 to 12.
    pub fiscal_year_start: u32,
    /// The names that the file sets; all others are defaults.
    pub set: Vec<&'static str>,
}

/// One mistake in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub line: usize,
    pub column: usize,
    pub what: String,
}

/// A file that could not be read as configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistaken {
    pub path: PathBuf,
    pub mistakes: Vec<Mistake>,
}

impl Config {
    /// The defaults, for a file that does not exist.
    #[must_use]
    pub fn defaults(path: PathBuf) -> Self {
        Self {
            path,
            me: None,
            workspace: None,
            theme: THEMES[0].to_owned(),
            glyphs: GLYPHS[0].to_owned(),
            detail: DETAILS[0].to_owned(),
            fiscal_year_start: 1,
            set: Vec::new(),
        }
    }

    /// Reads the file; defaults when there is none.
    ///
    /// # Errors
    /// All mistakes in it, or that it cannot be read.
    pub fn load(path: PathBuf) -> Result<Self, Mistaken> {
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::read(path, &text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::defaults(path)),
            Err(error) => {
                let what = format!("it cannot be read: {error}");
                Err(Mistaken { path, mistakes: vec![Mistake { line: 1, column: 1, what }] })
            }
        }
    }
}

impl Mistaken {
    /// `config.toml:3:1: …`, one per mistake.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.mistakes.iter().map(|mistake| {
            let Mistake { line, column, what } = mistake;
            format!("{}:{line}:{column}: {what}", self.path.display())
        })
    }
}

impl From<Mistaken> for Refusal {
    fn from(mistaken: Mistaken) -> Self {
        let all: Vec<String> = mistaken.lines().collect();
        Self::usage(all.join("; ")).hint("nothing was changed; correct the file and try again")
    }
}
