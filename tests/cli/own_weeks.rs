//! Weeks of several people in one workspace, time over midnight and over a change of the clocks, and
//! a request that has no room.

use crate::program::Machine;

/// A call on another day, or in another zone.
fn on(machine: &Machine, day: &str, words: &[&str]) -> String {
    let out = machine.bare().args(["--today", day]).args(words).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    format!("{}{}", text(&out.stdout), text(&out.stderr))
}

fn logged(machine: &Machine, who: &str, all: &[(&str, &str, i64)]) {
    for (day, band, minutes) in all {
        let line = format!("Work on:{day} est:{minutes}m band:{band} person:{who}");
        machine.ok(&["entry", "add", &line]);
    }
}

fn week(machine: &Machine, key: &str) -> serde_json::Value {
    machine.items(&["--json", "week", "show", key]).remove(0)
}

/// Maya is clear, Raj breaches, in two weeks.
fn two_people() -> Machine {
    let machine = Machine::new();
    machine.ok(&["person", "add", "Maya"]);
    machine.ok(&["person", "add", "Raj"]);
    for monday in ["2026-04-20", "2026-04-27"] {
        logged(&machine, "Maya", &[(monday, "s", 1_400)]);
        logged(&machine, "Raj", &[(monday, "s", 700), (monday, "r", 700)]);
    }
    machine
}

#[test]
fn a_week_is_closed_by_each_person_for_themselves() {
    let machine = two_people();
    machine.ok(&["config", "set", "me", "Maya"]);
    for key in ["2026-W17", "2026-W18"] {
        assert_eq!(machine.run(&["week", "close", key]).code, 0);
        assert_eq!(week(&machine, key)["verdict"], "clear");
    }
    machine.ok(&["config", "set", "me", "Raj"]);
    let seen = week(&machine, "2026-W18");
    assert_eq!((&seen["verdict"], &seen["lived"]["reactive"]), (&"breach".into(), &700.into()));
    assert!(machine.ok(&["week", "history", "2026-W18", "--weeks", "2"]).contains("breach"));
    machine.ok(&["week", "close", "2026-W17"]);
    let closed = machine.run(&["week", "close", "2026-W18"]);
    assert_eq!(closed.code, 0, "{}", closed.err);
    assert!(closed.err.contains("x1 drafted"), "{}", closed.err);
    // What was logged since changes neither, and each is corrected by itself.
    logged(&machine, "Raj", &[("2026-04-28", "s", 600)]);
    machine.ok(&["week", "close", "2026-W18", "--correct", "Tuesday was late"]);
    machine.ok(&["config", "set", "me", "Maya"]);
    let seen = week(&machine, "2026-W18");
    assert_eq!((&seen["verdict"], &seen["lived"]["strategic"]), (&"clear".into(), &1_400.into()));
    assert!(machine.run(&["escalation", "draft"]).err.contains("no closed week breached"));
    let team = machine.items(&["--json", "week", "show", "2026-W18", "--team"]);
    assert_eq!(team[0]["lived"]["strategic"], 1_400 + 1_300);
    // All of it goes with the file.
    let file = machine.ok(&["export", "json"]);
    let again = Machine::new();
    std::fs::write(again.path("all.json"), &file).unwrap();
    again.ok(&["import", "all.json"]);
    again.ok(&["config", "set", "me", "Raj"]);
    assert!(again.run(&["week", "close", "2026-W17"]).err.contains("was closed"));
    assert_eq!(again.ok(&["export", "json"]), file);
}

#[test]
fn a_closing_without_a_name_is_of_whoever_closed_it() {
    let machine = two_people();
    // Nobody is known here: as weeks were closed before closings had names.
    machine.ok(&["entry", "add", "Memo on:2026-04-28 est:1200m band:s"]);
    machine.ok(&["week", "close", "2026-W18"]);
    machine.ok(&["config", "set", "me", "Maya"]);
    let seen = week(&machine, "2026-W18");
    assert_eq!(seen["lived"]["strategic"], 1_200, "{seen}");
    assert!(machine.run(&["week", "close", "2026-W18"]).err.contains("was closed"));
}

