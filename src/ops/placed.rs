//! Where the rows of a backlog stand that were read last: whoever looks for one of them again need not
//! count up to it.

use std::cell::RefCell;
use std::collections::HashMap;

use super::page::Stand;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;

/// Most rows that are kept of a backlog.
const MOST: usize = 1_000;

/// For each kind a stretch of its backlog, closed ones at its end.
#[derive(Debug, Default)]
pub struct Placed(RefCell<HashMap<Kind, Stretch>>);

#[derive(Debug)]
struct Stretch {
    stand: Stand,
    start: usize,
    ids: Vec<ItemId>,
}

impl Placed {
    /// The rows from a place on; they join those that they touch.
    pub fn note(&self, kind: Kind, stand: Stand, start: usize, ids: &[ItemId]) {
        let mut all = self.0.borrow_mut();
        let known = all.remove(&kind).filter(|known| {
            known.stand == stand
                && start <= known.start + known.ids.len()
                && known.start <= start + ids.len()
                && known.ids.len() + ids.len() <= MOST
        });
        let (mut from, mut joined) = (start, ids.to_vec());
        if let Some(known) = known {
            let before = start.saturating_sub(known.start).min(known.ids.len());
            joined.splice(0..0, known.ids[..before].iter().copied());
            let beyond = (start + ids.len()) - known.start;
            joined.extend(known.ids.iter().skip(beyond));
            from = start.min(known.start);
        }
        all.insert(kind, Stretch { stand, start: from, ids: joined });
    }

    /// The place of an item, if it is one of those rows.
    #[must_use]
    pub fn of(&self, kind: Kind, stand: Stand, id: ItemId) -> Option<usize> {
        let all = self.0.borrow();
        let known = all.get(&kind).filter(|known| known.stand == stand)?;
        Some(known.start + known.ids.iter().position(|other| *other == id)?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids(count: u128) -> Vec<ItemId> {
        (0..count).map(|at| ItemId(uuid::Uuid::from_u128(at))).collect()
    }

    proptest! {
        #[test]
        fn rows_stand_where_they_were_read(
            reads in prop::collection::vec((0..40_usize, 0..20_usize), 1..30),
        ) {
            let (all, placed) = (ids(60), Placed::default());
            let stand = Stand::default();
            for (start, count) in reads {
                placed.note(Kind::Asset, stand, start, &all[start..start + count]);
                for (place, id) in all.iter().enumerate() {
                    let found = placed.of(Kind::Asset, stand, *id);
                    let is_read = (start..start + count).contains(&place);
                    prop_assert!(found == Some(place) || found.is_none() && !is_read);
                }
            }
        }
    }

    #[test]
    fn rows_that_touch_are_kept_together_and_others_let_go() {
        let (all, placed, stand) = (ids(60), Placed::default(), Stand::default());
        let kept = |placed: &Placed| {
            all.iter().filter(|id| placed.of(Kind::Asset, stand, **id).is_some()).count()
        };
        placed.note(Kind::Asset, stand, 10, &all[10..20]);
        placed.note(Kind::Asset, stand, 20, &all[20..30]);
        placed.note(Kind::Asset, stand, 5, &all[5..12]);
        assert_eq!(kept(&placed), 25);
        placed.note(Kind::Asset, stand, 40, &all[40..50]);
        assert_eq!(kept(&placed), 10);
        let later = Stand { step: 1, ..stand };
        assert_eq!(placed.of(Kind::Asset, later, all[45]), None);
        assert_eq!(placed.of(Kind::Decision, stand, all[45]), None);
    }
}
