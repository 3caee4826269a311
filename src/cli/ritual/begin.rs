//! How a ritual begins in lines: the workspace that it is held in, made for a first answer where there
//! is none, and what is said before anything is asked.

use std::io::{IsTerminal, stdin};

use crate::ops::ritual::Sitting;
use crate::ops::{Error, Result, Workspace};

use super::super::invocation::{Invocation, is_absent};

/// The workspace, and the line that was read already to know whether there is anything to keep.
///
/// # Errors
/// There is none and nothing is said; a storage error.
pub fn opened(
    call: &mut Invocation<'_>,
    lines: &mut dyn Iterator<Item = std::io::Result<String>>,
) -> Result<(Workspace, Option<String>)> {
    let opened = call.to_change();
    if !is_absent(&opened) || stdin().is_terminal() {
        return Ok((opened?, None));
    }
    match lines.next().transpose().map_err(Error::Output)? {
        Some(first) => Ok((call.begun(opened)?, Some(first))),
        None => Ok((opened?, None)),
    }
}

/// Where it goes on, and what happened since the last one.
pub fn greet(call: &mut Invocation<'_>, sitting: &Sitting) {
    if sitting.goes_on {
        let how_far = match sitting.run.how_far() {
            words if words.is_empty() => words,
            words => format!(", at {words}"),
        };
        call.output.say(&format!("{} goes on{how_far}", sitting.title));
    }
    let name = sitting.kind.words();
    for line in &sitting.since {
        call.output.say(&format!("since the last {name}: {line}"));
    }
}
