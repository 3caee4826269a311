//! What may never happen: a changed byte in a read or a rehearsal, an escape on a terminal.

use crate::program::Machine;

#[test]
fn reads_leave_every_file_as_it_was() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One @maya due:fri"]);
    machine.ok(&["asset", "add", "Deck by:d1"]);
    let before = machine.files();
    let reads: &[&[&str]] = &[
        &[],
        &["today"],
        &["today", "--json"],
        &["next"],
        &["decision", "list"],
        &["decision", "list", "one", "is:blocking", "--closed", "--sort", "due"],
        &["decision", "show", "d1"],
        &["history"],
        &["history", "d1"],
        &["trash", "list"],
        &["config", "show", "--origin"],
        &["config", "check"],
        &["man"],
        &["completions", "bash"],
        &["__complete", "--", "decision", "@"],
    ];
    for words in reads {
        assert_eq!(machine.run(words).code, 0, "{words:?}");
        assert_eq!(before, machine.files(), "{words:?}");
    }
}

#[test]
fn a_rehearsal_changes_nothing_and_says_what_would_be() {
    let machine = Machine::new();
    let first = machine.run(&["decision", "add", "One @maya", "--dry-run"]);
    assert_eq!((first.code, first.out.as_str()), (0, "d1  One\n"));
    assert!(first.err.contains("new person u1 Maya") && first.err.contains("nothing was changed"));
    assert!(machine.files().is_empty());
    machine.ok(&["decision", "add", "One", "due:fri", "+x"]);
    machine.ok(&["asset", "add", "Deck by:d1"]);
    machine.ok(&["decision", "add", "Gone"]);
    machine.ok(&["decision", "rm", "d2"]);
    let before = machine.files();
    let rehearsals: &[(&[&str], &str)] = &[
        (&["decision", "add", "Two", "@maya"], "new person u1 Maya"),
        (&["decision", "edit", "d1", "--stake", "high"], "d1 “One”: stake → high"),
        (&["decision", "decide", "d1", "--rationale", "x"], "d1 “One” → decided"),
        (&["decision", "rm", "d1"], "d1 “One” → Trash"),
        (&["asset", "move", "a1", "doing"], "a1 “Deck” → doing"),
        (&["asset", "turn", "a1", "request"], "a1 → r1 “Deck”"),
        (&["undo"], "would undo: d2 “Gone” → Trash"),
        (&["trash", "restore", "d2"], "d2 “Gone” back from the Trash"),
        (&["trash", "purge", "d2"], "purged d2 “Gone”"),
        (&["config", "set", "me", "Maya"], "me → Maya"),
    ];
    for (words, part) in rehearsals {
        for more in [&["--dry-run"][..], &["--dry-run", "--readonly"]] {
            let ended = machine.run(&[words, more].concat());
            assert_eq!(ended.code, 0, "{words:?}: {}", ended.err);
            assert!(ended.err.contains(part), "{words:?}: {}", ended.err);
            assert!(ended.err.ends_with("dry run: nothing was changed\n"), "{}", ended.err);
        }
    }
    assert_eq!(before, machine.files());
    let json = machine.items(&["decision", "edit", "d1", "--stake", "high", "--dry-run"]);
    assert_eq!(json[0]["stake"], "high");
    assert_eq!(before, machine.files());
}

/// What a hostile text may try: clear the screen, set the clipboard, a raw C1 byte, turn the
/// reading direction, hide letters.
const HOSTILE: &str = "a\u{1b}[2J\u{1b}]52;c;QUJD\u{7}b\u{9b}31mc\u{202e}d\u{200b}e\u{7f}";

fn is_clean(text: &str) -> bool {
    !text.chars().any(|letter| {
        (letter.is_control() && letter != '\n' && letter != '\t' && letter != '\r')
            || ('\u{202a}'..='\u{202e}').contains(&letter)
    })
}

