//! The journal's triggers, generated from the columns of each table. They alone write `chg`, so
//! that nothing which changes a row gets past the journal, whoever changes it.

use rusqlite::Connection;

use super::error::{Doing, Result};
use super::schema::{JOURNALLED, columns};
use super::sql::quoted;

const RENEWING: &str = "renewing the journal's triggers";

/// Columns that the journal leaves out: the key itself, and `rev`, which only grows.
const UNJOURNALLED: [&str; 2] = ["id", "rev"];

/// The op that a change belongs to; 0 when another program makes it.
const OP: &str = "coalesce((SELECT op FROM op_ctx), 0)";

/// Columns that a change has room for: that of a row with few columns, and that of any other.
const WIDTHS: [usize; 2] = [8, 40];

/// Removes the triggers, so that a migration may take the tables apart.
///
/// # Errors
/// A storage error.
pub(super) fn remove(connection: &Connection) -> Result<()> {
    let old: Vec<String> = {
        let mut names = connection
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'journal_%'",
            )
            .doing("reading the schema")?;
        let rows = names.query_map([], |row| row.get(0)).doing("reading the schema")?;
        rows.collect::<rusqlite::Result<_>>().doing("reading the schema")?
    };
    for name in old {
        connection.execute_batch(&format!("DROP TRIGGER {}", quoted(&name))).doing(RENEWING)?;
    }
    for width in WIDTHS {
        connection
            .execute_batch(&format!("DROP TABLE IF EXISTS change_{width}"))
            .doing(RENEWING)?;
    }
    Ok(())
}

/// Makes the triggers of a format.
///
/// # Errors
/// A storage error.
pub(super) fn make(connection: &Connection, format: u32) -> Result<()> {
    if format >= 20 {
        let spread = joined(WIDTHS.into_iter().map(spread));
        connection.execute_batch(&spread).doing(RENEWING)?;
    }
    for table in JOURNALLED {
        let columns = columns(connection, table)?;
        // An older format does not have every table.
        if columns.is_empty() {
            continue;
        }
        let text = match format {
            1 => one_by_one(table, &columns),
            2..=15 => at_once(table, &columns),
            16..=19 => as_rows(table, &columns),
            _ => at_large(table, &columns),
        };
        connection.execute_batch(&text).doing(RENEWING)?;
    }
    Ok(())
}

fn kept(columns: &[String]) -> impl Iterator<Item = (&String, String)> {
    columns
        .iter()
        .filter(|column| !UNJOURNALLED.contains(&column.as_str()))
        .map(|column| (column, quoted(column)))
}

/// A table in which nothing is ever kept, and its trigger: what is put into it, a row as it was and as
/// it is, leaves a line in the journal for each column that differs. Every file is opened by reading
/// the triggers of all tables, so these do once what each would do again.
fn spread(width: usize) -> String {
    let list = |of: fn(usize) -> String| (0..width).map(of).collect::<Vec<_>>().join(", ");
    let columns = list(|at| format!("o{at} ANY, n{at} ANY"));
    let rows = list(|at| format!("({at}, new.o{at}, new.n{at})"));
    format!(
        "CREATE TABLE change_{width} (kind TEXT, tbl TEXT, pk TEXT, names TEXT, {columns}) STRICT;\n\
         CREATE TRIGGER journal_change_{width} BEFORE INSERT ON change_{width} BEGIN\n  \
         INSERT OR FAIL INTO chg (op, kind, tbl, pk, col, old, new)\n  \
         SELECT {OP}, new.kind, new.tbl, new.pk, new.names ->> c, o, n FROM (\n    \
         SELECT NULL AS c, NULL AS o, NULL AS n UNION ALL VALUES {rows}\n  \
         ) WHERE o IS NOT n OR (c IS NULL AND new.kind = 'D');\n  \
         SELECT RAISE(IGNORE);\nEND;\n"
    )
}

/// A row as it was and as it is, given to the trigger that all tables share.
fn at_large(table: &str, columns: &[String]) -> String {
    let kept: Vec<(&String, String)> = kept(columns).collect();
    // A table that is wider than every change cannot be made: SQLite misses the columns.
    let width = WIDTHS.into_iter().find(|width| *width >= kept.len()).unwrap_or(WIDTHS[1]);
    let names: Vec<String> = kept.iter().map(|(column, _)| format!("\"{column}\"")).collect();
    let names = names.join(",");
    let list = |of: &dyn Fn(usize, &str) -> String| {
        let all = kept.iter().enumerate().map(|(at, (_, name))| of(at, name));
        all.collect::<Vec<_>>().join(", ")
    };
    let give = |kind: &str, into: &str, values: &str| {
        format!(
            "  INSERT OR FAIL INTO change_{width} (kind, tbl, pk, names, {into})\n  \
             VALUES ('{kind}', '{table}', old.id, '[{names}]', {values});\n"
        )
    };
    let both = (
        list(&|at, _| format!("o{at}, n{at}")),
        list(&|_, name| format!("old.{name}, new.{name}")),
    );
    let old = (list(&|at, _| format!("o{at}")), list(&|_, name| format!("old.{name}")));
    bodies(table, "INSERT OR FAIL", &give("U", &both.0, &both.1), &give("D", &old.0, &old.1))
}

