//! Import as a user meets it: the fixtures of every source, the same file twice, edits that
//! survive, rows that are bad, a stop half way, and undo.

#![expect(clippy::format_collect, reason = "a short file is made in a line")]
#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use prewire::domain::change::{Change, Edit, Input};
use prewire::domain::item::{Item, Ref};
use prewire::domain::kind::Kind;
use prewire::domain::value::Value;
use prewire::ops::import::{BadRows, ImportDone, ImportPlan, ImportRequest};
use prewire::ops::{Clock, Error, Op, Settings, Workspace};
use prewire::store::{Access, Places, snapshot};

#[path = "import/lists.rs"]
mod lists;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)
}

fn clock() -> Clock {
    Clock::read("2026-05-06").unwrap()
}

fn settings() -> Settings {
    Settings { me: Some("Maya Chen".to_owned()), ..Settings::default() }
}

fn empty() -> Workspace {
    Workspace::in_memory(clock(), settings()).unwrap()
}

fn of(path: &Path) -> ImportRequest {
    ImportRequest { path: path.to_owned(), ..ImportRequest::default() }
}

fn plan(workspace: &mut Workspace, request: &ImportRequest) -> Result<ImportPlan, Error> {
    workspace.plan_import(request, &mut |_, _| ControlFlow::Continue(()))
}

fn import(workspace: &mut Workspace, request: &ImportRequest) -> Result<ImportDone, Error> {
    workspace.import(request, &mut |_, _| ControlFlow::Continue(()))
}

fn totals(done: &ImportDone) -> (usize, usize, usize) {
    let total = done.total();
    (total.new, total.changed, total.unchanged)
}

fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn item(workspace: &Workspace, reference: &str) -> Item {
    let reference = Ref::parse(reference).unwrap();
    let ids = workspace.store().all_ids().unwrap();
    let items = workspace.store().items(&ids).unwrap();
    items.into_iter().find(|item| item.reference == reference).unwrap()
}

fn dump(workspace: &Workspace) -> String {
    let mut text = String::new();
    let ids = workspace.store().all_ids().unwrap();
    let items = workspace.store().items(&ids).unwrap();
    let (_, names) = workspace.rows(&ids).unwrap();
    for item in &items {
        let _ = writeln!(text, "{} {:?}", item.reference, item.title());
        for (field, value) in item.entries().filter(|(_, value)| !value.is_nothing()) {
            if field.name != "title" {
                let _ = writeln!(text, "    {}: {:?}", field.name, field.typed(value, &names));
            }
        }
    }
    text
}

const LINEAR: &str = "ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,Assignee,Labels,Cycle Number,Cycle Name,Cycle Start,Cycle End,Created,Updated,Started,Triaged,Completed,Canceled,Archived,Due Date,Parent issue,Initiatives,Project Milestone ID,Project Milestone,SLA Status,Blocked by\n";

fn linear(id: &str, title: &str, labels: &str, due: &str, blocked_by: &str) -> String {
    format!(
        "{id},M,{title},,In Progress,,High,,,maya@example.com,jon@example.com,\"{labels}\",,,,,2026-04-28,,,,,,,{due},,,,,,\"{blocked_by}\"\n"
    )
}

#[test]
fn every_source_becomes_the_items_that_are_written_down() {
    for name in [
        "trello.csv",
        "trello.json",
        "asana.csv",
        "linear-29.csv",
        "linear-30.csv",
        "linear-34.csv",
        "jira.csv",
        "jira-workitem.csv",
        "Backlog 1f2e3d4c5b6a79880123456789abcdef.csv",
        "Backlog in Korean 1f2e3d4c5b6a79880123456789abcdef_all.csv",
        "generic-utf16.txt",
        "generic-windows-1252.csv",
    ] {
        let mut workspace = empty();
        let request = ImportRequest { bad_rows: BadRows::Skip, ..of(&fixture(name)) };
        let planned = plan(&mut workspace, &request).unwrap();
        assert!(workspace.store().all_ids().unwrap().is_empty(), "{name}: a plan wrote");
        let done = import(&mut workspace, &request).unwrap();
        assert_eq!(planned.tallies, done.tallies, "{name}");
        let warnings = done.warnings.join("\n");
        let text = format!("{}\n{warnings}\n{}", done.done.label, dump(&workspace));
        insta::assert_snapshot!(name.replace(['.', ' '], "_"), text);
        let head = workspace.store().head().unwrap();
        let again = import(&mut workspace, &request).unwrap();
        let total = again.total();
        assert_eq!((total.new, total.changed), (0, 0), "{name}");
        assert_eq!(again.done.seq, None);
        assert_eq!(workspace.store().head().unwrap(), head, "{name}: a second import wrote");
        workspace.run(&Op::Undo).unwrap();
        assert!(workspace.store().all_ids().unwrap().is_empty(), "{name}");
        assert!(!workspace.store().check().unwrap().is_damaged());
    }
}

