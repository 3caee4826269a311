//! A decision on the command line from the question to the review, and what refuses on the way.

use serde_json::json;

use crate::program::Machine;

pub fn framed(machine: &Machine) {
    machine.ok(&["person", "add", "Raj influence:3"]);
    machine.ok(&[
        "decision",
        "add",
        "Which tier? stake:high @maya approver:dana contributors:raj forum_on:fri",
    ]);
    machine.ok(&[
        "decision",
        "frame",
        "d1",
        "--happening",
        "h",
        "--matters",
        "m",
        "--now",
        "B by May",
        "--risk",
        "r",
        "--signal",
        "45 %",
    ]);
    for (text, gains) in [("Own event", "reach"), ("Sales-led", "the date")] {
        machine.ok(&["decision", "option", "d1", "add", text, "--gains", gains, "--gives-up", "x"]);
    }
    machine.ok(&["decision", "option", "d1", "edit", "b", "--cost", "20h", "--recommend"]);
}

pub fn refused(machine: &Machine, words: &[&str], part: &str) {
    let ended = machine.run(words);
    assert_eq!(ended.code, 4, "{words:?}: {}", ended.err);
    assert!(ended.err.contains(part), "{words:?}: {}", ended.err);
    assert!(ended.err.contains("Nothing was changed"), "{words:?}: {}", ended.err);
}

pub fn state(machine: &Machine, reference: &str) -> String {
    let item = &machine.items(&["decision", "show", reference])[0];
    item["state"].as_str().unwrap().to_owned()
}

#[test]
fn from_the_question_to_the_review() {
    let machine = Machine::new();
    framed(&machine);
    assert_eq!(state(&machine, "d1"), "framed");
    refused(
        &machine,
        &["decision", "decide", "d1", "--rationale", "x"],
        "Dana and Raj have not been spoken to",
    );
    machine.ok(&["decision", "prewire", "d1", "@dana", "--planned", "tomorrow"]);
    assert_eq!(state(&machine, "d1"), "prewiring");
    machine.ok(&["decision", "prewire", "d1", "@dana", "--held", "today", "--stance", "for"]);
    machine.ok(&[
        "decision",
        "prewire",
        "d1",
        "raj",
        "--held",
        "today",
        "--stance",
        "conditions",
        "--objection",
        "No talk track",
        "if reps get one",
    ]);
    assert_eq!(state(&machine, "d1"), "ready");
    machine.ok(&["decision", "decide", "d1", "--rationale", "The date", "--probability", "70"]);
    let item = &machine.items(&["decision", "show", "d1"])[0];
    assert_eq!(item["chosen"], "b");
    assert_eq!(item["review_on"], "2026-06-05");
    assert_eq!(item["options"][1]["cost"], 1200);
    assert_eq!(item["prewires"].as_array().unwrap().len(), 2);
    assert_eq!(item["prewires"][1]["notes"], "if reps get one");
    assert_eq!(item["objections"][0]["person"], "Raj");
    assert_eq!(item["overrides"], json!([]));
    machine.ok(&["decision", "review", "d1", "--happened", "It held", "--worked", "yes"]);
    assert_eq!(state(&machine, "d1"), "reviewed");
    let report: serde_json::Value =
        serde_json::from_str(&machine.ok(&["report", "decisions", "--json"])).unwrap();
    let brier = report["items"][0]["calibration"]["brier"].as_f64().unwrap();
    assert!((brier - 0.09).abs() < 1e-9, "{report}");
}

