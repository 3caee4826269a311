//! Indexes that a step which takes back a long one lays aside, and builds again of what is left:
//! looking for each row that goes, in a dozen of them, would take longer. They come back word for
//! word, and when the step fails the transaction brings them back.

use rusqlite::Connection;

use super::error::{Doing, Result};
use super::schema::JOURNALLED;
use super::sql::{quoted, words};

const DOING: &str = "setting up the workspace";
/// Rows below which it is not worth it.
const FEWEST: u64 = 2_000;

/// What was laid aside, as the schema has it.
#[derive(Debug)]
pub(super) struct Aside(Vec<String>);

impl Aside {
    /// Lays aside what leads to items, but for the edges, which are walked meanwhile.
    ///
    /// # Errors
    /// A storage error.
    pub fn of_items(connection: &Connection) -> Result<Self> {
        let tables: Vec<&str> = JOURNALLED.into_iter().filter(|table| *table != "edge").collect();
        Self::of(connection, &tables)
    }

    /// Lays aside the orders of the lists.
    ///
    /// # Errors
    /// A storage error.
    pub fn of_lists(connection: &Connection) -> Result<Self> {
        Self::of(connection, &["listing"])
    }

    fn of(connection: &Connection, tables: &[&str]) -> Result<Self> {
        let found: Vec<(String, String)> = {
            let mut statement = connection
                .prepare(&format!(
                    "SELECT name, sql FROM sqlite_schema \
                     WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({}) ORDER BY rowid",
                    words(tables)
                ))
                .doing(DOING)?;
            let rows =
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).doing(DOING)?;
            rows.collect::<rusqlite::Result<_>>().doing(DOING)?
        };
        for (name, _) in &found {
            connection.execute_batch(&format!("DROP INDEX {}", quoted(name))).doing(DOING)?;
        }
        Ok(Self(found.into_iter().map(|(_, sql)| sql).collect()))
    }

    /// Builds again what was laid aside.
    ///
    /// # Errors
    /// A storage error; the step must fail then.
    pub fn build(self, connection: &Connection) -> Result<()> {
        self.0.iter().try_for_each(|sql| connection.execute_batch(sql).doing(DOING))
    }
}

/// Whether so many items are worth it: all that are left are sorted again.
///
/// # Errors
/// A storage error.
pub(super) fn is_worth_while(connection: &Connection, items: u64) -> Result<bool> {
    if items < FEWEST {
        return Ok(false);
    }
    let here: i64 = connection
        .prepare_cached("SELECT coalesce(sum(items), 0) FROM tally")
        .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
        .doing(DOING)?;
    Ok(items.saturating_mul(2) >= u64::try_from(here).unwrap_or(0))
}
