//! What is typed and not saved, on disk: one small file each under the state directory, by the
//! identity of the workspace, closed to others, never half written. Kept while people type, at most
//! a second or a few keys behind.

use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use crate::app::draft::{self, Unsaved};
use crate::app::model::Model;
use crate::store::place::{is_alive, make_own_dir, unfinished};

/// How long typed text may be on the screen alone.
const PATIENCE: Duration = Duration::from_secs(1);
/// After how many keys it is kept at once.
const STROKES: usize = 16;
/// How long a program whose screen was taken away may need to end.
const ENDING: Duration = Duration::from_millis(1_500);
/// Largest file that is read.
const LARGEST: u64 = 4 << 20;

/// One kept text, as it lies on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub number: u32,
    pub at: DateTime<Utc>,
    pub unsaved: Unsaved,
    /// The process that typed it.
    pid: u32,
}

/// The kept texts of one workspace.
#[derive(Debug)]
pub struct Shelf {
    directory: PathBuf,
    /// What this process has put there or taken over.
    known: Vec<(u32, Unsaved)>,
    /// Others that have texts there and live, or lived when that was looked at last.
    others: Vec<u32>,
}

impl Shelf {
    /// The texts of a workspace under the state directory.
    #[must_use]
    pub fn of(state: &Path, uuid: &str) -> Self {
        Self { directory: state.join("drafts").join(uuid), known: Vec::new(), others: Vec::new() }
    }

    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// All of them, the oldest first.
    #[must_use]
    pub fn list(&self) -> Vec<Kept> {
        let Ok(entries) = std::fs::read_dir(&self.directory) else { return Vec::new() };
        let number = |name: &std::ffi::OsStr| name.to_str()?.strip_suffix(".json")?.parse().ok();
        let numbers = entries.flatten().filter_map(|entry| number(&entry.file_name()));
        let mut found: Vec<Kept> = numbers.filter_map(|number| self.read(number)).collect();
        found.sort_by_key(|kept| (kept.at, kept.number));
        found
    }

    /// Takes over what processes that are gone have left.
    pub fn take_over(&mut self) -> Vec<Unsaved> {
        let (living, mut left): (Vec<Kept>, Vec<Kept>) =
            self.list().into_iter().partition(|kept| is_alive(kept.pid));
        let own = std::process::id();
        self.others = living.iter().map(|kept| kept.pid).filter(|pid| *pid != own).collect();
        left.retain(|kept| !self.known.iter().any(|(number, _)| *number == kept.number));
        for kept in &left {
            // One that cannot be marked as ours is offered all the same, perhaps twice.
            let _ = self.write(kept.number, &kept.unsaved, Fresh::No);
            self.known.push((kept.number, kept.unsaved.clone()));
        }
        left.into_iter().map(|kept| kept.unsaved).collect()
    }

    /// Takes over what others have left that still lived when that was looked at last.
    pub fn take_over_again(&mut self) -> Vec<Unsaved> {
        if self.others.iter().all(|pid| is_alive(*pid)) { Vec::new() } else { self.take_over() }
    }