#[test]
fn a_row_that_the_file_changed_changes_only_what_the_file_changed() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = empty();
    let first = LINEAR.to_owned()
        + &linear("P-1", "Deck", "sales, old", "2026-05-20", "")
        + &linear("P-2", "Page", "sales", "2026-05-21", "P-1");
    let path = file(&folder, "linear.csv", &first);
    assert_eq!(totals(&import(&mut workspace, &of(&path)).unwrap()), (3, 0, 0));
    let (deck, noun) = (item(&workspace, "a1"), Kind::Asset.noun());
    let changes = vec![
        Change {
            field: noun.field("title"),
            edit: Edit::Set(Input::Value(Value::Text("Deck for Acme".to_owned()))),
        },
        Change {
            field: noun.field("tags"),
            edit: Edit::Add(Input::Value(Value::Tags(vec!["mine".to_owned()]))),
        },
    ];
    workspace.run(&Op::Edit { items: vec![deck.id], changes }).unwrap();
    // The same file again leaves the edits alone.
    assert_eq!(totals(&import(&mut workspace, &of(&path)).unwrap()), (0, 0, 2));
    let second = LINEAR.to_owned()
        + &linear("P-1", "Deck", "sales, new", "2026-06-30", "P-3")
        + &linear("P-2", "Page", "sales", "2026-05-21", "")
        + &linear("P-3", "Email", "", "", "");
    let path = file(&folder, "linear.csv", &second);
    let done = import(&mut workspace, &of(&path)).unwrap();
    assert_eq!(totals(&done), (1, 2, 0));
    assert_eq!(done.done.label, "imported 1 item and 2 changes from Linear (linear.csv)");
    let (deck, page, email) =
        (item(&workspace, "a1"), item(&workspace, "a2"), item(&workspace, "a3"));
    assert_eq!(deck.title(), "Deck for Acme");
    assert_eq!(deck.day("due").unwrap().to_string(), "2026-06-30");
    let tags = ["mine", "new", "sales"].map(str::to_owned).to_vec();
    assert_eq!(*deck.get("tags"), Value::Tags(tags));
    assert_eq!(deck.links("blocked_by"), [email.id]);
    assert!(page.links("blocked_by").is_empty(), "the file dropped the link");
}

#[test]
fn what_was_thrown_away_stays_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = empty();
    let row = |due: &str| LINEAR.to_owned() + &linear("P-1", "Deck", "", due, "");
    let path = file(&folder, "a.csv", &row("2026-05-20"));
    import(&mut workspace, &of(&path)).unwrap();
    let deck = item(&workspace, "a1");
    workspace.run(&Op::Trash(vec![deck.id])).unwrap();
    let path = file(&folder, "a.csv", &row("2026-06-30"));
    assert_eq!(totals(&import(&mut workspace, &of(&path)).unwrap()), (0, 0, 1));
    let deck = item(&workspace, "a1");
    assert!(deck.deleted_at.is_some());
    assert_eq!(deck.day("due").unwrap().to_string(), "2026-05-20");
}

#[test]
fn circles_and_ends_that_are_not_there_are_left_out_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = empty();
    let text = LINEAR.to_owned()
        + &linear("P-1", "One", "", "", "P-3, P-9")
        + &linear("P-2", "Two", "", "", "P-1, P-2")
        + &linear("P-3", "Three", "", "", "P-2");
    let done = import(&mut workspace, &of(&file(&folder, "a.csv", &text))).unwrap();
    assert_eq!(
        done.warnings,
        [
            "row 2, blocked by: “P-9” is not here, so it is left out",
            "row 3, blocked by: “P-2” is the row itself, so it is left out",
            "row 4: a2 blocks a3 would be a circle, so it is left out",
        ]
    );
    assert_eq!(item(&workspace, "a2").links("blocked_by"), [item(&workspace, "a1").id]);
    assert_eq!(item(&workspace, "a1").links("blocked_by"), [item(&workspace, "a3").id]);
}

