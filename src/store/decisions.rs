//! What the figures of decisions are made from: when each was raised, decided and taken back.
//! One pass each; nothing here knows what the figures mean.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use super::error::{Doing, Result};
use super::journal::Write;
use super::open::Store;
use super::sql;
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::listing::PUT_OFF;

const DOING: &str = "reading the decisions";

/// An answer that was taken back by reopening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    pub reference: Ref,
    pub decided_on: NaiveDate,
    pub reopened_on: NaiveDate,
    /// What stood, as the version keeps it.
    pub record: String,
}

/// A word and how often it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub word: String,
    pub count: i64,
}

/// A promise as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promised {
    pub to: Option<ItemId>,
    pub state: String,
    pub due: Option<NaiveDate>,
    pub kept_on: Option<NaiveDate>,
}

/// Why things slipped, by cause, from one day to another.
pub(super) fn causes(
    from: &Connection,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<Counted>> {
    counted(
        from,
        "SELECT b.cause, count(*) FROM blocker AS b JOIN item AS i ON i.id = b.owner \
         WHERE b.noted_on BETWEEN ?1 AND ?2 AND i.deleted_at IS NULL AND i.kind <> 'milestone' \
         GROUP BY b.cause ORDER BY count(*) DESC, b.cause",
        (first, last),
    )
}

fn counted(
    from: &Connection,
    query: &str,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<Counted>> {
    let mut statement = from.prepare_cached(query).doing(DOING)?;
    let rows = statement
        .query_map(params![first.to_string(), last.to_string()], |row| {
            Ok(Counted { word: sql::plain_at(row, 0)?, count: row.get(1)? })
        })
        .doing(DOING)?;
    rows.collect::<rusqlite::Result<_>>().doing(DOING)
}

impl Write<'_> {
    /// A decision that was taken and names this item: who decided, who was spoken to, what it rests on.
    ///
    /// # Errors
    /// A storage error.
    pub fn taken_naming(&self, id: ItemId) -> Result<Option<ItemId>> {
        self.connection
            .prepare_cached(
                "SELECT d.id FROM decision AS d JOIN item AS i ON i.id = d.id \
                 WHERE d.decided_on IS NOT NULL AND i.deleted_at IS NULL AND (d.approver = ?1 \
                 OR EXISTS (SELECT 1 FROM prewire AS p WHERE p.owner = d.id AND p.person = ?1) \
                 OR EXISTS (SELECT 1 FROM objection_raised AS o WHERE o.owner = d.id AND o.person = ?1) \
                 OR EXISTS (SELECT 1 FROM basis AS b WHERE b.owner = d.id AND b.item = ?1)) \
                 ORDER BY d.decided_on LIMIT 1",
            )
            .and_then(|mut statement| {
                statement.query_row([id.to_string()], |row| sql::id_at(row, 0)).optional()
            })
            .doing(DOING)
    }
}

impl Store {
    /// The answers that were taken back by reopening.
    ///
    /// # Errors
    /// A storage error.
    pub fn reopenings(&self) -> Result<Vec<TakenBack>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT v.decided_on, v.reopened_on, i.no, coalesce(v.record, '') FROM version AS v JOIN item AS i ON i.id = v.owner \
                 WHERE i.deleted_at IS NULL AND v.decided_on IS NOT NULL AND v.reopened_on IS NOT NULL",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([], |row| {
                Ok(TakenBack {
                    reference: Ref { kind: Kind::Decision, number: row.get(2)? },
                    decided_on: sql::day_at(row, 0)?.unwrap_or_default(),
                    reopened_on: sql::day_at(row, 1)?.unwrap_or_default(),
                    record: sql::plain_at(row, 3)?,
                })
            })
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Days from raised to decided, each time that one was decided since a day, reopened or not; the
    /// shortest first.
    ///
    /// # Errors
    /// A storage error.
    pub fn latencies(&self, since: NaiveDate) -> Result<Vec<i64>> {
        // Counted on an index, what lies in the trash taken off again: each item would be a place of
        // its own in the file.
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT raised_on, decided_on, count(*) FROM decision INDEXED BY decision_decided \
                 WHERE decided_on >= ?1 AND raised_on IS NOT NULL GROUP BY decided_on, raised_on \
                 UNION ALL SELECT d.raised_on, d.decided_on, -1 FROM item AS i INDEXED BY item_trash \
                 CROSS JOIN decision AS d ON d.id = i.id \
                 WHERE i.deleted_at IS NOT NULL AND d.decided_on >= ?1 AND d.raised_on IS NOT NULL \
                 UNION ALL SELECT d.raised_on, v.decided_on, 1 FROM version AS v \
                 CROSS JOIN decision AS d ON d.id = v.owner CROSS JOIN item AS i ON i.id = v.owner \
                 WHERE v.decided_on >= ?1 AND d.raised_on IS NOT NULL AND i.deleted_at IS NULL",
            )
            .doing(DOING)?;
        let mut rows = statement.query([since.to_string()]).doing(DOING)?;
        let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
        while let Some(row) = rows.next().doing(DOING)? {
            let day = |at| sql::day_at(row, at).doing(DOING);
            if let (Some(raised), Some(decided)) = (day(0)?, day(1)?) {
                *counts.entry((decided - raised).num_days()).or_default() +=
                    row.get::<_, i64>(2).doing(DOING)?;
            }
        }
        let several = |(days, count): (i64, i64)| {
            std::iter::repeat_n(days, usize::try_from(count).unwrap_or(0))
        };
        Ok(counts.into_iter().flat_map(several).collect())
    }

    /// What came of pushing back, of what was said from one day to another.
    ///
    /// # Errors
    /// A storage error.
    pub fn pushbacks(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Counted>> {
        counted(
            &self.connection,
            "SELECT coalesce(p.result, 'open'), count(*) FROM pushback AS p JOIN item AS i ON i.id = p.owner \
             WHERE coalesce(p.said_on, substr(i.created_at, 1, 10)) BETWEEN ?1 AND ?2 AND i.deleted_at IS NULL \
             GROUP BY 1 ORDER BY count(*) DESC, 1",
            (from, to),
        )
    }

    /// Decisions whose review is due, the longest due first.
    ///
    /// # Errors
    /// A storage error.
    pub fn reviews_due(&self, today: NaiveDate, most: usize) -> Result<Vec<ItemId>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT d.id FROM decision AS d INDEXED BY decision_review CROSS JOIN item AS i ON i.id = d.id \
                 WHERE d.review_on <= ?1 AND d.reviewed_on IS NULL AND i.state = 'decided' AND i.deleted_at IS NULL \
                 ORDER BY d.review_on, d.id LIMIT ?2",
            )
            .doing(DOING)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement
            .query_map(params![today.to_string(), most], |row| sql::id_at(row, 0))
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Every live promise; of one person, when one is named.
    ///
    /// # Errors
    /// A storage error.
    pub fn promises(&self, to: Option<ItemId>) -> Result<Vec<Promised>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT c.\"to\", i.state, c.due, c.kept_on FROM commitment AS c CROSS JOIN item AS i ON i.id = c.id \
                 WHERE i.deleted_at IS NULL AND (?1 IS NULL OR c.\"to\" = ?1) ORDER BY i.no",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([to.map(|id| id.to_string())], |row| {
                let to = sql::text_at(row, 0)?.and_then(|text| text.parse().ok());
                Ok(Promised {
                    to,
                    state: sql::plain_at(row, 1)?,
                    due: sql::day_at(row, 2)?,
                    kept_on: sql::day_at(row, 3)?,
                })
            })
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }
}

