//! What a step would leave pointing at nothing: found by the rows that the step touched, through
//! indexes, so that it costs nothing in a large workspace. Asked when a step is taken back, and
//! of a long load, for which `SQLite` does not look after each single row.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rusqlite::Connection;

use super::constraint;
use super::error::{Clash, Doing, Error, Result};
use super::extent::{Did, Extent};
use super::schema::JOURNALLED;
use super::sql::quoted;

const DOING: &str = "looking for what points at nothing";
/// Most conflicts of one column that are listed.
const MOST: usize = 3;
/// The rows of a step, given its number and where it begins and ends.
const OF_STEP: &str = "c.n BETWEEN ?2 AND ?3 AND c.op = ?1";

/// Columns that name a row of another table.
struct Reference {
    parent: String,
    /// Column here, column there.
    columns: Vec<(String, String)>,
}

impl Reference {
    /// The column, when one alone names an item.
    fn to_item(&self) -> Option<String> {
        match self.columns.as_slice() {
            [(column, _)] if self.parent == "item" => Some(quoted(column)),
            _ => None,
        }
    }

    /// Whether row `t` names something that is not there, as a condition.
    fn is_loose(&self) -> String {
        let named = self.columns.iter().map(|(own, _)| format!("t.{} IS NOT NULL", quoted(own)));
        let same = self
            .columns
            .iter()
            .map(|(own, other)| format!("p.{} = t.{}", quoted(other), quoted(own)));
        format!(
            "({} AND NOT EXISTS (SELECT 1 FROM {} AS p WHERE {}))",
            named.collect::<Vec<_>>().join(" AND "),
            self.parent,
            same.collect::<Vec<_>>().join(" AND ")
        )
    }
}

/// The columns of a table that name rows of others, each with whether row `t` names one that is not
/// there, as a condition.
pub(super) fn loose(connection: &Connection, table: &str) -> Result<Vec<(String, String)>> {
    let of = |one: &Reference| {
        let names: Vec<&str> = one.columns.iter().map(|(own, _)| own.as_str()).collect();
        (names.join(", "), one.is_loose())
    };
    Ok(of_table(connection, table)?.iter().map(of).collect())
}

/// Whether `SQLite` itself has looked at what a step wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looked {
    RowByRow,
    /// A long load is looked at once, at its end.
    Never,
}

/// How `SQLite` looks at the rows of this connection.
pub(super) fn looked(connection: &Connection) -> Result<Looked> {
    connection
        .pragma_query_value(None, "foreign_keys", |row| row.get(0))
        .doing(DOING)
        .map(|enforced: bool| if enforced { Looked::RowByRow } else { Looked::Never })
}

/// Refuses what a step has left pointing at nothing, in words, before the commit would; and, when
/// `SQLite` has not looked at each row, rows that the schema would not have taken.
///
/// # Errors
/// `Clashes` with what still refers to what is gone; `Damaged` with what the schema would not take,
/// since that is no fault of the user's.
pub(super) fn refuse_unsound(
    connection: &Connection,
    extent: &Extent,
    looked: Looked,
) -> Result<()> {
    let mut references = BTreeMap::new();
    for table in JOURNALLED {
        references.insert(table, of_table(connection, table)?);
    }
    let mut clashes = Vec::new();
    if extent.did("item", Did::Delete) && is_any_left_behind(connection, extent, &references)? {
        for (table, references) in &references {
            for column in references.iter().filter_map(Reference::to_item) {
                left_behind(connection, extent, (table, &column), &mut clashes)?;
            }
        }
    }
    for (table, references) in &references {
        if !extent.did(table, Did::Insert) && !extent.did(table, Did::Update) {
            continue;
        }
        let checks = match looked {
            Looked::RowByRow => Vec::new(),
            Looked::Never => constraint::checks(connection, table)?,
        };
        let unsound = checks.iter().map(|check| format!("NOT ({check})"));
        let wrong: Vec<String> =
            references.iter().map(Reference::is_loose).chain(unsound).collect();
        if wrong.is_empty() {
            continue;
        }
        let Some(key) = keys(connection, extent.span(table), &written(table, &wrong.join(" OR ")))?
            .into_iter()
            .next()
        else {
            continue;
        };
        without_target(connection, extent, (table, references), &mut clashes)?;
        if clashes.is_empty() {
            let why = format!("row {key} of {table} is not what the schema takes");
            return Err(Error::Damaged { path: PathBuf::new(), why });
        }
    }
    if clashes.is_empty() { Ok(()) } else { Err(Error::Clashes(clashes)) }
}

