//! The metrics that are not retired, each with what a pane is put in order by: what was told last,
//! and what it aims at.

use chrono::NaiveDate;
use rusqlite::Row;

use super::super::sql;
use super::reading;
use crate::domain::item::ItemId;
use crate::domain::metric::terms::{Marks, Terms};
use crate::domain::metric::{Period, Reading};

/// All of them, in the order of the pane.
pub(super) const QUERY: &str = "SELECT i.id, s.id, m.catalogue, m.cadence, p.period, i.state = 'agreed', \
   m.watch IS NOT NULL, CASE WHEN p.source = 'hand' THEN p.recorded_on END, \
   p.value, p.k, p.n, m.unit, m.direction, \
   m.baseline, m.target, m.low, m.high, m.starts_on, m.due, \
   s.baseline, s.target, s.due, s.quarter \
 FROM metric AS m CROSS JOIN item AS i ON i.id = m.id \
 LEFT JOIN series AS p INDEXED BY series_newest ON p.metric = i.id \
 LEFT JOIN outcome AS s ON s.id = \
   (SELECT o.id FROM outcome AS o CROSS JOIN item AS x ON x.id = o.id \
    WHERE o.measured_by = i.id AND x.state = 'active' AND x.deleted_at IS NULL \
    ORDER BY o.due IS NULL, o.due DESC, x.no LIMIT 1) \
 LEFT JOIN item AS y ON y.id = s.id \
 WHERE i.state <> 'retired' AND i.deleted_at IS NULL \
 ORDER BY s.id IS NULL, -coalesce(s.weight, 1), y.no, \
   m.primary_for IS NULL, m.level = 'team', lower(i.title), i.no";

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

/// A row of the query.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Live> {
    let shows: Option<ItemId> = sql::text_at(row, 1)?.and_then(|text| text.parse().ok());
    let (cadence, told) = (sql::plain_at(row, 3)?, sql::text_at(row, 4)?);
    let (is_agreed, is_fed): (bool, bool) = (row.get(5)?, row.get(6)?);
    Ok(Live {
        id: sql::id_at(row, 0)?,
        shows,
        catalogue: sql::plain_at(row, 2)?,
        is_asked: !is_fed && (is_agreed || shows.is_some() || told.is_some()),
        is_fed,
        told,
        reading: reading(row, 8)?,
        terms: terms_at(row, &cadence)?,
        marks: marks_at(row)?,
        of_outcome: shows.map(|_| marks_of_outcome_at(row)).transpose()?,
        told_on: sql::day_at(row, 7)?,
    })
}

fn terms_at(row: &Row<'_>, cadence: &str) -> rusqlite::Result<Terms> {
    Ok(Terms::named(&sql::plain_at(row, 11)?, &sql::plain_at(row, 12)?, cadence))
}

fn marks_at(row: &Row<'_>) -> rusqlite::Result<Marks> {
    Ok(Marks {
        baseline: row.get(13)?,
        target: row.get(14)?,
        low: row.get(15)?,
        high: row.get(16)?,
        starts_on: sql::day_at(row, 17)?,
        due: sql::day_at(row, 18)?,
        quarter: String::new(),
    })
}

fn marks_of_outcome_at(row: &Row<'_>) -> rusqlite::Result<Marks> {
    Ok(Marks {
        baseline: row.get(19)?,
        target: row.get(20)?,
        due: sql::day_at(row, 21)?,
        quarter: sql::plain_at(row, 22)?,
        ..Marks::default()
    })
}
