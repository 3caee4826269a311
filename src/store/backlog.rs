//! A backlog as it stands on a day: how many are late, open and closed, any window of it, and the
//! place of an item. What a window costs depends on its rows, not on the length of the backlog.

use std::ops::Range;

use chrono::NaiveDate;
use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, params, params_from_iter};

use super::error::{Doing, Result};
use super::listing::Closed;
use super::open::Store;
use super::sql;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::noun::Shelf;

const READING: &str = "reading the backlog";

/// How many items of a kind stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub late: usize,
    pub open: usize,
    pub closed: usize,
}

/// Which backlog, and how long its parts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    pub kind: Kind,
    pub closed: Closed,
    pub today: NaiveDate,
    pub counts: Counts,
}

/// An item whose place is known, from which a window is read without counting up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    pub item: ItemId,
    pub place: usize,
}

/// A run of the backlog in its order: late ones, the other open ones, the closed ones.
#[derive(Clone, Copy)]
struct Segment {
    shelf: Shelf,
    condition: &'static str,
    /// Where it begins in the backlog.
    start: usize,
    length: usize,
    /// How many stand on its shelf.
    among: usize,
}

/// What the index is sorted by.
type Key = (i64, i64, String, String);

/// Rows of a segment, from a place or from a key, towards its end or its beginning.
struct Cut {
    skip: usize,
    count: usize,
    toward: Toward,
    from: Option<Key>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Toward {
    End,
    Beginning,
}

impl Backlog {
    /// How many rows it has.
    #[must_use]
    pub fn total(&self) -> usize {
        let closed = if self.closed == Closed::Shown { self.counts.closed } else { 0 };
        self.counts.open + closed
    }

    fn segments(&self) -> impl Iterator<Item = Segment> {
        let Counts { late, open, closed } = self.counts;
        let shown = if self.closed == Closed::Shown { closed } else { 0 };
        let segment = |shelf, condition, start, length, among| Segment {
            shelf,
            condition,
            start,
            length,
            among,
        };
        [
            segment(Shelf::Open, "due < ?3", 0, late, open),
            segment(Shelf::Open, "due >= ?3", late, open - late, open),
            segment(Shelf::Closed, "due <> ?3 || ' '", open, shown, closed),
        ]
        .into_iter()
        .filter(|segment| segment.length > 0)
    }
}

impl Segment {
    /// The part of a window that lies in it, counted from its own beginning.
    fn part(&self, span: &Range<usize>) -> Range<usize> {
        let inside = |place: usize| place.saturating_sub(self.start).min(self.length);
        inside(span.start)..inside(span.end)
    }

    /// The late ones, or the others, may be few among many; then they are sorted rather than
    /// looked for along the whole order.
    fn is_sparse(&self, cut: &Cut) -> bool {
        let steps = (cut.skip + cut.count).saturating_mul(self.among) / self.length;
        cut.from.is_none() && self.shelf == Shelf::Open && self.length < steps
    }
}

impl Store {
    /// A backlog as it stands on this day.
    ///
    /// # Errors
    /// A storage error.
    pub fn backlog(&self, kind: Kind, closed: Closed, today: NaiveDate) -> Result<Backlog> {
        let count = |row: &rusqlite::Row<'_>, at| {
            let count = row.get::<_, Option<i64>>(at)?;
            Ok::<_, rusqlite::Error>(count.and_then(|count| count.try_into().ok()).unwrap_or(0))
        };
        self.connection
            .prepare_cached(
                "SELECT (SELECT sum(items) FROM tally WHERE kind = ?1 AND shelf = 0 AND due < ?2), \
                 (SELECT sum(items) FROM tally WHERE kind = ?1 AND shelf = 0 AND due >= ?2), \
                 (SELECT sum(items) FROM tally WHERE kind = ?1 AND shelf = 1)",
            )
            .and_then(|mut statement| {
                statement.query_row(params![kind.slug(), today.to_string()], |row| {
                    let late = count(row, 0)?;
                    Ok(Counts { late, open: late + count(row, 1)?, closed: count(row, 2)? })
                })
            })
            .doing("counting the backlog")
            .map(|counts| Backlog { kind, closed, today, counts })
    }

    /// The ids at these places of a backlog in its own order: late ones first, then as
    /// `domain::listing::order_key` says; closed ones last, when they are shown.
    ///
    /// # Errors
    /// A storage error.
    pub fn window(
        &self,
        backlog: &Backlog,
        span: Range<usize>,
        anchor: Option<Anchor>,
    ) -> Result<Vec<ItemId>> {
        let span = span.start..span.end.min(backlog.total());
        let mut ids = Vec::with_capacity(span.len());
        for segment in backlog.segments() {
            let part = segment.part(&span);
            if part.is_empty() {
                continue;
            }
            let at = anchor.and_then(|anchor| {
                let place = anchor.place.checked_sub(segment.start)?;
                part.contains(&place).then_some((place, anchor.item))
            });
            match at {
                Some((place, item)) => {
                    self.read_around(backlog, segment, &part, (place, item), &mut ids)?;
                }
                None => ids.extend(self.read_at(backlog, segment, &part)?),
            }
        }
        Ok(ids)
    }

