//! What was decided stands: what the answer rested on is neither taken away nor rewritten, and what
//! says the same as before is no change.

use serde_json::{Value, json};

use crate::decisions::{framed, refused, state};
use crate::program::Machine;

fn on(day: &str, words: &[&str], machine: &Machine) {
    machine.ok(&[words, &["--today", day]].concat());
}

/// A decision that rests on something known early and on something known late.
fn rested(machine: &Machine) {
    on("2026-04-01", &["segment", "add", "mid"], machine);
    for (day, title) in [("2026-04-01", "Early"), ("2026-04-20", "Late")] {
        let words = format!("{title} seg:mid stage:proposal kind:interview acct:{title}");
        on(day, &["evidence", "add", &words], machine);
    }
    on("2026-04-20", &["decision", "add", "Who?"], machine);
    on("2026-04-20", &["decision", "basis", "d1", "e1"], machine);
    on("2026-04-22", &["decision", "decide", "d1", "--rationale", "Said so"], machine);
    on("2026-04-23", &["decision", "basis", "d1", "e2"], machine);
}

/// What is said of the insight.
fn insight(machine: &Machine) -> String {
    let item = machine.items(&["decision", "show", "d1"]).remove(0);
    let facts = item["facts"].as_array().unwrap();
    let found = facts.iter().find(|fact| fact["label"] == "insight").unwrap();
    found["text"].as_str().unwrap().to_owned()
}

#[test]
fn what_an_answer_rested_on_stays_and_what_came_later_may_go() {
    let machine = Machine::new();
    rested(&machine);
    let known = "first known Wed 1 Apr, 21 d before it was decided";
    assert_eq!(insight(&machine), known);
    let what = "d1 was decided on 2026-04-22: what it rested on cannot change any more (I4)";
    refused(&machine, &["decision", "basis", "d1", "rm", "e1"], what);
    refused(&machine, &["decision", "basis", "d1", "edit", "e1", "--polarity", "against"], what);
    let same = machine.run(&["decision", "basis", "d1", "edit", "e1", "--polarity", "for"]);
    assert_eq!((same.code, same.err.contains("nothing changed")), (0, true), "{}", same.err);
    machine.ok(&["decision", "basis", "d1", "edit", "e2", "--polarity", "against"]);
    machine.ok(&["decision", "basis", "d1", "rm", "e2"]);
    // In the Trash it is still what the answer rested on.
    machine.ok(&["evidence", "rm", "e1"]);
    assert_eq!(insight(&machine), known);
    assert!(machine.ok(&["decision", "page", "d1"]).contains("e1 Early (in the Trash)"));
    assert!(machine.ok(&["report", "decisions"]).contains("**From insight to decision**: 21 d"));
    refused(&machine, &["trash", "purge", "e1"], "not removed for good (I4)");
    // An open question rests on what somebody says that it rests on.
    machine.ok(&["decision", "reopen", "d1", "--reason", "Asked anew"]);
    let version =
        machine.items(&["decision", "show", "d1"])[0]["versions"][0]["record"].to_string();
    assert!(version.contains("rests on: e1 Early, for"), "{version}");
    machine.ok(&["decision", "basis", "d1", "rm", "e1"]);
    machine.ok(&["undo"]);
}

#[test]
fn what_a_decided_decision_prints_changes_nothing_when_it_is_given_back() {
    let machine = Machine::new();
    framed(&machine);
    for who in ["@dana", "@raj"] {
        machine.ok(&["decision", "prewire", "d1", who, "--held", "today", "--stance", "for"]);
    }
    machine.ok(&["decision", "decide", "d1", "--option", "b", "--rationale", "x"]);
    machine.ok(&["decision", "reopen", "d1", "--reason", "Two deals lost"]);
    for who in ["@dana", "@raj"] {
        machine.ok(&["decision", "prewire", "d1", who, "--held", "today", "--stance", "for"]);
    }
    machine.ok(&["decision", "decide", "d1", "--option", "a", "--rationale", "y"]);
    let printed = machine.ok(&["decision", "show", "d1", "--json"]);
    let given = machine.fed(&["decision", "edit", "d1", "-"], &printed);
    assert_eq!((given.code, given.err.trim()), (0, "nothing changed"));
    let mut other: Value = serde_json::from_str(&printed).unwrap();
    other["items"][0]["priority"] = json!(1);
    other["items"][0]["pushbacks"] = json!([{ "text": "Too dear", "instead": "A; or B" }]);
    let given = machine.fed(&["decision", "edit", "d1", "-"], &other.to_string());
    assert_eq!(given.code, 0, "{}", given.err);
    assert_eq!(machine.items(&["decision", "show", "d1"])[0]["priority"], 1);
    // What differs is held to the rules as ever.
    for (name, value, part) in [
        ("rationale", json!("z"), "rationale is not typed in"),
        ("happening", json!("z"), "“happening” cannot change any more (I4)"),
    ] {
        let mut other: Value =
            serde_json::from_str(&machine.ok(&["decision", "show", "d1", "--json"])).unwrap();
        other["items"][0][name] = value;
        let given = machine.fed(&["decision", "edit", "d1", "-"], &other.to_string());
        assert_eq!((given.code, given.err.contains(part)), (4, true), "{}", given.err);
    }
    assert_eq!(state(&machine, "d1"), "decided");
    let added = machine.fed(&["decision", "add", "-"], &printed);
    assert_eq!(added.code, 4);
    for part in ["set by verbs and not added", "prewire export json", "Nothing was"] {
        assert!(added.err.contains(part), "{part}: {}", added.err);
    }
}
