//! The readings of metrics, read for a whole pane at once, and which metrics stand in it.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row, params};

use super::error::{Doing, Result};
use super::journal::Write;
use super::lookup::Lookup;
use super::open::Store;
use super::sql::{self, json_ids};
use crate::domain::item::ItemId;
use crate::domain::metric::{Age, Cadence, Freshness, Observation, Period, Reading};

mod live;
pub(super) mod series;
pub use live::Live;

const DOING: &str = "reading the figures";

/// A reading as it was told.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub position: i64,
    pub observation: Observation,
    pub recorded_on: Option<NaiveDate>,
    pub source: String,
    pub note: String,
}

/// Reading figures, from the open store or within a write.
pub trait Metrics: Lookup {
    /// The readings of these metrics in the order in which they were told. What another program
    /// wrote that is no reading is left out.
    ///
    /// # Errors
    /// A storage error.
    fn readings(
        &self,
        metrics: &[ItemId],
        fiscal_start_month: u32,
    ) -> Result<HashMap<ItemId, Vec<Told>>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT p.owner, p.position, p.recorded_on, p.source, p.note, p.period, p.value, p.k, p.n \
                 FROM json_each(?1) AS w CROSS JOIN observation AS p ON p.owner = w.value \
                 ORDER BY p.owner, p.position",
            )
            .doing(DOING)?;
        let mut rows = statement.query([json_ids(metrics)]).doing(DOING)?;
        let mut found: HashMap<ItemId, Vec<Told>> = HashMap::new();
        while let Some(row) = rows.next().doing(DOING)? {
            let owner = sql::id_at(row, 0).doing(DOING)?;
            if let Some(told) = told(row, fiscal_start_month).doing(DOING)? {
                found.entry(owner).or_default().push(told);
            }
        }
        Ok(found)
    }

    /// The readings of one metric in the order in which they were told, without who told them and
    /// when: what a pane needs of each.
    ///
    /// # Errors
    /// A storage error.
    fn observations(&self, metric: ItemId, fiscal_start_month: u32) -> Result<Vec<Observation>> {
        if let Some(kept) = series::read(self.connection(), metric, fiscal_start_month)? {
            return Ok(kept);
        }
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT period, value, k, n FROM observation WHERE owner = ?1 ORDER BY position",
            )
            .doing(DOING)?;
        let mut rows = statement.query([metric.to_string()]).doing(DOING)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().doing(DOING)? {
            found.extend(observation(row, 0, fiscal_start_month).doing(DOING)?);
        }
        Ok(found)
    }

    /// Whether a pane has anything to show: a metric that is not retired, or an active outcome.
    ///
    /// # Errors
    /// A storage error.
    fn has_live(&self) -> Result<bool> {
        self.connection()
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM item WHERE kind = 'metric' AND state <> 'retired' \
                   AND deleted_at IS NULL) \
                 OR EXISTS (SELECT 1 FROM item WHERE kind = 'outcome' AND state = 'active' \
                   AND deleted_at IS NULL)",
            )
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .doing(DOING)
    }

    /// The metrics that are not retired and that a file or a command feeds.
    ///
    /// # Errors
    /// A storage error.
    fn fed_metrics(&self) -> Result<Vec<ItemId>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT m.id FROM metric AS m CROSS JOIN item AS i ON i.id = m.id \
                 WHERE m.watch IS NOT NULL AND i.state <> 'retired' AND i.deleted_at IS NULL \
                 ORDER BY i.no",
            )
            .doing(DOING)?;
        let rows = statement.query_map([], |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// The metrics that are not retired, each with the active outcome that it shows: those of
    /// outcomes first, the weightiest at the top, then primary ones, then by name.
    ///
    /// # Errors
    /// A storage error.
    fn live_metrics(&self) -> Result<Arc<[Live]>> {
        live::all(self.connection()).doing(DOING)
    }

    /// The active outcome that a metric shows.
    ///
    /// # Errors
    /// A storage error.
    fn shown_by(&self, metric: ItemId) -> Result<Option<ItemId>> {
        self.connection()
            .prepare_cached(
                "SELECT o.id FROM outcome AS o CROSS JOIN item AS x ON x.id = o.id \
                 WHERE o.measured_by = ?1 AND x.state = 'active' AND x.deleted_at IS NULL \
                 ORDER BY o.due IS NULL, o.due DESC, x.no LIMIT 1",
            )
            .and_then(|mut statement| {
                statement.query_row([metric.to_string()], |row| sql::id_at(row, 0)).optional()
            })
            .doing(DOING)
    }

    /// The metrics that several active outcomes show, each with those outcomes.
    ///
    /// # Errors
    /// A storage error.
    fn shown_by_several(&self) -> Result<Vec<(ItemId, Vec<ItemId>)>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT o.measured_by, o.id FROM item AS x CROSS JOIN outcome AS o ON o.id = x.id \
                 WHERE x.kind = 'outcome' AND x.state = 'active' AND x.deleted_at IS NULL \
                 AND o.measured_by IS NOT NULL \
                 ORDER BY o.measured_by, -coalesce(o.weight, 1), o.due IS NULL, o.due DESC, x.no",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([], |row| Ok((sql::id_at(row, 0)?, sql::id_at(row, 1)?)))
            .doing(DOING)?;
        let mut all: Vec<(ItemId, Vec<ItemId>)> = Vec::new();
        for row in rows {
            let (metric, outcome) = row.doing(DOING)?;
            match all.last_mut() {
                Some((last, outcomes)) if *last == metric => outcomes.push(outcome),
                Some(_) | None => all.push((metric, vec![outcome])),
            }
        }
        all.retain(|(_, outcomes)| outcomes.len() > 1);
        Ok(all)
    }

    /// Active outcomes without a metric of their own whose words name this one.
    ///
    /// # Errors
    /// A storage error.
    fn unmeasured(&self, words: &str) -> Result<Vec<ItemId>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT o.id FROM outcome AS o CROSS JOIN item AS x ON x.id = o.id \
                 WHERE o.measured_by IS NULL AND x.deleted_at IS NULL \
                 AND lower(trim(o.metric)) = ?1 ORDER BY x.no",
            )
            .doing(DOING)?;
        let words = words.trim().to_lowercase();
        let rows = statement.query_map([words], |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Whether a launch plan was shipped between these days.
    ///
    /// # Errors
    /// A storage error.
    fn launched_since(&self, first: NaiveDate, last: NaiveDate) -> Result<bool> {
        self.connection()
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM asset AS a CROSS JOIN item AS i ON i.id = a.id \
                 WHERE a.kind = 'launch-plan' AND a.shipped_on BETWEEN ?1 AND ?2 \
                 AND i.deleted_at IS NULL)",
            )
            .and_then(|mut statement| {
                statement.query_row(params![first.to_string(), last.to_string()], |row| row.get(0))
            })
            .doing(DOING)
    }

    /// Other metrics that are primary for somebody.
    ///
    /// # Errors
    /// A storage error.
    fn primary_of(&self, person: ItemId) -> Result<Vec<ItemId>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT m.id FROM metric AS m CROSS JOIN item AS i ON i.id = m.id \
                 WHERE m.primary_for = ?1 AND i.state <> 'retired' AND i.deleted_at IS NULL \
                 ORDER BY i.no",
            )
            .doing(DOING)?;
        let rows =
            statement.query_map([person.to_string()], |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// The metrics that somebody carries and that are primary for nobody.
    ///
    /// # Errors
    /// A storage error.
    fn carried_by(&self, person: ItemId) -> Result<Vec<ItemId>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT m.id FROM metric AS m CROSS JOIN item AS i ON i.id = m.id \
                 WHERE m.primary_for IS NULL AND i.owner = ?1",
            )
            .doing(DOING)?;
        let rows =
            statement.query_map([person.to_string()], |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }
}

