//! The descriptions of all parts, one file each. To add one: a file here, a row in `PartKind`, a
//! migration with its table, and the table's name among the journalled ones.

use std::sync::LazyLock;

use super::part::{PartKind, PartNoun};

mod blocker;
pub mod displacement;
mod framing;
mod objection;
pub mod option;
mod overriding;
pub mod prewire;
mod pushback;
mod section;
mod verdict;
mod version;

static PARTS: LazyLock<[PartNoun; PartKind::ALL.len()]> = LazyLock::new(|| {
    [
        option::noun(),
        framing::noun(),
        prewire::noun(),
        objection::noun(),
        pushback::noun(),
        section::noun(),
        blocker::noun(),
        overriding::noun(),
        version::noun(),
        displacement::noun(),
        verdict::noun(),
    ]
});

pub(super) fn of(kind: PartKind) -> &'static PartNoun {
    &PARTS[kind as usize]
}