#[test]
fn a_team_are_those_who_work_in_it() {
    let machine = two_people();
    let available = |machine: &Machine, key: &str| -> (i64, usize) {
        let team = machine.items(&["--json", "week", "show", key, "--team"]).remove(0);
        (team["available"].as_i64().unwrap(), team["members"].as_array().unwrap().len())
    };
    assert_eq!(available(&machine, "2026-W18"), (4_800, 2));
    machine.ok(&["person", "add", "Dana role:leader influence:3"]);
    machine.ok(&["person", "add", "Sam role:sales"]);
    machine.ok(&["request", "add", "Deck from:Cy est:2h"]);
    assert_eq!(available(&machine, "2026-W18"), (4_800, 2));
    // Who logged nothing this week works in the team all the same; so does who has agreed minutes.
    assert_eq!(available(&machine, "2026-W19"), (4_800, 2));
    machine.ok(&["person", "add", "Ana weekly_minutes:20h"]);
    machine.ok(&["person", "add", "Ben role:pmm"]);
    assert_eq!(available(&machine, "2026-W18"), (4_800 + 1_200 + 2_400, 4));
}

#[test]
fn time_is_of_whoever_sits_here() {
    let machine = Machine::new();
    machine.ok(&["config", "set", "me", "Maya"]);
    // Nobody is called so yet: whoever logs the first time is made with it, in one step.
    let added = machine.run(&["entry", "add", "Deal desk on:2026-05-04 at:09:00 est:2h band:r"]);
    assert!(added.err.contains("new person u1 Maya"), "{}", added.err);
    machine.ok(&["block", "add", "Memo on:2026-05-07 at:09:00 est:2h band:s"]);
    on(&machine, "2026-05-06T09:00", &["timer", "start", "Calls"]);
    let sheet = "\"User\",\"Description\",\"Start date\",\"Start time\",\"End date\",\"End time\",\"Duration\"\n\
                 \"Maya\",\"Deck\",\"2026-05-05\",\"09:00:00\",\"2026-05-05\",\"10:00:00\",\"01:00:00\"\n";
    std::fs::write(machine.path("time.csv"), sheet).unwrap();
    machine.ok(&["import", "time.csv"]);
    assert!(machine.ok(&["import", "time.csv"]).contains("+0 new"));
    machine.ok(&["asset", "add", "Page est:3h"]);
    machine.ok(&["week", "fill", "2026-W19"]);
    let mine = |machine: &Machine, key: &str| week(machine, key)["lived"]["reactive"].clone();
    assert_eq!(mine(&machine, "2026-W19"), 120);
    // Somebody else at the same file sees none of it, and times their own work.
    machine.ok(&["config", "set", "me", "Raj"]);
    machine.ok(&["person", "add", "Rajesh"]);
    assert_eq!(mine(&machine, "2026-W19"), 0);
    assert_eq!(week(&machine, "2026-W19")["planned"]["strategic"], 0);
    assert!(on(&machine, "2026-05-06T10:00", &["timer", "status"]).contains("no timer"));
    on(&machine, "2026-05-06T10:00", &["timer", "start", "Demo"]);
    on(&machine, "2026-05-06T11:00", &["timer", "stop"]);
    machine.ok(&["config", "set", "me", "maya"]);
    on(&machine, "2026-05-06T12:00", &["timer", "stop"]);
    let all = machine.items(&["--json", "entry", "list"]);
    let of = |title: &str| {
        let found = all.iter().find(|one| one["title"] == title).unwrap();
        (found["person"].as_str().unwrap().to_owned(), found["minutes"].as_i64().unwrap())
    };
    assert_eq!(of("Demo"), ("Raj".to_owned(), 60));
    assert_eq!(of("Calls"), ("Maya".to_owned(), 180));
    assert_eq!(of("Deck"), ("Maya".to_owned(), 60));
    let blocks = machine.items(&["--json", "block", "list"]);
    assert!(blocks.len() > 2 && blocks.iter().all(|one| one["person"] == "Maya"), "{blocks:?}");
}