#[test]
fn what_is_decided_is_frozen_until_it_is_superseded_or_reopened() {
    let machine = Machine::new();
    framed(&machine);
    machine.ok(&["config", "set", "me", "Maya"]);
    machine.ok(&[
        "decision",
        "decide",
        "d1",
        "--rationale",
        "The date",
        "--override",
        "Dana is at sea",
    ]);
    let kept = &machine.items(&["decision", "show", "d1"])[0]["overrides"][0].clone();
    assert_eq!((&kept["person"], &kept["reason"]), (&json!("Maya"), &json!("Dana is at sea")));
    assert_eq!(kept["missing"], "Dana and Raj");
    refused(&machine, &["decision", "edit", "d1", "Another question"], "(I4)");
    refused(&machine, &["decision", "frame", "d1", "--risk", "none"], "(I4)");
    refused(&machine, &["decision", "option", "d1", "rm", "a"], "(I4)");
    refused(&machine, &["decision", "prewire", "d1", "@dana", "--held", "today"], "(I4)");
    machine.ok(&["decision", "edit", "d1", "p:1", "+kept"]);
    machine.ok(&["decision", "supersede", "d1", "Which tier now?"]);
    let new = &machine.items(&["decision", "show", "d2"])[0];
    assert_eq!((&new["stake"], &new["approver"]), (&json!("high"), &json!("Dana")));
    assert_eq!(state(&machine, "d1"), "decided");
    assert_eq!(machine.items(&["decision", "show", "d1"])[0]["superseded_by"], "d2");
    machine.ok(&["decision", "edit", "d2", "stake:low"]);
    machine.ok(&["decision", "decide", "d2", "--rationale", "Tier 1 after all"]);
    assert_eq!(state(&machine, "d1"), "superseded");
    machine.ok(&["undo"]);
    assert_eq!(state(&machine, "d1"), "decided");
    machine.ok(&["decision", "reopen", "d1", "--reason", "New facts"]);
    assert_eq!(state(&machine, "d1"), "framed");
    machine.ok(&["decision", "edit", "d1", "Another question"]);
}

#[test]
fn an_override_has_somebody_who_gives_it() {
    let machine = Machine::new();
    framed(&machine);
    let decide = ["decision", "decide", "d1", "--rationale", "x", "--override", "no time"];
    refused(&machine, &decide, "needs somebody who gives it (I13)");
    machine.ok(&[decide.as_slice(), &["--override-by", "@dana"]].concat());
    let item = &machine.items(&["decision", "show", "d1"])[0];
    assert_eq!(item["overrides"][0]["person"], "dana");
    assert_eq!(item["overrides"][0]["given_at"], "2026-05-06T09:00:00.000Z");
}

#[test]
fn a_signal_that_names_a_metric_tells_what_it_reads_now() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Stage progression unit:percent direction:up target:45"]);
    machine.ok(&["metric", "record", "m1", "31/66"]);
    machine.ok(&["decision", "add", "Which tier?"]);
    machine.ok(&["decision", "frame", "d1", "--signal", "45 %", "--signal-metric", "m1"]);
    let told = machine.ok(&["decision", "show", "d1"]);
    assert!(
        told.contains("reads now       Stage progression: 47 % (31 of 66), target 45 %"),
        "{told}"
    );
}

#[test]
fn a_fourth_option_and_a_second_framing_of_a_function_are_refused() {
    let machine = Machine::new();
    framed(&machine);
    machine.ok(&["decision", "option", "d1", "add", "Third"]);
    assert_eq!(state(&machine, "d1"), "raised");
    refused(&machine, &["decision", "option", "d1", "add", "Fourth"], "3 options already");
    machine.ok(&["decision", "option", "d1", "rm", "a"]);
    machine.ok(&["decision", "option", "d1", "add", "First again"]);
    let options = machine.items(&["decision", "option", "d1"]);
    let keys: Vec<_> = options.iter().map(|option| option["key"].clone()).collect();
    assert_eq!(keys, ["a", "b", "c"]);
    machine.ok(&["decision", "framing", "d1", "sales", "Deals stall"]);
    machine.ok(&["decision", "framing", "d1", "sales", "Deals stall late"]);
    assert_eq!(machine.items(&["decision", "framing", "d1"]).len(), 1);
    let page = machine.ok(&["decision", "page", "d1", "--for", "sales"]);
    assert!(page.contains("For sales") && page.contains("Deals stall late"), "{page}");
    let ended = machine.run(&["decision", "page", "d1", "--for", "growth"]);
    assert_eq!((ended.code, ended.err.contains("no framing for growth")), (4, true));
}

#[test]
fn history_tells_parts_in_words_and_undo_takes_them_back() {
    let machine = Machine::new();
    framed(&machine);
    let told = machine.ok(&["history", "d1"]);
    assert!(told.contains("option b of d1: cost 20 h, option b of d1 recommended"), "{told}");
    assert!(told.contains("option b: cost: 20 h"), "{told}");
    machine.ok(&["undo"]);
    assert_eq!(machine.items(&["decision", "option", "d1"])[1]["cost"], json!(null));
    machine.ok(&["redo"]);
    assert_eq!(machine.items(&["decision", "option", "d1"])[1]["cost"], 1200);
}