#[test]
fn bad_rows_refuse_the_file_by_name_unless_they_are_skipped() {
    let mut workspace = empty();
    let request = of(&fixture("bad-rows.csv"));
    let planned = plan(&mut workspace, &request).unwrap();
    assert_eq!(planned.bad_total, 8);
    assert_eq!(planned.bad[0].line, 3);
    assert!(planned.bad[0].words.contains("“31.02.2026” is not a date"), "{:?}", planned.bad[0]);
    let error = import(&mut workspace, &request).unwrap_err();
    assert_eq!(error.exit_code(), 4);
    assert!(error.what().contains("row 3, column Due: “31.02.2026” is not a date"), "{error}");
    assert!(workspace.store().all_ids().unwrap().is_empty());
    let request = ImportRequest { bad_rows: BadRows::Skip, ..request };
    let done = import(&mut workspace, &request).unwrap();
    assert_eq!((totals(&done), done.bad_total), ((1, 0, 0), 8));
}

#[test]
fn twenty_bad_rows_are_named_and_the_others_counted() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..30).map(|row| format!("Row {row},nonsense\n")).collect();
    let path = file(&folder, "a.csv", &format!("Title,Due\n{rows}"));
    let error = import(&mut empty(), &of(&path)).unwrap_err();
    let what = error.what();
    assert_eq!(what.matches("is not a date").count(), 20, "{what}");
    assert!(what.contains("and 10 more"), "{what}");
}

/// A workspace in a file, for the tests that look at its bytes.
fn on_disk(folder: &tempfile::TempDir) -> Workspace {
    let places = Places { state: Some(folder.path().join("state")) };
    let path = folder.path().join("workspace.db");
    Workspace::create(&path, places, clock(), settings()).unwrap()
}

fn sha(folder: &tempfile::TempDir) -> String {
    snapshot::sha256(&folder.path().join("workspace.db")).unwrap()
}

#[test]
fn a_failing_last_row_a_plan_and_a_stop_leave_the_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = on_disk(&folder);
    let before = sha(&folder);
    let rows: String = (0..9_000).map(|row| format!("Row {row},2026-05-01\n")).collect();
    let good = file(&folder, "good.csv", &format!("Title,Due\n{rows}"));
    let bad = file(&folder, "bad.csv", &format!("Title,Due\n{rows}Last,nonsense\n"));
    plan(&mut workspace, &of(&good)).unwrap();
    assert_eq!(sha(&folder), before, "a plan wrote");
    assert_eq!(import(&mut workspace, &of(&bad)).unwrap_err().exit_code(), 4);
    assert_eq!(sha(&folder), before, "a refused import wrote");
    assert_eq!(workspace.snapshots().len(), 0, "a refused import left a snapshot");
    for stop_after in [1, 7, 9, 11, 17] {
        let mut calls = 0;
        let stopped = workspace.import(&of(&good), &mut |_, _| {
            calls += 1;
            if calls > stop_after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(stopped.map(|_| ()).unwrap_err().exit_code(), 130);
        assert_eq!(sha(&folder), before, "an import that was stopped at call {calls} wrote");
    }
    let done = import(&mut workspace, &of(&good)).unwrap();
    assert_eq!(totals(&done), (9_000, 0, 0));
    assert!(done.snapshot.unwrap().exists());
    assert!(!workspace.store().check().unwrap().is_damaged());
}

#[test]
fn more_rows_than_may_be_are_refused_before_anything_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = on_disk(&folder);
    let before = sha(&folder);
    let most = usize::try_from(prewire::exchange::caps::BACKLOG_ROWS).unwrap();
    let path = file(&folder, "long.csv", &format!("Title\n{}", "a\n".repeat(most + 1)));
    let mut calls = 0;
    let error = workspace
        .import(&of(&path), &mut |_, _| {
            calls += 1;
            ControlFlow::Continue(())
        })
        .map(|_| ())
        .unwrap_err();
    assert_eq!((error.exit_code(), calls), (4, 0), "{}", error.what());
    assert!(error.what().contains("more than 200000 rows"), "{}", error.what());
    assert_eq!(sha(&folder), before);
}

#[test]
fn a_look_at_a_workspace_that_may_only_be_read_plans_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    drop(on_disk(&folder));
    let path = folder.path().join("workspace.db");
    let places = Places::default();
    let mut workspace = Workspace::open(&path, Access::Read, places, clock(), settings()).unwrap();
    let before = sha(&folder);
    assert_eq!(plan(&mut workspace, &of(&fixture("trello.csv"))).unwrap().rows, 5);
    assert_eq!(sha(&folder), before);
}

