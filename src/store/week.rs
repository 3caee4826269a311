//! The blocks and entries between two days, read through the index of their days; what each
//! leads up to is read with it, so that a week is one question.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Row, params};

use super::error::{Doing, Result};
use super::journal::Write;
use super::open::Store;
use super::sql;
use crate::domain::day::clock_minutes;
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::week::Band;
use crate::domain::week::stretch::Stretch;

/// Whose time is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// What has this person, or nobody's name on it.
    Mine(Option<ItemId>),
    /// This person's alone.
    Of(ItemId),
    Everybody,
}

impl Whose {
    pub(super) fn holds(self, person: Option<ItemId>) -> bool {
        match self {
            Self::Mine(me) => person.is_none() || person == me,
            Self::Of(who) => person == Some(who),
            Self::Everybody => true,
        }
    }
}

impl Store {
    /// The blocks or entries from one day to another, both included, in the order of time.
    ///
    /// # Errors
    /// A storage error.
    pub fn stretches(
        &self,
        kind: Kind,
        days: (NaiveDate, NaiveDate),
        whose: Whose,
    ) -> Result<Vec<Stretch>> {
        read(&self.connection, kind, days, whose)
    }
}

impl Write<'_> {
    /// As `Store::stretches`, within the transaction.
    ///
    /// # Errors
    /// A storage error.
    pub fn stretches(
        &self,
        kind: Kind,
        days: (NaiveDate, NaiveDate),
        whose: Whose,
    ) -> Result<Vec<Stretch>> {
        read(self.connection, kind, days, whose)
    }
}

impl Write<'_> {
    /// The first of an open backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn open_head(&self, kind: Kind, most: usize) -> Result<Vec<ItemId>> {
        let doing = "reading the backlog";
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT id FROM listing INDEXED BY listing_order WHERE kind = ?1 AND shelf = 0 \
                 ORDER BY first, second, third, id LIMIT ?2",
            )
            .doing(doing)?;
        let most = i64::try_from(most).unwrap_or(0);
        let rows = statement
            .query_map(params![kind.slug(), most], |row| sql::id_at(row, 0))
            .doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// The weight that an item has in the order of its backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn weight_of(&self, item: &Item) -> Result<i64> {
        super::listing::weight(self.connection, item)
    }
}

/// Days from the first to the last of what happens once, at most: its night, and one to spare.
const ONCE: i64 = 2;
/// Days to spare around those of a meeting.
const SPARE: u64 = 2;

/// A meeting with the lines from which its instances follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    pub id: ItemId,
    pub reference: Ref,
    pub title: String,
    pub band: Band,
    pub serves: Option<ItemId>,
    pub has_bet: bool,
    pub has_outcome: bool,
    pub calendar: String,
    pub people: String,
    pub ical: String,
    /// Grows with every change of it.
    pub rev: i64,
    /// Whether it may happen more than once.
    pub recurs: bool,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Meeting {
    /// Whether it may happen between two days; two days to spare on both sides, for its days are
    /// those of its own zone, which may be a day and two hours away.
    #[must_use]
    pub fn touches(&self, (from, to): (NaiveDate, NaiveDate)) -> bool {
        let spare = Days::new(SPARE);
        let first = self.first.and_then(|first| first.checked_sub_days(spare));
        let last = self.last.and_then(|last| last.checked_add_days(spare));
        let (before, after) =
            (first.is_none_or(|first| first <= to), last.is_none_or(|last| last >= from));
        before && after
    }
}

impl Store {
    /// The meetings that may happen between two days, of this person's calendars.
    ///
    /// # Errors
    /// A storage error.
    pub fn meetings(
        &self,
        days: (NaiveDate, NaiveDate),
        me: Option<ItemId>,
    ) -> Result<Vec<Meeting>> {
        meetings(&self.connection, days, me)
    }
}

/// Whose name stands on what came in: a person whom an author means is called so, or so with more
/// words behind. A file has few authors, so each is looked up once.
struct Authors {
    people: Vec<(ItemId, String)>,
    me: Option<ItemId>,
    known: RefCell<HashMap<String, bool>>,
}

impl Authors {
    fn of(connection: &Connection, me: Option<ItemId>) -> Result<Self> {
        let doing = "reading who there is";
        let mut statement = connection
            .prepare_cached(
                "SELECT id, title FROM item WHERE kind = 'person' AND deleted_at IS NULL",
            )
            .doing(doing)?;
        let rows = statement
            .query_map([], |row| Ok((sql::id_at(row, 0)?, sql::plain_at(row, 1)?)))
            .doing(doing)?;
        let people = rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        Ok(Self { people, me, known: RefCell::new(HashMap::new()) })
    }

