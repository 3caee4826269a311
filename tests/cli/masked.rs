//! Accounts under another name in everything that goes out, and what pages say beside their fields,
//! for scripts.

use crate::program::Machine;

#[test]
fn accounts_are_masked_where_that_is_asked() {
    let machine = Machine::new();
    machine.ok(&["evidence", "add", "Acme fears rollout seg:mid stage:proposal acct:Acme"]);
    machine.ok(&["evidence", "add", "ACME again seg:mid stage:proposal acct:acme"]);
    machine.ok(&["evidence", "add", "Not they seg:mid stage:proposal acct:Beta"]);
    let masked = machine.ok(&["export", "csv", "evidence", "--mask-accounts"]);
    assert!(!masked.to_lowercase().contains("acme") && !masked.contains("Beta"), "{masked}");
    assert!(masked.contains("Account 1 fears rollout") && masked.contains("Account 2"), "{masked}");
    let json = machine.ok(&["export", "json", "--mask-accounts"]);
    assert!(!json.to_lowercase().contains("acme"), "{json}");
    assert!(machine.ok(&["export", "csv", "evidence"]).contains("Acme fears rollout"));
}

#[test]
fn a_masked_account_is_named_in_no_text_and_in_no_form() {
    let machine = Machine::new();
    machine.ok(&[
        "evidence",
        "add",
        "IT fears it seg:mid stage:proposal",
        "--account",
        "Kite & Sons",
    ]);
    machine.ok(&["claim", "add", "Kite & Sons will pay more +kite"]);
    machine.ok(&["decision", "add", "Do we help kite & sons? due:fri"]);
    machine.ok(&[
        "decision",
        "option",
        "d1",
        "add",
        "Ask Kite & Sons",
        "--gains",
        "Kite & Sons stays",
    ]);
    for form in [
        ["json", "--mask-accounts"].as_slice(),
        &["csv", "claim", "--mask-accounts"],
        &["csv", "decision", "--mask-accounts"],
        &["md", "--mask-accounts"],
        &["md", "evidence", "--mask-accounts"],
        &["html", "--mask-accounts"],
        &["madr", "d1", "--mask-accounts"],
    ] {
        let told = machine.ok(&[&["export"], form].concat());
        let lower = told.to_lowercase();
        assert!(!lower.contains("& sons") && !lower.contains("amp; sons"), "{form:?}: {told}");
        assert!(told.contains("Account 1"), "{form:?}: {told}");
    }
    machine.ok(&["export", "madr", "--mask-accounts", "--out", "decisions/"]);
    assert!(std::fs::read_dir(machine.path("decisions")).unwrap().all(|file| {
        let name = file.unwrap().file_name().into_string().unwrap();
        !name.contains("kite")
    }));
    let refused = machine.run(&["export", "ics", "--mask-accounts"]);
    assert_eq!(refused.code, 2);
}

#[test]
fn what_a_page_says_beside_its_fields_is_json_too_and_is_taken_back_as_nothing() {
    let machine = Machine::new();
    machine.ok(&["claim", "add", "Rollout loses late deals"]);
    machine.ok(&["evidence", "add", "So it does seg:unknown stage:proposal claim:+c1 acct:Acme"]);
    machine.ok(&["experiment", "add", "A date lifts trials sample:400 stops:2026-05-20"]);
    machine.ok(&["experiment", "look", "exp1", "add", "5.1 %", "--sample", "180"]);
    let told = |name: &str| {
        let json: serde_json::Value =
            serde_json::from_str(&machine.ok(&["show", name, "--json"])).unwrap();
        json["items"][0]["facts"].clone()
    };
    let careful = "reading 1: read before the stop date, sample below the minimum";
    let expected = serde_json::json!({ "label": "careful", "text": careful, "warns": true });
    assert!(told("exp1").as_array().unwrap().contains(&expected), "{}", told("exp1"));
    let balance = &told("c1")[0];
    assert_eq!(balance["label"], "balance");
    assert!(balance["text"].as_str().unwrap().starts_with("1 for, 0 against"), "{balance}");
    // What is printed can be given back: what is derived is passed over.
    let printed = machine.ok(&["claim", "show", "c1", "--json"]);
    assert_eq!(machine.fed(&["claim", "add", "-"], &printed).code, 0);
}

