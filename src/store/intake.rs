//! What triage and escalation read, for a question and within a write alike: stretches of time,
//! settings, weights, active outcomes, what was asked and what gave way.

use chrono::NaiveDate;
use rusqlite::params;

use super::bulk::Bulk;
use super::decisions::Counted;
use super::error::{Doing, Result};
use super::journal::Write;
use super::open::Store;
use super::part::Parts;
use super::sql;
use super::week::{self, Whose};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::week::Band;
use crate::domain::week::stretch::Stretch;

const DOING: &str = "reading what was asked";

/// The open store, or a write in progress.
pub trait Intake: Bulk + Parts {
    /// The blocks or entries from one day to another, both included, in the order of time.
    ///
    /// # Errors
    /// A storage error.
    fn time(&self, kind: Kind, days: (NaiveDate, NaiveDate), whose: Whose) -> Result<Vec<Stretch>> {
        week::read(self.connection(), kind, days, whose)
    }

    /// The same of some bands only, and without what each leads up to: for figures over many weeks.
    ///
    /// # Errors
    /// A storage error.
    fn bare_time(
        &self,
        kind: Kind,
        days: (NaiveDate, NaiveDate),
        whose: Whose,
        band: Option<Band>,
    ) -> Result<Vec<Stretch>> {
        week::bare(self.connection(), kind, days, whose, band)
    }

    /// The same of all bands, in the order of time: odd minutes that overlap go to the first.
    ///
    /// # Errors
    /// A storage error.
    fn bare_time_in_order(
        &self,
        kind: Kind,
        days: (NaiveDate, NaiveDate),
        whose: Whose,
    ) -> Result<Vec<Stretch>> {
        week::bare_in_order(self.connection(), kind, days, whose)
    }