    /// Whether what somebody let in counts for the person: it is theirs, or of nobody who is known.
    /// Where nobody said who sits here, all of it does.
    fn counts(&self, author: &str) -> bool {
        if self.me.is_none() {
            return true;
        }
        if let Some(known) = self.known.borrow().get(author) {
            return *known;
        }
        let mut called =
            self.people.iter().filter(|(_, title)| is_called(title, author)).peekable();
        let counts = called.peek().is_none() || called.any(|(id, _)| Some(*id) == self.me);
        self.known.borrow_mut().insert(author.to_owned(), counts);
        counts
    }
}

fn is_called(title: &str, author: &str) -> bool {
    let begins = title.get(..author.len()).is_some_and(|begun| begun.eq_ignore_ascii_case(author));
    let rest = title.get(author.len()..).unwrap_or_default();
    begins && !author.is_empty() && (rest.is_empty() || rest.starts_with(' '))
}

/// The meetings of some days that count for a person. A meeting is of whoever let its calendar in,
/// where that is somebody whom the workspace knows, else of everybody.
pub(super) fn meetings(
    connection: &Connection,
    (from, to): (NaiveDate, NaiveDate),
    me: Option<ItemId>,
) -> Result<Vec<Meeting>> {
    let doing = "reading the meetings";
    // Two days to spare on both sides (`SPARE`): days of a meeting are those of its own zone.
    let query = "SELECT i.id, i.no, i.title, n.band, i.\"for\", 'bet' IN (s.kind, p.kind), \
         (s.kind = 'outcome' AND s.state = 'active') OR (p.kind = 'outcome' AND p.state = 'active') \
         OR (q.kind = 'outcome' AND q.state = 'active'), n.calendar, n.people, n.ical, i.rev, \
         n.\"on\", n.until, i.author \
         FROM meeting AS n INDEXED BY meeting_on CROSS JOIN item AS i ON i.id = n.id \
         LEFT JOIN item AS s ON s.id = i.\"for\" LEFT JOIN item AS p ON p.id = s.\"for\" \
         LEFT JOIN item AS q ON q.id = p.\"for\" \
         WHERE n.\"on\" <= date(?2, '+2 days') AND (n.until IS NULL OR n.until >= date(?1, '-2 days')) \
         AND i.deleted_at IS NULL AND i.state <> 'dropped' ORDER BY i.no";
    let mut statement = connection.prepare_cached(query).doing(doing)?;
    let authors = Authors::of(connection, me)?;
    let truth = |row: &Row<'_>, at: usize| {
        Ok::<_, rusqlite::Error>(row.get::<_, Option<bool>>(at)? == Some(true))
    };
    let rows = statement
        .query_map(params![from.to_string(), to.to_string()], |row| {
            if !authors.counts(&sql::plain_at(row, 13)?) {
                return Ok(None);
            }
            let (first, last) = (sql::day_at(row, 11)?, sql::day_at(row, 12)?);
            Ok(Some(Meeting {
                id: sql::id_at(row, 0)?,
                reference: Ref { kind: Kind::Meeting, number: row.get(1)? },
                title: sql::plain_at(row, 2)?,
                band: Band::parse(&sql::plain_at(row, 3)?).unwrap_or(Band::Unclassified),
                serves: sql::text_at(row, 4)?.and_then(|text| text.parse().ok()),
                has_bet: truth(row, 5)?,
                has_outcome: truth(row, 6)?,
                calendar: sql::plain_at(row, 7)?,
                people: sql::plain_at(row, 8)?,
                ical: sql::plain_at(row, 9)?,
                rev: row.get(10)?,
                recurs: first.zip(last).is_none_or(|(on, until)| (until - on).num_days() > ONCE),
                first,
                last,
            }))
        })
        .doing(doing)?;
    rows.filter_map(rusqlite::Result::transpose).collect::<rusqlite::Result<_>>().doing(doing)
}

pub(super) fn read(
    connection: &Connection,
    kind: Kind,
    (from, to): (NaiveDate, NaiveDate),
    whose: Whose,
) -> Result<Vec<Stretch>> {
    let doing = "reading the week";
    let table = kind.slug();
    let query = format!(
        "SELECT i.id, i.no, i.title, n.\"on\", n.at, n.minutes, n.band, i.\"for\", n.source, n.person, \
         'bet' IN (s.kind, p.kind), \
         (s.kind = 'outcome' AND s.state = 'active') OR (p.kind = 'outcome' AND p.state = 'active') \
         OR (q.kind = 'outcome' AND q.state = 'active'), n.mode, \
         (SELECT o.horizon FROM outcome AS o WHERE o.id IN (s.id, p.id, q.id) LIMIT 1), \
         CASE s.kind WHEN 'request' THEN 'requested' \
         WHEN 'asset' THEN (SELECT a.origin FROM asset AS a WHERE a.id = s.id) END \
         FROM {table} AS n INDEXED BY {table}_on CROSS JOIN item AS i ON i.id = n.id \
         LEFT JOIN item AS s ON s.id = i.\"for\" LEFT JOIN item AS p ON p.id = s.\"for\" \
         LEFT JOIN item AS q ON q.id = p.\"for\" \
         WHERE n.\"on\" BETWEEN ?1 AND ?2 AND i.deleted_at IS NULL AND i.state <> 'dropped' \
         ORDER BY n.\"on\", n.at IS NULL, n.at, i.no"
    );
    let mut statement = connection.prepare_cached(&query).doing(doing)?;
    let rows = statement
        .query_map(params![from.to_string(), to.to_string()], |row| one(row, kind))
        .doing(doing)?;
    wanted(rows, whose).doing(doing)
}