/// As formats 16 to 19 had them: the columns of a row as a list of rows, of which those are kept that
/// say something.
fn as_rows(table: &str, columns: &[String]) -> String {
    let rows = |of: fn(&str, &str) -> String| {
        kept(columns).map(|(column, name)| of(column, &name)).collect::<Vec<_>>().join(",\n    ")
    };
    let updates = rows(|column, name| format!("('{column}', old.{name}, new.{name})"));
    let deletes = rows(|column, name| format!("('{column}', old.{name})"));
    bodies(
        table,
        "INSERT OR FAIL",
        &format!(
            "  INSERT OR FAIL INTO chg (op, kind, tbl, pk, col, old, new)\n  \
             SELECT {OP}, 'U', '{table}', old.id, c, o, n FROM (\n    \
             SELECT NULL AS c, NULL AS o, NULL AS n UNION ALL VALUES\n    {updates}\n  \
             ) WHERE o IS NOT n;\n"
        ),
        &format!(
            "  INSERT OR FAIL INTO chg (op, kind, tbl, pk, col, old)\n  \
             SELECT {OP}, 'D', '{table}', old.id, c, o FROM (\n    \
             SELECT NULL AS c, NULL AS o UNION ALL VALUES\n    {deletes}\n  \
             ) WHERE c IS NULL OR o IS NOT NULL;\n"
        ),
    )
}

/// As formats 2 to 15 had them. One statement for all columns: a row that is removed has a dozen and
/// more. A line that could not be written would end the transaction (`FAIL`), so no statement needs a
/// copy of what it changes.
fn at_once(table: &str, columns: &[String]) -> String {
    let updates: Vec<String> = kept(columns)
        .map(|(column, name)| {
            format!(
                "SELECT {OP}, 'U', '{table}', old.id, '{column}', old.{name}, new.{name} \
                 WHERE old.{name} IS NOT new.{name}"
            )
        })
        .collect();
    let deletes = joined(kept(columns).map(|(column, name)| {
        format!(
            "\n    UNION ALL SELECT {OP}, 'D', '{table}', old.id, '{column}', old.{name} \
                 WHERE old.{name} IS NOT NULL"
        )
    }));
    bodies(
        table,
        "INSERT OR FAIL",
        &format!(
            "  INSERT OR FAIL INTO chg (op, kind, tbl, pk, col, old, new)\n    {};\n",
            updates.join("\n    UNION ALL ")
        ),
        &format!(
            "  INSERT OR FAIL INTO chg (op, kind, tbl, pk, col, old)\n    \
             SELECT {OP}, 'D', '{table}', old.id, NULL, NULL{deletes};\n"
        ),
    )
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.fold(String::new(), |text, part| text + &part)
}

/// As format 1 had them: a statement for each column. Files of that format are compared with these.
fn one_by_one(table: &str, columns: &[String]) -> String {
    let updates = joined(kept(columns).map(|(column, name)| {
        format!(
            "  INSERT INTO chg (op, kind, tbl, pk, col, old, new)\n    \
                 SELECT {OP}, 'U', '{table}', old.id, '{column}', old.{name}, new.{name}\n    \
                 WHERE old.{name} IS NOT new.{name};\n"
        )
    }));
    let deletes = joined(kept(columns).map(|(column, name)| {
        format!(
            "  INSERT INTO chg (op, kind, tbl, pk, col, old)\n    \
                 SELECT {OP}, 'D', '{table}', old.id, '{column}', old.{name}\n    \
                 WHERE old.{name} IS NOT NULL;\n"
        )
    }));
    let removed =
        format!("  INSERT INTO chg (op, kind, tbl, pk) VALUES ({OP}, 'D', '{table}', old.id);\n");
    bodies(table, "INSERT", &updates, &(removed + &deletes))
}

fn bodies(table: &str, insert: &str, updates: &str, deletes: &str) -> String {
    format!(
        "CREATE TRIGGER journal_{table}_insert AFTER INSERT ON {table} BEGIN\n  \
         {insert} INTO chg (op, kind, tbl, pk) VALUES ({OP}, 'I', '{table}', new.id);\nEND;\n\
         CREATE TRIGGER journal_{table}_update AFTER UPDATE ON {table} BEGIN\n{updates}END;\n\
         CREATE TRIGGER journal_{table}_delete AFTER DELETE ON {table} BEGIN\n{deletes}END;\n\
         CREATE TRIGGER journal_{table}_key BEFORE UPDATE OF id ON {table}\n\
         WHEN old.id IS NOT new.id BEGIN\n  SELECT RAISE(ABORT, 'a key never changes');\nEND;\n"
    )
}
