//! Conversations with what was raised in them and how messages were said, read for figures.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::params;

use super::error::{Doing, Result};
use super::journal::Write;
use super::lookup::Lookup;
use super::open::Store;
use super::sql;
use crate::domain::evidence::Stage;
use crate::domain::item::ItemId;
use crate::domain::message::Score;

const DOING: &str = "reading the conversations";

/// A conversation as the figures see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    pub id: ItemId,
    pub on: NaiveDate,
    pub kind: String,
    pub account: String,
    pub segment: Option<ItemId>,
    pub stage: Stage,
    /// Said to be late, or late by its stage.
    pub is_late: bool,
    pub rep: Option<ItemId>,
    /// The objections that were raised.
    pub raised: Vec<ItemId>,
    /// The messages that were listened for.
    pub scores: Vec<(ItemId, Score)>,
}

/// An account and what is known from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub name: String,
    pub pieces: usize,
    pub talks: usize,
    pub last: Option<NaiveDate>,
}

/// How often an objection came up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard {
    pub times: usize,
    /// Of these, since the day that was asked.
    pub lately: usize,
    pub accounts: usize,
}

/// Reading conversations, from the open store or within a write.
pub trait Talks: Lookup {
    /// Live conversations from one day to another, the first first.
    ///
    /// # Errors
    /// A storage error.
    fn talks(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Talk>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT n.id, n.held_on, coalesce(n.kind, ''), lower(trim(coalesce(n.account, ''))), \
                 n.segment, coalesce(n.stage, 'unknown'), n.late, n.rep \
                 FROM conversation AS n CROSS JOIN item AS i ON i.id = n.id \
                 WHERE n.held_on BETWEEN ?1 AND ?2 AND i.deleted_at IS NULL AND i.state = 'logged' \
                 ORDER BY n.held_on, i.no",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([from.to_string(), to.to_string()], |row| {
                let stage = Stage::parse(&sql::plain_at(row, 5)?).unwrap_or(Stage::Unknown);
                let is_late = match sql::text_at(row, 6)?.as_deref() {
                    Some(said) => said == "yes",
                    None => matches!(stage, Stage::Proposal | Stage::Negotiation),
                };
                Ok(Talk {
                    id: sql::id_at(row, 0)?,
                    on: sql::plain_at(row, 1)?.parse().unwrap_or_default(),
                    kind: sql::plain_at(row, 2)?,
                    account: sql::plain_at(row, 3)?,
                    segment: id_at(row, 4)?,
                    stage,
                    is_late,
                    rep: id_at(row, 7)?,
                    raised: Vec::new(),
                    scores: Vec::new(),
                })
            })
            .doing(DOING)?;
        let mut talks: Vec<Talk> = rows.collect::<rusqlite::Result<_>>().doing(DOING)?;
        let ids: Vec<ItemId> = talks.iter().map(|talk| talk.id).collect();
        let (mut raised, mut scores) = (raised_in(self, &ids)?, scores_of(self, &ids)?);
        for talk in &mut talks {
            talk.raised = raised.remove(&talk.id).unwrap_or_default();
            talk.scores = scores.remove(&talk.id).unwrap_or_default();
        }
        Ok(talks)
    }
}

impl Talks for Store {}
impl Talks for Write<'_> {}

