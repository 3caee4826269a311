//! Words for people in what is told of a file, of its history and of a table without rows.

use crate::program::Machine;

#[test]
fn a_table_without_rows_has_its_header_all_the_same() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    let columns = |words: &[&str]| {
        let table = machine.ok(&[words, &["--csv"]].concat());
        table.lines().next().unwrap_or_default().trim_end().to_owned()
    };
    let lists: [&[&str]; 5] = [
        &["trash", "list"],
        &["note"],
        &["note", "list"],
        &["timer", "status"],
        &["trust", "list"],
    ];
    let bare: Vec<String> = lists.iter().map(|words| columns(words)).collect();
    assert!(bare.iter().all(|header| header.starts_with("\"ref\",")), "{bare:?}");
    machine.ok(&["note", "add", "Lunch with Sam"]);
    machine.ok(&["timer", "start", "Deal desk"]);
    for (words, header) in lists[1..4].iter().zip(&bare[1..4]) {
        assert_eq!(&columns(words), header, "{words:?}");
    }
}

#[test]
fn a_step_tells_each_field_once_and_no_kind_of_item() {
    let machine = Machine::new();
    std::fs::create_dir_all(machine.workspace().parent().unwrap()).unwrap();
    machine.ok(&["demo", "--keep", machine.workspace().to_str().unwrap()]);
    let told = machine.ok(&["history", "d12"]);
    for field in ["stake: ", "raised on: ", "kind: "] {
        assert_eq!(told.matches(&format!("      {field}")).count(), 1, "{field}: {told}");
    }
    assert!(told.contains("stake: medium") && told.contains("kind: pricing"), "{told}");
    machine.write("list.csv", "Title\nWho decides?\n");
    machine.ok(&["import", "list.csv", "--as", "decision"]);
    let made = machine.items(&["decision", "list", "Who decides"]).remove(0);
    machine.ok(&["undo"]);
    let told = machine.run(&["history", made["ref"].as_str().unwrap()]);
    assert!(!told.out.contains("kind: decision"), "{}", told.out);
}

#[test]
fn what_is_missing_is_told_by_the_item_that_names_it() {
    let machine = Machine::new();
    std::fs::create_dir_all(machine.workspace().parent().unwrap()).unwrap();
    machine.ok(&["demo", "--keep", machine.workspace().to_str().unwrap()]);
    let file = rusqlite::Connection::open(machine.workspace()).unwrap();
    file.execute_batch(
        "PRAGMA foreign_keys = OFF; DELETE FROM item WHERE kind = 'person' AND no = 4",
    )
    .unwrap();
    drop(file);
    let told = machine.run(&["doctor"]);
    assert!(told.out.contains("d2 names what is not there any more (approver)"), "{}", told.out);
    assert!(told.out.contains("; and "), "{}", told.out);
    assert_eq!(told.err.matches("not there any more").count(), 1, "{}", told.err);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_refused_by_the_doctor_as_by_all() {
    let machine = Machine::new();
    std::os::unix::fs::symlink("nowhere.db", machine.path("link.db")).unwrap();
    let link = machine.path("link.db");
    let said = ["doctor", "list"].map(|verb| {
        let words: &[&str] = if verb == "list" { &["decision", "list"] } else { &["doctor"] };
        machine.run(&[&["--db", link.to_str().unwrap()], words].concat())
    });
    assert_eq!(said[0].code, said[1].code);
    assert!(!said[0].err.contains("A write makes one"), "{}", said[0].err);
}

#[test]
fn a_step_that_cannot_be_taken_back_says_what_stood_there_as_a_person_would() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier? stake:low"]);
    machine.ok(&["decision", "decide", "d1", "--rationale", "Said so"]);
    machine.ok(&["undo"]);
    machine.ok(&["redo"]);
    let said = machine.run(&["undo", "--op", "1"]);
    assert!(
        said.code != 0 && !said.err.contains("“”") && !said.err.contains("T09:"),
        "{}",
        said.err
    );
}
