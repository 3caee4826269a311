//! Plans and what ticks their milestones: read through the indexes, from the open store or within
//! a write, so that a step can tick what it made true.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::params;

use super::bulk::Bulk;
use super::error::{Doing, Result};
use super::journal::Write;
use super::open::Store;
use super::part::Parts;
use super::sql;
use super::week::{Whose, read as stretches};
use crate::domain::artefact::ArtefactKind;
use crate::domain::evidence::EvidenceKind;
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::week::stretch::Stretch;

/// An artefact that shipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipped {
    pub reference: Ref,
    pub kind: Option<ArtefactKind>,
    pub on: NaiveDate,
}

/// Reading plans.
pub trait Plans: Parts + Bulk {
    /// The plans that run, the active one first.
    ///
    /// # Errors
    /// A storage error.
    fn open_plans(&self) -> Result<Vec<Item>> {
        self.some(&ids(
            self,
            "SELECT id FROM item WHERE kind = 'plan' AND state IN ('active', 'running') \
             AND deleted_at IS NULL ORDER BY state, no",
            &[],
        )?)
    }

    /// The milestones of a plan, in the order of their days.
    ///
    /// # Errors
    /// A storage error.
    fn milestones_of(&self, plan: ItemId) -> Result<Vec<Item>> {
        self.some(&ids(
            self,
            "SELECT m.id FROM milestone AS m JOIN item AS i ON i.id = m.id \
             WHERE m.plan = ?1 AND i.deleted_at IS NULL ORDER BY m.due IS NULL, m.due, i.no",
            &[&plan.to_string()],
        )?)
    }

    /// The milestones of a plan that lie in the Trash.
    ///
    /// # Errors
    /// A storage error.
    fn milestones_thrown(&self, plan: ItemId) -> Result<Vec<Item>> {
        self.some(&ids(
            self,
            "SELECT m.id FROM milestone AS m JOIN item AS i ON i.id = m.id \
             WHERE m.plan = ?1 AND i.deleted_at IS NOT NULL ORDER BY i.no",
            &[&plan.to_string()],
        )?)
    }

