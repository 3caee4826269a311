//! The configuration: what `config.toml` says, where it lies, and where everything else lives.
//! A wrong file is refused with every mistake in it; it is never replaced by defaults in silence.

mod kept;
mod keys;
mod paths;
mod read;
mod setting;
mod values;
mod write;

use std::path::{Path, PathBuf};

use crate::domain::disk;
use crate::domain::refusal::Refusal;

pub use kept::{keep, kept};
pub use keys::{KeyLine, KeySettings};
pub use paths::{Paths, is_plain_locale, variable};
pub use setting::{DETAILS, GLYPHS, PRESETS, SETTINGS, Setting, Shape, THEMES};
pub use values::values;
pub use write::{Keep, set};

/// Most mistakes that one sentence names.
const MOST: usize = 3;

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
    /// The zone at home; the machine's when it is not set.
    pub zone: Option<crate::domain::zone::Zone>,
    /// The person's own addresses in calendars.
    pub addresses: Vec<String>,
    /// The preset of keys, and the user's own.
    pub keys: KeySettings,
    /// Whether the mouse is listened to.
    pub mouse: bool,
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
            zone: None,
            addresses: Vec::new(),
            keys: KeySettings::default(),
            mouse: true,
            set: Vec::new(),
        }
    }

    /// Reads the file; defaults when there is none.
    ///
    /// # Errors
    /// All mistakes in it, or that it cannot be read.
    pub fn load(path: PathBuf) -> Result<Self, Mistaken> {
        match text_of(&path)? {
            Some(text) => Self::read(path, &text),
            None => Ok(Self::defaults(path)),
        }
    }
}

/// The text of the file; `None` when there is none.
///
/// # Errors
/// That it cannot be read.
pub fn text_of(path: &Path) -> Result<Option<String>, Mistaken> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let what = format!("it cannot be read: {}", disk::words(&error));
            let mistakes = vec![Mistake { line: 1, column: 1, what }];
            Err(Mistaken { path: path.to_owned(), mistakes })
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
        let mut all: Vec<String> = mistaken.lines().take(MOST).collect();
        let more = mistaken.mistakes.len().saturating_sub(MOST);
        if more == 0 {
            let hint = "nothing was changed; correct the file and try again";
            return Self::usage(all.join("; ")).hint(hint);
        }
        all.push(format!("and {more} more"));
        Self::usage(all.join("; ")).hint("nothing was changed; prewire config check lists all")
    }
}