fn of_table(connection: &Connection, table: &str) -> Result<Vec<Reference>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1) ORDER BY id, seq",
        )
        .doing(DOING)?;
    let mut rows = statement.query([table]).doing(DOING)?;
    let mut found: BTreeMap<i64, Reference> = BTreeMap::new();
    while let Some(row) = rows.next().doing(DOING)? {
        let parent = row.get(1).doing(DOING)?;
        let column = (row.get(2).doing(DOING)?, row.get(3).doing(DOING)?);
        let own = found.entry(row.get(0).doing(DOING)?);
        own.or_insert(Reference { parent, columns: Vec::new() }).columns.push(column);
    }
    Ok(found.into_values().collect())
}

/// One look at all that the step removed, so that a long one is not walked for each column.
fn is_any_left_behind(
    connection: &Connection,
    extent: &Extent,
    references: &BTreeMap<&str, Vec<Reference>>,
) -> Result<bool> {
    let mut named = Vec::new();
    for (table, references) in references {
        for column in references.iter().filter_map(Reference::to_item) {
            named.push(format!("EXISTS (SELECT 1 FROM {table} AS t WHERE t.{column} = c.pk)"));
        }
    }
    let query = format!(
        "SELECT EXISTS (SELECT 1 FROM chg AS c WHERE {OF_STEP} AND c.tbl = 'item' AND c.kind = 'D' \
         AND c.col IS NULL AND NOT EXISTS (SELECT 1 FROM item AS i WHERE i.id = c.pk) AND ({}))",
        named.join(" OR ")
    );
    let step = [extent.seq, extent.first, extent.last];
    connection
        .prepare_cached(&query)
        .and_then(|mut statement| statement.query_row(step, |row| row.get(0)))
        .doing(DOING)
}

/// Rows that name an item which the step removed.
fn left_behind(
    connection: &Connection,
    extent: &Extent,
    (table, column): (&str, &str),
    clashes: &mut Vec<Clash>,
) -> Result<()> {
    let query = format!(
        "SELECT t.id FROM chg AS c JOIN {table} AS t ON t.{column} = c.pk \
         WHERE {OF_STEP} AND c.tbl = 'item' AND c.kind = 'D' AND c.col IS NULL \
         AND NOT EXISTS (SELECT 1 FROM item AS i WHERE i.id = c.pk) LIMIT {MOST}"
    );
    for key in keys(connection, extent.span("item"), &query)? {
        clashes.push(clash(table, key, Some(column), "a later change still refers to it"));
    }
    Ok(())
}

/// Rows that the step wrote name something which is not there.
fn without_target(
    connection: &Connection,
    extent: &Extent,
    (table, references): (&str, &[Reference]),
    clashes: &mut Vec<Clash>,
) -> Result<()> {
    for reference in references {
        for key in keys(connection, extent.span(table), &written(table, &reference.is_loose()))? {
            let column = reference.columns.first().map(|(own, _)| own.as_str());
            clashes.push(clash(table, key, column, "what it refers to is gone"));
        }
    }
    Ok(())
}

/// The rows of a table that the step wrote and that meet a condition.
fn written(table: &str, condition: &str) -> String {
    format!(
        "SELECT t.id FROM (SELECT c.pk AS key_of_change FROM chg AS c \
         WHERE {OF_STEP} AND c.tbl = '{table}' AND c.kind IN ('I', 'U')) AS w \
         CROSS JOIN {table} AS t ON t.id = w.key_of_change WHERE ({condition}) LIMIT {MOST}"
    )
}

fn clash(table: &str, key: String, column: Option<&str>, why: &'static str) -> Clash {
    Clash {
        table: table.to_owned(),
        key,
        column: column.map(|column| column.trim_matches('"').to_owned()),
        expected: String::new(),
        found: String::new(),
        why: Some(why),
    }
}

fn keys(connection: &Connection, step: [i64; 3], query: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(query).doing(DOING)?;
    let rows = statement.query_map(step, |row| row.get(0)).doing(DOING)?;
    rows.collect::<rusqlite::Result<_>>().doing(DOING)
}
