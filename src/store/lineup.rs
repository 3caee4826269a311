//! The open decisions in the order of a standup: which press and why first, counted along indexes;
//! the first of them, and all of them in line.

use std::collections::HashSet;

use chrono::{Duration, NaiveDate};
use rusqlite::params;

use super::error::{Doing, Result};
use super::open::Store;
use super::sql;
use crate::domain::decision::figures::STAGNANT_DAYS;
use crate::domain::decision::standing::FORUM_DAYS;
use crate::domain::item::ItemId;
use crate::domain::listing::PUT_OFF;

const DOING: &str = "lining up the open decisions";
/// More stakes and weights than this are not looked through one by one.
const GROUPS: usize = if cfg!(test) { 2 } else { 64 };
/// So many that stand still are counted before those that do not are counted instead.
const STILL: i64 = if cfg!(test) { 3 } else { 2_000 };

/// The days that part the open decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edges {
    pub today: NaiveDate,
    /// What was raised before is older than usual.
    pub old: NaiveDate,
    /// What was touched then, or before, stands still.
    pub still: NaiveDate,
}

/// A decision that waits, with what else would make it press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub id: ItemId,
    pub is_old: bool,
    pub is_still: bool,
}

/// Of those that wait, without those that come first for another reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    Old,
    Still,
    /// Nothing makes it press.
    Well,
}

/// All of them, in the order of the backlog each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    pub late: Vec<ItemId>,
    /// Back from deferral today.
    pub back: Vec<ItemId>,
    pub old: Vec<ItemId>,
    pub still: Vec<ItemId>,
    pub well: Vec<ItemId>,
}

impl Edges {
    #[must_use]
    pub fn new(today: NaiveDate, usual: i64) -> Self {
        let before = |days| today.checked_sub_signed(Duration::days(days)).unwrap_or_default();
        Self { today, old: before(usual), still: before(STAGNANT_DAYS) }
    }

    fn words(&self) -> [String; 3] {
        [self.today, self.old, self.still].map(|day| day.to_string())
    }
}

impl Store {
    /// The live decisions that stand answered and were decided between two days, the last ones,
    /// oldest first, those of one day as they were raised; and whether there are more.
    ///
    /// # Errors
    /// A storage error.
    pub fn last_taken(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        most: usize,
    ) -> Result<(Vec<ItemId>, bool)> {
        let wanted = i64::try_from(most.saturating_add(1)).unwrap_or(i64::MAX);
        let mut ids = self.lined(
            "SELECT d.id FROM decision AS d INDEXED BY decision_decided \
             CROSS JOIN item AS i ON i.id = d.id \
             WHERE d.decided_on BETWEEN ?1 AND ?2 AND i.deleted_at IS NULL \
             AND i.state IN ('decided', 'reviewed', 'superseded') \
             ORDER BY d.decided_on DESC, d.raised_on DESC, d.id DESC LIMIT ?3",
            params![from.to_string(), to.to_string(), wanted],
        )?;
        let more = ids.len() > most;
        ids.truncate(most);
        ids.reverse();
        Ok((ids, more))
    }

    /// The live artefacts and assets that shipped between two days.
    ///
    /// # Errors
    /// A storage error.
    pub fn shipped(&self, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<ItemId>> {
        self.lined(
            "SELECT f.id FROM artefact AS f INDEXED BY artefact_shipped CROSS JOIN item AS i ON i.id = f.id \
             WHERE f.shipped_on BETWEEN ?1 AND ?2 AND i.deleted_at IS NULL \
             UNION ALL SELECT a.id FROM asset AS a INDEXED BY asset_shipped \
             CROSS JOIN item AS i ON i.id = a.id \
             WHERE a.shipped_on BETWEEN ?1 AND ?2 AND i.deleted_at IS NULL",
            [from.to_string(), to.to_string()],
        )
    }

    /// Those whose default was not taken although its day has passed, in the order of the backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn lapsed(&self, edges: &Edges) -> Result<Vec<Waiting>> {
        self.waiting(
            "d INDEXED BY decision_default",
            "d.default_on < ?1 AND d.default_text IS NOT NULL AND ?4 >= ?1",
            edges,
        )
    }

