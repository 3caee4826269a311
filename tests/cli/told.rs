//! What is said late, again or from a pipe: it is told where it counts, counted once, and never
//! thrown away unsaid.

use crate::program::Machine;

fn week(machine: &Machine, key: &str) -> serde_json::Value {
    machine.items(&["--json", "week", "show", key]).remove(0)
}

#[test]
fn what_is_logged_after_a_week_was_closed_is_told_beside_its_figures() {
    let machine = Machine::new();
    for (line, band) in [("Memo on:2026-04-27 est:10h", 's'), ("Page on:2026-04-28 est:10h", 'e')] {
        machine.ok(&["entry", "add", &format!("{line} band:{band}")]);
    }
    machine.ok(&["entry", "add", "Desk on:2026-04-29 est:4h band:r"]);
    machine.ok(&["week", "close", "2026-W18"]);
    let closed = machine.ok(&["week", "figures", "2026-W18"]);
    assert_eq!(week(&machine, "2026-W18")["since_closing"], serde_json::json!({}));
    machine.ok(&["entry", "add", "Late on:2026-04-30 est:100m band:r"]);
    machine.ok(&["entry", "edit", "t1", "--estimate", "9h"]);
    let shown = machine.ok(&["week", "show", "2026-W18"]);
    assert!(shown.contains("S −1 h, R +1 h 40 since closing, not in these figures"), "{shown}");
    assert!(shown.contains("prewire week close 2026-W18 --correct"), "{shown}");
    let seen = week(&machine, "2026-W18");
    assert_eq!(seen["since_closing"], serde_json::json!({ "strategic": -60, "reactive": 100 }));
    assert_eq!(seen["lived"]["reactive"], 240);
    // The figures behind it are those that were frozen: minutes, and how many entries.
    let figures = |text: &str| -> Vec<String> {
        let lines = text.lines().take_while(|line| !line.starts_with("Modes"));
        lines.filter(|line| !line.contains("strict")).map(str::to_owned).collect()
    };
    let after = machine.ok(&["week", "figures", "2026-W18"]);
    assert_eq!(figures(&after), figures(&closed));
    assert!(after.contains("n = 3") && !after.contains("n = 4"), "{after}");
    machine.ok(&["week", "close", "2026-W18", "--correct", "Thursday was logged late"]);
    let seen = week(&machine, "2026-W18");
    assert_eq!(
        (&seen["verdict"], &seen["since_closing"]),
        (&"breach".into(), &serde_json::json!({}))
    );
    assert!(machine.ok(&["week", "figures", "2026-W18"]).contains("n = 4"));
}

#[test]
fn a_record_is_known_by_its_id_in_any_workspace_and_keeps_its_number() {
    let machine = Machine::new();
    for at in 1..=12 {
        machine.ok(&["decision", "add", &format!("Question {at}?")]);
    }
    machine.ok(&["export", "madr", "--out", "records/"]);
    let other = ["--db", "other.db"];
    let on = |words: &[&str]| machine.run(&[&other[..], words].concat());
    assert_eq!(on(&["import", "records/"]).code, 0);
    let second = on(&["decision", "show", "d2"]);
    assert!(second.out.contains("Question 2?"), "{}", second.out);
    // Other names for the same files: nothing is new.
    let folder = machine.path("records");
    for (at, entry) in std::fs::read_dir(&folder).unwrap().enumerate() {
        std::fs::rename(entry.unwrap().path(), folder.join(format!("renamed-{at}.md"))).unwrap();
    }
    let again = on(&["import", "records/"]);
    assert!(again.err.contains("is here already"), "{}", again.err);
    let all = on(&["decision", "list", "--jsonl", "--limit", "0"]).out;
    assert_eq!(all.lines().count(), 12, "{all}");
    // Where the number is taken, the next one is given.
    machine.ok(&["--db", "third.db", "decision", "add", "Ours?"]);
    machine.ok(&["--db", "third.db", "import", "records/"]);
    let ours = machine.ok(&["--db", "third.db", "decision", "show", "d1"]);
    let theirs = machine.ok(&["--db", "third.db", "decision", "list", "Question", "--limit", "0"]);
    assert!(ours.contains("Ours?") && theirs.contains("Question 12?"), "{ours}\n{theirs}");
}

