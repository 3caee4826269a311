//! Snapshots: verified before they are relied on, made while others write, and put back whole; what
//! a restore replaces is kept.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod place;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use place::{Home, add, external, try_add};
use prewire::domain::kind::Kind;
use prewire::ops::doctor::{Verdict, doctor};
use prewire::ops::snapshots::{self, Kinship, Restored};
use prewire::ops::{Clock, Op, Result, Workspace};
use prewire::store::snapshot::verify_bytes;

const WAIT: Duration = Duration::from_millis(200);

fn restore(home: &Home, which: &str) -> Result<Restored> {
    snapshots::restore(&home.path("plan.db"), which, Kinship::Same, &home.places(), WAIT)
}

fn dump(workspace: &Workspace) -> String {
    workspace.store().dump().unwrap()
}

/// Changes one byte in the middle of a file.
fn spoil(path: &Path) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
    let mut bytes = std::fs::read(path).unwrap();
    let at = bytes.windows(7).position(|part| part == b"Who is ").unwrap();
    bytes[at] ^= 1;
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_backup_is_the_workspace_and_never_takes_the_place_of_a_file() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    let made = workspace.backup(Some(&home.path("usb/copy.db"))).unwrap();
    assert_eq!(
        dump(&home.open_as("usb/copy.db", prewire::store::Access::Read).unwrap()),
        dump(&workspace)
    );
    let before = std::fs::read(&made).unwrap();
    assert_eq!(workspace.backup(Some(&made)).unwrap_err().exit_code(), 5);
    assert_eq!(std::fs::read(&made).unwrap(), before);
    let (first, second) = (workspace.backup(None).unwrap(), workspace.backup(None).unwrap());
    assert_ne!(first, second);
    assert_eq!(workspace.snapshots().len(), 2);
    for snapshot in workspace.snapshots() {
        assert_eq!(verify_bytes(&snapshot.path).unwrap().head, workspace.store().head().unwrap());
    }
}

#[test]
fn the_snapshot_of_the_day_is_made_once_and_while_others_write() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    for _ in 0..40 {
        let drafts = (0..25).map(|at| place::draft(Kind::Asset, &format!("Deck {at}"))).collect();
        workspace.run(&Op::Add(drafts)).unwrap();
    }
    let due = workspace.daily_snapshot().unwrap().expect("none was made today");
    let (mut steps, mut written) = (0, 0);
    let made = due
        .run(|| {
            steps += 1;
            if steps == 2 {
                written = add(&mut workspace, Kind::Decision, "In between").seq.unwrap();
            }
        })
        .unwrap();
    assert!(steps > 2, "{steps}");
    assert_eq!(verify_bytes(&made).unwrap().head.0, written);
    assert!(workspace.daily_snapshot().unwrap().is_none());
}

#[test]
fn a_restore_puts_the_snapshot_back_and_can_be_taken_back() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    let first = dump(&workspace);
    workspace.backup(None).unwrap();
    add(&mut workspace, Kind::Decision, "What is the tier?");
    let second = dump(&workspace);
    let done = restore(&home, "latest").unwrap();
    assert_eq!(done.seq, 1);
    assert_eq!(dump(&home.open("plan.db")), first);
    assert_eq!(home.mode("plan.db"), 0o600);
    assert_eq!(home.names(), ["plan.db"]);
    // Whoever had it open is told, and writes nothing into what is gone.
    assert!(workspace.store().is_replaced());
    assert_eq!(try_add(&mut workspace, "Lost?").unwrap_err().exit_code(), 5);
    let kept = done.kept.unwrap();
    restore(&home, kept.to_str().unwrap()).unwrap();
    assert_eq!(dump(&home.open("plan.db")), second);
}

#[test]
fn a_snapshot_that_is_not_what_was_written_is_refused() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    let made = workspace.backup(None).unwrap();
    drop(workspace);
    spoil(&made);
    let before = home.look();
    assert_eq!(restore(&home, "latest").unwrap_err().exit_code(), 15);
    assert_eq!(before, home.look());
    let report = doctor(&home.path("plan.db"), &home.places(), Clock::real());
    assert_eq!(report.verdict(), Verdict::Problem, "{}", report.text());
    for (which, code) in [("nothing", 3), ("/dev/null", 12)] {
        assert_eq!(restore(&home, which).unwrap_err().exit_code(), code, "{which}");
    }
    assert_eq!(before, home.look());
}

