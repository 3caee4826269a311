//! Calendars that are watched: folders and files that another program keeps up to date. They are
//! read again when they change; one that cannot be read keeps what it gave last, and says so.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::domain::refusal::Refusal;
use crate::domain::zone::Zone;

use super::error::Result;
use super::import::{ImportDone, ImportRequest};
use super::workspace::Workspace;

mod keep;

pub(super) use keep::watch;

/// Files of a folder whose own times are looked at each time, in turn: programs that synchronise
/// write a file anew, which shows in the folder itself; only who edits in place is found a bit later.
const FEW: usize = 64;

/// A calendar that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    pub name: String,
    pub path: PathBuf,
    pub of: Keeper,
}

/// Whose calendar it is, seen from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeper {
    Mine,
    /// It was let in before calendars had an owner, or by somebody who is gone: whoever watches the
    /// same place takes it.
    Nobody,
    /// Their machine has the file, this one may not.
    Other(String),
}

impl Watched {
    /// Who watches it, where that is somebody else.
    #[must_use]
    pub fn other(&self) -> Option<&str> {
        match &self.of {
            Keeper::Other(name) => Some(name),
            Keeper::Mine | Keeper::Nobody => None,
        }
    }
}

/// When a file changed last, and how much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    changed: Option<SystemTime>,
    size: u64,
}

/// What was seen of a file, or of a folder and what is in it.
#[derive(Debug)]
struct Seen {
    own: Stamp,
    files: Vec<(PathBuf, Option<Stamp>)>,
    /// The file that is looked at next.
    next: usize,
}

/// What was seen of each calendar so far.
#[derive(Debug, Default)]
pub struct Watch {
    calendars: Vec<Watched>,
    seen: HashMap<PathBuf, Option<Seen>>,
    /// Why one of them is not read, by name.
    failed: HashMap<String, String>,
}

/// What a look gave.
#[derive(Debug)]
pub struct Looked {
    pub name: String,
    pub result: Result<ImportDone>,
}

impl Workspace {
    /// The calendars that are watched, by name.
    ///
    /// # Errors
    /// A storage error.
    pub fn calendars(&self) -> Result<Vec<Watched>> {
        keep::all(&self.store, &self.settings)
    }

    /// Those that are read here: one's own, and those that are nobody's; all of them where nobody said
    /// who sits here.
    ///
    /// # Errors
    /// A storage error.
    pub fn own_calendars(&self) -> Result<Vec<Watched>> {
        let mut all = self.calendars()?;
        all.retain(|watched| self.settings.me.is_none() || watched.other().is_none());
        Ok(all)
    }

    /// Reads a calendar that is watched, as one step when it changed; `zones` says which it means by
    /// names of its own.
    ///
    /// # Errors
    /// As an import; what it gave last stays.
    pub fn read_calendar(
        &mut self,
        watched: &Watched,
        zones: &[(String, Zone)],
    ) -> Result<ImportDone> {
        let request = ImportRequest {
            zones: zones.to_vec(),
            path: watched.path.clone(),
            calendar: Some(watched.name.clone()),
            ..ImportRequest::default()
        };
        if std::fs::symlink_metadata(&watched.path).is_err() {
            let what = format!("{} is not there", watched.path.display());
            return Err(Refusal::missing(what).into());
        }
        self.import(&request, &mut |_, _| ControlFlow::Continue(()))
    }

    /// Reads what changed since the last look; all that is watched at the first.
    pub fn look_at_calendars(&mut self, watch: &mut Watch) -> Vec<Looked> {
        let mut looked = Vec::new();
        if self.settings.read_only {
            return looked;
        }
        for watched in watch.stirred() {
            let result = self.read_calendar(&watched, &[]);
            match &result {
                Ok(_) => drop(watch.failed.remove(&watched.name)),
                Err(error) => {
                    watch.failed.insert(watched.name.clone(), error.what());
                }
            }
            looked.push(Looked { name: watched.name, result });
        }
        looked
    }
}

impl Watch {
    /// Takes note of which calendars are watched.
    pub fn keep(&mut self, calendars: Vec<Watched>) {
        self.failed.retain(|name, _| calendars.iter().any(|one| one.name == *name));
        self.seen.retain(|path, _| calendars.iter().any(|one| one.path == *path));
        self.calendars = calendars;
    }

    /// Those that changed since they were looked at.
    fn stirred(&mut self) -> Vec<Watched> {
        let mut stirred = Vec::new();
        for watched in &self.calendars {
            let known = self.seen.get_mut(&watched.path);
            let own = stamp(&watched.path);
            let same = match (known, own) {
                (Some(Some(seen)), Some(own)) => seen.own == own && !seen.has_edited(),
                (Some(None), None) => true,
                (Some(_) | None, _) => false,
            };
            if !same {
                let now = own.map(|own| Seen::of(own, &watched.path));
                self.seen.insert(watched.path.clone(), now);
                stirred.push(watched.clone());
            }
        }
        stirred
    }

    /// What is wrong with those that cannot be read, in a line; nothing when all can.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        let mut names: Vec<&String> = self.failed.keys().collect();
        names.sort();
        let first = names.first()?;
        let more = if names.len() > 1 {
            format!(" (and {} more)", names.len() - 1)
        } else {
            String::new()
        };
        Some(format!(
            "calendar {first} is not read: {}; what it gave last stays{more}",
            self.failed[*first]
        ))
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let about = std::fs::metadata(path).ok()?;
    Some(Stamp { changed: about.modified().ok(), size: about.len() })
}

impl Seen {
    fn of(own: Stamp, path: &Path) -> Self {
        let entries =
            std::fs::read_dir(path).into_iter().flatten().filter_map(std::result::Result::ok);
        let files = entries.map(|entry| entry.path()).map(|file| (file.clone(), stamp(&file)));
        Self { own, files: files.collect(), next: 0 }
    }

    /// Whether one of the next few files is another than it was.
    fn has_edited(&mut self) -> bool {
        let count = self.files.len();
        for _ in 0..FEW.min(count) {
            let Some((path, before)) = self.files.get(self.next % count) else { return false };
            if stamp(path) != *before {
                return true;
            }
            self.next = (self.next + 1) % count;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_edited_in_place_is_found_however_many_there_are() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..300 {
            std::fs::write(folder.path().join(format!("{number}.ics")), "a").unwrap();
        }
        let mut watch = Watch::default();
        let (name, path) = ("Work".to_owned(), folder.path().to_owned());
        let watched = Watched { name, path, of: Keeper::Mine };
        watch.keep(vec![watched.clone()]);
        assert_eq!(watch.stirred(), std::slice::from_ref(&watched));
        assert!((0..9).all(|_| watch.stirred().is_empty()));
        std::fs::write(folder.path().join("299.ics"), "changed").unwrap();
        let found = (0..9).filter(|_| !watch.stirred().is_empty()).count();
        assert_eq!(found, 1);
        std::fs::remove_file(folder.path().join("0.ics")).unwrap();
        assert_eq!(watch.stirred(), [watched]);
    }
}
