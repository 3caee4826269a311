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
