//! The files that feed metrics, looked at while nobody types: when one was written anew, its figures
//! are read. Nothing but a file's size and time is asked for; commands never run by themselves.

use std::path::PathBuf;
use std::time::SystemTime;

use crate::domain::item::Item;
use crate::ops::Workspace;
use crate::ops::metric::watch::Watch;

/// One file, and how it looked last.
struct One {
    item: Item,
    path: PathBuf,
    looked: Option<(SystemTime, u64)>,
}

/// All of them.
#[derive(Default)]
pub struct Watched {
    files: Vec<One>,
}

impl Watched {
    /// The files that feed this workspace.
    pub fn of(workspace: &Workspace) -> Self {
        let mut watched = Self::default();
        watched.renew(workspace);
        watched
    }

    /// Reads anew which files there are; those known already keep how they looked.
    pub fn renew(&mut self, workspace: &Workspace) {
        let fed = workspace.fed_metrics(&[]).unwrap_or_default();
        let before = std::mem::take(&mut self.files);
        for (item, watch) in fed {
            let Watch::File(path) = watch else { continue };
            let known = before.iter().find(|one| one.item.id == item.id && one.path == path);
            let looked = known.and_then(|one| one.looked);
            self.files.push(One { item, path, looked });
        }
    }

    /// Something was taken back: what a file delivered may be among it, and is told.
    pub fn look_for_undone(&self, workspace: &Workspace) {
        let files = self.files.iter().map(|one| (one.item.clone(), Watch::File(one.path.clone())));
        workspace.look_for_undone(&files.collect::<Vec<_>>());
    }

    /// Takes in what was written anew; whether anything was looked at.
    pub fn take_in(&mut self, workspace: &mut Workspace) -> bool {
        let mut due = Vec::new();
        for one in &mut self.files {
            let looks = std::fs::metadata(&one.path)
                .ok()
                .and_then(|found| Some((found.modified().ok()?, found.len())));
            if looks != one.looked {
                one.looked = looks;
                due.push((one.item.clone(), Watch::File(one.path.clone())));
            }
        }
        if due.is_empty() {
            return false;
        }
        // What a source does wrong is shown beside its metric.
        drop(workspace.refresh(&due));
        true
    }
}