impl Store {
    /// How often these objections came up, and how often since a day.
    ///
    /// # Errors
    /// A storage error.
    pub fn heard(&self, objections: &[ItemId], since: NaiveDate) -> Result<HashMap<ItemId, Heard>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT e.target, count(*), sum(n.held_on >= ?2), \
                 count(DISTINCT nullif(lower(trim(coalesce(n.account, ''))), '')) \
                 FROM json_each(?1) AS w \
                 CROSS JOIN edge AS e ON e.target = w.value AND e.kind = 'raised' \
                 CROSS JOIN conversation AS n ON n.id = e.source \
                 CROSS JOIN item AS i ON i.id = n.id \
                 WHERE i.deleted_at IS NULL AND i.state = 'logged' GROUP BY e.target",
            )
            .doing(DOING)?;
        let mut rows =
            statement.query(params![sql::json_ids(objections), since.to_string()]).doing(DOING)?;
        let mut found = HashMap::new();
        while let Some(row) = rows.next().doing(DOING)? {
            let count = |at| -> rusqlite::Result<usize> {
                Ok(usize::try_from(row.get::<_, Option<i64>>(at)?.unwrap_or(0)).unwrap_or(0))
            };
            let heard = Heard {
                times: count(1).doing(DOING)?,
                lately: count(2).doing(DOING)?,
                accounts: count(3).doing(DOING)?,
            };
            found.insert(sql::id_at(row, 0).doing(DOING)?, heard);
        }
        Ok(found)
    }

    /// How many late conversations a segment had from one day to another, and how often each
    /// objection came up in them.
    ///
    /// # Errors
    /// A storage error.
    pub fn late_in(
        &self,
        segment: ItemId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<(usize, Vec<(ItemId, usize)>)> {
        let mut statement = self
            .connection
            .prepare_cached(
                "WITH late AS MATERIALIZED (SELECT n.id FROM conversation AS n \
                   CROSS JOIN item AS i ON i.id = n.id \
                   WHERE n.segment = ?1 AND n.held_on BETWEEN ?2 AND ?3 \
                   AND (n.late = 'yes' OR n.late IS NULL AND n.stage IN ('proposal', 'negotiation')) \
                   AND i.deleted_at IS NULL AND i.state = 'logged') \
                 SELECT NULL, count(*) FROM late UNION ALL \
                 SELECT e.target, count(*) FROM late \
                 CROSS JOIN edge AS e ON e.source = late.id AND e.kind = 'raised' \
                 CROSS JOIN item AS i ON i.id = e.target WHERE i.deleted_at IS NULL GROUP BY 1",
            )
            .doing(DOING)?;
        let asked = params![segment.to_string(), from.to_string(), to.to_string()];
        let mut rows = statement.query(asked).doing(DOING)?;
        let (mut late, mut raised) = (0, Vec::new());
        while let Some(row) = rows.next().doing(DOING)? {
            let times: i64 = row.get(1).doing(DOING)?;
            let times = usize::try_from(times).unwrap_or(0);
            match id_at(row, 0).doing(DOING)? {
                Some(objection) => raised.push((objection, times)),
                None => late = times,
            }
        }
        Ok((late, raised))
    }

    /// The stages at which an objection came up.
    ///
    /// # Errors
    /// A storage error.
    pub fn stages_of(&self, objection: ItemId) -> Result<Vec<(Stage, usize)>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT coalesce(n.stage, 'unknown'), count(*) FROM edge AS e \
                 CROSS JOIN conversation AS n ON n.id = e.source \
                 CROSS JOIN item AS i ON i.id = n.id WHERE e.target = ?1 AND e.kind = 'raised' \
                 AND i.deleted_at IS NULL AND i.state = 'logged' GROUP BY 1",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([objection.to_string()], |row| {
                let stage = Stage::parse(&sql::plain_at(row, 0)?).unwrap_or(Stage::Unknown);
                Ok((stage, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0)))
            })
            .doing(DOING)?;
        let mut stages: Vec<(Stage, usize)> = rows.collect::<rusqlite::Result<_>>().doing(DOING)?;
        stages.sort_unstable();
        Ok(stages)
    }

    /// The calls and interviews from one day to another, one an account and day: logged as
    /// conversations, or known from evidence alone.
    ///
    /// # Errors
    /// A storage error.
    pub fn interviews(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<(String, NaiveDate)>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT kind, on_day FROM ( \
                   SELECT n.kind AS kind, n.held_on AS on_day, \
                     coalesce(nullif(lower(trim(n.account)), ''), n.id) AS whose \
                   FROM conversation AS n CROSS JOIN item AS i ON i.id = n.id \
                   WHERE n.held_on BETWEEN ?1 AND ?2 AND n.kind IN ('call', 'interview', 'win-loss', 'demo') \
                   AND i.deleted_at IS NULL AND i.state = 'logged' \
                   UNION \
                   SELECT v.kind, v.observed_on, \
                     coalesce(nullif(lower(trim(v.account)), ''), i.link, v.id) \
                   FROM evidence AS v CROSS JOIN item AS i ON i.id = v.id \
                   WHERE v.observed_on BETWEEN ?1 AND ?2 AND v.kind IN ('call', 'interview') \
                   AND v.conversation IS NULL AND i.deleted_at IS NULL AND i.state <> 'retired' \
                 ) GROUP BY whose, on_day ORDER BY on_day",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([from.to_string(), to.to_string()], |row| {
                let on = sql::plain_at(row, 1)?.parse().unwrap_or_default();
                Ok((sql::plain_at(row, 0)?, on))
            })
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Every account of which something is known: how it is written, pieces of evidence,
    /// conversations, and the last day of either; the latest first.
    ///
    /// # Errors
    /// A storage error.
    pub fn accounts_heard(&self) -> Result<Vec<Account>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT max(name), sum(piece), sum(1 - piece), max(day) FROM ( \
                   SELECT trim(v.account) AS name, 1 AS piece, v.observed_on AS day \
                   FROM evidence AS v CROSS JOIN item AS i ON i.id = v.id \
                   WHERE v.account IS NOT NULL AND i.deleted_at IS NULL AND i.state <> 'retired' \
                   UNION ALL \
                   SELECT trim(n.account), 0, n.held_on \
                   FROM conversation AS n CROSS JOIN item AS i ON i.id = n.id \
                   WHERE n.account IS NOT NULL AND i.deleted_at IS NULL AND i.state = 'logged') \
                 WHERE name <> '' GROUP BY lower(name) ORDER BY max(day) DESC, lower(name)",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([], |row| {
                let count = |at| -> rusqlite::Result<usize> {
                    Ok(usize::try_from(row.get::<_, i64>(at)?).unwrap_or(0))
                };
                Ok(Account {
                    name: sql::plain_at(row, 0)?,
                    pieces: count(1)?,
                    talks: count(2)?,
                    last: sql::day_at(row, 3)?,
                })
            })
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// The names of all accounts, however they are written, those that were told of first at the
    /// top; what lies in the Trash among them.
    ///
    /// # Errors
    /// A storage error.
    pub fn accounts_named(&self) -> Result<Vec<String>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT name FROM ( \
                   SELECT trim(v.account) AS name, i.no AS no, 1 AS sort \
                   FROM evidence AS v CROSS JOIN item AS i ON i.id = v.id \
                   UNION ALL SELECT trim(n.account), i.no, 2 \
                   FROM conversation AS n CROSS JOIN item AS i ON i.id = n.id \
                   UNION ALL SELECT trim(h.account), i.no, 3 \
                   FROM deal AS h CROSS JOIN item AS i ON i.id = h.id) \
                 WHERE name <> '' GROUP BY name ORDER BY min(sort), min(no)",
            )
            .doing(DOING)?;
        let rows = statement.query_map([], |row| sql::plain_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Names of accounts in use, the most used first.
    ///
    /// # Errors
    /// A storage error.
    pub fn accounts_known(&self, most: usize) -> Result<Vec<String>> {
        let doing = "reading the accounts";
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT account FROM (SELECT account FROM evidence WHERE account IS NOT NULL \
                 UNION ALL SELECT account FROM conversation WHERE account IS NOT NULL) \
                 GROUP BY account ORDER BY count(*) DESC, account LIMIT ?1",
            )
            .doing(doing)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement.query_map([most], |row| sql::plain_at(row, 0)).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }
}

