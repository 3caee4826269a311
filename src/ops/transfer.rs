//! Taking things out: the whole workspace as JSON, a list as CSV, the backlog as Markdown.
//! Everything is written as a stream and from one view of the file; nothing is changed.

use std::io::{self, Write};
use std::path::Path;

use crate::domain::item::ItemId;
use crate::exchange::bundle::{OriginLine, Writer};
use crate::exchange::csv_out;
use crate::exchange::output::{self, Existing};
use crate::store::Store;
use crate::store::bulk::Bulk;
use crate::store::lookup::Lookup;
use crate::store::part::Parts;

use super::error::{Error, Result};
use super::page::ListQuery;
use super::workspace::Workspace;

pub(in crate::ops) mod ics;
mod mask;
mod report;

pub use ics::Published;
pub use mask::{Accounts, Masks};

/// Items read at a time.
const BATCH: usize = 500;

/// What an export wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exported {
    pub items: usize,
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Workspace {
    /// Writes every item of every kind, the Trash included, with where it came from and the
    /// settings; the same workspace gives the same bytes.
    ///
    /// # Errors
    /// `Output` when `out` does not take it; a storage error.
    pub fn export_json(&self, out: &mut dyn Write) -> Result<Exported> {
        self.export_json_with(Accounts::Named, out)
    }

    /// The same, with accounts masked where that is asked.
    ///
    /// # Errors
    /// As `export_json`.
    pub fn export_json_with(&self, accounts: Accounts, out: &mut dyn Write) -> Result<Exported> {
        self.store.reading(|store| bundle(store, accounts, out))
    }

    /// Writes a list as CSV that prewire reads back as it was.
    ///
    /// # Errors
    /// A refusal of the filter; `Output`; a storage error.
    pub fn export_csv(&mut self, query: &ListQuery, out: &mut dyn Write) -> Result<Exported> {
        self.export_csv_with(query, Accounts::Named, out)
    }

    /// The same, with accounts masked where that is asked.
    ///
    /// # Errors
    /// As `export_csv`.
    pub fn export_csv_with(
        &mut self,
        query: &ListQuery,
        accounts: Accounts,
        out: &mut dyn Write,
    ) -> Result<Exported> {
        let masks = Masks::of(&self.store, accounts)?;
        let ids = self.all_ids(query)?;
        csv_out::header(out, query.kind.noun())?;
        self.store.reading(|store| {
            for batch in ids.chunks(BATCH) {
                let items = store.items(batch)?;
                let names = store.names_for(&items)?;
                for mut item in items {
                    masks.item(&mut item);
                    csv_out::item(out, &item, &names)?;
                }
            }
            Ok(Exported { items: ids.len() })
        })
    }

    /// Writes the backlog as Markdown for people; with a list, only that list.
    ///
    /// # Errors
    /// A refusal of the filter; `Output`; a storage error.
    pub fn export_markdown(
        &mut self,
        query: Option<&ListQuery>,
        out: &mut dyn Write,
    ) -> Result<Exported> {
        report::write(self, query, out)
    }

    /// What takes the names of accounts out of whatever is told, where that is asked.
    ///
    /// # Errors
    /// A storage error.
    pub fn masks(&self, accounts: Accounts) -> Result<Masks> {
        Masks::of(&self.store, accounts)
    }
}

fn bundle(store: &Store, accounts: Accounts, out: &mut dyn Write) -> Result<Exported> {
    let masks = Masks::of(store, accounts)?;
    let mut writer = Writer::start(out)?;
    for (kind, next) in store.counters()? {
        writer.counter(&kind, next)?;
    }
    writer.part("items")?;
    let ids: Vec<ItemId> = store.all_ids()?;
    for batch in ids.chunks(BATCH) {
        let items = store.items(batch)?;
        let mut parts = store.parts(&items)?;
        let names = store.names_with(&items, &parts)?;
        parts.values_mut().flatten().for_each(|part| masks.part(part));
        for mut item in items {
            masks.item(&mut item);
            writer.item(&item, parts.get(&item.id).map_or(&[][..], Vec::as_slice), &names)?;
        }
    }
    writer.part("origins")?;
    store.each_origin(|row| {
        writer.origin(&OriginLine {
            source: row.source.clone(),
            external_id: row.external_id.clone(),
            item: row.item,
            digest: row.digest.clone(),
        })?;
        Ok::<(), Error>(())
    })?;
    writer.part("settings")?;
    for (name, value) in store.settings()? {
        writer.setting(&name, &value)?;
    }
    writer.end()?;
    Ok(Exported { items: ids.len() })
}

/// Writes an export to a file that appears whole or not at all, readable by its user only.
///
/// # Errors
/// `Conflict` when the file is there already and may not be replaced, or is a link; what `body`
/// returns; an error of the disk with the file's name.
pub fn to_file<T>(
    path: &Path,
    existing: Existing,
    body: impl FnOnce(&mut dyn Write) -> Result<T>,
) -> Result<T> {
    output::whole(path, existing, body).map_err(|error| match error {
        Error::Output(source) => not_written(path, source),
        other => other,
    })
}

fn not_written(path: &Path, source: io::Error) -> Error {
    use crate::domain::refusal::Refusal;
    if source.kind() == io::ErrorKind::AlreadyExists {
        let why = match source.raw_os_error() {
            Some(_) => "it exists already".to_owned(),
            None => source.to_string(),
        };
        let refusal = Refusal::conflict(format!("{} is not written: {why}", path.display()));
        let links = why.contains("link") || why.contains("regular");
        let hint = if links { "name another file" } else { "--force replaces it" };
        return refusal.hint(hint).into();
    }
    Error::Store(crate::store::Error::File { doing: "writing", path: path.to_owned(), source })
}
