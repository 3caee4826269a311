//! Decisions in brief, without their records: of the open ones what says how each stands, in one pass
//! and in the order of the backlog; of those that were taken what was said.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::{Row, params};

use super::error::{Doing, Result};
use super::listing::Closed;
use super::open::Store;
use super::sql::{self, json_ids};
use crate::domain::decision::standing::Signs;
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;

const DOING: &str = "reading the decisions";

/// What is told of each, of `i`, its item, `n`, the decision, and `l`, its place in the backlog.
const TOLD: &str = "i.id, i.no, i.title, i.state, nullif(l.due, '9999-12-31'), n.needed_by, n.forum, n.forum_on, \
    coalesce(n.raised_on, substr(i.created_at, 1, 10)), substr(i.updated_at, 1, 10), i.owner, n.approver, \
    CASE WHEN n.default_text IS NOT NULL THEN n.default_on END";

/// Where one stands in the backlog: late ones first, then by the three keys of the order, which for
/// a decision end in a day.
type Place = (bool, i64, i64, NaiveDate);

/// One open decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    pub id: ItemId,
    pub reference: Ref,
    pub title: Box<str>,
    pub state: &'static str,
    pub signs: Signs,
    pub needed_by: Option<NaiveDate>,
    pub forum: Arc<str>,
    /// Who drives it and who decides, by name; empty for nobody.
    pub driver: Arc<str>,
    pub approver: Arc<str>,
}

/// A decision that was taken: what was said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub id: ItemId,
    pub reference: Ref,
    pub title: String,
    pub state: &'static str,
    pub rationale: String,
    /// The letter of the option that was chosen; empty for none.
    pub chosen: String,
}

/// Many of them at once, each kept once, however many hold it.
pub type Briefs = Vec<Arc<Brief>>;

impl Store {
    /// Every open decision, late ones first, in the order of the backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn briefs(&self, today: NaiveDate) -> Result<Briefs> {
        // By their ids they lie side by side in the file; in the order of the backlog each would be a
        // page of its own. Without a limit SQLite leaves an inner order out.
        let query = format!(
            "SELECT {TOLD}, l.due >= ?1, l.first, l.second, l.third \
             FROM (SELECT id, due, first, second, third FROM listing \
               WHERE kind = 'decision' AND shelf = 0 ORDER BY id LIMIT -1) AS l \
             CROSS JOIN item AS i ON i.id = l.id CROSS JOIN decision AS n ON n.id = l.id"
        );
        let mut words = Words::of(self.people()?);
        let mut statement = self.connection.prepare_cached(&query).doing(DOING)?;
        let rows = statement
            .query_map([today.to_string()], |row| {
                let third = sql::day_at(row, 16)?.unwrap_or_default();
                let place: Place = (row.get(13)?, row.get(14)?, row.get(15)?, third);
                Ok((place, Arc::new(words.brief(row)?)))
            })
            .doing(DOING)?;
        let mut found = rows.collect::<rusqlite::Result<Vec<_>>>().doing(DOING)?;
        found.sort_unstable_by(|(place, brief), (other, beside)| {
            place.cmp(other).then_with(|| brief.id.cmp(&beside.id))
        });
        Ok(found.into_iter().map(|(_, brief)| brief).collect())
    }

    /// These open decisions, in their order.
    ///
    /// # Errors
    /// A storage error.
    pub fn briefs_of(&self, ids: &[ItemId]) -> Result<Briefs> {
        let query = format!(
            "SELECT {TOLD} FROM json_each(?1) AS w CROSS JOIN listing AS l ON l.id = w.value \
             CROSS JOIN item AS i ON i.id = l.id CROSS JOIN decision AS n ON n.id = l.id \
             ORDER BY w.key"
        );
        let mut words = Words::of(self.people()?);
        let mut statement = self.connection.prepare_cached(&query).doing(DOING)?;
        let rows = statement
            .query_map([json_ids(ids)], |row| words.brief(row).map(Arc::new))
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// These decisions as they were taken, in their order.
    ///
    /// # Errors
    /// A storage error.
    pub fn taken_of(&self, ids: &[ItemId]) -> Result<Vec<Taken>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT i.id, i.no, i.title, i.state, d.rationale, d.chosen FROM json_each(?1) AS w \
                 CROSS JOIN item AS i ON i.id = w.value CROSS JOIN decision AS d ON d.id = i.id \
                 ORDER BY w.key",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([json_ids(ids)], |row| {
                Ok(Taken {
                    id: sql::id_at(row, 0)?,
                    reference: Ref { kind: Kind::Decision, number: row.get(1)? },
                    title: sql::plain_at(row, 2)?,
                    state: Kind::Decision.noun().state(&sql::plain_at(row, 3)?).slug,
                    rationale: sql::plain_at(row, 4)?,
                    chosen: sql::plain_at(row, 5)?,
                })
            })
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// The first open decisions that are due by a day, today or later, in the order of the backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn decisions_due_by(
        &self,
        today: NaiveDate,
        until: NaiveDate,
        most: usize,
    ) -> Result<Vec<ItemId>> {
        let backlog = self.backlog(Kind::Decision, Closed::Hidden, today)?;
        let mut ids = self.window(&backlog, 0..most.min(backlog.counts.late), None)?;
        if ids.len() < most {
            let mut statement = self
                .connection
                .prepare_cached(
                    "SELECT id FROM listing INDEXED BY listing_due WHERE kind = 'decision' AND shelf = 0 \
                     AND due BETWEEN ?1 AND ?2 ORDER BY first, second, third, id LIMIT ?3",
                )
                .doing(DOING)?;
            let rest = i64::try_from(most - ids.len()).unwrap_or(i64::MAX);
            let rows = statement
                .query_map(params![today.to_string(), until.to_string(), rest], |row| {
                    sql::id_at(row, 0)
                })
                .doing(DOING)?;
            ids.extend(rows.collect::<rusqlite::Result<Vec<_>>>().doing(DOING)?);
        }
        Ok(ids)
    }

    /// Everybody's name: there are few, and many decisions name them.
    fn people(&self) -> Result<HashMap<ItemId, Arc<str>>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, title FROM item WHERE kind = 'person'")
            .doing(DOING)?;
        let rows = statement
            .query_map([], |row| Ok((sql::id_at(row, 0)?, sql::plain_at(row, 1)?.into())))
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }
}

