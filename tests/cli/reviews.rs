//! The reviews of the week from standard input: filled from what is on record, left and taken up,
//! ending in a plan or a readout.

use crate::program::Machine;

/// A small workspace with a week in front of it; the day is Wednesday, 6 May 2026.
fn machine() -> Machine {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win rate in the mid-market"]);
    machine.ok(&["decision", "add", "Which tier? due:fri approver:Raj stake:high"]);
    machine.ok(&["decision", "add", "Who first? due:thu"]);
    machine.ok(&["decision", "add", "Later? due:2026-07-01"]);
    machine.ok(&["asset", "add", "Battlecard due:fri est:2h band:s"]);
    machine.ok(&["block", "add", "Segment memo on:2026-05-07 at:09:00 est:90m band:s"]);
    machine
}

#[test]
fn a_monday_ends_in_a_plan_of_at_most_twelve_lines() {
    let machine = machine();
    insta::assert_snapshot!(machine.ok(&["review", "monday", "--no-input"]));
    let answers = "1\n\n\nRivo cut its prices\n\n\n2\n3\n\nf\n7 L\n\nWhy tier two wins\n\n";
    let ended = machine.fed(&["review", "monday"], answers);
    insta::assert_snapshot!(format!("{}\n---\n{}", ended.out, ended.err));
    let plan = ended.out.lines().filter(|line| line.starts_with("- ")).count();
    assert!((7..=12).contains(&plan), "{plan}: {}", ended.out);
    let blocks = machine.items(&["--json", "block", "list"]);
    let day = |title: &str| {
        let found = blocks.iter().find(|block| block["title"] == title).unwrap();
        found["on"].as_str().unwrap().to_owned()
    };
    assert_eq!(day("Segment memo"), "2026-05-08");
    assert_eq!(day("Pre-wire Raj on d1"), "2026-05-06");
    assert!(machine.ok(&["artefact", "list"]).contains("Why tier two wins"));
}

#[test]
fn a_review_goes_on_where_it_was_left_and_every_answer_is_taken_back() {
    let machine = machine();
    let before = machine.ok(&["export", "json"]);
    let left = machine.fed(&["review", "monday"], "1\n\n\nRivo cut its prices\nq\n");
    assert_eq!(left.code, 0, "{}", left.err);
    assert!(machine.ok(&["today"]).contains("Monday review, Wed 6 May 2026 was left"));
    let again = machine.fed(&["--json", "review", "monday"], "X 1\nu\n2\n9\nskip\n\n\n\n\n\n\n\n");
    assert!(again.err.contains("goes on"), "{}", again.err);
    assert!(again.err.contains("undid"), "{}", again.err);
    let run: serde_json::Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!(run["items"][0]["state"], "finished", "{}", again.err);
    machine.ok(&["undo", "--group"]);
    let plain = |text: &str| {
        let all: serde_json::Value = serde_json::from_str(text).unwrap();
        serde_json::to_string(&all["items"]).unwrap()
    };
    assert_eq!(plain(&before), plain(&machine.ok(&["export", "json"])));
}

#[test]
fn no_more_is_chosen_than_there_is_room_for() {
    let machine = Machine::new();
    for number in 1..=7 {
        machine.ok(&["decision", "add", &format!("Question {number}? due:thu")]);
    }
    let ended = machine.fed(&["review", "monday"], "\n\n\n\n1\n2\n3\n4\n5\n6\n1\n6\nq\n");
    assert!(ended.err.contains("5 are chosen, and 5 is the most"), "{}", ended.err);
    assert!(ended.err.contains("d1 dropped"), "{}", ended.err);
    assert!(ended.err.contains("d6 committed"), "{}", ended.err);
}

#[test]
fn a_friday_bands_its_gaps_closes_the_week_and_ships_the_artefact() {
    let machine = machine();
    machine.ok(&["entry", "add", "Zebra on:2026-05-05 at:11:00 est:7h"]);
    machine.ok(&["artefact", "add", "Why tier two wins kind:messaging-gap"]);
    insta::assert_snapshot!(machine.ok(&["review", "friday", "--no-input"]));
    let ended = machine
        .fed(&["review", "friday"], "\n\nSam heard it twice\n\n\n\nr\n\n\nDecide d1 by Friday\n\n");
    insta::assert_snapshot!(format!("{}\n---\n{}", ended.out, ended.err));
    assert!(machine.ok(&["week", "show"]).contains("closed"));
    let again = machine.ok(&["review", "friday", "--no-input"]);
    assert!(again.contains("closed,"), "{again}");
}

#[test]
fn an_empty_workspace_is_asked_and_told_what_is_missing() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Some day?"]);
    for review in ["monday", "midweek", "friday"] {
        let ended = machine.fed(
            &["review", review],
            "skip\nskip\nskip\nskip\nskip\nskip\nskip\nskip\nskip\nskip\n",
        );
        assert_eq!(ended.code, 0, "{}", ended.err);
        assert!(ended.out.starts_with("# "), "{}", ended.out);
        machine.ok(&["undo", "--group"]);
        let told = machine.ok(&["review", review, "--no-input"]);
        assert!(told.contains("Nothing on record: "), "{told}");
        assert!(!told.contains("Not offered here yet"), "{told}");
    }
    let parsed: serde_json::Value =
        serde_json::from_str(&machine.ok(&["--json", "review", "midweek", "--no-input"])).unwrap();
    assert_eq!(parsed["items"].as_array().unwrap().len(), 3);
}

#[test]
fn a_self_assessment_is_laid_against_the_file_and_suggests_one_milestone() {
    let machine = machine();
    for day in 4..=6 {
        machine.ok(&[
            "entry",
            "add",
            &format!("Requests on:2026-05-0{day} at:09:00 est:8h band:r"),
        ]);
    }
    let answers = "3\n4\n3\n2\n1\n0\nu\n2\n3\n3\n1\n9\n4\n3\n3\n\n";
    let ended = machine.fed(&["maturity"], answers);
    insta::assert_snapshot!(ended.out);
    assert!(ended.err.contains("9 is no answer; 0 to 4 are"), "{}", ended.err);
    let milestones = machine.items(&["milestone", "list"]);
    assert_eq!(milestones[0]["title"], "Four artefacts in four weeks");
    let again = machine.ok(&["maturity", "--no-input"]);
    assert!(again.contains("last time 3"), "{again}");
    let history = machine.items(&["maturity", "--history"]);
    assert_eq!((history.len(), &history[0]["answers"]), (1, &12.into()));
    assert_eq!(history[0]["weakest"], "visibility");
    let short = machine.run(&["maturity", "1", "2"]);
    assert!(short.err.contains("2 answers for 12 questions that are open"), "{}", short.err);
    let words: Vec<&str> = "maturity 4 4 4 4 4 4 4 4 4 4 4 4".split(' ').collect();
    let all = machine.ok(&words);
    assert!(all.contains("4.0 of 4 · shaping"), "{all}");
    assert_eq!(machine.items(&["milestone", "list"]).len(), 1);
    assert_eq!(machine.items(&["maturity", "--history"]).len(), 2);
}
