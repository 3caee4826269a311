//! The cache of sort keys that lets a screen read only the rows it shows, and the windows cut from
//! it. Renewed after every write for what the write touched; never journalled.

use std::collections::HashSet;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::error::{Doing, Result};
use super::open::Store;
use super::sql;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::listing::order_key;
use crate::domain::noun::Shelf;

/// Stands for "no day" and sorts last.
const NO_DAY: &str = "9999-12-31";
/// Items renewed at a time.
const BATCH: usize = 2_000;

/// Whether closed items belong to a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Closed {
    #[default]
    Hidden,
    Shown,
}

/// How many items of a kind stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub late: usize,
    pub open: usize,
    pub closed: usize,
}

/// A run of the backlog in its order: late ones, the other open ones, the closed ones.
#[derive(Clone, Copy)]
struct Segment {
    shelf: Shelf,
    condition: &'static str,
    length: usize,
}

impl Store {
    /// How many items of a kind stand where on this day.
    ///
    /// # Errors
    /// A storage error.
    pub fn counts(&self, kind: Kind, today: NaiveDate) -> Result<Counts> {
        let doing = "counting the backlog";
        let count = |query: &str, values: &[&dyn rusqlite::ToSql]| -> Result<usize> {
            self.connection
                .prepare_cached(query)
                .and_then(|mut statement| statement.query_row(values, |row| row.get::<_, i64>(0)))
                .doing(doing)
                .map(|count| usize::try_from(count).unwrap_or(0))
        };
        let whole = "SELECT count(*) FROM listing WHERE kind = ?1 AND shelf = ?2";
        let late = "SELECT count(*) FROM listing WHERE kind = ?1 AND shelf = 0 AND due < ?2";
        Ok(Counts {
            late: count(late, &[&kind.slug(), &today.to_string()])?,
            open: count(whole, &[&kind.slug(), &0])?,
            closed: count(whole, &[&kind.slug(), &1])?,
        })
    }

    /// The ids at positions `from..from + length` of a kind's backlog in its own order: late ones
    /// first, then as `domain::listing::order_key` says; closed ones last, when they are shown.
    ///
    /// # Errors
    /// A storage error.
    pub fn window(
        &self,
        kind: Kind,
        closed: Closed,
        today: NaiveDate,
        span: std::ops::Range<usize>,
    ) -> Result<Vec<ItemId>> {
        let counts = self.counts(kind, today)?;
        let span = span.start..span.end.min(counts.open + counts.closed);
        let mut segments = vec![
            Segment { shelf: Shelf::Open, condition: "due < ?3", length: counts.late },
            Segment {
                shelf: Shelf::Open,
                condition: "due >= ?3",
                length: counts.open - counts.late,
            },
        ];
        if closed == Closed::Shown {
            segments.push(Segment {
                shelf: Shelf::Closed,
                condition: "due <> ?3 || ' '",
                length: counts.closed,
            });
        }
        let mut ids = Vec::with_capacity(span.len());
        let mut start = 0;
        for segment in segments {
            let end = start + segment.length;
            let (from, to) = (span.start.max(start), span.end.min(end));
            if from < to {
                self.cut(kind, segment, today, from - start..to - start, &mut ids)?;
            }
            start = end;
        }
        Ok(ids)
    }

    /// Reads from whichever end of the segment is nearer, so that the last page costs no more
    /// than the first.
    fn cut(
        &self,
        kind: Kind,
        segment: Segment,
        today: NaiveDate,
        span: std::ops::Range<usize>,
        ids: &mut Vec<ItemId>,
    ) -> Result<()> {
        let doing = "reading the backlog";
        let from_end = segment.length - span.end;
        let backwards = from_end < span.start;
        let (order, skip) = if backwards {
            ("first DESC, second DESC, third DESC, id DESC", from_end)
        } else {
            ("first, second, third, id", span.start)
        };
        let query = format!(
            "SELECT id FROM listing INDEXED BY listing_order WHERE kind = ?1 AND shelf = ?2 AND {} \
             ORDER BY {order} LIMIT ?4 OFFSET ?5",
            segment.condition
        );
        let mut statement = self.connection.prepare_cached(&query).doing(doing)?;
        let limits = (i64::try_from(span.len()).unwrap_or(0), i64::try_from(skip).unwrap_or(0));
        let rows = statement
            .query_map(
                params![kind.slug(), segment.shelf as i64, today.to_string(), limits.0, limits.1],
                |row| sql::id_at(row, 0),
            )
            .doing(doing)?;
        let mut found: Vec<ItemId> = rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        if backwards {
            found.reverse();
        }
        ids.append(&mut found);
        Ok(())
    }