pub(super) fn bare(
    connection: &Connection,
    kind: Kind,
    days: (NaiveDate, NaiveDate),
    whose: Whose,
    band: Option<Band>,
) -> Result<Vec<Stretch>> {
    bare_by("n.\"on\"", connection, kind, days, whose, band)
}

/// The same of all bands, in the order of time.
pub(super) fn bare_in_order(
    connection: &Connection,
    kind: Kind,
    days: (NaiveDate, NaiveDate),
    whose: Whose,
) -> Result<Vec<Stretch>> {
    bare_by("n.\"on\", n.at IS NULL, n.at, i.no", connection, kind, days, whose, None)
}

fn bare_by(
    order: &str,
    connection: &Connection,
    kind: Kind,
    (from, to): (NaiveDate, NaiveDate),
    whose: Whose,
    band: Option<Band>,
) -> Result<Vec<Stretch>> {
    let doing = "reading the weeks";
    let table = kind.slug();
    let query = format!(
        "SELECT n.\"on\", n.at, n.minutes, n.band, n.person FROM {table} AS n INDEXED BY {table}_on \
         CROSS JOIN item AS i ON i.id = n.id \
         WHERE n.\"on\" BETWEEN ?1 AND ?2 AND (?3 IS NULL OR n.band = ?3) \
         AND i.deleted_at IS NULL AND i.state <> 'dropped' ORDER BY {order}"
    );
    let mut statement = connection.prepare_cached(&query).doing(doing)?;
    let band = band.map(Band::slug);
    let rows = statement
        .query_map(params![from.to_string(), to.to_string(), band], |row| only_time(row, kind))
        .doing(doing)?;
    wanted(rows, whose).doing(doing)
}

/// The rows that have a day, of whom they are asked for.
fn wanted(
    rows: impl Iterator<Item = rusqlite::Result<Option<(Stretch, Option<ItemId>)>>>,
    whose: Whose,
) -> rusqlite::Result<Vec<Stretch>> {
    let mut found = Vec::new();
    for row in rows {
        found.extend(row?.filter(|(_, person)| whose.holds(*person)).map(|(stretch, _)| stretch));
    }
    Ok(found)
}

fn only_time(row: &Row<'_>, kind: Kind) -> rusqlite::Result<Option<(Stretch, Option<ItemId>)>> {
    // A row of another program that has no day is in no week.
    let Some(on) = sql::day_at(row, 0)? else { return Ok(None) };
    let minutes = row.get::<_, Option<i64>>(2)?.unwrap_or(0);
    let stretch = Stretch::of_time(kind, (on, clock_at(row, 1)?), minutes, band_at(row, 3)?);
    Ok(Some((stretch, sql::id(row.get_ref(4)?))))
}

fn clock_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<i64>> {
    Ok(sql::seen(row.get_ref(at)?).and_then(|clock| clock_minutes(&clock)))
}

fn band_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Band> {
    let band = sql::seen(row.get_ref(at)?).and_then(|band| Band::parse(&band));
    Ok(band.unwrap_or(Band::Unclassified))
}

fn one(row: &Row<'_>, kind: Kind) -> rusqlite::Result<Option<(Stretch, Option<ItemId>)>> {
    let id = |at: usize| -> rusqlite::Result<Option<ItemId>> { Ok(sql::id(row.get_ref(at)?)) };
    // A row of another program that has no day is in no week.
    let Some(on) = sql::day_at(row, 3)? else { return Ok(None) };
    let truth = |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<bool>>(at)? == Some(true));
    let minutes = row.get::<_, Option<i64>>(5)?.unwrap_or(0);
    let stretch = Stretch {
        id: sql::id_at(row, 0)?,
        reference: Ref { kind, number: row.get(1)? },
        title: sql::plain_at(row, 2)?,
        serves: id(7)?,
        source: sql::plain_at(row, 8)?,
        has_bet: truth(10)?,
        has_outcome: truth(11)?,
        mode: sql::text_at(row, 12)?,
        horizon: sql::text_at(row, 13)?,
        origin: sql::text_at(row, 14)?,
        ..Stretch::of_time(kind, (on, clock_at(row, 4)?), minutes, band_at(row, 6)?)
    };
    Ok(Some((stretch, id(9)?)))
}