#[test]
fn lines_of_a_pipe_reach_their_part_whatever_stands_before_it() {
    let begun = || {
        let machine = Machine::new();
        machine.ok(&["decision", "add", "Which tier? due:fri"]);
        machine.ok(&["metric", "add", "Adoption unit:percent cadence:week"]);
        machine.ok(&["metric", "record", "Adoption", "20%", "period:2026-W17"]);
        for title in ["Deal desk", "Zebra"] {
            machine.ok(&["entry", "add", &format!("{title} on:2026-05-05 at:09:30 est:40m")]);
        }
        machine
    };
    for (lines, kept) in [
        ("moved: Raj agreed on d1\n", "Raj agreed on d1"),
        ("metric: 26%\n", "26%"),
        ("metric: 26%\nmoved: Raj agreed on d1\n", "26%"),
        ("yesterday: e\nmoved: Raj agreed on d1\n", "Raj agreed on d1"),
        // A blank line takes the guess; what has none is left, and the next line is not its band.
        ("\nRaj agreed on d1\n", "Raj agreed on d1"),
    ] {
        let machine = begun();
        let ended = machine.fed(&["checkin"], lines);
        assert_eq!(ended.code, 0, "{lines:?}: {}", ended.err);
        assert!(ended.out.contains(kept), "{lines:?}: {}\n{}", ended.out, ended.err);
    }
    let machine = begun();
    let refused = machine.fed(&["checkin"], "9 r\n");
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("1 line was not taken in"), "{}", refused.err);
}

#[test]
fn a_no_is_told_in_the_words_of_who_says_it() {
    let machine = Machine::new();
    for words in [["outcome", "add", "Win rate"], ["outcome", "add", "Adoption"]] {
        machine.ok(&words);
    }
    machine.ok(&["request", "add", "Deck from:sam est:2h"]);
    let no = |words: &str| machine.run(&["request", "triage", "r1", "--no", words]);
    for nothing in ["it does serve o1", "serves o2", "because"] {
        let ended = no(nothing);
        assert_eq!(ended.code, 4, "{nothing}: {}", ended.err);
        assert!(ended.err.contains("(I8)"), "{nothing}: {}", ended.err);
    }
    for (words, told) in [
        ("o2 comes first this quarter", "on now: “Adoption” comes first this quarter."),
        ("it does not serve o2, and sales has one", "serve “Adoption”, and sales has one."),
        ("it does not serve o2", "it does not serve “Adoption”, agreed on"),
        ("rule 1: nobody is free", "The reason: rule 1: nobody is free."),
    ] {
        let ended = no(words);
        assert!(ended.out.contains(told), "{words}: {}\n{}", ended.out, ended.err);
        machine.ok(&["undo"]);
    }
    machine.ok(&["request", "triage", "r1", "--self-serve", "the library"]);
    let ended = no("it does not serve o2");
    assert_eq!(ended.code, 4, "{}", ended.out);
    assert!(ended.err.contains("already self-served"), "{}", ended.err);
}

#[test]
fn time_without_a_band_shows_its_guess_in_lists() {
    let machine = Machine::new();
    machine.ok(&["entry", "add", "Deal desk on:2026-05-05 at:09:30 est:40m"]);
    machine.ok(&["entry", "add", "Zebra on:2026-05-05 at:11:00 est:1h"]);
    let list = machine.ok(&["entry", "list"]);
    assert!(list.contains("reactive?"), "{list}");
    let guesses: Vec<_> = machine
        .items(&["--json", "entry", "list", "--sort", "ref"])
        .into_iter()
        .map(|entry| entry["guess"].clone())
        .collect();
    assert_eq!(guesses, [serde_json::json!("reactive"), serde_json::Value::Null]);
}

#[test]
fn what_is_not_decided_is_not_announced() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    let ended = machine.run(&["decision", "announce", "d1"]);
    assert_eq!(ended.code, 4, "{}", ended.out);
    assert!(ended.err.contains("nothing to announce yet"), "{}", ended.err);
    machine.ok(&["decision", "decide", "d1", "--rationale", "It is cheap"]);
    let told = machine.items(&["--json", "decision", "announce", "d1"]).remove(0);
    assert_eq!(told["ref"], "d1");
    assert!(told["text"].as_str().unwrap().contains("It is cheap"), "{told}");
    // What was superseded stands behind another, and is not put again.
    machine.ok(&["decision", "supersede", "d1", "Which tier now?"]);
    machine.ok(&["decision", "decide", "d2", "--rationale", "It is dear"]);
    let ended = machine.run(&["decision", "reopen", "d1", "--reason", "again"]);
    assert_eq!(ended.code, 4, "{}", ended.out);
    assert!(ended.err.contains("superseded"), "{}", ended.err);
}

