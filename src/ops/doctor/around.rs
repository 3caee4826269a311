//! What is around the file: who may read it, what lies beside it, and where it stands.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::{Check, Verdict};
use crate::store::Places;
use crate::store::look::SIDECARS;
use crate::store::place::{is_writable, sidecar};

/// What must be free beside twice the size of the file.
const MARGIN: u64 = 16 << 20;
/// Permission bits of everybody but the owner, and of those the ones to write.
const OTHERS: u32 = 0o077;
const OTHERS_WRITE: u32 = 0o022;
/// Words in a path that give a synchronised folder away.
const CLOUDS: [&str; 8] = [
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "nextcloud",
    "owncloud",
    "syncthing",
];
/// Words in a name that give a conflict copy away.
const CONFLICTS: [&str; 4] = ["conflicted copy", ".sync-conflict-", "(conflict", "conflict-copy"];

pub(super) fn check(path: &Path, places: &Places, checks: &mut Vec<Check>) {
    if let Ok(meta) = std::fs::metadata(path) {
        owner(path, &meta, checks);
        // What is no workspace is not changed either.
        let is_ours = checks.iter().any(|one| one.name == "header" && one.verdict == Verdict::Ok);
        modes(&meta, is_ours, checks);
        space(path, &meta, checks);
    }
    beside(path, checks);
    standing(path, checks);
    state(places, checks);
}

fn owner(path: &Path, meta: &Metadata, checks: &mut Vec<Check>) {
    let me = rustix::process::geteuid().as_raw();
    checks.push(if meta.uid() != me {
        let words = format!("it belongs to user {}, not to you", meta.uid());
        Check::new("owner", Verdict::Problem, words)
    } else if is_writable(path) {
        Check::new("owner", Verdict::Ok, "it is yours, and can be written")
    } else {
        Check::new("owner", Verdict::Note, "it is yours, and read-only")
    });
    if meta.nlink() > 1 {
        let words = format!("the file has {} names", meta.nlink());
        checks.push(
            Check::new("names", Verdict::Problem, words)
                .hint("use it under one of them only: a crash is repaired by the name"),
        );
    }
}

fn modes(meta: &Metadata, is_ours: bool, checks: &mut Vec<Check>) {
    let mode = meta.mode() & 0o777;
    if mode & OTHERS == 0 {
        checks.push(Check::new("modes", Verdict::Ok, "nobody else can read it"));
        return;
    }
    let words = format!("others can read it (mode {mode:03o})");
    let check = Check::new("modes", Verdict::Note, words);
    checks.push(if is_ours { check.hint("the next change closes it") } else { check });
}

fn space(path: &Path, meta: &Metadata, checks: &mut Vec<Check>) {
    let Some(found) = path.parent().and_then(|parent| rustix::fs::statvfs(parent).ok()) else {
        return;
    };
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    let wanted = meta.len().saturating_mul(2).saturating_add(MARGIN);
    checks.push(if free < wanted {
        let words =
            format!("{} MB are free, {} MB are wanted", free >> 20, wanted.div_ceil(1 << 20));
        Check::new("space", Verdict::Problem, words).hint("free some, or a change may not be saved")
    } else {
        Check::new("space", Verdict::Ok, format!("{} MB are free", free >> 20))
    });
}

fn beside(path: &Path, checks: &mut Vec<Check>) {
    for end in SIDECARS {
        let Ok(meta) = std::fs::symlink_metadata(sidecar(path, end)) else { continue };
        checks.push(if end == "-journal" && meta.len() > 0 {
            let words = "a change is being made, or was not finished when the machine stopped";
            Check::new("beside it", Verdict::Note, words).hint("the next command takes it back")
        } else if end == "-journal" {
            Check::new("beside it", Verdict::Note, "an empty -journal file, which means nothing")
        } else {
            let words = format!("a {end} file: another program has it open, or left it so");
            Check::new("beside it", Verdict::Problem, words)
                .hint("close the other program; the next change here puts the file right")
        });
    }
    let names = names_beside(path);
    let list = |found: Vec<&String>| {
        let found: Vec<String> = found.into_iter().map(|name| format!("“{name}”")).collect();
        found.join(", ")
    };
    let conflicts: Vec<&String> = names.iter().filter(|name| is_conflict(name)).collect();
    if !conflicts.is_empty() {
        checks.push(
            Check::new("conflict copies", Verdict::Problem, list(conflicts))
                .hint("open each with --db, take over what is missing here, then move it away"),
        );
    }
    let parts: Vec<&String> = names.iter().filter(|name| name.contains(".part-")).collect();
    if !parts.is_empty() {
        checks.push(Check::new("left-overs", Verdict::Note, list(parts)).hint(
            "half a file of a process that was stopped; no longer needed when it does not run",
        ));
    }
}

/// What lies in the directory and begins as the file does, up to its extension.
fn names_beside(path: &Path) -> Vec<String> {
    let (Some(parent), Some(stem)) = (path.parent(), path.file_stem()) else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(parent) else { return Vec::new() };
    let stem = stem.to_string_lossy();
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name())
        .filter(|name| Some(name.as_os_str()) != path.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.starts_with(stem.as_ref()))
        .collect();
    names.sort();
    names
}

fn is_conflict(name: &str) -> bool {
    let name = name.to_lowercase();
    CONFLICTS.iter().any(|word| name.contains(word))
}

fn standing(path: &Path, checks: &mut Vec<Check>) {
    let lower = path.to_string_lossy().to_lowercase();
    if let Some(cloud) = CLOUDS.iter().find(|cloud| lower.contains(*cloud)) {
        let words = format!("it seems to be in a synchronised folder ({cloud})");
        checks.push(
            Check::new("folder", Verdict::Note, words)
                .hint("one machine at a time; conflict copies are named here"),
        );
    }
    if let Some(name) = network(path) {
        checks.push(
            Check::new("folder", Verdict::Note, format!("it is on a {name} drive"))
                .hint("locks of such drives are often broken: one machine at a time"),
        );
    }
}

/// The name of a file system that is known for broken locks.
#[cfg(target_os = "linux")]
fn network(path: &Path) -> Option<&'static str> {
    let kind = rustix::fs::statfs(path).ok()?.f_type;
    match u32::try_from(kind).ok()? {
        0x6969 => Some("NFS"),
        0x517B | 0xFF53_4D42 | 0xFE53_4D42 => Some("SMB"),
        0x6573_5546 => Some("FUSE"),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn network(_path: &Path) -> Option<&'static str> {
    None
}

fn state(places: &Places, checks: &mut Vec<Check>) {
    let Some(meta) = places.state.as_ref().and_then(|state| std::fs::metadata(state).ok()) else {
        return;
    };
    let me = rustix::process::geteuid().as_raw();
    checks.push(if meta.uid() != me || meta.mode() & OTHERS_WRITE != 0 {
        Check::new("state", Verdict::Problem, "others can write where snapshots are kept")
            .hint("give the directory to yourself alone: mode 0700")
    } else {
        Check::new("state", Verdict::Ok, "snapshots are kept where only you can write")
    });
}
