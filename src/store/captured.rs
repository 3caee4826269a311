//! Evidence by the day on which it was written down, for what is new of the market.

use chrono::NaiveDate;
use rusqlite::params;

use super::error::{Doing, Result};
use super::open::Store;
use super::sql;
use crate::domain::evidence::Stage;
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;

/// A piece that is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    pub id: ItemId,
    pub reference: Ref,
    pub title: String,
    pub kind: String,
    pub class: String,
    pub segment: Option<ItemId>,
    pub stage: Stage,
    pub account: String,
}

impl Store {
    /// The pieces that were written down from one day to another, the newest first; of one day those
    /// that prove most.
    ///
    /// # Errors
    /// A storage error.
    pub fn captured(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Fresh>> {
        let doing = "reading the evidence";
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT v.id, i.no, i.title, v.kind, v.class, v.segment, coalesce(v.stage, 'unknown'), \
                 v.account FROM evidence AS v CROSS JOIN item AS i ON i.id = v.id \
                 WHERE v.captured_on BETWEEN ?1 AND ?2 AND i.deleted_at IS NULL AND i.state <> 'retired' \
                 ORDER BY v.captured_on DESC, coalesce(v.strength, 0) DESC, i.no DESC",
            )
            .doing(doing)?;
        let text = |row: &rusqlite::Row<'_>, at| -> rusqlite::Result<String> {
            Ok(sql::text_at(row, at)?.unwrap_or_default())
        };
        let rows = statement
            .query_map(params![from.to_string(), to.to_string()], |row| {
                let segment: Option<String> = row.get(5)?;
                Ok(Fresh {
                    id: sql::id_at(row, 0)?,
                    reference: Ref { kind: Kind::Evidence, number: row.get(1)? },
                    title: text(row, 2)?,
                    kind: text(row, 3)?,
                    class: text(row, 4)?,
                    segment: segment.map(|_| sql::id_at(row, 5)).transpose()?,
                    stage: Stage::parse(&sql::plain_at(row, 6)?).unwrap_or(Stage::Unknown),
                    account: text(row, 7)?,
                })
            })
            .doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }
}
