//! What stands: decided text under undo, import and turning; time that is lived once; a calendar that
//! is known under any file name; what a verb does not do is refused, never swallowed.

use serde_json::{Value, json};

use crate::decisions::{framed, refused, state};
use crate::program::Machine;

fn step(machine: &Machine, part: &str) -> String {
    let history = machine.ok(&["history"]);
    let line =
        history.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("{history}"));
    line.split_whitespace().next().unwrap().to_owned()
}

fn decided(machine: &Machine) {
    framed(machine);
    for (name, text) in [("signal", "50 %"), ("signal", "55 %"), ("happening", "H2")] {
        machine.ok(&["decision", "edit", "d1", &format!("--{name}"), text]);
    }
    machine.ok(&["decision", "option", "d1", "edit", "b", "--gains", "the day"]);
    machine.ok(&["decision", "option", "d1", "edit", "a", "--gains", "much reach"]);
    for name in ["dana", "raj"] {
        machine.ok(&["decision", "prewire", "d1", &format!("@{name}"), "--held", "today"]);
    }
    machine.ok(&["decision", "decide", "d1", "--option", "b", "--rationale", "speed"]);
    assert_eq!(state(machine, "d1"), "decided");
}

#[test]
fn taking_an_earlier_step_back_rewrites_no_decision() {
    let machine = Machine::new();
    decided(&machine);
    let before = machine.ok(&["decision", "show", "d1"]);
    for part in ["signal → 55", "happening → H2", "the day", "much reach"] {
        let seq = step(&machine, part);
        let ended = machine.run(&["undo", "--op", &seq]);
        assert_eq!(ended.code, 5, "{part}: {}", ended.err);
        assert!(ended.err.contains("(I4)"), "{part}: {}", ended.err);
    }
    assert_eq!(machine.ok(&["decision", "show", "d1"]), before);
    // In order everything can still be taken back.
    machine.ok(&["undo"]);
    machine.ok(&["undo"]);
    assert_ne!(state(&machine, "d1"), "decided");
}