#[test]
fn no_escape_of_any_field_reaches_standard_output_or_error() {
    let machine = Machine::new();
    machine.ok(&[
        "decision", "add", HOSTILE, "--forum", HOSTILE, "--note", HOSTILE, "--owner", HOSTILE,
    ]);
    machine.ok(&["asset", "add", HOSTILE, "--audience", HOSTILE, "--objection", HOSTILE, "by:d1"]);
    machine.ok(&[
        "outcome", "add", HOSTILE, "--metric", HOSTILE, "--unit", HOSTILE, "--lesson", HOSTILE,
    ]);
    machine.ok(&["bet", "add", HOSTILE, "--hypothesis", HOSTILE, "--signal", HOSTILE, "for:o1"]);
    machine.ok(&["request", "add", HOSTILE, "--text", HOSTILE, "--from", HOSTILE]);
    let mut calls: Vec<Vec<&str>> = vec![
        vec!["today"],
        vec!["next"],
        vec!["history"],
        vec!["history", "d1"],
        vec!["show", "d1", "a1", "o1", "b1", "r1", "u1"],
        vec!["show", HOSTILE],
        vec![HOSTILE],
        vec!["decision", "list", HOSTILE],
        vec!["decision", "list", "--sort", HOSTILE],
        vec!["decision", "add", "x", "--stake", HOSTILE],
        vec!["decision", "add", "x", "--", HOSTILE, "--dry-run"],
        vec!["decision", "edit", "d1", "--link", HOSTILE],
        vec!["--db", HOSTILE, "today"],
        vec!["--today", HOSTILE, "today"],
        vec!["__complete", "--", "decision", "@"],
        vec!["config", "set", "theme", HOSTILE],
        vec!["decision", "rm", "d1", "--dry-run"],
    ];
    for kind in ["decision", "asset", "outcome", "bet", "request", "person"] {
        calls.push(vec![kind, "list"]);
    }
    for call in calls {
        for form in ["", "--json", "--jsonl", "--csv", "--plain"] {
            let words: Vec<&str> =
                call.iter().copied().rev().chain((!form.is_empty()).then_some(form)).collect();
            let words: Vec<&str> = if form.is_empty() || call.contains(&"--") {
                call.clone()
            } else {
                let mut all = vec![form];
                all.extend(words.iter().rev().filter(|word| **word != form));
                all
            };
            let ended = machine.run(&words);
            assert!(is_clean(&ended.out), "{words:?}: {:?}", ended.out);
            assert!(is_clean(&ended.err), "{words:?}: {:?}", ended.err);
        }
    }
}

#[test]
fn colour_is_only_there_when_asked_for() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One due:2026-05-01"]);
    assert!(!machine.ok(&["decision", "list"]).contains('\u{1b}'));
    let coloured = machine.ok(&["decision", "list", "--color", "always"]);
    assert!(coloured.contains("\u{1b}[31m! \u{1b}[0m"), "{coloured:?}");
}

#[test]
fn what_another_program_did_shows_at_once_and_changes_nothing_until_a_write() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One"]);
    let connection = rusqlite::Connection::open(machine.workspace()).unwrap();
    let id = "01900000-0000-7000-8000-000000000001";
    connection
        .execute_batch(&format!(
            "INSERT INTO item (id, kind, no, title, state, created_at, updated_at, author) \
             VALUES ('{id}', 'decision', 7, 'Theirs', 'raised', '2026-05-01T00:00:00.000Z', \
             '2026-05-01T00:00:00.000Z', ''); INSERT INTO decision (id) VALUES ('{id}'); \
             UPDATE counter SET next = 8; UPDATE item SET title = 'One, renamed' WHERE no = 1;"
        ))
        .unwrap();
    drop(connection);
    let before = machine.files();
    let list = machine.ok(&["decision", "list", "--plain"]);
    assert!(list.contains("One, renamed") && list.contains("Theirs"), "{list}");
    assert!(machine.ok(&["decision", "show", "d7"]).contains("Theirs"));
    assert!(machine.ok(&["history"]).contains("changed by another program"));
    assert!(machine.ok(&["decision", "list", "--readonly"]).contains("Theirs"));
    assert_eq!(machine.run(&["doctor"]).code, 1, "the file itself is looked at");
    assert_eq!(before, machine.files());
    machine.ok(&["decision", "add", "Two"]);
    let history = machine.ok(&["history"]);
    assert_eq!(history.matches("changed by another program").count(), 1, "{history}");
    machine.ok(&["undo"]);
    machine.ok(&["undo"]);
    let list = machine.ok(&["decision", "list", "--plain"]);
    assert!(!list.contains("Theirs") && !list.contains("renamed"), "{list}");
}