    /// The minutes that were logged on each item between two days, both included.
    ///
    /// # Errors
    /// A storage error.
    fn logged_on(&self, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<(ItemId, i64)>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT i.\"for\", sum(n.minutes) FROM entry AS n INDEXED BY entry_on \
                 CROSS JOIN item AS i ON i.id = n.id WHERE n.\"on\" BETWEEN ?1 AND ?2 \
                 AND i.\"for\" IS NOT NULL AND i.deleted_at IS NULL AND i.state <> 'dropped' \
                 GROUP BY i.\"for\"",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([from.to_string(), to.to_string()], |row| {
                Ok((sql::id_at(row, 0)?, row.get::<_, Option<i64>>(1)?.unwrap_or(0)))
            })
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// The meetings that may happen between two days, of this person's calendars.
    ///
    /// # Errors
    /// A storage error.
    fn met(&self, days: (NaiveDate, NaiveDate), me: Option<ItemId>) -> Result<Vec<week::Meeting>> {
        week::meetings(self.connection(), days, me)
    }

    /// Why things slipped, by cause, from one day to another.
    ///
    /// # Errors
    /// A storage error.
    fn causes(&self, days: (NaiveDate, NaiveDate)) -> Result<Vec<Counted>> {
        super::decisions::causes(self.connection(), days)
    }

    /// All settings of the workspace, by name.
    ///
    /// # Errors
    /// A storage error.
    fn kept(&self) -> Result<Vec<(String, String)>> {
        super::origin::settings(self.connection())
    }

    /// Who has time planned or logged between two days, both included.
    ///
    /// # Errors
    /// A storage error.
    fn who_worked(&self, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<ItemId>> {
        let of = |table: &str| {
            format!(
                "SELECT n.person FROM {table} AS n INDEXED BY {table}_on \
                 CROSS JOIN item AS i ON i.id = n.id WHERE n.\"on\" BETWEEN ?1 AND ?2 \
                 AND n.person IS NOT NULL AND i.deleted_at IS NULL AND i.state <> 'dropped'"
            )
        };
        let query = format!("{} UNION {}", of("block"), of("entry"));
        self.ids_of(&query, params![from.to_string(), to.to_string()])
    }

    /// Everybody who is about, in the order of their refs.
    ///
    /// # Errors
    /// A storage error.
    fn people(&self) -> Result<Vec<ItemId>> {
        self.ids_of(
            "SELECT id FROM item WHERE kind = 'person' AND state <> 'retired' \
             AND deleted_at IS NULL ORDER BY no",
            [],
        )
    }

    /// The weight of the outcome that an item leads up to; 0 when it leads to none.
    ///
    /// # Errors
    /// A storage error.
    fn weight_above(&self, item: &Item) -> Result<i64> {
        let above = match item.kind() {
            Kind::Outcome | Kind::Bet => Some(item.id),
            _ => item.link("for"),
        };
        above.map_or(Ok(0), |id| super::listing::outcome_weight(self.connection(), id))
    }

    /// The active outcomes, the heaviest first.
    ///
    /// # Errors
    /// A storage error.
    fn outcomes(&self) -> Result<Vec<Item>> {
        let ids = self.ids_of(
            "SELECT o.id FROM outcome AS o CROSS JOIN item AS i ON i.id = o.id \
             WHERE i.state = 'active' AND i.deleted_at IS NULL ORDER BY o.weight DESC, i.no",
            [],
        )?;
        self.some(&ids)
    }

    /// Requests that were asked between two days, both included, in the order of their refs.
    ///
    /// # Errors
    /// A storage error.
    fn asked_between(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<ItemId>> {
        self.ids_of(
            "SELECT r.id FROM request AS r JOIN item AS i ON i.id = r.id \
             WHERE r.asked_on BETWEEN ?1 AND ?2 AND i.deleted_at IS NULL ORDER BY i.no",
            params![from.to_string(), to.to_string()],
        )
    }

    /// Those of them that were declined, or for which something gave way.
    ///
    /// # Errors
    /// A storage error.
    fn refused_or_traded(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<ItemId>> {
        self.ids_of(
            "SELECT r.id FROM request AS r JOIN item AS i ON i.id = r.id \
             WHERE r.asked_on BETWEEN ?1 AND ?2 AND i.deleted_at IS NULL AND (i.state = 'declined' \
             OR EXISTS (SELECT 1 FROM displacement AS d WHERE d.owner = r.id)) ORDER BY i.no",
            params![from.to_string(), to.to_string()],
        )
    }

    /// How many requests of each month between two days, both included, stand in which state.
    ///
    /// # Errors
    /// A storage error.
    fn asked_by_month(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<(String, String, usize)>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT substr(r.asked_on, 1, 7), i.state, count(*) FROM request AS r \
                 JOIN item AS i ON i.id = r.id \
                 WHERE r.asked_on BETWEEN ?1 AND ?2 AND i.deleted_at IS NULL GROUP BY 1, 2",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([from.to_string(), to.to_string()], |row| {
                let count = usize::try_from(row.get::<_, i64>(2)?).unwrap_or(0);
                Ok((sql::plain_at(row, 0)?, sql::plain_at(row, 1)?, count))
            })
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Requests in one of these states, in the order of their refs.
    ///
    /// # Errors
    /// A storage error.
    fn requests_in(&self, states: &[&str]) -> Result<Vec<ItemId>> {
        let mut found = Vec::new();
        for state in states {
            found.extend(self.ids_of(
                "SELECT id FROM item WHERE kind = 'request' AND state = ?1 AND deleted_at IS NULL ORDER BY no",
                params![state],
            )?);
        }
        Ok(found)
    }

    /// The requests that became these assets.
    ///
    /// # Errors
    /// A storage error.
    fn requests_of(&self, assets: &[ItemId]) -> Result<Vec<ItemId>> {
        self.ids_of(
            "SELECT r.id FROM json_each(?1) AS w CROSS JOIN request AS r INDEXED BY request_asset \
             ON r.asset = w.value JOIN item AS i ON i.id = r.id WHERE i.deleted_at IS NULL",
            params![sql::json_ids(assets)],
        )
    }

    /// Requests to which something gave way between two days, both included.
    ///
    /// # Errors
    /// A storage error.
    fn displacing(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<ItemId>> {
        self.ids_of(
            "SELECT DISTINCT d.owner FROM displacement AS d JOIN item AS i ON i.id = d.owner \
             WHERE d.noted_on BETWEEN ?1 AND ?2 AND i.deleted_at IS NULL ORDER BY d.owner",
            params![from.to_string(), to.to_string()],
        )
    }

    /// All escalations that are not in the Trash, in the order of their refs.
    ///
    /// # Errors
    /// A storage error.
    fn escalations(&self) -> Result<Vec<Item>> {
        let ids = self.ids_of(
            "SELECT id FROM item WHERE kind = 'escalation' AND deleted_at IS NULL ORDER BY no",
            [],
        )?;
        self.some(&ids)
    }

    /// The first day of which something was logged.
    ///
    /// # Errors
    /// A storage error.
    fn first_logged(&self) -> Result<Option<NaiveDate>> {
        self.connection()
            .prepare_cached("SELECT min(\"on\") FROM entry")
            .and_then(|mut statement| statement.query_row([], |row| sql::text_at(row, 0)))
            .doing(DOING)
            .map(|day| day.and_then(|day| day.parse().ok()))
    }

    /// The ids that a query finds.
    ///
    /// # Errors
    /// A storage error.
    fn ids_of(&self, query: &str, values: impl rusqlite::Params) -> Result<Vec<ItemId>> {
        let mut statement = self.connection().prepare_cached(query).doing(DOING)?;
        let rows = statement.query_map(values, |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }
}

impl Intake for Store {}
impl Intake for Write<'_> {}
