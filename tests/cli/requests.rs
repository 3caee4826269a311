//! Requests and escalations as a script drives them: the card, each verdict, the policy, the logs, the
//! rule, with the codes that they end with.

use crate::program::Machine;

#[test]
fn a_request_is_triaged() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire outcome add "Win rate in upper mid-market due:2026-06-30 weight:3"
        prewire asset add "Pricing page narrative est:3h for:o1 due:2026-05-08"
        prewire asset add "Partner deck est:2h due:2026-05-29"
        prewire block add "Pricing page for:a1 on:2026-05-07 at:09:00 est:60m band:e"
        prewire block add "Partner deck for:a2 on:2026-05-08 at:10:00 est:95m band:e"
        prewire request add "Deal desk est:145m"
        prewire block add "Deal desk for:r1 on:2026-05-08 at:14:00 est:145m band:r"
        prewire entry add "Calls on:2026-05-04 at:09:00 est:5h band:r"
        prewire request add "Battlecard vs Rivo from:sam est:2h due:2026-05-07"
        prewire request triage r2
        prewire request triage r2 --accept
        prewire request triage r2 --accept --decision 'Which deals?' --signal 'Two won'
        prewire request triage r2 --accept --displace a1 --decision 'Which deals?' --signal 'Two won'
        prewire request triage r2 --no ''
        prewire request triage r2 --accept --no 'x'
        prewire request triage r2 --displace a1
        prewire request triage r2 --defer yesterday
        prewire request triage r2 --trade
        prewire undo
        prewire request triage r2 --accept --displace a2 --decision 'Which deals?' --signal 'Two won' --dry-run
        prewire request triage r2 --accept --displace a2 --decision 'Which deals?' --signal 'Two won'
        prewire show r2
        prewire block list
        prewire asset ship a3
        prewire request log
        prewire history
        "#
    ));
    let card = machine.items(&["--json", "request", "triage", "r2"]).remove(0);
    assert_eq!(card["answered"], true);
}

#[test]
fn the_intake_policy_is_set_and_cited() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire request add "Deck for Acme from:sam est:5h channel:chat"
        prewire request policy
        prewire request policy --channels 'form, desk' --largest 4h --reply 1 --self-serve 'deck under 6h -> Sales library'
        prewire request policy
        prewire request triage r1
        prewire request policy --largest soon
        prewire request policy --self-serve deck
        prewire request triage r1 --self-serve ''
        prewire request policy --self-serve none
        "#
    ));
}

#[test]
fn two_weeks_in_breach_raise_one_escalation() {
    let machine = Machine::new();
    for (monday, reactive) in [("2026-04-20", 600), ("2026-04-27", 720)] {
        let monday: chrono::NaiveDate = monday.parse().unwrap();
        for (day, band, minutes) in [(0, "s", 600), (1, "e", 600), (2, "r", reactive)] {
            let on = monday + chrono::Duration::days(day);
            machine.ok(&["entry", "add", &format!("Work on:{on} est:{minutes}m band:{band}")]);
        }
    }
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire escalation draft
        prewire week close 2026-W17 --exit-code
        prewire week close 2026-W18 --exit-code
        prewire escalation list
        prewire escalation send x1 --to Dana
        prewire escalation answer x1 --note 'from July'
        prewire escalation answer x1 --kind scope --note 'no decks until July'
        prewire escalation show x1
        prewire week close 2026-W18
        prewire week close 2026-W18 --correct 'Friday was logged late'
        prewire week show 2026-W18 --team
        prewire undo
        prewire history
        "
    ));
}

#[test]
fn a_month_in_which_nothing_was_answered_has_no_rate() {
    let machine = Machine::new();
    machine.ok(&["request", "add", "Deck from:sam est:2h"]);
    machine.ok(&["entry", "add", "Work on:2026-04-07 est:2h band:r"]);
    let log = machine.ok(&["request", "log"]);
    assert!(log.contains("2026-05  none answered · open 1"), "{log}");
    assert!(log.contains("2026-04  nobody asked"), "{log}");
    assert!(!log.contains("of 0"), "{log}");
    machine.ok(&["request", "triage", "r1", "--self-serve", "the library"]);
    assert!(machine.ok(&["request", "log"]).contains("2026-05  yes 0 of 1 · self-served 1"));
}

