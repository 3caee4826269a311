//! Rituals from standard input: a line an answer, taken up where they were left, with a page at
//! their end.

use crate::program::Machine;

#[test]
fn a_check_in_gives_yesterday_its_bands_and_learns() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier? due:fri"]);
    machine.ok(&["entry", "add", "Acme renewal on:2026-05-05 at:09:30 est:40m"]);
    machine.ok(&["entry", "add", "Zebra on:2026-05-05 at:11:00 est:1h"]);
    machine.ok(&["block", "add", "Segment memo on:2026-05-05 at:14:00 est:90m band:s"]);
    machine.ok(&["entry", "add", "Long ago on:2026-04-20 est:1h"]);
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire today
        prewire checkin --no-input
        "
    ));
    let first = machine.fed(&["checkin"], "\n7 r\nX\nq\n");
    insta::assert_snapshot!(first.err);
    assert!(first.out.contains("k1 Segment memo: strategic, 1 h 30"), "{}", first.out);
    let rest = "e\n! legal has d1\nJon agreed\nX 9\n\n";
    let second = machine.fed(&["checkin"], rest);
    insta::assert_snapshot!(format!("{}\n---\n{}", second.out, second.err));
    let runs = machine.items(&["--json", "ritual", "list", "--closed"]);
    assert_eq!(runs.len(), 1);
    assert_eq!((&runs[0]["state"], &runs[0]["ref"]), (&"finished".into(), &"z1".into()));
    let rules = machine.ok(&["week", "rules"]);
    assert!(rules.contains("zebra"), "{rules}");
    assert!(machine.ok(&["show", "d1"]).contains("blocked: legal has d1"));
    let entries = machine.items(&["--json", "entry", "list"]);
    let logged = entries.iter().find(|entry| entry["title"] == "Segment memo").unwrap();
    assert_eq!((&logged["band"], &logged["minutes"]), (&"strategic".into(), &90.into()));
    assert!(!machine.ok(&["today"]).contains("Check-in"));
}

#[test]
fn a_standup_goes_on_where_it_was_left_and_every_verdict_is_taken_back_by_itself() {
    let machine = Machine::new();
    for due in 1..=4 {
        machine.ok(&["decision", "add", &format!("Question {due}? due:2026-05-0{due} @maya")]);
    }
    let before = machine.ok(&["export", "json"]);
    let left = machine.fed(&["standup"], "x It is cheap\n\n");
    assert!(left.err.contains("3/4  d3"), "{}", left.err);
    assert!(left.out.contains("2 looked at one by one"), "{}", left.out);
    let today = machine.ok(&["today"]);
    assert!(today.contains("Standup, Wed 6 May 2026 was left"), "{today}");
    let again = machine.fed(&["standup", "--json"], "o Jon\nu\nN asked twice\nX nobody asks\n");
    assert!(again.err.contains("goes on, at 2 of 4"), "{}", again.err);
    assert!(again.err.contains("undid"), "{}", again.err);
    let run: serde_json::Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!(run["items"][0]["state"], "finished");
    let verdicts = run["items"][0]["verdicts"].as_array().unwrap();
    let said: Vec<&str> =
        verdicts.iter().map(|verdict| verdict["said"].as_str().unwrap()).collect();
    assert_eq!(said, ["answered", "kept", "answered", "answered"]);
    assert!(machine.ok(&["ritual", "show", "z1"]).contains("Who takes what along"));
    // Four verdicts, each a step: taken back one by one nothing is left of the standup.
    for _ in 0..4 {
        machine.ok(&["undo"]);
    }
    let plain = |text: &str| {
        let all: serde_json::Value = serde_json::from_str(text).unwrap();
        serde_json::to_string(&all["items"]).unwrap()
    };
    assert_eq!(plain(&before), plain(&machine.ok(&["export", "json"])));
}

#[test]
fn what_changed_since_the_last_standup_stands_on_its_card() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Late? due:2026-05-01"]);
    machine.fed(&["standup"], "\n");
    machine.ok(&["decision", "edit", "d1", "stake:high"]);
    let again = machine.fed(&["standup"], "q\n");
    assert!(again.err.contains("Changed since: stake → high"), "{}", again.err);
    assert_eq!(again.code, 0);
}

#[test]
fn a_standup_of_assets_has_their_letters() {
    let machine = Machine::new();
    machine.ok(&["asset", "add", "Battlecard due:2026-05-01"]);
    machine.ok(&["asset", "add", "Talk track due:2026-05-02"]);
    let ended = machine.fed(&["standup", "--assets"], "x\nw fri\n\n");
    assert!(ended.err.contains("a2 “Talk track” → put off"), "{}", ended.err);
    assert_eq!(machine.items(&["asset", "show", "a2"])[0]["due"], "2026-05-08");
    assert!(ended.out.contains("a1 Battlecard: shipped"), "{}", ended.out);
    assert!(ended.out.contains("# Standup of assets, Wed 6 May 2026"), "{}", ended.out);
    let nothing = machine.fed(&["standup", "decisions"], "");
    assert!(nothing.err.contains("nothing was said"), "{}", nothing.err);
}

