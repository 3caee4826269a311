//! Taking an op back by its own change rows: whole or not at all. Undoing an insert deletes the row,
//! which journals its values, so that redo is the undo of the undo.

use rusqlite::types::Value as Sql;
use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::error::{Clash, Doing, Error, Result};
use super::journal::{OpKind, Write};
use super::open::Store;
use super::schema::{self, JOURNALLED};
use super::sql::quoted;
use crate::domain::item::ItemId;
use crate::domain::refusal::Refusal;

/// A step that undo or redo would act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub seq: i64,
    pub label: String,
    /// For a redo: the label of the op that comes back.
    pub kind: &'static str,
}

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
    old: Sql,
    new: Sql,
    /// Its place in the journal, and the op that it belongs to.
    number: i64,
    op: i64,
}

impl Store {
    /// The newest op that is neither undone nor itself an undo.
    ///
    /// # Errors
    /// A storage error.
    pub fn to_undo(&self) -> Result<Option<Candidate>> {
        to_undo(&self.connection)
    }

    /// The newest undo that nothing new has followed.
    ///
    /// # Errors
    /// A storage error.
    pub fn to_redo(&self) -> Result<Option<Candidate>> {
        to_redo(&self.connection)
    }
}

fn to_undo(connection: &Connection) -> Result<Option<Candidate>> {
    let query = "SELECT seq, label FROM op WHERE kind = 'do' AND undone_by IS NULL ORDER BY seq DESC LIMIT 1";
    candidate(connection, query, "undo")
}

fn to_redo(connection: &Connection) -> Result<Option<Candidate>> {
    let query = "SELECT u.seq, d.label FROM op AS u JOIN op AS d ON d.seq = u.undo_of \
         WHERE u.kind = 'undo' AND u.undone_by IS NULL \
         AND NOT EXISTS (SELECT 1 FROM op WHERE kind = 'do' AND seq > u.seq) \
         ORDER BY u.seq DESC LIMIT 1";
    candidate(connection, query, "redo")
}

fn candidate(
    connection: &Connection,
    query: &str,
    kind: &'static str,
) -> Result<Option<Candidate>> {
    let read = |row: &rusqlite::Row<'_>| {
        let label = super::sql::text_at(row, 1)?.unwrap_or_default();
        Ok(Candidate { seq: row.get(0)?, label, kind })
    };
    connection
        .prepare_cached(query)
        .and_then(|mut statement| statement.query_row([], read).optional())
        .doing("reading the journal")
}

/// The word for a step and the op that it takes back, as things stand inside the transaction.
///
/// # Errors
/// `Refused` when there is nothing to take back.
pub(super) fn target(connection: &Connection, kind: OpKind) -> Result<(&'static str, Option<i64>)> {
    let nothing = |word: &str| Refusal::input(format!("there is nothing to {word}"));
    match kind {
        OpKind::Do => Ok(("do", None)),
        OpKind::Undo => {
            let found = to_undo(connection)?.ok_or_else(|| nothing("undo"))?;
            Ok(("undo", Some(found.seq)))
        }
        OpKind::Redo => {
            let found = to_redo(connection)?.ok_or_else(|| nothing("redo"))?;
            Ok(("redo", Some(found.seq)))
        }
        OpKind::TakeBack(seq) => named(connection, seq),
    }
}

/// Taking an undo back is a redo, and taking a redo back is an undo of what came back.
fn named(connection: &Connection, seq: i64) -> Result<(&'static str, Option<i64>)> {
    let missing = || Refusal::missing(format!("there is no step {seq} to take back"));
    let found: Option<(String, Option<i64>)> = connection
        .query_row(
            "SELECT kind, undo_of FROM op WHERE seq = ?1 AND undone_by IS NULL",
            [seq],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()
        .doing("reading the journal")?;
    match found.ok_or_else(missing)? {
        (kind, _) if kind == "undo" => Ok(("redo", Some(seq))),
        (kind, Some(undo)) if kind == "redo" => {
            let of: i64 = connection
                .query_row("SELECT undo_of FROM op WHERE seq = ?1", [undo], |row| row.get(0))
                .doing("reading the journal")?;
            named(connection, of)
        }
        _ => Ok(("undo", Some(seq))),
    }
}

impl Write<'_> {
    /// Takes back everything that the op which this one is about changed, and marks it as undone.
    /// Answers the words of the step, and the items that it touched.
    ///
    /// # Errors
    /// `Clashes` when a field is no longer what that op wrote; the caller's transaction is dropped.
    pub fn take_back(&self) -> Result<TakenBack> {
        let doing = "taking the change back";
        let taken = self.taken_back()?;
        let of = taken.of;
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
        self.refuse_dangling()?;
        self.grow_revs()?;
        self.mark(of)?;
        Ok(taken)
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
                |row| Ok((row.get(0)?, row.get(1)?, super::sql::text_at(row, 2)?)),
            )
            .doing(doing)?;
        let word = if kind == "redo" { "redid" } else { "undid" };
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT pk FROM chg WHERE op = ?1 AND tbl = 'item' LIMIT 1000")
            .doing(doing)?;
        let rows = statement.query_map([of], |row| super::sql::id_at(row, 0)).doing(doing)?;
        let items = rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        Ok(TakenBack { of, label: format!("{word}: {}", label.unwrap_or_default()), items })
    }

    fn rows_of(&self, op: i64) -> Result<Vec<Row>> {
        let doing = "reading the journal";
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT kind, tbl, pk, col, old, new, n FROM chg WHERE op = ?1 ORDER BY n",
            )
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

    /// An insert wrote the whole row, so any later change of it that stands is a conflict.
    fn remove_row(&self, row: &Row, clashes: &mut Vec<Clash>) -> Result<()> {
        if let Some(column) = self.changed_since(row)? {
            clashes.push(self.clash(row, Some(&column))?);
            return Ok(());
        }
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
        let mut values = vec![Sql::Text(first.key.clone())];
        for row in rows {
            if let Some(column) = &row.column {
                names.push(quoted(column));
                values.push(row.old.clone());
            }
        }
        if first.table == "item" {
            names.push("rev".to_owned());
            values.push(Sql::Integer(self.next_rev()?));
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
