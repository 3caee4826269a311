//! Opening: what is not ours is refused with the exit code of its class and not one byte changed;
//! what is ours can be read without a trace, also where nothing may be written.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod place;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use place::{Home, add, external};
use prewire::domain::kind::Kind;
use prewire::ops::doctor::{Verdict, doctor};
use prewire::ops::{Clock, Error, Settings, Workspace};
use prewire::store::{Access, Places};

/// Oldest `SQLite` without the corruption that a reset write-ahead log could cause.
const OLDEST_SQLITE: i32 = 3_051_003;

#[test]
fn the_compiled_in_sqlite_is_new_enough() {
    assert!(rusqlite::version_number() >= OLDEST_SQLITE, "{}", rusqlite::version());
}

/// Makes something at a path.
type Make = fn(&Path);

/// What lies there, and the exit code that it gets.
const REFUSED: [(&str, Make, u8); 21] = [
    ("nothing", |_| {}, 10),
    ("an empty file", |path| write(path, b""), 12),
    ("one byte of text", |path| write(path, b"x"), 12),
    ("text", |path| write(path, b"Dear diary, today I planned nothing at all."), 12),
    ("long text", |path| write(path, &[b'x'; 5_000]), 12),
    (
        "another program's file",
        |path| external(path, "CREATE TABLE t (a); INSERT INTO t VALUES (1)"),
        12,
    ),
    (
        "another program's id",
        |path| external(path, "PRAGMA application_id = 7; CREATE TABLE t (a)"),
        12,
    ),
    ("the first byte", |path| cut(path, 1), 14),
    ("the magic alone", |path| cut(path, 16), 14),
    ("99 bytes", |path| cut(path, 99), 14),
    ("100 bytes", |path| cut(path, 100), 14),
    ("one page", |path| cut(path, 4_096), 14),
    ("all but a byte", |path| cut(path, size(path) - 1), 14),
    ("all but a page", |path| cut(path, size(path) - 4_096), 14),
    ("a newer format", |path| ours_but(path, "PRAGMA user_version = 99"), 13),
    ("the newest format of all", |path| ours_but(path, "PRAGMA user_version = -1"), 13),
    ("format 0", |path| ours_but(path, "PRAGMA user_version = 0"), 14),
    ("a directory", |path| std::fs::create_dir(path).unwrap(), 12),
    ("a pipe", |path| run("mkfifo", path), 12),
    ("a dead link", |path| std::os::unix::fs::symlink("nowhere", path).unwrap(), 12),
    ("a link to itself", |path| std::os::unix::fs::symlink(path, path).unwrap(), 12),
];

#[test]
fn what_is_not_a_workspace_is_refused_and_left_alone() {
    for (what, make, code) in REFUSED {
        for access in [Access::Read, Access::Write] {
            let home = Home::new();
            let path = home.path("plan.db");
            if matches!(code, 13 | 14) {
                drop(home.create("plan.db"));
            }
            make(&path);
            let before = home.look();
            let error = home.open_as("plan.db", access).err().unwrap_or_else(|| panic!("{what}"));
            assert_eq!(error.exit_code(), code, "{what}: {}", error.what());
            let report = doctor(&path, &home.places(), Clock::real());
            assert_ne!(report.exit_code(), 0, "{what}: {}", report.text());
            assert_eq!(report.exit_code() == 14, code == 14, "{what}: {}", report.text());
            assert_eq!(before, home.look(), "{what}");
        }
    }
}

#[test]
fn a_file_cut_at_any_page_is_damaged() {
    let home = Home::new();
    drop(home.create("whole.db"));
    let whole = home.path("whole.db");
    for pages in 1..size(&whole) / 4_096 {
        let path = home.path("plan.db");
        std::fs::copy(&whole, &path).unwrap();
        cut(&path, pages * 4_096);
        let error = home.open_as("plan.db", Access::Write).err().unwrap();
        assert_eq!(error.exit_code(), 14, "{pages}");
    }
}

#[test]
fn special_names_are_names_like_any_other() {
    let home = Home::new();
    for name in
        ["file:x.db?mode=memory", ":memory:", "file:y.db", "a?b#c%20.db", "-", "Ünï 计划.db"]
    {
        let mut workspace = home.create(name);
        add(&mut workspace, Kind::Decision, "Who is the ICP?");
        drop(workspace);
        assert!(home.path(name).is_file(), "{name}");
        let workspace = home.open(name);
        assert_eq!(workspace.store().all_ids().unwrap().len(), 1, "{name}");
    }
    assert_eq!(home.names().len(), 6, "{:?}", home.names());
}

#[test]
fn an_empty_path_and_devices_are_refused() {
    for (path, code) in
        [("", 12), ("/dev/null", 12), ("/dev/zero", 12), ("/", 12), ("/dev/null/x", 12)]
    {
        let opened = Workspace::open(
            Path::new(path),
            Access::Write,
            Places::default(),
            Clock::real(),
            Settings::default(),
        );
        assert_eq!(opened.err().map(|error| error.exit_code()), Some(code), "{path}");
    }
}

