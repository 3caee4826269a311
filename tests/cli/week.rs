//! Blocks, entries and weeks: the golden cases of the model as they stand on a terminal.

use crate::program::Machine;

/// Logs so many minutes of each band on the Monday of a week, without times of day.
fn log(machine: &Machine, monday: &str, minutes: [(&str, i64); 4]) {
    for (band, count) in minutes {
        for (day, part) in (0..).zip([count / 2, count - count / 2]) {
            let date = monday.parse::<chrono::NaiveDate>().unwrap() + chrono::Duration::days(day);
            if part > 0 {
                let line = format!("Work on:{date} est:{part}m band:{band}");
                machine.ok(&["entry", "add", &line]);
            }
        }
    }
}

fn week(machine: &Machine, key: &str) -> serde_json::Value {
    machine.items(&["--json", "week", "show", key]).remove(0)
}

#[test]
fn time_is_planned_logged_and_classified() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire bet add Lead with rollout proof
        prewire asset add "Battlecard band:e for:b1 est:3h"
        prewire block add "Segment memo on:2026-05-05 at:09:00 est:90m band:s for:b1"
        prewire block move k1 on:2026-05-06 at:14:00
        prewire block add "Leave on:2026-05-08 est:1d band:off"
        prewire entry add "Deal desk on:2026-05-04 at:09:30 est:40m band:r"
        prewire entry add "Late call on:2026-05-10 at:23:00 est:2h for:a1"
        prewire entry add "Standup at:25:00 est:15m"
        prewire entry add "Standup"
        prewire entry add "Workshop est:30h"
        prewire entry classify t1 band:s
        prewire entry list
        prewire block list
        prewire undo
        prewire week show 2026-W19
        prewire week terms --bands 50/30/30
        prewire week terms --bands 50/30/20
        prewire week show 2026-W99
        "#
    ));
}

#[test]
fn the_golden_weeks() {
    for (minutes, verdict, words) in [
        (
            [("s", 960), ("e", 960), ("r", 480), ("u", 0)],
            "clear",
            "clear: reactive 20.0%, limit 20%",
        ),
        (
            [("s", 959), ("e", 960), ("r", 481), ("u", 0)],
            "breach",
            "breach: reactive 20.04%, limit 20%",
        ),
        (
            [("s", 800), ("e", 800), ("r", 400), ("u", 400)],
            "unsure",
            "unsure: reactive 16.7–33.3%, classify 400 min",
        ),
        (
            [("s", 600), ("e", 600), ("r", 600), ("u", 200)],
            "breach",
            "breach: reactive 30.0–40.0%, limit 20%",
        ),
        ([("s", 0), ("e", 0), ("r", 0), ("u", 0)], "no-data", "no data: nothing was logged"),
    ] {
        let machine = Machine::new();
        machine.ok(&["bet", "add", "A bet"]);
        log(&machine, "2026-04-27", minutes);
        let week = week(&machine, "2026-W18");
        assert_eq!(
            (week["verdict"].as_str(), week["words"].as_str()),
            (Some(verdict), Some(words))
        );
        assert_eq!(week["available"], 2_400);
    }
}

#[test]
fn what_is_left_of_the_reactive_budget_counts_what_is_promised() {
    let machine = Machine::new();
    machine.ok(&["asset", "add", "Deck for a tender"]);
    log(&machine, "2026-05-04", [("s", 0), ("e", 0), ("r", 300), ("u", 0)]);
    machine.ok(&["block", "add", "Deck on:2026-05-08 at:09:00 est:145m band:r for:a1"]);
    machine.ok(&["block", "add", "Kept for requests on:2026-05-08 at:13:00 est:1h band:r"]);
    assert_eq!(week(&machine, "2026-W19")["reactive_left"], 35);
}

