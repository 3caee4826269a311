//! How a call ends: every exit code that can be reached, with its sentence.

use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use crate::program::{Machine, ended};

fn sentence(machine: &Machine, words: &[&str], code: i32, part: &str) {
    let ended = machine.run(words);
    assert_eq!(ended.code, code, "{words:?}: {}", ended.err);
    let line = ended.err.lines().last().unwrap_or("");
    assert!(line.starts_with("prewire: ") && line.contains(part), "{words:?}: {}", ended.err);
    assert_eq!(ended.out, "", "{words:?}");
}

#[test]
fn usage_ends_2_with_the_word_that_was_meant() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One"]);
    let cases: &[(&[&str], &str)] = &[
        (&["decison", "list"], "Did you mean decision?"),
        (&["decision", "lst"], "Did you mean list?"),
        (&["decide", "d1"], "Did you mean prewire decision decide?"),
        (&["decision", "add", "x", "--stak", "high"], "Did you mean --stake?"),
        (
            &["decision", "edit", "d1", "--stake", "low", "--stake", "high"],
            "--stake is there twice",
        ),
        (&["decision", "edit", "d1"], "nothing is said about what to change"),
        (&["decision", "edit"], "REF is missing"),
        (&["today", "--json", "--csv"], "do not go together"),
        (&["today", "--color", "blue"], "is not one of auto, always, never"),
        (&["today", "-x"], "there is no “-x” here"),
        (&["undo", "--op", "x"], "“x” does not do"),
    ];
    for (words, part) in cases {
        sentence(&machine, words, 2, part);
    }
    let late = ended(&machine.bare().args(["--today", "05/06", "today"]).output().unwrap());
    assert_eq!((late.code, late.err.contains("2026-05-06T14:10")), (2, true));
}

#[test]
fn what_is_not_there_ends_3_and_an_ambiguity_lists_who_it_could_be() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier is Atlas?"]);
    machine.ok(&["decision", "add", "Which price is Atlas?"]);
    sentence(&machine, &["show", "d99"], 3, "there is no d99");
    sentence(&machine, &["decision", "show", "a1"], 3, "a1 is an asset, not a decision");
    sentence(&machine, &["show", "Nobody"], 3, "nothing is called “Nobody”");
    sentence(&machine, &["show", "Which"], 3, "d1 Which tier is Atlas?");
    sentence(
        &machine,
        &["decision", "edit", "d1", "blocks:a9"],
        3,
        "there is no a9. Nothing was changed",
    );
    assert!(machine.ok(&["show", "which p"]).starts_with("d2"));
    assert!(machine.ok(&["show", "D2"]).starts_with("d2"));
}

#[test]
fn what_is_refused_ends_4_with_the_candidates() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One stake:high"]);
    let cases: &[(&[&str], &str)] = &[
        (&["decision", "add", "x", "--stake", "hgh"], "not one of low, medium, high"),
        (&["decision", "add", "x", "due:someday"], "is not a date"),
        (&["decision", "add"], "a decision needs a title"),
        (&["decision", "add", "x", "state:decided"], "a verb does it"),
        (&["decision", "edit", "d1", "--decided-on", "fri"], "a verb sets it"),
        (&["decision", "edit", "d1", "blocks:d1"], "cannot stand for itself"),
        (&["decision", "decide", "d1", "--rationale", "x"], "is not framed yet (I1)"),
        (&["decision", "drop", "d1"], "takes one line: reason"),
        (&["decision", "list", "is:blokked"], "is not one of open, closed"),
        (&["decision", "list", "--sort", "stak"], "Did you mean stake?"),
        (&["decision", "list", "@me"], "prewire config set me NAME"),
        (&["redo"], "there is nothing to redo"),
    ];
    let before = machine.file();
    for (words, part) in cases {
        sentence(&machine, words, 4, part);
    }
    assert_eq!(before, machine.file());
}

#[test]
fn a_conflict_ends_5() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One"]);
    machine.ok(&["decision", "edit", "d1", "--stake", "high"]);
    machine.ok(&["decision", "edit", "d1", "--stake", "medium"]);
    sentence(&machine, &["undo", "--op", "2"], 5, "a later change touched the same fields");
}

#[test]
fn without_a_workspace_a_read_ends_10_and_makes_nothing() {
    let machine = Machine::new();
    for words in [
        &["today"][..],
        &["decision", "list"],
        &["next"],
        &["history"],
        &["undo"],
        &["show", "d1"],
        &["trash", "list"],
        &["decision", "edit", "d1", "p:1"],
    ] {
        sentence(&machine, words, 10, "there is no workspace at");
    }
    assert_eq!(machine.run(&[]).code, 0);
    assert!(machine.files().is_empty());
    sentence(&machine, &["decision", "add", "One", "--stake", "hgh"], 4, "not one of");
    sentence(&machine, &["decision", "add", "One", "blocks:a9"], 3, "there is no a9");
    assert!(machine.files().is_empty());
}

