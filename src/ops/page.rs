//! A window of a list: the rows that a screen shows, their names, how many there are in all, and
//! nothing more. Without a filter it is cut from an index; a filtered list is found once and kept.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use chrono::NaiveDate;

use crate::domain::field::Names;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::listing::last_day;
use crate::domain::noun::Shelf;
use crate::store::NameTable;
use crate::store::backlog::{Anchor, Backlog};
use crate::store::burden::Burden;
use crate::store::filter::Sort;
use crate::store::listing::Closed;
use crate::store::lookup::Lookup;

use super::error::Result;
use super::metric::{Glance, in_short};
use super::workspace::Workspace;

/// Which list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListQuery {
    pub kind: Kind,
    /// The filter as typed.
    pub filter: String,
    pub sort: Sort,
    pub closed: Closed,
    pub requests: Requests,
}

/// Whether requests that nobody has triaged stand above the assets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Requests {
    #[default]
    Apart,
    OnTop,
}

impl ListQuery {
    /// The whole open backlog of a kind, in its own order.
    #[must_use]
    pub fn all(kind: Kind) -> Self {
        Self {
            kind,
            filter: String::new(),
            sort: Sort::Backlog,
            closed: Closed::Hidden,
            requests: Requests::Apart,
        }
    }
}

/// One row, with what a list says beside the fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub item: Item,
    /// Open and past its day.
    pub late: bool,
    /// How many open items it holds up, through the whole graph.
    pub holds: usize,
    /// The earliest due day among what it holds.
    pub first_held_due: Option<NaiveDate>,
    /// The open items that hold it up.
    pub blockers: Vec<ItemId>,
    /// Nothing ties it to an outcome.
    pub unlinked: bool,
    /// What a list says beside its fields: what a claim weighs, how often an objection came up.
    pub account: String,
    /// Where a metric stands.
    pub glance: Option<Box<Glance>>,
}

impl Row {
    /// Everything that it names beside itself.
    pub fn names(&self) -> impl Iterator<Item = ItemId> + '_ {
        let values = self.item.entries().flat_map(|(_, value)| value.ids().iter().copied());
        self.blockers.iter().copied().chain(values)
    }
}

/// What a reading was made of: a step of the journal, what others did, and the day. While it is the
/// same, every place and every count is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stand {
    pub step: i64,
    pub version: i64,
    pub day: NaiveDate,
}

/// A window of a list.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub rows: Vec<Row>,
    pub names: NameTable,
    /// The place of the first row.
    pub start: usize,
    pub total: usize,
    /// Items of the kind that are open, whatever the filter.
    pub open: usize,
    /// Closed items that the filter would find, when closed ones are hidden.
    pub closed_matches: usize,
    /// Terms of the filter that were taken as plain words.
    pub warnings: Vec<String>,
    /// What it was read of.
    pub stand: Stand,
}

/// A filtered list that was found once.
pub(super) struct Found {
    pub(super) query: ListQuery,
    pub(super) stand: Stand,
    pub(super) ids: Vec<ItemId>,
    pub(super) closed_matches: usize,
    pub(super) warnings: Vec<String>,
}

impl Workspace {
    /// The rows at places `span` of a list; fewer at its end.
    ///
    /// # Errors
    /// A refusal when the filter names what there is not; a storage error.
    pub fn page(&mut self, query: &ListQuery, span: Range<usize>) -> Result<Page> {
        self.page_around(query, span, None)
    }

    /// As `page`, reading from an item whose place is known, which no length of a list makes slow.
    ///
    /// # Errors
    /// As `page`.
    pub fn page_around(
        &mut self,
        query: &ListQuery,
        span: Range<usize>,
        anchor: Option<Anchor>,
    ) -> Result<Page> {
        let stand = self.stand()?;
        let backlog = self.backlog_at(query.kind, query.closed, stand)?;
        let start = span.start;
        let known = Page { start, open: backlog.counts.open, stand, ..Page::default() };
        if is_plain(query) {
            let above = self.above(query)?;
            let ids = self.plain_ids(&backlog, above, &span, anchor)?;
            if let Some(own) = ids.get(above.saturating_sub(start)..) {
                self.placed.note(query.kind, stand, start.saturating_sub(above), own);
            }
            let (rows, names) = self.rows(&ids)?;
            let hides = query.closed == Closed::Hidden;
            let closed_matches = if hides { backlog.counts.closed } else { 0 };
            let total = above + backlog.total();
            return Ok(Page { rows, names, total, closed_matches, ..known });
        }
        self.find(query)?;
        let Some(found) = &self.found else { return Ok(Page::default()) };
        let end = span.end.min(found.ids.len());
        let ids = found.ids[start.min(end)..end].to_vec();
        let (total, closed_matches) = (found.ids.len(), found.closed_matches);
        let warnings = found.warnings.clone();
        let (rows, names) = self.rows(&ids)?;
        Ok(Page { rows, names, total, closed_matches, warnings, ..known })
    }

