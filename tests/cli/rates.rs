//! The rates over what is known, against figures that were computed elsewhere (in Python, over the
//! same fixture); and names out of a file, which are never completed to others.

use serde_json::{Value, json};

use crate::program::Machine;

/// Four hundred and twenty talks, a line each, and the scores of some of them.
const TALKS: &str = include_str!("../fixtures/evidence/talks.txt");
const SCORES: &str = include_str!("../fixtures/evidence/scores.txt");

fn row<'a>(rows: &'a [Value], title: &str) -> &'a Value {
    rows.iter().find(|row| row["title"] == title).unwrap_or_else(|| panic!("{title}: {rows:?}"))
}

#[test]
fn the_repeated_objection_rate_and_adoption_are_those_of_an_independent_computation() {
    let machine = Machine::new();
    for code in ["rollout", "price", "security", "change"] {
        machine.ok(&["objection", "add", &format!("About {code} code:{code}")]);
    }
    machine.ok(&["message", "add", "One stages:proposal"]);
    machine.ok(&["message", "add", "Two stages:proposal,negotiation"]);
    let ended = machine.fed(&["conversation", "add", "-"], TALKS);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let rows = machine.items(&["objection", "report"]);
    for (month, repeated, talks) in [
        ("December 2025", 17, 36),
        ("January 2026", 26, 37),
        ("February 2026", 19, 34),
        ("March 2026", 20, 28),
        ("April 2026", 15, 28),
        ("May 2026", 4, 7),
    ] {
        let row = row(&rows, month);
        assert_eq!((&row["repeated"], &row["conversations"]), (&json!(repeated), &json!(talks)));
    }
    // 1 − (15/28) / (17/36) = −0.13445…
    assert_eq!(row(&rows, "Reduction")["reduction_per_thousand"], json!(-134));
    let told = machine.ok(&["objection", "report"]);
    assert!(told.contains("Reduction −13.4% from December to April = 1 − 53.6% / 47.2%"), "{told}");
    for line in SCORES.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        machine.ok(&["conversation", "score", words[0], words[1], words[2]]);
    }
    let adoption = machine.items(&["message", "adoption"]);
    let of = |stage: &str| {
        let row = adoption.iter().find(|row| row["ref"] == stage).unwrap();
        ["points", "possible", "calls", "reps"].map(|name| row[name].as_i64().unwrap())
    };
    assert_eq!(of("proposal"), [4, 24, 6, 3]);
    assert_eq!(of("negotiation"), [3, 8, 4, 3]);
    let told = machine.ok(&["message", "adoption"]);
    assert!(told.contains("4 of 24 points · 6 calls, 3 reps") && !told.contains('%'), "{told}");
    // What is retired is expected nowhere.
    machine.ok(&["message", "move", "msg1", "retired"]);
    let adoption = machine.items(&["message", "adoption"]);
    let row = adoption.iter().find(|row| row["ref"] == "proposal").unwrap();
    assert_eq!(row["possible"], json!(12));
}

#[test]
fn few_talks_make_no_percentage() {
    let machine = Machine::new();
    machine.ok(&["objection", "add", "Rollout code:rollout"]);
    for line in [
        "A on:2026-03-02 acct:Acme stage:proposal objections:rollout",
        "B on:2026-03-03 acct:Beta stage:proposal",
        "C on:2026-04-02 acct:Core stage:proposal objections:rollout",
        "D on:2026-04-03 acct:Dune stage:proposal",
    ] {
        machine.ok(&["conversation", "add", line]);
    }
    let told = machine.ok(&["objection", "report"]);
    assert!(told.contains("From 0 of 2 in March to 1 of 2 in April"), "{told}");
    assert!(!told.contains('%'), "{told}");
    let rows = machine.items(&["objection", "report"]);
    assert_eq!(row(&rows, "Reduction")["reduction_per_thousand"], Value::Null);
}

