//! The journal's account of edges and tags: what a step tied an item to, or untied it from. Their
//! rows are not the item's own, and one that is gone tells its ends only through the journal.

use rusqlite::{OptionalExtension, params};

use super::error::{Doing, Result};
use super::extent::OF_STEP;
use super::history::{FieldChange, Step};
use super::open::Store;
use super::sql;
use crate::domain::item::ItemId;

/// Steps of more changes are not searched for ties that are gone: a load of a hundred thousand
/// rows would be read for each item.
const MOST: i64 = 5_000;

/// One value of a tie: its own while it is there, else the one that its removal wrote down.
fn value(table: &str, column: &str) -> String {
    format!(
        "coalesce((SELECT {column} FROM {table} WHERE id = c.pk), \
         (SELECT d.old FROM chg AS h CROSS JOIN chg AS d ON d.n > h.n AND d.n < h.n + 100 \
          AND d.pk = h.pk AND d.kind = 'D' AND d.col = '{column}' \
          WHERE h.pk = c.pk AND h.col IS NULL AND h.tbl IN ('item', 'edge', 'tagging') AND h.kind = 'D' AND h.n >= c.n ORDER BY h.n LIMIT 1))"
    )
}

impl Store {
    /// The ties that a step made or cut at an item, as changes of the fields that show them.
    ///
    /// # Errors
    /// A storage error.
    pub fn ties_of(&self, step: &Step, id: ItemId) -> Result<Vec<FieldChange>> {
        let doing = "reading the history";
        let of_small;
        let source = if step.changes > MOST {
            // Live ties alone, by their own indexes.
            "SELECT c.* FROM tagging AS t CROSS JOIN chg AS c ON c.pk = t.id \
               AND c.col IS NULL AND c.tbl IN ('item', 'edge', 'tagging') AND c.op = ?1 WHERE t.item = ?2 \
             UNION SELECT c.* FROM edge AS e CROSS JOIN chg AS c ON c.pk = e.id \
               AND c.col IS NULL AND c.tbl IN ('item', 'edge', 'tagging') AND c.op = ?1 WHERE e.source = ?2 \
             UNION SELECT c.* FROM edge AS e CROSS JOIN chg AS c ON c.pk = e.id \
               AND c.col IS NULL AND c.tbl IN ('item', 'edge', 'tagging') AND c.op = ?1 WHERE e.target = ?2"
        } else {
            of_small = format!(
                "SELECT * FROM chg WHERE {OF_STEP} AND tbl IN ('edge', 'tagging') AND col IS NULL AND ?2 IS NOT NULL"
            );
            &of_small
        };
        let query = format!(
            "SELECT c.tbl, c.kind, {}, {}, {}, {}, {} FROM ({source}) AS c WHERE c.col IS NULL ORDER BY c.n",
            value("tagging", "item"),
            value("tagging", "tag"),
            value("edge", "kind"),
            value("edge", "source"),
            value("edge", "target"),
        );
        let mut statement = self.connection.prepare_cached(&query).doing(doing)?;
        let mut rows = statement.query(params![step.seq, id.to_string()]).doing(doing)?;
        let mut ties = Vec::new();
        while let Some(row) = rows.next().doing(doing)? {
            let text = |at: usize| -> Result<String> {
                Ok(sql::text_at(row, at).doing(doing)?.unwrap_or_default())
            };
            let tie = Tie { item: text(2)?, kind: text(4)?, source: text(5)?, target: text(6)? };
            let table = text(0)?;
            let Some(column) = tie.field_at(&table, &id.to_string()) else { continue };
            let value = if table == "tagging" { text(3)? } else { tie.other_end(&id.to_string()) };
            let made = text(1)? == "I";
            ties.push(FieldChange {
                table,
                kind: if made { "I" } else { "D" }.to_owned(),
                column,
                old: (!made).then(|| value.clone()),
                new: made.then_some(value),
                part: None,
            });
        }
        Ok(ties)
    }
}

impl Store {
    /// What an item that is gone was called: its title, as its removal wrote it down.
    ///
    /// # Errors
    /// A storage error.
    pub fn title_of_gone(&self, id: ItemId) -> Result<Option<String>> {
        self.connection
            .prepare_cached(
                "SELECT d.old FROM chg AS h CROSS JOIN chg AS d ON d.n > h.n AND d.n < h.n + 100 \
                 AND d.pk = h.pk AND d.tbl = 'item' AND d.kind = 'D' AND d.col = 'title' \
                 WHERE h.pk = ?1 AND h.col IS NULL AND h.tbl IN ('item', 'edge', 'tagging') AND h.kind = 'D' \
                 ORDER BY h.n DESC LIMIT 1",
            )
            .and_then(|mut statement| {
                statement.query_row([id.to_string()], |row| sql::text_at(row, 0)).optional()
            })
            .doing("reading the history")
            .map(Option::flatten)
    }
}

struct Tie {
    item: String,
    kind: String,
    source: String,
    target: String,
}

impl Tie {
    /// The field of the item that shows the tie; `None` when it is another item's.
    fn field_at(&self, table: &str, id: &str) -> Option<String> {
        let name = match (table, self.kind.as_str()) {
            ("tagging", _) if self.item == id => "tags",
            ("edge", "blocks") if self.source == id => "blocks",
            ("edge", "blocks") if self.target == id => "blocked_by",
            ("edge", "contributes") if self.source == id => "contributors",
            ("edge", "informed") if self.source == id => "informed",
            _ => return None,
        };
        Some(name.to_owned())
    }

    fn other_end(&self, id: &str) -> String {
        if self.source == id { self.target.clone() } else { self.source.clone() }
    }
}
