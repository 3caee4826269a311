//! An error as one line on standard error: what, what is safe, what to do.

use std::io::ErrorKind;

use crate::ops::Error;

/// `prewire: <what>. <what is safe>. <what to do>`
#[must_use]
pub fn sentence(error: &Error) -> String {
    [Some(ended(&error.what())), error.hint().map(|hint| advice(&hint))]
        .into_iter()
        .flatten()
        .fold("prewire:".to_owned(), |text, part| format!("{text} {part}"))
}

/// As `sentence`, of a command that would have changed something: a refusal says that it did not.
#[must_use]
pub fn sentence_of_change(error: &Error) -> String {
    let hint = error.hint().unwrap_or_default();
    let told = hint.starts_with("nothing was") || !matches!(error, Error::Refused(_));
    if told {
        return sentence(error);
    }
    let text = format!("prewire: {} Nothing was changed.", ended(&error.what()));
    if hint.is_empty() { text } else { format!("{text} {}", advice(&hint)) }
}

/// A command to try stands without a full stop, so that it can be copied as it is.
fn advice(hint: &str) -> String {
    // A ref or a token that begins the advice is copied as it stands.
    let is_typed = hint.split(' ').next().is_some_and(|first| {
        first.contains(':') || crate::domain::item::Ref::parse(first).is_some()
    });
    match (hint.starts_with("prewire "), is_typed) {
        (true, _) => format!("Try: {hint}"),
        (false, true) => hint.to_owned(),
        (false, false) => capitalised(hint),
    }
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
