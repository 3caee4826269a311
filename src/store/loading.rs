//! A load of new rows. The journal's triggers are silent while it lasts; the lines that they would
//! have written are written at its end, table by table, which takes a third of the time. Nothing but
//! new rows may be written meanwhile, and whatever else was written fails the step.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rusqlite::{Connection, params_from_iter};
use uuid::Uuid;

use super::error::{Doing, Error, Result};
use super::journal::Write;
use super::schema::JOURNALLED;
use super::silence::{self, Triggers};

const DOING: &str = "writing the journal";
/// Lines written by one statement.
const AT_ONCE: usize = 50;

/// A load in progress.
#[derive(Default)]
pub(super) struct Loading {
    /// The keys of the new rows of each table.
    rows: BTreeMap<&'static str, Vec<Uuid>>,
    /// Changes that no journal knows: of counters.
    beside: u64,
    begun: u64,
}

impl Write<'_> {
    /// From now on only new rows are written, until `end_load`.
    ///
    /// # Errors
    /// A storage error.
    pub fn begin_load(&self) -> Result<()> {
        let begun = changes(self.connection)?;
        *self.loading.borrow_mut() = Some(Loading { begun, ..Loading::default() });
        silence::set(self.connection, Triggers::Silent)
    }

    /// Ends a load, when there is one, and writes its journal.
    ///
    /// # Errors
    /// A storage error; `Damaged` when anything but new rows was written, which is no fault of the
    /// user's. The step must fail then.
    pub fn end_load(&self) -> Result<()> {
        let Some(load) = self.loading.take() else { return Ok(()) };
        silence::set(self.connection, Triggers::Run)?;
        let known = load.rows.values().map(|keys| keys.len() as u64).sum::<u64>() + load.beside;
        if changes(self.connection)? - load.begun != known {
            let why = "a load wrote more than new rows".to_owned();
            return Err(Error::Damaged { path: PathBuf::new(), why });
        }
        for table in JOURNALLED {
            self.journal(table, load.rows.get(table).map_or(&[], Vec::as_slice))?;
        }
        Ok(())
    }

    /// Takes note of a new row, which the triggers do unless a load is in progress.
    pub(super) fn loaded(&self, table: &'static str, key: Uuid) {
        if let Some(load) = self.loading.borrow_mut().as_mut() {
            load.rows.entry(table).or_default().push(key);
        }
    }

    /// Takes note of a change that is not journalled.
    pub(super) fn loaded_beside(&self) {
        if let Some(load) = self.loading.borrow_mut().as_mut() {
            load.beside += 1;
        }
    }

    /// However the step ends, the triggers run again.
    fn wake(&self) {
        if self.loading.take().is_some() {
            // When it failed, the transaction is dropped as well; the switch is for what comes after.
            let _ = silence::set(self.connection, Triggers::Run);
        }
    }

    fn journal(&self, table: &str, keys: &[Uuid]) -> Result<()> {
        for keys in keys.chunks(AT_ONCE) {
            let lines = vec!["(?1, 'I', ?2, ?)"; keys.len()].join(", ");
            let insert = format!("INSERT OR FAIL INTO chg (op, kind, tbl, pk) VALUES {lines}");
            let mut statement = self.connection.prepare_cached(&insert).doing(DOING)?;
            let keys: Vec<String> = keys.iter().map(Uuid::to_string).collect();
            let step: [&dyn rusqlite::ToSql; 2] = [&self.seq, &table];
            let keys = keys.iter().map(|key| key as &dyn rusqlite::ToSql);
            statement.execute(params_from_iter(step.into_iter().chain(keys))).doing(DOING)?;
        }
        Ok(())
    }
}

impl Drop for Write<'_> {
    fn drop(&mut self) {
        self.wake();
    }
}

/// Rows that were written since the file was opened.
fn changes(connection: &Connection) -> Result<u64> {
    let count: i64 = connection
        .prepare_cached("SELECT total_changes()")
        .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
        .doing(DOING)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::domain::item::{Item, ItemId};
    use crate::domain::kind::Kind;
    use crate::domain::value::Value;
    use crate::store::ids::Ids;
    use crate::store::journal::{OpKind, Stamp};
    use crate::store::open::Store;
    use crate::store::origin::NewOrigin;

    const UUID: &str = "00000000-0000-7000-8000-000000000000";

    /// Writes the same new rows each time; `begin` may begin a load first.
    fn written(
        begin: impl Fn(&Write<'_>) -> Result<()>,
        more: impl Fn(&Write<'_>, &Item) -> Result<()>,
    ) -> Result<Store> {
        let mut store = Store::in_memory(UUID).unwrap();
        let ids = Ids::seeded(3);
        let at = DateTime::<Utc>::UNIX_EPOCH;
        let stamp = Stamp { at, actor: String::new(), device: String::new(), ids: &ids };
        store.write(&stamp, OpKind::Do, |write| {
            begin(write)?;
            for number in 0..120 {
                let kind = [Kind::Decision, Kind::Asset, Kind::Person][number % 3];
                let id = ItemId(write.new_id());
                let mut item = Item::new(id, write.next_ref(kind)?, at, "");
                item.set("title", Value::Text(format!("Row {number}")));
                if kind != Kind::Person {
                    item.set("tags", Value::Tags(vec!["one".to_owned(), "two".to_owned()]));
                }
                write.insert(&item)?;
                let (external_id, digest) = (number.to_string(), "{}");
                let (source, external_id) = ("table", external_id.as_str());
                write.add_origin(&NewOrigin { source, external_id, item: id, digest })?;
                more(write, &item)?;
            }
            write.end_load()?;
            Ok::<_, Error>(((), "loaded".to_owned()))
        })?;
        Ok(store)
    }

    /// The lines of the journal, in the order of their tables and keys.
    fn journal(store: &Store) -> Vec<(i64, String, String, String)> {
        let query = "SELECT op, kind, tbl, pk FROM chg WHERE col IS NULL AND old IS NULL \
                     AND new IS NULL ORDER BY tbl, pk";
        let mut statement = store.connection.prepare(query).unwrap();
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .unwrap();
        rows.map(|row| row.unwrap()).collect()
    }

    fn begun(write: &Write<'_>) -> Result<()> {
        write.begin_load()
    }

    fn touched(write: &Write<'_>, item: &Item) -> Result<()> {
        write.touch(item.id)
    }

    #[test]
    fn a_load_leaves_the_journal_that_the_triggers_leave() {
        let usual = written(|_| Ok(()), |_, _| Ok(())).unwrap();
        let mut load = written(begun, |_, _| Ok(())).unwrap();
        assert_eq!(journal(&usual).len(), 120 * 3 + 80 * 2);
        assert_eq!(journal(&load), journal(&usual));
        assert_eq!(load.dump().unwrap(), usual.dump().unwrap());
        assert!(!load.check().unwrap().is_damaged());
        let ids = Ids::seeded(4);
        let at = DateTime::<Utc>::UNIX_EPOCH;
        let stamp = Stamp { at, actor: String::new(), device: String::new(), ids: &ids };
        let undone = load
            .write(&stamp, OpKind::Undo, |write| write.take_back().map(|_| ((), String::new())));
        undone.unwrap();
        assert_eq!(load.dump().unwrap(), "");
        assert!(!load.check().unwrap().is_damaged());
    }

    #[test]
    fn a_load_that_writes_anything_else_fails() {
        let failed = written(begun, touched);
        assert!(matches!(failed.map(drop), Err(Error::Damaged { .. })));
        assert!(written(|_| Ok(()), touched).is_ok());
    }
}
