//! Times that are over: their reports, rituals that nobody ended, and a first answer where there is
//! no workspace yet.

use crate::program::Machine;

/// Two months of one outcome: what was decided, shipped, changed and told in each.
fn machine() -> Machine {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Wins unit:percent direction:up cadence:monthly baseline:20 target:60 due:2026-06-30 starts:2026-01-01"]);
    machine.ok(&[
        "outcome",
        "add",
        "Win more metric:m1 due:2026-06-30 quarter:2026-Q1 baseline:20 target:60",
    ]);
    for (period, figure) in [("2026-02", "22%"), ("2026-03", "24%"), ("2026-04", "48%")] {
        machine.ok(&["metric", "record", "m1", figure, &format!("period:{period}")]);
    }
    for (day, name) in [("2026-03-12", "March"), ("2026-04-14", "April")] {
        let on = |words: &[&str]| {
            let all = [&["--today", day], words].concat();
            let ended = machine.run(&all);
            assert_eq!(ended.code, 0, "{words:?}: {}", ended.err);
        };
        on(&[
            "impact",
            "add",
            &format!("{name} deal signed kind:revenue amount:1000 currency:EUR"),
        ]);
        on(&["artefact", "add", &format!("{name} memo kind:segment-hypothesis")]);
        on(&["decision", "add", &format!("Which tier in {name}?")]);
        on(&["entry", "add", &format!("{name} work est:2h band:s on:{day}")]);
    }
    for (day, memo, tier) in [("2026-03-13", "f1", "d1"), ("2026-04-15", "f2", "d2")] {
        let shipped = machine.run(&["--today", day, "artefact", "ship", memo]);
        assert_eq!(shipped.code, 0, "{}", shipped.err);
        let decided =
            machine.run(&["--today", day, "decision", "decide", tier, "--rationale", "Tier 2"]);
        assert_eq!(decided.code, 0, "{}", decided.err);
    }
    machine
}

#[test]
fn a_month_that_is_over_is_told_as_it_was() {
    let machine = machine();
    let told = machine.run(&["report", "month", "2026-03"]);
    assert!(told.out.contains("# Monthly review, March 2026"), "{}", told.out);
    assert!(told.out.contains("March deal signed"), "{}", told.out);
    assert!(told.out.contains("March memo"), "{}", told.out);
    assert!(told.out.contains("24 % → 60 %"), "{}", told.out);
    assert!(!told.out.contains("April"), "{}", told.out);
    assert!(!told.out.contains("48 %"), "{}", told.out);
    assert!(told.err.contains("only what is open still is told"), "{}", told.err);
    let facts = machine.items(&["report", "month", "2026-03"]).remove(0);
    assert_eq!(
        (facts["since"].as_str(), facts["until"].as_str()),
        (Some("2026-03-01"), Some("2026-03-31"))
    );
    assert_eq!(facts["taken"][0]["title"], "Which tier in March?");

    assert!(told.out.contains("thin"), "a week that is over has its verdict: {}", told.out);
    assert!(!told.out.contains("running"), "{}", told.out);
    let bare = machine.ok(&["report", "month", "2026-02"]);
    assert!(bare.contains("0 changes evidenced.\n"), "{bare}");
    assert!(bare.contains("No time was logged.\n"), "{bare}");

    let week = machine.ok(&["report", "week", "2026-W16"]);
    assert!(week.contains("# Weekly readout 2026-W16") && week.contains("April memo"), "{week}");
    assert!(!week.contains("March memo"), "{week}");
    assert!(machine.ok(&["report", "month"]).contains("48 % → 60 %"), "now is as before");
    for (which, named, why) in [
        ("month", "2026-06", "2026-06 has not begun"),
        ("month", "2026-W16", "“2026-W16” is no month"),
        ("week", "2026-W54", "“2026-W54” is no week"),
    ] {
        let refused = machine.run(&["report", which, named]);
        assert_eq!(refused.code, 4, "{}", refused.err);
        assert!(refused.err.contains(why), "{}", refused.err);
    }
    assert_eq!(machine.run(&["report", "trades", "2026-03"]).code, 2);
}