    /// Artefacts shipped from a day on, in the order of their days.
    ///
    /// # Errors
    /// A storage error.
    fn shipped_since(&self, since: NaiveDate) -> Result<Vec<Shipped>> {
        let doing = "reading the artefacts";
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT i.no, f.kind, f.shipped_on FROM artefact AS f JOIN item AS i ON i.id = f.id \
                 WHERE f.shipped_on >= ?1 AND i.deleted_at IS NULL AND i.state = 'shipped' \
                 ORDER BY f.shipped_on, i.no",
            )
            .doing(doing)?;
        let rows = statement
            .query_map([since.to_string()], |row| {
                let on = sql::day_at(row, 2)?;
                let reference = Ref { kind: Kind::Artefact, number: row.get(0)? };
                let kind = ArtefactKind::parse(&sql::plain_at(row, 1)?);
                Ok(on.map(|on| Shipped { reference, kind, on }))
            })
            .doing(doing)?;
        let all: Vec<Option<Shipped>> = rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        Ok(all.into_iter().flatten().collect())
    }

    /// Evidence of a kind, or of any, that was captured from a day on and has both its tags: refs, the
    /// first first, no more than so many.
    ///
    /// # Errors
    /// A storage error.
    fn tagged_since(
        &self,
        since: NaiveDate,
        kind: Option<EvidenceKind>,
        most: u32,
    ) -> Result<Vec<Ref>> {
        let doing = "reading the evidence";
        let of_kind =
            if kind.is_some() { "v.kind = ?2" } else { "?2 IS NULL AND v.kind <> 'opinion'" };
        let mut statement = self
            .connection()
            .prepare_cached(&format!(
                "SELECT i.no FROM evidence AS v CROSS JOIN item AS i ON i.id = v.id \
                 WHERE {of_kind} AND v.captured_on >= ?1 AND i.state = 'tagged' \
                 AND i.deleted_at IS NULL ORDER BY v.captured_on LIMIT ?3",
            ))
            .doing(doing)?;
        let kind = kind.map(EvidenceKind::slug);
        let rows = statement
            .query_map(params![since.to_string(), kind, most], |row| row.get(0))
            .doing(doing)?;
        let numbers: Vec<i64> = rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        Ok(numbers.into_iter().map(|number| Ref { kind: Kind::Evidence, number }).collect())
    }

    /// Active outcomes whose metric those who were asked agree on, and that have a target.
    /// Words that no metric stands behind are agreed with nobody.
    ///
    /// # Errors
    /// A storage error.
    fn agreed_outcomes(&self) -> Result<Vec<Ref>> {
        let doing = "reading the outcomes";
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT i.no FROM item AS i JOIN outcome AS o ON o.id = i.id \
                 JOIN metric AS m ON m.id = o.measured_by JOIN item AS x ON x.id = m.id \
                 WHERE i.kind = 'outcome' AND i.state = 'active' AND i.deleted_at IS NULL \
                 AND x.state = 'agreed' AND x.deleted_at IS NULL \
                 AND coalesce(o.target, m.target, m.low, m.high) IS NOT NULL ORDER BY i.no",
            )
            .doing(doing)?;
        let rows = statement.query_map([], |row| row.get(0)).doing(doing)?;
        let numbers: Vec<i64> = rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        Ok(numbers.into_iter().map(|number| Ref { kind: Kind::Outcome, number }).collect())
    }

    /// Whether there is an item of a kind outside the Trash.
    ///
    /// # Errors
    /// A storage error.
    fn has_any(&self, kind: Kind) -> Result<bool> {
        self.connection()
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM item WHERE kind = ?1 AND deleted_at IS NULL)",
            )
            .and_then(|mut statement| statement.query_row([kind.slug()], |row| row.get(0)))
            .doing("reading what there is")
    }

    /// Every item of a kind that is not in the Trash, in the order of their refs.
    ///
    /// # Errors
    /// A storage error.
    fn all_of(&self, kind: Kind) -> Result<Vec<ItemId>> {
        let query = "SELECT id FROM item WHERE kind = ?1 AND deleted_at IS NULL ORDER BY no";
        ids(self, query, &[&kind.slug()])
    }

    /// All settings, by name.
    ///
    /// # Errors
    /// A storage error.
    fn kept(&self) -> Result<Vec<(String, String)>> {
        super::origin::settings(self.connection())
    }

    /// Planned leave between two days: when, and how long.
    ///
    /// # Errors
    /// A storage error.
    fn leave(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        whose: Whose,
    ) -> Result<Vec<(NaiveDate, i64)>> {
        let doing = "reading the leave";
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT b.\"on\", b.minutes, b.person FROM block AS b JOIN item AS i ON i.id = b.id \
                 WHERE b.\"on\" BETWEEN ?1 AND ?2 AND b.band = 'off' AND i.deleted_at IS NULL \
                 AND i.state <> 'dropped'",
            )
            .doing(doing)?;
        let rows = statement
            .query_map(params![from.to_string(), to.to_string()], |row| {
                let on = sql::day_at(row, 0)?;
                let person = sql::text_at(row, 2)?.and_then(|id| id.parse().ok());
                Ok((on, row.get::<_, Option<i64>>(1)?.unwrap_or(0), person))
            })
            .doing(doing)?;
        let all: Vec<(Option<NaiveDate>, i64, Option<ItemId>)> =
            rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        let own = all.into_iter().filter(|(_, _, person)| whose.holds(*person));
        Ok(own.filter_map(|(on, minutes, _)| Some((on?, minutes))).collect())
    }

    /// The blocks between two days, both included.
    ///
    /// # Errors
    /// A storage error.
    fn blocked(&self, days: (NaiveDate, NaiveDate), whose: Whose) -> Result<Vec<Stretch>> {
        stretches(self.connection(), Kind::Block, days, whose)
    }
}

