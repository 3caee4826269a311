//! The parts of the item in the detail, in the order in which it shows them, and the one that keys
//! act on. It is known by its identity, so that it stays chosen whatever is read again.

use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartId, PartKind, of_kind};

use super::model::Model;

/// The kinds of part of a kind of item, as a detail shows them: options and who stands where first.
pub fn order(kind: Kind) -> impl Iterator<Item = PartKind> {
    let first = [PartKind::Option, PartKind::Prewire];
    let rest = PartKind::of(kind).filter(move |part| !first.contains(part));
    first.into_iter().filter(move |part| part.noun().owners.contains(&kind)).chain(rest)
}

impl Model {
    /// The parts of the item in the detail, as they stand there.
    #[must_use]
    pub fn parts(&self) -> Vec<&Part> {
        let Some(detail) = &self.detail else { return Vec::new() };
        if self.subject() != Some(detail.row.item.id) {
            return Vec::new();
        }
        let kind = detail.row.item.kind();
        order(kind).flat_map(|kind| of_kind(&detail.parts, kind)).collect()
    }

    /// The part that keys act on: while the detail has the keys, and nothing stands above it.
    #[must_use]
    pub fn chosen_part(&self) -> Option<&Part> {
        let id = self.part.filter(|_| self.scrolls_detail() && self.card().is_none())?;
        self.parts().into_iter().find(|part| part.id == id)
    }

    /// Chooses the part so many places away, as far as there are any; whether it is another.
    pub fn step_part(&mut self, by: isize) -> bool {
        let ids: Vec<PartId> = self.parts().iter().map(|part| part.id).collect();
        let at = ids.iter().position(|id| Some(*id) == self.part);
        let to = match at {
            Some(at) => at.saturating_add_signed(by).min(ids.len().saturating_sub(1)),
            None if by < 0 => ids.len().saturating_sub(1),
            None => 0,
        };
        let chosen = ids.get(to).copied();
        let is_other = chosen.is_some() && chosen != self.part;
        self.part = chosen;
        is_other
    }
}
