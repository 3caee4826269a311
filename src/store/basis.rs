//! What decisions rest on, read for the time from insight to decision: what is linked to them, and
//! the pieces behind the insights and claims among it.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Row;

use super::error::{Doing, Result};
use super::journal::Write;
use super::lookup::Lookup;
use super::open::Store;
use super::sql;
use crate::domain::item::ItemId;

const DOING: &str = "reading what decisions rest on";

/// What an answer rested on when it was given counts for it whatever becomes of it: also from the
/// Trash (I4).
const STOOD: &str = "coalesce(b.late, 'no') <> 'yes' \
     AND EXISTS (SELECT 1 FROM decision AS d WHERE d.id = b.owner AND d.decided_on IS NOT NULL)";

/// Something that a decision rests on, as it was linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    pub decision: ItemId,
    pub item: ItemId,
    pub captured_on: NaiveDate,
    pub linked_at: Option<DateTime<Utc>>,
    /// Linked when the decision had been taken.
    pub is_late: bool,
}

/// Reading what decisions rest on, from the open store or within a write.
pub trait Bases: Lookup {
    /// What decisions rest on that can be an insight: evidence by the day it was captured, an
    /// insight by the day it was spotted.
    ///
    /// # Errors
    /// A storage error.
    fn links(&self, decision: Option<ItemId>) -> Result<Vec<Linked>> {
        let query = format!(
            "SELECT b.owner, b.item, coalesce(v.captured_on, n.spotted_on, substr(i.created_at, 1, 10)), \
             b.linked_at, coalesce(b.late, 'no') FROM basis AS b \
             CROSS JOIN item AS i ON i.id = b.item LEFT JOIN evidence AS v ON v.id = b.item \
             LEFT JOIN insight AS n ON n.id = b.item \
             WHERE (?1 IS NULL OR b.owner = ?1) AND i.kind IN ('evidence', 'insight') \
             AND (i.deleted_at IS NULL OR {STOOD}) AND coalesce(v.kind, '') <> 'opinion' \
             ORDER BY b.owner, b.position"
        );
        let mut statement = self.connection().prepare_cached(&query).doing(DOING)?;
        let rows = statement
            .query_map([decision.map(|id| id.to_string())], |row| {
                Ok(Linked {
                    decision: sql::id_at(row, 0)?,
                    item: sql::id_at(row, 1)?,
                    captured_on: sql::day_at(row, 2)?.unwrap_or_default(),
                    linked_at: sql::text_at(row, 3)?.and_then(|text| text.parse().ok()),
                    is_late: sql::plain_at(row, 4)? == "yes",
                })
            })
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// The pieces behind the insights and claims that decisions rest on, each by the day it was
    /// captured. A piece that was tied to them before they were linked counts like the link; one
    /// that was tied later counts from then on, so that nothing is known earlier after the fact.
    ///
    /// # Errors
    /// A storage error.
    fn links_behind(&self, decision: Option<ItemId>) -> Result<Vec<Linked>> {
        const WANTED: &str = "(?1 IS NULL OR b.owner = ?1) AND v.kind <> 'opinion' AND \
             (i.deleted_at IS NULL AND p.deleted_at IS NULL AND p.state <> 'retired'";
        const READ: &str = "b.owner, b.item, v.captured_on, b.linked_at, coalesce(b.late, 'no'), e.id < b.id, e.id";
        let query = format!(
            "SELECT {READ}, i.updated_at FROM basis AS b CROSS JOIN item AS i ON i.id = b.item \
             CROSS JOIN edge AS e ON e.source = b.item AND e.kind = 'shows' \
             CROSS JOIN evidence AS v ON v.id = e.target CROSS JOIN item AS p ON p.id = v.id \
             WHERE {WANTED} OR {STOOD}) UNION ALL \
             SELECT {READ}, p.updated_at FROM basis AS b CROSS JOIN item AS i ON i.id = b.item \
             CROSS JOIN edge AS e ON e.target = b.item AND e.kind IN ('against', 'beside', 'supports') \
             CROSS JOIN evidence AS v ON v.id = e.source CROSS JOIN item AS p ON p.id = v.id \
             WHERE {WANTED} OR {STOOD})"
        );
        let mut statement = self.connection().prepare_cached(&query).doing(DOING)?;
        let rows = statement
            .query_map([decision.map(|id| id.to_string())], |row| {
                let linked_at: Option<DateTime<Utc>> =
                    sql::text_at(row, 3)?.and_then(|text| text.parse().ok());
                let was_before: bool = row.get(5)?;
                let tied_at = tied_at(row)?;
                Ok(Linked {
                    decision: sql::id_at(row, 0)?,
                    item: sql::id_at(row, 1)?,
                    captured_on: sql::day_at(row, 2)?.unwrap_or_default(),
                    linked_at: if was_before { linked_at } else { linked_at.max(tied_at) },
                    is_late: !was_before || sql::plain_at(row, 4)? == "yes",
                })
            })
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }
}

/// When an edge was made: its id tells, unless an import made it anew, after which what it belongs
/// to was not touched.
fn tied_at(row: &Row<'_>) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let id: Option<uuid::Uuid> = sql::plain_at(row, 6)?.parse().ok();
    let made = id.and_then(|id| id.get_timestamp()).and_then(|at| {
        let (seconds, nanos) = at.to_unix();
        DateTime::<Utc>::from_timestamp(i64::try_from(seconds).ok()?, nanos)
    });
    let touched: Option<DateTime<Utc>> = sql::text_at(row, 7)?.and_then(|text| text.parse().ok());
    Ok(match (made, touched) {
        (Some(made), Some(touched)) => Some(made.min(touched)),
        (made, touched) => made.or(touched),
    })
}

impl Bases for Store {}
impl Bases for Write<'_> {}
