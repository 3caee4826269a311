//! Meetings as time: in the check-in, under their rules, of several people, and the plan that goes
//! out among them.

use std::fs;

use crate::calendar::{WORK, machine, week};
use crate::program::Machine;

#[test]
fn a_check_in_offers_the_meetings_of_yesterday_and_logs_them_with_their_band() {
    let machine = machine();
    fs::write(machine.path("work.ics"), WORK).unwrap();
    machine.ok(&["import", "work.ics"]);
    // Tuesday's launch standup is offered on Wednesday; said otherwise than guessed, it teaches.
    let asked = machine.items(&["checkin", "--no-input"]);
    assert_eq!(asked[0]["lines"][0]["ref"], "q2/2026-05-05T14:00+60");
    let done = machine.fed(&["checkin"], "q2 r\n\n");
    assert!(!format!("{}{}", done.out, done.err).contains("q2/"), "{}", done.err);
    assert!(done.err.contains("q2 lived: R 1 h, Launch standup"), "{}", done.err);
    let entries = machine.items(&["entry", "list"]);
    let entry = &entries[0];
    assert_eq!((&entry["title"], &entry["band"]), (&"Launch standup".into(), &"reactive".into()));
    assert_eq!((&entry["at"], &entry["minutes"]), (&"14:00".into(), &60.into()));
    assert!(machine.ok(&["week", "rules"]).contains("launch standup"));
    assert_eq!(machine.run(&["week", "gaps", "2026-W19"]).code, 0, "the deal desk of Monday");
    assert_eq!(machine.items(&["entry", "list"]).len(), 2);
}

#[test]
fn a_meeting_that_did_not_take_place_is_asked_about_once() {
    let machine = machine();
    fs::write(machine.path("work.ics"), WORK).unwrap();
    machine.ok(&["import", "work.ics"]);
    let done = machine.fed(&["checkin"], "1 X\nq\n");
    assert!(done.err.contains("q2 not lived, Launch standup"), "{}", done.err);
    let asked = machine.items(&["checkin", "--no-input"]);
    assert_eq!(asked[0]["lines"][0]["verdict"], "dropped");
    machine.ok(&["week", "gaps"]);
    let titles: Vec<_> =
        machine.items(&["entry", "list"]).iter().map(|one| one["title"].clone()).collect();
    assert_eq!(titles, ["Deal desk, Aurora Bank"]);
}

#[test]
fn a_band_that_is_said_of_a_meeting_is_learnt() {
    let machine = machine();
    fs::write(machine.path("work.ics"), WORK).unwrap();
    machine.ok(&["import", "work.ics"]);
    let told = machine.run(&["meeting", "edit", "q1", "band:s"]);
    assert!(
        told.err.contains("“deal desk aurora bank” is guessed strategic from now on"),
        "{}",
        told.err
    );
    machine.ok(&["undo"]);
    assert!(!machine.ok(&["week", "rules"]).contains("aurora"));
}

#[test]
fn time_of_several_people_goes_under_their_names() {
    let machine = machine();
    machine.ok(&["config", "set", "me", "Maya Okafor"]);
    let sheet = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n\
        Maya,maya.okafor@example.com,,,,Memo,No,2026-05-04,09:30:00,2026-05-04,10:10:00,00:40:00,\n\
        Jon Ito,jon.ito@example.com,,,,Tender,No,2026-05-04,09:00:00,2026-05-04,11:00:00,02:00:00,\n";
    fs::write(machine.path("team.csv"), sheet).unwrap();
    let told = machine.run(&["import", "team.csv"]);
    assert!(format!("{}{}", told.out, told.err).contains("jon.ito@example.com"), "{}", told.err);
    assert_eq!(week(&machine, "2026-W19")["lived"]["unclassified"], 40);
    let team = machine.items(&["week", "show", "2026-W19", "--team"]);
    assert_eq!(team[0]["lived"]["unclassified"], 160, "{team:?}");
    let again = machine.run(&["import", "team.csv"]);
    assert_eq!(again.code, 0);
    assert_eq!(machine.items(&["entry", "list"]).len(), 2);
    assert_eq!(machine.items(&["person", "list"]).len(), 2);
}

#[test]
fn the_plan_goes_into_its_folder_and_follows_every_change() {
    let machine = machine();
    machine.ok(&["block", "add", "Memo on:2026-05-07 at:09:00 est:90m band:s"]);
    machine.ok(&["block", "add", "Long ago on:2026-03-02 at:09:00 est:90m band:s"]);
    assert_eq!(machine.run(&["week", "calendar", "publish"]).code, 4);
    let folder = machine.path("plan");
    let path = folder.display().to_string();
    let told = machine.run(&["week", "calendar", "publish", &path]);
    assert!(told.err.contains("1 block in"), "{}", told.err);
    let files = || {
        let mut texts: Vec<String> = fs::read_dir(&folder)
            .unwrap()
            .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
            .collect();
        texts.sort();
        texts
    };
    assert!(files()[0].contains("DTSTART:20260507T070000Z"));
    machine.ok(&["block", "move", "k1", "on:2026-05-08"]);
    assert!(files()[0].contains("DTSTART:20260508T070000Z"));
    fs::write(folder.join("other@example.com.ics"), "theirs").unwrap();
    machine.ok(&["rm", "k1"]);
    assert_eq!(files(), ["theirs"]);
    machine.ok(&["undo"]);
    assert_eq!(files().len(), 2);
    let listed = machine.items(&["week", "calendar", "list"]);
    assert_eq!(listed[0]["state"], "published");
    machine.ok(&["week", "calendar", "publish", "--off"]);
    machine.ok(&["rm", "k1"]);
    assert_eq!(files().len(), 2);
}

