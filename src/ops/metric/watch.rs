//! What feeds a metric: a file that a script or a drive keeps, or a command. It is a line of the
//! workspace and grants nothing: whether a command may run is known on this machine alone.

use std::path::{Path, PathBuf};

use crate::domain::change::{Change, Edit, Input};
use crate::domain::field::Field;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

use super::super::op::Op;

/// Seconds that a command may take unless it says so, and at most.
pub const SECONDS: u64 = 10;
pub const MOST_SECONDS: u64 = 300;
/// Seconds between two runs of a command on a schedule, at least and at most.
pub const EVERY: std::ops::RangeInclusive<u64> = 5..=7 * 24 * 3600;

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
    /// Seconds between two runs while the program is open; `None` runs it only when it is asked.
    pub every: Option<u64>,
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
        let every = json.get("every").and_then(serde_json::Value::as_u64);
        let every = every.map(|every| every.clamp(*EVERY.start(), *EVERY.end()));
        let variables = words("env").unwrap_or_default();
        Some(Self::Command(Feed { argv, variables, seconds, every }))
    }

    /// The line that is kept.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::File(path) => format!("file: {}", path.display()),
            Self::Command(feed) => {
                let mut json = serde_json::json!({
                    "argv": feed.argv, "env": feed.variables, "seconds": feed.seconds,
                });
                if let Some(every) = feed.every {
                    json["every"] = every.into();
                }
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
            Self::Command(feed) => {
                let every = feed.every.map(|every| format!(", {}", every_words(every)));
                format!("{}{}", feed.argv.join(" "), every.unwrap_or_default())
            }
        }
    }

    /// The line of a metric as people read it, where the value is one: the whole path, or the
    /// command as it would be typed.
    #[must_use]
    pub fn told(field: &Field, value: &Value) -> Option<String> {
        let Value::Text(line) = value else { return None };
        let watch = Self::read(line).filter(|_| field.name == "watch")?;
        Some(match &watch {
            Self::File(path) => path.display().to_string(),
            Self::Command(_) => watch.words(),
        })
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

/// `every 15 min`.
#[must_use]
pub fn every_words(seconds: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(24 * 3600, "d"), (3600, "h"), (60, "min")];
    let whole = UNITS.into_iter().find(|(unit, _)| seconds.is_multiple_of(*unit));
    let (unit, name) = whole.unwrap_or((1, "s"));
    format!("every {} {name}", seconds / unit)
}

/// How often, as typed: `30s`, `15m`, `2h`, `1d`.
///
/// # Errors
/// A refusal for what is none of these, for less than five seconds and for more than a week.
pub fn read_every(typed: &str) -> Result<u64, Refusal> {
    let typed = typed.trim();
    let unit = |letter: char| match letter {
        's' => Some(1),
        'm' => Some(60),
        'h' => Some(3600),
        'd' => Some(24 * 3600),
        _ => None,
    };
    let seconds = typed.chars().last().and_then(unit).and_then(|unit| {
        let count: u64 = typed[..typed.len() - 1].trim().parse().ok()?;
        count.checked_mul(unit)
    });
    seconds.filter(|seconds| EVERY.contains(seconds)).ok_or_else(|| {
        Refusal::input(format!("“{typed}” is not how often"))
            .hint("as 30s, 15m, 2h or 1d: five seconds at least, a week at most")
    })
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
            every: None,
        });
        let often = Watch::Command(Feed {
            argv: vec!["figures".to_owned()],
            variables: Vec::new(),
            seconds: 10,
            every: Some(900),
        });
        assert_eq!(often.words(), "figures, every 15 min");
        for watch in [Watch::File(PathBuf::from("/tmp/a b.csv")), command, often.clone()] {
            assert_eq!(Watch::read(&watch.line()), Some(watch));
        }
        let field = Kind::Metric.noun().field("watch");
        let told = |watch: &Watch| Watch::told(field, &Value::Text(watch.line()));
        assert_eq!(told(&often).as_deref(), Some("figures, every 15 min"));
        let title = Kind::Metric.noun().field("title");
        assert_eq!(Watch::told(title, &Value::Text(often.line())), None);
        for text in ["", "file", "command: []", "command: {\"argv\":[]}", "shell: x"] {
            assert_eq!(Watch::read(text), None, "{text}");
        }
    }

    #[test]
    fn how_often_is_typed_with_its_unit_and_bounded() {
        let read = |text: &str| read_every(text).ok();
        assert_eq!(["30s", "15m", "2h", "1d"].map(read), [30, 900, 7200, 86_400].map(Some));
        assert_eq!(["", "m", "15", "4s", "8d", "-1m", "1y", "1 é"].map(read), [None; 8]);
        let kept = Watch::read("command: {\"argv\":[\"x\"],\"every\":1}");
        assert!(matches!(kept, Some(Watch::Command(Feed { every: Some(5), .. }))), "{kept:?}");
        assert_eq!(
            [30, 900, 7200, 172_800].map(every_words),
            ["every 30 s", "every 15 min", "every 2 h", "every 2 d"]
        );
    }
}