/// The last time that somebody was spoken to about a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub owner: ItemId,
    pub held_on: NaiveDate,
    pub stance: String,
}

impl Store {
    /// Open decisions that answer themselves by now unless somebody objects, the longest due first.
    ///
    /// # Errors
    /// A storage error.
    pub fn defaults_due(&self, today: NaiveDate, most: usize) -> Result<Vec<ItemId>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT d.id FROM decision AS d INDEXED BY decision_default \
                 CROSS JOIN item AS i ON i.id = d.id \
                 WHERE d.default_on <= ?1 AND d.default_text IS NOT NULL AND i.deleted_at IS NULL \
                 AND i.state IN ('raised', 'framed', 'prewiring', 'ready') \
                 ORDER BY d.default_on, d.id LIMIT ?2",
            )
            .doing(DOING)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement
            .query_map(params![today.to_string(), most], |row| sql::id_at(row, 0))
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Open questions that are put off to a later day.
    ///
    /// # Errors
    /// A storage error.
    pub fn put_off(&self, today: NaiveDate) -> Result<Vec<ItemId>> {
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "SELECT id FROM listing INDEXED BY listing_order WHERE kind = 'decision' \
                 AND shelf = 0 AND first >= {PUT_OFF} AND due > ?1 AND due < '9999'"
            ))
            .doing(DOING)?;
        let rows =
            statement.query_map([today.to_string()], |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Promises to somebody that are still open, the first due first.
    ///
    /// # Errors
    /// A storage error.
    pub fn owed(&self, to: ItemId) -> Result<Vec<ItemId>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT c.id FROM commitment AS c CROSS JOIN item AS i ON i.id = c.id \
                 WHERE c.\"to\" = ?1 AND i.state = 'open' AND i.deleted_at IS NULL \
                 ORDER BY c.due IS NULL, c.due, i.no",
            )
            .doing(DOING)?;
        let rows = statement.query_map([to.to_string()], |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// When somebody was spoken to last, on which decision, and where they stood.
    ///
    /// # Errors
    /// A storage error.
    pub fn last_held(&self, person: ItemId) -> Result<Option<Held>> {
        self.connection
            .prepare_cached(
                "SELECT p.owner, p.held_on, coalesce(p.stance, '') FROM prewire AS p \
                 JOIN item AS i ON i.id = p.owner \
                 WHERE p.person = ?1 AND p.held_on IS NOT NULL AND i.deleted_at IS NULL \
                 ORDER BY p.held_on DESC, i.no DESC LIMIT 1",
            )
            .and_then(|mut statement| {
                statement
                    .query_row([person.to_string()], |row| {
                        Ok(Held {
                            owner: sql::id_at(row, 0)?,
                            held_on: sql::day_at(row, 1)?.unwrap_or_default(),
                            stance: sql::plain_at(row, 2)?,
                        })
                    })
                    .optional()
            })
            .doing(DOING)
    }
}
