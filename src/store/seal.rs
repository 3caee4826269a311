//! The hash chain over the steps of the journal: how a step is sealed, and what seal it must have.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::error::{Doing, Result};
use super::extent::{Did, Extent, OF_STEP};
use super::schema::{self, hex};
use super::sql::quoted;

/// Writes down what a step is called, how much it changed and what it hashes to, and ends it.
///
/// # Errors
/// A storage error.
pub(super) fn seal(connection: &Connection, extent: &Extent, label: &str) -> Result<()> {
    let doing = "sealing the journal";
    let seq = extent.seq;
    let inserted = inserted_digest(connection, extent)?;
    connection
        .prepare_cached("UPDATE op SET label = ?2, changes = ?3, inserted = ?4 WHERE seq = ?1")
        .and_then(|mut statement| statement.execute(params![seq, label, extent.changes, inserted]))
        .doing(doing)?;
    let hash = hash(connection, seq)?;
    connection
        .prepare_cached("UPDATE op SET hash = ?2 WHERE seq = ?1")
        .and_then(|mut statement| statement.execute(params![seq, hash]))
        .doing(doing)?;
    connection.execute_batch("DELETE FROM op_ctx").doing(doing)
}

/// SHA-256 over every row that the op inserted, as it stands at the end of the op.
fn inserted_digest(connection: &Connection, extent: &Extent) -> Result<String> {
    let doing = "sealing the journal";
    let mut digest = Sha256::new();
    for table in schema::JOURNALLED {
        if !extent.did(table, Did::Insert) {
            continue;
        }
        let names: Vec<String> = schema::columns(connection, table)?
            .into_iter()
            .filter(|name| name != "rev")
            .map(|name| format!("t.{}", quoted(&name)))
            .collect();
        let query = format!(
            "SELECT {} FROM chg AS c CROSS JOIN {table} AS t ON t.id = c.pk \
             WHERE c.n BETWEEN ?2 AND ?3 AND c.op = ?1 AND c.tbl = '{table}' AND c.kind = 'I' ORDER BY c.n",
            names.join(", ")
        );
        let mut statement = connection.prepare_cached(&query).doing(doing)?;
        let mut rows = statement.query(extent.span(table)).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            for at in 0..names.len() {
                feed(&mut digest, row.get_ref(at).doing(doing)?);
            }
        }
    }
    Ok(hex(&digest.finalize()))
}

/// The hash that an op must have: over its predecessor's, its own words and its changes.
///
/// # Errors
/// A storage error.
pub fn hash(connection: &Connection, seq: i64) -> Result<String> {
    let doing = "reading the journal";
    let mut digest = Sha256::new();
    let mut statement = connection
        .prepare_cached(
            "SELECT prev_hash, seq, id, at, actor, device, kind, label, grp, undo_of, schema, changes, inserted \
             FROM op WHERE seq = ?1",
        )
        .doing(doing)?;
    let mut rows = statement.query([seq]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        for at in 0..13 {
            feed(&mut digest, row.get_ref(at).doing(doing)?);
        }
    }
    let format: u32 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).doing(doing)?;
    // A file that is examined before it is migrated has an index instead.
    let of_step = if format == 1 { "op = ?1" } else { OF_STEP };
    let mut statement = connection
        .prepare_cached(&format!(
            "SELECT kind, tbl, pk, col, old, new FROM chg WHERE {of_step} ORDER BY n"
        ))
        .doing(doing)?;
    let mut rows = statement.query([seq]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        for at in 0..6 {
            feed(&mut digest, row.get_ref(at).doing(doing)?);
        }
    }
    Ok(hex(&digest.finalize()))
}

/// One value, with its type and length, so that no two rows give the same bytes.
fn feed(digest: &mut Sha256, value: ValueRef<'_>) {
    match value {
        ValueRef::Null => digest.update(b"n"),
        ValueRef::Integer(number) => {
            digest.update(b"i");
            digest.update(number.to_be_bytes());
        }
        ValueRef::Real(number) => {
            digest.update(b"r");
            digest.update(number.to_bits().to_be_bytes());
        }
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            digest.update(b"t");
            digest.update((bytes.len() as u64).to_be_bytes());
            digest.update(bytes);
        }
    }
}
