//! A filter of words and terms over titles that are held: each term is asked of the file once, each
//! word of the titles, and what both find is put together here.

use chrono::NaiveDate;

use super::{Kept, Matches, Places, TitleIndex};
use crate::domain::fuzzy::Reader;
use crate::domain::grammar::Filter;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::noun::State;
use crate::ops::error::Result;
use crate::ops::page::Stand;
use crate::store::Store;
use crate::store::filter::{Condition, Query, Sort, names_closed};
use crate::store::listing::Closed;

/// Most terms and words whose answers are kept.
const MOST_TERMS: usize = 24;

/// What was asked of all items of a kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Term {
    Condition(Condition),
    Word(String),
}

/// The columns of a board with what stands in each.
pub type Lanes = Vec<(&'static State, Vec<ItemId>)>;

/// Who asks, and what.
struct Asking<'a> {
    store: &'a Store,
    query: &'a Query,
    today: NaiveDate,
    readers: &'a mut Vec<Reader>,
}

impl TitleIndex {
    /// The items that a filter finds, in their order and with what closed ones it finds, as
    /// `Store::find` does; `None` where the titles are not held.
    ///
    /// # Errors
    /// `Refused` for a name that nobody or several have; a storage error.
    pub fn filter(
        &mut self,
        store: &Store,
        query: &Query,
        stand: Stand,
    ) -> Result<Option<Matches>> {
        let Some(at) = self.hold(store, query.kind, stand)? else { return Ok(None) };
        let kept = &mut self.kept[at];
        let mut asking = Asking { store, query, today: stand.day, readers: &mut self.readers };
        let found = kept.places(&query.filter, &mut asking)?;
        let is_shown = query.closed == Closed::Shown || names_closed(&query.filter);
        let (mut ids, mut others, mut closed) = (Vec::new(), Vec::new(), 0);
        kept.put_in_order(query, &mut asking)?;
        let titles = &kept.titles;
        let places: Box<dyn Iterator<Item = usize>> = match &kept.order {
            Some((_, order)) if query.sort != Sort::Backlog => {
                let found = &found;
                Box::new(order.iter().map(|place| *place as usize).filter(|at| found.has(*at)))
            }
            _ => Box::new(found.all()),
        };
        for place in places {
            let is_first = query.sort != Sort::Backlog || titles.is_late(place, stand.day);
            if titles.is_closed(place) && !is_shown {
                closed += 1;
            } else if is_first {
                ids.push(titles.id(place));
            } else {
                others.push(titles.id(place));
            }
        }
        ids.append(&mut others);
        // How many closed ones there are is told where nothing else was found.
        let closed = if ids.is_empty() { closed } else { 0 };
        Ok(Some(Matches { ids, closed }))
    }

    /// The columns of a board, each with what a filter finds in it, in the order of the board; `None`
    /// where the titles are not held.
    ///
    /// # Errors
    /// As `filter`.
    pub fn lanes(&mut self, store: &Store, query: &Query, stand: Stand) -> Result<Option<Lanes>> {
        let Some(at) = self.hold(store, query.kind, stand)? else { return Ok(None) };
        let kept = &mut self.kept[at];
        let mut asking = Asking { store, query, today: stand.day, readers: &mut self.readers };
        let found = kept.places(&query.filter, &mut asking)?;
        store.lay_titles(query.kind, &mut kept.titles)?;
        let titles = &kept.titles;
        let places = |places: &[u32]| -> Vec<ItemId> {
            let found = places.iter().map(|at| *at as usize).filter(|at| found.has(*at));
            found.map(|at| titles.id(at)).collect()
        };
        let lanes = titles.lanes().iter().map(|(state, lane)| (*state, places(lane)));
        Ok(Some(lanes.filter(|(_, ids)| !ids.is_empty()).collect()))
    }

