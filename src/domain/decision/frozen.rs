//! What stands still once a decision is taken (I4): its question, its frame, its options, who was
//! spoken to and what was chosen. A change of mind is a new decision; undo alone may thaw.

use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartKind, of_kind};
use crate::domain::refusal::Refusal;

/// The fields that are frozen.
pub const FIELDS: [&str; 26] = [
    "title",
    "kind",
    "stake",
    "reversibility",
    "approver",
    "raised_on",
    "contributors",
    "forum",
    "forum_on",
    "happening",
    "matters",
    "now",
    "risk",
    "recommendation",
    "signal",
    "signal_metric",
    "reads_on",
    "needed_by",
    "probability",
    "default_text",
    "default_on",
    "default_option",
    "chosen",
    "rationale",
    "decided_on",
    "decided_at",
];

/// The parts that are frozen; framings, answers and pushback may go on.
pub const PARTS: [PartKind; 3] = [PartKind::Option, PartKind::Prewire, PartKind::Override];

/// Whether a part stands still once its decision is taken: one of those kinds, or what the answer
/// rested on. What is tied later may go on, since it never counts (I10).
#[must_use]
pub fn holds(part: &Part) -> bool {
    PARTS.contains(&part.kind) || part.kind == PartKind::Basis && part.text("late") != "yes"
}

/// Whether the record of an item stands still.
#[must_use]
pub fn is_frozen(item: &Item) -> bool {
    item.kind() == Kind::Decision
        && matches!(item.state().slug, "decided" | "reviewed" | "superseded")
}

/// The refusal of a change that would rewrite a decision; `None` when it does not.
#[must_use]
pub fn refuse(before: &Item, after: &Item) -> Option<Refusal> {
    if !is_frozen(before) {
        return None;
    }
    let name = FIELDS.into_iter().find(|name| before.get(name) != after.get(name))?;
    Some(refusal(before, &format!("“{}”", before.kind().noun().field(name).label)))
}

/// The parts of a decision that stand still with it.
#[must_use]
pub fn of(parts: &[Part]) -> Vec<&Part> {
    parts.iter().filter(|part| holds(part)).collect()
}

/// Puts back what a copy of the workspace would rewrite of a decision that stands, its parts too;
/// the words of the first such thing. A copy in which it was reopened, which keeps the old record
/// as a version, says so rightly, and so does one in which it was reviewed or superseded.
pub fn hold_whole(
    (before, own): (&Item, &[Part]),
    (after, parts): (&mut Item, &mut Vec<Part>),
) -> Option<&'static str> {
    let versions = |parts: &[Part]| of_kind(parts, PartKind::Version).count();
    if !is_frozen(before) || versions(parts) > versions(own) {
        return None;
    }
    let state = after.get("state").clone();
    let is_frozen_there = is_frozen(after);
    let mut held = hold(before, after);
    if is_frozen_there {
        let was_other = before.get("state") != &state;
        after.set("state", state);
        // Only its state differs: it went on there.
        if was_other && FIELDS.iter().all(|name| before.get(name) == after.get(name)) {
            held = held.filter(|label| *label != before.kind().noun().field("state").label);
        }
    }
    if of(own) != of(parts) {
        held.get_or_insert("record");
        parts.retain(|part| !holds(part));
        parts.extend(of(own).into_iter().cloned());
    }
    held
}

/// Puts back what a file would rewrite of a decision that stands; the words of the first such field.
pub fn hold(before: &Item, after: &mut Item) -> Option<&'static str> {
    if !is_frozen(before) {
        return None;
    }
    let mut held = None;
    for name in FIELDS.into_iter().chain(["state"]) {
        if before.get(name) != after.get(name) {
            after.set(name, before.get(name).clone());
            held.get_or_insert(before.kind().noun().field(name).label);
        }
    }
    held
}

/// The refusal of another part of a kind; `None` when there may be one.
#[must_use]
pub fn refuse_part(item: &Item, kind: PartKind) -> Option<Refusal> {
    (is_frozen(item) && PARTS.contains(&kind)).then(|| refusal(item, &own(kind)))
}

/// A part of a kind, as what belongs to a decision.
fn own(kind: PartKind) -> String {
    format!("its {}", kind.noun().several())
}

/// The refusal of a change of a part that is there; `None` when it may change.
#[must_use]
pub fn refuse_change(item: &Item, part: &Part) -> Option<Refusal> {
    let what = || match part.kind {
        PartKind::Basis => "what it rested on".to_owned(),
        kind => own(kind),
    };
    (is_frozen(item) && holds(part)).then(|| refusal(item, &what()))
}

fn refusal(item: &Item, what: &str) -> Refusal {
    let reference = item.reference;
    let on = item.day("decided_on").map_or_else(String::new, |day| format!(" on {day}"));
    Refusal::input(format!("{reference} was decided{on}: {what} cannot change any more (I4)")).hint(
        format!(
            "prewire decision supersede {reference} 'the new question', or reopen it with a reason"
        ),
    )
}
