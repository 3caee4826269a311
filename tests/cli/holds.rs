//! What a ritual does not do by itself: a memo is not sent by an empty line, a month does not end on
//! a figure that went off track behind its back; and what an empty workspace is told.

use std::io::{BufRead, Write};

use crate::program::{Machine, ended};

/// A call on a day, with lines on standard input.
fn on(machine: &Machine, day: &str, words: &[&str], lines: &str) -> (String, String) {
    let mut command = machine.bare();
    command.args(["--today", day]).args(words);
    command.stdin(std::process::Stdio::piped());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A call that asks nothing may be over before it is told.
    let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
    let ended = ended(&child.wait_with_output().unwrap());
    assert_eq!(ended.code, 0, "{day} {words:?}: {}", ended.err);
    (ended.out, ended.err)
}

/// Two weeks above the limit, of which the second is not closed yet.
fn overloaded() -> Machine {
    let machine = Machine::new();
    for day in ["2026-04-28", "2026-04-29", "2026-05-05", "2026-05-06", "2026-05-07"] {
        for (title, at, band) in [("Desk", "08:00", "r"), ("Page", "13:00", "e")] {
            let line = format!("{title} on:{day} at:{at} est:5h band:{band}");
            on(&machine, day, &["entry", "add", &line], "");
        }
    }
    on(&machine, "2026-04-30", &["entry", "add", "Desk on:2026-04-30 at:08:00 est:5h band:r"], "");
    on(&machine, "2026-05-03", &["week", "close", "2026-W18"], "");
    machine
}

#[test]
fn empty_lines_never_send_the_memo() {
    let machine = overloaded();
    let (_, said) = on(&machine, "2026-05-08", &["review", "friday"], &"\n".repeat(16));
    assert!(said.contains("x1 stays a draft"), "{said}");
    assert!(said.contains("is over"), "{said}");
    // The text of the memo is read before anything is said of it.
    let memo = machine.items(&["escalation", "list"]);
    assert_eq!((memo.len(), memo[0]["state"].as_str()), (1, Some("draft")), "{said}");
    let first = memo[0]["memo"].as_str().unwrap().lines().next().unwrap().to_owned();
    assert!(said.contains(&first), "{first}: {said}");
    on(&machine, "2026-05-08", &["undo", "--group"], "");
    // Said on purpose, it is sent.
    let lines = format!("{}2\n{}", "\n".repeat(6), "\n".repeat(8));
    let (_, said) = on(&machine, "2026-05-08", &["review", "friday"], &lines);
    let memo = machine.items(&["escalation", "list"]);
    assert_eq!(memo[0]["state"], "sent", "{said}");
}

#[test]
fn a_month_does_not_end_on_a_figure_that_went_off_track_behind_its_back() {
    let machine = Machine::new();
    machine.ok(&[
        "metric",
        "add",
        "Wins unit:percent direction:up cadence:weekly baseline:20 target:60 due:2026-06-30",
    ]);
    let refs = machine.items(&["metric", "list"]);
    let metric = refs.iter().find(|one| one["title"] == "Wins").unwrap()["ref"].as_str().unwrap();
    machine.ok(&["outcome", "add", &format!("Win more measured_by:{metric}")]);
    machine.fed(&["review", "month"], "\n\nq\n");
    machine.ok(&["metric", "record", metric, "18.4%", "period:2026-W18"]);
    let ended = machine.fed(&["review", "month"], &"\n".repeat(12));
    assert!(!ended.err.contains("is over"), "{}", ended.err);
    assert!(
        ended.err.contains("holds the review until it is explained or waived"),
        "{}",
        ended.err
    );
    let lines =
        format!("waive {metric} one bad week\nwaive {metric} Maya: one bad week\n\n\n\n\n\n\n\n\n");
    let ended = machine.fed(&["review", "month"], &lines);
    assert!(ended.err.contains("a waiver says who gives it"), "{}", ended.err);
    assert!(ended.err.contains("is over"), "{}", ended.err);
}

#[test]
fn a_month_that_is_open_does_not_end_while_another_makes_a_figure_go_off_track() {
    let machine = Machine::new();
    machine.ok(&[
        "metric",
        "add",
        "Wins unit:percent direction:up cadence:weekly baseline:20 target:60 due:2026-06-30",
    ]);
    let refs = machine.items(&["metric", "list"]);
    let metric = refs.iter().find(|one| one["title"] == "Wins").unwrap()["ref"].as_str().unwrap();
    machine.ok(&["outcome", "add", &format!("Win more measured_by:{metric}")]);
    let mut command = machine.command(&["review", "month"]);
    command.stdin(std::process::Stdio::piped());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut to = child.stdin.take().unwrap();
    let mut from = std::io::BufReader::new(child.stderr.take().unwrap());
    to.write_all("\n".repeat(7).as_bytes()).unwrap();
    let mut line = String::new();
    while !line.contains("Each with its options") {
        line.clear();
        assert!(from.read_line(&mut line).unwrap() > 0);
    }
    machine.ok(&["metric", "record", metric, "18.4%", "period:2026-W18"]);
    to.write_all(b"\n").unwrap();
    drop(to);
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut from, &mut rest).unwrap();
    child.wait().unwrap();
    assert!(rest.contains("holds the review until"), "{rest}");
    assert!(!rest.contains("is over"), "{rest}");
}

#[test]
fn an_empty_workspace_is_told_what_is_missing_and_no_zero() {
    let machine = Machine::new();
    machine.ok(&["person", "add", "Maya"]);
    for report in ["week", "month", "exec", "decisions", "trades", "pack"] {
        let page = machine.ok(&["report", report]);
        assert!(page.contains("prewire "), "{report}: {page}");
        for bare in [": 0", "Nothing yet.", "None.", "Nothing on record.\n", "d1 --approver"] {
            assert!(!page.contains(bare), "{report} says “{bare}”: {page}");
        }
    }
    let week = machine.ok(&["report", "week"]);
    for section in ["User behaviour", "Message resonance", "Sales feedback", "Roadmap implications"]
    {
        assert!(week.contains(&format!("## {section}")), "{section}: {week}");
    }
}

#[test]
fn a_sheet_for_one_reader_asks_nobody_else() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier? due:fri approver:Dana stake:low"]);
    machine.ok(&[
        "decision",
        "add",
        "Which price? due:2026-06-01 approver:\"Raj Mehta\" stake:high",
    ]);
    machine.ok(&["decision", "add", "Late? due:2026-05-01 approver:Dana stake:low"]);
    let place = |page: &str, title: &str| page.find(title).unwrap_or(usize::MAX);
    let all = machine.ok(&["report", "exec"]);
    // Overdue, then stake, then what it holds: the order of decisions.
    assert!(place(&all, "Late?") < place(&all, "Which price?"), "{all}");
    assert!(place(&all, "Which price?") < place(&all, "Which tier?"), "{all}");
    let own = machine.ok(&["report", "exec", "--to", "raj"]);
    assert!(
        own.contains("Decisions needed from Raj Mehta") && own.contains("Which price?"),
        "{own}"
    );
    assert!(!own.contains("**Which tier?**") && !own.contains("**Late?**"), "{own}");
}

#[test]
fn the_words_of_the_contract_assess_and_show() {
    let machine = Machine::new();
    machine.ok(&["person", "add", "Maya"]);
    let words = ["maturity", "assess", "3", "2", "2", "1", "4", "2", "3", "3", "1", "2", "2", "3"];
    machine.ok(&words);
    let shown = machine.ok(&["maturity", "show"]);
    assert!(shown.contains("weakest focus"), "{shown}");
}
