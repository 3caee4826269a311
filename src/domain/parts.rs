//! The descriptions of all parts, one file each. To add one: a file here, a row in `PartKind`, a
//! migration with its table, and the table's name among the journalled ones.

use std::sync::LazyLock;

use super::part::{PartKind, PartNoun};

mod agreement;
mod audit;
pub mod basis;
mod blocker;
mod confidence;
mod definition;
pub mod displacement;
mod factor;
mod framing;
mod look;
mod narrative;
mod objection;
pub mod observation;
pub mod option;
mod overriding;
pub mod prewire;
pub mod promise;
mod pulse;
mod pushback;
mod rebase;
mod response;
pub mod score;
mod section;
pub mod swap;
mod touch;
pub mod trial;
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
        observation::noun(),
        factor::noun(),
        agreement::noun(),
        rebase::noun(),
        narrative::noun(),
        confidence::noun(),
        displacement::noun(),
        verdict::noun(),
        basis::noun(),
        definition::noun(),
        response::noun(),
        score::noun(),
        trial::noun(),
        swap::noun(),
        audit::noun(),
        promise::noun(),
        look::noun(),
        touch::noun(),
        pulse::noun(),
    ]
});

pub(super) fn of(kind: PartKind) -> &'static PartNoun {
    &PARTS[kind as usize]
}
