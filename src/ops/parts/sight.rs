//! What a form saw when it was opened, against what stands there now: what only one side changed is
//! joined, what both changed is a conflict.

use crate::domain::field::{Field, Names};
use crate::domain::item::Item;
use crate::domain::part::{Part, PartId};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::ops::PartStep;

/// An item with its parts, as somebody saw them.
pub(in crate::ops) struct Sight<'a> {
    pub item: &'a Item,
    pub parts: &'a [Part],
}

impl Sight<'_> {
    fn part(&self, id: PartId) -> Option<&Part> {
        self.parts.iter().find(|part| part.id == id)
    }

    /// A part that was seen and is changed now, but is gone meanwhile.
    ///
    /// # Errors
    /// The conflict.
    pub fn refuse_gone(&self, now: &[Part], steps: &[PartStep]) -> Result<(), Refusal> {
        for step in steps {
            let PartStep::Edit { key, kind, .. } = step else { continue };
            let seen = key.parse().ok().and_then(|id| self.part(id));
            if seen.is_some_and(|seen| !now.iter().any(|part| part.id == seen.id)) {
                return Err(conflict(format!(
                    "somebody else removed {} of {} meanwhile",
                    kind.noun().one(),
                    self.item.reference
                )));
            }
        }
        Ok(())
    }

    /// What both sides changed since this was seen: `now` is what stands there, `wanted` what is to
    /// stand there.
    ///
    /// # Errors
    /// The conflict.
    pub fn refuse_both(
        &self,
        now: &Sight<'_>,
        wanted: &Sight<'_>,
        names: &impl Names,
    ) -> Result<(), Refusal> {
        for (field, theirs) in now.item.entries() {
            let (seen, mine) = (self.item.get(field.name), wanted.item.get(field.name));
            if theirs != seen && mine != theirs {
                return Err(self.both(field, [seen, theirs], names));
            }
        }
        for theirs in now.parts {
            let seen = self.part(theirs.id);
            let mine = wanted.part(theirs.id);
            if seen.is_some_and(|seen| seen == theirs) || mine.is_some_and(|mine| mine == theirs) {
                continue;
            }
            let (Some(seen), Some(mine)) = (seen, mine) else {
                return Err(conflict(format!(
                    "somebody else changed {} of {} meanwhile",
                    theirs.kind.noun().one(),
                    self.item.reference
                )));
            };
            for (field, value) in theirs.entries() {
                let before = seen.get(field.name);
                if value != before && mine.get(field.name) != value {
                    return Err(self.both(field, [before, value], names));
                }
            }
        }
        Ok(())
    }

    fn both(&self, field: &Field, [was, is]: [&Value; 2], names: &impl Names) -> Refusal {
        conflict(format!(
            "somebody else changed {} of {} meanwhile: it was “{}”, now it is “{}”",
            field.label,
            self.item.reference,
            field.typed(was, names),
            field.typed(is, names)
        ))
    }
}

fn conflict(what: String) -> Refusal {
    Refusal::conflict(what).hint("nothing was changed; look at it again and repeat your change")
}