#[test]
fn a_closed_week_keeps_its_figures_until_a_dated_correction() {
    let machine = Machine::new();
    machine.ok(&["bet", "add", "A bet"]);
    log(&machine, "2026-04-27", [("s", 600), ("e", 600), ("r", 600), ("u", 0)]);
    let ended = machine.run(&["week", "close", "2026-W18", "--exit-code"]);
    assert_eq!(ended.code, 1, "{}", ended.err);
    machine.ok(&["entry", "add", "Late on:2026-05-01 est:8h band:s"]);
    assert_eq!(week(&machine, "2026-W18")["lived"]["strategic"], 600);
    assert_eq!(machine.run(&["week", "close", "2026-W18"]).code, 4);
    machine.ok(&["week", "close", "2026-W18", "--correct", "Friday was logged late"]);
    let corrected = week(&machine, "2026-W18");
    assert_eq!(corrected["lived"]["strategic"], 1_080);
    assert_eq!(corrected["correction"], "Friday was logged late");
    machine.ok(&["undo"]);
    assert_eq!(week(&machine, "2026-W18")["lived"]["strategic"], 600);
    machine.ok(&["undo"]);
    machine.ok(&["undo"]);
    assert_eq!(week(&machine, "2026-W18")["state"], "open");
}

#[test]
fn filling_a_week_takes_free_time_only_and_is_one_step() {
    let machine = Machine::new();
    machine.ok(&["asset", "add", "Battlecard est:10h band:e"]);
    machine.ok(&["block", "add", "Off on:2026-05-11 est:8h band:off"]);
    machine.ok(&["block", "add", "Review on:2026-05-12 at:09:00 est:2h band:s"]);
    machine.ok(&["week", "fill", "2026-W20"]);
    let filled = week(&machine, "2026-W20");
    let blocks = filled["blocks"].as_array().unwrap();
    let on = |day: &str| blocks.iter().filter(|block| block["on"] == day).count();
    assert_eq!(on("2026-05-11"), 1, "nothing is planned into a day off");
    let planned = &filled["planned"];
    let sum: i64 = ["strategic", "execution", "reactive"]
        .iter()
        .map(|band| planned[*band].as_i64().unwrap())
        .sum();
    assert_eq!((filled["available"].as_i64(), sum), (Some(1_920), 1_920));
    let reactive = planned["reactive"].as_i64().unwrap();
    assert!((reactive - 384).abs() < 15, "a fifth, on a grid of a quarter of an hour: {reactive}");
    machine.ok(&["undo"]);
    assert_eq!(week(&machine, "2026-W20")["blocks"].as_array().unwrap().len(), 2);
}

#[test]
fn a_timer_logs_what_can_be_believed_and_asks_otherwise() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire asset add "Battlecard band:e"
        prewire timer stop
        prewire timer start a1 --today 2026-05-05T09:00
        prewire timer start Deal desk --today 2026-05-05T09:10
        prewire timer status --today 2026-05-05T09:40
        prewire timer stop --today 2026-05-06T08:00
        prewire timer stop --today 2026-05-06T08:00 --until 10:30
        prewire entry list
        prewire undo
        prewire timer status --today 2026-05-05T09:40
        prewire timer stop --discard
        prewire timer status
        "#
    ));
}

#[test]
fn what_is_corrected_is_learnt_as_a_rule_that_can_be_seen_and_changed() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire entry add "Acme weekly #12 on:2026-05-11 at:09:30 est:40m"
        prewire entry classify t1 band:r
        prewire entry add "Acme weekly #13 on:2026-05-11 at:11:30 est:40m"
        prewire entry classify t2 band:s
        prewire week rules set "word acme weekly" e
        prewire week rules set "weekly" e
        prewire week rules rm "word renewal"
        prewire week rules rm "word renewal"
        prewire week rules
        prewire undo
        prewire undo
        "#
    ));
    let rules = machine.items(&["--json", "week", "rules"]);
    let shown = |rule: &serde_json::Value| format!("{} {}", rule["title"], rule["origin"]);
    let own: Vec<String> = rules.iter().filter(|rule| rule["origin"] == "own").map(shown).collect();
    assert_eq!(own, ["\"title “acme weekly” → strategic\" \"own\""]);
    assert!(rules.iter().any(|rule| rule["ref"] == "word renewal"));
}