    /// Makes the files say what is typed now: what changed is written anew under its number, what
    /// is gone goes.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn keep(&mut self, now: &[Unsaved]) -> std::io::Result<()> {
        let mut before = std::mem::take(&mut self.known);
        let mut changed = Vec::new();
        for unsaved in now {
            match before.iter().position(|(_, known)| known == unsaved) {
                Some(at) => self.known.push(before.swap_remove(at)),
                None => changed.push(unsaved),
            }
        }
        let mut failed = None;
        for unsaved in changed {
            let same = before.iter().position(|(_, known)| known.key == unsaved.key);
            let written = match same.map(|at| before.swap_remove(at).0) {
                Some(number) => self.write(number, unsaved, Fresh::No).map(|()| number),
                None => self.add(unsaved),
            };
            match written {
                Ok(number) => self.known.push((number, unsaved.clone())),
                Err(error) => failed = Some(error),
            }
        }
        for (number, _) in before {
            self.remove(number)?;
        }
        failed.map_or(Ok(()), Err)
    }

    /// Whether this process has anything there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Removes one; whether it was there.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove(&self, number: u32) -> std::io::Result<bool> {
        match std::fs::remove_file(self.path(number)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn path(&self, number: u32) -> PathBuf {
        self.directory.join(format!("{number}.json"))
    }

    fn add(&self, unsaved: &Unsaved) -> std::io::Result<u32> {
        make_own_dir(&self.directory).map_err(|error| std::io::Error::other(error.to_string()))?;
        let mut number = self.list().iter().map(|kept| kept.number).max().unwrap_or(0) + 1;
        loop {
            match self.write(number, unsaved, Fresh::Yes) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
                done => return done.map(|()| number),
            }
        }
    }

    /// A killed writer leaves the old text or the new one, never half of it.
    fn write(&self, number: u32, unsaved: &Unsaved, fresh: Fresh) -> std::io::Result<()> {
        let path = self.path(number);
        let temporary = unfinished(&path);
        let text = json!({
            "format": 1,
            "key": unsaved.key,
            "what": unsaved.what,
            "at": Utc::now().to_rfc3339(),
            "pid": std::process::id(),
            "texts": unsaved.texts,
        });
        let mut options = std::fs::OpenOptions::new();
        let mut file =
            options.write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
        let done = file.write_all(text.to_string().as_bytes()).and_then(|()| match fresh {
            Fresh::No => std::fs::rename(&temporary, &path),
            Fresh::Yes => std::fs::hard_link(&temporary, &path),
        });
        if done.is_err() || fresh == Fresh::Yes {
            // Its text has its name by now, or could not be written at all.
            let _ = std::fs::remove_file(&temporary);
        }
        done
    }

    fn read(&self, number: u32) -> Option<Kept> {
        let path = self.path(number);
        let size = std::fs::symlink_metadata(&path).ok().filter(std::fs::Metadata::is_file)?.len();
        if size > LARGEST {
            return None;
        }
        let json: Json = serde_json::from_slice(&std::fs::read(&path).ok()?).ok()?;
        let texts = json["texts"].as_array()?.iter();
        let texts = texts
            .filter_map(|pair| Some((pair[0].as_str()?.to_owned(), pair[1].as_str()?.to_owned())));
        let unsaved = Unsaved {
            key: json["key"].as_str()?.to_owned(),
            what: json["what"].as_str()?.to_owned(),
            texts: texts.collect(),
        };
        let at = DateTime::parse_from_rfc3339(json["at"].as_str()?).ok()?.to_utc();
        let pid = u32::try_from(json["pid"].as_u64()?).ok()?;
        Some(Kept { number, at, unsaved, pid })
    }
}

/// Whether a number may be in use already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fresh {
    Yes,
    No,
}

/// Decides when to write: not for every key, and never long after it.
#[derive(Debug)]
pub struct Keeper {
    shelf: Shelf,
    since: Option<Instant>,
    strokes: usize,
    has_failed: bool,
    /// When to look once more whether those that had texts there at the start have ended.
    looks: Option<Instant>,
}

impl Keeper {
    #[must_use]
    pub fn new(shelf: Shelf) -> Self {
        Self { shelf, since: None, strokes: 0, has_failed: false, looks: None }
    }

    /// What earlier processes have left.
    pub fn recover(&mut self) -> Vec<Unsaved> {
        let left = self.shelf.take_over();
        self.looks = (!self.shelf.others.is_empty()).then(|| Instant::now() + ENDING);
        left
    }

    /// What was left by others since then.
    pub fn recover_again(&mut self) -> Vec<Unsaved> {
        if self.looks.is_some_and(|looks| looks <= Instant::now()) {
            self.looks = None;
        }
        self.shelf.take_over_again()
    }

    /// When to look for that once, should nobody press a key.
    #[must_use]
    pub fn looks(&self) -> Option<Instant> {
        self.looks
    }

    /// Something happened that may have changed what is typed.
    pub fn noticed(&mut self, model: &Model) {
        let is_typing = !model.popups.is_empty() || !model.sent.is_empty();
        if is_typing || !self.shelf.is_empty() || !model.unsaved.is_empty() {
            self.since.get_or_insert_with(Instant::now);
            // What was closed is settled at once, so that nothing saved is offered again.
            self.strokes += if is_typing { 1 } else { STROKES };
        }
    }

