//! Reports for people elsewhere: what changed first, outputs last; what is missing is said; a
//! template of one's own goes before the shipped one, and its mistakes are told.

use crate::program::Machine;

/// A quarter in small: one impact, an outcome with figures off track, decisions, a trade, a week.
fn machine() -> Machine {
    let machine = Machine::new();
    for line in [
        ["person", "add", "Dana role:leader influence:3"],
        [
            "outcome",
            "add",
            "Win rate in the mid-market baseline:20 target:60 unit:% due:2026-06-30",
        ],
        [
            "decision",
            "add",
            "Which tier? due:fri approver:Dana stake:high matters:\"The page waits\"",
        ],
        ["asset", "add", "Battlecard due:fri est:2h band:s by:d1"],
        ["decision", "add", "Free trial? raised_on:2026-04-20"],
        ["entry", "add", "Segment memo on:2026-05-05 at:09:00 est:6h band:s"],
        ["entry", "add", "Deal desk on:2026-05-05 at:15:00 est:4h band:r"],
        [
            "impact",
            "add",
            "Acme <b>signed</b> kind:revenue amount:125000 currency:EUR by:a1 on:2026-05-04",
        ],
    ] {
        machine.ok(&line);
    }
    machine.ok(&[
        "decision",
        "option",
        "d1",
        "add",
        "Tier 2",
        "--gains",
        "speed",
        "--gives-up",
        "press",
        "--recommend",
    ]);
    machine.ok(&["decision", "decide", "d2", "--rationale", "Paid pilots close"]);
    let metric = "Win rate unit:percent direction:up cadence:weekly";
    machine.ok(&["metric", "add", metric]);
    let found = machine.items(&["metric", "list", "Win"]);
    let own = found.iter().find(|one| one["title"] == "Win rate").unwrap();
    let reference = own["ref"].as_str().unwrap().to_owned();
    machine.ok(&["outcome", "edit", "o1", "--measured-by", &reference]);
    for (week, figure) in [("2026-W16", "21%"), ("2026-W17", "22%"), ("2026-W18", "9/41")] {
        machine.ok(&["metric", "record", &reference, figure, &format!("period:{week}")]);
    }
    machine
}

#[test]
fn the_one_pager_begins_with_what_changed_and_asks_for_decisions() {
    insta::assert_snapshot!(machine().ok(&["report", "exec"]));
}

#[test]
fn week_and_month_end_in_what_shipped() {
    let machine = machine();
    insta::assert_snapshot!(machine.ok(&["report", "week", "--format", "txt"]));
    insta::assert_snapshot!(machine.ok(&["report", "month"]));
}

#[test]
fn an_empty_workspace_is_told_what_is_missing_and_no_noughts() {
    let machine = Machine::new();
    machine.ok(&["person", "add", "Dana"]);
    machine.ok(&["rm", "u1"]);
    for kind in ["week", "month", "exec"] {
        let told = machine.ok(&["report", kind]);
        assert!(told.contains("No change in the business is on record. Log one"), "{told}");
        assert!(!told.contains(" 0 ") && !told.contains("0 changes"), "{told}");
    }
    insta::assert_snapshot!(machine.ok(&["report", "exec"]));
}

#[test]
fn work_without_a_change_says_nought_in_its_first_line() {
    let machine = Machine::new();
    for number in 1..=5 {
        machine.ok(&["asset", "add", &format!("Deck {number}")]);
        machine.ok(&["asset", "ship", &format!("a{number}")]);
    }
    let told = machine.ok(&["report", "month"]);
    let first = told.split("## What changed in the business").nth(1).unwrap().trim();
    assert!(first.starts_with("0 changes evidenced"), "{told}");
}

#[test]
fn a_page_is_whole_and_loads_nothing() {
    let machine = machine();
    let page = machine.ok(&["report", "month", "--format", "html"]);
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(page.contains("<svg viewBox=") && page.contains("role=\"img\""), "{page}");
    assert!(page.contains("Acme &lt;b&gt;signed&lt;/b&gt;"));
    for loads in ["<script", "src=", "url(", "@import", " style=", "<b>"] {
        assert!(!page.contains(loads), "{loads}");
    }
}

#[test]
fn scripts_get_the_same_facts() {
    let items = machine().items(&["report", "exec"]);
    let facts = &items[0];
    assert_eq!(facts["ref"], "exec");
    assert_eq!(facts["changes"]["words"], "1 change evidenced");
    assert_eq!(facts["changes"]["sums"][0], "revenue 125,000 EUR, 1 impact");
    assert_eq!(facts["outcomes"][0]["off_track"], true, "{facts}");
    assert_eq!(facts["needed"][0]["approver"], "Dana");
    assert!(facts["missing"]["trades"].is_string());
}

#[test]
fn a_template_of_ones_own_goes_first_and_its_mistakes_are_told() {
    let machine = machine();
    let folder = machine.path("config/prewire/reports");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("exec.md");
    std::fs::write(&file, "# For {{ author }}the board\n\n{% for one in changes.all %}\n* {{ one.title }}\n{% endfor %}\n").unwrap();
    let told = machine.ok(&["report", "exec"]);
    assert_eq!(told, "# For the board\n\n* Acme \\<b\\>signed\\</b\\>\n\n");
    std::fs::write(&file, "# T\n\n{{ change.all }}\n").unwrap();
    let ended = machine.run(&["report", "exec"]);
    assert_eq!(ended.code, 0);
    assert!(ended.err.contains("exec.md, line 3: there is no such fact"), "{}", ended.err);
    assert!(ended.err.contains("the shipped template is used"), "{}", ended.err);
    assert!(ended.out.starts_with("# Executive one-pager"), "{}", ended.out);
}