/// Words that many hold, each kept once.
struct Words {
    people: HashMap<ItemId, Arc<str>>,
    nobody: Arc<str>,
    forums: HashSet<Arc<str>>,
}

impl Words {
    fn of(people: HashMap<ItemId, Arc<str>>) -> Self {
        Self { people, nobody: Arc::from(""), forums: HashSet::new() }
    }

    fn called(&self, row: &Row<'_>, at: usize) -> rusqlite::Result<Arc<str>> {
        let known = self.people.get(&sql::id_at(row, at)?);
        Ok(known.unwrap_or(&self.nobody).clone())
    }

    fn brief(&mut self, row: &Row<'_>) -> rusqlite::Result<Brief> {
        let state = Kind::Decision.noun().state(&sql::plain_at(row, 3)?).slug;
        let forum = match row.get_ref(6).map(sql::seen)? {
            Some(forum) => kept(&mut self.forums, &forum),
            None => self.nobody.clone(),
        };
        Ok(Brief {
            id: sql::id_at(row, 0)?,
            reference: Ref { kind: Kind::Decision, number: row.get(1)? },
            title: sql::plain_at(row, 2)?.into(),
            signs: Signs {
                last_day: sql::day_at(row, 4)?,
                is_deferred: state == "deferred",
                default_on: sql::day_at(row, 12)?,
                forum_on: sql::day_at(row, 7)?,
                raised_on: sql::day_at(row, 8)?.unwrap_or_default(),
                touched_on: sql::day_at(row, 9)?.unwrap_or_default(),
            },
            state,
            needed_by: sql::day_at(row, 5)?,
            forum,
            driver: self.called(row, 10)?,
            approver: self.called(row, 11)?,
        })
    }
}

/// The same words as before where they were said before.
fn kept(all: &mut HashSet<Arc<str>>, words: &str) -> Arc<str> {
    if let Some(known) = all.get(words) {
        return known.clone();
    }
    let new: Arc<str> = Arc::from(words);
    all.insert(new.clone());
    new
}
