//! What feeds a metric: a file that a script or a drive keeps, or a command. It is a line of the
//! workspace and grants nothing: whether a command may run is known on this machine alone.

use std::path::{Path, PathBuf};

use crate::domain::change::{Change, Edit, Input};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

use super::super::op::Op;

/// Seconds that a command may take unless it says so, and at most.
pub const SECONDS: u64 = 10;
pub const MOST_SECONDS: u64 = 300;

/// What feeds a metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Watch {
    File(PathBuf),
    Command(Feed),
}

/// A command with what it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    pub argv: Vec<String>,
    /// Names of variables that are passed on.
    pub variables: Vec<String>,
    pub seconds: u64,
}

impl Watch {
    /// Reads the line of a metric; `None` when it has none, or one that this version does not know.
    #[must_use]
    pub fn of(metric: &Item) -> Option<Self> {
        Self::read(metric.text("watch"))
    }

    /// Reads `file: PATH` or `command: {…}`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("file: ") {
            return Some(Self::File(PathBuf::from(path)));
        }
        let json: serde_json::Value = serde_json::from_str(text.strip_prefix("command: ")?).ok()?;
        let words = |name: &str| -> Option<Vec<String>> {
            let list = json.get(name)?.as_array()?;
            list.iter().map(|word| word.as_str().map(str::to_owned)).collect()
        };
        let argv = words("argv").filter(|argv| !argv.is_empty())?;
        let seconds = json.get("seconds").and_then(serde_json::Value::as_u64).unwrap_or(SECONDS);
        let seconds = seconds.clamp(1, MOST_SECONDS);
        Some(Self::Command(Feed { argv, variables: words("env").unwrap_or_default(), seconds }))
    }

    /// The line that is kept.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::File(path) => format!("file: {}", path.display()),
            Self::Command(feed) => {
                let json = serde_json::json!({
                    "argv": feed.argv, "env": feed.variables, "seconds": feed.seconds,
                });
                format!("command: {json}")
            }
        }
    }

    /// In a few words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::File(path) => path
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            Self::Command(feed) => feed.argv.join(" "),
        }
    }

    /// The operation that feeds a metric so, or by nothing.
    ///
    /// # Errors
    /// A refusal for what cannot be kept.
    pub fn op(metric: ItemId, watch: Option<&Self>) -> Result<Op, Refusal> {
        let field = Kind::Metric.noun().field("watch");
        let edit = match watch {
            None => Edit::Clear,
            Some(watch) => {
                let line = watch.line();
                if line.chars().any(char::is_control) || line.len() > crate::domain::field::LINE_MAX
                {
                    return Err(Refusal::input("a source is one line of at most 2,000 characters"));
                }
                Edit::Set(Input::Value(Value::Text(line)))
            }
        };
        Ok(Op::Edit { items: vec![metric], changes: vec![Change { field, edit }] })
    }
}

/// A path as it is kept: whole, so that it means the same from any folder.
#[must_use]
pub fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back() {
        let command = Watch::Command(Feed {
            argv: vec!["figures".to_owned(), "win rate \"x\"".to_owned()],
            variables: vec!["TOKEN".to_owned()],
            seconds: 20,
        });
        for watch in [Watch::File(PathBuf::from("/tmp/a b.csv")), command] {
            assert_eq!(Watch::read(&watch.line()), Some(watch));
        }
        for text in ["", "file", "command: []", "command: {\"argv\":[]}", "shell: x"] {
            assert_eq!(Watch::read(text), None, "{text}");
        }
    }
}
