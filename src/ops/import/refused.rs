//! The words of refusals: a file that cannot be read, rows that cannot be taken.

use std::io;
use std::path::Path;

use crate::domain::refusal::Refusal;
use crate::exchange::bundle::BundleError;
use crate::exchange::read_error::ReadError;
use crate::store;

use super::super::error::Error;
use super::BadLine;
use super::source_file::Bad;

/// A file that cannot be read.
pub(super) fn file(path: &Path, error: ReadError) -> Error {
    match error {
        ReadError::Io(source) => disk(path, source),
        ReadError::DayOrder { .. } => asking(&error, "dates", Vec::new()),
        ReadError::NoTitle { ref columns } => asking(&error, "title", columns.clone()),
        ReadError::UnknownColumn { .. } => with_hint(Refusal::usage(error.to_string()), &error),
        _ => with_hint(Refusal::input(error.to_string()), &error),
    }
}

/// A refusal that one answer mends.
fn asking(error: &ReadError, what: &'static str, choices: Vec<String>) -> Error {
    let refusal = Refusal::input(error.to_string()).asking(what).choices(choices);
    with_hint(refusal, error)
}

fn disk(path: &Path, source: io::Error) -> Error {
    Error::Store(store::Error::File { doing: "reading", path: path.to_owned(), source })
}

fn with_hint(refusal: Refusal, error: &ReadError) -> Error {
    match error.hint() {
        Some(hint) => refusal.hint(hint).into(),
        None => refusal.into(),
    }
}

/// A workspace in JSON that cannot be taken.
pub(super) fn bundle(error: &BundleError) -> Error {
    Refusal::input(error.to_string())
        .hint("nothing was changed; prewire export json writes what import reads")
        .into()
}

/// Rows that cannot be taken, the first of them by name.
pub(super) fn bad_rows(rows: u64, bad: &Bad) -> Refusal {
    let count = bad.total;
    let what = format!(
        "{count} of {} cannot be read\n{}",
        if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") },
        listed(&bad.named, count).join("\n")
    );
    Refusal::input(what)
        .hint("nothing was changed; mend the file, or leave these rows out with --skip-bad")
}

/// A line for each bad row that is named, and one for the others.
#[must_use]
pub fn listed(bad: &[BadLine], total: u64) -> Vec<String> {
    let mut lines: Vec<String> = bad.iter().map(|line| line.words.clone()).collect();
    let more = total.saturating_sub(bad.len() as u64);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines
}
