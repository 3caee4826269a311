//! What stands in the way of a verb, as far as the item alone tells.

use crate::domain::artefact::{ArtefactKind, ship_refusal};
use crate::domain::item::Item;
use crate::domain::refusal::Refusal;

/// What stands in the way of deciding, as far as the item alone tells: no frame (I1), nobody who
/// decides (I2).
pub(super) fn unready(item: &Item) -> Option<Refusal> {
    let reference = item.reference;
    if !crate::domain::decision::binds(item) {
        return None;
    }
    if item.link("approver").is_none() {
        return Some(
            Refusal::input(format!("{reference} has no approver (I2)"))
                .hint(format!("prewire decision edit {reference} --approver NAME")),
        );
    }
    (item.state().slug == "raised").then(|| {
        Refusal::input(format!("{reference} is not framed yet (I1)"))
            .hint(format!("prewire decision frame {reference} --happening '…' --matters '…'"))
    })
}

/// What stands in the way of shipping an artefact: no kind, no text, no expected impact.
pub(super) fn unshippable(item: &Item) -> Option<Refusal> {
    let reference = item.reference;
    let Some(kind) = ArtefactKind::parse(item.text("kind")) else {
        return Some(
            Refusal::input(format!("{reference} has no kind yet"))
                .hint(format!("prewire artefact edit {reference} --kind narrative-update")),
        );
    };
    ship_refusal(kind, item.text("body"), item.text("expected_impact"))
}
