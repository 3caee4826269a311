//! A quarter replayed week by week on a fixed clock: every beat of it, one week missed, and what it
//! comes to.

use crate::program::{Machine, ended};

/// The Mondays of the second quarter of 2026.
const FIRST: &str = "2026-03-30";

fn day(first: chrono::NaiveDate, plus: u64) -> String {
    (first + chrono::Days::new(plus)).to_string()
}

/// A call on a day, with lines on standard input; it must go well.
fn on(machine: &Machine, day: &str, words: &[&str], lines: &str) -> String {
    use std::io::Write;
    let mut command = machine.bare();
    command.args(["--today", day]).args(words);
    command.stdin(std::process::Stdio::piped());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A call that asks nothing may be over before it is told.
    let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
    let ended = ended(&child.wait_with_output().unwrap());
    assert_eq!(ended.code, 0, "{day} {words:?}: {}", ended.err);
    ended.out
}

#[test]
fn thirteen_weeks_hold_and_a_missed_one_stops_nothing() {
    let machine = Machine::new();
    let first: chrono::NaiveDate = FIRST.parse().unwrap();
    let enter = "\n".repeat(24);
    on(
        &machine,
        FIRST,
        &["outcome", "add", "Win rate baseline:20 target:30 unit:% due:2026-06-26"],
        "",
    );
    on(&machine, FIRST, &["metric", "add", "Wins unit:percent direction:up cadence:weekly"], "");
    on(&machine, FIRST, &["outcome", "edit", "o1", "--measured-by", "m1"], "");
    for week in 0..13 {
        let monday = day(first, 7 * week);
        let friday = day(first, 7 * week + 4);
        let at = |plus: u64| format!("on:{}", day(first, 7 * week + plus));
        let own = week + 1;
        on(&machine, &monday, &["decision", "add", &format!("Question {own}? due:{friday}")], "");
        // In the sixth week nobody has time for any of it.
        if week == 5 {
            continue;
        }
        on(&machine, &monday, &["review", "monday"], &enter);
        for (plus, band, hours) in
            [(0, "s", 8), (1, "e", 8), (2, "r", if week < 2 { 8 } else { 2 })]
        {
            let line = format!("Work {} at:09:00 est:{hours}h band:{band}", at(plus));
            on(&machine, &friday, &["entry", "add", &line], "");
        }
        on(
            &machine,
            &friday,
            &["decision", "decide", &format!("d{own}"), "--rationale", "It is time"],
            "",
        );
        let figure = format!("{}%", 20 + week / 2);
        let key =
            chrono::NaiveDate::format(&(first + chrono::Days::new(7 * week)), "%G-W%V").to_string();
        on(&machine, &friday, &["metric", "record", "m1", &figure, &format!("period:{key}")], "");
        on(&machine, &friday, &["review", "friday"], &enter);
        if week % 4 == 3 {
            let line =
                format!("Deal {own} signed kind:revenue amount:1000 currency:EUR on:{friday}");
            on(&machine, &friday, &["impact", "add", &line], "");
            let answers = format!("\nwaive m1 Maya: the quarter is young\n{enter}");
            on(&machine, &friday, &["review", "month"], &answers);
        }
    }
    let last = day(first, 7 * 12 + 4);
    let list = on(&machine, &last, &["--json", "ritual", "list", "--closed"], "");
    let json: serde_json::Value = serde_json::from_str(&list).unwrap();
    let count = |kind: &str| {
        let all = json["items"].as_array().unwrap();
        all.iter().filter(|run| run["ritual"] == kind && run["state"] == "finished").count()
    };
    assert_eq!((count("monday"), count("friday"), count("month")), (12, 12, 3), "{list}");
    // Two weeks above the limit, one memo; the missed week is no data and closes nothing by itself.
    let memos = on(&machine, &last, &["--json", "escalation", "list", "--closed"], "");
    let json: serde_json::Value = serde_json::from_str(&memos).unwrap();
    assert_eq!(json["items"].as_array().unwrap().len(), 1, "{memos}");
    let report = on(&machine, &last, &["report", "month"], "");
    assert!(report.contains("1 change evidenced · revenue 1,000 EUR, 1 impact"), "{report}");
    let exec = on(&machine, &last, &["report", "exec"], "");
    assert!(exec.contains("Deal 12 signed") && exec.contains("**Win rate**"), "{exec}");
    let open = on(&machine, &last, &["--plain", "decision", "list"], "");
    assert_eq!(open.lines().filter(|line| line.contains("Question")).count(), 1, "{open}");
}