    /// Whether an open item is past its day.
    ///
    /// # Errors
    /// A storage error.
    pub fn is_late(&self, id: ItemId, today: NaiveDate) -> Result<bool> {
        self.connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM listing WHERE id = ?1 AND shelf = 0 AND due < ?2)",
            )
            .and_then(|mut statement| {
                statement.query_row(params![id.to_string(), today.to_string()], |row| row.get(0))
            })
            .doing("reading the backlog")
    }

    /// The earliest day among these items.
    ///
    /// # Errors
    /// A storage error.
    pub fn earliest_due(&self, ids: &[ItemId]) -> Result<Option<NaiveDate>> {
        if ids.is_empty() {
            return Ok(None);
        }
        let earliest: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT min(due) FROM listing WHERE id IN (SELECT value FROM json_each(?1)) AND due < '9999'",
            )
            .and_then(|mut statement| statement.query_row([sql::json_ids(ids)], |row| row.get(0)))
            .doing("reading the backlog")?;
        Ok(earliest.and_then(|day| day.parse().ok()))
    }

    /// Whether a path leads from an item to an outcome: directly, or through its bet.
    ///
    /// # Errors
    /// A storage error.
    pub fn has_outcome(&self, item: &crate::domain::item::Item) -> Result<bool> {
        let Some(serves) = item.link("for") else { return Ok(false) };
        self.connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM item AS s WHERE s.id = ?1 AND s.deleted_at IS NULL \
                 AND (s.kind = 'outcome' OR s.\"for\" IS NOT NULL))",
            )
            .and_then(|mut statement| statement.query_row([serves.to_string()], |row| row.get(0)))
            .doing("reading what it serves")
    }

    /// The place of an item in its backlog, from 0; `None` when it is not in the list.
    ///
    /// # Errors
    /// A storage error.
    pub fn rank(
        &self,
        kind: Kind,
        closed: Closed,
        today: NaiveDate,
        id: ItemId,
    ) -> Result<Option<usize>> {
        let doing = "finding the row";
        let found: Option<(i64, bool)> = {
            let mut statement = self
                .connection
                .prepare_cached("SELECT shelf, due < ?2 FROM listing WHERE id = ?1 AND kind = ?3")
                .doing(doing)?;
            let mut rows = statement
                .query(params![id.to_string(), today.to_string(), kind.slug()])
                .doing(doing)?;
            match rows.next().doing(doing)? {
                Some(row) => Some((row.get(0).doing(doing)?, row.get(1).doing(doing)?)),
                None => None,
            }
        };
        let Some((shelf, late)) = found else { return Ok(None) };
        let counts = self.counts(kind, today)?;
        let (base, condition) = match (shelf, late) {
            (0, true) => (0, "l.due < ?2"),
            (0, false) => (counts.late, "l.due >= ?2"),
            (1, _) if closed == Closed::Shown => (counts.open, "l.due <> ?2 || ' '"),
            _ => return Ok(None),
        };
        let query = format!(
            "SELECT count(*) FROM listing AS l INDEXED BY listing_order, listing AS o WHERE o.id = ?1 \
             AND l.kind = o.kind AND l.shelf = o.shelf AND {condition} \
             AND (l.first, l.second, l.third, l.id) < (o.first, o.second, o.third, o.id)"
        );
        let before: i64 = self
            .connection
            .prepare_cached(&query)
            .and_then(|mut statement| {
                statement.query_row(params![id.to_string(), today.to_string()], |row| row.get(0))
            })
            .doing(doing)?;
        Ok(Some(base + usize::try_from(before).unwrap_or(0)))
    }
}

/// Renews the keys of everything that op `seq` touched, and of what those keys depend on.
///
/// # Errors
/// A storage error.
pub fn refresh(connection: &Connection, seq: i64) -> Result<()> {
    let touched = super::reach::touched(connection, seq)?;
    let mut ids: Vec<ItemId> = touched.into_iter().collect();
    ids.sort_unstable();
    for batch in ids.chunks(BATCH) {
        renew(connection, batch)?;
    }
    Ok(())
}

fn renew(connection: &Connection, ids: &[ItemId]) -> Result<()> {
    let doing = "renewing the order";
    let items = super::item::load(connection, ids)?;
    let present: HashSet<ItemId> = items.iter().map(|item| item.id).collect();
    let mut delete = connection.prepare_cached("DELETE FROM listing WHERE id = ?1").doing(doing)?;
    for gone in ids.iter().filter(|id| !present.contains(id)) {
        delete.execute([gone.to_string()]).doing(doing)?;
    }
    let mut upsert = connection
        .prepare_cached(
            "INSERT INTO listing (id, kind, shelf, due, first, second, third) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (id) DO UPDATE SET shelf = excluded.shelf, due = excluded.due, \
             first = excluded.first, second = excluded.second, third = excluded.third",
        )
        .doing(doing)?;
    for item in &items {
        let key = order_key(item, weight(connection, item)?);
        let due = key.due.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
        upsert
            .execute(params![
                item.id.to_string(),
                item.kind().slug(),
                key.shelf as i64,
                due,
                key.first,
                key.second,
                key.third
            ])
            .doing(doing)?;
    }
    Ok(())
}

/// Σ of the weights of what a decision holds; for an asset, the weight of its own outcome.
fn weight(connection: &Connection, item: &crate::domain::item::Item) -> Result<i64> {
    match item.kind() {
        Kind::Decision if !item.links("blocks").is_empty() => {
            Ok(super::edge::held(connection, item.id)?.iter().map(|held| held.weight).sum())
        }
        Kind::Asset => match item.link("for") {
            Some(serves) => outcome_weight(connection, serves),
            None => Ok(0),
        },
        Kind::Decision | Kind::Request | Kind::Outcome | Kind::Bet | Kind::Person => Ok(0),
    }
}

fn outcome_weight(connection: &Connection, serves: ItemId) -> Result<i64> {
    connection
        .prepare_cached(
            "SELECT coalesce(o.weight, p.weight, 0) FROM item AS i \
             LEFT JOIN outcome AS o ON o.id = i.id LEFT JOIN outcome AS p ON p.id = i.\"for\" WHERE i.id = ?1",
        )
        .and_then(|mut statement| statement.query_row([serves.to_string()], |row| row.get(0)))
        .doing("renewing the order")
}