#[test]
fn what_is_typed_into_the_month_stands_in_its_report() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    machine
        .fed(&["review", "month"], "\nWe bet on two segments\n\n\n\n\n\nNo to all webinars\n\n\n");
    let report = machine.ok(&["report", "month"]);
    let of = |head: &str| {
        let from = report.split_once(head).map_or("", |(_, rest)| rest);
        from.split("\n## ").next().unwrap_or_default().to_owned()
    };
    assert!(of("## Three outcomes").contains("- We bet on two segments"), "{report}");
    assert!(of("## Capacity").contains("- No to all webinars"), "{report}");
}

#[test]
fn a_ritual_of_an_older_week_is_closed_as_it_stood() {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win more due:2026-06-30"]);
    let on = |day: &str, lines: &str| {
        let ended = machine.fed(&["--today", day, "review", "monday"], lines);
        assert_eq!(ended.code, 0, "{}", ended.err);
        ended.err
    };
    on("2026-04-27", "1\n\nThe lenders wait\n");
    let said = on("2026-05-18", "1\n\n");
    assert!(
        said.contains("Monday review, Mon 27 Apr 2026 was left, and is closed as it stood"),
        "{said}"
    );
    let runs = machine.items(&["ritual", "list", "--closed"]);
    let states: Vec<(&str, bool)> = runs
        .iter()
        .map(|run| (run["state"].as_str().unwrap(), run["finished_on"].is_null()))
        .collect();
    assert_eq!(
        states,
        [("running", true), ("finished", true)],
        "the older one has no day of its end"
    );
    assert!(runs[1]["note"].as_str().unwrap().contains("The lenders wait"));
    // One undo for each answer; the first takes the closing back as well.
    machine.ok(&["undo", "--group"]);
    let runs = machine.items(&["ritual", "list", "--closed"]);
    assert_eq!((runs.len(), runs[0]["state"].as_str()), (1, Some("running")));
}

#[test]
fn answers_make_a_workspace_where_there_is_none() {
    let machine = Machine::new();
    let few = machine.run(&["maturity", "3", "2"]);
    assert_eq!(few.code, 4, "{}", few.err);
    assert!(!machine.workspace().exists(), "what is refused leaves nothing behind");
    let twelve = ["maturity", "3", "2", "2", "1", "4", "2", "3", "3", "1", "2", "2", "3"];
    let made = machine.run(&twelve);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.err.contains("made a new workspace"), "{}", made.err);
    assert!(made.out.contains("Mean 2.3 of 4 · emerging"), "{}", made.out);

    let other = Machine::new();
    assert_eq!(other.fed(&["review", "monday"], "").code, 10);
    assert!(!other.workspace().exists());
    let begun = other.fed(&["review", "midweek"], "The page waits\n\n\n\n");
    assert_eq!(begun.code, 0, "{}", begun.err);
    assert!(begun.out.contains("The page waits"), "{}", begun.out);
}

#[test]
fn what_was_only_said_in_a_ritual_is_no_news_for_the_next() {
    let machine = machine();
    machine.ok(&["outcome", "add", "Win more"]);
    machine.ok(&["decision", "add", "Which tier? due:fri"]);
    machine.fed(&["review", "friday"], "\n\n\n\n\n\n\n\n\n\n");
    machine.fed(&["review", "monday"], "\n\n\n\n1\n\nq\n");
    machine.ok(&["decision", "add", "Whose price?"]);
    let friday = machine.fed(&["review", "friday"], "q\n");
    assert!(friday.err.contains("since the last Friday readout: added d4"), "{}", friday.err);
    assert!(!friday.err.contains("committed") && !friday.err.contains(" done"), "{}", friday.err);
}

#[test]
fn a_week_is_known_by_its_number_alone() {
    let machine = machine();
    assert!(machine.ok(&["week", "show", "w18"]).contains("W18"));
    assert_eq!(machine.run(&["week", "show", "W99"]).code, 4);
}
