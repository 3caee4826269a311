//! The runs of rituals, and the steps of the journal that belong to one.

use rusqlite::{OptionalExtension, params};

use super::error::{Doing, Result};
use super::extent::OF_STEP;
use super::history::Step;
use super::journal::Write;
use super::lookup::Lookup;
use super::open::Store;
use super::sql;
use crate::domain::item::ItemId;

/// Most runs that are looked at for one that goes on.
const MOST: i64 = 12;

/// Finding runs, from the open store or within a write.
pub trait Runs: Lookup {
    /// The latest runs of a ritual about something, the latest first.
    ///
    /// # Errors
    /// A storage error.
    fn runs(&self, ritual: &str, about: Option<&str>) -> Result<Vec<ItemId>> {
        let doing = "looking for runs of the ritual";
        let mut statement = self
            .connection()
            .prepare_cached(
                "SELECT i.id FROM ritual AS r INDEXED BY ritual_of CROSS JOIN item AS i ON i.id = r.id \
                 WHERE r.ritual = ?1 AND r.about IS ?2 AND i.deleted_at IS NULL \
                 ORDER BY r.began_on DESC, i.no DESC LIMIT ?3",
            )
            .doing(doing)?;
        let rows = statement
            .query_map(params![ritual, about, MOST], |row| sql::id_at(row, 0))
            .doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }
}

impl Runs for Store {}
impl Runs for Write<'_> {}

impl Store {
    /// The steps that belong to a group.
    ///
    /// # Errors
    /// A storage error.
    pub fn steps_of_group(&self, group: &str) -> Result<Vec<i64>> {
        let doing = "reading the journal";
        let mut statement = self
            .connection
            .prepare_cached("SELECT seq FROM op WHERE grp = ?1 ORDER BY seq")
            .doing(doing)?;
        let rows = statement.query_map([group], |row| row.get(0)).doing(doing)?;
        rows.collect::<rusqlite::Result<_>>().doing(doing)
    }

    /// How many steps of a group are of this kind and share this fate.
    ///
    /// # Errors
    /// A storage error.
    pub fn count_of_group(&self, group: &str, like: &Step) -> Result<usize> {
        self.connection
            .prepare_cached(
                "SELECT count(*) FROM op WHERE grp = ?1 AND kind = ?2 \
                 AND (undone_by IS NULL) = ?3",
            )
            .and_then(|mut statement| {
                let values = params![group, like.kind, like.undone_by.is_none()];
                statement.query_row(values, |row| row.get::<_, i64>(0))
            })
            .doing("reading the journal")
            .map(|count| usize::try_from(count).unwrap_or(0))
    }

    /// Whether a step wrote nothing but what was said in a ritual.
    ///
    /// # Errors
    /// A storage error.
    pub fn is_said_alone(&self, step: i64) -> Result<bool> {
        self.connection
            .prepare_cached(&format!(
                "SELECT NOT EXISTS (SELECT 1 FROM chg WHERE {OF_STEP} \
                 AND tbl NOT IN ('verdict', 'ritual', 'section') \
                 AND (tbl <> 'item' OR pk NOT IN (SELECT id FROM ritual)))"
            ))
            .and_then(|mut statement| statement.query_row([step], |row| row.get(0)))
            .doing("reading the journal")
    }

    /// The last step that belongs to a group; none after an import, which brings no journal.
    ///
    /// # Errors
    /// A storage error.
    pub fn last_of_group(&self, group: &str) -> Result<Option<i64>> {
        self.connection
            .prepare_cached("SELECT max(seq) FROM op WHERE grp = ?1")
            .and_then(|mut statement| statement.query_row([group], |row| row.get(0)).optional())
            .doing("reading the journal")
            .map(Option::flatten)
    }
}

impl Write<'_> {
    /// Makes this step one of a group, which history shows as one line.
    ///
    /// # Errors
    /// A storage error.
    pub fn join(&self, group: &str) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE op SET grp = ?2 WHERE seq = ?1")
            .and_then(|mut statement| statement.execute(params![self.seq, group]))
            .doing("writing the journal")
            .map(drop)
    }
}