#[test]
fn what_began_long_ago_or_never_ends_is_followed_and_comes_back_from_an_export() {
    let machine = Machine::new();
    let event = |uid: &str, lines: &str| {
        format!("BEGIN:VEVENT\r\nUID:{uid}\r\n{lines}SUMMARY:{uid}\r\nEND:VEVENT\r\n")
    };
    let text = [
        event("birthday", "DTSTART;VALUE=DATE:19530506\r\nRRULE:FREQ=YEARLY\r\n"),
        event("ancient", "DTSTART:19650504T090000Z\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY\r\n"),
        event(
            "forever",
            "DTSTART:20260504T110000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;UNTIL=99991231T000000Z\r\n",
        ),
        event("never", "DTSTART:99991231T090000Z\r\nDTEND:99991231T100000Z\r\n"),
    ];
    machine.write("c.ics", &format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", text.concat()));
    machine.ok(&["import", "c.ics"]);
    let week = machine.items(&["week", "show"]).remove(0);
    // Seven hours of what never ends, and half an hour of what is as old as the sixties.
    assert_eq!(week["meeting_minutes"], 450);
    assert_eq!(machine.items(&["meeting", "show", "q3"])[0]["until"], "2100-12-31");
    let bundle = machine.ok(&["export", "json"]);
    machine.write("w.json", &bundle);
    machine.ok(&["--db", "again.db", "import", "w.json"]);
    assert_eq!(machine.ok(&["--db", "again.db", "export", "json"]), bundle);
    assert!(machine.ok(&["import", "c.ics", "--dry-run"]).contains("=4 unchanged"));
}

#[test]
fn the_last_day_of_a_meeting_is_its_last_wherever_it_is_looked_at_from() {
    let machine = Machine::new();
    let event = |uid: &str, from: &str, to: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART;TZID=Pacific/Niue:{from}\r\n\
             DTEND;TZID=Pacific/Niue:{to}\r\nSUMMARY:{uid}\r\nEND:VEVENT\r\n"
        )
    };
    let text = [
        event("plain", "20260506T100000", "20260506T110000"),
        event("night", "20260506T233000", "20260507T003000"),
        event("midnight", "20260506T230000", "20260507T000000"),
    ];
    machine.write("c.ics", &format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", text.concat()));
    machine.ok(&["config", "set", "zone", "Pacific/Kiritimati"]);
    machine.ok(&["import", "c.ics"]);
    let all = machine.items(&["meeting", "list"]);
    let until: Vec<&str> = all.iter().map(|one| one["until"].as_str().unwrap()).collect();
    assert_eq!(until, ["2026-05-06", "2026-05-06", "2026-05-07"]);
    // A day and an hour later, seen from the other end of the world.
    let days: Vec<serde_json::Value> =
        machine.items(&["week", "show", "2026-W19"]).remove(0)["meetings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["on"].clone())
            .collect();
    assert_eq!(days, ["2026-05-07", "2026-05-08", "2026-05-08"]);
}

#[test]
fn a_watched_calendar_is_of_whoever_watches_it() {
    let machine = Machine::new();
    let event = |uid: &str, day: &str| {
        format!(
            "BEGIN:VEVENT\nUID:{uid}\nSUMMARY:Call {uid}\nDTSTART:{day}T090000Z\n\
             DTEND:{day}T100000Z\nEND:VEVENT\n"
        )
    };
    let write = |file: &str, events: &[String]| {
        let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{}END:VCALENDAR\n", events.concat());
        std::fs::write(machine.path(file), text).unwrap();
    };
    let calls = || machine.ok(&["week", "show", "2026-W19"]).matches("Call ").count();
    // Who sits here may say less than the whole name.
    for who in ["Maya Okafor", "Raj"] {
        machine.ok(&["person", "add", who]);
    }
    write("Work.ics", &[event("a", "20260505")]);
    machine.ok(&["config", "set", "me", "Maya"]);
    machine.ok(&["week", "calendar", "add", "Work.ics"]);
    // Somebody else does not read it, however it changed.
    write("Work.ics", &[event("a", "20260505"), event("b", "20260506")]);
    machine.ok(&["config", "set", "me", "Raj"]);
    machine.ok(&["week", "calendar", "read"]);
    assert_eq!(calls(), 0);
    let refused = machine.run(&["week", "calendar", "read", "Work"]);
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("the calendar Work is watched by Maya"), "{}", refused.err);
    assert!(machine.ok(&["week", "calendar", "list"]).contains("read by Maya"));
    // One of the same name is their own, apart.
    std::fs::create_dir(machine.path("raj")).unwrap();
    write("raj/Work.ics", &[event("c", "20260507")]);
    machine.ok(&["week", "calendar", "add", "raj/Work.ics"]);
    assert_eq!(calls(), 1);
    machine.ok(&["config", "set", "me", "Maya"]);
    machine.ok(&["week", "calendar", "read"]);
    assert_eq!(calls(), 2);
    let names: Vec<String> = machine
        .items(&["--json", "week", "calendar", "list"])
        .iter()
        .map(|one| one["ref"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, ["Work", "Work (Raj)"]);
}