fn ids(
    from: &(impl Plans + ?Sized),
    query: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<ItemId>> {
    let doing = "reading the plan";
    let mut statement = from.connection().prepare_cached(query).doing(doing)?;
    let rows = statement.query_map(values, |row| sql::id_at(row, 0)).doing(doing)?;
    rows.collect::<rusqlite::Result<_>>().doing(doing)
}

impl Plans for Store {}
impl Plans for Write<'_> {}

impl Store {
    /// The open items of a kind that are due by a day, the earliest first.
    ///
    /// # Errors
    /// A storage error.
    pub fn due_by(&self, kind: Kind, by: NaiveDate) -> Result<Vec<ItemId>> {
        let query = "SELECT id FROM listing INDEXED BY listing_due WHERE kind = ?1 AND shelf = 0 \
             AND due <= ?2 ORDER BY due, first, second, third, id";
        ids(self, query, &[&kind.slug(), &by.to_string()])
    }

    /// Assets due by a day that nobody has begun, the earliest first.
    ///
    /// # Errors
    /// A storage error.
    pub fn unbegun_by(&self, by: NaiveDate, most: usize) -> Result<Vec<ItemId>> {
        let query = "SELECT id FROM listing INDEXED BY listing_due WHERE kind = 'asset' AND shelf = 0 \
             AND due <= ?1 AND state IN ('idea', 'planned') \
             ORDER BY due, first, second, third, id LIMIT ?2";
        ids(self, query, &[&by.to_string(), &i64::try_from(most).unwrap_or(i64::MAX)])
    }

    /// Assets due by a day that something open holds up, the earliest first.
    ///
    /// # Errors
    /// A storage error.
    pub fn held_up_by(&self, by: NaiveDate, most: usize) -> Result<Vec<ItemId>> {
        let query = "SELECT l.id FROM listing AS l INDEXED BY listing_due \
             WHERE l.kind = 'asset' AND l.shelf = 0 AND l.due <= ?1 AND EXISTS (SELECT 1 \
             FROM edge AS e CROSS JOIN listing AS b ON b.id = e.source \
             WHERE e.target = l.id AND e.kind = 'blocks' AND b.shelf = 0) ORDER BY l.due, l.id LIMIT ?2";
        ids(self, query, &[&by.to_string(), &i64::try_from(most).unwrap_or(i64::MAX)])
    }

    /// Artefacts that have not shipped, those touched last at the top.
    ///
    /// # Errors
    /// A storage error.
    pub fn drafted(&self) -> Result<Vec<ItemId>> {
        let query = "SELECT l.id FROM listing AS l JOIN item AS i ON i.id = l.id \
             WHERE l.kind = 'artefact' AND l.shelf = 0 ORDER BY i.updated_at DESC, i.no LIMIT 20";
        ids(self, query, &[])
    }

    /// The last day on which each person was reached: by a pre-wire held, or an artefact that
    /// shipped to them.
    ///
    /// # Errors
    /// A storage error.
    pub fn last_touches(&self) -> Result<HashMap<ItemId, NaiveDate>> {
        let doing = "reading who was reached";
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT person, max(day) FROM ( \
                   SELECT person, held_on AS day FROM prewire WHERE held_on IS NOT NULL \
                   UNION ALL SELECT owner, reached_on FROM touch WHERE reached_on IS NOT NULL \
                   UNION ALL SELECT e.target, f.shipped_on FROM artefact AS f \
                     JOIN item AS i ON i.id = f.id JOIN edge AS e ON e.source = f.id \
                     WHERE f.shipped_on IS NOT NULL AND e.kind = 'informed' AND i.deleted_at IS NULL) \
                 GROUP BY person",
            )
            .doing(doing)?;
        let rows = statement
            .query_map([], |row| {
                let day = sql::day_at(row, 1)?;
                Ok((sql::id_at(row, 0)?, day))
            })
            .doing(doing)?;
        let all: Vec<(ItemId, Option<NaiveDate>)> =
            rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        Ok(all.into_iter().filter_map(|(id, day)| Some((id, day?))).collect())
    }
}
