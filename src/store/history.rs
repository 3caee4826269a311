//! The journal as history: the steps of the workspace, and every change of one item.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::error::{Doing, Result};
use super::journal::Write;
use super::open::Store;
use super::schema::LIFE_OF_PART;
use super::sql;
use crate::domain::item::ItemId;
use crate::domain::part::PartKind;

/// One step of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor: String,
    /// `do`, `undo` or `redo`.
    pub kind: String,
    pub label: String,
    pub changes: i64,
    /// The step that took this one back, when one did.
    pub undone_by: Option<i64>,
    /// What it belongs to, such as a ritual; for one that took a step back or did it again, what that
    /// belongs to.
    pub group: Option<String>,
}

/// The columns of a step, of `op` as `o`.
const STEP: &str = "o.seq, o.at, o.actor, o.kind, o.label, o.changes, o.undone_by, \
     coalesce(o.grp, (SELECT coalesce(u.grp, d.grp) FROM op AS u \
       LEFT JOIN op AS d ON d.seq = u.undo_of WHERE u.seq = o.undo_of))";

/// One field of one row, as a step changed it. Values are as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    pub table: String,
    /// `I`, `U` or `D`.
    pub kind: String,
    pub column: String,
    pub old: Option<String>,
    pub new: Option<String>,
    /// The part of the item that it is about; none for the item's own fields.
    pub part: Option<OfPart>,
}

/// A part, by what names it within its item, as stored: a position, a slug, an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfPart {
    pub kind: PartKind,
    pub key: String,
}

/// The steps that changed the parts of item `?1` which it still has.
static OF_PARTS: LazyLock<String> = LazyLock::new(|| {
    let one = |kind: PartKind| {
        let table = kind.noun().table;
        format!(
            " UNION SELECT c.op FROM {table} AS p CROSS JOIN chg AS c ON c.pk = p.id \
               AND c.kind = 'U' WHERE p.owner = ?1 \
             UNION SELECT c.op FROM {table} AS p CROSS JOIN chg AS c ON c.pk = p.id \
               AND {LIFE_OF_PART} WHERE p.owner = ?1"
        )
    };
    PartKind::ALL.into_iter().map(one).collect()
});

