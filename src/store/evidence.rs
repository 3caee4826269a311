//! What is known of the market, read for figures: the pieces of claims, of decisions and of the
//! matrix. One statement each, through the indexes of edges and cells.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row, params};

use super::error::{Doing, Result};
use super::journal::Write;
use super::lookup::{Lookup, Named};
use super::open::Store;
use super::sql;
use crate::domain::evidence::claim::TestResult;
use crate::domain::evidence::{EvidenceKind, Piece, Polarity, Stage};
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;

const DOING: &str = "reading the evidence";

/// What is read of a piece, from `v` its table and `i` its item.
pub(super) const PIECE: &str =
    "v.kind, v.account, v.segment, v.stage, v.observed_on, v.captured_on";
/// Evidence that counts at all.
const LIVE: &str = "i.deleted_at IS NULL AND i.state <> 'retired'";

/// A piece with the item that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub id: ItemId,
    pub piece: Piece,
    /// Of a decision, the option that it speaks of by its letter; none is the question.
    pub option: Option<String>,
}

/// How many pieces a claim has for and against it, opinions left out, and how its test came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighed {
    pub for_it: usize,
    pub against: usize,
    pub test: TestResult,
}

/// Reading evidence, from the open store or within a write.
pub trait Evidence: Lookup {
    /// The pieces of these claims, each with what it says of the claim.
    ///
    /// # Errors
    /// A storage error.
    fn pieces_of_claims(&self, claims: &[ItemId]) -> Result<HashMap<ItemId, Vec<Known>>> {
        let query = format!(
            "SELECT e.source, e.target, e.kind, {PIECE} FROM json_each(?1) AS w \
             CROSS JOIN edge AS e ON e.target = w.value AND e.kind IN ('against', 'beside', 'supports') \
             CROSS JOIN evidence AS v ON v.id = e.source CROSS JOIN item AS i ON i.id = v.id WHERE {LIVE} \
             ORDER BY v.observed_on DESC, i.no DESC"
        );
        let mut statement = self.connection().prepare_cached(&query).doing(DOING)?;
        let mut rows = statement.query([sql::json_ids(claims)]).doing(DOING)?;
        let mut found: HashMap<ItemId, Vec<Known>> = HashMap::new();
        while let Some(row) = rows.next().doing(DOING)? {
            let polarity = polarity_of(&sql::plain_at(row, 2).doing(DOING)?);
            let known = Known {
                id: sql::id_at(row, 0).doing(DOING)?,
                piece: piece(row, 3, polarity).doing(DOING)?,
                option: None,
            };
            found.entry(sql::id_at(row, 1).doing(DOING)?).or_default().push(known);
        }
        Ok(found)
    }

    /// The pieces of evidence that these decisions rest on, themselves or through an insight, each
    /// once with what it says there.
    ///
    /// # Errors
    /// A storage error.
    fn pieces_of_decisions(&self, decisions: &[ItemId]) -> Result<HashMap<ItemId, Vec<Known>>> {
        let query = format!(
            "SELECT v.id, b.owner, coalesce(b.polarity, 'for'), {PIECE}, b.option, b.position AS at \
             FROM json_each(?1) AS w \
             CROSS JOIN basis AS b ON b.owner = w.value CROSS JOIN evidence AS v ON v.id = b.item \
             CROSS JOIN item AS i ON i.id = v.id WHERE {LIVE} \
             UNION ALL \
             SELECT v.id, b.owner, coalesce(b.polarity, 'for'), {PIECE}, b.option, b.position + 1000000 \
             FROM json_each(?1) AS w CROSS JOIN basis AS b ON b.owner = w.value \
             CROSS JOIN edge AS e ON e.source = b.item AND e.kind = 'shows' \
             CROSS JOIN evidence AS v ON v.id = e.target CROSS JOIN item AS i ON i.id = v.id \
             WHERE {LIVE} ORDER BY 2, at, 1"
        );
        let mut statement = self.connection().prepare_cached(&query).doing(DOING)?;
        let mut rows = statement.query([sql::json_ids(decisions)]).doing(DOING)?;
        let mut found: HashMap<ItemId, Vec<Known>> = HashMap::new();
        while let Some(row) = rows.next().doing(DOING)? {
            let polarity = Polarity::parse(&sql::plain_at(row, 2).doing(DOING)?);
            let known = Known {
                id: sql::id_at(row, 0).doing(DOING)?,
                piece: piece(row, 3, polarity.unwrap_or(Polarity::Neutral)).doing(DOING)?,
                option: sql::text_at(row, 9).doing(DOING)?,
            };
            let of = found.entry(sql::id_at(row, 1).doing(DOING)?).or_default();
            // A piece that is named itself says there what it says.
            if !of.iter().any(|one: &Known| one.id == known.id) {
                of.push(known);
            }
        }
        Ok(found)
    }

