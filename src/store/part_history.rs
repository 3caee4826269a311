//! The journal's account of parts: what a step did to the options, pre-wires and other parts of an
//! item. Their rows are not the item's own, and one that is gone tells its item only through the
//! journal.

use std::collections::HashMap;
use std::sync::LazyLock;

use rusqlite::{OptionalExtension, params};

use super::error::{Doing, Result};
use super::extent::OF_STEP;
use super::history::{FieldChange, OfPart, Step};
use super::open::Store;
use super::schema::{LIFE_OF_PART, NOT_ITEMS};
use super::sql::{self, quoted};
use crate::domain::item::ItemId;
use crate::domain::part::{PartKey, PartKind};

/// Steps of more changes are not searched: a load would be read for each item.
const MOST: i64 = 5_000;
const DOING: &str = "reading the history";

/// The items whose parts a step changed, of parts that are there; its rows are called `own`.
pub(super) static OWNERS: LazyLock<String> = LazyLock::new(|| {
    let one = |kind: PartKind| {
        let table = kind.noun().table;
        format!(
            " UNION ALL SELECT p.owner FROM own AS c CROSS JOIN {table} AS p ON p.id = c.pk WHERE c.tbl = '{table}'"
        )
    };
    PartKind::ALL.into_iter().map(one).collect()
});

/// Whose part a row is, and how it is named there, as stored.
#[derive(Clone)]
struct Whose {
    owner: String,
    key: String,
}

impl Store {
    /// What a step did to the parts of an item.
    ///
    /// # Errors
    /// A storage error.
    pub fn part_changes_of(&self, step: &Step, id: ItemId) -> Result<Vec<FieldChange>> {
        if step.changes > MOST {
            return Ok(Vec::new());
        }
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "SELECT tbl, kind, pk, coalesce(col, ''), old, new FROM chg \
                 WHERE {OF_STEP} AND tbl IN ({}) AND NOT (kind = 'D' AND col IS NOT NULL) ORDER BY n",
                sql::words(&NOT_ITEMS)
            ))
            .doing(DOING)?;
        let mut rows = statement.query([step.seq]).doing(DOING)?;
        let mut known: HashMap<String, Option<Whose>> = HashMap::new();
        let mut found = Vec::new();
        while let Some(row) = rows.next().doing(DOING)? {
            let text = |at: usize| sql::plain_at(row, at).doing(DOING);
            let table = text(0)?;
            let Some(kind) = PartKind::of_table(&table) else { continue };
            let key = text(2)?;
            if !known.contains_key(&key) {
                let whose = self.whose(kind, &key)?;
                known.insert(key.clone(), whose);
            }
            let Some(Some(whose)) = known.get(&key) else { continue };
            if whose.owner != id.to_string() {
                continue;
            }
            found.push(FieldChange {
                table,
                kind: text(1)?,
                column: text(3)?,
                old: sql::text_at(row, 4).doing(DOING)?,
                new: sql::text_at(row, 5).doing(DOING)?,
                part: Some(OfPart { kind, key: whose.key.clone() }),
            });
        }
        Ok(found)
    }

    /// From the row while it is there, else from what its removal wrote down.
    fn whose(&self, kind: PartKind, id: &str) -> Result<Option<Whose>> {
        let noun = kind.noun();
        let column = match noun.key {
            PartKey::Letter { .. } | PartKey::Number => "position",
            PartKey::Field(name) => name,
        };
        let query = format!("SELECT owner, {} FROM {} WHERE id = ?1", quoted(column), noun.table);
        let live = self
            .connection
            .query_row(&query, [id], |row| {
                Ok(Whose { owner: sql::plain_at(row, 0)?, key: sql::plain_at(row, 1)? })
            })
            .optional()
            .doing(DOING)?;
        if live.is_some() {
            return Ok(live);
        }
        let gone = |column: &str| {
            self.connection
                .prepare_cached(&format!(
                    "SELECT d.old FROM (SELECT n, pk, op FROM chg WHERE pk = ?1 AND kind = 'D' \
                       AND {LIFE_OF_PART} ORDER BY n DESC LIMIT 1) AS h CROSS JOIN chg AS d \
                     ON d.n BETWEEN h.n AND h.n + 100 AND d.pk = h.pk AND d.op = h.op \
                     WHERE d.kind = 'D' AND d.col = ?2 LIMIT 1"
                ))
                .and_then(|mut statement| {
                    statement.query_row(params![id, column], |row| sql::plain_at(row, 0)).optional()
                })
                .doing(DOING)
        };
        let Some(owner) = gone("owner")? else { return Ok(None) };
        Ok(Some(Whose { owner, key: gone(column)?.unwrap_or_default() }))
    }
}
