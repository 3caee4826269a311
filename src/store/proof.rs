//! What proves the milestones of a plan, counted since it began: each as the names that stand in
//! the proof. One statement each, through the indexes of their days.

use chrono::NaiveDate;
use rusqlite::params;

use super::error::{Doing, Result};
use super::journal::Write;
use super::lookup::Lookup;
use super::open::Store;
use super::sql;
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;

const DOING: &str = "reading what proves the plan";

/// Names beyond which nobody counts on.
const MOST: i64 = 1_000;

/// That somebody agreed to a metric, and holds nothing against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    pub metric: ItemId,
    pub role: String,
}

/// Reading proofs, from the open store or within a write.
pub trait Proofs: Lookup {
    /// The periods in which a ritual was held to its end.
    ///
    /// # Errors
    /// A storage error.
    fn rituals_held(&self, ritual: &str, since: NaiveDate) -> Result<Vec<String>> {
        let query = "SELECT r.period FROM ritual AS r INDEXED BY ritual_of \
             CROSS JOIN item AS i ON i.id = r.id \
             WHERE r.ritual = ?3 AND r.finished_on >= ?1 AND i.state = 'finished' \
             AND i.deleted_at IS NULL GROUP BY r.period ORDER BY min(r.finished_on), r.period LIMIT ?2";
        let mut statement = self.connection().prepare_cached(query).doing(DOING)?;
        let rows = statement
            .query_map(params![since.to_string(), MOST, ritual], |row| sql::plain_at(row, 0))
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Decisions that were taken.
    ///
    /// # Errors
    /// A storage error.
    fn decided_since(&self, since: NaiveDate) -> Result<Vec<String>> {
        refs(
            self,
            Kind::Decision,
            "SELECT i.no FROM decision AS d INDEXED BY decision_decided \
             CROSS JOIN item AS i ON i.id = d.id \
             WHERE d.decided_on >= ?1 AND i.state IN ('decided', 'reviewed', 'superseded') \
             AND i.deleted_at IS NULL ORDER BY d.decided_on, i.no LIMIT ?2",
            since,
        )
    }

    /// The decisions of the pre-wires that were held, one for each.
    ///
    /// # Errors
    /// A storage error.
    fn prewired_since(&self, since: NaiveDate) -> Result<Vec<String>> {
        refs(
            self,
            Kind::Decision,
            "SELECT i.no FROM prewire AS p CROSS JOIN item AS i ON i.id = p.owner \
             WHERE p.held_on >= ?1 AND i.deleted_at IS NULL ORDER BY p.held_on, i.no LIMIT ?2",
            since,
        )
    }

    /// Changes of the business that were logged.
    ///
    /// # Errors
    /// A storage error.
    fn impacts_since(&self, since: NaiveDate) -> Result<Vec<String>> {
        refs(
            self,
            Kind::Impact,
            "SELECT i.no FROM impact AS m CROSS JOIN item AS i ON i.id = m.id \
             WHERE m.happened_on >= ?1 AND i.deleted_at IS NULL ORDER BY m.happened_on, i.no LIMIT ?2",
            since,
        )
    }

    /// Conversations in which somebody listened for messages.
    ///
    /// # Errors
    /// A storage error.
    fn scored_since(&self, since: NaiveDate) -> Result<Vec<String>> {
        refs(
            self,
            Kind::Conversation,
            "SELECT i.no FROM conversation AS n CROSS JOIN item AS i ON i.id = n.id \
             WHERE n.held_on >= ?1 AND i.state = 'logged' AND i.deleted_at IS NULL \
             AND EXISTS (SELECT 1 FROM call_score AS s WHERE s.owner = n.id) \
             ORDER BY n.held_on, i.no LIMIT ?2",
            since,
        )
    }

    /// Claims whose test came out, whenever.
    ///
    /// # Errors
    /// A storage error.
    fn tested_claims(&self) -> Result<Vec<String>> {
        refs(
            self,
            Kind::Claim,
            "SELECT i.no FROM claim AS c CROSS JOIN item AS i ON i.id = c.id \
             WHERE c.result IN ('passed', 'failed') AND i.state <> 'retired' \
             AND i.deleted_at IS NULL AND ?1 IS NOT NULL ORDER BY i.no LIMIT ?2",
            NaiveDate::MIN,
        )
    }

    /// The slots of the message house that hold a message in force.
    ///
    /// # Errors
    /// A storage error.
    fn written_slots(&self) -> Result<Vec<String>> {
        let query = "SELECT DISTINCT m.slot FROM message AS m CROSS JOIN item AS i ON i.id = m.id \
             WHERE m.slot IS NOT NULL AND m.slot <> '' AND i.state <> 'retired' \
             AND i.deleted_at IS NULL ORDER BY m.slot LIMIT ?1";
        let mut statement = self.connection().prepare_cached(query).doing(DOING)?;
        let rows = statement.query_map([MOST], |row| sql::plain_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Who agreed to which metric without holding anything against it.
    ///
    /// # Errors
    /// A storage error.
    fn agreements(&self) -> Result<Vec<Agreed>> {
        let query = "SELECT a.owner, p.role FROM agreement AS a \
             CROSS JOIN person AS p ON p.id = a.person \
             CROSS JOIN item AS i ON i.id = p.id \
             WHERE a.agreed_on IS NOT NULL AND coalesce(a.notes, '') = '' AND p.role IS NOT NULL \
             AND i.deleted_at IS NULL";
        let mut statement = self.connection().prepare_cached(query).doing(DOING)?;
        let rows = statement
            .query_map([], |row| {
                Ok(Agreed { metric: sql::id_at(row, 0)?, role: sql::plain_at(row, 1)? })
            })
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// The metric that a word means: its title, or the catalogue's short name; of several the first
    /// that is not retired.
    ///
    /// # Errors
    /// A storage error.
    fn metric_called(&self, title: &str, slug: &str) -> Result<Option<ItemId>> {
        let query = "SELECT i.id FROM metric AS m CROSS JOIN item AS i ON i.id = m.id \
             WHERE (i.title = ?1 COLLATE NOCASE OR m.catalogue = ?2) AND i.state <> 'retired' \
             AND i.deleted_at IS NULL ORDER BY i.title <> ?1 COLLATE NOCASE, i.no LIMIT 1";
        let mut statement = self.connection().prepare_cached(query).doing(DOING)?;
        let mut rows =
            statement.query_map(params![title, slug], |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.next().transpose().doing(DOING)
    }
}

fn refs(
    from: &(impl Lookup + ?Sized),
    kind: Kind,
    query: &str,
    since: NaiveDate,
) -> Result<Vec<String>> {
    let mut statement = from.connection().prepare_cached(query).doing(DOING)?;
    let rows =
        statement.query_map(params![since.to_string(), MOST], |row| row.get(0)).doing(DOING)?;
    let numbers: Vec<i64> = rows.collect::<rusqlite::Result<_>>().doing(DOING)?;
    Ok(numbers.into_iter().map(|number| Ref { kind, number }.to_string()).collect())
}

impl Proofs for Store {}
impl Proofs for Write<'_> {}