#[test]
fn a_slip_of_strategic_work_keeps_its_cause() {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win rate"]);
    machine.ok(&["decision", "add", "Who? due:fri for:o1"]);
    machine.ok(&["decision", "edit", "d1", "--due", "+9d", "--cause", "approval"]);
    let blocker = &machine.items(&["decision", "show", "d1"])[0]["blockers"][0].clone();
    assert_eq!(blocker["cause"], "approval");
    assert_eq!(
        (&blocker["moved_from"], &blocker["moved_to"]),
        (&json!("2026-05-08"), &json!("2026-05-15"))
    );
    refused(
        &machine,
        &["decision", "edit", "d1", "--due", "+20d", "--cause", "two words"],
        "not one word",
    );
    let report = machine.ok(&["report", "decisions"]);
    assert!(report.contains("approval 1"), "{report}");
}

#[test]
fn commitments_are_kept_or_broken() {
    let machine = Machine::new();
    machine.ok(&["commitment", "add", "Talk track to:raj due:fri"]);
    machine.ok(&["commitment", "add", "Numbers to:raj due:fri"]);
    machine.ok(&["commitment", "keep", "y1"]);
    machine.ok(&["commitment", "break", "y2", "--reason", "No data"]);
    assert_eq!(machine.items(&["commitment", "show", "y1"])[0]["kept_on"], "2026-05-06");
    let report: serde_json::Value =
        serde_json::from_str(&machine.ok(&["report", "decisions", "--json"])).unwrap();
    assert_eq!(report["items"][0]["follow_through"], json!({ "of": 1, "all": 2 }));
}

#[test]
fn a_standup_from_standard_input_carries_verdicts_out_and_ends_with_minutes() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Late? due:2026-05-01 @maya"]);
    machine.ok(&["decision", "add", "Later? due:2026-05-02 @jon"]);
    machine.ok(&["decision", "add", "Healthy? due:fri"]);
    let ordered = machine.ok(&["standup", "--no-input"]);
    assert!(ordered.starts_with("1/3  d1"), "{ordered}");
    let lines = "x It is cheap\nz\nX Nobody asks\nu\nw fri\n\n";
    let ended = machine.fed(&["standup"], lines);
    // One line was no verdict, and the others were taken in.
    assert_eq!(ended.code, 1, "{}", ended.err);
    assert!(
        ended.err.contains("1/2  d1 Late?") && ended.err.contains("5 days late"),
        "{}",
        ended.err
    );
    assert!(ended.err.contains("“z” is no verdict"), "{}", ended.err);
    assert!(ended.out.contains("1 acknowledged") && ended.out.contains("### Jon"), "{}", ended.out);
    assert_eq!(
        (state(&machine, "d1"), state(&machine, "d2")),
        ("decided".to_owned(), "deferred".to_owned())
    );
    machine.ok(&["decision", "add", "New? due:2026-05-03"]);
    let again = machine.fed(&["standup"], "q\n");
    assert!(again.err.contains("since the last standup: added d4"), "{}", again.err);
}

#[test]
fn the_pack_tells_decisions_first_in_both_forms() {
    let machine = Machine::new();
    machine.ok(&["demo", "--keep", "demo.db"]);
    let pack = machine.ok(&["--db", "demo.db", "report", "pack"]);
    let place = |text: &str| pack.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(place("## Decisions to take") < place("## Assets"));
    assert!(place("## Assets") < place("## Outcomes"));
    let html = machine.ok(&["--db", "demo.db", "export", "html"]);
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("Content-Security-Policy"));
    assert!(!html.contains("<script") && !html.contains("src="));
    assert!(html.find("Decisions to take").unwrap() < html.find("Assets").unwrap());
}

#[test]
fn records_go_out_and_come_in_once() {
    let machine = Machine::new();
    framed(&machine);
    machine.ok(&["config", "set", "me", "Maya"]);
    machine.ok(&["decision", "decide", "d1", "--rationale", "The date", "--override", "at sea"]);
    machine.ok(&["export", "madr", "d1", "--out", "one.md"]);
    machine.ok(&["--db", "other.db", "import", "one.md"]);
    let items = machine.items(&["--db", "other.db", "decision", "list", "--closed"]);
    assert_eq!(items.len(), 1);
    assert_eq!((&items[0]["title"], &items[0]["chosen"]), (&json!("Which tier?"), &json!("b")));
    assert_eq!(
        (&items[0]["state"], &items[0]["rationale"]),
        (&json!("decided"), &json!("The date"))
    );
    let again = machine.run(&["--db", "other.db", "import", "one.md"]);
    assert!(again.err.contains("one.md is here already"), "{}", again.err);
    assert_eq!(machine.items(&["--db", "other.db", "decision", "list", "--closed"]).len(), 1);
}