    /// A backlog, which is counted once for as long as nothing changes.
    pub(super) fn backlog_at(&self, kind: Kind, closed: Closed, stand: Stand) -> Result<Backlog> {
        let mut counted = self.counted.borrow_mut();
        if let Some((_, counts)) = counted.get(&kind).filter(|(then, _)| *then == stand) {
            return Ok(Backlog { kind, closed, today: stand.day, counts: *counts });
        }
        let backlog = self.store.backlog(kind, closed, stand.day)?;
        counted.insert(kind, (stand, backlog.counts));
        Ok(backlog)
    }

    /// The ids of an unfiltered list: requests above, where they stand above, then its own.
    fn plain_ids(
        &self,
        backlog: &Backlog,
        above: usize,
        span: &Range<usize>,
        anchor: Option<Anchor>,
    ) -> Result<Vec<ItemId>> {
        let on_top = span.start.min(above)..span.end.min(above);
        let mut ids = if on_top.is_empty() {
            Vec::new()
        } else {
            self.store.untriaged_window(self.clock.today(), on_top)?
        };
        let below = |place: usize| place.saturating_sub(above);
        let anchor = anchor.and_then(|anchor| {
            let place = anchor.place.checked_sub(above)?;
            Some(Anchor { place, ..anchor })
        });
        ids.extend(self.store.window(backlog, below(span.start)..below(span.end), anchor)?);
        Ok(ids)
    }

    /// The place of an item in a list; `None` when it is not in it.
    ///
    /// # Errors
    /// As `page`.
    pub fn place(&mut self, query: &ListQuery, id: ItemId) -> Result<Option<usize>> {
        if is_plain(query) {
            let above = self.above(query)?;
            if above > 0
                && let Some(place) = self.store.untriaged_rank(self.clock.today(), id)?
            {
                return Ok(Some(place));
            }
            let stand = self.stand()?;
            if let Some(rank) = self.titles.rank(query.kind, stand, id, query.closed) {
                return Ok(rank.map(|place| place + above));
            }
            let backlog = self.backlog_at(query.kind, query.closed, stand)?;
            let own = match self.placed.of(query.kind, stand, id) {
                Some(place) => Some(place).filter(|place| *place < backlog.total()),
                None => self.store.rank(&backlog, id)?,
            };
            return Ok(own.map(|place| place + above));
        }
        self.find(query)?;
        Ok(self.found.as_ref().and_then(|found| found.ids.iter().position(|other| *other == id)))
    }

    /// As what the workspace stands now: an answer of the same stand still holds.
    ///
    /// # Errors
    /// A storage error.
    pub fn stand(&self) -> Result<Stand> {
        let (step, version) = (self.store.head()?.0, self.store.data_version()?);
        Ok(Stand { step, version, day: self.clock.today() })
    }

    /// The ids of all that a list shows, the requests above it among them: for "mark all shown".
    ///
    /// # Errors
    /// As `page`.
    pub fn shown_ids(&mut self, query: &ListQuery) -> Result<Vec<ItemId>> {
        let above = self.store.untriaged_window(self.clock.today(), 0..self.above(query)?)?;
        Ok([above, self.all_ids(query)?].concat())
    }

    /// The ids of a whole list; of one that is neither filtered nor sorted those of its own kind.
    ///
    /// # Errors
    /// As `page`.
    pub fn all_ids(&mut self, query: &ListQuery) -> Result<Vec<ItemId>> {
        if let Some(known) = self.known_whole(query)? {
            return Ok(known.to_vec());
        }
        self.ids_at(query, 0..usize::MAX / 2)
    }

    /// The ids at places `span` of a list; fewer at its end.
    ///
    /// # Errors
    /// As `page`.
    pub fn ids_at(&mut self, query: &ListQuery, span: Range<usize>) -> Result<Vec<ItemId>> {
        if is_plain(query) {
            let backlog = self.store.backlog(query.kind, query.closed, self.clock.today())?;
            return Ok(self.store.window(&backlog, span, None)?);
        }
        self.find(query)?;
        let all = self.found.as_ref().map_or(&[][..], |found| &found.ids);
        let end = span.end.min(all.len());
        Ok(all[span.start.min(end)..end].to_vec())
    }

