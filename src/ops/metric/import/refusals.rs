//! Why a file of figures is not taken: what cannot be read, what no metric is called, what may mean
//! two things.

use std::path::Path;

use crate::domain::refusal::{Refusal, Unclear};
use crate::exchange::backlog::BadRow;
use crate::exchange::read_error::ReadError;
use crate::exchange::series::Series;

use super::super::super::error::Error;
use super::FigureRequest;
use super::called::named;

/// Bad places that are named; the others are counted.
const NAMED: usize = 20;

/// A name that is mapped and that the file does not have is a slip.
pub(super) fn refuse_unnamed(request: &FigureRequest, series: &Series) -> Result<(), Refusal> {
    let is_named = |from: &String| {
        series.points.iter().any(|point| {
            let whole = named(&point.metric, point.segment.as_deref());
            let own = [whole.as_str(), &point.metric, point.segment.as_deref().unwrap_or("")];
            own.iter().any(|one| one.trim().to_lowercase() == from.trim().to_lowercase())
        })
    };
    let Some((from, _)) = request.map.iter().find(|(from, _)| !is_named(from)) else {
        return Ok(());
    };
    let mut names: Vec<String> = Vec::new();
    for point in &series.points {
        let name = named(&point.metric, point.segment.as_deref());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let names = names.iter().take(NAMED).map(|name| format!("“{name}”")).collect::<Vec<_>>();
    let refusal = Refusal::input(format!("nothing in the file is called “{from}”"));
    Err(refusal.hint(format!("it holds {}{more}", names.join(", "))))
}

/// What nobody can be asked about while a file is watched is not guessed.
pub(super) fn either(value: f64, path: &Path) -> Refusal {
    let way = once(&path.display().to_string(), "", Unclear::Rates);
    Refusal::input(format!("{value} of a share may be {value} %, or a fraction of 1"))
        .hint(way)
        .unclear(Some(Unclear::Rates))
}

/// The answer that settles for good how a file is read.
pub(in crate::ops::metric) fn once(file: &str, whose: &str, unclear: Unclear) -> String {
    let file = if file.contains(' ') { format!("'{file}'") } else { file.to_owned() };
    format!("say it once: prewire metric import {file}{whose} {}", unclear.answers())
}

pub(super) fn refused(path: &Path, error: &ReadError) -> Error {
    if let ReadError::Io(source) = error {
        return Error::unreadable(path, source);
    }
    let name =
        path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let refusal = Refusal::input(format!("{name}: {error}")).unclear(error.unclear());
    match error.hint() {
        Some(hint) => refusal.hint(hint).into(),
        None => refusal.into(),
    }
}

pub(super) fn bad(rows: &[BadRow], total: u64) -> Refusal {
    let lines: Vec<String> = rows.iter().take(NAMED).map(ToString::to_string).collect();
    let unclear = rows.iter().flat_map(|row| &row.problems).find_map(|cell| cell.unclear);
    let rows = if total == 1 { "1 row".to_owned() } else { format!("{total} rows") };
    let what = format!("{rows} cannot be read\n{}", lines.join("\n"));
    Refusal::input(what)
        .hint("nothing was recorded; mend them, or leave them out with --skip-bad")
        .unclear(unclear)
}

pub(super) fn strange(problems: &[String]) -> Refusal {
    let lines = problems.iter().take(NAMED).cloned().collect::<Vec<_>>().join("\n");
    let what = match problems.len() {
        1 => format!("one place does not fit; nothing was recorded\n{lines}"),
        count => format!("{count} places do not fit; nothing was recorded\n{lines}"),
    };
    Refusal::input(what)
        .hint("--map \"name in the file\"=m4 says which metric it is; --skip-bad leaves them out")
}