#[test]
fn a_score_that_nobody_gave_is_none() {
    let machine = Machine::new();
    machine.ok(&["message", "add", "One stages:proposal"]);
    machine.ok(&["conversation", "add", "Call acct:Acme stage:proposal"]);
    let none = machine.run(&["conversation", "score", "n1", "add", "msg1"]);
    assert_eq!(none.code, 4, "{}", none.err);
    assert!(none.err.contains("a score is 0, 1 or 2, and none was said"), "{}", none.err);
    assert!(machine.items(&["conversation", "score", "n1"]).is_empty());
    for words in
        [&["add", "msg1", "2"][..], &["msg1", "1"], &["add", "--message", "msg1", "--score", "0"]]
    {
        machine.ok(&[&["conversation", "score", "n1"], words].concat());
        let wanted = words.last().unwrap();
        let rows = machine.items(&["conversation", "score", "n1"]);
        assert_eq!((rows.len(), &rows[0]["score"]), (1, &json!(wanted)), "{words:?}");
    }
    assert_eq!(machine.run(&["conversation", "score", "n1", "msg1", "3"]).code, 4);
}

#[test]
fn a_name_of_a_file_is_never_the_beginning_of_another() {
    let machine = Machine::new();
    let names = ["Enterprise", "Ent", "SMB retail", "SMB", "Seg11", "Seg1"];
    let said = names.iter().enumerate().map(|(at, name)| format!("Said {at},{name},proposal,Acme"));
    let rows: Vec<String> = said.collect();
    let text = format!("Title,Segment,Stage,Account\n{}\n", rows.join("\n"));
    let path = machine.path("calls.csv");
    std::fs::write(&path, text).unwrap();
    machine.ok(&["import", path.to_str().unwrap(), "--as", "evidence"]);
    assert_eq!(machine.items(&["segment", "list"]).len(), names.len());
    let pieces = machine.items(&["evidence", "list"]);
    let segments = machine.items(&["segment", "list"]);
    for (at, name) in names.iter().enumerate() {
        let piece = row(&pieces, &format!("Said {at}"));
        let segment = segments.iter().find(|one| one["ref"] == piece["segment"]).unwrap();
        assert_eq!(segment["title"], *name);
    }
    // Typed, a name is completed by whole words and told; within a word it is another.
    let whole = machine.run(&["evidence", "add", "New seg:seg stage:proposal"]);
    assert_eq!(whole.code, 0, "{}", whole.err);
    assert_eq!(machine.items(&["segment", "list"]).len(), names.len() + 1);
    machine.ok(&["segment", "add", "Mid-market lenders"]);
    let told = machine.run(&["evidence", "add", "New seg:mid stage:proposal"]);
    assert!(told.err.contains("“mid” is g8 Mid-market lenders"), "{}", told.err);
    machine.ok(&["conversation", "add", "Call acct:Acme stage:proposal rep:Samuel"]);
    machine.ok(&["conversation", "add", "Call acct:Acme stage:proposal rep:Sam"]);
    assert_eq!(machine.items(&["person", "list"]).len(), 2);
}

#[test]
fn a_result_that_comes_before_the_stop_date_is_flagged() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Conversion unit:percent"]);
    machine.ok(&["experiment", "add", "E sample:400 stops:+3w metric:m1"]);
    let said = machine.run(&["experiment", "edit", "exp1", "--result", "lift 12%"]);
    assert!(said.err.contains("careful: read before the stop date, n not said"), "{}", said.err);
    machine.ok(&["experiment", "move", "exp1", "done"]);
    let shown = machine.ok(&["show", "exp1"]);
    assert!(shown.contains("reading 1: read before the stop date, n not said"), "{shown}");
    // Another stop date takes nothing back: what was agreed when it was read counts.
    machine.ok(&["experiment", "edit", "exp1", "--stops-on", "2026-05-01"]);
    let shown = machine.ok(&["show", "exp1"]);
    assert!(shown.contains("read before the stop date"), "{shown}");
    machine.ok(&["experiment", "add", "F"]);
    let shown = machine.ok(&["show", "exp2"]);
    assert!(shown.contains("no metric, no least sample, no stop date"), "{shown}");
    let ended = machine.run(&[
        "experiment",
        "edit",
        "exp2",
        "--starts-on",
        "2026-05-04",
        "--stops-on",
        "2026-05-01",
    ]);
    assert_eq!(ended.code, 4, "{}", ended.err);
}