#[test]
fn a_snapshot_of_another_workspace_is_refused_unless_it_is_meant() {
    let home = Home::new();
    let mut other = home.create("other.db");
    add(&mut other, Kind::Decision, "Theirs");
    let theirs = other.backup(None).unwrap();
    drop(home.create("plan.db"));
    let error = restore(&home, theirs.to_str().unwrap()).unwrap_err();
    assert_eq!(error.exit_code(), 4, "{}", error.what());
    let (path, which) = (home.path("plan.db"), theirs.to_str().unwrap());
    let done = snapshots::restore(&path, which, Kinship::Any, &home.places(), WAIT).unwrap();
    assert!(done.kept.unwrap().exists());
    assert_eq!(dump(&home.open("plan.db")), dump(&other));
}

#[test]
fn a_damaged_or_missing_file_is_restored_and_the_damaged_one_kept_with_its_journal() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    workspace.backup(None).unwrap();
    let whole = dump(&workspace);
    drop(workspace);
    let path = home.path("plan.db");
    // A header so wrong that nothing beside the file is played into it.
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[60..64].fill(0);
    std::fs::write(&path, &bytes).unwrap();
    std::fs::write(home.path("plan.db-journal"), "of another time").unwrap();
    let report = doctor(&path, &home.places(), Clock::real());
    assert_eq!(report.exit_code(), 14, "{}", report.text());
    assert!(report.text().contains("1 verified"), "{}", report.text());
    let kept = restore(&home, "latest").unwrap().kept.unwrap();
    assert_eq!(std::fs::read(kept).unwrap(), bytes);
    assert_eq!(home.names(), ["plan.db", "plan.db.damaged", "plan.db.damaged-journal"]);
    assert_eq!(dump(&home.open("plan.db")), whole);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(snapshots::list(&path, &home.places()).len(), 1);
    restore(&home, "latest").unwrap();
    assert_eq!(dump(&home.open("plan.db")), whole);
}

#[test]
fn nothing_is_restored_over_somebody_who_writes() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    workspace.backup(None).unwrap();
    let lock = rusqlite::Connection::open(home.path("plan.db")).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = restore(&home, "latest").unwrap_err();
    assert_eq!(error.exit_code(), 11, "{}", error.what());
    assert_eq!(home.names(), ["plan.db"]);
}

#[test]
fn doctor_names_what_lies_around_and_what_others_did() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    drop(workspace);
    let path = home.path("plan.db");
    let words = |path: &Path| doctor(path, &home.places(), Clock::read("2026-05-06").unwrap());
    assert_eq!(words(&path).exit_code(), 0, "{}", words(&path).text());
    std::fs::copy(&path, home.path("plan (Ana's conflicted copy 2026-05-06).db")).unwrap();
    std::fs::copy(&path, home.path("plan.sync-conflict-20260506-101010-ABC.db")).unwrap();
    external(&path, "UPDATE item SET title = 'Theirs'");
    home.set_mode("plan.db", 0o644);
    let before = home.look();
    let report = words(&path);
    let text = report.text();
    for part in ["conflicted copy", "sync-conflict", "another program made 1", "mode 644"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(report.exit_code(), 1);
    assert_eq!(report.json()["verdict"], "problem");
    assert_eq!(before, home.look());
    let early = Clock::read("2020-01-01").unwrap();
    assert!(doctor(&path, &home.places(), early).text().contains("yet to come"));
}

#[test]
fn doctor_looks_at_a_hot_journal_without_playing_it() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    drop(workspace);
    // What a crash in the middle of a commit leaves: the pages half written, the journal whole.
    let path = home.path("plan.db");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "PRAGMA cache_size = 2; PRAGMA cache_spill = 1; BEGIN IMMEDIATE; UPDATE item SET title = 'Half'; \
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) \
             INSERT INTO setting (id, value) SELECT 'k' || i, 'v' FROM n",
        )
        .unwrap();
    for name in ["plan.db", "plan.db-journal"] {
        std::fs::copy(home.path(name), home.path(&format!("crashed{}", &name[4..]))).unwrap();
    }
    drop(connection);
    let before = home.look();
    let crashed = home.path("crashed.db");
    let report = doctor(&crashed, &home.places(), Clock::real());
    assert!(report.text().contains("not finished"), "{}", report.text());
    assert!(report.verdict() < Verdict::Damaged, "{}", report.text());
    assert_eq!(before, home.look());
    let workspace = home.open_as("crashed.db", prewire::store::Access::Read).unwrap();
    assert!(dump(&workspace).contains("Who is the ICP?"));
    assert!(!home.path("crashed.db-journal").exists());
}