#[test]
fn each_has_the_meetings_of_their_own_calendar() {
    let machine = Machine::new();
    let text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:both\n\
                DTSTART:20260505T090000Z\nDTEND:20260505T100000Z\nSUMMARY:Deal desk\nEND:VEVENT\n\
                END:VCALENDAR\n";
    std::fs::write(machine.path("work.ics"), text).unwrap();
    let planned = |machine: &Machine| {
        let shown = machine.ok(&["week", "show", "2026-W19"]);
        shown.matches("Deal desk").count()
    };
    for who in ["Maya", "Raj"] {
        machine.ok(&["person", "add", who]);
    }
    machine.ok(&["config", "set", "me", "Maya"]);
    machine.ok(&["import", "work.ics"]);
    assert!(machine.ok(&["import", "work.ics"]).contains("+0 new"));
    assert_eq!(planned(&machine), 1);
    machine.ok(&["config", "set", "me", "Raj"]);
    assert_eq!(planned(&machine), 0);
    // The same invitation in the calendar of somebody else is theirs too.
    for new in ["+1 new", "+0 new"] {
        assert!(machine.ok(&["import", "work.ics"]).contains(new), "{new}");
        assert_eq!(planned(&machine), 1);
    }
    machine.ok(&["config", "set", "me", "Maya"]);
    assert_eq!(planned(&machine), 1);
    // Nobody said who sits here: all of it, and a word where people have time of their own.
    machine.ok(&["entry", "add", "Memo on:2026-05-04 est:2h band:s"]);
    machine.ok(&["config", "set", "me", "Zoe"]);
    assert_eq!(planned(&machine), 2);
    let told = machine.run(&["week", "show", "2026-W19"]);
    assert!(told.err.contains("prewire config set me NAME says who you are"), "{}", told.err);
}

#[test]
fn the_weeks_of_the_team_raise_a_memo_of_their_own() {
    let machine = two_people();
    let close = |who: &str, key: &str| {
        machine.ok(&["config", "set", "me", who]);
        machine.run(&["week", "close", key]).err
    };
    for (who, key) in [("Maya", "2026-W17"), ("Maya", "2026-W18"), ("Raj", "2026-W17")] {
        assert!(!close(who, key).contains("drafted"), "{who} {key}");
    }
    let told = close("Raj", "2026-W18");
    assert!(told.contains("x1 drafted: Reactive work above 20% in W17 and W18"), "{told}");
    let team = "x2 drafted: Reactive work of the team above 20% in W17 and W18";
    assert!(told.contains(team), "{told}");
    let memo = machine.items(&["--json", "escalation", "show", "x2"]).remove(0);
    let text = memo["memo"].as_str().unwrap();
    assert!(
        text.contains("Reactive work of the team was 25.0% and 25.0% in W17 and W18"),
        "{text}"
    );
    assert_eq!((&memo["tags"][0], &memo["person"]), (&"team".into(), &serde_json::Value::Null));
    // One is open; sending and answering it are those of any.
    assert!(machine.run(&["escalation", "draft", "--team"]).err.contains("x2 is open already"));
    let shown = machine.ok(&["week", "show", "2026-W18", "--team"]);
    assert!(shown.contains("x2 drafted, not sent"), "{shown}");
    let figures = machine.items(&["--json", "week", "figures", "2026-W18"]);
    let figure = figures.iter().find(|one| one["title"] == "Reactive, team").unwrap();
    assert_eq!(figure["value"], "25.0%, breach");
    assert_eq!(figure["inputs"]["Raj"], "11 h 40 of 23 h 20, 50.0%, breach");
    // A correction that clears the team takes the draft back.
    logged(&machine, "Raj", &[("2026-04-28", "s", 1_000)]);
    let told = machine.run(&["week", "close", "2026-W18", "--correct", "Tuesday was late"]).err;
    assert!(told.contains("x2 → Trash"), "{told}");
    // Whoever works alone is no team; nobody closed in time, and the rule says so by itself.
    let machine = two_people();
    assert!(
        on(&machine, "2026-05-20", &["today"])
            .contains("the team is over the limit in W17 and W18")
    );
    machine.ok(&["config", "set", "me", "Maya"]);
    let drafted = on(&machine, "2026-05-20", &["escalation", "draft", "--team"]);
    assert!(drafted.contains("Reactive work of the team"), "{drafted}");
}