    /// Reads from whichever end of the segment is nearer, so that the last page costs no more
    /// than the first.
    fn read_at(
        &self,
        backlog: &Backlog,
        segment: Segment,
        part: &Range<usize>,
    ) -> Result<Vec<ItemId>> {
        let from_end = segment.length - part.end;
        let (toward, skip) = if from_end < part.start {
            (Toward::Beginning, from_end)
        } else {
            (Toward::End, part.start)
        };
        self.cut(backlog, segment, &Cut { skip, count: part.len(), toward, from: None })
    }

    /// Reads both ways from an item whose place is known.
    fn read_around(
        &self,
        backlog: &Backlog,
        segment: Segment,
        part: &Range<usize>,
        (place, item): (usize, ItemId),
        ids: &mut Vec<ItemId>,
    ) -> Result<()> {
        let Some(key) = self.key(item)? else {
            ids.extend(self.read_at(backlog, segment, part)?);
            return Ok(());
        };
        let cut = |count, toward| Cut { skip: 0, count, toward, from: Some(key.clone()) };
        ids.extend(self.cut(backlog, segment, &cut(place - part.start, Toward::Beginning))?);
        ids.extend(self.cut(backlog, segment, &cut(part.end - place, Toward::End))?);
        Ok(())
    }

    fn key(&self, item: ItemId) -> Result<Option<Key>> {
        self.connection
            .prepare_cached("SELECT first, second, third, id FROM listing WHERE id = ?1")
            .and_then(|mut statement| {
                statement
                    .query_row([item.to_string()], |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                    })
                    .optional()
            })
            .doing(READING)
    }

    fn cut(&self, backlog: &Backlog, segment: Segment, cut: &Cut) -> Result<Vec<ItemId>> {
        let (order, beyond) = match cut.toward {
            Toward::End => ("first, second, third, id", ">="),
            Toward::Beginning => ("first DESC, second DESC, third DESC, id DESC", "<"),
        };
        let index = if segment.is_sparse(cut) { "listing_due" } else { "listing_order" };
        let from = match cut.from {
            Some(_) => format!("AND (first, second, third, id) {beyond} (?6, ?7, ?8, ?9)"),
            None => String::new(),
        };
        let query = format!(
            "SELECT id FROM listing INDEXED BY {index} WHERE kind = ?1 AND shelf = ?2 AND {} {from} \
             ORDER BY {order} LIMIT ?4 OFFSET ?5",
            segment.condition
        );
        let number = |count: usize| Sql::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        let mut values = vec![
            Sql::Text(backlog.kind.slug().to_owned()),
            Sql::Integer(segment.shelf as i64),
            Sql::Text(backlog.today.to_string()),
            number(cut.count),
            number(cut.skip),
        ];
        if let Some((first, second, third, id)) = cut.from.clone() {
            values.extend([first.into(), second.into(), third.into(), id.into()]);
        }
        let mut statement = self.connection.prepare_cached(&query).doing(READING)?;
        let rows = statement
            .query_map(params_from_iter(values), |row| sql::id_at(row, 0))
            .doing(READING)?;
        let mut found: Vec<ItemId> = rows.collect::<rusqlite::Result<_>>().doing(READING)?;
        if cut.toward == Toward::Beginning {
            found.reverse();
        }
        Ok(found)
    }

    /// The place of an item in a backlog, from 0; `None` when it is not in it.
    ///
    /// # Errors
    /// A storage error.
    pub fn rank(&self, backlog: &Backlog, id: ItemId) -> Result<Option<usize>> {
        let doing = "finding the row";
        let day = backlog.today.to_string();
        let found: Option<(i64, bool)> = self
            .connection
            .prepare_cached("SELECT shelf, due < ?2 FROM listing WHERE id = ?1 AND kind = ?3")
            .and_then(|mut statement| {
                let values = params![id.to_string(), day, backlog.kind.slug()];
                statement.query_row(values, |row| Ok((row.get(0)?, row.get(1)?))).optional()
            })
            .doing(doing)?;
        let Some((shelf, late)) = found else { return Ok(None) };
        let (base, condition) = match (shelf, late) {
            (0, true) => (0, "l.due < ?2"),
            (0, false) => (backlog.counts.late, "l.due >= ?2"),
            (1, _) if backlog.closed == Closed::Shown => {
                (backlog.counts.open, "l.due <> ?2 || ' '")
            }
            _ => return Ok(None),
        };
        let query = format!(
            "SELECT count(*) FROM listing AS o CROSS JOIN listing AS l INDEXED BY listing_order \
             WHERE o.id = ?1 AND l.kind = o.kind AND l.shelf = o.shelf AND {condition} \
             AND (l.first, l.second, l.third, l.id) < (o.first, o.second, o.third, o.id)"
        );
        let before: i64 = self
            .connection
            .prepare_cached(&query)
            .and_then(|mut statement| {
                statement.query_row(params![id.to_string(), day], |row| row.get(0))
            })
            .doing(doing)?;
        Ok(Some(base + usize::try_from(before).unwrap_or(0)))
    }
}
