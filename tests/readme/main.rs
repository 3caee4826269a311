//! The README cannot lie: its keys and fields are made from the tables, its pictures from the real
//! screen, its transcript by the real program, and all of its commands are understood.
//!
//! `UPDATE_README=1 cargo test --test readme` writes what differs.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the other tests of the screen use the rest")]
#[path = "../support/screen.rs"]
mod screen;

mod commands;
mod fields;
mod keys;
mod pictures;
mod transcript;

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The day on which all pictures and transcripts happen, a Wednesday.
const DAY: &str = "2026-05-06";

/// One test at a time reads and writes the README.
static README: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    README.lock().unwrap_or_else(PoisonError::into_inner)
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn readme() -> String {
    std::fs::read_to_string(path("README.md")).unwrap()
}

fn is_updating() -> bool {
    std::env::var_os("UPDATE_README").is_some_and(|value| !value.is_empty())
}

/// Holds a file to what it should be, or makes it so.
fn hold(name: &str, should: &str) {
    let is = std::fs::read_to_string(path(name)).unwrap_or_default();
    if is == should {
        return;
    }
    assert!(
        is_updating(),
        "{name} is not what the program says; UPDATE_README=1 cargo test --test readme renews it"
    );
    std::fs::write(path(name), should).unwrap();
}

/// Holds what stands between `<!-- name -->` and `<!-- /name -->` to what it should be.
fn hold_part(name: &str, should: &str) {
    let _one = alone();
    let is = readme();
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
    let (before, rest) = is.split_once(&open).unwrap_or_else(|| panic!("no {open}"));
    let (_, after) = rest.split_once(&close).unwrap_or_else(|| panic!("no {close}"));
    hold("README.md", &format!("{before}{open}{should}{close}{after}"));
}

#[test]
fn the_keys_are_those_of_the_action_table() {
    hold_part("keys", &keys::table());
}

#[test]
fn the_fields_are_those_of_the_descriptions() {
    hold_part("fields", &fields::tables());
}
