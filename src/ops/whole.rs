//! The ids of a whole list, for whoever marks all that is shown or walks through it: read ahead while
//! nobody types, in pieces that each take less than a key may.

use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::store::backlog::Anchor;

use super::error::Result;
use super::page::{ListQuery, Requests, Stand, is_plain};
use super::workspace::Workspace;

/// Rows that are read in one piece.
const PIECE: usize = if cfg!(test) { 2 } else { 1_000 };
/// Lists of fewer rows are read soon enough.
const MANY: usize = if cfg!(test) { 1 } else { 2_000 };

/// How far it is.
#[derive(Debug, Default)]
pub(super) struct Whole {
    of: Option<(ListQuery, Stand)>,
    ids: Vec<ItemId>,
    is_done: bool,
}

impl Workspace {
    /// Reads the next of the ids of a long list, and of assets looks at which press; says whether there is
    /// more. A list that is filtered or sorted is kept anyway once it was found.
    ///
    /// # Errors
    /// A storage error; whoever asks for the list will meet it again.
    pub fn read_whole_ahead(&mut self, query: &ListQuery) -> Result<bool> {
        self.store.begin_reading()?;
        let more = match self.read_on(query) {
            Ok(false) if query.kind == Kind::Asset && self.whole.is_done => {
                self.line_up_rows_ahead()
            }
            more => more,
        };
        self.store.end_reading()?;
        more
    }

    fn read_on(&mut self, query: &ListQuery) -> Result<bool> {
        if !is_plain(query) {
            self.whole = Whole::default();
            return Ok(false);
        }
        // Whether requests stand above makes no difference to the list itself.
        let query = &ListQuery { requests: Requests::Apart, ..query.clone() };
        let stand = self.stand()?;
        let backlog = self.store.backlog(query.kind, query.closed, stand.day)?;
        if !self.is_whole_of(query, stand) {
            self.whole = Whole { of: Some((query.clone(), stand)), ..Whole::default() };
            if backlog.total() < MANY {
                return Ok(false);
            }
            self.whole.ids.reserve_exact(backlog.total());
        }
        if self.whole.is_done || backlog.total() < MANY {
            return Ok(false);
        }
        let known = self.whole.ids.len();
        let from = known.saturating_sub(1);
        let anchor = self.whole.ids.last().map(|item| Anchor { item: *item, place: from });
        let read = self.store.window(&backlog, from..known + PIECE, anchor)?;
        // The one that was known is read again with the others.
        self.whole.ids.truncate(from);
        self.whole.ids.extend(read);
        self.whole.is_done =
            self.whole.ids.len() <= known || self.whole.ids.len() >= backlog.total();
        Ok(!self.whole.is_done)
    }

    fn is_whole_of(&self, query: &ListQuery, stand: Stand) -> bool {
        self.whole.of.as_ref().is_some_and(|(of, at)| of == query && *at == stand)
    }

    /// The ids of a list that was read whole and is still as it was then.
    pub(super) fn known_whole(&self, query: &ListQuery) -> Result<Option<&[ItemId]>> {
        let query = ListQuery { requests: Requests::Apart, ..query.clone() };
        let is_known = self.whole.is_done && self.is_whole_of(&query, self.stand()?);
        Ok(is_known.then_some(&self.whole.ids))
    }

    /// What "mark all" takes: all that a list shows, in the order of their ids.
    ///
    /// # Errors
    /// As `page`.
    pub fn marked_ids(&mut self, query: &ListQuery) -> Result<Vec<ItemId>> {
        let mut ids = self.shown_ids(query)?;
        ids.sort_unstable_by_key(|id| id.0.as_u128());
        Ok(ids)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ops::decisions::tests::{decisions, step};
    use crate::store::listing::Closed;

    /// Reads all of it ahead, and compares with what is read at once.
    fn is_as_read_now(workspace: &mut Workspace, query: &ListQuery) {
        workspace.whole = Whole::default();
        let now = workspace.all_ids(query).unwrap();
        while workspace.read_whole_ahead(query).unwrap() {}
        assert_eq!(workspace.known_whole(query).unwrap(), (!now.is_empty()).then_some(&now[..]));
        assert_eq!(workspace.all_ids(query).unwrap(), now);
        let marked = workspace.marked_ids(query).unwrap();
        assert!(marked.is_sorted() && marked.len() == now.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn what_is_read_ahead_is_the_list_as_it_stands_now(
            steps in prop::collection::vec((0_u8..18, any::<u8>(), any::<i8>()), 1..20),
        ) {
            let mut workspace = decisions();
            let open = ListQuery::all(Kind::Decision);
            let with_closed = ListQuery { closed: Closed::Shown, ..open.clone() };
            for one in steps {
                // Something changes when nothing, half or all of it was read.
                for _ in 0..one.0 % 9 {
                    workspace.read_whole_ahead(&open).unwrap();
                }
                step(&mut workspace, one);
                let ahead = workspace.all_ids(&open).unwrap();
                workspace.whole = Whole::default();
                assert_eq!(ahead, workspace.all_ids(&open).unwrap());
                is_as_read_now(&mut workspace, &with_closed);
                is_as_read_now(&mut workspace, &open);
            }
        }
    }

    #[test]
    fn what_is_filtered_is_not_read_whole() {
        let mut workspace = decisions();
        let query = ListQuery { filter: "of 3".to_owned(), ..ListQuery::all(Kind::Decision) };
        assert!(!workspace.read_whole_ahead(&query).unwrap());
        assert!(workspace.known_whole(&query).unwrap().is_none());
        assert_eq!(workspace.all_ids(&query).unwrap().len(), 1);
    }
}
