//! The start of a quarter from standard input: lessons, predictions, bets, outcomes, metrics, the
//! assessment and a plan; every verdict by itself, taken back by itself or all together.

use crate::program::Machine;

const NOW: [&str; 2] = ["--today", "2026-07-01"];

/// A quarter that is over: two outcomes, a decision to look back on, two bets, two marketers.
fn machine() -> Machine {
    let machine = Machine::new();
    for words in [
        ["person", "add", "Maya role:pmm alignment:sales"],
        ["person", "add", "Raj role:sales"],
        [
            "outcome",
            "add",
            "Win more upmarket quarter:2026-Q2 due:2026-06-30 baseline:24 target:30",
        ],
        ["outcome", "add", "Fewer late objections quarter:2026-Q2 due:2026-06-30"],
        ["outcome", "add", "More activation quarter:2026-Q3 due:2026-09-30"],
        [
            "bet",
            "add",
            "Lead with rollout proof for:o1 kill_on:2026-06-15 signal:\"stage progression\"",
        ],
        ["bet", "add", "Name the rival for:o1 kill_on:2026-08-15"],
        ["metric", "add", "\"Win rate, priority segment\" catalogue:win-rate"],
    ] {
        machine.ok(&words);
    }
    machine.ok(&["decision", "add", "Two tiers or three? signal:\"fewer questions on calls\""]);
    machine.ok(&["decision", "option", "d1", "add", "Two", "--recommend"]);
    machine.ok(&[
        "decision",
        "decide",
        "d1",
        "--rationale",
        "Simpler",
        "--probability",
        "70",
        "--review-on",
        "2026-06-01",
    ]);
    machine
}

fn quarter(machine: &Machine, words: &[&str], lines: &str) -> crate::program::Ended {
    machine.fed(&[&NOW, words, &["review", "quarter"]].concat(), lines)
}

/// Twelve answers, the weakest the fifth.
const ANSWERS: &str = "3\n3\n3\n2\n1\n2\n2\n3\n2\n2\n2\n2\n";

#[test]
fn a_quarter_is_closed_with_lessons_and_begins_with_the_weakest_part() {
    let machine = machine();
    insta::assert_snapshot!(machine.ok(&[&NOW[..], &["review", "quarter", "--no-input"]].concat()));
    let lines = "x Proof beats claims\nm Too late\nv partly Fewer, not none -- Ask twice\n\
        X No signal\nw +60d\nDeeper use in ten accounts metric:Depth baseline:10 target:30 due:eoq\n\n\
        2\n2\n\n";
    let ended = quarter(&machine, &[], &format!("{lines}{ANSWERS}1\n\n"));
    insta::assert_snapshot!(format!("{}\n---\n{}", ended.out, ended.err));
    let states = |kind: &str| -> Vec<String> {
        let items = machine.items(&[kind, "list", "--closed"]);
        let mut told: Vec<String> = items
            .iter()
            .map(|item| format!("{} {}", item["ref"], item["state"]).replace('"', ""))
            .collect();
        told.sort();
        told
    };
    assert_eq!(states("outcome"), ["o1 met", "o2 missed", "o3 active", "o4 active"]);
    assert_eq!(states("bet"), ["b1 stopped", "b2 running"]);
    let outcome = &machine.items(&["outcome", "show", "o1"])[0];
    assert_eq!(outcome["lesson"], "Proof beats claims");
    assert_eq!(machine.items(&["outcome", "show", "o4"])[0]["quarter"], "2026-Q3");
    assert_eq!(machine.items(&["decision", "show", "d1"])[0]["worked"], "partly");
    assert_eq!(machine.items(&["metric", "show", "m1"])[0]["primary_for"], "Maya");
    let stones = machine.items(&[&NOW[..], &["milestone", "list"]].concat());
    assert!(stones.iter().any(|stone| stone["title"] == "Four artefacts in four weeks"));
    let history = machine.items(&["maturity", "--history"]);
    assert_eq!((history.len(), &history[0]["weakest"]), (1, &"visibility".into()));
}

#[test]
fn each_verdict_of_a_quarter_is_taken_back_and_so_is_all_of_it() {
    let machine = machine();
    let items = |machine: &Machine| {
        let all: serde_json::Value =
            serde_json::from_str(&machine.ok(&["export", "json"])).unwrap();
        serde_json::to_string(&(&all["items"], &all["settings"])).unwrap()
    };
    let before = items(&machine);
    let ended = quarter(&machine, &[], "x Proof\nu\nm Late\nq\n");
    assert!(ended.err.contains("undid: o1"), "{}", ended.err);
    assert_eq!(machine.items(&["outcome", "show", "o1"])[0]["state"], "missed");
    let again =
        quarter(&machine, &[], "X Not ours\nskip\nX Gone\nskip\nskip\n1\n2\nskip\nskip\n4\n");
    assert!(again.err.contains("goes on"), "{}", again.err);
    assert!(again.out.contains("## Carry or kill the bets"), "{}", again.out);
    machine.ok(&[&NOW[..], &["undo", "--group"]].concat());
    assert_eq!(before, items(&machine));
}

#[test]
fn a_fourth_outcome_asks_which_to_drop() {
    let machine = Machine::new();
    for name in ["One", "Two", "Three"] {
        machine.ok(&["outcome", "add", &format!("{name} quarter:2026-Q3 due:2026-09-30")]);
    }
    machine.ok(&["outcome", "add", "Four quarter:2026-Q4 due:2026-12-31"]);
    let ended = quarter(&machine, &[], "4\nFive\n1\n4\nq\n");
    assert!(
        ended.err.contains("3 is the most; drop which? o1 One; o2 Two; o3 Three"),
        "{}",
        ended.err
    );
    assert_eq!(machine.items(&["outcome", "show", "o1"])[0]["state"], "dropped");
    assert_eq!(machine.items(&["outcome", "show", "o4"])[0]["quarter"], "2026-Q3");
}

#[test]
fn an_empty_workspace_starts_a_quarter_too() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Some day?"]);
    let told = machine.ok(&[&NOW[..], &["review", "quarter", "--no-input"]].concat());
    assert!(told.contains("Nothing on record: outcomes of the quarter that ends."), "{told}");
    let ended = quarter(&machine, &["--json"], "First outcome\n\nskip\nskip\n4\n\n");
    let run: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(run["items"][0]["state"], "finished", "{}", ended.err);
    assert_eq!(machine.items(&["outcome", "list"]).len(), 1);
}