impl Store {
    /// The metrics whose newest figure is older than their cadence allows, and that nobody retired.
    ///
    /// # Errors
    /// A storage error.
    pub fn stale_metrics(&self, today: NaiveDate) -> Result<Vec<ItemId>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT i.id, m.cadence, p.latest FROM metric AS m \
                 CROSS JOIN item AS i ON i.id = m.id \
                 CROSS JOIN series AS p INDEXED BY series_newest ON p.metric = m.id \
                 WHERE i.state <> 'retired' AND i.deleted_at IS NULL",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([], |row| {
                Ok((sql::id_at(row, 0)?, sql::plain_at(row, 1)?, sql::plain_at(row, 2)?))
            })
            .doing(DOING)?;
        let all: Vec<(ItemId, String, String)> =
            rows.collect::<rusqlite::Result<_>>().doing(DOING)?;
        let is_stale = |(id, cadence, key): (ItemId, String, String)| {
            let cadence = Cadence::from_slug(&cadence)?;
            let age = Age::of(Period::parse(&key, 1)?, cadence, today);
            (age.freshness != Freshness::Fresh).then_some(id)
        };
        Ok(all.into_iter().filter_map(is_stale).collect())
    }

    /// The metrics of which something was told after this line of the journal; `None` where that
    /// cannot be said any more, because it is gone.
    ///
    /// # Errors
    /// A storage error.
    pub fn told_since(&self, after: i64) -> Result<Option<Vec<ItemId>>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT o.owner FROM chg AS c LEFT JOIN observation AS o ON o.id = c.pk \
                 WHERE c.n > ?1 AND c.tbl = 'observation'",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([after], |row| {
                Ok(sql::text_at(row, 0)?.and_then(|text| text.parse::<ItemId>().ok()))
            })
            .doing(DOING)?;
        let found: Vec<Option<ItemId>> = rows.collect::<rusqlite::Result<_>>().doing(DOING)?;
        Ok(found.into_iter().collect())
    }
}

