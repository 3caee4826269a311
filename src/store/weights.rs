//! What claims and the matrix are weighed by, for figures over tens of thousands of pieces: read on
//! indexes alone, less the few pieces that are out of use; beside the open store where that is
//! ahead of what is asked.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::deal::Deals;
use super::error::{Doing, Result};
use super::evidence::{PIECE, count, piece, polarity_of};
use super::open::{Reader, Store};
use super::sql;
use crate::domain::evidence::balance::Scope;
use crate::domain::evidence::{Piece, Stage};
use crate::domain::item::ItemId;

const DOING: &str = "reading the evidence";
/// Evidence that counts no more: retired, or in the Trash.
const IS_OUT_OF_USE: &str = "l.kind = 'evidence' AND l.shelf > 0";
/// Claims that are read in one go beside the store, so that no writer waits.
const AT_ONCE: usize = 8;

/// One cell of the matrix that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub segment: Option<ItemId>,
    pub stage: Stage,
    pub pieces: usize,
    /// How many of them are deals.
    pub deals: usize,
}

/// The cells of the matrix, and the opinions, which are in none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    pub cells: Vec<Cell>,
    pub opinions: usize,
}

/// A claim as it is weighed: what it says it holds for, and when it was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub id: ItemId,
    pub scope: Scope,
    pub chosen_on: Option<NaiveDate>,
}

/// What the journal tells of since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Whatever may weigh otherwise now; claims are among it.
    pub claims: Vec<ItemId>,
    /// Whether any piece of evidence changed.
    pub evidence: bool,
}

/// Reading the weights of all claims on a connection of its own.
#[derive(Debug)]
pub struct Ahead {
    source: Reader,
}

impl Ahead {
    /// The line of the journal at which the reading began, what came of each claim, and the cells.
    /// What changes meanwhile is told by the journal after that line.
    ///
    /// # Errors
    /// A storage error.
    pub fn run<T>(
        self,
        weigh: impl Fn(&Claimed, &[Piece]) -> T,
    ) -> Result<(i64, HashMap<ItemId, T>, Cells)> {
        let query = "SELECT coalesce(max(n), 0) FROM chg";
        let source = self.source.connect()?;
        let upto = source.query_row(query, [], |row| row.get(0)).doing(DOING)?;
        let mut found = HashMap::new();
        for some in claims(&source)?.chunks(AT_ONCE) {
            let ids: Vec<ItemId> = some.iter().map(|claim| claim.id).collect();
            let pieces = weights(&source, &ids)?;
            for claim in some {
                let own = pieces.get(&claim.id).map_or(&[][..], Vec::as_slice);
                found.insert(claim.id, weigh(claim, own));
            }
        }
        Ok((upto, found, cells(&source)?))
    }
}

impl Store {
    /// What these claims are weighed by, in no order.
    ///
    /// # Errors
    /// A storage error.
    pub fn weights_of_claims(&self, claims: &[ItemId]) -> Result<HashMap<ItemId, Vec<Piece>>> {
        weights(&self.connection, claims)
    }

    /// The cells of the matrix that hold evidence.
    ///
    /// # Errors
    /// A storage error.
    pub fn cells(&self) -> Result<Cells> {
        cells(&self.connection)
    }

    /// The same readings beside this store; `None` in memory, where there is only one connection.
    ///
    /// # Errors
    /// A storage error.
    pub fn weights_ahead(&self) -> Result<Option<Ahead>> {
        if self.is_in_memory() {
            return Ok(None);
        }
        Ok(Some(Ahead { source: self.reader() }))
    }

    /// What may weigh otherwise since this line of the journal; `None` when that is too much to
    /// tell one by one.
    ///
    /// # Errors
    /// A storage error.
    pub fn touched_since(&self, upto: i64, most: i64) -> Result<Option<Touched>> {
        if self.last_change()? - upto > most {
            return Ok(None);
        }
        let mut statement = self
            .connection
            .prepare_cached(
                "WITH moved AS (SELECT DISTINCT pk FROM chg WHERE n > ?1 \
                   AND tbl IN ('item', 'evidence', 'claim')) \
                 SELECT pk, EXISTS (SELECT 1 FROM evidence AS v WHERE v.id = pk) FROM moved \
                 UNION SELECT e.target, 0 FROM moved CROSS JOIN edge AS e ON e.source = moved.pk \
                   AND e.kind IN ('against', 'beside', 'supports') \
                 UNION SELECT e.target, 0 FROM chg AS c CROSS JOIN edge AS e ON e.id = c.pk \
                   WHERE c.n > ?1 AND c.tbl = 'edge' \
                 UNION SELECT c.old, 0 FROM chg AS c \
                   WHERE c.n > ?1 AND c.tbl = 'edge' AND c.col = 'target' AND c.old IS NOT NULL",
            )
            .doing(DOING)?;
        let mut rows = statement.query(params![upto]).doing(DOING)?;
        let mut touched = Touched::default();
        while let Some(row) = rows.next().doing(DOING)? {
            touched.claims.push(sql::id_at(row, 0).doing(DOING)?);
            touched.evidence |= row.get::<_, bool>(1).doing(DOING)?;
        }
        Ok(Some(touched))
    }
}

