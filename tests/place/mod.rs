//! A directory of its own for a test: workspaces in it, what it looks like from outside, and another
//! program that writes to them.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use prewire::domain::change::Draft;
use prewire::domain::kind::Kind;
use prewire::ops::{Clock, Done, Op, Result, Settings, Workspace};
use prewire::store::{Access, Places};

/// Name, mode, instant of the last change, and SHA-256.
pub type Sight = (PathBuf, u32, i64, i64, String);

pub struct Home {
    directory: tempfile::TempDir,
    state: tempfile::TempDir,
}

impl Home {
    pub fn new() -> Self {
        let state = tempfile::tempdir().unwrap();
        Self { directory: tempfile::tempdir().unwrap(), state }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub fn places(&self) -> Places {
        Places { state: Some(self.state.path().join("prewire")) }
    }

    pub fn create(&self, name: &str) -> Workspace {
        Workspace::create(&self.path(name), self.places(), clock(), settings()).unwrap()
    }

    pub fn open(&self, name: &str) -> Workspace {
        self.open_as(name, Access::Write).unwrap()
    }

    pub fn open_as(&self, name: &str, access: Access) -> Result<Workspace> {
        Workspace::open(&self.path(name), access, self.places(), clock(), settings())
    }

    /// As a user's, whose state is at home too.
    fn places_inside(&self) -> Places {
        Places { state: Some(self.path("state/prewire")) }
    }

    pub fn create_with_state_inside(&self, name: &str) -> Workspace {
        Workspace::create(&self.path(name), self.places_inside(), clock(), settings()).unwrap()
    }

    pub fn open_with_state_inside(&self, name: &str, access: Access) -> Result<Workspace> {
        Workspace::open(&self.path(name), access, self.places_inside(), clock(), settings())
    }

    /// What is in the directory, seen from outside.
    pub fn look(&self) -> Vec<Sight> {
        let mut found = Vec::new();
        look_into(self.directory.path(), &mut found);
        found.sort();
        found
    }

    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.directory.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    pub fn mode(&self, name: &str) -> u32 {
        mode_of(&self.path(name))
    }

    pub fn set_mode(&self, name: &str, mode: u32) {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(self.path(name), mode).unwrap();
    }
}

fn look_into(directory: &Path, found: &mut Vec<Sight>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let meta = std::fs::symlink_metadata(&path).unwrap();
        let sum = if meta.is_file() {
            prewire::store::snapshot::sha256(&path).unwrap()
        } else {
            format!("{:?}", meta.file_type())
        };
        if meta.is_dir() {
            look_into(&path, found);
        }
        found.push((path, meta.mode(), meta.mtime(), meta.mtime_nsec(), sum));
    }
}

pub fn mode_of(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().mode() & 0o777
}

pub fn clock() -> Clock {
    Clock::read("2026-05-06").unwrap()
}

pub fn settings() -> Settings {
    Settings {
        me: Some("Maya Okafor".to_owned()),
        wait: Duration::from_millis(200),
        ..Settings::default()
    }
}

pub fn draft(kind: Kind, title: &str) -> Draft {
    Draft { kind, title: title.to_owned(), changes: Vec::new() }
}

pub fn add(workspace: &mut Workspace, kind: Kind, title: &str) -> Done {
    workspace.run(&Op::Add(vec![draft(kind, title)])).unwrap()
}

pub fn try_add(workspace: &mut Workspace, title: &str) -> Result<Done> {
    workspace.run(&Op::Add(vec![draft(Kind::Decision, title)]))
}

/// What another program does to a file.
pub fn external(path: &Path, query: &str) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch(query).unwrap();
}
