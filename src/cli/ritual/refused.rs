//! A line that a ritual does not take, told in the letters of its card: whoever sits there has no
//! command at hand. Of lines from a file each is named.

use crate::ops::Error;

use super::super::failure;
use super::super::invocation::Invocation;
use super::heard::Heard;

/// Tells why a line was not taken in; of one that nobody sees beside it, which.
pub(super) fn tell(
    call: &mut Invocation<'_>,
    heard: &mut Heard,
    (error, letters): (&Error, Option<&str>),
    line: &str,
) {
    call.output.say(&words(error, line, letters));
    if let Some(which) = heard.refused(line) {
        call.output.say(&which);
    }
}

/// Why a line was not taken, and how it is said here.
fn words(error: &Error, line: &str, letters: Option<&str>) -> String {
    let Some(letters) = letters.filter(|_| is_a_command(error)) else {
        return failure::sentence_of_change(error);
    };
    let letter = line.split_whitespace().next().unwrap_or("");
    let own = letters.split("   ").find(|one| one.split(' ').next() == Some(letter));
    let what = error.what();
    // What a verb asks for stands in the letters of the card.
    match own.filter(|_| what.starts_with("to ") && what.contains(" takes ")) {
        Some(own) => format!("{letter} takes its words on the same line: {own}"),
        None => what,
    }
}

fn is_a_command(error: &Error) -> bool {
    error.hint().is_some_and(|hint| hint.starts_with("prewire "))
}