#[test]
fn a_link_and_dots_lead_to_the_file_itself() {
    let home = Home::new();
    drop(home.create("plan.db"));
    std::fs::create_dir(home.path("sub")).unwrap();
    std::os::unix::fs::symlink(home.path("plan.db"), home.path("sub/link.db")).unwrap();
    std::os::unix::fs::symlink(home.path("sub"), home.path("other")).unwrap();
    for name in ["sub/link.db", "sub/../plan.db", "other/link.db"] {
        let mut workspace = home.open(name);
        assert_eq!(workspace.store().path(), home.path("plan.db").canonicalize().unwrap());
        add(&mut workspace, Kind::Asset, name);
    }
    let mut made = home.create("other/new.db");
    add(&mut made, Kind::Asset, "Through a linked directory");
    assert!(home.path("sub/new.db").is_file());
}

#[test]
fn reading_leaves_no_trace() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    drop(workspace);
    let before = home.look();
    let workspace = home.open_as("plan.db", Access::Read).unwrap();
    assert_eq!(workspace.store().all_ids().unwrap().len(), 1);
    assert!(!workspace.store().check().unwrap().is_damaged());
    assert_eq!(before, home.look(), "while open");
    drop(workspace);
    let report = doctor(&home.path("plan.db"), &home.places(), Clock::real());
    assert_eq!(report.exit_code(), 0, "{}", report.text());
    assert_eq!(before, home.look());
}

#[test]
fn files_are_private_under_any_umask_and_tightened_when_they_are_not() {
    let home = Home::new();
    let mut workspace = home.create("deep/down/plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    let snapshot = workspace.backup(None).unwrap();
    drop(workspace);
    for (name, mode) in [("deep/down/plan.db", 0o600), ("deep/down", 0o700), ("deep", 0o700)] {
        assert_eq!(home.mode(name), mode, "{name}");
    }
    assert_eq!(place::mode_of(&snapshot), 0o400);
    assert_eq!(place::mode_of(snapshot.parent().unwrap()), 0o700);
    home.set_mode("deep/down/plan.db", 0o664);
    drop(home.open_as("deep/down/plan.db", Access::Read).unwrap());
    assert_eq!(home.mode("deep/down/plan.db"), 0o664, "reading changes nothing");
    let mut workspace = home.open("deep/down/plan.db");
    let done = add(&mut workspace, Kind::Decision, "What is the tier?");
    assert_eq!(home.mode("deep/down/plan.db"), 0o600);
    assert!(done.notices.iter().any(|notice| notice.contains("others")), "{:?}", done.notices);
}

/// Root may write everywhere, so there this runs itself as somebody else.
#[test]
fn what_may_not_be_written_can_be_read() {
    if rustix::process::geteuid().is_root() {
        return run_as_nobody("what_may_not_be_written_can_be_read");
    }
    let home = Home::new();
    for (name, file, directory) in [("a/plan.db", 0o400, 0o700), ("b/plan.db", 0o600, 0o500)] {
        let mut workspace = home.create(name);
        add(&mut workspace, Kind::Decision, "Who is the ICP?");
        drop(workspace);
        home.set_mode(name, file);
        home.set_mode(&name[..1], directory);
        let before = home.look();
        for access in [Access::Read, Access::Write] {
            let mut workspace = home.open_as(name, access).unwrap();
            assert_eq!(workspace.store().all_ids().unwrap().len(), 1);
            let error = place::try_add(&mut workspace, "No").unwrap_err();
            assert_eq!(error.exit_code(), 16, "{name}: {}", error.what());
        }
        assert_eq!(doctor(&home.path(name), &home.places(), Clock::real()).exit_code(), 0);
        assert_eq!(before, home.look(), "{name}");
        home.set_mode(&name[..1], 0o700);
    }
}

fn run_as_nobody(test: &str) {
    use std::os::unix::process::CommandExt;
    let home = Home::new();
    home.set_mode("", 0o777);
    // The way to the program may be closed to others; a copy of it is not.
    let program = home.path("tests");
    std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let status = Command::new(&program)
        .args(["--exact", test])
        .env("TMPDIR", home.path(""))
        .uid(65_534)
        .gid(65_534)
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
fn a_planted_trigger_is_never_run_and_an_altered_table_never_read() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    drop(workspace);
    let path = home.path("plan.db");
    external(&path, "CREATE TRIGGER bad AFTER UPDATE ON item BEGIN DELETE FROM edge; END");
    let before = home.look();
    let mut workspace = home.open("plan.db");
    assert_eq!(workspace.store().all_ids().unwrap().len(), 1);
    let error = place::try_add(&mut workspace, "No").unwrap_err();
    assert_eq!(error.exit_code(), 14, "{}", error.what());
    assert!(error.what().contains("trigger bad"), "{}", error.what());
    drop(workspace);
    let report = doctor(&path, &home.places(), Clock::real());
    assert_eq!(report.exit_code(), 14);
    assert!(report.text().contains("trigger bad"), "{}", report.text());
    assert_eq!(before, home.look());
    external(&path, "DROP TRIGGER bad; DROP TRIGGER journal_item_update");
    assert_eq!(home.open_as("plan.db", Access::Read).err().unwrap().exit_code(), 14);
}

#[test]
fn a_file_in_write_ahead_mode_is_read_as_it_is_and_put_right_by_a_write() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    drop(workspace);
    external(&home.path("plan.db"), "PRAGMA journal_mode = WAL");
    let before = home.look();
    let workspace = home.open_as("plan.db", Access::Read).unwrap();
    assert_eq!(workspace.store().all_ids().unwrap().len(), 1);
    drop(workspace);
    let report = doctor(&home.path("plan.db"), &home.places(), Clock::real());
    assert!(report.verdict() < Verdict::Damaged, "{}", report.text());
    assert_eq!(before, home.look());
    let mut workspace = home.open_as("plan.db", Access::Read).unwrap();
    add(&mut workspace, Kind::Decision, "What is the tier?");
    assert_eq!(std::fs::read(home.path("plan.db")).unwrap()[18], 1);
    assert!(workspace.snapshots().iter().any(|snapshot| snapshot.reason.contains("conversion")));
    drop(workspace);
    assert_eq!(home.names(), ["plan.db"]);
    for snapshot in home.open("plan.db").snapshots() {
        assert_eq!(std::fs::read(&snapshot.path).unwrap()[18], 1);
    }
}

