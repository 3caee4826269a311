//! Taking an op back by its own change rows: whole or not at all. Undoing an insert deletes the row,
//! which journals its values, so that redo is the undo of the undo.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{OptionalExtension, params, params_from_iter};

use super::error::{Clash, Doing, Error, Result};
use super::extent::OF_STEP;
use super::journal::Write;
use super::kept::Kept;
use super::schema::{self, JOURNALLED, NOT_ITEMS};
use super::sql::{plain_at, quoted, text_at};
use crate::domain::item::ItemId;

/// Rows of the journal that are read at a time.
const PAGE: i64 = 5_000;
/// Items that are told of, of all that a step touched.
const TOUCHED: usize = 1_000;

/// A step that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    of: i64,
    /// `undid: …` or `redid: …`.
    pub label: String,
    pub items: Vec<ItemId>,
}

struct Row {
    kind: String,
    table: String,
    key: String,
    column: Option<String>,
    old: Kept,
    new: Kept,
    /// Its place in the journal, and the op that it belongs to.
    number: i64,
    op: i64,
}

impl Write<'_> {
    /// Takes back everything that the op which this one is about changed, and marks it as undone.
    /// Answers the words of the step, and the items that it touched.
    ///
    /// # Errors
    /// `Clashes` when a field is no longer what that op wrote; the caller's transaction is dropped.
    pub fn take_back(&self) -> Result<TakenBack> {
        let doing = "taking the change back";
        let mut taken = self.taken_back()?;
        let of = taken.of;
        self.connection.execute_batch("PRAGMA defer_foreign_keys = ON").doing(doing)?;
        let followed = self.is_followed(of)?;
        self.lay_aside(self.items_of(of)?)?;
        let mut clashes = Vec::new();
        let mut before = i64::MAX;
        // The lines of a removed row stand after its first one, so they come before it here.
        let mut removed = Vec::new();
        loop {
            let rows = self.rows_of(of, before)?;
            let Some(last) = rows.last() else { break };
            before = last.number;
            for row in rows {
                match row.kind.as_str() {
                    "U" => self.restore_field(&row, &mut clashes)?,
                    "I" if followed && self.is_changed_since(&row, &mut clashes)? => {}
                    "I" => self.remove_row(&row, &mut clashes)?,
                    _ => {
                        let is_first = row.column.is_none();
                        removed.push(row);
                        if is_first {
                            removed.reverse();
                            self.bring_back(&removed, &mut clashes)?;
                            removed.clear();
                        }
                    }
                }
            }
        }
        if !clashes.is_empty() {
            return Err(Error::Clashes(clashes));
        }
        self.build_again()?;
        self.grow_revs()?;
        self.mark(of)?;
        taken.items = self.touched()?;
        Ok(taken)
    }

    /// About how many items a step touched: each leaves some rows.
    fn items_of(&self, op: i64) -> Result<u64> {
        let changes: i64 = self
            .connection
            .query_row("SELECT changes FROM op WHERE seq = ?1", [op], |row| row.get(0))
            .doing("reading the journal")?;
        Ok(u64::try_from(changes).unwrap_or(0) / 4)
    }

    fn taken_back(&self) -> Result<TakenBack> {
        let doing = "reading the journal";
        let (kind, of, label): (String, i64, Option<String>) = self
            .connection
            .query_row(
                "SELECT o.kind, o.undo_of, coalesce(d.label, u.label) FROM op AS o \
                 JOIN op AS u ON u.seq = o.undo_of LEFT JOIN op AS d ON d.seq = u.undo_of \
                 WHERE o.seq = ?1",
                [self.seq],
                |row| Ok((row.get(0)?, row.get(1)?, text_at(row, 2)?)),
            )
            .doing(doing)?;
        let word = if kind == "redo" { "redid" } else { "undid" };
        let label = format!("{word}: {}", label.unwrap_or_default());
        Ok(TakenBack { of, label, items: Vec::new() })
    }

    fn touched(&self) -> Result<Vec<ItemId>> {
        self.touched_by(self.seq)
    }

    /// The items whose rows or ties an op changed, as many as anybody asks for.
    ///
    /// # Errors
    /// A storage error.
    pub fn touched_by(&self, op: i64) -> Result<Vec<ItemId>> {
        let doing = "reading the journal";
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "WITH own AS NOT MATERIALIZED (SELECT * FROM chg WHERE {OF_STEP}) \
                 SELECT pk FROM own WHERE tbl NOT IN ({beside}) \
                 UNION ALL SELECT e.source FROM own AS c CROSS JOIN edge AS e ON e.id = c.pk WHERE c.tbl = 'edge' \
                 UNION ALL SELECT e.target FROM own AS c CROSS JOIN edge AS e ON e.id = c.pk WHERE c.tbl = 'edge' \
                 UNION ALL SELECT t.item FROM own AS c CROSS JOIN tagging AS t ON t.id = c.pk \
                   WHERE c.tbl = 'tagging' \
                 UNION ALL SELECT old FROM own WHERE kind = 'D' \
                   AND (tbl = 'edge' AND col IN ('source', 'target') OR tbl = 'tagging' AND col = 'item' \
                        OR tbl IN ({beside}) AND col = 'owner'){}",
                super::part_history::OWNERS.as_str(),
                beside = super::sql::words(&NOT_ITEMS)
            ))
            .doing(doing)?;
        let mut rows = statement.query([op]).doing(doing)?;
        let mut found = BTreeSet::new();
        while let Some(row) = rows.next().doing(doing)? {
            found.insert(super::sql::id_at(row, 0).doing(doing)?);
            if found.len() == TOUCHED {
                break;
            }
        }
        Ok(found.into_iter().collect())
    }

    /// Rows of an op before one of them, the last first; some at a time, since there may be millions.
    fn rows_of(&self, op: i64, before: i64) -> Result<Vec<Row>> {
        let doing = "reading the journal";
        let mut statement = self
            .connection
            .prepare_cached(
                // One upper bound: SQLite takes only one of two to begin at.
                "SELECT kind, tbl, pk, col, old, new, n FROM chg \
                 WHERE n BETWEEN (SELECT first FROM op WHERE seq = ?1) AND min(?2 - 1, \
                   coalesce((SELECT first - 1 FROM op WHERE seq = ?1 + 1), 9223372036854775807)) \
                 AND op = ?1 ORDER BY n DESC LIMIT ?3",
            )
            .doing(doing)?;
        let rows = statement
            .query_map([op, before, PAGE], |row| {
                Ok(Row {
                    kind: row.get(0)?,
                    table: plain_at(row, 1)?,
                    key: plain_at(row, 2)?,
                    column: text_at(row, 3)?,
                    old: row.get(4)?,
                    new: row.get(5)?,
                    number: row.get(6)?,
                    op,
                })
            })
            .doing(doing)?;
        let rows: Vec<Row> = rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        self.refuse_unknown(&rows)?;
        Ok(rows)
    }

    /// The journal of a stranger's file may name anything; none of it goes into a statement.
    fn refuse_unknown(&self, rows: &[Row]) -> Result<()> {
        let mut columns: HashMap<&str, Vec<String>> = HashMap::new();
        for row in rows {
            let known = JOURNALLED.iter().find(|table| **table == row.table);
            let damaged = |what: String| Error::Damaged {
                path: std::path::PathBuf::new(),
                why: format!("the journal names {what}"),
            };
            let Some(table) = known else { return Err(damaged(format!("a table {}", row.table))) };
            if !columns.contains_key(table) {
                columns.insert(table, schema::columns(self.connection, table)?);
            }
            let of_table = &columns[table];
            match &row.column {
                Some(column) if !of_table.contains(column) => {
                    return Err(damaged(format!("a column {column} of {table}")));
                }
                None if row.kind == "U" => return Err(damaged("a change of nothing".to_owned())),
                _ => {}
            }
        }
        Ok(())
    }

    fn restore_field(&self, row: &Row, clashes: &mut Vec<Clash>) -> Result<()> {
        let doing = "taking the change back";
        let column = row.column.as_deref().unwrap_or("id");
        let name = quoted(column);
        // When a row was last touched is restored, but not a reason to refuse.
        let checked = if column == "updated_at" { "" } else { " AND {name} IS ?3" };
        let update = format!(
            "UPDATE {} SET {name} = ?2 WHERE id = ?1{}",
            row.table,
            checked.replace("{name}", &name)
        );
        let mut statement = self.connection.prepare_cached(&update).doing(doing)?;
        let changed = if checked.is_empty() {
            statement.execute(params![row.key, row.old])
        } else {
            statement.execute(params![row.key, row.old, row.new])
        }
        .doing(doing)?;
        if changed == 0 && !checked.is_empty() {
            clashes.push(self.clash(row, Some(column))?);
        }
        Ok(())
    }

    /// Whether a step that stands came after an op. In order, none has.
    fn is_followed(&self, of: i64) -> Result<bool> {
        self.connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM op WHERE seq > ?1 AND seq <> ?2 AND kind = 'do' AND undone_by IS NULL)",
            )
            .and_then(|mut statement| statement.query_row([of, self.seq], |row| row.get(0)))
            .doing("taking the change back")
    }

    /// An insert wrote the whole row, so any later change of it that stands is a conflict.
    fn is_changed_since(&self, row: &Row, clashes: &mut Vec<Clash>) -> Result<bool> {
        let Some(column) = self.changed_since(row)? else { return Ok(false) };
        clashes.push(self.clash(row, Some(&column))?);
        Ok(true)
    }

    fn remove_row(&self, row: &Row, clashes: &mut Vec<Clash>) -> Result<()> {
        let delete = format!("DELETE FROM {} WHERE id = ?1", row.table);
        let removed = self
            .connection
            .prepare_cached(&delete)
            .and_then(|mut statement| statement.execute([&row.key]))
            .doing("taking the change back")?;
        if removed == 0 {
            clashes.push(self.clash(row, None)?);
        }
        Ok(())
    }

    fn changed_since(&self, row: &Row) -> Result<Option<String>> {
        self.connection
            .prepare_cached(
                "SELECT c.col FROM chg AS c JOIN op AS o ON o.seq = c.op \
                 WHERE c.pk = ?1 AND c.tbl = ?2 AND c.n > ?3 AND c.kind = 'U' AND c.col <> 'updated_at' \
                 AND c.op <> ?4 AND c.op <> ?5 AND o.kind = 'do' AND o.undone_by IS NULL \
                 ORDER BY c.n DESC LIMIT 1",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(params![row.key, row.table, row.number, row.op, self.seq], |row| {
                        row.get(0)
                    })
                    .optional()
            })
            .doing("taking the change back")
    }

    fn bring_back(&self, rows: &[Row], clashes: &mut Vec<Clash>) -> Result<()> {
        let doing = "taking the change back";
        let first = &rows[0];
        let mut names = vec!["id".to_owned()];
        let mut values = vec![Kept::text(&first.key)];
        for row in rows {
            if let Some(column) = &row.column {
                names.push(quoted(column));
                values.push(row.old.clone());
            }
        }
        if first.table == "item" {
            names.push("rev".to_owned());
            values.push(Kept::whole(self.next_rev()?));
        }
        let marks = vec!["?"; names.len()].join(", ");
        let insert = format!(
            "INSERT INTO {} ({}) VALUES ({marks}) ON CONFLICT DO NOTHING",
            first.table,
            names.join(", ")
        );
        let inserted = self
            .connection
            .prepare_cached(&insert)
            .and_then(|mut statement| statement.execute(params_from_iter(values)))
            .doing(doing)?;
        if inserted == 0 {
            clashes.push(self.clash(first, None)?);
        }
        Ok(())
    }

    /// A revision that no earlier life of the row has had: each change of one leaves a row.
    fn next_rev(&self) -> Result<i64> {
        self.connection
            .prepare_cached("SELECT coalesce(max(n), 0) + 1 FROM chg")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .doing("taking the change back")
    }

    fn clash(&self, row: &Row, column: Option<&str>) -> Result<Clash> {
        let found = match column {
            None => String::new(),
            Some(column) => {
                let query = format!("SELECT {} FROM {} WHERE id = ?1", quoted(column), row.table);
                self.connection
                    .query_row(&query, [&row.key], |found| text_at(found, 0))
                    .optional()
                    .doing("reading the journal")?
                    .flatten()
                    .unwrap_or_default()
            }
        };
        Ok(Clash {
            table: row.table.clone(),
            key: row.key.clone(),
            // What is kept of an import has no words of its own.
            column: column.filter(|_| row.table != "origin").map(str::to_owned),
            expected: row.new.words(),
            found,
            why: (row.table == "origin").then_some("a later import refers to it"),
        })
    }

    fn grow_revs(&self) -> Result<()> {
        self.connection
            .prepare_cached(&format!(
                "UPDATE item SET rev = rev + 1 WHERE id IN (SELECT pk FROM chg WHERE {OF_STEP} AND kind = 'U')",
            ))
            .and_then(|mut statement| statement.execute([self.seq]))
            .doing("taking the change back")
            .map(drop)
    }

    fn mark(&self, of: i64) -> Result<()> {
        let doing = "writing the journal";
        // Redo is the undo of an undo: it frees the op that had been undone.
        self.connection
            .execute("UPDATE op SET undone_by = NULL WHERE undone_by = ?1", [of])
            .doing(doing)?;
        self.connection
            .execute("UPDATE op SET undone_by = ?2 WHERE seq = ?1", [of, self.seq])
            .doing(doing)
            .map(drop)
    }
}