    /// When to write at the latest.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        self.since.map(|since| if self.strokes < STROKES { since + PATIENCE } else { since })
    }

    /// Writes; returns what to say when that is not possible, once.
    pub fn keep(&mut self, model: &Model) -> Option<String> {
        self.since = None;
        self.strokes = 0;
        match self.shelf.keep(&draft::all(model)) {
            Ok(()) => {
                self.has_failed = false;
                None
            }
            Err(error) => {
                let is_first = !std::mem::replace(&mut self.has_failed, true);
                is_first.then(|| format!("what you type cannot be kept as a draft: {error}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn unsaved(key: &str, text: &str) -> Unsaved {
        let texts = vec![("line".to_owned(), text.to_owned())];
        Unsaved { key: key.to_owned(), what: key.to_owned(), texts }
    }

    fn lines(shelf: &Shelf) -> Vec<(u32, String)> {
        shelf.list().iter().map(|kept| (kept.number, kept.unsaved.line().to_owned())).collect()
    }

    #[test]
    fn files_follow_what_is_typed_and_are_private() {
        let state = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::of(state.path(), "w");
        shelf.keep(&[]).unwrap();
        assert!(!state.path().join("drafts").exists(), "nothing typed leaves nothing");
        shelf.keep(&[unsaved("add decision", "Wh")]).unwrap();
        shelf.keep(&[unsaved("add decision", "Who?\nWhat?")]).unwrap();
        assert_eq!(lines(&shelf), [(1, "Who?\nWhat?".to_owned())]);
        shelf.keep(&[unsaved("add decision", "Who?\nWhat?"), unsaved("x", "y")]).unwrap();
        assert_eq!(lines(&shelf).len(), 2);
        let file = state.path().join("drafts/w/1.json");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(file.parent().unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o700);
        shelf.keep(&[unsaved("x", "y")]).unwrap();
        assert_eq!(lines(&shelf), [(2, "y".to_owned())]);
        shelf.keep(&[]).unwrap();
        assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().count(), 0);
    }

    #[test]
    fn what_the_dead_left_is_taken_over_and_what_the_living_type_is_not() {
        let state = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::of(state.path(), "w");
        shelf.keep(&[unsaved("a", "mine")]).unwrap();
        let mut other = Shelf::of(state.path(), "w");
        assert_eq!(other.take_over(), [], "its writer, this process, lives");
        other.keep(&[unsaved("a", "theirs")]).unwrap();
        assert_eq!(lines(&shelf).len(), 2, "each has its own number");
        let path = state.path().join("drafts/w/1.json");
        let text = std::fs::read_to_string(&path).unwrap();
        let dead = text.replace(&format!("\"pid\":{}", std::process::id()), "\"pid\":999999999");
        std::fs::write(&path, dead).unwrap();
        let mut third = Shelf::of(state.path(), "w");
        assert_eq!(third.take_over(), [unsaved("a", "mine")]);
        std::fs::write(&path, "{half").unwrap();
        assert_eq!(lines(&third).len(), 1, "what cannot be read is left out");
    }

    #[test]
    fn what_one_leaves_that_lived_at_the_start_is_taken_over_when_it_has_ended() {
        let state = tempfile::tempdir().unwrap();
        let mut other = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        Shelf::of(state.path(), "w").keep(&[unsaved("a", "theirs")]).unwrap();
        let path = state.path().join("drafts/w/1.json");
        let text = std::fs::read_to_string(&path).unwrap();
        let own = format!("\"pid\":{}", std::process::id());
        std::fs::write(&path, text.replace(&own, &format!("\"pid\":{}", other.id()))).unwrap();
        let mut keeper = Keeper::new(Shelf::of(state.path(), "w"));
        assert_eq!(keeper.recover(), []);
        assert!(keeper.looks().is_some(), "a program that is being ended takes a moment");
        assert_eq!(keeper.recover_again(), [], "it lives");
        other.kill().unwrap();
        other.wait().unwrap();
        assert_eq!(keeper.recover_again(), [unsaved("a", "theirs")]);
        assert_eq!(keeper.recover_again(), [], "once");
        let mut late = Keeper::new(Shelf::of(state.path(), "w"));
        assert_eq!((late.recover(), late.looks()), (vec![], None), "it is ours by now");
    }
}
