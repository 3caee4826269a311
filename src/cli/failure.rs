//! An error as one line on standard error: what, what is safe, what to do.

use std::io::ErrorKind;

use crate::ops::Error;

/// `prewire: <what>. <what is safe>. <what to do>`
#[must_use]
pub fn sentence(error: &Error) -> String {
    let mut text = format!("prewire: {}", ended(&error.what()));
    if let Some(hint) = error.hint() {
        let hint = if hint.starts_with("prewire ") { format!("try: {hint}") } else { hint };
        text = format!("{text} {}", capitalised(&hint));
    }
    text
}

/// Whether the reader of standard output has gone, which is no failure.
#[must_use]
pub fn is_closed_pipe(error: &Error) -> bool {
    matches!(error, Error::Output(source) if source.kind() == ErrorKind::BrokenPipe)
}

fn ended(what: &str) -> String {
    let done = what.ends_with(['.', '?', '!']);
    format!("{what}{}", if done { "" } else { "." })
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().to_string() + letters.as_str())
}
