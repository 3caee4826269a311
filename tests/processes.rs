//! Several processes on one file: each waits its turn, and every change is there in the end.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod place;

use std::process::{Child, Command, Stdio};

use place::Home;
use prewire::store::Access;

const PROCESSES: usize = 4;
const CHANGES: usize = 4;

fn adder(home: &Home, name: usize, first: bool) -> Child {
    let db = home.path("plan.db");
    let one = format!(
        "\"{}\" decision add \"From {name}\" --db \"{}\"",
        env!("CARGO_BIN_EXE_prewire"),
        db.display()
    );
    let count = if first { 1 } else { CHANGES };
    Command::new("sh")
        .arg("-c")
        .arg(format!("set -e; i=0; while [ $i -lt {count} ]; do {one}; i=$((i+1)); done"))
        .env("HOME", home.path(""))
        .env("XDG_STATE_HOME", home.path("state"))
        .env("XDG_CONFIG_HOME", home.path("config"))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn all_end_well(children: Vec<Child>) {
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn several_that_make_the_file_at_once_make_one() {
    let home = Home::new();
    all_end_well((0..PROCESSES).map(|name| adder(&home, name, true)).collect());
    let workspace = home.open_as("plan.db", Access::Read).unwrap();
    assert_eq!(workspace.store().all_ids().unwrap().len(), PROCESSES);
    assert!(home.names().iter().all(|name| !name.contains(".part-")), "{:?}", home.names());
}

#[test]
fn no_change_is_lost_between_processes() {
    let home = Home::new();
    drop(home.create("plan.db"));
    all_end_well((0..PROCESSES).map(|name| adder(&home, name, false)).collect());
    let workspace = home.open_as("plan.db", Access::Read).unwrap();
    assert_eq!(workspace.store().all_ids().unwrap().len(), PROCESSES * CHANGES);
    assert!(!workspace.store().check().unwrap().is_damaged());
    assert_eq!(workspace.store().head().unwrap().0, i64::try_from(PROCESSES * CHANGES).unwrap());
}
