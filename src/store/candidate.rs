//! Which step an undo or a redo is about. Redo takes an undo back; whatever new follows ends it.

use rusqlite::{Connection, OptionalExtension};

use super::error::{Doing, Result};
use super::journal::{OpKind, Write};
use super::open::Store;
use crate::domain::refusal::Refusal;

/// A step that undo or redo would act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub seq: i64,
    pub label: String,
    /// For a redo: the label of the op that comes back.
    pub kind: &'static str,
}

impl Write<'_> {
    /// Makes this step one with another which it tells the reason of, as long as nothing stands
    /// between them.
    ///
    /// # Errors
    /// A storage error.
    pub fn explain(&self, of: i64) -> Result<()> {
        let follows: bool = self
            .connection
            .prepare_cached(
                "SELECT NOT EXISTS (SELECT 1 FROM op WHERE seq > ?1 AND seq < ?2 AND kind = 'do' \
                 AND undone_by IS NULL)",
            )
            .and_then(|mut statement| statement.query_row([of, self.seq], |row| row.get(0)))
            .doing("reading the journal")?;
        if follows { self.join(&format!("{WITH}{of}")) } else { Ok(()) }
    }

    /// Undo goes back to the end of this step and no further; the history still takes it back by
    /// its number.
    ///
    /// # Errors
    /// A storage error.
    pub fn undo_ends_here(&self) -> Result<()> {
        let query = "INSERT INTO meta (key, value) VALUES ('undo_ends', ?1) \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.connection
            .execute(query, [self.seq.to_string()])
            .doing("writing the journal")
            .map(drop)
    }
}

impl Store {
    /// The newest op that is neither undone nor itself an undo.
    ///
    /// # Errors
    /// A storage error.
    pub fn to_undo(&self) -> Result<Option<Candidate>> {
        to_undo(&self.connection)
    }

    /// The step that undo would take back and the one whose reason it tells; `None` where the last
    /// step tells no reason of the one before it.
    ///
    /// # Errors
    /// A storage error.
    pub fn undone_together(&self) -> Result<Option<Vec<i64>>> {
        let Some(last) = self.to_undo()? else { return Ok(None) };
        let Some(of) = self.explains(last.seq)? else { return Ok(None) };
        Ok(self.stands(of)?.then(|| vec![last.seq, of]))
    }

    /// The undo that redo would take back, and that of the reason which was undone with it.
    ///
    /// # Errors
    /// A storage error.
    pub fn redone_together(&self) -> Result<Option<Vec<i64>>> {
        let Some(last) = self.to_redo()? else { return Ok(None) };
        let doing = "reading the journal";
        self.connection
            .prepare_cached(
                "SELECT w.undone_by FROM op AS u JOIN op AS w ON w.grp = ?2 || u.undo_of \
                 JOIN op AS v ON v.seq = w.undone_by \
                 WHERE u.seq = ?1 AND v.kind = 'undo' AND v.undone_by IS NULL AND v.seq = u.seq - 1",
            )
            .and_then(|mut statement| {
                statement.query_row(rusqlite::params![last.seq, WITH], |row| row.get(0)).optional()
            })
            .doing(doing)
            .map(|why: Option<i64>| why.map(|why| vec![last.seq, why]))
    }

    /// The step that another one tells the reason of.
    fn explains(&self, seq: i64) -> Result<Option<i64>> {
        let group: Option<String> = self
            .connection
            .prepare_cached("SELECT grp FROM op WHERE seq = ?1")
            .and_then(|mut statement| {
                statement.query_row([seq], |row| super::sql::text_at(row, 0)).optional()
            })
            .doing("reading the journal")?
            .flatten();
        Ok(group.and_then(|group| group.strip_prefix(WITH)?.parse().ok()))
    }

