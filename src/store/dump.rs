//! The whole content of a workspace as text, one line a row, in an order that depends on nothing
//! else: what two workspaces are compared by. Revisions, which only grow, are left out.

use std::fmt::Write as _;

use rusqlite::types::ValueRef;

use super::error::{Doing, Result};
use super::open::Store;
use super::schema::{self, JOURNALLED};
use super::sql::quoted;

impl Store {
    /// Every row of every journalled table, without its revision.
    ///
    /// # Errors
    /// A storage error.
    pub fn dump(&self) -> Result<String> {
        let mut text = String::new();
        for table in JOURNALLED {
            let columns: Vec<String> = schema::columns(&self.connection, table)?
                .into_iter()
                .filter(|column| column != "rev")
                .map(|column| quoted(&column))
                .collect();
            let query = format!("SELECT {} FROM {table} ORDER BY id", columns.join(", "));
            self.dump_table(table, &query, columns.len(), &mut text)?;
        }
        Ok(text)
    }

    fn dump_table(&self, table: &str, query: &str, width: usize, text: &mut String) -> Result<()> {
        let doing = "reading everything";
        let mut statement = self.connection.prepare(query).doing(doing)?;
        let mut rows = statement.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            text.push_str(table);
            for at in 0..width {
                text.push('\t');
                push(text, row.get_ref(at).doing(doing)?);
            }
            text.push('\n');
        }
        Ok(())
    }
}

/// A value with its type, on one line.
fn push(text: &mut String, value: ValueRef<'_>) {
    let _ = match value {
        ValueRef::Null => write!(text, "-"),
        ValueRef::Integer(number) => write!(text, "{number}"),
        ValueRef::Real(number) => write!(text, "{number:?}"),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            write!(text, "{:?}", String::from_utf8_lossy(bytes))
        }
    };
}
