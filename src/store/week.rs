//! The blocks and entries between two days, read through the index of their days; what each
//! leads up to is read with it, so that a week is one question.

use chrono::NaiveDate;
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
         OR (q.kind = 'outcome' AND q.state = 'active') \
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
    let all: Vec<Option<(Stretch, Option<ItemId>)>> =
        rows.collect::<rusqlite::Result<_>>().doing(doing)?;
    let wanted = all.into_iter().flatten().filter(|(_, person)| whose.holds(*person));
    Ok(wanted.map(|(stretch, _)| stretch).collect())
}

fn one(row: &Row<'_>, kind: Kind) -> rusqlite::Result<Option<(Stretch, Option<ItemId>)>> {
    let id = |at: usize| -> rusqlite::Result<Option<ItemId>> {
        Ok(sql::text_at(row, at)?.and_then(|text| text.parse().ok()))
    };
    // A row of another program that has no day is in no week.
    let Ok(on) = sql::plain_at(row, 3)?.parse() else { return Ok(None) };
    let truth = |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<bool>>(at)? == Some(true));
    let stretch = Stretch {
        id: sql::id_at(row, 0)?,
        reference: Ref { kind, number: row.get(1)? },
        title: sql::plain_at(row, 2)?,
        on,
        at: sql::text_at(row, 4)?.and_then(|at| clock_minutes(&at)),
        minutes: row.get::<_, Option<i64>>(5)?.unwrap_or(0),
        band: Band::parse(&sql::plain_at(row, 6)?).unwrap_or(Band::Unclassified),
        serves: id(7)?,
        source: sql::plain_at(row, 8)?,
        has_bet: truth(10)?,
        has_outcome: truth(11)?,
    };
    Ok(Some((stretch, id(9)?)))
}
