//! What the figures of decisions are made from: when each was raised, decided and taken back.
//! One pass each; nothing here knows what the figures mean.

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
/// How many can be read one after the other while one is looked up.
const LOOKING_UP: i64 = 8;

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

    /// Days from raised to decided, each time that one was decided since a day, reopened or not.
    ///
    /// # Errors
    /// A storage error.
    pub fn latencies(&self, since: NaiveDate) -> Result<Vec<i64>> {
        // To read them all costs less than to look up many.
        let way = if self.are_most_decided_since(since)? {
            "NOT INDEXED"
        } else {
            "INDEXED BY decision_decided"
        };
        // What lies in the trash is little; each item would be a place of its own in the file.
        let query = format!(
            "SELECT d.raised_on, d.decided_on, 1, d.id FROM decision AS d {way} \
             WHERE d.decided_on >= ?1 AND d.raised_on IS NOT NULL AND d.id NOT IN \
             (SELECT id FROM item INDEXED BY item_trash WHERE deleted_at IS NOT NULL) \
             UNION ALL SELECT d.raised_on, v.decided_on, 0, d.id FROM version AS v \
             CROSS JOIN decision AS d ON d.id = v.owner CROSS JOIN item AS i ON i.id = v.owner \
             WHERE v.decided_on >= ?1 AND d.raised_on IS NOT NULL AND i.deleted_at IS NULL"
        );
        let mut statement = self.connection.prepare_cached(&query).doing(DOING)?;
        let rows = statement
            .query_map([since.to_string()], |row| {
                let stands = row.get::<_, bool>(2)?;
                Ok((sql::day_at(row, 0)?, sql::day_at(row, 1)?, stands, sql::id_at(row, 3)?))
            })
            .doing(DOING)?;
        let mut days: Vec<_> = rows.collect::<rusqlite::Result<_>>().doing(DOING)?;
        // Whichever way they were read: those that stand by their days, then those taken back.
        let standing = days.partition_point(|(_, _, stands, _)| *stands);
        days[..standing].sort_unstable_by_key(|(_, decided, _, id)| (*decided, *id));
        Ok(days
            .into_iter()
            .filter_map(|(raised, decided, ..)| Some((decided? - raised?).num_days()))
            .collect())
    }

    /// Whether so many were decided since a day that it makes no difference which.
    fn are_most_decided_since(&self, since: NaiveDate) -> Result<bool> {
        self.connection
            .prepare_cached(
                "SELECT ?2 * (SELECT count(*) FROM decision INDEXED BY decision_decided WHERE decided_on >= ?1) \
                 > (SELECT coalesce(sum(items), 0) FROM tally WHERE kind = 'decision')",
            )
            .and_then(|mut statement| {
                statement.query_row(params![since.to_string(), LOOKING_UP], |row| row.get(0))
            })
            .doing(DOING)
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
