//! Open decisions in brief: what says how each stands, in one pass and in the order of the backlog,
//! without their records.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::error::{Doing, Result};
use super::open::Store;
use super::sql;
use crate::domain::decision::standing::Signs;
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;

const DOING: &str = "reading the open decisions";

/// Where one stands in the backlog: late ones first, then by the three keys of the order.
type Place = (bool, i64, i64, String);

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

/// Many of them at once, each kept once, however many hold it.
pub type Briefs = Vec<Arc<Brief>>;

impl Store {
    /// Every open decision, late ones first, in the order of the backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn briefs(&self, today: NaiveDate) -> Result<Briefs> {
        let people = self.people()?;
        let nobody: Arc<str> = Arc::from("");
        let called = |id: Option<String>| {
            id.and_then(|id| people.get(&id).cloned()).unwrap_or_else(|| nobody.clone())
        };
        let mut forums: HashSet<Arc<str>> = HashSet::new();
        let noun = Kind::Decision.noun();
        let mut statement = self
            .connection
            .prepare_cached(
                // By their ids they lie side by side in the file; in the order of the backlog each
                // would be a page of its own. Without a limit SQLite leaves an inner order out.
                "WITH open AS MATERIALIZED (SELECT id, due, first, second, third FROM listing \
                   WHERE kind = 'decision' AND shelf = 0 ORDER BY id LIMIT -1) \
                 SELECT i.id, i.no, i.title, i.state, nullif(l.due, '9999-12-31'), n.needed_by, n.forum, n.forum_on, \
                 coalesce(n.raised_on, substr(i.created_at, 1, 10)), substr(i.updated_at, 1, 10), \
                 i.owner, n.approver, \
                 CASE WHEN n.default_text IS NOT NULL THEN n.default_on END, \
                 l.due >= ?1, l.first, l.second, l.third \
                 FROM open AS l CROSS JOIN item AS i ON i.id = l.id \
                 CROSS JOIN decision AS n ON n.id = l.id",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([today.to_string()], |row| {
                let state = noun.state(&sql::plain_at(row, 3)?).slug;
                let place: Place =
                    (row.get(13)?, row.get(14)?, row.get(15)?, sql::plain_at(row, 16)?);
                let brief = Brief {
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
                    forum: kept(&mut forums, &sql::plain_at(row, 6)?),
                    driver: called(sql::text_at(row, 10)?),
                    approver: called(sql::text_at(row, 11)?),
                };
                Ok((place, Arc::new(brief)))
            })
            .doing(DOING)?;
        let mut found = rows.collect::<rusqlite::Result<Vec<_>>>().doing(DOING)?;
        found.sort_unstable_by(|(place, brief), (other, beside)| {
            place.cmp(other).then_with(|| brief.id.cmp(&beside.id))
        });
        Ok(found.into_iter().map(|(_, brief)| brief).collect())
    }
}

impl Store {
    /// Everybody's name: there are few, and many decisions name them.
    fn people(&self) -> Result<HashMap<String, Arc<str>>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT id, title FROM item \
                 WHERE kind = 'person'",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([], |row| Ok((sql::plain_at(row, 0)?, sql::plain_at(row, 1)?.into())))
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
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