impl Metrics for Store {}
impl Metrics for Write<'_> {}

impl Write<'_> {
    /// The greatest position among the readings of a metric; 0 without one.
    ///
    /// # Errors
    /// A storage error.
    pub fn last_reading(&self, metric: ItemId) -> Result<i64> {
        self.connection
            .prepare_cached("SELECT coalesce(max(position), 0) FROM observation WHERE owner = ?1")
            .and_then(|mut statement| {
                statement.query_row(params![metric.to_string()], |row| row.get(0))
            })
            .doing(DOING)
    }
}

fn told(row: &Row<'_>, fiscal_start_month: u32) -> rusqlite::Result<Option<Told>> {
    let Some(observation) = observation(row, 5, fiscal_start_month)? else { return Ok(None) };
    Ok(Some(Told {
        position: row.get(1)?,
        observation,
        recorded_on: sql::day_at(row, 2)?,
        source: sql::plain_at(row, 3)?,
        note: sql::plain_at(row, 4)?,
    }))
}

/// The period, the value, k and n that begin at this column.
fn observation(
    row: &Row<'_>,
    from: usize,
    fiscal_start_month: u32,
) -> rusqlite::Result<Option<Observation>> {
    let key = sql::seen(row.get_ref(from)?).unwrap_or_default();
    let period = Period::parse(&key, fiscal_start_month);
    let reading = reading(row, from + 1)?;
    Ok(period.zip(reading).map(|(period, reading)| Observation { period, reading }))
}

/// The value, k and n that begin at this column.
fn reading(row: &Row<'_>, from: usize) -> rusqlite::Result<Option<Reading>> {
    let count = |at: usize| -> rusqlite::Result<Option<u32>> {
        Ok(row.get::<_, Option<i64>>(from + at)?.and_then(|count| u32::try_from(count).ok()))
    };
    let reading = match (count(1)?, count(2)?, row.get::<_, Option<f64>>(from)?) {
        (Some(k), Some(n), _) => Reading::share(k, n),
        (_, _, Some(value)) => Reading::number(value),
        (_, _, None) => return Ok(None),
    };
    Ok(reading.ok())
}