#[test]
fn a_standup_is_taken_back_whole_or_not_at_all_and_is_one_line_of_the_history() {
    let machine = Machine::new();
    for due in 1..=3 {
        machine.ok(&["decision", "add", &format!("Question {due}? due:2026-05-0{due} @maya")]);
    }
    let plain = |text: &str| {
        let all: serde_json::Value = serde_json::from_str(text).unwrap();
        serde_json::to_string(&all["items"]).unwrap()
    };
    let before = machine.ok(&["export", "json"]);
    let ended = machine.fed(&["standup"], "x It is cheap\nw fri\nX nobody asks\n");
    assert!(ended.out.contains("d1 Question 1?: decided: It is cheap"), "{}", ended.out);
    assert!(ended.out.contains("d2 Question 2?: deferred until Fri 8 May"), "{}", ended.out);
    assert!(ended.out.contains("d3 Question 3?: dropped: nobody asks"), "{}", ended.out);
    let history = machine.ok(&["history"]);
    assert!(history.contains("Standup, Wed 6 May 2026: 3 steps"), "{history}");
    assert_eq!(history.lines().count(), 4, "{history}");
    let dry = machine.run(&["undo", "--group", "--dry-run"]);
    assert!(
        dry.err.contains("would undo: Standup, Wed 6 May 2026, every step of it"),
        "{}",
        dry.err
    );
    machine.ok(&["undo", "--group"]);
    assert_eq!(plain(&before), plain(&machine.ok(&["export", "json"])));
    let history = machine.ok(&["history"]);
    assert!(history.contains("undid: Standup, Wed 6 May 2026: 3 steps"), "{history}");
    machine.ok(&["redo"]);
    let refused = machine.run(&["undo", "--dry-run"]);
    assert!(refused.out.contains("would undo") || refused.err.contains("would undo"));
    // The rest of it at once; what is redone by itself is not done twice.
    let again = machine.run(&["redo", "--group"]);
    assert!(
        again.err.contains("redid: Standup, Wed 6 May 2026: 2 steps"),
        "{}{}",
        again.out,
        again.err
    );
    assert_eq!(machine.run(&["redo", "--group"]).code, 4);
    assert_eq!(machine.items(&["ritual", "list", "--closed"])[0]["state"], "finished");
    // A later change of what was said in it: all of it, or nothing.
    machine.ok(&["decision", "reopen", "d3", "--reason", "asked again"]);
    let refused = machine.run(&["undo", "--group"]);
    assert_eq!(refused.code, 4, "{}", refused.err);
    let after = machine.ok(&["export", "json"]);
    assert_ne!(plain(&before), plain(&after));
}

#[test]
fn a_check_in_from_a_pipe_loses_no_line_without_a_word() {
    let day = |rows: &[&str]| {
        let machine = Machine::new();
        machine.ok(&["decision", "add", "Which tier?"]);
        for title in rows {
            machine.ok(&["entry", "add", &format!("{title} on:2026-05-05 at:09:30 est:40m")]);
        }
        machine
    };
    let said = "2 r\n\nRaj agreed on d1\n\n";
    let moved = |machine: &Machine| machine.ok(&["decision", "show", "d1"]).contains("Raj agreed");
    let two = day(&["Acme", "Zebra"]);
    let ended = two.fed(&["checkin"], said);
    assert_eq!((ended.code, moved(&two)), (0, true), "{}", ended.err);
    // One row: the blank line closes what its band has ended already.
    let one = day(&["Acme"]);
    let ended = one.fed(&["checkin"], "1 r\n\nRaj agreed on d1\n\n");
    assert_eq!((ended.code, moved(&one)), (0, true), "{}", ended.err);
    // None: the band is told as unread, and what moved is heard.
    let none = day(&[]);
    let ended = none.fed(&["checkin"], said);
    assert_eq!((ended.code, moved(&none)), (1, true), "{}", ended.err);
    assert!(ended.err.contains("no time waits for its band: 2 r"), "{}", ended.err);
    assert!(ended.err.contains("1 line was not taken in"), "{}", ended.err);
    // A figure that is none is told, and is not taken for an answer.
    let late = day(&["Acme"]);
    late.ok(&["metric", "add", "Win rate cadence:weekly unit:percent"]);
    late.ok(&["metric", "record", "m1", "31%", "period:2026-W17"]);
    let ended = late.fed(&["checkin"], "yesterday: e\nmetric: plenty\n");
    assert_eq!(ended.code, 1, "{}\n{}", ended.out, ended.err);
    // Too many lines, and lines by the names of their parts, in any order.
    let named = day(&["Acme"]);
    let ended =
        named.fed(&["checkin"], "moved: Raj agreed on d1\nyesterday: e\n\n\nAnd one more\n");
    assert_eq!((ended.code, moved(&named)), (1, true), "{}", ended.err);
    assert!(ended.err.contains("nothing was left to ask: And one more"), "{}", ended.err);
    assert_eq!(named.items(&["entry", "list"])[0]["band"], "execution");
    // A named line is heard though nothing was said of what is asked before it.
    let only = day(&["Acme"]);
    let ended = only.fed(&["checkin"], "moved: Raj agreed on d1\n");
    assert_eq!((ended.code, moved(&only)), (0, true), "{}", ended.err);
    let late = day(&[]);
    let ended = late.fed(&["checkin"], "metric: 31\n\n");
    assert_eq!(ended.code, 1, "{}", ended.err);
    assert!(ended.err.contains("not read, since nothing was left to ask: 31"), "{}", ended.err);
}