#[test]
fn a_sheet_is_mine_by_its_name_too_and_bad_rows_are_left_out_when_asked() {
    let machine = Machine::new();
    machine.ok(&["config", "set", "me", "Maya"]);
    let header = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,\
                  End date,End time,Duration,Tags\n";
    let row = |user: &str, mail: &str, day: &str| {
        format!("{user},{mail},,,,Memo,No,{day},09:00:00,{day},10:00:00,01:00:00,reactive\n")
    };
    let text = [
        header.to_owned(),
        row("Maya", "m@x.example", "2026-05-04"),
        row("Raj Mehta", "r@x.example", "2026-05-04"),
        row("Maya", "m@x.example", "soon"),
    ];
    std::fs::write(machine.path("toggl.csv"), text.concat()).unwrap();
    let refused = machine.run(&["import", "toggl.csv"]);
    assert_eq!(refused.code, 4, "{}", refused.err);
    assert!(refused.err.contains("line 4"), "{}", refused.err);
    machine.ok(&["import", "toggl.csv", "--skip-bad"]);
    let entries = machine.items(&["--json", "entry", "list"]);
    assert_eq!(entries.len(), 2);
    let people = machine.ok(&["person", "list"]);
    assert!(people.contains("Raj Mehta") && !people.contains("M@"), "{people}");
    assert_eq!(entries.iter().filter(|entry| entry["person"] == "Maya").count(), 1);
    assert!(entries.iter().all(|entry| entry["guess"] == "reactive"), "{entries:?}");
    let calendar = "Subject,Start Date,Start Time,End Date,End Time\n\
                    Call,30.05.2026,09:00,30.05.2026,09:30\nBad,30.05.2026,09:00,29.05.2026,09:30\n";
    std::fs::write(machine.path("cal.csv"), calendar).unwrap();
    assert_eq!(machine.run(&["import", "cal.csv"]).code, 4);
    machine.ok(&["import", "cal.csv", "--skip-bad"]);
    assert_eq!(machine.items(&["--json", "meeting", "list"]).len(), 1);
}

#[test]
fn a_whole_day_as_outlook_writes_it_takes_no_time_of_the_week() {
    let machine = crate::calendar::machine();
    let text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:fair\n\
                DTSTART;TZID=W. Europe Standard Time:20260507T000000\n\
                DTEND;TZID=W. Europe Standard Time:20260508T000000\n\
                X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nSUMMARY:Fair\nEND:VEVENT\nEND:VCALENDAR\n";
    std::fs::write(machine.path("fair.ics"), text).unwrap();
    machine.ok(&["import", "fair.ics"]);
    let seen = week(&machine, "2026-W19");
    assert_eq!((&seen["meeting_minutes"], &seen["free"]), (&0.into(), &2400.into()));
}

#[test]
fn what_the_program_notes_of_a_link_nobody_says() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    machine.ok(&["evidence", "add", "IT fears rollout seg:mid stage:proposal"]);
    machine.ok(&["decision", "decide", "d1", "--rationale", "It is cheap"]);
    machine.ok(&["decision", "basis", "d1", "add", "e1"]);
    for words in [
        &["edit", "e1", "--linked-at", "2026-05-01"][..],
        &["edit", "e1", "--late", "no"],
        &["add", "e1", "--linked_at", "2026-05-01"],
    ] {
        let ended = machine.run(&[&["decision", "basis", "d1"][..], words].concat());
        assert_ne!(ended.code, 0, "{words:?}: {}", ended.out);
        assert!(!ended.err.contains("Did you mean --linked-at"), "{}", ended.err);
    }
    let given = r#"{"item":"e1","linked_at":"2026-01-01T00:00:00.000Z","late":"no"}"#;
    machine.fed(&["decision", "basis", "d1", "add", "-"], given);
    let shown = machine.items(&["--json", "decision", "show", "d1"]).remove(0);
    assert_eq!(shown["rests_on"][0]["late"], "yes", "{shown}");
}

#[test]
fn a_name_on_a_decision_that_was_taken_is_not_removed_for_good() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier? approver:dana"]);
    machine.ok(&["decision", "decide", "d1", "--rationale", "It is cheap"]);
    machine.ok(&["person", "add", "Raj"]);
    machine.ok(&["rm", "u1,u2"]);
    let ended = machine.run(&["trash", "purge", "u1", "--yes"]);
    assert_eq!(ended.code, 4, "{}", ended.out);
    assert!(ended.err.contains("named in d1") && ended.err.contains("(I4)"), "{}", ended.err);
    machine.ok(&["trash", "purge", "u2", "--yes"]);
    // Once the decision itself is gone, so may be the name.
    machine.ok(&["rm", "d1"]);
    machine.ok(&["trash", "purge", "u1,d1", "--yes"]);
}