impl Store {
    /// The newest steps first.
    ///
    /// # Errors
    /// A storage error.
    pub fn steps(&self, skip: usize, most: usize) -> Result<Vec<Step>> {
        let doing = "reading the history";
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "SELECT {STEP} FROM op AS o ORDER BY o.seq DESC LIMIT ?1 OFFSET ?2"
            ))
            .doing(doing)?;
        let limits = [i64::try_from(most).unwrap_or(i64::MAX), i64::try_from(skip).unwrap_or(0)];
        let rows = statement.query_map(limits, read_step).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// The steps that changed an item, newest first.
    ///
    /// # Errors
    /// A storage error.
    pub fn steps_of(&self, id: ItemId, most: usize) -> Result<Vec<Step>> {
        let doing = "reading the history";
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "SELECT {STEP} FROM op AS o WHERE o.seq IN ( \
                   SELECT op FROM chg WHERE pk = ?1 AND kind = 'U' \
                   UNION SELECT op FROM chg WHERE pk = ?1 AND col IS NULL AND tbl IN ('item', 'edge', 'tagging') \
                   UNION SELECT c.op FROM tagging AS t CROSS JOIN chg AS c ON c.pk = t.id \
                     AND c.col IS NULL AND c.tbl IN ('item', 'edge', 'tagging') WHERE t.item = ?1 \
                   UNION SELECT c.op FROM edge AS e CROSS JOIN chg AS c ON c.pk = e.id \
                     AND c.col IS NULL AND c.tbl IN ('item', 'edge', 'tagging') WHERE e.source = ?1 \
                   UNION SELECT c.op FROM edge AS e CROSS JOIN chg AS c ON c.pk = e.id \
                     AND c.col IS NULL AND c.tbl IN ('item', 'edge', 'tagging') WHERE e.target = ?1{} \
                 ) ORDER BY o.seq DESC LIMIT ?2",
                *OF_PARTS
            ))
            .doing(doing)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![id.to_string(), most], read_step).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// What a step did to the fields of an item.
    ///
    /// # Errors
    /// A storage error.
    pub fn changes_of(&self, seq: i64, id: ItemId) -> Result<Vec<FieldChange>> {
        let doing = "reading the history";
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT tbl, kind, col, old, new FROM ( \
                   SELECT n, tbl, kind, col, old, new FROM chg WHERE pk = ?2 AND kind = 'U' AND op = ?1 \
                   UNION ALL \
                   SELECT n, tbl, kind, '', old, new FROM chg \
                   WHERE pk = ?2 AND col IS NULL AND tbl IN ('item', 'edge', 'tagging') AND op = ?1 \
                   UNION ALL \
                   SELECT d.n, d.tbl, d.kind, d.col, d.old, d.new FROM chg AS h CROSS JOIN chg AS d \
                   ON d.n BETWEEN h.n - 100 AND h.n + 100 AND d.pk = h.pk AND d.op = h.op \
                   AND d.kind = 'D' AND d.col IS NOT NULL \
                   WHERE h.pk = ?2 AND h.col IS NULL AND h.tbl IN ('item', 'edge', 'tagging') AND h.kind = 'D' AND h.op = ?1 \
                 ) WHERE col <> 'updated_at' ORDER BY n",
            )
            .doing(doing)?;
        let rows = statement
            .query_map(params![seq, id.to_string()], |row| {
                Ok(FieldChange {
                    table: row.get(0)?,
                    kind: row.get(1)?,
                    column: row.get(2)?,
                    old: sql::text_at(row, 3)?,
                    new: sql::text_at(row, 4)?,
                    part: None,
                })
            })
            .doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// When a field of an item was last set, by what was not taken back; `None` when it has been as it is from the start.
    ///
    /// # Errors
    /// A storage error.
    pub fn since(&self, id: ItemId, column: &str) -> Result<Option<DateTime<Utc>>> {
        let doing = "reading the history";
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT o.at FROM chg AS c JOIN op AS o ON o.seq = c.op \
                 WHERE c.pk = ?1 AND c.col = ?2 AND c.kind = 'U' AND o.kind = 'do' \
                 AND o.undone_by IS NULL ORDER BY c.n DESC LIMIT 1",
            )
            .doing(doing)?;
        let mut rows = statement.query(params![id.to_string(), column]).doing(doing)?;
        match rows.next().doing(doing)? {
            Some(row) => sql::instant_at(row, 0).doing(doing),
            None => Ok(None),
        }
    }

    /// Live items that serve an outcome or a bet, what is closed last; bets first, then in the
    /// order of their backlogs. Of more than `most`, all bets and those that were added last.
    ///
    /// # Errors
    /// A storage error.
    pub fn serving(&self, id: ItemId, most: usize) -> Result<Vec<ItemId>> {
        let doing = "reading what serves it";
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT l.id FROM (SELECT id FROM item WHERE kind = 'bet' AND +\"for\" = ?1 AND deleted_at IS NULL \
                   UNION ALL SELECT id FROM (SELECT id FROM item WHERE \"for\" = ?1 \
                   AND kind NOT IN ('block', 'entry', 'bet') AND deleted_at IS NULL \
                   ORDER BY rowid DESC LIMIT ?2)) AS i \
                 CROSS JOIN listing AS l ON l.id = i.id WHERE l.shelf < 2 \
                 ORDER BY l.shelf, CASE l.kind WHEN 'bet' THEN 0 WHEN 'decision' THEN 1 WHEN 'asset' THEN 2 ELSE 3 END, \
                 l.first, l.second, l.third, l.id",
            )
            .doing(doing)?;
        let asked = params![id.to_string(), i64::try_from(most).unwrap_or(i64::MAX)];
        let rows = statement.query_map(asked, |row| sql::id_at(row, 0)).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// Whether anything live serves an outcome or a bet.
    ///
    /// # Errors
    /// A storage error.
    pub fn is_served(&self, id: ItemId) -> Result<bool> {
        self.connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM item WHERE \"for\" = ?1 \
                 AND kind NOT IN ('block', 'entry') AND deleted_at IS NULL)",
            )
            .and_then(|mut statement| statement.query_row([id.to_string()], |row| row.get(0)))
            .doing("reading what serves it")
    }

    /// Number of the newest step; 0 in a fresh workspace.
    ///
    /// # Errors
    /// A storage error.
    pub fn head(&self) -> Result<(i64, String)> {
        super::journal::head(&self.connection)
    }
}

impl Write<'_> {
    /// From which day to which a field of an item moved last, by a step that stands.
    ///
    /// # Errors
    /// A storage error.
    pub fn moved(&self, id: ItemId, field: &str) -> Result<Option<(NaiveDate, NaiveDate)>> {
        let doing = "reading the history";
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT c.old, c.new FROM chg AS c JOIN op AS o ON o.seq = c.op \
                 WHERE c.pk = ?1 AND c.col = ?2 AND c.kind = 'U' AND o.kind <> 'undo' \
                 AND o.undone_by IS NULL ORDER BY c.n DESC LIMIT 1",
            )
            .doing(doing)?;
        let found = statement
            .query_row(params![id.to_string(), field], |row| {
                Ok((sql::day_at(row, 0)?, sql::day_at(row, 1)?))
            })
            .optional()
            .doing(doing)?;
        Ok(found.and_then(|(from, to)| from.zip(to)))
    }
}

fn read_step(row: &Row<'_>) -> rusqlite::Result<Step> {
    Ok(Step {
        seq: row.get(0)?,
        at: sql::instant_at(row, 1)?.unwrap_or_default(),
        actor: sql::text_at(row, 2)?.unwrap_or_default(),
        kind: row.get(3)?,
        label: sql::text_at(row, 4)?.unwrap_or_default(),
        changes: row.get(5)?,
        undone_by: row.get(6)?,
        group: sql::text_at(row, 7)?,
    })
}
