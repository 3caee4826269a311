//! The figures of a metric in one row: the one that was told last, and all of them packed, so that a
//! pane reads a page where it read one a figure. Renewed after every step for the metrics of which
//! it told something; never journalled.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::super::error::{Doing, Result};
use super::super::extent::{Did, Extent};
use super::super::sql;
use crate::domain::item::ItemId;
use crate::domain::metric::{Cadence, Observation, Period, Reading};

const DOING: &str = "keeping the figures together";
const TABLE: &str = "observation";
/// Bytes of a packed figure: its cadence and what it is, its first day, and what was read.
const PACKED: usize = 13;
/// Set in the first byte of k of n.
const SHARE: u8 = 0x80;
/// Quarters are packed as those of a year that begins in January.
const CALENDAR: u32 = 1;

/// The metrics of which step `?1` told something, in its rows from `?2` to `?3`.
const TOLD: &str = "SELECT o.owner FROM chg AS c CROSS JOIN observation AS o ON o.id = c.pk \
    WHERE c.n BETWEEN ?2 AND ?3 AND c.op = ?1 AND c.tbl = 'observation' \
    UNION SELECT old FROM chg WHERE n BETWEEN ?2 AND ?3 AND op = ?1 AND tbl = 'observation' \
    AND col = 'owner' AND old IS NOT NULL";
const READ: &str = "SELECT period, value, k, n FROM observation WHERE owner = ?1 ORDER BY position";

/// Renews what is kept of the metrics of which a step told something.
///
/// # Errors
/// A storage error.
pub(in crate::store) fn refresh(connection: &Connection, extent: &Extent) -> Result<()> {
    if ![Did::Insert, Did::Update, Did::Delete].iter().any(|did| extent.did(TABLE, *did)) {
        return Ok(());
    }
    let metrics: BTreeSet<String> = {
        let mut statement = connection.prepare_cached(TOLD).doing(DOING)?;
        let rows =
            statement.query_map(extent.span(TABLE), |row| sql::plain_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)?
    };
    metrics.iter().try_for_each(|metric| renew(connection, metric))
}

/// Makes what is kept of every metric.
///
/// # Errors
/// A storage error.
pub(in crate::store) fn renew_all(connection: &Connection) -> Result<()> {
    let metrics: Vec<String> = {
        let mut statement =
            connection.prepare("SELECT DISTINCT owner FROM observation").doing(DOING)?;
        let rows = statement.query_map([], |row| sql::plain_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)?
    };
    metrics.iter().try_for_each(|metric| renew(connection, metric))
}

fn renew(connection: &Connection, metric: &str) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM series WHERE metric = ?1")
        .and_then(|mut statement| statement.execute([metric]))
        .doing(DOING)?;
    let told = packed(connection, metric)?;
    connection
        .prepare_cached(
            "INSERT INTO series (metric, position, period, value, k, n, source, recorded_on, latest, told) \
             SELECT owner, position, period, value, k, n, source, recorded_on, \
               (SELECT max(period) FROM observation WHERE owner = ?1), ?2 \
             FROM observation WHERE owner = ?1 ORDER BY position DESC LIMIT 1",
        )
        .and_then(|mut statement| statement.execute(params![metric, told]))
        .doing(DOING)
        .map(drop)
}

/// The figures of a metric in the order in which they were told, packed.
fn packed(connection: &Connection, metric: &str) -> Result<Vec<u8>> {
    let mut statement = connection.prepare_cached(READ).doing(DOING)?;
    let mut rows = statement.query([metric]).doing(DOING)?;
    let mut packed = Vec::new();
    while let Some(row) = rows.next().doing(DOING)? {
        let figure = super::observation(row, 0, CALENDAR).doing(DOING)?;
        packed.extend(figure.iter().flat_map(pack));
    }
    Ok(packed)
}

