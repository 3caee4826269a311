//! Deals as figures are counted on them: all at once, without what only a screen shows of them.

use rusqlite::{Row, params};

use super::error::{Doing, Result};
use super::journal::Write;
use super::lookup::Lookup;
use super::open::Store;
use super::sql;
use crate::domain::metric::deals::{Business, Currency, Deal, Money, StageEvent, Standing, stages};

const DOING: &str = "reading the deals";
/// What is read of a deal, of `deal AS d` and `item AS i`.
const READ: &str = "SELECT d.id, i.title, i.state, d.account, d.segment, d.seller, d.amount, \
     d.currency, d.business, d.competitor, d.contribution, d.created_on, \
     d.closed_on, d.stage, d.pipeline, d.reason, d.stages";

/// A deal with its way, and whether somebody logged a contribution to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub deal: Deal,
    pub events: Vec<StageEvent>,
    pub contributed: bool,
}

/// Reading deals, from the open store or within a write.
pub trait Deals: Lookup {
    /// All deals that are not in the Trash; the id of the item is what they are known by.
    ///
    /// # Errors
    /// A storage error.
    fn deals(&self) -> Result<Vec<Kept>> {
        let mut statement = self
            .connection()
            .prepare_cached(&format!(
                "{READ} FROM deal AS d CROSS JOIN item AS i ON i.id = d.id \
                 WHERE i.deleted_at IS NULL"
            ))
            .doing(DOING)?;
        let rows = statement.query_map([], kept).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Those of these deals that are not in the Trash.
    ///
    /// # Errors
    /// A storage error.
    fn deals_of(&self, ids: &[String]) -> Result<Vec<Kept>> {
        let mut statement = self
            .connection()
            .prepare_cached(&format!(
                "{READ} FROM json_each(?1) AS w CROSS JOIN deal AS d ON d.id = w.value \
                 CROSS JOIN item AS i ON i.id = d.id WHERE i.deleted_at IS NULL"
            ))
            .doing(DOING)?;
        let ids = serde_json::Value::from(ids.to_vec()).to_string();
        let rows = statement.query_map([ids], kept).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// The last line of the journal.
    ///
    /// # Errors
    /// A storage error.
    fn last_change(&self) -> Result<i64> {
        self.connection()
            .prepare_cached("SELECT coalesce(max(n), 0) FROM chg")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .doing(DOING)
    }

    /// The deals of which the journal tells after this line of it, no more than `most`.
    ///
    /// # Errors
    /// A storage error.
    fn changed_deals(&self, after: i64, most: usize) -> Result<Vec<String>> {
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT DISTINCT c.pk FROM chg AS c WHERE c.n > ?1 AND (c.tbl = 'deal' \
                 OR c.tbl = 'item' AND EXISTS (SELECT 1 FROM deal AS d WHERE d.id = c.pk)) \
                 LIMIT ?2",
            )
            .doing(DOING)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![after, most], |row| row.get(0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Whether there is any deal at all.
    ///
    /// # Errors
    /// A storage error.
    fn has_deals(&self) -> Result<bool> {
        self.connection()
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM deal)")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .doing(DOING)
    }
}

impl Deals for Store {}
impl Deals for Write<'_> {}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let some = |at: usize| -> rusqlite::Result<Option<String>> {
        Ok(sql::text_at(row, at)?.filter(|text| !text.is_empty()))
    };
    let day = |at: usize| sql::day_at(row, at);
    let id = sql::plain_at(row, 0)?;
    let currency = some(7)?.and_then(|code| Currency::parse(&code)).unwrap_or(Currency::UNSAID);
    let events = stages::read(&sql::plain_at(row, 16)?);
    let events =
        events.into_iter().map(|(entered, stage)| StageEvent { deal: id.clone(), stage, entered });
    let events = events.collect();
    let standing = Standing::from_slug(&sql::plain_at(row, 2)?).unwrap_or(Standing::Open);
    let amount: Option<f64> = row.get(6)?;
    Ok(Kept {
        contributed: some(10)?.is_some(),
        events,
        deal: Deal {
            external_id: id,
            name: sql::plain_at(row, 1)?,
            account: some(3)?,
            segment: some(4)?,
            owner: some(5)?,
            amount: amount.and_then(|amount| Money::of(amount, currency)),
            created: day(11)?,
            closed: day(12)?,
            stage: some(13)?.unwrap_or_else(|| standing.slug().to_owned()),
            standing,
            reason: some(15)?,
            competitor: some(9)?,
            pipeline: some(14)?,
            business: some(8)?.and_then(|slug| Business::from_slug(&slug)),
        },
    })
}