    /// Which of those that are kept holds the titles of a kind as they stand; `None` where nobody
    /// searched them or is about to, since whoever asks but once is answered by the file sooner.
    fn hold(&mut self, store: &Store, kind: Kind, stand: Stand) -> Result<Option<usize>> {
        let is_wanted = self.kept.iter().any(|kept| kept.kind == kind)
            || self.ahead.iter().any(|ahead| ahead.kind == kind);
        if is_wanted {
            self.renew(store, kind, (stand.step, stand.version))?;
        }
        Ok(self.kept.iter().position(|kept| kept.kind == kind))
    }
}

impl Kept {
    /// All places in the order that is asked for, where it is not their own.
    fn put_in_order(&mut self, query: &Query, asking: &mut Asking<'_>) -> Result<()> {
        let is_there = self.order.as_ref().is_some_and(|(sort, _)| *sort == query.sort);
        if query.sort == Sort::Backlog || is_there {
            return Ok(());
        }
        let all = Query { filter: Filter::Everything, closed: Closed::Shown, ..query.clone() };
        let ids = asking.store.find(&all, asking.today)?;
        let places = ids.into_iter().filter_map(|id| self.titles.place(id));
        let places = places.filter_map(|place| u32::try_from(place).ok()).collect();
        self.order = Some((query.sort, places));
        Ok(())
    }

    fn places(&mut self, filter: &Filter, asking: &mut Asking<'_>) -> Result<Places> {
        let many = self.titles.len();
        Ok(match filter {
            Filter::Everything => Places::every(many),
            Filter::All(parts) => {
                let mut all = Places::every(many);
                for part in parts {
                    all.and(&self.places(part, asking)?);
                }
                all
            }
            Filter::Any(parts) => {
                let mut any = Places::of(many, std::iter::empty());
                for part in parts {
                    any.or(&self.places(part, asking)?);
                }
                any
            }
            Filter::Not(part) => {
                let part = self.places(part, asking)?;
                let mut others = Places::every(many);
                others.and_not(&part);
                others
            }
            Filter::Word(word) => self.of_word(word, asking),
            Filter::Test(_) => self.of_test(filter, asking)?,
        })
    }

    fn of_word(&mut self, word: &str, asking: &mut Asking<'_>) -> Places {
        let term = Term::Word(word.to_owned());
        if let Some(known) = self.term(&term) {
            return known;
        }
        self.forget_other_than(word);
        let found = self.score(word, asking.readers);
        self.keep(word, &found);
        let places = Places::of(self.titles.len(), found.into_iter().map(|(place, _)| place));
        self.remember(term, places)
    }

    fn of_test(&mut self, test: &Filter, asking: &mut Asking<'_>) -> Result<Places> {
        let query = Query { filter: test.clone(), ..asking.query.clone() };
        let condition = asking.store.condition(&query, asking.today)?;
        let term = Term::Condition(condition.clone());
        if let Some(known) = self.term(&term) {
            return Ok(known);
        }
        let found = asking.store.holding(&condition)?;
        let titles = &self.titles;
        let found = found.into_iter().filter_map(|id| titles.place(id));
        let places = Places::of(titles.len(), found.filter_map(|place| u32::try_from(place).ok()));
        Ok(self.remember(term, places))
    }

    fn term(&self, term: &Term) -> Option<Places> {
        self.terms.iter().find(|(known, _)| known == term).map(|(_, places)| places.clone())
    }

    fn remember(&mut self, term: Term, places: Places) -> Places {
        if self.terms.len() >= MOST_TERMS {
            self.terms.remove(0);
        }
        self.terms.push((term, places.clone()));
        places
    }
}

impl Places {
    fn every(many: usize) -> Self {
        let mut bits = vec![u64::MAX; many.div_ceil(64)];
        let rest = many % 64;
        if rest > 0
            && let Some(last) = bits.last_mut()
        {
            *last = (1 << rest) - 1;
        }
        Self(bits)
    }

    fn and(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits &= other);
    }

    fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits |= other);
    }

    fn and_not(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits &= !other);
    }

    /// The places, the first first.
    fn all(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, bits)| {
            let mut rest = *bits;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(at * 64 + bit)
            })
        })
    }
}