    fn stands(&self, seq: i64) -> Result<bool> {
        self.connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM op WHERE seq = ?1 AND kind = 'do' AND undone_by IS NULL)",
            )
            .and_then(|mut statement| statement.query_row([seq], |row| row.get(0)))
            .doing("reading the journal")
    }

    /// The group of the step that undo would take back; `None` when it belongs to none.
    ///
    /// # Errors
    /// A storage error.
    pub fn group_to_undo(&self) -> Result<Option<String>> {
        self.connection
            .prepare_cached(
                "SELECT coalesce(of.grp, o.grp) FROM op AS o LEFT JOIN op AS of \
                 ON of.seq = CAST(substr(o.grp, length(?1) + 1) AS INTEGER) AND o.grp GLOB ?1 || '*' \
                 WHERE o.kind = 'do' AND o.undone_by IS NULL ORDER BY o.seq DESC LIMIT 1",
            )
            .and_then(|mut statement| {
                statement.query_row([WITH], |row| super::sql::text_at(row, 0)).optional()
            })
            .doing("reading the journal")
            .map(|group| group.flatten().filter(|group| !group.starts_with(WITH)))
    }

    /// The group that the last undo belongs to, with its undos in the order in which they are redone;
    /// `None` where it belongs to none.
    ///
    /// # Errors
    /// A storage error.
    pub fn group_to_redo(&self) -> Result<Option<(String, Vec<i64>)>> {
        let doing = "reading the journal";
        let Some(last) = self.to_redo()? else { return Ok(None) };
        let mut statement = self
            .connection
            .prepare_cached(
                "WITH own AS (SELECT coalesce(of.grp, d.grp) AS grp FROM op AS u \
                   JOIN op AS d ON d.seq = u.undo_of LEFT JOIN op AS of \
                   ON of.seq = CAST(substr(d.grp, length(?2) + 1) AS INTEGER) AND d.grp GLOB ?2 || '*' \
                   WHERE u.seq = ?1) \
                 SELECT own.grp, u.seq FROM own JOIN op AS d ON d.grp = own.grp \
                   OR d.grp IN (SELECT ?2 || seq FROM op WHERE grp = own.grp) \
                 JOIN op AS u ON u.undo_of = d.seq AND u.seq = d.undone_by \
                 WHERE u.kind = 'undo' AND u.undone_by IS NULL AND own.grp NOT GLOB ?2 || '*' \
                   AND NOT EXISTS (SELECT 1 FROM op WHERE kind = 'do' AND seq > u.seq) \
                 ORDER BY u.seq DESC",
            )
            .doing(doing)?;
        let rows = statement
            .query_map(rusqlite::params![last.seq, WITH], |row| {
                Ok((super::sql::plain_at(row, 0)?, row.get(1)?))
            })
            .doing(doing)?;
        let found: Vec<(String, i64)> = rows.collect::<rusqlite::Result<_>>().doing(doing)?;
        let group = found.first().map(|(group, _)| group.clone());
        Ok(group.map(|group| (group, found.into_iter().map(|(_, step)| step).collect())))
    }

    /// The newest undo that nothing new has followed.
    ///
    /// # Errors
    /// A storage error.
    pub fn to_redo(&self) -> Result<Option<Candidate>> {
        to_redo(&self.connection)
    }
}

/// The group of a step that only says why another one was done: both are one to whoever undoes.
const WITH: &str = "with:";

/// Which steps are taken back together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Together {
    /// All that stand of a group, and what says why one of them was done.
    Group(String),
    /// These, in this order.
    Steps(Vec<i64>),
}

/// The steps that are meant, as they stand within the transaction.
pub(super) fn meant(connection: &Connection, together: &Together) -> Result<Vec<i64>> {
    let group = match together {
        Together::Group(group) => group,
        Together::Steps(steps) => return Ok(steps.clone()),
    };
    let doing = "reading the journal";
    let mut statement = connection
        .prepare(
            "SELECT seq FROM op WHERE kind = 'do' AND undone_by IS NULL AND (grp = ?1 OR grp IN \
             (SELECT ?2 || seq FROM op WHERE grp = ?1)) ORDER BY seq DESC",
        )
        .doing(doing)?;
    let rows = statement.query_map([group.as_str(), WITH], |row| row.get(0)).doing(doing)?;
    rows.collect::<rusqlite::Result<_>>().doing(doing)
}

fn to_undo(connection: &Connection) -> Result<Option<Candidate>> {
    let query = "SELECT seq, label FROM op WHERE kind = 'do' AND undone_by IS NULL \
         AND seq > COALESCE((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'undo_ends'), 0) \
         ORDER BY seq DESC LIMIT 1";
    candidate(connection, query, "undo")
}

fn to_redo(connection: &Connection) -> Result<Option<Candidate>> {
    let query = "SELECT u.seq, d.label FROM op AS u JOIN op AS d ON d.seq = u.undo_of \
         WHERE u.kind = 'undo' AND u.undone_by IS NULL \
         AND NOT EXISTS (SELECT 1 FROM op WHERE kind = 'do' AND seq > u.seq) \
         ORDER BY u.seq DESC LIMIT 1";
    candidate(connection, query, "redo")
}

fn candidate(
    connection: &Connection,
    query: &str,
    kind: &'static str,
) -> Result<Option<Candidate>> {
    let read = |row: &rusqlite::Row<'_>| {
        let label = super::sql::text_at(row, 1)?.unwrap_or_default();
        Ok(Candidate { seq: row.get(0)?, label, kind })
    };
    connection
        .prepare_cached(query)
        .and_then(|mut statement| statement.query_row([], read).optional())
        .doing("reading the journal")
}

