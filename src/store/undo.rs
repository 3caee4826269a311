//! Taking an op back by its own change rows: whole or not at all. Undoing an insert deletes the row,
//! which journals its values, so that redo is the undo of the undo.

use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, params, params_from_iter};

use super::error::{Clash, Doing, Error, Result};
use super::journal::{OpKind, Write};
use super::open::Store;
use super::schema::JOURNALLED;
use super::sql::quoted;
use crate::domain::item::ItemId;

/// A step that undo or redo would act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub seq: i64,
    pub label: String,
    /// For a redo: the label of the op that comes back.
    pub kind: &'static str,
}

struct Row {
    kind: String,
    table: String,
    key: String,
    column: Option<String>,
    old: Sql,
    new: Sql,
}

impl Store {
    /// The newest op that is neither undone nor itself an undo.
    ///
    /// # Errors
    /// A storage error.
    pub fn to_undo(&self) -> Result<Option<Candidate>> {
        self.connection
            .prepare_cached(
                "SELECT seq, label FROM op WHERE kind = 'do' AND undone_by IS NULL ORDER BY seq DESC LIMIT 1",
            )
            .and_then(|mut statement| {
                statement
                    .query_row([], |row| Ok(Candidate { seq: row.get(0)?, label: row.get(1)?, kind: "undo" }))
                    .optional()
            })
            .doing("reading the journal")
    }

    /// The newest undo that nothing new has followed.
    ///
    /// # Errors
    /// A storage error.
    pub fn to_redo(&self) -> Result<Option<Candidate>> {
        self.connection
            .prepare_cached(
                "SELECT u.seq, d.label FROM op AS u JOIN op AS d ON d.seq = u.undo_of \
                 WHERE u.kind = 'undo' AND u.undone_by IS NULL \
                 AND NOT EXISTS (SELECT 1 FROM op WHERE kind = 'do' AND seq > u.seq) \
                 ORDER BY u.seq DESC LIMIT 1",
            )
            .and_then(|mut statement| {
                statement
                    .query_row([], |row| {
                        Ok(Candidate { seq: row.get(0)?, label: row.get(1)?, kind: "redo" })
                    })
                    .optional()
            })
            .doing("reading the journal")
    }
}

impl Store {
    /// How a step is taken back: a redo by undoing what it had brought back, an undo by redoing.
    /// `None` when there is no such step.
    ///
    /// # Errors
    /// A storage error.
    pub fn taken_back_by(&self, seq: i64) -> Result<Option<OpKind>> {
        let found: Option<(String, Option<i64>)> = self
            .connection
            .query_row(
                "SELECT o.kind, u.undo_of FROM op AS o LEFT JOIN op AS u ON u.seq = o.undo_of \
                 WHERE o.seq = ?1",
                [seq],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .doing("reading the journal")?;
        Ok(found.map(|(kind, first)| match (kind.as_str(), first) {
            ("undo", _) => OpKind::Redo(seq),
            ("redo", Some(first)) => OpKind::Undo(first),
            _ => OpKind::Undo(seq),
        }))
    }
}

impl Write<'_> {
    /// Takes back everything that op `of` changed, and marks it as undone by this op.
    ///
    /// # Errors
    /// `Clashes` when a field is no longer what that op wrote; the caller's transaction is dropped.
    pub fn take_back(&self, of: i64) -> Result<()> {
        let doing = "taking the change back";
        self.connection.execute_batch("PRAGMA defer_foreign_keys = ON").doing(doing)?;
        let rows = self.rows_of(of)?;
        let mut clashes = Vec::new();
        let mut at = rows.len();
        while at > 0 {
            at -= 1;
            let row = &rows[at];
            match row.kind.as_str() {
                "U" => self.restore_field(row, &mut clashes)?,
                "I" => self.remove_row(row, &mut clashes)?,
                _ => {
                    let first = first_of_deleted(&rows, at);
                    self.bring_back(&rows[first..=at], &mut clashes)?;
                    at = first;
                }
            }
        }
        if !clashes.is_empty() {
            return Err(Error::Clashes(clashes));
        }
        self.dangling()?;
        self.grow_revs()?;
        self.mark(of)
    }