#[test]
fn a_foreign_newer_or_torn_file_is_refused_and_left_alone() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One"]);
    let good = std::fs::read(machine.workspace()).unwrap();
    let mut newer = good.clone();
    newer[63] = 99;
    let cases: [(&str, Vec<u8>, i32); 4] = [
        ("empty.db", Vec::new(), 12),
        ("words.db", b"just some words in a file".to_vec(), 12),
        ("newer.db", newer, 13),
        ("torn.db", good[..5000].to_vec(), 14),
    ];
    for (name, content, code) in cases {
        let path = machine.path(name);
        std::fs::write(&path, &content).unwrap();
        for words in [&["today"][..], &["decision", "add", "Two"]] {
            let words = [words, &["--db", path.to_str().unwrap()]].concat();
            assert_eq!(machine.run(&words).code, code, "{name}");
        }
        assert_eq!(std::fs::read(&path).unwrap(), content, "{name}");
    }
    assert_eq!(machine.run(&["--db", "", "today"]).code, 2);
    assert_eq!(machine.run(&["--db", machine.path("").to_str().unwrap(), "today"]).code, 12);
}

#[test]
fn readonly_ends_16_for_writes_and_0_for_reads_and_rehearsals() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One"]);
    let before = machine.files();
    sentence(&machine, &["--readonly", "decision", "add", "Two"], 16, "read-only");
    sentence(&machine, &["undo", "--readonly"], 16, "read-only");
    assert!(machine.ok(&["--readonly", "decision", "list"]).contains("One"));
    assert_eq!(before, machine.files());
}

#[test]
fn a_full_disk_under_standard_output_ends_15() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One"]);
    for words in [&["decision", "list"][..], &["today", "--json"], &["--help"], &["man"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = machine.command(words).stdout(full).output().unwrap();
        let ended = ended(&output);
        assert_eq!(ended.code, 15, "{words:?}");
        assert!(ended.err.contains("the disk is full"), "{}", ended.err);
    }
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = machine.command(&["decision", "add", "Two"]).stdout(full).output().unwrap();
    assert_eq!(ended(&output).code, 15);
    assert_eq!(machine.items(&["decision", "list"]).len(), 2);
}

#[test]
fn a_reader_that_goes_is_no_failure() {
    let machine = Machine::new();
    let lines = "Is this one question of many?\n".repeat(2000);
    assert_eq!(machine.fed(&["decision", "add", "-"], &lines).code, 0);
    let mut command = machine.command(&["decision", "list", "--json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut first).unwrap();
    drop(out);
    let ended = ended(&child.wait_with_output().unwrap());
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
}

#[test]
fn files_are_for_their_user_alone() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One"]);
    machine.ok(&["config", "set", "me", "Maya"]);
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&machine.workspace()), 0o600);
    assert_eq!(mode(machine.workspace().parent().unwrap()), 0o700);
    assert_eq!(mode(&machine.path("config/prewire/config.toml")), 0o600);
    assert_eq!(mode(&machine.path("config/prewire")), 0o700);
}

#[test]
fn nothing_hangs_without_a_terminal() {
    let machine = Machine::new();
    assert_eq!(ended(&machine.bare().output().unwrap()).code, 0);
    let demo = machine.run(&["demo"]);
    assert_eq!(demo.code, 0);
    assert!(demo.out.contains("Decide") && demo.out.contains("Outcomes"), "{}", demo.out);
    assert_eq!(demo.out, machine.ok(&["demo"]));
    assert!(machine.files().is_empty());
    machine.ok(&["demo", "--keep", "quarter.db"]);
    let again = machine.run(&["demo", "--keep", "quarter.db"]);
    assert_eq!(again.code, 4);
    assert!(again.err.contains("is there already"), "{}", again.err);
    assert_eq!(machine.ok(&["--db", "quarter.db", "today"]), demo.out);
}

#[test]
fn undo_ends_where_the_demo_begins_and_mistyped_fields_are_asked_back() {
    fn demo<'a>(words: &[&'a str]) -> Vec<&'a str> {
        [&["--db", "demo.db"], words].concat()
    }
    let machine = Machine::new();
    machine.ok(&["demo", "--keep", "demo.db"]);
    let none = machine.run(&demo(&["undo"]));
    assert_eq!(none.code, 4, "{}", none.err);
    assert!(none.err.contains("there is nothing to undo"), "{}", none.err);
    let added = machine.run(&demo(&["decision", "add", "Who? stkae:high"]));
    assert!(added.err.contains("did you mean stake:?"), "{}", added.err);
    let listed = machine.run(&demo(&["decision", "list", "stkae:high"]));
    assert!(listed.err.contains("did you mean stake:?"), "{}", listed.err);
    machine.ok(&demo(&["undo"]));
    assert_eq!(machine.run(&demo(&["undo"])).code, 4);
    machine.ok(&demo(&["redo"]));
    machine.ok(&demo(&["doctor"]));
    // The history still takes it back, by its number.
    machine.ok(&demo(&["undo", "--op", "1"]));
}
