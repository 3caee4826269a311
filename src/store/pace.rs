//! How the open decisions stand as a whole: since when each is open, and how many of them press. It
//! is counted in the index of the backlog; only those that nothing of it makes press are looked up.

use chrono::{Duration, NaiveDate};
use rusqlite::params_from_iter;

use super::error::{Doing, Result};
use super::open::Store;
use super::sql::{self, IdSet};
use crate::domain::decision::figures::STAGNANT_DAYS;
use crate::domain::decision::standing::FORUM_DAYS;
use crate::domain::item::ItemId;
use crate::domain::listing::PUT_OFF;

const DOING: &str = "counting the open decisions";

/// The open decisions as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    /// On which days they were raised, and how many on each.
    pub raised: Vec<(NaiveDate, usize)>,
    /// Each, in the order of the backlog, late ones first.
    pub open: Vec<(ItemId, Presses)>,
}

/// Whether an open decision presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presses {
    Yes,
    No,
    /// Its forum is near: it presses if somebody was not spoken to.
    ForumNear,
}

impl Store {
    /// The open decisions, counted; one raised before `usual` is older than usual.
    ///
    /// # Errors
    /// A storage error.
    pub fn pace(&self, today: NaiveDate, usual: NaiveDate) -> Result<Pace> {
        let (today_text, usual_text) = (today.to_string(), usual.to_string());
        let (today_text, usual_text) = (today_text.as_bytes(), usual_text.as_bytes());
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT third, due, first, id FROM listing INDEXED BY listing_order \
                 WHERE kind = 'decision' AND shelf = 0",
            )
            .doing(DOING)?;
        let mut rows = statement.query([]).doing(DOING)?;
        let mut pace = Pace::default();
        // In the order of the index whole runs were raised on one day.
        let mut run: (Vec<u8>, usize) = (Vec::new(), 0);
        let (mut others, mut is_sure) = (Vec::new(), true);
        while let Some(row) = rows.next().doing(DOING)? {
            let text = |at| -> Result<&[u8]> {
                row.get_ref(at).doing(DOING).map(|value| value.as_bytes().unwrap_or_default())
            };
            let (raised, due, first): (_, _, i64) = (text(0)?, text(1)?, row.get(2).doing(DOING)?);
            if run.0 != raised {
                end(&mut pace, &run);
                run = (raised.to_owned(), 0);
            }
            run.1 += 1;
            let id = sql::id_at(row, 3).doing(DOING)?;
            let is_put_off = first >= PUT_OFF;
            let known = if is_put_off { due <= today_text } else { raised < usual_text };
            if due < today_text {
                pace.open.push((id, Presses::Yes));
            } else {
                others.push((id, known, is_put_off));
                is_sure &= known || is_put_off;
            }
        }
        end(&mut pace, &run);
        drop(rows);
        pace.raised.sort_unstable();
        let looked_up = if is_sure { LookedUp::default() } else { self.look_up(today)? };
        pace.open.extend(others.into_iter().map(|(id, known, is_put_off)| {
            let presses = if known {
                Presses::Yes
            } else if is_put_off {
                Presses::No
            } else {
                looked_up.presses(id)
            };
            (id, presses)
        }));
        Ok(pace)
    }

    /// How many decisions are in an open state.
    ///
    /// # Errors
    /// A storage error.
    pub fn open_in_state(&self, state: &str) -> Result<usize> {
        let count: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM listing INDEXED BY listing_board \
                 WHERE kind = 'decision' AND shelf = 0 AND state = ?1",
            )
            .and_then(|mut statement| statement.query_row([state], |row| row.get(0)))
            .doing(DOING)?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// What the index of the backlog does not tell.
    fn look_up(&self, today: NaiveDate) -> Result<LookedUp> {
        let moved = today - Duration::days(STAGNANT_DAYS - 1);
        let forum = today + Duration::days(FORUM_DAYS);
        let (moved, forum, today) = (moved.to_string(), forum.to_string(), today.to_string());
        Ok(LookedUp {
            still: self.id_set(
                "SELECT id FROM item INDEXED BY item_touched WHERE kind = 'decision' AND deleted_at IS NULL \
                 AND state IN ('raised', 'framed', 'prewiring', 'ready', 'deferred') AND updated_at < ?1",
                [&moved],
            )?,
            lapsed: self.id_set(
                "SELECT id FROM decision INDEXED BY decision_default \
                 WHERE default_on < ?1 AND default_text IS NOT NULL",
                [&today],
            )?,
            near: self.id_set(
                "SELECT id FROM decision INDEXED BY decision_forum WHERE forum_on BETWEEN ?1 AND ?2",
                [&today, &forum],
            )?,
        })
    }

    /// What a query finds, to be found again.
    pub(super) fn id_set<const COUNT: usize>(
        &self,
        query: &str,
        values: [&String; COUNT],
    ) -> Result<IdSet> {
        let mut statement = self.connection.prepare_cached(query).doing(DOING)?;
        let rows =
            statement.query_map(params_from_iter(values), |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }
}

/// What the index of the backlog does not tell of a decision that waits.
#[derive(Default)]
struct LookedUp {
    /// Not touched for long.
    still: IdSet,
    /// What was to happen by itself has not been taken.
    lapsed: IdSet,
    near: IdSet,
}

impl LookedUp {
    fn presses(&self, id: ItemId) -> Presses {
        if self.still.holds(id) || self.lapsed.holds(id) {
            Presses::Yes
        } else if self.near.holds(id) {
            Presses::ForumNear
        } else {
            Presses::No
        }
    }
}

/// Counts a run of those raised on one day.
fn end(pace: &mut Pace, (raised, count): &(Vec<u8>, usize)) {
    if *count > 0 {
        let day = sql::day(rusqlite::types::ValueRef::Text(raised)).unwrap_or_default();
        pace.raised.push((day, *count));
    }
}
