//! Errors as people read them: what, what is safe, what to do, and the exit code of the one list
//! (`spec/7-quality.md §7.4`).

use std::path::Path;

use crate::domain::disk;
use crate::domain::refusal::{Class, Refusal};
use crate::store;
use crate::store::error::sqlite;

pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, whoever is asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(store::Error),
    /// The command ran and found problems (exit 1).
    #[error("{0}")]
    Problems(String),
    /// A bug ended a part of the program (exit 70).
    #[error("{0}")]
    Bug(String),
    /// A signal ended the program (exit 128 + its number); nobody is there to be told.
    #[error("ended by signal {0}")]
    Signal(i32),
    /// Needs keys, and there is no terminal (exit 19).
    #[error("{0}")]
    NoTerminal(String),
    /// A source that is watched could not be read; what it gave last stays (exit 18).
    #[error("{0}")]
    Source(String),
    /// Standard output could not be written (exit 15).
    #[error("the output could not be written: {0}")]
    Output(std::io::Error),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Refused(refusal) => Self::Refused(refusal),
            other => Self::Store(other),
        }
    }
}

impl Error {
    /// A file that somebody named and that cannot be read.
    #[must_use]
    pub fn unreadable(path: &Path, source: &std::io::Error) -> Self {
        // Some of what is read twice cannot be given away.
        let kind = source.kind();
        let source = match source.raw_os_error() {
            Some(number) => std::io::Error::from_raw_os_error(number),
            None => std::io::Error::new(kind, source.to_string()),
        };
        Self::Store(store::Error::File { doing: "reading", path: path.to_owned(), source })
    }

    /// Says which of several drafts a refusal is about.
    #[must_use]
    pub fn at(self, place: usize) -> Self {
        match self {
            Self::Refused(refusal) => Self::Refused(refusal.at(place)),
            other => other,
        }
    }

    /// The exit code of the command line.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(refusal) => match refusal.class {
                Class::Usage => 2,
                Class::Missing => 3,
                Class::Input => 4,
                Class::Conflict => 5,
                Class::Untrusted => 17,
                Class::Source => 18,
            },
            Self::Problems(_) => 1,
            Self::Bug(_) => 70,
            Self::Signal(signal) => u8::try_from(128 + signal).unwrap_or(70),
            Self::NoTerminal(_) => 19,
            Self::Source(_) => 18,
            Self::Output(_) => 15,
            Self::Store(error) => store_code(error),
        }
    }

    /// What happened, in a sentence without a full stop.
    #[must_use]
    pub fn what(&self) -> String {
        match self {
            Self::Store(store::Error::Storage { doing, source }) => storage_words(doing, source),
            Self::Store(store::Error::Clashes(clashes)) => clash_words(clashes),
            Self::Store(store::Error::File { doing, path, source }) => {
                format!("{doing} {} failed: {}", named(path), disk::words(source))
            }
            Self::Output(source) => {
                format!("the output could not be written: {}", disk::words(source))
            }
            other => other.to_string(),
        }
    }

    /// What is safe, and what to do.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let fixed = |text: &str| Some(text.to_owned());
        match self {
            Self::Refused(refusal) => refusal.hint.clone(),
            Self::Problems(_) | Self::Bug(_) | Self::Signal(_) | Self::NoTerminal(_) => None,
            Self::Source(_) => fixed("prewire week calendar list says why"),
            Self::Output(_) => fixed("what the command changed is saved; only its words are lost"),
            Self::Store(error) => match error {
                store::Error::Absent(_) => fixed(
                    "a write makes one, for example: prewire decision add \"Who is the ICP?\"; or look at prewire demo",
                ),
                store::Error::Foreign { .. } => {
                    fixed("the file was not changed; name another with --db")
                }
                store::Error::Newer { .. } => {
                    fixed("the file was not changed; install the newer prewire that wrote it")
                }
                store::Error::Damaged { .. } => fixed(
                    "the file was not changed; prewire doctor tells more, prewire restore lists snapshots",
                ),
                store::Error::Busy { .. } => fixed("nothing was changed; try again in a moment"),
                store::Error::ReadOnly => fixed("nothing was changed"),
                store::Error::Unrecovered(_) => fixed(
                    "nothing was changed; copy it with every file beside it that begins with its name to where you may write",
                ),
                store::Error::Moved(_) => {
                    fixed("nothing was changed; open it again, look, and repeat the change")
                }
                store::Error::Storage { .. } => {
                    fixed("this change was not saved; everything saved before is intact")
                }
                store::Error::Unconfirmed => fixed(
                    "look at prewire history before you repeat it, and make a copy elsewhere: prewire backup FILE",
                ),
                store::Error::Constraint { .. } => {
                    fixed("nothing was changed; prewire doctor looks for what is odd")
                }
                store::Error::Clashes(_) => {
                    fixed("nothing was changed; prewire history shows what came after")
                }
                store::Error::Stale(_) => {
                    fixed("nothing was changed; look at it again and repeat the change")
                }
                store::Error::Snapshot(_) => {
                    fixed("nothing was changed; check the free space and prewire doctor")
                }
                store::Error::File { doing: "reading", source, .. } => match source.kind() {
                    std::io::ErrorKind::NotFound => {
                        fixed("nothing was changed; look at its name and its folder")
                    }
                    std::io::ErrorKind::PermissionDenied => {
                        fixed("nothing was changed; it must be one that you may read")
                    }
                    _ => None,
                },
                store::Error::File { source, .. }
                    if source.kind() == std::io::ErrorKind::PermissionDenied =>
                {
                    fixed("nothing was changed; name a place where you may write")
                }
                store::Error::File { .. }
                | store::Error::Refused(_)
                | store::Error::Interrupted => None,
            },
        }
    }
}

