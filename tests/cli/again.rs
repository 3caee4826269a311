//! Done again: a file that is imported twice changes nothing, a snapshot that was put back can be
//! taken back, and two machines that open one file see the same quarter.

use serde_json::json;

use crate::program::Machine;

fn write(machine: &Machine, name: &str, text: &str) -> String {
    let path = machine.path(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// An import; what it says on standard error.
fn import(machine: &Machine, file: &str) -> String {
    let ended = machine.run(&["import", file]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    ended.err
}

fn there(machine: &Machine, name: &str) -> String {
    machine.path(name).display().to_string()
}

/// The lists of decisions and assets of another workspace.
fn lists(machine: &Machine) -> (String, String) {
    let other = there(machine, "other.db");
    let of_other = |words: &[&str]| machine.ok(&[&["--db", &other], words].concat());
    of_other(&["outcome", "add", "Win more"]);
    of_other(&["bet", "add", "Prove it for:o1"]);
    of_other(&["decision", "add", "Which tier? for:b1 stake:high"]);
    of_other(&["decision", "add", "Which name? for:o1 by:d1"]);
    of_other(&["asset", "add", "Deck by:d1,d2 for:b1"]);
    let frame = ["--happening", "a", "--matters", "b", "--now", "c", "--risk", "d"];
    of_other(&[&["decision", "frame", "d1"][..], &frame].concat());
    for (name, more) in [("A", None), ("B", Some("--recommend"))] {
        let option = ["decision", "option", "d1", "add", name, "--gains", "x", "--gives-up", "y"];
        of_other(&[&option[..], more.as_slice()].concat());
    }
    assert_eq!(of_other(&["decision", "list", "--plain", "state:framed"]).lines().count(), 1);
    let decisions = write(machine, "d.csv", &of_other(&["decision", "list", "--csv"]));
    (decisions, write(machine, "a.csv", &of_other(&["asset", "list", "--csv"])))
}

#[test]
fn a_list_of_another_workspace_comes_in_once() {
    let machine = Machine::new();
    let (decisions, assets) = lists(&machine);
    import(&machine, &decisions);
    let said = import(&machine, &decisions);
    assert!(said.contains("0 new, 2 unchanged"), "what is not here is left out again: {said}");
    // A state that follows from a record that the list does not hold is not taken on trust.
    let found = machine.items(&["decision", "list", "tier"]);
    assert_eq!(found[0]["state"], "raised", "{found:?}");
    import(&machine, &assets);
    let before = machine.ok(&["export", "json"]);
    for file in [&decisions, &assets, &decisions] {
        let said = import(&machine, file);
        assert!(said.contains("0 new, "), "{said}");
    }
    assert_eq!(machine.ok(&["export", "json"]), before);
    let deck = &machine.items(&["asset", "list"])[0];
    assert_eq!(deck["blocked_by"], serde_json::json!(["d1", "d2"]));
}

#[test]
fn the_refs_of_a_list_mean_its_rows_wherever_they_stand_now() {
    let machine = Machine::new();
    let (decisions, _) = lists(&machine);
    machine.ok(&["decision", "add", "Mine?"]);
    machine.ok(&["decision", "add", "Mine too?"]);
    import(&machine, &decisions);
    let said = import(&machine, &decisions);
    assert!(said.contains("0 new, 2 unchanged"), "{said}");
    let found = machine.items(&["decision", "list", "name"]);
    assert_eq!(found[0]["blocked_by"], serde_json::json!(["d3"]), "{found:?}");
}

#[test]
fn a_list_of_another_workspace_ties_nothing_to_what_has_the_same_ref_here() {
    let machine = Machine::new();
    let (decisions, assets) = lists(&machine);
    machine.ok(&["bet", "add", "Mine"]);
    machine.ok(&["decision", "add", "Mine?"]);
    for dry in [&["--dry-run"][..], &[]] {
        let said = machine.run(&[&["import", &assets], dry].concat()).err;
        for words in [
            "the file is of another workspace",
            "row 2, serves: “b1” did not come from there, so it is left out",
            "row 2, blocked by: “d1” did not come from there, so it is left out",
        ] {
            assert!(said.contains(words), "{dry:?}: {said}");
        }
    }
    let deck = || machine.items(&["asset", "list"])[0].clone();
    assert_eq!((&deck()["for"], &deck()["blocked_by"]), (&json!(null), &json!([])));
    assert!(import(&machine, &assets).contains("0 new, 1 unchanged"));
    // What came from there meanwhile is found, whatever its ref is here.
    let said = import(&machine, &decisions);
    assert!(said.contains("row 2: d1 is taken here, so it is d3"), "{said}");
    import(&machine, &assets);
    assert_eq!(deck()["blocked_by"], json!(["d3", "d2"]));
    assert!(import(&machine, &assets).contains("0 new, 1 unchanged"));
    // A list of one's own means what is here.
    let own =
        machine.ok(&["decision", "list", "Mine", "--csv"]).replace("\"two-way\"", "\"one-way\"");
    let own = write(&machine, "own.csv", &own);
    assert!(!import(&machine, &own).contains("another workspace"));
}

#[test]
fn a_link_to_a_row_further_down_comes_in_at_once() {
    let machine = Machine::new();
    let other = there(&machine, "other.db");
    let of_other = |words: &[&str]| machine.ok(&[&["--db", &other], words].concat());
    of_other(&["decision", "add", "Which tier?"]);
    of_other(&["decision", "decide", "d1", "--rationale", "x"]);
    of_other(&["decision", "supersede", "d1", "Which tier now?"]);
    let list = of_other(&["decision", "list", "--closed", "--sort", "state", "--csv"]);
    let mut lines: Vec<&str> = list.lines().collect();
    // What takes its place stands below it.
    if lines[1].contains("now?") {
        lines.swap(1, 2);
    }
    let file = write(&machine, "d.csv", &(lines.join("\r\n") + "\r\n"));
    let said = import(&machine, &file);
    assert!(!said.contains("left out"), "{said}");
    let found = machine.items(&["decision", "show", "d1"]);
    assert_eq!(found[0]["superseded_by"], "d2", "{found:?}");
    assert!(import(&machine, &file).contains("0 new, 2 unchanged"));
}

#[test]
fn days_that_a_spreadsheet_counts_are_days_and_a_row_without_a_name_is_told() {
    let machine = Machine::new();
    let file = write(
        &machine,
        "plan.csv",
        "sep=;\r\nTitle;Due;Region\r\nDeck;46357;EMEA\r\nPage;46360,5;\r\nMail;2026-12-09;\r\n",
    );
    let said = import(&machine, &file);
    assert!(said.contains("read as utf-8 · not read: Region"), "{said}");
    let due: Vec<_> =
        machine.items(&["asset", "list"]).iter().map(|one| one["due"].clone()).collect();
    assert_eq!(due, ["2026-12-01", "2026-12-04", "2026-12-09"]);
    let file = write(&machine, "bad.csv", "Title,Due\nOne,2026-12-01\n,2026-12-02\n");
    let ended = machine.run(&["import", &file]);
    assert_eq!(ended.code, 4, "{}", ended.err);
    assert!(ended.err.contains("row 3, column Title: it is empty"), "{}", ended.err);
}

#[test]
fn what_stood_there_before_a_restore_by_force_is_listed_and_comes_back() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Mine?"]);
    let other = there(&machine, "other.db");
    machine.ok(&["--db", &other, "decision", "add", "Theirs?"]);
    let theirs = machine.ok(&["--db", &other, "backup"]);
    assert_eq!(machine.run(&["restore", theirs.trim()]).code, 4);
    machine.ok(&["restore", theirs.trim(), "--force"]);
    assert!(machine.ok(&["decision", "list"]).contains("Theirs?"));
    let listed = machine.items(&["restore"]);
    let of_before: Vec<_> = listed.iter().filter(|one| one["other_workspace"] == true).collect();
    assert!(!of_before.is_empty() && of_before.len() < listed.len(), "{listed:?}");
    assert!(machine.ok(&["restore"]).contains("before-restore  another workspace, with --force"));
    let name = of_before.iter().find(|one| one["reason"] == "before-restore").unwrap();
    let name = name["name"].as_str().unwrap();
    assert_eq!(machine.run(&["restore", name]).code, 4, "only when it is meant");
    machine.ok(&["restore", name, "--force"]);
    assert!(machine.ok(&["decision", "list"]).contains("Mine?"));
    // The newest of its own, not of the other.
    assert!(machine.run(&["restore", "latest"]).code == 0);
    assert!(!machine.ok(&["decision", "list"]).contains("Theirs?"));
}

#[test]
fn the_fiscal_year_is_that_of_the_workspace() {
    let machine = Machine::new();
    let due = |machine: &Machine, name: &str| {
        machine.ok(&["outcome", "add", &format!("{name} due:eoq")]);
        let found = machine.items(&["outcome", "list", name]);
        found[0]["due"].as_str().unwrap().to_owned()
    };
    assert_eq!(due(&machine, "One"), "2026-06-30");
    let ended = machine.run(&["config", "set", "fiscal_year_start", "2"]);
    assert!(ended.err.contains("for everybody who opens"), "{}", ended.err);
    assert_eq!(due(&machine, "Two"), "2026-07-31");
    assert!(
        machine.ok(&["config", "show", "--origin"]).contains("fiscal_year_start\t2\tworkspace")
    );
    // Somebody else's configuration changes nothing about this file.
    std::fs::write(machine.path("config/prewire/config.toml"), "fiscal_year_start = 7\n").unwrap();
    let found = machine.items(&["outcome", "list", "due:quarter"]);
    assert_eq!(found.len(), 2, "{found:?}");
    machine.ok(&["undo"]);
    machine.ok(&["undo"]);
    // Undo leads to what held before, not to what is configured by now.
    assert!(
        machine.ok(&["config", "show", "--origin"]).contains("fiscal_year_start\t1\tworkspace")
    );
    assert_eq!(due(&machine, "Three"), "2026-06-30");
    // A new workspace begins with what is configured, and keeps it.
    let new = there(&machine, "new.db");
    machine.ok(&["--db", &new, "decision", "add", "Mine?"]);
    std::fs::write(machine.path("config/prewire/config.toml"), "").unwrap();
    let shown = machine.ok(&["--db", &new, "config", "show", "--origin"]);
    assert!(shown.contains("fiscal_year_start\t7\tworkspace"), "{shown}");
}

#[test]
fn a_file_with_something_planted_is_read_and_told_and_never_written() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Mine?"]);
    let path = machine.path("data/prewire/workspace.db");
    let sqlite = rusqlite::Connection::open(&path).unwrap();
    sqlite.execute_batch("CREATE VIEW planted AS SELECT 1").unwrap();
    drop(sqlite);
    let bytes = std::fs::read(&path).unwrap();
    let listed = machine.run(&["decision", "list"]);
    assert_eq!(listed.code, 0);
    assert!(listed.err.contains("view planted is not ours"), "{}", listed.err);
    assert_eq!(machine.run(&["decision", "add", "More?"]).code, 14);
    assert_eq!(machine.run(&["doctor"]).code, 14);
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn what_show_prints_changes_nothing_when_it_is_given_back() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Who is the ICP in fintech?"]);
    machine.ok(&["decision", "objection", "d1", "add", "Reps have no answer"]);
    machine.ok(&["decision", "objection", "d1", "add", "Finance has no figure"]);
    let printed = machine.ok(&["decision", "show", "d1", "--json"]);
    let again = machine.fed(&["decision", "edit", "d1", "-"], &printed);
    assert!(again.err.contains("nothing changed"), "{}{}", again.out, again.err);
    let one = printed.replace("Finance has no figure", "Finance has two figures");
    let changed = machine.fed(&["decision", "edit", "d1", "-"], &one);
    assert_eq!(changed.code, 0, "{}", changed.err);
    assert!(!changed.err.contains("more"), "only what changed is told: {}", changed.err);
    let objections = &machine.items(&["decision", "show", "d1"])[0]["objections"];
    let texts: Vec<_> = objections.as_array().unwrap().iter().map(|one| &one["text"]).collect();
    assert_eq!(texts, ["Reps have no answer", "Finance has two figures"]);
    // A new one has them in the same places.
    let copy = machine.fed(&["decision", "add", "-"], &one.replace("fintech", "freight"));
    assert_eq!(copy.code, 0, "{}", copy.err);
    let objections = &machine.items(&["decision", "show", "d2"])[0]["objections"];
    assert_eq!(objections[1]["text"], "Finance has two figures");
}