/// The figures of a metric, out of what is kept of it; `None` where nothing is.
///
/// # Errors
/// A storage error.
pub(super) fn read(
    connection: &Connection,
    metric: ItemId,
    fiscal_start_month: u32,
) -> Result<Option<Vec<Observation>>> {
    connection
        .prepare_cached("SELECT told FROM series INDEXED BY series_newest WHERE metric = ?1")
        .and_then(|mut statement| {
            let read = |row: &Row<'_>| Ok(unpacked(row.get_ref(0)?, fiscal_start_month));
            statement.query_row([metric.to_string()], read).optional()
        })
        .doing(DOING)
        .map(Option::flatten)
}

/// The metrics of which something else is kept than what was told; empty when all is well.
///
/// # Errors
/// A storage error.
pub(in crate::store) fn strays(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection
        .prepare(
            "SELECT m.metric, s.told FROM (SELECT metric FROM series UNION SELECT owner FROM observation) AS m \
             LEFT JOIN series AS s ON s.metric = m.metric AND s.latest = \
               (SELECT max(o.period) FROM observation AS o WHERE o.owner = m.metric) \
             AND EXISTS (SELECT 1 FROM observation AS o WHERE o.owner = s.metric \
               AND (o.position, o.period) = (s.position, s.period) \
               AND (o.value, o.k, o.n) IS (s.value, s.k, s.n) \
               AND (o.source, o.recorded_on) IS (s.source, s.recorded_on) AND o.position = \
               (SELECT max(position) FROM observation WHERE owner = s.metric))",
        )
        .doing(DOING)?;
    let mut rows = statement.query([]).doing(DOING)?;
    let mut strays = Vec::new();
    while let Some(row) = rows.next().doing(DOING)? {
        let metric = sql::plain_at(row, 0).doing(DOING)?;
        let kept = row.get_ref(1).doing(DOING)?;
        if kept != ValueRef::Blob(&packed(connection, &metric)?) {
            strays.push(format!("what is kept of the figures of {metric} is not what was told"));
        }
    }
    Ok(strays)
}

fn pack(figure: &Observation) -> [u8; PACKED] {
    let cadence = Cadence::ALL.iter().position(|one| *one == figure.period.cadence());
    let cadence = cadence.and_then(|at| u8::try_from(at).ok()).unwrap_or_default();
    let mut packed = [0; PACKED];
    packed[1..5].copy_from_slice(&figure.period.first().num_days_from_ce().to_le_bytes());
    match figure.reading {
        Reading::Number(value) => {
            packed[0] = cadence;
            packed[5..].copy_from_slice(&value.to_le_bytes());
        }
        Reading::Share { k, n } => {
            packed[0] = cadence | SHARE;
            packed[5..9].copy_from_slice(&k.to_le_bytes());
            packed[9..].copy_from_slice(&n.to_le_bytes());
        }
    }
    packed
}

/// `None` when these are no packed figures.
fn unpacked(kept: ValueRef<'_>, fiscal_start_month: u32) -> Option<Vec<Observation>> {
    let ValueRef::Blob(bytes) = kept else { return None };
    let (figures, []) = bytes.as_chunks::<PACKED>() else { return None };
    // Room for all of them at once: hundreds are unpacked for one picture.
    let mut all = Vec::with_capacity(figures.len());
    for one in figures {
        all.push(unpack(one, fiscal_start_month)?);
    }
    Some(all)
}

fn unpack(packed: &[u8; PACKED], fiscal_start_month: u32) -> Option<Observation> {
    let [kind, d0, d1, d2, d3, a0, a1, a2, a3, b0, b1, b2, b3] = *packed;
    let cadence = *Cadence::ALL.get(usize::from(kind & !SHARE))?;
    let first = NaiveDate::from_num_days_from_ce_opt(i32::from_le_bytes([d0, d1, d2, d3]))?;
    let mut period = Period::of(first, cadence, CALENDAR);
    if cadence == Cadence::Quarterly && fiscal_start_month != CALENDAR {
        period = Period::parse(&period.key(CALENDAR), fiscal_start_month)?;
    }
    let reading = if kind & SHARE == 0 {
        Reading::number(f64::from_le_bytes([a0, a1, a2, a3, b0, b1, b2, b3]))
    } else {
        Reading::share(u32::from_le_bytes([a0, a1, a2, a3]), u32::from_le_bytes([b0, b1, b2, b3]))
    };
    Some(Observation { period, reading: reading.ok()? })
}
