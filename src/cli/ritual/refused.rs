//! A line that a card does not take, told in the letters of the card: whoever sits in a ritual has
//! no command at hand.

use crate::ops::Error;

use super::super::failure;

/// Why a line was not taken, and how it is said here.
pub(super) fn words(error: &Error, line: &str, letters: Option<&str>) -> String {
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
