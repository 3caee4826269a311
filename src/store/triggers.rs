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
    Ok(())
}

/// Makes the triggers of a format.
///
/// # Errors
/// A storage error.
pub(super) fn make(connection: &Connection, format: u32) -> Result<()> {
    for table in JOURNALLED {
        let columns = columns(connection, table)?;
        // An older format does not have every table.
        if columns.is_empty() {
            continue;
        }
        let text = match format {
            1 => one_by_one(table, &columns),
            2..=15 => at_once(table, &columns),
            _ => as_rows(table, &columns),
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

/// The columns of a row as a list of rows, of which those are kept that say something. Every file
/// is opened by reading these texts, so they are as short as they can be.
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

/// As formats 2 to 15 had them. One statement for all columns: a row that is removed has a dozen and more. A line that could not
/// be written would end the transaction (`FAIL`), so no statement needs a copy of what it changes.
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