#[test]
fn a_surface_is_one_in_whatever_case_and_a_promise_that_nobody_compared_is_told() {
    let machine = Machine::new();
    machine.ok(&["positioning", "add", "One date in the contract"]);
    machine.ok(&["message", "add", "Two weeks --slot path"]);
    for (surface, score, on) in [("Home", "0", "2026-05-01"), ("home ", "2", "2026-05-04")] {
        machine.ok(&[
            "positioning",
            "audit",
            "pos1",
            "add",
            "--surface",
            surface,
            "--message",
            "msg1",
            "--score",
            score,
            "--on",
            on,
        ]);
    }
    machine.ok(&[
        "positioning",
        "promise",
        "pos1",
        "add",
        "live",
        "--sales",
        "30 d",
        "--success",
        "45 d",
    ]);
    let drift = machine.items(&["positioning", "drift"]);
    let surfaces: Vec<&str> = drift.iter().filter_map(|row| row["title"].as_str()).collect();
    assert_eq!(surfaces, ["Home", "Consistency"], "the later audit counts");
    assert_eq!(drift[0]["points"], 2);
    assert!(machine.ok(&["positioning", "drift"]).contains("Promise live: not compared yet"));
    assert!(machine.ok(&["show", "pos1"]).contains("live: not compared yet"));
}

#[test]
fn how_long_a_review_and_a_touch_hold_is_a_setting() {
    let machine = Machine::new();
    machine.ok(&["segment", "add", "Lenders of 50 to 500", "--reviewed-on", "2026-03-01"]);
    machine.ok(&["person", "add", "Raj", "--influence", "3"]);
    let check = || machine.ok(&["segment", "check"]);
    let pull = || machine.ok(&["involvement", "report"]);
    assert!(!check().contains("last reviewed"), "{}", check());
    assert!(pull().contains("Not reached for 30 days"), "{}", pull());
    machine.ok(&["evidence", "terms", "--segment-review", "60", "--reached", "14"]);
    assert!(check().contains("last reviewed 66 days ago, more than 60"), "{}", check());
    assert!(pull().contains("Not reached for 14 days"), "{}", pull());
    machine.ok(&["undo"]);
    assert!(pull().contains("Not reached for 30 days"), "{}", pull());
}

#[test]
fn an_empty_matrix_teaches() {
    let machine = Machine::new();
    machine.ok(&["segment", "add", "Lenders of 50 to 500"]);
    let told = machine.ok(&["evidence", "matrix"]);
    assert!(told.starts_with("nothing is known of any segment yet; add what was heard"), "{told}");
}

#[test]
fn reports_are_masked_too_and_so_is_a_name_with_an_ending() {
    let machine = Machine::new();
    let heard = "Kestrels fear it seg:unknown stage:proposal acct:\"Kestrel Freight\"";
    machine.ok(&["evidence", "add", heard]);
    machine.ok(&["decision", "add", "Do we help Kestrel’s team? due:thu stake:high"]);
    machine.ok(&["request", "add", "Deck for the Kestrels from:sam est:2h"]);
    machine.ok(&["request", "triage", "r1", "--no", "it serves no outcome"]);
    assert!(machine.ok(&["report", "pack"]).contains("Kestrel’s team"));
    for report in ["week", "month", "exec", "pack", "decisions", "trades"] {
        for more in [["--mask"].as_slice(), &["--mask-accounts", "--json"]] {
            let told = machine.ok(&[&["report", report], more].concat());
            assert!(!told.to_lowercase().contains("kestrel"), "{report} {more:?}: {told}");
        }
    }
    assert!(machine.ok(&["report", "pack", "--mask"]).contains("Do we help Account 1’s team?"));
    let table = machine.ok(&["export", "csv", "evidence", "--mask-accounts"]);
    assert!(table.contains("Account 1s fear it"), "{table}");
}
