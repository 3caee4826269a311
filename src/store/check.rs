//! Looking for damage: what `SQLite` can tell, what foreign keys tell, and the journal's hash chain.

use rusqlite::Connection;

use super::constraint;
use super::error::{Doing, Error, Result};
use super::metric::series;
use super::open::Store;
use super::reference;
use super::schema::{self, JOURNALLED};
use super::sql;
use crate::domain::item::Ref;
use crate::domain::kind::Kind;
use crate::domain::part::PartKind;

/// Most complaints of one kind that are listed.
const MOST: usize = 20;

/// What a full check found; empty lists mean sound.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    pub integrity: Vec<String>,
    pub dangling: Vec<String>,
    pub chain: Vec<String>,
    /// What `SQLite` cannot know to be wrong: refs that would be given twice, ids that are none.
    pub invariants: Vec<String>,
    /// Changes that another program made and that no step holds yet.
    pub foreign_changes: i64,
}

impl Findings {
    /// Whether the file itself is damaged, rather than merely edited elsewhere.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        !(self.integrity.is_empty()
            && self.dangling.is_empty()
            && self.chain.is_empty()
            && self.invariants.is_empty())
    }
}

impl Store {
    /// Checks everything; takes as long as it takes.
    ///
    /// # Errors
    /// A storage error.
    pub fn check(&self) -> Result<Findings> {
        Ok(Findings {
            integrity: integrity(&self.connection)?,
            dangling: dangling(&self.connection)?,
            chain: chain(&self.connection)?,
            invariants: invariants(&self.connection)?,
            foreign_changes: self
                .connection
                .query_row("SELECT count(*) FROM chg WHERE op = 0", [], |row| row.get(0))
                .doing("checking the journal")?,
        })
    }
}

/// As `Store::check`, but any finding is an error; for migrations and snapshots.
///
/// # Errors
/// `Damaged` with the first finding.
pub fn quick(connection: &Connection) -> Result<()> {
    let first = integrity(connection)?.into_iter().chain(dangling(connection)?).next();
    match first {
        None => Ok(()),
        Some(why) => Err(Error::Damaged { path: std::path::PathBuf::new(), why }),
    }
}

fn integrity(connection: &Connection) -> Result<Vec<String>> {
    let doing = "checking the file";
    let mut statement = connection.prepare("PRAGMA integrity_check(20)").doing(doing)?;
    let rows = statement.query_map([], |row| sql::plain_at(row, 0)).doing(doing)?;
    let lines: Vec<String> = rows.collect::<rusqlite::Result<_>>().doing(doing)?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

fn dangling(connection: &Connection) -> Result<Vec<String>> {
    let doing = "checking what items point at";
    let mut words = Vec::new();
    for table in JOURNALLED {
        // A file of an older format does not have every table.
        if schema::columns(connection, table)?.is_empty() {
            continue;
        }
        let query = format!("SELECT EXISTS (SELECT 1 FROM pragma_foreign_key_check('{table}'))");
        let found: bool = connection.query_row(&query, [], |row| row.get(0)).doing(doing)?;
        if !found {
            continue;
        }
        let before = words.len();
        for (columns, loose) in reference::loose(connection, table)? {
            named(connection, (table, &columns, &loose), &mut words)?;
        }
        if words.len() == before {
            words.push(format!("something in {} {GONE}", table.replace('_', " ")));
        }
    }
    Ok(words)
}

/// What is said of a row that points at nothing.
const GONE: &str = "names what is not there any more";

/// Says which items such rows are of, each once.
fn named(
    connection: &Connection,
    (table, columns, loose): (&str, &str, &str),
    words: &mut Vec<String>,
) -> Result<()> {
    let doing = "checking what items point at";
    let query = format!(
        "SELECT DISTINCT i.kind, i.no FROM \"{table}\" AS t LEFT JOIN item AS i ON i.id = t.\"{}\" \
         WHERE {loose} ORDER BY i.kind, i.no LIMIT {MOST}",
        whose(table)
    );
    let mut statement = connection.prepare(&query).doing(doing)?;
    let mut rows = statement.query([]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let kind: Option<String> = row.get(0).doing(doing)?;
        let number: Option<i64> = row.get(1).doing(doing)?;
        let item = match (kind.as_deref().and_then(Kind::from_slug), number) {
            (Some(kind), Some(number)) => Ref { kind, number }.to_string(),
            _ => format!("something in {}", table.replace('_', " ")),
        };
        let found = format!("{item} {GONE} ({})", columns.replace('_', " "));
        if !words.contains(&found) {
            words.push(found);
        }
    }
    Ok(())
}

/// The column of a table that says which item its rows are of.
fn whose(table: &str) -> &'static str {
    let is_part = PartKind::ALL.into_iter().any(|kind| kind.noun().table == table);
    match table {
        _ if is_part => "owner",
        "edge" => "source",
        "tagging" | "origin" => "item",
        _ => "id",
    }
}