    /// What is claimed of a segment, and the pieces that come from it, the newest first.
    ///
    /// # Errors
    /// A storage error.
    fn of_segment(&self, segment: ItemId, most: u32) -> Result<(Vec<ItemId>, Vec<ItemId>)> {
        let read = |query: &str| -> Result<Vec<ItemId>> {
            let mut statement = self.connection().prepare_cached(query).doing(DOING)?;
            let rows = statement
                .query_map(params![segment.to_string(), most], |row| sql::id_at(row, 0))
                .doing(DOING)?;
            rows.collect::<rusqlite::Result<_>>().doing(DOING)
        };
        let claims = read(&format!(
            "SELECT v.id FROM claim AS v CROSS JOIN item AS i ON i.id = v.id \
             WHERE v.segment = ?1 AND {LIVE} ORDER BY i.no LIMIT ?2"
        ))?;
        let pieces = read(&format!(
            "SELECT v.id FROM evidence AS v CROSS JOIN item AS i ON i.id = v.id \
             WHERE v.segment = ?1 AND {LIVE} ORDER BY v.observed_on DESC, i.no DESC LIMIT ?2"
        ))?;
        Ok((claims, pieces))
    }

    /// What a claim weighs; `None` when it is gone.
    ///
    /// # Errors
    /// A storage error.
    fn weighed(&self, claim: ItemId) -> Result<Option<Weighed>> {
        let query = format!(
            "SELECT c.result, \
             (SELECT count(*) FROM edge AS e CROSS JOIN evidence AS v ON v.id = e.source \
              CROSS JOIN item AS i ON i.id = v.id WHERE e.target = c.id AND e.kind = 'supports' \
              AND v.kind <> 'opinion' AND {LIVE}), \
             (SELECT count(*) FROM edge AS e CROSS JOIN evidence AS v ON v.id = e.source \
              CROSS JOIN item AS i ON i.id = v.id WHERE e.target = c.id AND e.kind = 'against' \
              AND v.kind <> 'opinion' AND {LIVE}) \
             FROM claim AS c WHERE c.id = ?1"
        );
        self.connection()
            .prepare_cached(&query)
            .and_then(|mut statement| {
                statement
                    .query_row([claim.to_string()], |row| {
                        let result = sql::text_at(row, 0)?.unwrap_or_default();
                        Ok(Weighed {
                            test: TestResult::parse(&result).unwrap_or(TestResult::Untested),
                            for_it: count(row, 1)?,
                            against: count(row, 2)?,
                        })
                    })
                    .optional()
            })
            .doing(DOING)
    }

    /// The live items of a kind, in the order of their refs; for kinds of which there are few.
    ///
    /// # Errors
    /// A storage error.
    fn live_of(&self, kind: Kind) -> Result<Vec<ItemId>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT id FROM item WHERE kind = ?1 AND deleted_at IS NULL ORDER BY no",
            )
            .doing(DOING)?;
        let rows = statement.query_map([kind.slug()], |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// The live objection that has this short code.
    ///
    /// # Errors
    /// A storage error.
    fn objection_of_code(&self, code: &str) -> Result<Option<Named>> {
        self.connection()
            .prepare_cached(
                "SELECT i.id, i.no, i.title FROM objection AS o JOIN item AS i ON i.id = o.id \
                 WHERE o.code IS NOT NULL AND o.code = ?1 COLLATE NOCASE AND i.deleted_at IS NULL \
                 ORDER BY i.no LIMIT 1",
            )
            .and_then(|mut statement| {
                statement
                    .query_row([code], |row| {
                        Ok(Named {
                            id: sql::id_at(row, 0)?,
                            reference: Ref { kind: Kind::Objection, number: row.get(1)? },
                            title: sql::plain_at(row, 2)?,
                        })
                    })
                    .optional()
            })
            .doing(DOING)
    }

    /// How many pieces with both tags were captured on each day from one to another, the first day
    /// first; opinions are none.
    ///
    /// # Errors
    /// A storage error.
    fn captured_between(&self, first: NaiveDate, last: NaiveDate) -> Result<Vec<(NaiveDate, u32)>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT v.captured_on, count(*) FROM evidence AS v INDEXED BY evidence_captured \
                 CROSS JOIN item AS i ON i.id = v.id \
                 WHERE v.captured_on BETWEEN ?1 AND ?2 AND v.kind <> 'opinion' \
                 AND i.state = 'tagged' AND i.deleted_at IS NULL GROUP BY v.captured_on",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([first.to_string(), last.to_string()], |row| {
                Ok((sql::day_at(row, 0)?.unwrap_or_default(), row.get(1)?))
            })
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Whether any evidence was captured before a day.
    ///
    /// # Errors
    /// A storage error.
    fn was_captured_before(&self, day: NaiveDate) -> Result<bool> {
        self.connection()
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM evidence WHERE captured_on < ?1)")
            .and_then(|mut statement| statement.query_row([day.to_string()], |row| row.get(0)))
            .doing(DOING)
    }
}