#[test]
fn templates_give_headings_and_prompts_the_words_of_the_record() {
    let machine = Machine::new();
    framed(&machine);
    machine.ok(&["decision", "template", "prd-market-section", "d1"]);
    let sections = machine.items(&["decision", "section", "d1"]);
    let headings: Vec<_> = sections.iter().map(|section| section["heading"].clone()).collect();
    assert_eq!(headings, ["Target segment", "Alternatives", "Buying trigger", "Reason we win"]);
    machine.ok(&["decision", "template", "launch-tier", "d1"]);
    assert_eq!(machine.items(&["decision", "show", "d1"])[0]["kind"], "launch-tier");
    let prompt = machine.ok(&["decision", "prompt", "pressure-test", "d1"]);
    assert!(prompt.contains("The decision: Which tier?"), "{prompt}");
    assert!(prompt.contains("- B: Sales-led; gains the date"), "{prompt}");
    assert!(prompt.contains("How sure we are: not known yet"), "{prompt}");
}

#[test]
fn what_is_not_ready_is_found_by_its_property() {
    let machine = Machine::new();
    framed(&machine);
    machine.ok(&["decision", "add", "Bare?"]);
    let refs = |filter: &str| -> Vec<String> {
        let items = machine.items(&["decision", "list", filter]);
        items.iter().map(|item| item["ref"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(refs("is:unframed"), ["d2"]);
    assert_eq!(refs("is:unwired"), ["d1"]);
    machine.ok(&["decision", "prewire", "d1", "@dana", "--held", "today"]);
    assert_eq!(refs("is:unwired"), ["d1"]);
    machine.ok(&["decision", "prewire", "d1", "@raj", "--held", "today"]);
    assert!(refs("is:unwired").is_empty());
    machine.ok(&["person", "edit", "u3", "--influence", "none"]);
    assert_eq!(state(&machine, "d1"), "ready");
}

#[test]
fn a_file_does_not_rewrite_what_was_decided() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One? due:fri"]);
    machine.ok(&["decision", "decide", "d1", "--rationale", "Cheap"]);
    let csv = machine.ok(&["export", "csv", "decision", "--closed"]);
    let changed =
        csv.replace("One?", "Two?").replace("Cheap", "Dear").replace("2026-05-08", "2026-05-09");
    std::fs::write(machine.path("d.csv"), changed).unwrap();
    let ended = machine.run(&["import", "d.csv"]);
    assert!(
        ended.err.contains("d1 was decided, so its question stays as it is (I4)"),
        "{}",
        ended.err
    );
    let item = &machine.items(&["decision", "show", "d1"])[0];
    assert_eq!((&item["title"], &item["rationale"]), (&json!("One?"), &json!("Cheap")));
    assert_eq!(item["needed_by"], "2026-05-08");
}

fn with<'a>(words: &[&'a str]) -> Vec<&'a str> {
    [&["--db", "old.db"], words].concat()
}

#[test]
fn a_file_of_the_first_format_is_brought_up_to_date_and_its_records_stay_legal() {
    let machine = Machine::new();
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/formats/1.db");
    std::fs::copy(old, machine.path("old.db")).unwrap();
    let decided = machine.items(&with(&["decision", "list", "--closed", "state:decided"]));
    let weighty = &decided[0];
    assert_eq!((&weighty["state"], &weighty["options"]), (&json!("decided"), &json!([])));
    let name = weighty["ref"].as_str().unwrap();
    machine.ok(&with(&["decision", "edit", name, "p:2"]));
    refused(&machine, &with(&["decision", "edit", name, "Other?"]), "(I4)");
    machine.ok(&with(&["decision", "option", "d1", "add", "One"]));
    // The demo, the priority and the option.
    for _ in 0..3 {
        machine.ok(&with(&["undo"]));
    }
    assert_eq!(machine.run(&with(&["undo"])).code, 4);
    for _ in 0..3 {
        machine.ok(&with(&["redo"]));
    }
    assert_eq!(machine.items(&with(&["decision", "option", "d1"])).len(), 1);
    machine.ok(&with(&["doctor"]));
}