/// Each query answers in words what must not be.
const INVARIANTS: [&str; 4] = [
    "SELECT 'the next ' || i.kind || ' would get a ref that is taken' FROM item AS i \
     LEFT JOIN counter AS c ON c.kind = i.kind GROUP BY i.kind HAVING max(i.no) >= coalesce(max(c.next), 1)",
    "SELECT 'an id is no id: ' || id FROM item WHERE id NOT GLOB '????????-????-????-????-????????????'",
    "SELECT 'a step is left open' FROM op_ctx",
    "SELECT 'change ' || u.seq || ' says that it is taken back by ' || u.undone_by || ', which says otherwise' \
     FROM op AS u JOIN op AS b ON b.seq = u.undone_by WHERE b.undo_of IS NOT u.seq",
];

/// What the schema would refuse, and a program that asks it not to look may have written.
fn broken_rules(connection: &Connection) -> Result<Vec<String>> {
    let doing = "checking what must hold";
    let mut words = Vec::new();
    for table in JOURNALLED {
        let columns = schema::columns(connection, table)?;
        let mut rules = constraint::checks(connection, table)?;
        let is_day = |column: &String| {
            let mut fields = Kind::ALL.into_iter().flat_map(|kind| &kind.noun().fields);
            fields.any(|field| field.name == *column && field.is_date())
        };
        let days = columns.iter().filter(|column| is_day(column));
        rules.extend(
            days.map(|column| {
                format!("\"{column}\" IS NULL OR date(\"{column}\") IS \"{column}\"")
            }),
        );
        let instants =
            columns.iter().filter(|column| ["created_at", "updated_at"].contains(&column.as_str()));
        rules.extend(instants.map(|column| format!("julianday(\"{column}\") IS NOT NULL")));
        for rule in rules {
            let query = format!("SELECT count(*) FROM \"{table}\" WHERE NOT ({rule})");
            let count: i64 = connection.query_row(&query, [], |row| row.get(0)).doing(doing)?;
            if count > 0 {
                let rows = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
                words.push(format!("{rows} of {table} against the rule {rule}"));
            }
        }
    }
    Ok(words)
}

fn invariants(connection: &Connection) -> Result<Vec<String>> {
    let doing = "checking what must hold";
    let mut words = broken_rules(connection)?;
    for query in INVARIANTS {
        let mut statement = connection.prepare(&format!("{query} LIMIT {MOST}")).doing(doing)?;
        let rows = statement.query_map([], |row| sql::plain_at(row, 0)).doing(doing)?;
        for row in rows {
            words.push(row.doing(doing)?);
        }
    }
    words.extend(strays(connection)?);
    Ok(words)
}

/// Whether figures are kept together as they were told. What another program told of them, and no
/// step holds yet, is not kept yet either.
fn strays(connection: &Connection) -> Result<Vec<String>> {
    let is_kept = !schema::columns(connection, "series")?.is_empty();
    if !is_kept || super::journal::is_foreign(connection)? {
        return Ok(Vec::new());
    }
    Ok(series::strays(connection)?.into_iter().take(MOST).collect())
}

fn chain(connection: &Connection) -> Result<Vec<String>> {
    let doing = "checking the journal";
    let mut words = Vec::new();
    let mut before = String::new();
    let mut expected = 1;
    let mut statement = connection
        .prepare("SELECT seq, prev_hash, hash, changes FROM op ORDER BY seq")
        .doing(doing)?;
    let mut rows = statement.query([]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let seq: i64 = row.get(0).doing(doing)?;
        let (prev, own): (String, String) =
            (sql::plain_at(row, 1).doing(doing)?, sql::plain_at(row, 2).doing(doing)?);
        if seq != expected {
            words.push(format!("change {expected} is missing"));
        }
        if prev != before {
            words.push(format!("change {seq} does not follow the one before it"));
        }
        if own != super::seal::hash(connection, seq)? {
            words.push(format!("change {seq} is not what was written"));
        }
        if words.len() >= MOST {
            break;
        }
        before = own;
        expected = seq + 1;
    }
    let strays: i64 = connection
        .query_row(
            "SELECT count(*) FROM chg WHERE op <> 0 AND op NOT IN (SELECT seq FROM op)",
            [],
            |row| row.get(0),
        )
        .doing(doing)?;
    if strays > 0 {
        words.push(format!("{strays} changes belong to no step"));
    }
    Ok(words)
}
