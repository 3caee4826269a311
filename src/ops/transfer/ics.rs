//! Planned blocks as a calendar: into one file, or into a folder with one file a block, where a
//! calendar program takes them up. The same blocks give the same bytes.

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

use chrono::NaiveTime;

use crate::domain::day::clock_minutes;
use crate::domain::item::{Item, ItemId};
use crate::domain::week::{Span, zone};
use crate::exchange::event::When;
use crate::exchange::ics::{self, Outgoing};
use crate::exchange::output::Existing;

use super::super::error::{Error, Result};
use super::super::import::OURS;
use super::super::page::ListQuery;
use super::super::workspace::{Settings, Workspace};
use super::{BATCH, Exported, to_file};

/// What a folder of blocks needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
}

impl Workspace {
    /// Writes the blocks of a list as one calendar.
    ///
    /// # Errors
    /// A refusal of the filter; `Output`; a storage error.
    pub fn export_ics(
        &mut self,
        query: &ListQuery,
        reminder: Option<u32>,
        out: &mut dyn Write,
    ) -> Result<Exported> {
        let blocks = self.blocks_of(query)?;
        let events: Vec<Told> =
            blocks.iter().filter_map(|item| told(item, &self.settings)).collect();
        let outgoing: Vec<Outgoing<'_>> =
            events.iter().map(|event| event.outgoing(reminder)).collect();
        ics::write(out, "prewire", &outgoing)?;
        Ok(Exported { items: outgoing.len() })
    }

    /// Brings a folder up to date: a file for each block of the list, and none of ours besides.
    ///
    /// # Errors
    /// A refusal of the filter; an error of the disk; a storage error.
    pub fn publish_ics(
        &mut self,
        query: &ListQuery,
        reminder: Option<u32>,
        folder: &Path,
    ) -> Result<Published> {
        let blocks = self.blocks_of(query)?;
        into_folder(&blocks, &self.settings, reminder, folder, |_| Ok(true))
    }

    fn blocks_of(&mut self, query: &ListQuery) -> Result<Vec<Item>> {
        let ids = self.all_ids(query)?;
        let mut items = Vec::with_capacity(ids.len());
        for batch in ids.chunks(BATCH) {
            items.extend(self.store.items(batch)?);
        }
        Ok(items)
    }
}

/// Writes a file for each block that has a day; of the others that are ours those go of which
/// `is_gone` says so.
pub(in crate::ops) fn into_folder(
    blocks: &[Item],
    settings: &Settings,
    reminder: Option<u32>,
    folder: &Path,
    is_gone: impl Fn(ItemId) -> Result<bool>,
) -> Result<Published> {
    let mut done = Published::default();
    let mut kept = HashSet::new();
    std::fs::create_dir_all(folder).map_err(Error::Output)?;
    for event in blocks.iter().filter_map(|item| told(item, settings)) {
        let name = format!("{}.ics", event.uid);
        let mut bytes = Vec::new();
        ics::write(&mut bytes, "", &[event.outgoing(reminder)])?;
        let path = folder.join(&name);
        kept.insert(name);
        // What is as it was stays untouched, so that nobody synchronises it again.
        if std::fs::read(&path).is_ok_and(|there| there == bytes) {
            done.unchanged += 1;
            continue;
        }
        to_file(&path, Existing::Replace, |out| Ok(out.write_all(&bytes)?))?;
        done.written += 1;
    }
    let ending = format!("{OURS}.ics");
    for entry in std::fs::read_dir(folder).map_err(Error::Output)? {
        let entry = entry.map_err(Error::Output)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if kept.contains(&name) {
            continue;
        }
        let id = name.strip_suffix(&ending).and_then(|id| id.parse().ok());
        let Some(id) = id else { continue };
        if is_gone(id)? {
            std::fs::remove_file(entry.path()).map_err(Error::Output)?;
            done.removed += 1;
        }
    }
    Ok(done)
}

/// A block as an event.
struct Told {
    uid: String,
    sequence: i64,
    changed: chrono::DateTime<chrono::Utc>,
    when: When,
    title: String,
    note: String,
    band: String,
}

impl Told {
    fn outgoing(&self, reminder: Option<u32>) -> Outgoing<'_> {
        Outgoing {
            uid: &self.uid,
            sequence: self.sequence,
            changed: self.changed,
            when: self.when,
            title: &self.title,
            note: &self.note,
            categories: std::slice::from_ref(&self.band),
            reminder: reminder.filter(|_| matches!(self.when, When::Timed(_))),
        }
    }
}

/// `None` for a block without a day, which is in no calendar.
fn told(item: &Item, settings: &Settings) -> Option<Told> {
    let day = item.day("on")?;
    let minutes = item.whole("minutes").unwrap_or(0);
    let when = match clock_minutes(item.text("at")) {
        Some(at) => {
            let wall = day.and_time(NaiveTime::MIN) + chrono::Duration::minutes(at);
            When::Timed(Span::new(zone::instant(wall, settings.zone), minutes))
        }
        None => When::AllDay { first: day, days: 1 },
    };
    Some(Told {
        uid: format!("{}{OURS}", item.id),
        sequence: item.rev - 1,
        changed: item.updated_at,
        when,
        title: item.title().to_owned(),
        note: item.text("note").to_owned(),
        band: item.text("band").to_owned(),
    })
}