    /// The label of a step that can be taken back, and the items that it touched; `None` when
    /// there is no such step or it is taken back already.
    ///
    /// # Errors
    /// A storage error.
    pub fn step(&self, seq: i64) -> Result<Option<(String, Vec<ItemId>)>> {
        let doing = "reading the journal";
        let label: Option<String> = self
            .connection
            .query_row(
                "SELECT coalesce(d.label, o.label) FROM op AS o LEFT JOIN op AS d ON d.seq = o.undo_of \
                 WHERE o.seq = ?1 AND o.undone_by IS NULL AND o.seq <> ?2",
                [seq, self.seq],
                |row| row.get(0),
            )
            .optional()
            .doing(doing)?;
        let Some(label) = label else { return Ok(None) };
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT pk FROM chg WHERE op = ?1 \
                 AND tbl NOT IN ('edge', 'tagging', 'origin', 'setting') LIMIT 1000",
            )
            .doing(doing)?;
        let rows = statement.query_map([seq], |row| super::sql::id_at(row, 0)).doing(doing)?;
        let items = rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        Ok(Some((label, items)))
    }

    fn rows_of(&self, op: i64) -> Result<Vec<Row>> {
        let doing = "reading the journal";
        let mut statement = self
            .connection
            .prepare_cached("SELECT kind, tbl, pk, col, old, new FROM chg WHERE op = ?1 ORDER BY n")
            .doing(doing)?;
        let rows = statement
            .query_map([op], |row| {
                Ok(Row {
                    kind: row.get(0)?,
                    table: row.get(1)?,
                    key: row.get(2)?,
                    column: row.get(3)?,
                    old: row.get(4)?,
                    new: row.get(5)?,
                })
            })
            .doing(doing)?;
        let rows: Vec<Row> = rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        match rows.iter().find(|row| !JOURNALLED.contains(&row.table.as_str())) {
            Some(row) => Err(Error::Damaged {
                path: std::path::PathBuf::new(),
                why: format!("the journal names a table {}", row.table),
            }),
            None => Ok(rows),
        }
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

    fn bring_back(&self, rows: &[Row], clashes: &mut Vec<Clash>) -> Result<()> {
        let doing = "taking the change back";
        let first = &rows[0];
        let mut names = vec!["id".to_owned()];
        let mut values = vec![Sql::Text(first.key.clone())];
        for row in rows {
            if let Some(column) = &row.column {
                names.push(quoted(column));
                values.push(row.old.clone());
            }
        }
        if first.table == "item" {
            names.push("rev".to_owned());
            values.push(Sql::Integer(self.next_rev(&first.key)?));
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

    /// A revision that no earlier life of the row has had: each of its revisions left a change row.
    fn next_rev(&self, key: &str) -> Result<i64> {
        self.connection
            .prepare_cached("SELECT count(*) + 1 FROM chg WHERE pk = ?1")
            .and_then(|mut statement| statement.query_row([key], |row| row.get(0)))
            .doing("taking the change back")
    }

    fn clash(&self, row: &Row, column: Option<&str>) -> Result<Clash> {
        let found = match column {
            None => String::new(),
            Some(column) => {
                let query = format!("SELECT {} FROM {} WHERE id = ?1", quoted(column), row.table);
                self.connection
                    .query_row(&query, [&row.key], |found| super::sql::text_at(found, 0))
                    .optional()
                    .doing("reading the journal")?
                    .flatten()
                    .unwrap_or_default()
            }
        };
        Ok(Clash {
            table: row.table.clone(),
            key: row.key.clone(),
            column: column.map(str::to_owned),
            expected: words(&row.new),
            found,
        })
    }

    /// Something newer still points at what would vanish.
    fn dangling(&self) -> Result<()> {
        let doing = "taking the change back";
        let mut clashes = Vec::new();
        for table in JOURNALLED {
            let query =
                format!("SELECT rowid, parent FROM pragma_foreign_key_check('{table}') LIMIT 3");
            if !self.touched_parents()? {
                break;
            }
            let mut statement = self.connection.prepare(&query).doing(doing)?;
            let mut rows = statement.query([]).doing(doing)?;
            while rows.next().doing(doing)?.is_some() {
                clashes.push(Clash {
                    table: table.to_owned(),
                    key: String::new(),
                    column: None,
                    expected: String::new(),
                    found: "a later change still refers to it".to_owned(),
                });
            }
        }
        if clashes.is_empty() { Ok(()) } else { Err(Error::Clashes(clashes)) }
    }

    /// Whether this op removed items, so that something could point at nothing.
    fn touched_parents(&self) -> Result<bool> {
        self.connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM chg WHERE op = ?1 AND kind = 'D' AND tbl = 'item')",
            )
            .and_then(|mut statement| statement.query_row([self.seq], |row| row.get(0)))
            .doing("taking the change back")
    }

    fn grow_revs(&self) -> Result<()> {
        self.connection
            .prepare_cached(
                "UPDATE item SET rev = rev + 1 WHERE id IN (SELECT pk FROM chg WHERE op = ?1 AND kind = 'U')",
            )
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

fn first_of_deleted(rows: &[Row], last: usize) -> usize {
    let mut first = last;
    while rows[first].column.is_some() && first > 0 {
        first -= 1;
    }
    first
}

fn words(value: &Sql) -> String {
    match value {
        Sql::Null | Sql::Blob(_) => String::new(),
        Sql::Integer(number) => number.to_string(),
        Sql::Real(number) => number.to_string(),
        Sql::Text(text) => text.clone(),
    }
}