#[test]
fn the_weeks_before_tell_their_bands_and_their_verdicts() {
    let machine = Machine::new();
    machine.ok(&["bet", "add", "A bet"]);
    log(&machine, "2026-04-20", [("s", 600), ("e", 600), ("r", 600), ("u", 0)]);
    log(&machine, "2026-04-27", [("s", 960), ("e", 960), ("r", 480), ("u", 0)]);
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire week history --weeks 4
        prewire week history 2026-W18 --weeks 2 --csv
        prewire week history nonsense
        prewire week figures 2026-W18
        "
    ));
    let weeks = machine.items(&["--json", "week", "history", "2026-W18", "--weeks", "2"]);
    assert_eq!(weeks[0]["verdict"], "breach");
    assert_eq!(weeks[1]["percent"], serde_json::json!([40, 40, 20]));
}

#[test]
fn a_week_that_is_closed_says_what_it_leaves_open() {
    let machine = Machine::new();
    machine.ok(&["bet", "add", "A bet"]);
    log(&machine, "2026-04-27", [("s", 800), ("e", 800), ("r", 400), ("u", 400)]);
    let closed = machine.run(&["week", "close", "2026-W18"]);
    assert!(closed.err.contains("6 h 40 without a band"), "{}", closed.err);
    assert!(closed.err.contains("no artefact shipped in this week"), "{}", closed.err);
}

#[test]
fn leave_of_several_days_lies_on_the_working_days_that_follow() {
    let machine = Machine::new();
    machine.ok(&["block", "add", "Summer on:2026-05-08 est:3d band:off"]);
    let days: Vec<_> =
        machine.items(&["--json", "block", "list"]).iter().map(|one| one["on"].clone()).collect();
    assert_eq!(days, ["2026-05-08", "2026-05-11", "2026-05-12"]);
    assert_eq!(week(&machine, "2026-W20")["available"], 2_400 - 960);
    machine.ok(&["undo"]);
    assert!(machine.items(&["--json", "block", "list"]).is_empty());
}

#[test]
fn a_bare_word_says_a_band_a_day_or_a_time_and_never_another_title() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire entry add Deal desk on:2026-05-04 est:40m
        prewire entry classify t1 r
        prewire entry classify t1 strategic
        prewire entry classify t1 renewal
        prewire block add Memo on:2026-05-05 at:09:00 est:1h
        prewire block move k1 2026-05-07 14:00
        prewire block list
        prewire entry list
        "
    ));
}

#[test]
fn a_week_that_is_closed_early_tells_what_was_lived() {
    let machine = Machine::new();
    machine.ok(&["entry", "add", "Memo on:2026-05-05 at:08:00 est:10h band:s"]);
    machine.ok(&["week", "close", "2026-W19"]);
    assert!(machine.ok(&["week", "show"]).contains("10 h of 40 h lived"));
    let figures = machine.items(&["--json", "week", "figures"]);
    let capacity = figures.iter().find(|one| one["title"] == "Capacity").unwrap();
    assert_eq!(capacity["value"], "10 h of 40 h lived");
}

#[test]
fn terms_are_all_taken_or_none() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    let refused = machine.run(&["week", "terms", "--bands", "50/30/20", "--hours", "22:00-06:00"]);
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("two times of one day, the earlier first"), "{}", refused.err);
    assert!(machine.ok(&["week", "terms"]).contains("40/40/20"));
    // They are one step.
    machine.ok(&["week", "terms", "--bands", "50/30/20", "--breaches", "3"]);
    let terms = &machine.items(&["--json", "week", "terms"])[0];
    assert_eq!((terms["bands"].as_str(), terms["breaches"].as_i64()), (Some("50/30/20"), Some(3)));
    machine.ok(&["undo"]);
    let terms = &machine.items(&["--json", "week", "terms"])[0];
    assert_eq!((terms["bands"].as_str(), terms["breaches"].as_i64()), (Some("40/40/20"), Some(2)));
}