/// All claims that are not in the Trash.
fn claims(from: &Connection) -> Result<Vec<Claimed>> {
    let mut statement = from
        .prepare_cached(
            "SELECT c.id, c.segment, c.stage, c.chosen_on FROM claim AS c \
             CROSS JOIN item AS i ON i.id = c.id WHERE i.deleted_at IS NULL",
        )
        .doing(DOING)?;
    let rows = statement
        .query_map([], |row| {
            let stage = sql::text_at(row, 2)?.unwrap_or_default();
            let segment = sql::text_at(row, 1)?;
            let stage = Stage::parse(&stage).filter(|stage| *stage != Stage::Unknown);
            Ok(Claimed {
                id: sql::id_at(row, 0)?,
                scope: Scope { segment, stage },
                chosen_on: sql::day_at(row, 3)?,
            })
        })
        .doing(DOING)?;
    rows.collect::<rusqlite::Result<_>>().doing(DOING)
}

fn weights(from: &Connection, claims: &[ItemId]) -> Result<HashMap<ItemId, Vec<Piece>>> {
    let query = format!(
        "SELECT e.target, e.kind, {PIECE} FROM json_each(?1) AS w \
         CROSS JOIN edge AS e ON e.target = w.value AND e.kind IN ('against', 'beside', 'supports') \
         CROSS JOIN evidence AS v ON v.id = e.source \
         WHERE v.id NOT IN (SELECT l.id FROM listing AS l WHERE {IS_OUT_OF_USE})"
    );
    let mut statement = from.prepare_cached(&query).doing(DOING)?;
    let mut rows = statement.query([sql::json_ids(claims)]).doing(DOING)?;
    let mut found: HashMap<ItemId, Vec<Piece>> = HashMap::new();
    while let Some(row) = rows.next().doing(DOING)? {
        let polarity = polarity_of(&sql::plain_at(row, 1).doing(DOING)?);
        let piece = piece(row, 2, polarity).doing(DOING)?;
        found.entry(sql::id_at(row, 0).doing(DOING)?).or_default().push(piece);
    }
    Ok(found)
}

/// All pieces are counted on an index, and those that are out of use taken off again.
fn cells(from: &Connection) -> Result<Cells> {
    let query = format!(
        "SELECT segment, coalesce(stage, 'unknown'), sum(pieces), sum(deals) FROM ( \
           SELECT v.segment, v.stage, count(*) AS pieces, sum(v.kind = 'deal') AS deals \
           FROM evidence AS v INDEXED BY evidence_cell WHERE v.kind <> 'opinion' GROUP BY 1, 2 \
           UNION ALL \
           SELECT v.segment, v.stage, -1, -(v.kind = 'deal') FROM listing AS l \
           CROSS JOIN evidence AS v ON v.id = l.id WHERE {IS_OUT_OF_USE} AND v.kind <> 'opinion') \
         GROUP BY 1, 2 HAVING sum(pieces) > 0"
    );
    let mut statement = from.prepare_cached(&query).doing(DOING)?;
    let rows = statement
        .query_map([], |row| {
            Ok(Cell {
                segment: sql::text_at(row, 0)?.and_then(|text| text.parse().ok()),
                stage: Stage::parse(&sql::plain_at(row, 1)?).unwrap_or(Stage::Unknown),
                pieces: count(row, 2)?,
                deals: count(row, 3)?,
            })
        })
        .doing(DOING)?;
    let cells = rows.collect::<rusqlite::Result<_>>().doing(DOING)?;
    let query = format!(
        "SELECT (SELECT count(*) FROM evidence WHERE kind = 'opinion') - \
         (SELECT count(*) FROM listing AS l CROSS JOIN evidence AS v ON v.id = l.id \
          WHERE {IS_OUT_OF_USE} AND v.kind = 'opinion')"
    );
    let opinions = from.query_row(&query, [], |row| count(row, 0)).doing(DOING)?;
    Ok(Cells { cells, opinions })
}
