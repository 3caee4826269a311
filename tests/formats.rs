//! Files of older formats: each is brought to the newest one behind a snapshot, loses nothing on the
//! way, and can be taken back step by step like any other.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod place;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use place::{Home, clock};
use prewire::ops::Op;
use prewire::ops::doctor::doctor;
use prewire::store::schema;

/// The formats that were shipped; those between were never in anybody's hands.
const SHIPPED: [u32; 8] = [1, 5, 11, 13, 15, 18, 19, 20];

/// The file of each shipped format, and SHA-256 of what is exported from it: what the program of that
/// format exported, and the fields that came later, empty.
const FORMATS: [(u32, &str); 8] = [
    (1, "9bef7a744d6b957cb6c58e326baf5b0f3222a081edde3867413c9a230012afce"),
    (5, "07239cdbe40fb44bc85da77c2af14510f8a92d0b3c36ac1f917cd9fae73bc454"),
    (11, "60053cd63e3f1a3af45c0a88d8ee0a4d3801f33c1ca3d7bd1899392ad648904c"),
    (13, "c4e48e0c68794e146367ef4391dbe2ad21ba56ac2629c9af524bad2814e72072"),
    (15, "454d37032baea94c8096f4d48269d6ce243347f502d878773caa73723a1122fe"),
    (18, "343e89da45e152ac2553e8b0a1ea0171448abef8c807018d03e307806bd07313"),
    (19, "a6ab9a70fc9ac53b4d8a9a12472f52e5cdbca89d5630c6142871c01f633f8cc5"),
    (20, "719e02023da0164e8246624fba89b0aa4304afc1542b78ec9e91d0c958fc580b"),
];

fn fixture(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/formats/{format}.db"))
}

/// Every row of every table, of the columns that a file of the fixture's format has. The states that
/// there are belong to the program.
fn rows(path: &Path, fixture: &Path) -> String {
    let (file, old) = (raw(path), raw(fixture));
    let mut text = String::new();
    for table in names(
        &old,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'state' ORDER BY name",
    ) {
        let columns = names(&old, &format!("SELECT name FROM pragma_table_info('{table}')"));
        let quoted: Vec<String> = columns.iter().map(|name| format!("quote(\"{name}\")")).collect();
        let query = format!("SELECT {} FROM {table} ORDER BY 1", quoted.join(" || ' ' || "));
        let _ = writeln!(text, "{table}\n{}", names(&file, &query).join("\n"));
    }
    text
}

fn raw(path: &Path) -> rusqlite::Connection {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    rusqlite::Connection::open_with_flags(path, flags).unwrap()
}

fn names(connection: &rusqlite::Connection, query: &str) -> Vec<String> {
    let mut statement = connection.prepare(query).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(|row| row.unwrap()).collect()
}

fn format_of(path: &Path) -> u32 {
    raw(path).pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

#[test]
fn a_file_of_every_older_format_is_brought_up_to_date_and_loses_nothing() {
    assert_eq!(FORMATS.map(|(format, _)| format), SHIPPED, "a format was shipped without a file");
    for (format, exported) in FORMATS {
        let home = Home::new();
        let path = home.path("plan.db");
        std::fs::copy(fixture(format), &path).unwrap();
        let before = rows(&path, &fixture(format));
        let workspace = home.open("plan.db");
        assert_eq!(workspace.store().format(), schema::FORMAT);
        assert_eq!(before, rows(&path, &fixture(format)), "format {format}");

        let export = home.path("plan.json");
        let mut out = Vec::new();
        workspace.export_json(&mut out).unwrap();
        std::fs::write(&export, out).unwrap();
        assert_eq!(prewire::store::snapshot::sha256(&export).unwrap(), exported, "format {format}");

        let kept = workspace.snapshots();
        let [kept] = kept.as_slice() else { panic!("{} snapshots", kept.len()) };
        assert_eq!(format_of(&kept.path), format);
        assert_eq!(before, rows(&kept.path, &fixture(format)), "the snapshot");
        drop(workspace);
        let report = doctor(&path, &home.places(), clock());
        assert_eq!(report.exit_code(), 0, "{}", report.text());
    }
}

#[test]
fn what_was_done_in_an_older_format_can_be_taken_back() {
    for (format, _) in FORMATS {
        let home = Home::new();
        std::fs::copy(fixture(format), home.path("plan.db")).unwrap();
        let mut workspace = home.open("plan.db");
        let full = workspace.store().dump().unwrap();
        workspace.run(&Op::Undo).unwrap();
        assert!(workspace.store().dump().unwrap().lines().count() < 20);
        drop(workspace);
        let mut workspace = home.open("plan.db");
        workspace.run(&Op::Redo).unwrap();
        assert_eq!(workspace.store().dump().unwrap(), full);
        drop(workspace);
        let report = doctor(&home.path("plan.db"), &home.places(), clock());
        assert_eq!(report.exit_code(), 0, "{}", report.text());
    }
}

#[test]
fn an_older_file_that_holds_more_than_ours_is_read_and_left_as_it_is() {
    for (format, exported) in FORMATS {
        let home = Home::new();
        let path = home.path("plan.db");
        std::fs::copy(fixture(format), &path).unwrap();
        home.set_mode("plan.db", 0o600);
        place::external(&path, "CREATE TABLE theirs (a)");
        let before = home.look();
        let mut workspace = home.open("plan.db");
        let export = home.path("plan.json");
        let mut out = Vec::new();
        workspace.export_json(&mut out).unwrap();
        let error = workspace.run(&Op::Undo).unwrap_err();
        assert_eq!(error.exit_code(), 14, "{}", error.what());
        assert!(error.what().contains("theirs is not ours"), "{}", error.what());
        drop(workspace);
        assert_eq!(before, home.look());
        std::fs::write(&export, out).unwrap();
        assert_eq!(prewire::store::snapshot::sha256(&export).unwrap(), exported, "format {format}");
    }
}