    /// Those whose forum is near, in the order of the backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn before_their_forums(&self, edges: &Edges) -> Result<Vec<Waiting>> {
        self.waiting("d INDEXED BY decision_forum", "d.forum_on BETWEEN ?1 AND ?4", edges)
    }

    fn waiting(&self, by: &str, condition: &str, edges: &Edges) -> Result<Vec<Waiting>> {
        let query = format!(
            "SELECT l.id, l.third < ?2, l.touched <= ?3 FROM decision AS {by} \
             CROSS JOIN listing AS l ON l.id = d.id \
             WHERE {condition} AND l.shelf = 0 AND l.first < {PUT_OFF} AND l.due >= ?1 \
             ORDER BY l.first, l.second, l.third, l.id"
        );
        let [today, old, still] = edges.words();
        let forum = (edges.today + Duration::days(FORUM_DAYS)).to_string();
        let mut statement = self.connection.prepare_cached(&query).doing(DOING)?;
        let rows = statement
            .query_map([today, old, still, forum], |row| {
                Ok(Waiting { id: sql::id_at(row, 0)?, is_old: row.get(1)?, is_still: row.get(2)? })
            })
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Those that come back from deferral today, in the order of the backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn back_today(&self, today: NaiveDate) -> Result<Vec<ItemId>> {
        let query = format!(
            "SELECT id FROM listing INDEXED BY listing_due WHERE kind = 'decision' AND shelf = 0 \
             AND due = ?1 AND first >= {PUT_OFF} ORDER BY first, second, third, id"
        );
        self.lined(&query, [today.to_string()])
    }

    /// How many are put off, to today or a later day.
    ///
    /// # Errors
    /// A storage error.
    pub fn count_put_off(&self, today: NaiveDate) -> Result<usize> {
        let query = format!(
            "SELECT count(*) FROM listing INDEXED BY listing_order WHERE kind = 'decision' \
             AND shelf = 0 AND first >= {PUT_OFF} AND due >= ?1"
        );
        self.counted(&query, [today.to_string()])
    }

    /// How many that wait are older than usual. Those of one stake and one weight stand by their age.
    ///
    /// # Errors
    /// A storage error.
    pub fn count_old(&self, edges: &Edges) -> Result<usize> {
        let (mut at, mut count) = ((-1, 0), 0);
        for _ in 0..GROUPS {
            let Some(next) = self.next_group(at)?.filter(|(first, _)| *first < PUT_OFF) else {
                return Ok(count);
            };
            let [today, old, _] = edges.words();
            count += self.counted(
                "SELECT count(*) FROM listing INDEXED BY listing_order WHERE kind = 'decision' \
                 AND shelf = 0 AND first = ?1 AND second = ?2 AND third < ?3 AND due >= ?4",
                params![next.0, next.1, old, today],
            )?;
            at = next;
        }
        let query = format!(
            "SELECT count(*) FROM listing INDEXED BY listing_order \
             WHERE kind = 'decision' AND shelf = 0 AND {}",
            condition(Waits::Old)
        );
        self.counted(&query, edges.words())
    }

    /// The next stake and weight of open decisions.
    fn next_group(&self, (first, second): (i64, i64)) -> Result<Option<(i64, i64)>> {
        self.connection
            .prepare_cached(
                "SELECT first, second FROM (SELECT first, second FROM listing INDEXED BY listing_order \
                 WHERE kind = 'decision' AND shelf = 0 AND first = ?1 AND second > ?2 \
                 ORDER BY first, second LIMIT 1) UNION ALL \
                 SELECT first, second FROM (SELECT first, second FROM listing INDEXED BY listing_order \
                 WHERE kind = 'decision' AND shelf = 0 AND first > ?1 ORDER BY first, second LIMIT 1) LIMIT 1",
            )
            .and_then(|mut statement| {
                let mut rows = statement.query([first, second])?;
                rows.next()?.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
            })
            .doing(DOING)
    }

    /// How many that wait and are not old stand still; `rest` is how many there are that wait and
    /// are not old.
    ///
    /// # Errors
    /// A storage error.
    pub fn count_still(&self, edges: &Edges, rest: usize) -> Result<usize> {
        let far = self.counted(
            "SELECT count(*) FROM (SELECT 1 FROM listing INDEXED BY listing_touched \
             WHERE kind = 'decision' AND shelf = 0 AND touched <= ?1 LIMIT ?2)",
            params![edges.words()[2], STILL],
        )?;
        let among = |side: &str| {
            let query = format!(
                "SELECT count(*) FROM listing INDEXED BY listing_touched WHERE kind = 'decision' \
                 AND shelf = 0 AND touched {side} ?3 AND third >= ?2 AND due >= ?1 AND first < {PUT_OFF}"
            );
            self.counted(&query, edges.words())
        };
        // The fewer are counted: nearly all were touched lately, or nearly none.
        if i64::try_from(far).unwrap_or(STILL) < STILL {
            return among("<=");
        }
        Ok(rest.saturating_sub(among(">")?))
    }

    /// The first of those that wait, in the order of the backlog, without some.
    ///
    /// # Errors
    /// A storage error.
    pub fn first_waiting(
        &self,
        waits: Waits,
        edges: &Edges,
        (most, without): (usize, &HashSet<ItemId>),
    ) -> Result<Vec<ItemId>> {
        let query = format!(
            "SELECT id FROM listing INDEXED BY listing_order WHERE kind = 'decision' AND shelf = 0 \
             AND {} ORDER BY first, second, third, id",
            condition(waits)
        );
        let mut found = Vec::with_capacity(most);
        if most == 0 {
            return Ok(found);
        }
        let mut statement = self.connection.prepare_cached(&query).doing(DOING)?;
        let mut rows = statement.query(edges.words()).doing(DOING)?;
        while let Some(row) = rows.next().doing(DOING)? {
            let id = sql::id_at(row, 0).doing(DOING)?;
            if !without.contains(&id) {
                found.push(id);
            }
            if found.len() == most {
                break;
            }
        }
        Ok(found)
    }

    /// All open decisions, each where it stands when nothing but these days parts them.
    ///
    /// # Errors
    /// A storage error.
    pub fn all_in_line(&self, edges: &Edges) -> Result<Lines> {
        let query = format!(
            "SELECT id, CASE WHEN due < ?1 THEN 0 WHEN first >= {PUT_OFF} THEN iif(due = ?1, 1, 4) \
             WHEN third < ?2 THEN 2 WHEN touched <= ?3 THEN 3 ELSE 4 END \
             FROM listing INDEXED BY listing_order WHERE kind = 'decision' AND shelf = 0 \
             ORDER BY first, second, third, id"
        );
        let mut lines = Lines::default();
        let mut statement = self.connection.prepare_cached(&query).doing(DOING)?;
        let mut rows = statement.query(edges.words()).doing(DOING)?;
        while let Some(row) = rows.next().doing(DOING)? {
            let id = sql::id_at(row, 0).doing(DOING)?;
            let line = match row.get::<_, i64>(1).doing(DOING)? {
                0 => &mut lines.late,
                1 => &mut lines.back,
                2 => &mut lines.old,
                3 => &mut lines.still,
                _ => &mut lines.well,
            };
            line.push(id);
        }
        Ok(lines)
    }

    fn lined(&self, query: &str, values: impl rusqlite::Params) -> Result<Vec<ItemId>> {
        let mut statement = self.connection.prepare_cached(query).doing(DOING)?;
        let rows = statement.query_map(values, |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    fn counted(&self, query: &str, values: impl rusqlite::Params) -> Result<usize> {
        self.connection
            .prepare_cached(query)
            .and_then(|mut statement| statement.query_row(values, |row| row.get::<_, i64>(0)))
            .doing(DOING)
            .map(|count| usize::try_from(count).unwrap_or(0))
    }
}

/// What is true of those in the list of open decisions: `?1` is today, `?2` and `?3` the days since
/// which one is neither old nor still.
fn condition(waits: Waits) -> String {
    match waits {
        Waits::Old => {
            format!("first < {PUT_OFF} AND due >= ?1 AND third < ?2 AND ?3 > ''")
        }
        Waits::Still => {
            format!("first < {PUT_OFF} AND due >= ?1 AND third >= ?2 AND touched <= ?3")
        }
        Waits::Well => format!(
            "(first < {PUT_OFF} AND due >= ?1 AND third >= ?2 AND touched > ?3 \
             OR first >= {PUT_OFF} AND due > ?1)"
        ),
    }
}
