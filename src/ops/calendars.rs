//! Calendars that are watched: folders and files that another program keeps up to date. They are
//! read again when they change; one that cannot be read keeps what it gave last, and says so.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::domain::refusal::Refusal;
use crate::store::Write;

use super::error::Result;
use super::import::{ImportDone, ImportRequest};
use super::mine;
use super::op::Outcome;
use super::workspace::{Settings, Workspace};

/// The settings under which they are kept: the name, and the path.
const WATCHED: &str = "calendar.from.";
/// Under which it is kept whose each of them is: the name, and the name of the person.
const OF: &str = "calendar.of.";
/// Files of a folder whose own times are looked at each time, in turn: programs that synchronise
/// write a file anew, which shows in the folder itself; only who edits in place is found a bit later.
const FEW: usize = 64;

/// A calendar that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    pub name: String,
    pub path: PathBuf,
    /// Who watches it, where that is somebody else: their machine has the file, this one may not.
    pub of: Option<String>,
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
        let settings = self.store.settings()?;
        let mut named = Vec::new();
        for (setting, path) in &settings {
            let Some(name) = setting.strip_prefix(WATCHED) else { continue };
            let of = whose(&settings, name).filter(|_| self.settings.me.is_some());
            let of = match of {
                Some(of) if mine::is_other(&self.store, &self.settings, of)? => Some(of.to_owned()),
                Some(_) | None => None,
            };
            named.push(Watched { name: name.to_owned(), path: PathBuf::from(path), of });
        }
        Ok(named)
    }

    /// Those that are read here: one's own, and those that are nobody's.
    ///
    /// # Errors
    /// A storage error.
    pub fn own_calendars(&self) -> Result<Vec<Watched>> {
        let mut all = self.calendars()?;
        all.retain(|watched| watched.of.is_none());
        Ok(all)
    }

    /// Reads a calendar that is watched, as one step when it changed.
    ///
    /// # Errors
    /// As an import; what it gave last stays.
    pub fn read_calendar(&mut self, watched: &Watched) -> Result<ImportDone> {
        let request = ImportRequest {
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
            let result = self.read_calendar(&watched);
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

/// The person who watches the calendar of this name.
fn whose<'a>(settings: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let named = |setting: &str| setting.strip_prefix(OF) == Some(name);
    settings.iter().find(|(setting, _)| named(setting)).map(|(_, of)| of.as_str())
}

/// Watches a calendar, or ends that; then what it gave goes into the Trash. It is of whoever sits
/// here, apart from one that somebody else has under the same name.
pub(super) fn watch(
    write: &Write<'_>,
    name: &str,
    path: Option<&str>,
    settings: &Settings,
) -> Result<Outcome> {
    let kept = write.settings()?;
    let name = match (&settings.me, path, whose(&kept, name)) {
        (Some(me), Some(_), Some(of)) if mine::is_other(write, settings, of)? => {
            format!("{name} ({me})")
        }
        _ => name.to_owned(),
    };
    let setting = format!("{WATCHED}{name}");
    let known = kept.into_iter().any(|(other, _)| other == setting);
    if path.is_none() && !known {
        return Err(Refusal::missing(format!("no calendar is called {name}"))
            .hint("prewire week calendar list")
            .into());
    }
    write.set_setting(&setting, path)?;
    let me = settings.me.as_deref().filter(|_| path.is_some());
    write.set_setting(&format!("{OF}{name}"), me)?;
    let mut items = Vec::new();
    if path.is_none() {
        for row in write.origins_from(&format!("calendar:{name}"))? {
            for before in write.items(&[row.item])? {
                let mut after = before.clone();
                after.deleted_at = after.deleted_at.or(Some(write.at));
                write.update(&before, &after)?;
                items.push(before.id);
            }
            let digest = super::import::GONE.to_owned();
            write.set_origin(&crate::store::origin::OriginRow { digest, ..row }.as_new())?;
        }
    }
    let label = match path {
        Some(path) => format!("calendar {name} is read from {path}"),
        None => format!("calendar {name} is not read any more"),
    };
    Ok(Outcome { label, items, notices: Vec::new() })
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
        let watched = Watched { name: "Work".to_owned(), path: folder.path().to_owned(), of: None };
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
