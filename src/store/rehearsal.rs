//! What a write would do, carried out and dropped. On a connection of its own, which keeps what a
//! rollback needs in memory and spills no page, so that neither the file nor its directory is touched.

use std::collections::HashSet;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::connect::{connect, journal_mode};
use super::error::{Doing, Error, Result};
use super::extent::Extent;
use super::journal::{OpKind, Stamp, Write};
use super::open::{Access, Store};
use super::reference::{self, Looked};

const DOING: &str = "rehearsing the change";

impl Store {
    /// Runs `body` as `write` would, and drops the transaction.
    ///
    /// # Errors
    /// As `write`.
    pub fn rehearse<T, E: From<Error>>(
        &self,
        stamp: &Stamp<'_>,
        kind: OpKind,
        body: impl FnOnce(&Write<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let aside = self.aside()?;
        let connection = aside.as_ref().unwrap_or(&self.connection);
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)
            .doing(DOING)
            .map_err(|error| self.explain(error))?;
        let write = Write::begin(&transaction, stamp, kind)?;
        let result = body(&write).and_then(|result| {
            if kind != OpKind::Do {
                let extent = Extent::of(&transaction, write.seq, &HashSet::new())?;
                reference::refuse_unsound(&transaction, &extent, Looked::RowByRow)?;
            }
            Ok(result)
        });
        drop(write);
        transaction.rollback().doing(DOING)?;
        result
    }

    /// `None` in memory, where there is nothing to keep clear of.
    fn aside(&self) -> Result<Option<Connection>> {
        if self.is_in_memory() {
            return Ok(None);
        }
        self.refuse_unwritable()?;
        let connection = connect(self.path(), Access::Write, self.wait())?;
        // A file in another mode is left as it is: to change that would write to it.
        if journal_mode(&connection)? == "delete" {
            connection
                .pragma_update_and_check(None, "journal_mode", "MEMORY", |_| Ok(()))
                .doing(DOING)?;
        }
        connection.pragma_update(None, "cache_spill", false).doing(DOING)?;
        Ok(Some(connection))
    }
}