/// How many changes a step would take back, as things stand before it begins; 0 for any other.
///
/// # Errors
/// A storage error.
pub(super) fn changes(connection: &Connection, kind: OpKind) -> Result<i64> {
    let seq = match kind {
        OpKind::Do => None,
        OpKind::Undo => to_undo(connection)?.map(|found| found.seq),
        OpKind::Redo => to_redo(connection)?.map(|found| found.seq),
        OpKind::TakeBack(seq) => Some(seq),
    };
    let Some(seq) = seq else { return Ok(0) };
    connection
        .prepare_cached("SELECT changes FROM op WHERE seq = ?1")
        .and_then(|mut statement| statement.query_row([seq], |row| row.get(0)).optional())
        .doing("reading the journal")
        .map(Option::unwrap_or_default)
}

/// The word for a step and the op that it takes back, as things stand inside the transaction.
///
/// # Errors
/// `Refused` when there is nothing to take back.
pub(super) fn target(connection: &Connection, kind: OpKind) -> Result<(&'static str, Option<i64>)> {
    let nothing = |word: &str| Refusal::input(format!("there is nothing to {word}"));
    match kind {
        OpKind::Do => Ok(("do", None)),
        OpKind::Undo => {
            let found = to_undo(connection)?.ok_or_else(|| nothing("undo"))?;
            Ok(("undo", Some(found.seq)))
        }
        OpKind::Redo => {
            let found = to_redo(connection)?.ok_or_else(|| nothing("redo"))?;
            Ok(("redo", Some(found.seq)))
        }
        OpKind::TakeBack(seq) => named(connection, seq),
    }
}

/// Taking an undo back is a redo, and taking a redo back is an undo of what came back.
fn named(connection: &Connection, seq: i64) -> Result<(&'static str, Option<i64>)> {
    let found: Option<(String, Option<i64>, Option<i64>)> = connection
        .query_row(
            "SELECT o.kind, u.undo_of, o.undone_by FROM op AS o LEFT JOIN op AS u ON u.seq = o.undo_of \
             WHERE o.seq = ?1",
            [seq],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()
        .doing("reading the journal")?;
    let Some((kind, first, undone_by)) = found else {
        let refusal = Refusal::missing(format!("there is no step {seq} to take back"));
        return Err(refusal.hint("the steps are in prewire history").into());
    };
    if undone_by.is_some() {
        return Err(Refusal::input(format!("step {seq} is taken back already")).into());
    }
    match (kind.as_str(), first) {
        ("undo", _) => Ok(("redo", Some(seq))),
        ("redo", Some(first)) => named(connection, first),
        _ => Ok(("undo", Some(seq))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Stamp;
    use crate::store::ids::Ids;

    #[test]
    fn a_group_is_taken_back_whole_and_each_step_can_be_redone() {
        let mut store = Store::in_memory("00000000-0000-7000-8000-000000000000").unwrap();
        let ids = Ids::seeded(1);
        let at = chrono::DateTime::UNIX_EPOCH;
        let stamp = Stamp { at, actor: String::new(), device: String::new(), ids: &ids };
        let set = |store: &mut Store, name: &str, group: Option<&str>| {
            store
                .write(&stamp, OpKind::Do, |write| {
                    write.set_setting(name, Some("1"))?;
                    write
                        .connection
                        .execute(
                            "UPDATE op SET grp = ?1 WHERE seq = ?2",
                            rusqlite::params![group, write.seq],
                        )
                        .doing("testing")?;
                    Ok::<_, crate::store::Error>(((), name.to_owned()))
                })
                .unwrap();
        };
        set(&mut store, "before", None);
        set(&mut store, "one", Some("g"));
        set(&mut store, "between", None);
        set(&mut store, "two", Some("g"));
        assert_eq!(store.group_to_undo().unwrap().as_deref(), Some("g"));
        let taken = store
            .take_back_together(&stamp, &Together::Group("g".to_owned()), |write| {
                let taken = write.take_back()?;
                Ok::<_, crate::store::Error>((taken.label.clone(), taken.label))
            })
            .unwrap();
        let told: Vec<&str> = taken.iter().map(|(label, _)| label.as_str()).collect();
        assert_eq!(told, ["undid: two", "undid: one"]);
        assert_eq!(store.group_to_undo().unwrap(), None);
        assert_eq!(store.to_undo().unwrap().unwrap().label, "between");
        assert_eq!(store.to_redo().unwrap().unwrap().label, "one");
        let left: Vec<String> =
            store.settings().unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(left, ["before", "between"]);
        let (_, steps) = store.group_to_redo().unwrap().unwrap();
        let again = store
            .take_back_together(&stamp, &Together::Steps(steps), |write| {
                let taken = write.take_back()?;
                Ok::<_, crate::store::Error>((taken.label.clone(), taken.label))
            })
            .unwrap();
        let told: Vec<&str> = again.iter().map(|(label, _)| label.as_str()).collect();
        assert_eq!(told, ["redid: one", "redid: two"]);
        assert_eq!(store.settings().unwrap().len(), 4);
        assert_eq!(store.group_to_redo().unwrap(), None);
        assert_eq!(store.group_to_undo().unwrap().as_deref(), Some("g"));
    }
}