#[test]
fn time_that_was_planned_for_a_request_is_that_of_its_work() {
    let machine = Machine::new();
    machine.ok(&["block", "add", "Kept on:2026-05-07 at:15:00 est:90m band:r"]);
    machine.ok(&["request", "add", "Claims in the annex est:1h due:2026-05-08"]);
    machine.ok(&["block", "add", "Annex for:r1 on:2026-05-08 at:16:00 est:1h band:r"]);
    let left = |machine: &Machine| {
        machine.items(&["--json", "week", "show"])[0]["reactive_left"].as_i64().unwrap()
    };
    let of = |machine: &Machine, place: &str| {
        let blocks = machine.items(&["--json", "block", "list"]);
        let minutes = blocks.iter().filter(|one| one["for"] == place);
        minutes.map(|one| one["minutes"].as_i64().unwrap()).sum::<i64>()
    };
    assert_eq!(left(&machine), 420);
    let accept = ["request", "triage", "r1", "--accept", "--decision", "Which?", "--signal", "Two"];
    machine.ok(&accept);
    // Nothing is counted twice: the hour is the work's, and what was kept is kept.
    assert_eq!((left(&machine), of(&machine, "a1"), of(&machine, "r1")), (420, 60, 0));
    machine.ok(&["undo"]);
    assert_eq!((left(&machine), of(&machine, "r1")), (420, 60));
    // What is more than was planned is taken beside it.
    machine.ok(&["request", "edit", "r1", "est:90m"]);
    machine.ok(&accept);
    assert_eq!((left(&machine), of(&machine, "a2")), (390, 90));
    // An hour of it that was logged is not promised any more.
    machine.ok(&["undo"]);
    machine.ok(&["entry", "add", "Annex for:r1 on:2026-05-06 at:08:00 est:1h band:r"]);
    let card = machine.items(&["--json", "request", "triage", "r1"]).remove(0);
    assert_eq!(card["left"], 420);
}

#[test]
fn what_need_not_move_is_not_offered_in_trade() {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win rate due:2026-06-30"]);
    machine.ok(&["asset", "add", "Far deck est:2h due:2026-05-29 for:o1"]);
    machine.ok(&["asset", "add", "Near deck est:2h due:2026-05-08 for:o1"]);
    machine.ok(&["request", "add", "Huge deck est:12h due:2026-05-08"]);
    let refused = machine.run(&["request", "triage", "r1", "--trade", "a1"]);
    assert_eq!(refused.code, 4);
    assert!(
        refused.err.contains(
            "a1 need not move: nothing of it is planned in W19, and it is due Fri 29 May"
        ),
        "{}",
        refused.err
    );
    let reply = machine.ok(&["request", "triage", "r1", "--trade", "a2"]);
    assert!(reply.contains("moves from Fri 8 May to Mon 11 May"), "{reply}");
    // What has no day waits until its new one, and is not said to come from another.
    machine.ok(&["undo"]);
    machine.ok(&["asset", "add", "Playbook est:7h"]);
    let reply = machine.ok(&["request", "triage", "r1", "--trade", "a3"]);
    assert!(reply.contains("if “Playbook” moves to Mon 11 May. Which do"), "{reply}");
    // Each that could give way is told for itself.
    machine.ok(&["undo"]);
    for (item, day) in [("a1", "2026-05-07"), ("a2", "2026-05-08")] {
        machine.ok(&["block", "add", &format!("Deck for:{item} on:{day} at:09:00 est:6h band:e")]);
    }
    let card = machine.items(&["--json", "request", "triage", "r1"]).remove(0);
    let days: Vec<&str> = card["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["to"].as_str().unwrap())
        .collect();
    assert_eq!(days, ["2026-05-11", "2026-05-11"]);
}

#[test]
fn what_gives_way_moves_beside_the_meetings_of_the_weeks_after() {
    let machine = Machine::new();
    let text = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:Workshop\n\
                DTSTART:20260511T080000Z\nDTEND:20260511T170000Z\nEND:VEVENT\nEND:VCALENDAR\n";
    std::fs::write(machine.path("work.ics"), text).unwrap();
    machine.ok(&["import", "work.ics"]);
    machine.ok(&["asset", "add", "Deck due:2026-05-08"]);
    machine.ok(&["block", "add", "Deck for:a1 on:2026-05-07 at:09:00 est:2h band:e"]);
    machine.ok(&["request", "add", "Huge deck est:9h due:2026-05-08"]);
    let accept = ["--accept", "--displace", "a1", "--decision", "Which?", "--signal", "Two"];
    machine.ok(&[&["request", "triage", "r1"][..], &accept].concat());
    assert_eq!(machine.items(&["--json", "asset", "show", "a1"])[0]["due"], "2026-05-12");
    assert_eq!(machine.items(&["--json", "block", "show", "k1"])[0]["on"], "2026-05-12");
}

#[test]
fn a_request_by_another_way_is_sent_to_the_right_one() {
    let machine = Machine::new();
    machine.ok(&["request", "policy", "--channels", "form, desk"]);
    machine.ok(&["request", "add", "Deck est:1h channel:chat"]);
    let card = machine.items(&["--json", "request", "triage", "r1"]).remove(0);
    assert_eq!(card["suggested"], "decline");
    assert!(card["reply"].as_str().unwrap().contains("requests come by form or desk"), "{card}");
    let refused = machine.run(&["request", "policy", "--largest", "0"]);
    assert_eq!(refused.code, 4);
}
