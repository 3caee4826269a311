//! Several processes on one file: each waits its turn, and every change is there in the end.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod place;

use std::process::{Child, Command, Stdio};

use place::Home;
use prewire::domain::kind::Kind;
use prewire::ops::{ListQuery, Op};
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

/// A row of the kind that people add with the `sqlite3` shell.
const THEIRS: &str = "INSERT INTO item (id, kind, no, title, state, created_at, updated_at, author) VALUES \
    ('01a20196-600a-7203-86a2-7df749b081d4', 'decision', 77, 'Theirs?', 'raised', \
     '2026-05-06T10:00:00.000Z', '2026-05-06T10:00:00.000Z', 'shell'); \
    INSERT INTO decision (id) VALUES ('01a20196-600a-7203-86a2-7df749b081d4')";

fn decisions(workspace: &mut prewire::ops::Workspace) -> Vec<String> {
    let page = workspace.page(&ListQuery::all(Kind::Decision), 0..10).unwrap();
    page.rows.iter().map(|row| row.item.title().to_owned()).collect()
}

#[test]
fn a_row_of_another_program_shows_as_soon_as_it_is_seen_and_can_be_taken_back() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    place::add(&mut workspace, Kind::Decision, "Ours?");
    let empty = workspace.store().head().unwrap().0;
    place::external(&home.path("plan.db"), THEIRS);
    assert!(workspace.adopt().unwrap());
    assert_eq!(decisions(&mut workspace).len(), 2);
    assert!(!workspace.adopt().unwrap(), "it is adopted once");
    assert_eq!(workspace.store().head().unwrap().0, empty + 1);
    workspace.run(&Op::Undo).unwrap();
    assert_eq!(decisions(&mut workspace), ["Ours?"]);
}

#[test]
fn looking_at_a_file_adopts_nothing() {
    let home = Home::new();
    drop(home.create("plan.db"));
    place::external(&home.path("plan.db"), THEIRS);
    let before = home.look();
    let settings = prewire::ops::Settings { read_only: true, ..place::settings() };
    let (places, clock) = (home.places(), place::clock());
    let mut workspace =
        prewire::ops::Workspace::open(&home.path("plan.db"), Access::Read, places, clock, settings)
            .unwrap();
    assert!(!workspace.adopt().unwrap());
    drop(workspace);
    assert_eq!(before, home.look());
}

#[test]
fn titles_read_ahead_are_found_and_never_stale() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    place::add(&mut workspace, Kind::Decision, "Launch tier?");
    let found = |workspace: &mut prewire::ops::Workspace| -> Vec<String> {
        let named = workspace.candidates(&[Kind::Decision], "lau", 9).unwrap();
        named.into_iter().map(|named| named.title).collect()
    };
    workspace.read_titles_ahead(Kind::Decision).unwrap();
    assert_eq!(found(&mut workspace), ["Launch tier?"]);
    // What was read ahead is of no use once something has changed, here or elsewhere.
    workspace.read_titles_ahead(Kind::Decision).unwrap();
    place::add(&mut workspace, Kind::Decision, "Launch date?");
    assert_eq!(found(&mut workspace).len(), 2);
    workspace.run(&Op::Undo).unwrap();
    workspace.read_titles_ahead(Kind::Decision).unwrap();
    let mut other = home.open("plan.db");
    place::add(&mut other, Kind::Decision, "Launch city?");
    assert_eq!(found(&mut workspace).len(), 2);
}

#[test]
fn titles_of_another_kind_are_let_go_and_found_again() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    place::add(&mut workspace, Kind::Decision, "Launch tier?");
    place::add(&mut workspace, Kind::Asset, "Launch page");
    let found = |workspace: &mut prewire::ops::Workspace, kind: Kind| -> Vec<String> {
        let named = workspace.candidates(&[kind], "lau", 9).unwrap();
        named.into_iter().map(|named| named.title).collect()
    };
    for _ in 0..2 {
        workspace.prepare_search(Kind::Decision).unwrap();
        assert_eq!(found(&mut workspace, Kind::Decision), ["Launch tier?"]);
        workspace.prepare_search(Kind::Asset).unwrap();
        assert_eq!(found(&mut workspace, Kind::Asset), ["Launch page"]);
    }
    workspace.prepare_search(Kind::Decision).unwrap();
    assert_eq!(found(&mut workspace, Kind::Asset), ["Launch page"]);
}

#[test]
fn what_is_weighed_ahead_is_what_is_weighed_at_once_and_never_stale() {
    let home = Home::new();
    let made = Command::new(env!("CARGO_BIN_EXE_prewire"))
        .args(["demo", "--keep", home.path("plan.db").to_str().unwrap(), "--today", "2026-05-06"])
        .env("HOME", home.path(""))
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let told = |workspace: &mut prewire::ops::Workspace| {
        let claims = workspace.claim_report(&[]).unwrap().rows;
        assert!(claims.len() > 2, "the demo claims something");
        (claims, workspace.matrix().unwrap())
    };
    let fresh = told(&mut home.open("plan.db"));
    let mut workspace = home.open("plan.db");
    workspace.weigh_ahead().unwrap();
    assert_eq!(told(&mut workspace), fresh);
    // What somebody else retires while it is read ahead is told by the journal.
    let mut other = home.open("plan.db");
    let mut ahead = home.open("plan.db");
    ahead.weigh_ahead().unwrap();
    let pieces = other.all_ids(&ListQuery::all(Kind::Evidence)).unwrap();
    other.run(&Op::Trash(pieces[..5].to_vec())).unwrap();
    let after = told(&mut home.open("plan.db"));
    assert_ne!(after, fresh);
    assert_eq!(told(&mut ahead), after);
    assert_eq!(told(&mut workspace), after);
}