#[test]
fn a_timer_counts_the_minutes_that_passed_when_the_clocks_change() {
    let machine = Machine::new();
    machine.ok(&["config", "set", "zone", "Europe/Berlin"]);
    let ran = |from: &str, to: &str| -> (String, Vec<(String, i64)>) {
        on(&machine, from, &["timer", "start", "Night"]);
        let told = on(&machine, to, &["timer", "status"]);
        on(&machine, to, &["timer", "stop", "--keep"]);
        let all = machine.items(&["--json", "entry", "list"]);
        let mut found: Vec<(String, i64)> = all
            .iter()
            .map(|one| {
                let when =
                    format!("{} {}", one["on"].as_str().unwrap(), one["at"].as_str().unwrap());
                (when, one["minutes"].as_i64().unwrap())
            })
            .collect();
        found.sort();
        machine.ok(&["undo"]);
        machine.ok(&["undo"]);
        (told.split(" since").next().unwrap().to_owned(), found)
    };
    let whole = |at: &str, minutes: i64| (at.to_owned(), minutes);
    let (told, found) = ran("2026-10-24T23:00", "2026-10-25T04:00");
    assert_eq!(told, "6 h");
    assert_eq!(found, [whole("2026-10-24 23:00", 60), whole("2026-10-25 00:00", 300)]);
    let (told, found) = ran("2026-03-29T01:30", "2026-03-29T03:30");
    assert_eq!((told.as_str(), found), ("1 h", vec![whole("2026-03-29 01:30", 60)]));
    let (told, found) = ran("2026-03-28T23:00", "2026-03-29T04:00");
    assert_eq!(told, "4 h");
    assert_eq!(found, [whole("2026-03-28 23:00", 60), whole("2026-03-29 00:00", 180)]);
    let (told, _) = ran("2026-05-05T09:00", "2026-05-05T10:30");
    assert_eq!(told, "1 h 30");
}

#[test]
fn time_over_midnight_that_is_edited_again_stays_one() {
    let machine = Machine::new();
    let lengths = |kind: &str| -> Vec<(String, i64)> {
        let all = machine.items(&["--json", kind, "list"]);
        let one = |one: &serde_json::Value| {
            (one["ref"].as_str().unwrap().to_owned(), one["minutes"].as_i64().unwrap())
        };
        let mut all: Vec<_> = all.iter().map(one).collect();
        all.sort();
        all
    };
    let of = |all: &[(&str, i64)]| -> Vec<(String, i64)> {
        all.iter().map(|(name, minutes)| ((*name).to_owned(), *minutes)).collect()
    };
    machine.ok(&["block", "add", "Late on:2026-05-10 at:23:15 est:45m band:s"]);
    let told = machine.run(&["block", "edit", "k1", "--minutes", "60m"]);
    assert!(told.err.contains("goes on as k2, Mon 11 May 00:00, 15 m"), "{}", told.err);
    assert_eq!(lengths("block"), of(&[("k1", 45), ("k2", 15)]));
    machine.ok(&["block", "edit", "k1", "--minutes", "60m"]);
    assert_eq!(lengths("block"), of(&[("k1", 45), ("k2", 15)]));
    machine.ok(&["block", "edit", "k1", "--minutes", "90m"]);
    assert_eq!(lengths("block"), of(&[("k1", 45), ("k2", 45)]));
    machine.ok(&["undo"]);
    assert_eq!(lengths("block"), of(&[("k1", 45), ("k2", 15)]));
    // Later by a quarter: the sum stays.
    machine.ok(&["block", "edit", "k1", "--at", "23:30"]);
    assert_eq!(lengths("block"), of(&[("k1", 30), ("k2", 30)]));
    machine.ok(&["entry", "add", "Night on:2026-05-05 at:23:00 est:1h"]);
    for _ in 0..2 {
        machine.ok(&["entry", "edit", "t1", "--minutes", "2h"]);
        assert_eq!(lengths("entry"), of(&[("t1", 60), ("t2", 60)]));
    }
    // Leave of several days is said twice, and taken once.
    machine.ok(&["block", "add", "Away on:2026-06-01 est:8h band:off"]);
    for _ in 0..2 {
        machine.ok(&["block", "edit", "k3", "--minutes", "3d"]);
        assert_eq!(lengths("block").len(), 5);
    }
}

