//! What a step that is taken back would leave pointing at nothing: found by the rows that the step
//! touched, through indexes, so that it costs nothing in a large workspace.

use super::error::{Clash, Doing, Error, Result};
use super::journal::Write;
use super::schema::JOURNALLED;
use super::sql::quoted;

const DOING: &str = "taking the change back";
/// Most conflicts of one column that are listed.
const MOST: usize = 3;

/// A column that names an item.
struct Reference {
    table: &'static str,
    column: String,
}

impl Write<'_> {
    /// Refuses what this op has left pointing at nothing, in words, before the commit would.
    ///
    /// # Errors
    /// `Clashes` with what still refers to what is gone.
    pub(super) fn refuse_dangling(&self) -> Result<()> {
        let mut clashes = Vec::new();
        for reference in self.references()? {
            self.left_behind(&reference, &mut clashes)?;
            self.without_target(&reference, &mut clashes)?;
        }
        if clashes.is_empty() { Ok(()) } else { Err(Error::Clashes(clashes)) }
    }

    fn references(&self) -> Result<Vec<Reference>> {
        let mut found = Vec::new();
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT \"from\" FROM pragma_foreign_key_list(?1) WHERE \"table\" = 'item'",
            )
            .doing(DOING)?;
        for table in JOURNALLED {
            let rows = statement.query_map([table], |row| row.get(0)).doing(DOING)?;
            for column in rows {
                found.push(Reference { table, column: column.doing(DOING)? });
            }
        }
        Ok(found)
    }

    /// Rows that name an item which this op removed.
    fn left_behind(&self, reference: &Reference, clashes: &mut Vec<Clash>) -> Result<()> {
        let (table, column) = (reference.table, quoted(&reference.column));
        self.list(
            reference,
            &format!(
                "SELECT t.id FROM chg AS c JOIN {table} AS t ON t.{column} = c.pk \
                 WHERE c.op = ?1 AND c.tbl = 'item' AND c.kind = 'D' AND c.col IS NULL \
                 AND NOT EXISTS (SELECT 1 FROM item AS i WHERE i.id = c.pk) LIMIT {MOST}"
            ),
            "a later change still refers to it",
            clashes,
        )
    }

    /// Rows that this op made name an item which is gone.
    fn without_target(&self, reference: &Reference, clashes: &mut Vec<Clash>) -> Result<()> {
        let (table, column) = (reference.table, quoted(&reference.column));
        self.list(
            reference,
            &format!(
                "SELECT t.id FROM chg AS c JOIN {table} AS t ON t.id = c.pk \
                 WHERE c.op = ?1 AND c.tbl = '{table}' AND c.kind IN ('I', 'U') AND t.{column} IS NOT NULL \
                 AND NOT EXISTS (SELECT 1 FROM item AS i WHERE i.id = t.{column}) LIMIT {MOST}"
            ),
            "what it refers to is gone",
            clashes,
        )
    }

    fn list(
        &self,
        reference: &Reference,
        query: &str,
        found: &str,
        clashes: &mut Vec<Clash>,
    ) -> Result<()> {
        let mut statement = self.connection.prepare_cached(query).doing(DOING)?;
        let keys = statement.query_map([self.seq], |row| row.get::<_, String>(0)).doing(DOING)?;
        for key in keys {
            clashes.push(Clash {
                table: reference.table.to_owned(),
                key: key.doing(DOING)?,
                column: Some(reference.column.clone()),
                expected: String::new(),
                found: found.to_owned(),
            });
        }
        Ok(())
    }
}
