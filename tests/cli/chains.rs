//! Answers that were taken back and the records that tell of it: what the figures make of them, what
//! a version keeps, and chains of records that come in from files.

use serde_json::json;

use crate::program::{Machine, ended};

fn on(machine: &Machine, day: &str, words: &[&str]) -> String {
    let output = machine.bare().args(["--today", day]).args(words).output().unwrap();
    let ended = ended(&output);
    assert_eq!(ended.code, 0, "{words:?}: {}", ended.err);
    ended.out
}

/// Raises a question on a day and decides it on another.
fn decided(machine: &Machine, question: &str, raised: &str, decided: &str, sure: &str) {
    on(machine, raised, &["decision", "add", question]);
    let number = machine.items(&["decision", "list", "--closed"]).len();
    let which = format!("d{number}");
    let words = ["decision", "decide", which.as_str(), "--rationale", "so", "--probability", sure];
    on(machine, decided, &words);
}

fn figures(machine: &Machine, day: &str) -> serde_json::Value {
    let told = on(machine, day, &["--json", "report", "decisions"]);
    serde_json::from_str::<serde_json::Value>(&told).unwrap()["items"][0].clone()
}

#[test]
fn what_was_superseded_was_taken_back_whatever_became_of_the_new_answer() {
    let machine = Machine::new();
    decided(&machine, "Which tier?", "2026-01-05", "2026-01-10", "60");
    on(&machine, "2026-01-12", &["decision", "supersede", "d1", "Which tier in the EU?"]);
    on(&machine, "2026-01-20", &["decision", "decide", "d2", "--rationale", "so"]);
    on(&machine, "2026-02-20", &["decision", "reopen", "d2", "--reason", "prices fell"]);
    let told = figures(&machine, "2026-05-06");
    assert_eq!(told["durability"], json!({ "of": 0, "all": 2 }));
    assert_eq!(told["reopened"], json!({ "of": 2, "all": 2 }));
}

#[test]
fn a_bet_that_was_lost_counts_though_the_question_was_opened_again() {
    let machine = Machine::new();
    decided(&machine, "Which tier?", "2026-03-01", "2026-03-05", "90");
    let review = ["decision", "review", "d1", "--happened", "Nobody came", "--worked", "no"];
    on(&machine, "2026-04-05", &review);
    on(&machine, "2026-04-06", &["decision", "reopen", "d1", "--reason", "it failed"]);
    let told = figures(&machine, "2026-05-06");
    assert_eq!(told["latencies"], json!([4]));
    assert_eq!(told["calibration"]["n"], 1);
    assert!((told["calibration"]["brier"].as_f64().unwrap() - 0.81).abs() < 1e-9);
    let again = ["decision", "decide", "d1", "--rationale", "again", "--probability", "50"];
    on(&machine, "2026-04-10", &again);
    assert_eq!(figures(&machine, "2026-05-06")["latencies"], json!([4, 40]));
    let shown = machine.items(&["decision", "show", "d1"]).remove(0);
    let kept = shown["versions"][0]["record"].as_str().unwrap();
    for line in ["probability: 90", "worked: no", "reviewed on: 2026-04-05"] {
        assert!(kept.contains(line), "{line}\n{kept}");
    }
}

#[test]
fn records_of_others_come_in_with_their_chain() {
    let machine = Machine::new();
    let record = |status: &str, title: &str| {
        let options = "## Considered Options\n\n* A\n* B\n\n## Decision Outcome\n\n";
        format!(
            "---\nstatus: {status}\n---\n\n# {title}\n\n{options}Chosen option: \"A\", because so\n"
        )
    };
    std::fs::create_dir(machine.path("adr")).unwrap();
    for (name, status) in [
        ("0001-first.md", "superseded by [ADR-0002](./0002-second.md)"),
        ("0002-second.md", "superseded by ADR-3"),
        ("0003-third.md", "accepted"),
        ("0004-circle.md", "superseded by 0004-circle.md"),
    ] {
        machine.write(&format!("adr/{name}"), &record(status, name));
    }
    machine.ok(&["import", "adr"]);
    let all = machine.items(&["decision", "list", "--closed"]);
    let by = |title: &str| {
        let one = all.iter().find(|one| one["title"] == title).unwrap();
        (one["ref"].as_str().unwrap().to_owned(), one["superseded_by"].clone())
    };
    assert_eq!(by("0001-first.md").1, json!(by("0002-second.md").0));
    assert_eq!(by("0002-second.md").1, json!(by("0003-third.md").0));
    assert_eq!(by("0004-circle.md").1, json!(null));
    let first = by("0001-first.md").0;
    assert!(!machine.ok(&["decision", "show", &first]).contains("Superseded by"), "{first}");
    assert_eq!(machine.items(&["import", "adr"]).len(), 0, "twice is once");
}

#[test]
fn our_own_records_keep_their_chain_and_what_options_take() {
    let machine = Machine::new();
    decided(&machine, "Which tier?", "2026-05-01", "2026-05-02", "60");
    on(&machine, "2026-05-03", &["decision", "supersede", "d1", "Which tier in the EU?"]);
    let option = [
        "decision",
        "option",
        "d2",
        "add",
        "Tier 2",
        "--gains",
        "speed",
        "--gives-up",
        "press",
        "--cost",
        "20h",
        "--spend",
        "12k EUR",
        "--risk",
        "Nobody comes",
        "--recommend",
    ];
    on(&machine, "2026-05-03", &option);
    let spoken = ["decision", "prewire", "d2", "@raj", "--held", "today", "--stance", "for"];
    on(&machine, "2026-05-03", &spoken);
    on(&machine, "2026-05-04", &["decision", "decide", "d2", "--rationale", "so"]);
    machine.ok(&["export", "madr", "--closed", "--out", "records/"]);
    let old = std::fs::read_to_string(machine.path("records/d1-which-tier.md")).unwrap();
    assert!(old.contains("superseded by [d2](d2-which-tier-in-the-eu.md)"), "{old}");
    assert!(!old.contains("see below"), "{old}");
    let new = std::fs::read_to_string(machine.path("records/d2-which-tier-in-the-eu.md")).unwrap();
    assert!(new.contains("consulted: [\"Raj\"]"), "{new}");
    let elsewhere = ["--db", "other.db"];
    let there = |words: &[&str]| -> Vec<String> {
        elsewhere.iter().chain(words).map(|word| (*word).to_owned()).collect()
    };
    let run = |words: &[&str]| {
        let words = there(words);
        machine.ok(&words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    run(&["import", "records"]);
    let shown: serde_json::Value =
        serde_json::from_str(&run(&["--json", "decision", "show", "d1", "d2"])).unwrap();
    let option = &shown["items"][1]["options"][0];
    assert_eq!(option["gives_up"], "press");
    assert_eq!(
        (&option["cost"], &option["spend"], &option["risk"]),
        (&json!(1_200), &json!("12k EUR"), &json!("Nobody comes"))
    );
    assert_eq!(shown["items"][0]["superseded_by"], "d2");
}

#[test]
fn a_page_tells_the_day_of_an_override_and_not_its_instant() {
    let machine = Machine::new();
    crate::decisions::framed(&machine);
    let decide = ["decision", "decide", "d1", "--rationale", "so"];
    let why = ["--override", "no time", "--override-by", "maya"];
    machine.ok(&[&decide[..], &why].concat());
    let page = machine.ok(&["decision", "page", "d1"]);
    assert!(page.contains("I3 set aside by maya on 6 May 2026: no time"), "{page}");
}