#[test]
fn what_gives_way_frees_something_and_enough_is_said() {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win rate due:2026-06-30"]);
    machine.ok(&["asset", "add", "Memo"]);
    machine.ok(&["request", "add", "Huge deck est:16h due:2026-05-08"]);
    machine.ok(&["asset", "add", "Playbook est:7h"]);
    let accept = |what: &str| {
        let words = ["request", "triage", "r1", "--accept", "--displace", what];
        machine.run(&[&words[..], &["--decision", "Which?", "--signal", "Two deals"]].concat())
    };
    // An outcome and work without time free nothing.
    for what in ["o1", "a1"] {
        let refused = accept(what);
        assert_eq!(refused.code, 4);
        assert!(refused.err.contains("frees nothing"), "{}", refused.err);
    }
    machine.ok(&["block", "add", "Memo for:a1 on:2026-05-07 at:09:00 est:1h band:e"]);
    let card = machine.ok(&["request", "triage", "r1"]);
    assert!(card.contains("that frees 1 h of 8 h; 7 h still have no room"), "{card}");
    let triage = machine.items(&["--json", "request", "triage", "r1"]).remove(0);
    assert_ne!(triage["suggested"], "trade", "{triage}");
    // Beyond the budget what is named gives enough, however little the week has to give (I7).
    let refused = accept("a1");
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("ll that is planned in that week gives 1 h"), "{}", refused.err);
    assert_eq!(accept("a1,a2").code, 0);
    machine.ok(&["undo"]);
    machine.ok(&["request", "triage", "r1", "--trade"]);
    let reply = machine.items(&["--json", "request", "show", "r1"]).remove(0)["reply"].to_string();
    assert!(reply.contains("But that frees 1 h of 8 h"), "{reply}");
    // What fits is put off, and nothing is said to be dropped for it.
    machine.ok(&["request", "add", "Small est:30m"]);
    machine.ok(&["request", "triage", "r2", "--defer", "next mon"]);
    let reply = machine.items(&["--json", "request", "show", "r2"]).remove(0)["reply"].to_string();
    assert!(!reply.contains("without dropping"), "{reply}");
}

#[test]
fn requests_have_one_budget_and_a_running_week_is_closed_with_a_word() {
    let machine = Machine::new();
    machine.ok(&["request", "policy", "--budget", "10%"]);
    machine.ok(&["request", "add", "Deck est:1h"]);
    let triage = machine.items(&["--json", "request", "triage", "r1"]).remove(0);
    assert_eq!(triage["left"], 240);
    let figures = machine.ok(&["week", "figures"]);
    assert!(figures.contains("the intake policy gives requests 10 % of the week"), "{figures}");
    let budget = machine.items(&["--json", "week", "figures"]);
    let left = budget.iter().find(|one| one["title"] == "Reactive budget left").unwrap();
    assert_eq!(left["value"], "4 h");
    let closed = machine.run(&["week", "close", "2026-W19"]);
    assert!(closed.err.contains("2026-W19 runs until Sun 10 May"), "{}", closed.err);
}

#[test]
fn work_is_shared_out_by_whose_idea_it_was() {
    let machine = Machine::new();
    for (at, origin) in [(1, "self-initiated"), (2, "requested"), (3, "recurring")] {
        machine.ok(&["asset", "add", &format!("Work {at} origin:{origin}")]);
    }
    machine.ok(&["asset", "add", "Nobody said"]);
    for (at, minutes) in [(1, 300), (2, 200), (3, 100), (4, 300)] {
        let line = format!("Work for:a{at} on:2026-05-0{at} est:{minutes}m band:s");
        machine.ok(&["entry", "add", &line]);
    }
    machine.ok(&["entry", "add", "Loose on:2026-05-05 est:100m band:s"]);
    let figures = machine.items(&["--json", "week", "figures"]);
    let origin = figures.iter().find(|one| one["title"] == "Origin, May").unwrap();
    assert_eq!(
        origin["value"],
        "self-initiated 30 %, requested 20 %, recurring 10 %, not said 40 %"
    );
    assert_eq!(origin["n"], 4);
    assert_eq!(origin["inputs"]["not said"], "6 h 40 on 1 item");
    let report = machine.ok(&["report", "month"]);
    assert!(report.contains("Whose idea it was: self-initiated 30 %"), "{report}");
}
