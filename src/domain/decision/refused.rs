//! The refusals of the rules of a decision: what is missing in plain words, the rule by its
//! number, and the command that mends it.

use chrono::NaiveDate;

use super::{FRAME, Record};
use crate::domain::item::ItemId;
use crate::domain::part::letter;
use crate::domain::refusal::Refusal;

/// I1: no frame to choose from.
pub(super) fn unframed(record: &Record, missing: &[String]) -> Refusal {
    let reference = record.item.reference;
    Refusal::input(format!("{reference} is not framed yet (I1); it needs {}", missing.join(", ")))
        .hint(mending_frame(record))
}

/// The command that comes next in framing it.
fn mending_frame(record: &Record) -> String {
    let reference = record.item.reference;
    let empty: Vec<&str> = FRAME
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| record.item.text(name).trim().is_empty())
        .collect();
    if !empty.is_empty() {
        let flags: Vec<String> = empty.iter().map(|name| format!("--{name} '…'")).collect();
        return format!("prewire decision frame {reference} {}", flags.join(" "));
    }
    let options: Vec<_> = record.options().collect();
    if options.len() < 2 {
        return format!("prewire decision option {reference} add '…' --gains '…' --gives-up '…'");
    }
    let half = options
        .iter()
        .find(|option| option.text("gains").is_empty() || option.text("gives_up").is_empty());
    match half {
        Some(option) => format!(
            "prewire decision option {reference} edit {} --gains '…' --gives-up '…'",
            letter(option.position)
        ),
        None => format!("prewire decision option {reference} edit a --recommend"),
    }
}

/// I2: something that a verdict consists of is missing.
pub(super) fn incomplete(record: &Record, what: &str, how: &str) -> Refusal {
    let reference = record.item.reference;
    Refusal::input(format!("{reference} has no {what} (I2)"))
        .hint(format!("prewire decision {how}"))
}

/// I3: somebody who counts has not been spoken to.
///
/// `last` is the day by which it had to be, `today` the day it is: after the meeting nothing that
/// is held now still counts.
pub(super) fn unwired(
    record: &Record,
    who: &[ItemId],
    last: NaiveDate,
    today: NaiveDate,
) -> Refusal {
    let reference = record.item.reference;
    let names: Vec<&str> = who.iter().map(|id| record.called(*id)).collect();
    let have = if names.len() == 1 { "has" } else { "have" };
    let mention = names.first().map_or_else(String::new, |name| mention(name));
    let by = match record.reopened_on().filter(|since| *since <= last) {
        Some(since) => format!("since it was reopened on {}", since.format("%-d %b")),
        None => format!("by {}", last.format("%-d %b")),
    };
    Refusal::input(format!(
        "{reference} is of high stake and {} {have} not been spoken to {by} (I3)",
        listed(&names),
    ))
    .hint(if last < today {
        format!(
            "spoken to in time: prewire decision prewire {reference} {mention} --held {last} --stance for; the \
             meeting moved: prewire decision edit {reference} forum_on:DAY; else decide with --override 'why not'"
        )
    } else {
        format!(
            "prewire decision prewire {reference} {mention} --held today --stance for, or decide with --override 'why not'"
        )
    })
}

/// A name as it is typed after `@`.
fn mention(name: &str) -> String {
    if name.contains(' ') { format!("'@{name}'") } else { format!("@{name}") }
}

/// `Dana`, `Dana and Raj`, `Dana, Raj and Lee`.
#[must_use]
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => "nobody".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