#[test]
fn a_mapping_is_remembered_for_files_with_the_same_columns() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = empty();
    let text = |title: &str| format!("Ding,Wann,Sonstiges\n{title},05/06/2026,x\n");
    let path = file(&folder, "a.csv", &text("Deck"));
    let error = plan(&mut workspace, &of(&path)).unwrap_err();
    assert_eq!(error.exit_code(), 4, "{error}");
    let request = ImportRequest {
        map: vec!["Ding=title".to_owned(), "Wann=due".to_owned(), "Sonstiges=-".to_owned()],
        dates: Some("dmy".parse().unwrap()),
        ..of(&path)
    };
    assert!(!plan(&mut workspace, &request).unwrap().remembered);
    import(&mut workspace, &request).unwrap();
    let path = file(&folder, "b.csv", &text("Page"));
    let planned = plan(&mut workspace, &of(&path)).unwrap();
    assert!(planned.remembered && planned.unmapped.is_empty(), "{planned:?}");
    import(&mut workspace, &of(&path)).unwrap();
    assert_eq!(item(&workspace, "a2").day("due").unwrap().to_string(), "2026-06-05");
}

#[test]
fn rows_are_flipped_one_by_one_or_all_at_once() {
    let mut workspace = empty();
    let path = fixture("linear-29.csv");
    let request = ImportRequest { flips: vec![(3, Kind::Decision)], ..of(&path) };
    let planned = plan(&mut workspace, &request).unwrap();
    let kinds: Vec<_> = planned.preview.iter().map(|row| (row.kind, row.why)).collect();
    assert_eq!(kinds[1], (Kind::Decision, "you chose so"));
    let request = ImportRequest { as_kind: Some(Kind::Request), ..of(&path) };
    let planned = plan(&mut workspace, &request).unwrap();
    assert!(planned.preview.iter().all(|row| row.kind == Kind::Request));
    let request = ImportRequest { flips: vec![(99, Kind::Decision)], ..of(&path) };
    assert_eq!(plan(&mut workspace, &request).unwrap_err().exit_code(), 2);
    let request = ImportRequest { as_kind: Some(Kind::Outcome), ..of(&path) };
    assert_eq!(plan(&mut workspace, &request).unwrap_err().exit_code(), 2);
}

#[test]
fn people_are_made_once_and_found_by_name_or_address() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = empty();
    let noun = Kind::Person.noun();
    let person = |name: &str, email: Option<&str>| prewire::domain::change::Draft {
        kind: Kind::Person,
        title: name.to_owned(),
        changes: email
            .map(|email| Change {
                field: noun.field("email"),
                edit: Edit::Set(Input::Value(Value::Text(email.to_owned()))),
            })
            .into_iter()
            .collect(),
    };
    workspace
        .run(&Op::Add(vec![
            person("Jonathan Ito", Some("jon@example.com")),
            person("Maya", None),
            person("Raj", Some("raj@elsewhere.example")),
        ]))
        .unwrap();
    let owners = ["jon@example.com", "Jon", "maya@example.com", "raj@example.com", "JON"];
    let rows: String =
        owners.iter().enumerate().map(|(row, owner)| format!("Row {row},{owner}\n")).collect();
    let path = file(&folder, "a.csv", &format!("Title,Owner\n{rows}"));
    let planned = plan(&mut workspace, &of(&path)).unwrap();
    assert_eq!(planned.tallies[&Kind::Person].new, 2);
    import(&mut workspace, &of(&path)).unwrap();
    let owner = |asset: &str| {
        let id = item(&workspace, asset).link("owner").unwrap();
        let person = workspace.store().item(id).unwrap().unwrap();
        format!("{} {}", person.reference, person.title())
    };
    let found: Vec<String> = ["a1", "a2", "a3", "a4", "a5"].map(owner).to_vec();
    assert_eq!(found, ["u1 Jonathan Ito", "u4 Jon", "u2 Maya", "u5 raj@example.com", "u4 Jon"]);
}

#[test]
fn files_that_are_no_backlog_are_refused_with_a_hint() {
    let mut workspace = empty();
    for (name, code) in [
        ("generic-ambiguous.csv", 4),
        ("generic-unknown.csv", 4),
        ("open-quote.csv", 4),
        ("trello-broken.json", 4),
        ("trello-deep.json", 4),
        ("there-is-none.csv", 3),
    ] {
        let error = import(&mut workspace, &of(&fixture(name))).unwrap_err();
        assert_eq!(error.exit_code(), code, "{name}: {error}");
    }
    assert!(workspace.store().all_ids().unwrap().is_empty());
}
