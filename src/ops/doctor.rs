//! A look at everything that keeps a workspace safe, each with a verdict in words. It never writes
//! a byte, and works on a file that cannot be opened: then it says why, and what to do.

mod around;
mod content;

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::store::{Places, header};

use super::clock::Clock;

/// How bad a finding is; the later the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Ok,
    /// Worth knowing; nothing needs to be done.
    Note,
    Problem,
    /// The file is not what was written.
    Damaged,
}

impl Verdict {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Problem => "problem",
            Self::Damaged => "damaged",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub name: &'static str,
    pub verdict: Verdict,
    pub words: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Check {
    fn new(name: &'static str, verdict: Verdict, words: impl Into<String>) -> Self {
        Self { name, verdict, words: words.into(), hint: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// What doctor found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub path: PathBuf,
    pub checks: Vec<Check>,
}

impl Report {
    /// The worst of all.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.checks.iter().map(|check| check.verdict).max().unwrap_or(Verdict::Ok)
    }

    /// 0 when nothing needs to be done, 1 for problems, 14 for damage.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self.verdict() {
            Verdict::Ok | Verdict::Note => 0,
            Verdict::Problem => 1,
            Verdict::Damaged => 14,
        }
    }

    /// One line a check, with its hint below it.
    #[must_use]
    pub fn text(&self) -> String {
        use std::fmt::Write as _;
        let width = self.checks.iter().map(|check| check.name.len()).max().unwrap_or(0);
        let mut text = format!("{}\n", self.path.display());
        for check in &self.checks {
            let _ = writeln!(
                text,
                "{:<8} {:<width$}  {}",
                check.verdict.word(),
                check.name,
                check.words
            );
            if let Some(hint) = &check.hint {
                let _ = writeln!(text, "{:<8} {:<width$}  hint: {hint}", "", "");
            }
        }
        text
    }

    #[must_use]
    pub fn json(&self) -> Json {
        let checks: Vec<Json> = self
            .checks
            .iter()
            .map(|check| {
                json!({
                    "name": check.name,
                    "verdict": check.verdict.word(),
                    "words": check.words,
                    "hint": check.hint,
                })
            })
            .collect();
        json!({
            "path": self.path.display().to_string(),
            "verdict": self.verdict().word(),
            "checks": checks,
        })
    }
}

/// Looks at the workspace at a path, whatever is there.
#[must_use]
pub fn doctor(path: &Path, places: &Places, clock: Clock) -> Report {
    let mut checks = Vec::new();
    let path = match header::resolve(path) {
        Ok(path) => path,
        Err(error) => {
            checks.push(content::refusal(error));
            return Report { path: path.to_owned(), checks };
        }
    };
    content::check(&path, places, clock, &mut checks);
    around::check(&path, places, &mut checks);
    Report { path, checks }
}