/// A file as it was named, not as it is called while it is being written.
fn named(path: &std::path::Path) -> String {
    let text = path.display().to_string();
    match text.rsplit_once(".part-") {
        Some((whole, rest)) if rest.bytes().all(|byte| byte.is_ascii_digit()) => whole.to_owned(),
        Some(_) | None => text,
    }
}

fn store_code(error: &store::Error) -> u8 {
    match error {
        store::Error::Absent(_) => 10,
        store::Error::Busy { .. } => 11,
        store::Error::Foreign { .. } => 12,
        store::Error::Newer { .. } => 13,
        store::Error::Damaged { .. } => 14,
        store::Error::Storage { .. } | store::Error::Unconfirmed | store::Error::Snapshot(_) => 15,
        store::Error::File { source, .. } => match source.kind() {
            std::io::ErrorKind::NotFound => 3,
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => 16,
            // What was named is there, and is nothing that can be taken.
            std::io::ErrorKind::IsADirectory
            | std::io::ErrorKind::NotADirectory
            | std::io::ErrorKind::InvalidData => 4,
            _ => 15,
        },
        store::Error::ReadOnly | store::Error::Unrecovered(_) => 16,
        store::Error::Constraint { .. }
        | store::Error::Clashes(_)
        | store::Error::Stale(_)
        | store::Error::Moved(_) => 5,
        store::Error::Refused(_) => 4,
        store::Error::Interrupted => 130,
    }
}

fn storage_words(doing: &str, source: &sqlite::Error) -> String {
    if sqlite::is_full(source) {
        return format!("the disk is full while {doing}");
    }
    format!("{doing} failed: the disk did not do what was asked ({})", sqlite::short(source))
}

/// What stands in a field, as a person reads it.
fn clash_value(text: &str) -> String {
    match (text, chrono::DateTime::parse_from_rfc3339(text)) {
        ("", _) => "nothing".to_owned(),
        (_, Ok(at)) => at.format("%-d %b %Y").to_string(),
        _ => format!("“{text}”"),
    }
}

fn clash_words(clashes: &[store::error::Clash]) -> String {
    let first = clashes.first().map_or_else(String::new, |clash| {
        let column = clash.column.as_deref().unwrap_or("the item itself").replace('_', " ");
        if let Some(why) = clash.why {
            let about = clash.column.as_ref().map_or_else(String::new, |_| format!("{column}: "));
            return format!(" ({about}{why}; take that back first)");
        }
        if clash.expected.is_empty() && clash.found.is_empty() {
            format!(" ({column})")
        } else {
            let (then, now) = (clash_value(&clash.expected), clash_value(&clash.found));
            format!(" ({column} was set to {then}, now it is {now})")
        }
    });
    let more = match clashes.len() {
        0 | 1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    format!("this cannot be taken back, since a later change touched the same fields{first}{more}")
}
