//! What a process and its children take of the machine, from `/proc`; nothing on other systems.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The CPU time of a process and its children, all threads.
pub fn cpu(process: u32) -> Duration {
    family(process).iter().flat_map(|one| tasks(*one)).map(|task| spent(&task)).sum()
}

/// Resident memory of a process and its children now, in bytes.
pub fn resident(process: u32) -> u64 {
    family(process).iter().map(|one| status(*one, "VmRSS:")).sum()
}

fn spent(task: &Path) -> Duration {
    let text = fs::read_to_string(task.join("schedstat")).unwrap_or_default();
    let nanos = text.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0);
    Duration::from_nanos(nanos)
}

fn status(process: u32, name: &str) -> u64 {
    let text = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    let kibibytes: u64 =
        line.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0);
    kibibytes * 1024
}

fn tasks(process: u32) -> Vec<PathBuf> {
    fs::read_dir(format!("/proc/{process}/task"))
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default()
}

fn family(process: u32) -> Vec<u32> {
    let mut all = vec![process];
    for task in tasks(process) {
        let text = fs::read_to_string(task.join("children")).unwrap_or_default();
        let children = text.split_whitespace().filter_map(|word| word.parse().ok());
        all.extend(children.flat_map(family));
    }
    all
}
