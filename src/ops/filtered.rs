//! What a filter finds of a list, in the order of the list: through the titles where only words are
//! asked for, else as a query; kept for as long as nothing changes.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::board::BY_HAND;
use super::error::Result;
use super::page::{Found, ListQuery, Requests};
use super::titles::Lanes;
use super::workspace::Workspace;
use crate::domain::grammar::{Filter, Operand, Property, Test};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::store::filter::{Query, Sort, asks_for_age};
use crate::store::listing::Closed;
use crate::store::lookup::Lookup;

/// So few that looking each up is less than reading all that stand above.
const FEW: usize = 2_000;

impl Workspace {
    /// Finds what the filter asks for, once for as long as the workspace stays as it is.
    pub(super) fn find(&mut self, query: &ListQuery) -> Result<()> {
        let stand = self.stand()?;
        if let Some(found) = &self.found
            && found.query == *query
            && found.stand == stand
        {
            return Ok(());
        }
        let mut reading = Filter::read(&query.filter, query.kind, &self.calendar());
        let above = self.above_reading(query);
        // What only a request can be asked is asked of the requests alone.
        let is_of_requests = above.is_some() && !reading.is_clean();
        if is_of_requests {
            reading.warnings.clear();
        } else if let Some(wrong) = reading.wrong {
            return Err(wrong.into());
        }
        let (own, closed_matches) = if is_of_requests {
            (Vec::new(), 0)
        } else {
            self.match_filter(query, &reading.filter, stand.day)?
        };
        let above = match above {
            Some(filter) => self.above_filtered(query, &filter, stand.day)?,
            None => Vec::new(),
        };
        let ids = [above, own].concat();
        self.found = Some(Found {
            query: query.clone(),
            stand,
            ids,
            closed_matches,
            warnings: reading.warnings,
        });
        Ok(())
    }

    fn match_filter(
        &mut self,
        query: &ListQuery,
        filter: &Filter,
        today: NaiveDate,
    ) -> Result<(Vec<ItemId>, usize)> {
        let words = filter.words().join(" ");
        if filter.is_words_only() && query.sort == Sort::Backlog {
            let with_closed = query.closed == Closed::Shown;
            let matches = self.titles.search(&self.store, query.kind, &words, with_closed)?;
            return Ok((matches.ids, matches.closed));
        }
        let is_pressing = Filter::Test(Test::Is(Property::Exception));
        let is_of_decisions = query.kind == Kind::Decision && query.sort == Sort::Backlog;
        if is_of_decisions && *filter == is_pressing {
            return Ok((self.exception_ids()?, 0));
        }
        let asked = self.asked(query, filter)?;
        if let Some(matches) = self.titles.filter(&self.store, &asked, self.stand()?)? {
            return Ok((matches.ids, matches.closed));
        }
        let ids = self.store.find(&asked, today)?;
        let closed = if query.closed == Closed::Hidden && ids.is_empty() {
            self.store.find(&Query { closed: Closed::Shown, ..asked }, today)?.len()
        } else {
            0
        };
        Ok((ids, closed))
    }

    fn asked(&self, query: &ListQuery, filter: &Filter) -> Result<Query> {
        let usual_age = if asks_for_age(filter) { self.usual_age()? } else { 0 };
        Ok(Query {
            usual_age,
            kind: query.kind,
            filter: self.resolve_me(filter)?,
            sort: query.sort,
            closed: query.closed,
            me: super::mine::me(&self.store, &self.settings)?,
        })
    }

    /// What the filter of a board finds in each column, with the terms that were taken as words;
    /// `None` where no titles are held, or the board is in another order than by hand.
    pub(super) fn find_lanes(&mut self, query: &ListQuery) -> Result<Option<(Lanes, Vec<String>)>> {
        let reading = Filter::read(&query.filter, query.kind, &self.calendar());
        let is_of_requests = !reading.is_clean() && self.above_reading(query).is_some();
        // What is wrong is said where a list is found.
        if query.sort != BY_HAND || reading.wrong.is_some() || is_of_requests {
            return Ok(None);
        }
        let asked = self.asked(query, &reading.filter)?;
        let lanes = self.titles.lanes(&self.store, &asked, self.stand()?)?;
        Ok(lanes.map(|lanes| (lanes, reading.warnings)))
    }

    /// Puts the name from the configuration in the place of `@me`; somebody who is in no item yet
    /// owns nothing.
    fn resolve_me(&self, filter: &Filter) -> Result<Filter> {
        let each = |parts: &[Filter]| {
            parts.iter().map(|part| self.resolve_me(part)).collect::<Result<Vec<_>>>()
        };
        Ok(match filter {
            Filter::All(parts) => Filter::All(each(parts)?),
            Filter::Any(parts) => Filter::Any(each(parts)?),
            Filter::Not(part) => Filter::Not(Box::new(self.resolve_me(part)?)),
            Filter::Test(Test::Field { field, compare, operand: Operand::Named(name) })
                if name.eq_ignore_ascii_case("me") =>
            {
                let Some(me) = &self.settings.me else {
                    return Err(Refusal::input("who is “me”?")
                        .hint("prewire config set me NAME")
                        .into());
                };
                if self.store.by_title(Kind::Person, me)?.is_empty() {
                    return Ok(Filter::Not(Box::new(Filter::Everything)));
                }
                let operand = Operand::Named(me.clone());
                Filter::Test(Test::Field { field, compare: *compare, operand })
            }
            other => other.clone(),
        })
    }

    /// What the filter asks of the requests above the list; nothing where there are none, or where
    /// it asks for what a request has not.
    fn above_reading(&self, query: &ListQuery) -> Option<Filter> {
        if query.requests == Requests::Apart {
            return None;
        }
        let reading = Filter::read(&query.filter, Kind::Request, &self.calendar());
        reading.is_clean().then_some(reading.filter)
    }

    /// The requests above a list that is filtered or sorted: those that nobody has triaged and that
    /// the same filter finds.
    fn above_filtered(
        &mut self,
        query: &ListQuery,
        filter: &Filter,
        today: NaiveDate,
    ) -> Result<Vec<ItemId>> {
        let asked = ListQuery { filter: query.filter.clone(), ..ListQuery::all(Kind::Request) };
        let found = self.match_filter(&asked, filter, today)?.0;
        if found.len() <= FEW {
            return Ok(self.store.untriaged_among(today, &found)?);
        }
        let found: HashSet<ItemId> = found.into_iter().collect();
        let mut above = self.store.untriaged_window(today, 0..usize::MAX / 2)?;
        above.retain(|id| found.contains(id));
        Ok(above)
    }
}