#[test]
fn what_a_stranger_left_beside_the_file_never_crashes_it() {
    let home = Home::new();
    for (at, garbage) in [&b"rubbish"[..], &[0; 4_096], &[0xff; 700]].into_iter().enumerate() {
        for end in ["-journal", "-wal", "-shm"] {
            let name = format!("plan{at}{end}.db");
            let mut workspace = home.create(&name);
            add(&mut workspace, Kind::Decision, "Who is the ICP?");
            drop(workspace);
            std::fs::write(home.path(&format!("{name}{end}")), garbage).unwrap();
            let report = doctor(&home.path(&name), &home.places(), Clock::real());
            assert!(report.verdict() < Verdict::Damaged, "{end}: {}", report.text());
            let mut workspace = home.open(&name);
            add(&mut workspace, Kind::Asset, "Still works");
            assert!(!workspace.store().check().unwrap().is_damaged(), "{end}");
        }
    }
}

#[test]
fn whoever_waits_in_vain_is_told_who_writes() {
    let home = Home::new();
    drop(home.create("plan.db"));
    let lock = rusqlite::Connection::open(home.path("plan.db")).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let before = home.look();
    let mut workspace = home.open("plan.db");
    let error = place::try_add(&mut workspace, "No").unwrap_err();
    assert_eq!((error.exit_code(), error.what().as_str()), (11, "another program is writing"));
    lock.execute_batch("COMMIT; BEGIN EXCLUSIVE").unwrap();
    let error: Error = home.open_as("plan.db", Access::Read).err().unwrap();
    assert_eq!(error.exit_code(), 11, "{}", error.what());
    drop(workspace);
    assert_eq!(before, home.look());
}

/// Closing any other descriptor of the file would drop the lock of the whole process.
#[test]
fn a_second_look_in_this_process_does_not_drop_the_lock_of_the_first() {
    let home = Home::new();
    let first = home.create("plan.db");
    let lock = rusqlite::Connection::open(home.path("plan.db")).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    drop(home.open_as("plan.db", Access::Read).unwrap());
    drop(doctor(&home.path("plan.db"), &home.places(), Clock::real()));
    let query = "BEGIN IMMEDIATE; UPDATE counter SET next = 7; COMMIT;";
    let other = Command::new("sqlite3").arg(home.path("plan.db")).arg(query).output();
    // Where there is no shell to ask, nothing is proved and nothing fails.
    assert!(other.is_err() || !other.unwrap().status.success(), "the lock was gone");
    drop(first);
}

#[test]
fn a_wait_is_as_long_as_it_is_said_to_be() {
    assert_eq!(Settings::default().wait, Duration::from_secs(30));
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).unwrap().len()
}

fn cut(path: &Path, length: u64) {
    std::fs::OpenOptions::new().write(true).open(path).unwrap().set_len(length).unwrap();
}

fn ours_but(path: &Path, query: &str) {
    external(path, query);
}

fn run(program: &str, path: &Path) {
    assert!(Command::new(program).arg(path).status().unwrap().success());
}