fn id_at(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Option<ItemId>> {
    Ok(sql::text_at(row, at)?.and_then(|text| text.parse().ok()))
}

fn raised_in(
    from: &(impl Lookup + ?Sized),
    talks: &[ItemId],
) -> Result<HashMap<ItemId, Vec<ItemId>>> {
    pairs(
        from,
        "SELECT e.source, e.target FROM json_each(?1) AS w \
         CROSS JOIN edge AS e ON e.source = w.value AND e.kind = 'raised' \
         CROSS JOIN item AS i ON i.id = e.target WHERE i.deleted_at IS NULL",
        talks,
    )
}

fn pairs(
    from: &(impl Lookup + ?Sized),
    query: &str,
    ids: &[ItemId],
) -> Result<HashMap<ItemId, Vec<ItemId>>> {
    let mut statement = from.connection().prepare_cached(query).doing(DOING)?;
    let mut rows = statement.query([sql::json_ids(ids)]).doing(DOING)?;
    let mut found: HashMap<ItemId, Vec<ItemId>> = HashMap::new();
    while let Some(row) = rows.next().doing(DOING)? {
        let key = sql::id_at(row, 0).doing(DOING)?;
        found.entry(key).or_default().push(sql::id_at(row, 1).doing(DOING)?);
    }
    Ok(found)
}

fn scores_of(
    from: &(impl Lookup + ?Sized),
    talks: &[ItemId],
) -> Result<HashMap<ItemId, Vec<(ItemId, Score)>>> {
    let mut statement = from
        .connection()
        .prepare_cached(
            "SELECT s.owner, s.message, s.score FROM json_each(?1) AS w \
             CROSS JOIN call_score AS s ON s.owner = w.value ORDER BY s.owner, s.position",
        )
        .doing(DOING)?;
    let mut rows = statement.query([sql::json_ids(talks)]).doing(DOING)?;
    let mut found: HashMap<ItemId, Vec<(ItemId, Score)>> = HashMap::new();
    while let Some(row) = rows.next().doing(DOING)? {
        let owner = sql::id_at(row, 0).doing(DOING)?;
        let message = sql::id_at(row, 1).doing(DOING)?;
        let score = sql::text_at(row, 2).doing(DOING)?.unwrap_or_default();
        let score = Score::parse(&score).unwrap_or(Score::Absent);
        found.entry(owner).or_default().push((message, score));
    }
    Ok(found)
}