    /// How many requests stand above the list.
    fn above(&self, query: &ListQuery) -> Result<usize> {
        match query.requests {
            Requests::OnTop if is_plain(query) => {
                Ok(self.store.untriaged(self.clock.today(), 0)?.1)
            }
            Requests::OnTop | Requests::Apart => Ok(0),
        }
    }

    /// Rows and names for ids, in their order.
    ///
    /// # Errors
    /// A storage error.
    pub fn rows(&self, ids: &[ItemId]) -> Result<(Vec<Row>, NameTable)> {
        let rows = self.rows_alone(ids)?;
        let mut named: Vec<ItemId> = rows.iter().flat_map(Row::names).collect();
        named.sort_unstable();
        named.dedup();
        let mut names = self.store.names_of(&named)?;
        for row in &rows {
            names.take(&row.item);
        }
        Ok((rows, names))
    }

    /// As `rows`, without names.
    pub(super) fn rows_alone(&self, ids: &[ItemId]) -> Result<Vec<Row>> {
        let items = self.store.items(ids)?;
        let aside = self.aside(&items)?;
        Ok(items.into_iter().map(|item| aside.row(item)).collect())
    }

    /// Those of these items that wait for something which is open.
    ///
    /// # Errors
    /// A storage error.
    pub fn blocked(&self, items: &[Item]) -> Result<HashSet<ItemId>> {
        let blockers = self.store.blockers_of(&tied(items, "blocked_by"))?;
        Ok(blockers.into_iter().filter(|(_, by)| !by.is_empty()).map(|(id, _)| id).collect())
    }

    /// What a list says beside the fields of these items, asked for all of them at once.
    fn aside(&self, items: &[Item]) -> Result<Aside> {
        let mut served: Vec<ItemId> = items.iter().filter_map(|item| item.link("for")).collect();
        served.sort_unstable();
        served.dedup();
        Ok(Aside {
            accounts: self.accounts(items)?,
            glances: self.glances_of(items)?,
            today: self.clock.today(),
            burdens: self.store.burdens(&tied(items, "blocks"))?,
            blockers: self.store.blockers_of(&tied(items, "blocked_by"))?,
            leading: self.store.leading_to_outcomes(&served)?,
        })
    }
}

/// Those of these items that are open and tied so to others.
fn tied(items: &[Item], name: &str) -> Vec<ItemId> {
    let open = items.iter().filter(|item| item.shelf() == Shelf::Open);
    open.filter(|item| !item.links(name).is_empty()).map(|item| item.id).collect()
}

/// What stands around the items of one page.
struct Aside {
    accounts: HashMap<ItemId, String>,
    glances: HashMap<ItemId, Glance>,
    today: NaiveDate,
    burdens: HashMap<ItemId, Burden>,
    blockers: HashMap<ItemId, Vec<ItemId>>,
    /// What leads to an outcome, of all that is served.
    leading: HashSet<ItemId>,
}

impl Aside {
    fn row(&self, item: Item) -> Row {
        let burden = self.burdens.get(&item.id).copied().unwrap_or_default();
        let is_linked = item.link("for").is_some_and(|serves| self.leading.contains(&serves));
        let has_due = item.kind().noun().due.is_some_and(|name| item.day(name).is_some());
        let glance = self.glances.get(&item.id);
        let is_past = last_day(&item).is_some_and(|day| day < self.today);
        Row {
            late: item.shelf() == Shelf::Open && has_due && is_past,
            holds: burden.items,
            first_held_due: burden.first_due,
            blockers: self.blockers.get(&item.id).cloned().unwrap_or_default(),
            unlinked: item.kind() == Kind::Asset
                && item.state().slug != "retired"
                && item.text("verdict").is_empty()
                && !is_linked,
            account: match glance.and_then(|glance| glance.account.as_ref()) {
                Some(account) => in_short(account),
                None => self.accounts.get(&item.id).cloned().unwrap_or_default(),
            },
            glance: glance.cloned().map(Box::new),
            item,
        }
    }
}

pub(super) fn is_plain(query: &ListQuery) -> bool {
    query.filter.trim().is_empty() && query.sort == Sort::Backlog
}

impl Page {
    /// The words of a field of a row.
    #[must_use]
    pub fn show(&self, row: &Row, name: &str, today: NaiveDate) -> String {
        let field = row.item.kind().noun().field(name);
        field.show(row.item.get(name), &self.names, today)
    }

    /// The ref of an id that the page names.
    #[must_use]
    pub fn reference(&self, id: ItemId) -> String {
        self.names.reference(id).map_or_else(String::new, |reference| reference.to_string())
    }
}