#[test]
fn a_copy_of_the_workspace_rewrites_no_decision() {
    let machine = Machine::new();
    decided(&machine);
    let path = machine.path("copy.json");
    let file = path.to_str().unwrap();
    machine.ok(&["export", "json", "--out", file]);
    let before = machine.items(&["decision", "show", "d1"]).remove(0);
    let text = std::fs::read_to_string(&path).unwrap();
    for (old, new) in
        [("\"H2\"", "\"tampered\""), ("\"speed\"", "\"tampered\""), ("\"the day\"", "\"tampered\"")]
    {
        assert!(text.contains(old), "{old}");
        std::fs::write(&path, text.replace(old, new)).unwrap();
        let ended = machine.run(&["import", file]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        assert!(
            ended.err.contains("d1 was decided here, so its"),
            "{old}: {}{}",
            ended.out,
            ended.err
        );
        let after = machine.items(&["decision", "show", "d1"]).remove(0);
        assert_eq!(after, before, "{old}");
    }
    std::fs::write(&path, &text).unwrap();
    machine.ok(&["import", file]);
    // What went on elsewhere comes back: a review, and a reopening that keeps the old record.
    let (other, path) = (Machine::new(), machine.path("further.json"));
    other.ok(&["import", file]);
    other.ok(&["decision", "review", "d1", "--worked", "yes", "--happened", "it did"]);
    let further = path.to_str().unwrap();
    other.ok(&["export", "json", "--out", further]);
    machine.ok(&["import", further]);
    assert_eq!(state(&machine, "d1"), "reviewed");
}

#[test]
fn what_was_decided_stays_a_decision() {
    let machine = Machine::new();
    decided(&machine);
    refused(&machine, &["decision", "turn", "d1", "request"], "so it stays a decision (I4)");
    assert_eq!(state(&machine, "d1"), "decided");
}

#[test]
fn what_a_verb_makes_is_not_typed_in() {
    let machine = Machine::new();
    framed(&machine);
    for words in [["override", "d1", "add", "x"], ["version", "d1", "rm", "1"]] {
        let ended = machine.run(&[&["decision"][..], &words].concat());
        assert_eq!(ended.code, 2, "{words:?}: {}{}", ended.out, ended.err);
        assert!(ended.err.contains("a verb does it"), "{words:?}: {}", ended.err);
    }
    assert_eq!(machine.run(&["decision", "override", "d1", "list"]).code, 0);
}

#[test]
fn after_the_meeting_the_hint_is_one_that_helps() {
    let machine = Machine::new();
    framed(&machine);
    let late = ["--today", "2026-05-12"];
    let decide = ["decision", "decide", "d1", "--option", "b", "--rationale", "speed"];
    let ended = machine.run(&[&late[..], &decide].concat());
    assert_eq!(ended.code, 4, "{}", ended.err);
    assert!(!ended.err.contains("--held today"), "{}", ended.err);
    assert!(
        ended.err.contains("--held 2026-05-08") && ended.err.contains("forum_on:"),
        "{}",
        ended.err
    );
    machine.ok(&[&late[..], &["decision", "edit", "d1", "forum_on:2026-05-14"]].concat());
    for name in ["@dana", "@raj"] {
        machine.ok(&[&late[..], &["decision", "prewire", "d1", name, "--held", "today"]].concat());
    }
    machine.ok(&[&late[..], &decide].concat());
}

#[test]
fn a_timer_over_midnight_ends_when_it_ended() {
    let machine = Machine::new();
    machine.ok(&["timer", "start", "Sunday night", "--today", "2026-05-10T23:00"]);
    let stop = |moment: &str, until: &str| {
        machine.run(&["timer", "stop", "--today", moment, "--until", until])
    };
    let ended = stop("2026-05-11T01:00", "22:00");
    assert_eq!(ended.code, 4, "{}", ended.err);
    assert!(ended.err.contains("began at Sun 10 May 23:00"), "{}", ended.err);
    assert_eq!(stop("2026-05-11T01:00", "02:00").code, 4, "it has not come");
    assert_eq!(stop("2026-05-11T01:00", "00:45").code, 0);
    let minutes: Vec<(String, i64)> = machine
        .items(&["--json", "entry", "list", "--today", "2026-05-11"])
        .iter()
        .map(|one| (one["on"].as_str().unwrap().to_owned(), one["minutes"].as_i64().unwrap()))
        .collect();
    assert!(minutes.contains(&("2026-05-10".to_owned(), 60)), "{minutes:?}");
    assert!(minutes.contains(&("2026-05-11".to_owned(), 45)), "{minutes:?}");
}

#[test]
fn lived_time_of_a_day_to_come_is_said_to_be_strange() {
    let machine = Machine::new();
    let said = machine.run(&["entry", "add", "Calls on:2026-05-05 at:10:00 est:2h band:r"]).err;
    assert!(!said.contains("still to come"), "{said}");
    let ended = machine.run(&["entry", "edit", "t1", "on:2026-05-09"]);
    assert!(ended.err.contains("Sat 9 May is still to come"), "{}", ended.err);
}

#[test]
fn a_calendar_under_another_file_name_is_the_same_calendar() {
    let machine = Machine::new();
    let event = |number: u32| {
        format!(
            "BEGIN:VEVENT\nUID:u{number}\nDTSTART:202605{number:02}T080000Z\nDTEND:202605{number:02}T090000Z\n\
             SUMMARY:Call {number}\nEND:VEVENT\n"
        )
    };
    let calendar = |days: &[u32]| {
        let events: String = days.iter().map(|day| event(*day)).collect();
        format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
    };
    let put = |name: &str, days: &[u32]| {
        let path = machine.path(name);
        std::fs::write(&path, calendar(days)).unwrap();
        machine.ok(&["import", path.to_str().unwrap()]);
        machine.items(&["--json", "meeting", "list"]).len()
    };
    assert_eq!(put("basic.ics", &[4, 5, 6]), 3);
    assert_eq!(put("copy of it.ics", &[4, 5, 6]), 3);
    assert_eq!(put("basic (1).ics", &[4, 5, 6, 7]), 4);
    // Another calendar that shares an event with it is another calendar.
    assert_eq!(put("team.ics", &[4, 11]), 6);
}

#[test]
fn answers_and_moves_are_given_as_json() {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win rate due:2026-06-30"]);
    machine.ok(&["request", "add", "Deck for Acme from:sam est:30m"]);
    machine.ok(&["block", "add", "Memo on:tomorrow at:09:00 est:60m band:s"]);
    let fed = |words: &[&str], json: &Value| machine.fed(words, &json.to_string());
    let wrong = fed(&["request", "triage", "r1", "-"], &json!({ "accept": true, "colour": "red" }));
    assert_eq!(wrong.code, 4, "{}", wrong.err);
    assert!(wrong.err.contains("colour"), "{}", wrong.err);
    let verdict = json!({ "accept": true, "decision": "Which deals?", "signal": "Two won" });
    let ended = fed(&["request", "triage", "r1", "-"], &verdict);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(machine.items(&["request", "show", "r1"])[0]["state"], "accepted");
    let ended = fed(&["block", "move", "k1", "-"], &json!({ "at": "14:00" }));
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(machine.items(&["block", "show", "k1"])[0]["at"], "14:00");
    let terms: Value = serde_json::from_str(&machine.ok(&["week", "terms", "--json"])).unwrap();
    assert_eq!(terms["items"][0]["bands"], "40/40/20");
}

#[test]
fn a_write_may_be_the_first() {
    for words in [&["timer", "start", "Deck"][..], &["week", "terms", "--bands", "50/30/20"]] {
        let machine = Machine::new();
        let ended = machine.run(words);
        assert_eq!(ended.code, 0, "{words:?}: {}", ended.err);
        assert!(ended.err.contains("made a new workspace"), "{}", ended.err);
    }
    let machine = Machine::new();
    let path = machine.path("work.ics");
    std::fs::write(&path, "BEGIN:VCALENDAR\nBROKEN").unwrap();
    let add = ["week", "calendar", "add", path.to_str().unwrap()];
    assert_eq!(machine.run(&add).code, 4);
    assert!(!machine.workspace().exists(), "what is refused makes no file");
    std::fs::write(&path, "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n").unwrap();
    assert_eq!(machine.run(&add).code, 0);
}
