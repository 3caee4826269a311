//! What a verb leaves in the note of an item, where there is no field of its own for it.

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::value::Value;

/// The reason, and what was decided before.
pub(super) fn reopened(item: &Item, reason: &str, today: NaiveDate) -> String {
    let on = item.day("decided_on").map_or_else(String::new, |day| format!(" on {day}"));
    let before = match item.text("rationale") {
        "" => String::new(),
        rationale => format!("\n\nBefore that {}{on}: {rationale}", item.state().slug),
    };
    format!("Reopened on {today}: {reason}{before}")
}

/// Adds a paragraph to the note, where there is no field of its own for it.
pub(super) fn keep(item: &mut Item, paragraph: &str) {
    let note = match item.text("note").trim_end() {
        "" => paragraph.to_owned(),
        note => format!("{note}\n\n{paragraph}"),
    };
    item.set("note", Value::Text(note));
}
