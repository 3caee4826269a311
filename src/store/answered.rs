//! The decisions that were answered, for their figures: each in full, or no more than how many were
//! decided on a day.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;

use super::error::{Doing, Result};
use super::journal::Write;
use super::lookup::Lookup;
use super::open::Store;
use super::sql::{self, json_ids};
use crate::domain::item::ItemId;

const DOING: &str = "reading the decisions";

/// One decision that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub id: ItemId,
    pub is_high_stake: bool,
    pub decided_on: NaiveDate,
    /// The instant, where it is known.
    pub decided_at: Option<DateTime<Utc>>,
    pub probability: Option<i64>,
    pub worked: String,
    /// The day on which the decision in its place was taken first, whatever became of that one.
    pub replaced_on: Option<NaiveDate>,
    /// Whether all four fields of its frame hold something.
    pub is_told: bool,
}

/// How many were decided on each day.
pub type Days = Vec<(NaiveDate, usize)>;

/// Reading answers, from the open store or within a write.
pub trait Answers: Lookup {
    /// The live decisions that stand answered, decided on a day or later, oldest first.
    ///
    /// # Errors
    /// A storage error.
    fn answered(&self, since: NaiveDate) -> Result<Vec<Answered>> {
        read(self.connection(), "d.decided_on >= ?1", &day(since))
    }
}

/// The live decisions that stand answered and of which a condition holds, oldest first.
fn read(from: &Connection, condition: &str, value: &str) -> Result<Vec<Answered>> {
    let query = format!(
        "SELECT d.decided_on, d.id, d.stake IS 'high', d.probability, coalesce(d.worked, ''), \
         CASE WHEN i.state = 'superseded' THEN coalesce((SELECT min(v.decided_on) FROM version AS v \
         WHERE v.owner = d.superseded_by AND v.decided_on >= d.decided_on), \
         (SELECT s.decided_on FROM decision AS s WHERE s.id = d.superseded_by)) END, {TOLD}, d.decided_at \
         FROM decision AS d CROSS JOIN item AS i ON i.id = d.id \
         WHERE {condition} AND d.decided_on IS NOT NULL AND i.deleted_at IS NULL \
         AND i.state IN ('decided', 'reviewed', 'superseded') ORDER BY d.decided_on, d.id"
    );
    let mut statement = from.prepare_cached(&query).doing(DOING)?;
    let rows = statement
        .query_map([value], |row| {
            Ok(Answered {
                decided_on: sql::day_at(row, 0)?.unwrap_or_default(),
                id: sql::id_at(row, 1)?,
                is_high_stake: row.get(2)?,
                probability: row.get(3)?,
                worked: sql::plain_at(row, 4)?,
                replaced_on: sql::day_at(row, 5)?,
                is_told: row.get(6)?,
                decided_at: sql::text_at(row, 7)?.and_then(|text| text.parse().ok()),
            })
        })
        .doing(DOING)?;
    rows.collect::<rusqlite::Result<_>>().doing(DOING)
}

impl Store {
    /// The live decisions that stand answered, oldest first: of those decided on a day or later how
    /// many were on each, where there is no more to say, and in full the others, as well as every bet
    /// that came out.
    ///
    /// # Errors
    /// A storage error.
    pub fn answers(&self, since: NaiveDate) -> Result<(Days, Vec<Answered>)> {
        // Read along indexes and tied together here: to look each up would cost five times that.
        let live = self.id_set(
            "SELECT id FROM listing INDEXED BY listing_board WHERE kind = 'decision' AND shelf = 1 \
             AND state IN ('decided', 'reviewed', 'superseded')",
            [],
        )?;
        let since = day(since);
        let noted = self.id_set(
            &format!(
                "SELECT id FROM listing INDEXED BY listing_board WHERE kind = 'decision' AND shelf = 1 \
                 AND state = 'superseded' UNION ALL SELECT owner FROM basis \
                 UNION ALL SELECT id FROM decision INDEXED BY decision_told \
                 WHERE decided_on >= ?1 AND {IS_TOLD}"
            ),
            [&since],
        )?;
        let query = format!(
            "SELECT id, decided_on FROM decision INDEXED BY decision_decided WHERE decided_on >= ?1 \
             UNION ALL SELECT id, NULL FROM decision INDEXED BY decision_told \
             WHERE decided_on < ?1 AND probability IS NOT NULL AND worked IS NOT NULL AND {IS_TOLD}"
        );
        let mut statement = self.connection.prepare_cached(&query).doing(DOING)?;
        let mut rows = statement.query([&since]).doing(DOING)?;
        let (mut plain, mut told) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next().doing(DOING)? {
            let id = sql::id_at(row, 0).doing(DOING)?;
            if !live.holds(id) {
                continue;
            }
            match sql::day_at(row, 1).doing(DOING)? {
                Some(decided_on) if !noted.holds(id) => plain.push(decided_on),
                Some(_) | None => told.push(id),
            }
        }
        drop(rows);
        let told =
            read(&self.connection, "d.id IN (SELECT value FROM json_each(?1))", &json_ids(&told))?;
        Ok((counted(plain), told))
    }
}

/// How many there are of each day.
fn counted(mut days: Vec<NaiveDate>) -> Days {
    days.sort_unstable();
    days.chunk_by(PartialEq::eq).map(|same| (same[0], same.len())).collect()
}

/// A day as it is compared with others; the first of all comes before any.
fn day(day: NaiveDate) -> String {
    if day == NaiveDate::MIN { String::new() } else { day.to_string() }
}

/// All four fields of the frame hold something.
const TOLD: &str = "d.happening IS NOT NULL AND d.matters IS NOT NULL AND d.now IS NOT NULL AND d.risk IS NOT NULL";

/// There is more to say than when it was decided; as the index of those has it.
const IS_TOLD: &str = "decided_on IS NOT NULL AND (stake = 'high' OR probability IS NOT NULL AND worked IS NOT NULL \
    OR happening IS NOT NULL AND matters IS NOT NULL AND now IS NOT NULL AND risk IS NOT NULL)";

impl Answers for Store {}
impl Answers for Write<'_> {}
