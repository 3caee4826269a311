//! The metrics that are not retired, each with what a pane is put in order by: what was told last,
//! and what it aims at.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::{Connection, Row};

use super::super::sql;
use super::reading;
use crate::domain::item::ItemId;
use crate::domain::metric::terms::{Marks, Terms};
use crate::domain::metric::{Period, Reading};

const METRICS: &str = "SELECT i.id, m.catalogue, m.cadence, p.period, i.state = 'agreed', \
   m.watch IS NOT NULL, CASE WHEN p.source = 'hand' THEN p.recorded_on END, \
   p.value, p.k, p.n, m.unit, m.direction, \
   m.baseline, m.target, m.low, m.high, m.starts_on, m.due, \
   m.primary_for IS NULL, m.level = 'team', i.title, i.no \
 FROM metric AS m CROSS JOIN item AS i ON i.id = m.id \
 LEFT JOIN series AS p INDEXED BY series_newest ON p.metric = i.id \
 WHERE i.state <> 'retired' AND i.deleted_at IS NULL";

/// The active outcomes that metrics show; of several of one metric the first counts.
const SHOWN: &str = "SELECT o.measured_by, o.id, o.baseline, o.target, o.due, o.quarter, o.weight, x.no \
 FROM outcome AS o INDEXED BY outcome_measured_by CROSS JOIN item AS x ON x.id = o.id \
 WHERE o.measured_by IS NOT NULL AND x.state = 'active' AND x.deleted_at IS NULL \
 ORDER BY o.due IS NULL, o.due DESC, x.no";

/// A metric that is not retired.
#[derive(Debug, Clone, PartialEq)]
pub struct Live {
    pub id: ItemId,
    /// The active outcome that it shows.
    pub shows: Option<ItemId>,
    pub catalogue: String,
    /// Whether somebody is asked for its figures: nothing else feeds it, and it was read before,
    /// agreed on, or an outcome shows it.
    pub is_asked: bool,
    /// Whether a file or a command feeds it.
    pub is_fed: bool,
    /// The period that was told last, which may be an older one that was corrected.
    pub told: Option<String>,
    /// What was told of it.
    pub reading: Option<Reading>,
    pub terms: Terms,
    /// What it aims at, and what the outcome does that it shows.
    pub marks: Marks,
    pub of_outcome: Option<Marks>,
    /// The day on which somebody told it by hand.
    pub told_on: Option<NaiveDate>,
}

impl Live {
    /// Whether what was told last was told by hand before its period ended.
    #[must_use]
    pub fn told_early(&self, fiscal_start_month: u32) -> bool {
        let period = self.told.as_deref().and_then(|told| Period::parse(told, fiscal_start_month));
        period.zip(self.told_on).is_some_and(|(period, on)| on < period.last())
    }
}

/// An outcome that a metric shows, and what the pane puts it in order by.
struct Shown {
    id: ItemId,
    marks: Marks,
    weight: i64,
    no: i64,
}

/// What stands first has the least: the weightiest outcome, then what is primary, then names.
type Rank = (bool, i64, i64, bool, bool, String, i64);

/// All of them, in the order of the pane.
///
/// # Errors
/// A storage error.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Arc<[Live]>> {
    let mut shown: HashMap<ItemId, Shown> = HashMap::new();
    let mut statement = connection.prepare_cached(SHOWN)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        shown.entry(sql::id_at(row, 0)?).or_insert(shown_at(row)?);
    }
    let mut statement = connection.prepare_cached(METRICS)?;
    let rows = statement.query_map([], |row| read(row, &shown))?;
    let mut ranked: Vec<(Rank, Live)> = rows.collect::<rusqlite::Result<_>>()?;
    // The number at the end of a rank is that of one metric alone.
    ranked.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    Ok(ranked.into_iter().map(|(_, live)| live).collect())
}

fn shown_at(row: &Row<'_>) -> rusqlite::Result<Shown> {
    let marks = Marks {
        baseline: row.get(2)?,
        target: row.get(3)?,
        due: sql::day_at(row, 4)?,
        quarter: sql::plain_at(row, 5)?,
        ..Marks::default()
    };
    let weight = row.get::<_, Option<i64>>(6)?.unwrap_or(1);
    Ok(Shown { id: sql::id_at(row, 1)?, marks, weight, no: row.get(7)? })
}

fn read(row: &Row<'_>, shown: &HashMap<ItemId, Shown>) -> rusqlite::Result<(Rank, Live)> {
    let id = sql::id_at(row, 0)?;
    let outcome = shown.get(&id);
    let (cadence, told) = (sql::plain_at(row, 2)?, sql::text_at(row, 3)?);
    let (is_agreed, is_fed): (bool, bool) = (row.get(4)?, row.get(5)?);
    let rank = (
        outcome.is_none(),
        outcome.map_or(0, |one| -one.weight),
        outcome.map_or(0, |one| one.no),
        row.get(18)?,
        row.get::<_, Option<bool>>(19)?.unwrap_or_default(),
        sql::plain_at(row, 20)?.to_ascii_lowercase(),
        row.get(21)?,
    );
    let live = Live {
        id,
        shows: outcome.map(|one| one.id),
        catalogue: sql::plain_at(row, 1)?,
        is_asked: !is_fed && (is_agreed || outcome.is_some() || told.is_some()),
        is_fed,
        told,
        reading: reading(row, 7)?,
        terms: terms_at(row, &cadence)?,
        marks: marks_at(row)?,
        of_outcome: outcome.map(|one| one.marks.clone()),
        told_on: sql::day_at(row, 6)?,
    };
    Ok((rank, live))
}

fn terms_at(row: &Row<'_>, cadence: &str) -> rusqlite::Result<Terms> {
    Ok(Terms::named(&sql::plain_at(row, 10)?, &sql::plain_at(row, 11)?, cadence))
}

fn marks_at(row: &Row<'_>) -> rusqlite::Result<Marks> {
    Ok(Marks {
        baseline: row.get(12)?,
        target: row.get(13)?,
        low: row.get(14)?,
        high: row.get(15)?,
        starts_on: sql::day_at(row, 16)?,
        due: sql::day_at(row, 17)?,
        quarter: String::new(),
    })
}