#[test]
fn a_short_flag_that_help_names_is_one() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier? +o"]);
    machine.ok(&["decision", "add", "Which name?"]);
    for (words, file) in [
        (&["report", "pack"][..], "pack.md"),
        (&["export", "csv", "decision"], "all.csv"),
        (&["decision", "page", "d1"], "d1.md"),
        (&["export", "madr", "d1"], "m.md"),
    ] {
        machine.ok(&[words, &["-o", file]].concat());
        let text = std::fs::read_to_string(machine.path(file)).unwrap();
        assert!(text.contains("Which tier?"), "{words:?}: {text}");
    }
    machine.ok(&["export", "madr", "decision", "-o", "all/"]);
    assert_eq!(std::fs::read_dir(machine.path("all")).unwrap().count(), 2);
    // Where nothing is written, it is the tag that something has not.
    let listed = machine.ok(&["decision", "list", "-o"]);
    assert!(listed.contains("Which name?") && !listed.contains("Which tier?"), "{listed}");
}

#[test]
fn what_something_else_holds_up_is_not_announced_as_free() {
    let machine = Machine::new();
    for title in ["Pricing page", "Deck"] {
        machine.ok(&["asset", "add", title]);
    }
    machine.ok(&["decision", "add", "Which tier? blocks:a1,a2"]);
    machine.ok(&["decision", "add", "Which name? blocks:a2"]);
    machine.ok(&["decision", "decide", "d1", "--rationale", "It is cheap"]);
    let told = machine.ok(&["decision", "announce", "d1"]);
    assert!(told.contains("Pricing page") && !told.contains("Deck"), "{told}");
}

#[test]
fn who_pushes_back_or_escalates_offers_something_to_choose_from() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    machine.ok(&["decision", "pushback", "d1", "add", "It will not land"]);
    let shown = machine.ok(&["decision", "show", "d1"]);
    assert!(shown.contains("names no option"), "{shown}");
    machine.ok(&["decision", "pushback", "d1", "edit", "1", "--instead", "Tier 2"]);
    assert!(!machine.ok(&["decision", "show", "d1"]).contains("names no option"));
    machine.ok(&["escalation", "add", "By hand"]);
    let ended = machine.run(&["escalation", "send", "x1"]);
    assert_eq!(ended.code, 4, "{}", ended.out);
    assert!(ended.err.contains("no memo"), "{}", ended.err);
}

#[test]
fn a_day_has_a_note_by_command_too() {
    let machine = Machine::new();
    let on = |args: &[&str]| machine.ok(&[&["--today", "2026-05-06"], args].concat());
    on(&["note", "add", "Lunch with Sam:", "the fee hurts"]);
    on(&["note", "add", "Call legal", "--on", "yesterday"]);
    assert_eq!(on(&["note"]), "Wed 6 May\n   Lunch with Sam: the fee hurts\n");
    let all = on(&["note", "list"]);
    assert!(all.find("Lunch") < all.find("Call legal"), "{all}");
    let json = on(&["note", "show", "2026-05-05", "--json"]);
    assert!(json.contains("\"ref\":\"2026-05-05\"") && json.contains("Call legal"), "{json}");
    assert!(on(&["today"]).contains("Noted: Lunch with Sam: the fee hurts"));
    on(&["note", "rm"]);
    assert_eq!(on(&["note"]), "");
    on(&["undo"]);
    assert!(on(&["note"]).contains("Lunch"), "undone");
}

#[test]
fn items_of_several_kinds_are_one_table() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Who signs? due:2026-05-06"]);
    machine.ok(&["asset", "add", "Deck for sales due:2026-05-06"]);
    let table = machine.ok(&["--today", "2026-05-06", "due", "--csv"]);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(lines[0].starts_with("\"ref\",\"id\",\"kind\",\"title\",\"state\",\"due\""), "{table}");
    assert!(lines.iter().all(|line| line.matches("\",\"").count() == 8), "{table}");
}

#[test]
fn a_page_tells_of_the_first_that_serve_and_where_the_rest_is() {
    let machine = Machine::new();
    machine.ok(&["bet", "add", "Lead with audit readiness"]);
    let lines = "Deck for:b1\n".repeat(100);
    assert_eq!(machine.fed(&["asset", "add", "-"], &lines).code, 0);
    assert!(!machine.ok(&["bet", "show", "b1"]).contains("and more"));
    machine.ok(&["asset", "add", "One more for:b1"]);
    let told = machine.ok(&["bet", "show", "b1"]);
    assert_eq!(told.lines().filter(|line| line.ends_with("(idea)")).count(), 100, "{told}");
    assert!(told.contains("and more: filter for:b1"), "{told}");
}