impl Evidence for Store {}
impl Evidence for Write<'_> {}

impl Store {
    /// The decisions that rest on an item, the latest first.
    ///
    /// # Errors
    /// A storage error.
    pub fn decisions_resting_on(&self, item: ItemId) -> Result<Vec<ItemId>> {
        self.ids_of(
            "SELECT DISTINCT b.owner FROM basis AS b JOIN item AS i ON i.id = b.owner \
             WHERE b.item = ?1 AND i.deleted_at IS NULL ORDER BY i.no DESC",
            item,
        )
    }

    /// What points at an item by edges of a kind, the newest first, no more than so many.
    ///
    /// # Errors
    /// A storage error.
    pub fn pointing_at(&self, item: ItemId, edge: &str, most: usize) -> Result<Vec<ItemId>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT e.source FROM edge AS e CROSS JOIN item AS i ON i.id = e.source \
                 WHERE e.target = ?1 AND e.kind = ?2 AND i.deleted_at IS NULL \
                 ORDER BY i.no DESC LIMIT ?3",
            )
            .doing(DOING)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement
            .query_map(params![item.to_string(), edge, most], |row| sql::id_at(row, 0))
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// The moments and objections that an asset is made for.
    ///
    /// # Errors
    /// A storage error.
    pub fn fixed_by(&self, asset: ItemId) -> Result<Vec<ItemId>> {
        self.ids_of(
            "SELECT m.id FROM moment AS m JOIN item AS i ON i.id = m.id \
             WHERE m.tool = ?1 AND i.deleted_at IS NULL \
             UNION SELECT r.owner FROM response AS r JOIN item AS i ON i.id = r.owner \
             WHERE r.asset = ?1 AND i.deleted_at IS NULL",
            asset,
        )
    }

    /// The stages for which a live moment is described.
    ///
    /// # Errors
    /// A storage error.
    pub fn described_stages(&self) -> Result<Vec<Stage>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT m.stage FROM moment AS m CROSS JOIN item AS i ON i.id = m.id \
                 WHERE m.stage IS NOT NULL AND i.deleted_at IS NULL",
            )
            .doing(DOING)?;
        let rows = statement.query_map([], |row| sql::plain_at(row, 0)).doing(DOING)?;
        let slugs: Vec<String> = rows.collect::<rusqlite::Result<_>>().doing(DOING)?;
        Ok(slugs.iter().filter_map(|slug| Stage::parse(slug)).collect())
    }

    fn ids_of(&self, query: &str, item: ItemId) -> Result<Vec<ItemId>> {
        let mut statement = self.connection.prepare_cached(query).doing(DOING)?;
        let rows =
            statement.query_map([item.to_string()], |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }
}

/// What a piece says of a claim by the name of the edge between them.
pub(super) fn polarity_of(edge: &str) -> Polarity {
    match edge {
        "supports" => Polarity::For,
        "against" => Polarity::Against,
        _ => Polarity::Neutral,
    }
}

/// The piece whose columns begin at this place.
pub(super) fn piece(row: &Row<'_>, at: usize, polarity: Polarity) -> rusqlite::Result<Piece> {
    let kind = sql::text_at(row, at)?.unwrap_or_default();
    let stage = sql::text_at(row, at + 3)?.unwrap_or_default();
    let captured = sql::day_at(row, at + 5)?;
    Ok(Piece {
        kind: EvidenceKind::parse(&kind).unwrap_or(EvidenceKind::Quote),
        polarity,
        account: sql::text_at(row, at + 1)?.map(|name| name.trim().to_lowercase()),
        segment: sql::text_at(row, at + 2)?,
        stage: Stage::parse(&stage).unwrap_or(Stage::Unknown),
        observed_on: sql::day_at(row, at + 4)?.or(captured).unwrap_or_default(),
        captured_on: captured.unwrap_or_default(),
    })
}

pub(super) fn count(row: &Row<'_>, at: usize) -> rusqlite::Result<usize> {
    Ok(usize::try_from(row.get::<_, Option<i64>>(at)?.unwrap_or(0)).unwrap_or(0))
}
