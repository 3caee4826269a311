//! Calendars and time sheets in and out, as they stand on a terminal.

use std::fs;

use crate::program::Machine;

pub const WORK: &str = "BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
X-WR-CALNAME:Work
X-WR-TIMEZONE:Europe/Berlin
BEGIN:VEVENT
UID:63dh@google.com
DTSTART:20260504T073000Z
DTEND:20260504T080000Z
SUMMARY:Deal desk\\, Aurora Bank
TRANSP:OPAQUE
END:VEVENT
BEGIN:VEVENT
UID:0400000082@outlook
DTSTART;TZID=W. Europe Standard Time:20260505T140000
DTEND;TZID=W. Europe Standard Time:20260505T150000
RRULE:FREQ=DAILY;UNTIL=20260630T120000Z;INTERVAL=1
EXDATE;TZID=W. Europe Standard Time:20260507T140000
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
SUMMARY:Launch standup
END:VEVENT
BEGIN:VEVENT
UID:holiday
DTSTART;VALUE=DATE:20260508
SUMMARY:Company holiday
END:VEVENT
BEGIN:VEVENT
UID:cancelled
DTSTART:20260504T100000Z
DTEND:20260504T110000Z
STATUS:CANCELLED
SUMMARY:Cancelled
END:VEVENT
END:VCALENDAR
";

pub fn machine() -> Machine {
    let machine = Machine::new();
    machine.ok(&["config", "set", "zone", "Europe/Berlin"]);
    machine
}

pub fn week(machine: &Machine, key: &str) -> serde_json::Value {
    machine.items(&["week", "show", key]).remove(0)
}

#[test]
fn a_calendar_comes_in_and_takes_its_time_out_of_the_week() {
    let machine = machine();
    fs::write(machine.path("work.ics"), WORK).unwrap();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire import work.ics --dry-run
        prewire import work.ics
        prewire import work.ics
        prewire week show 2026-W19
        prewire meeting list
        prewire meeting edit q2 band:e
        prewire week show 2026-W20
        prewire undo
        prewire undo
        prewire meeting list
        prewire redo
        prewire history
        prewire meeting add "By hand"
        "#
    ));
    let seen = week(&machine, "2026-W19");
    assert_eq!(seen["meeting_minutes"], 30 + 5 * 60);
    assert_eq!(seen["free"], 2_400 - 330);
    assert_eq!(seen["meetings"][0]["guess"], "reactive");
}

#[test]
fn what_the_calendar_changes_changes_in_place_and_what_it_drops_goes() {
    let machine = machine();
    fs::write(machine.path("work.ics"), WORK).unwrap();
    machine.ok(&["import", "work.ics"]);
    machine.ok(&["meeting", "edit", "q1", "band:s", "+mine"]);
    let moved = WORK.replace("20260504T0", "20260506T0").replace("UID:holiday", "UID:other");
    fs::write(machine.path("work.ics"), moved).unwrap();
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire import work.ics
        prewire meeting show q1
        prewire trash list
        prewire undo
        prewire meeting list
        "
    ));
    // What comes back is itself again.
    machine.ok(&["redo"]);
    fs::write(machine.path("work.ics"), WORK).unwrap();
    machine.ok(&["import", "work.ics"]);
    let refs: Vec<String> = machine
        .items(&["meeting", "list"])
        .iter()
        .map(|item| item["ref"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(refs, ["q1", "q4", "q2", "q3"]);
}

#[test]
fn an_unknown_zone_is_asked_once_and_remembered_and_a_bad_file_is_refused_whole() {
    let machine = machine();
    let strange = WORK.replace("W. Europe Standard Time", "Customized Time Zone");
    fs::write(machine.path("strange.ics"), strange).unwrap();
    fs::write(machine.path("bad.ics"), WORK.replace("20260505T150000", "20260531T250000")).unwrap();
    fs::write(machine.path("bomb.ics"), WORK.replace("FREQ=DAILY", "FREQ=SECONDLY")).unwrap();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire import strange.ics
        prewire import bad.ics
        prewire import bomb.ics
        prewire import strange.ics --zone "Customized Time Zone=Nowhere"
        prewire import strange.ics --zone "Customized Time Zone=Europe/Berlin"
        prewire import strange.ics
        "#
    ));
    assert_eq!(week(&machine, "2026-W19")["meetings"][1]["at"], "14:00");
}

#[test]
fn a_folder_of_files_is_one_calendar() {
    let machine = machine();
    let folder = machine.path("cal");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("displayname"), "Team\n").unwrap();
    for (name, hour) in [("a", "08"), ("b", "09")] {
        let text = format!(
            "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:{name}\nDTSTART:20260506T{hour}0000Z\n\
             DURATION:PT45M\nSUMMARY:Call {name}\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        fs::write(folder.join(format!("{name}.ics")), text).unwrap();
    }
    machine.ok(&["import", "cal"]);
    let seen = week(&machine, "2026-W19");
    assert_eq!(seen["meeting_minutes"], 90);
    assert_eq!(seen["meetings"][0]["at"], "10:00");
    fs::remove_file(folder.join("a.ics")).unwrap();
    machine.ok(&["import", "cal"]);
    assert_eq!(week(&machine, "2026-W19")["meeting_minutes"], 45);
    // One bad file refuses all.
    fs::write(folder.join("c.ics"), "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n").unwrap();
    insta::assert_snapshot!(machine.transcript("prewire import cal\n"));
}

#[test]
fn time_logged_elsewhere_comes_in_as_entries() {
    let machine = machine();
    let toggl = "\u{FEFF}User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n\
        Maya,maya@example.com,,Sales support,,Deal desk,No,2026-05-04,09:30:00,2026-05-04,10:10:00,00:40:00,urgent\n\
        Maya,maya@example.com,,,,Night shift,No,2026-05-04,23:30:00,2026-05-05,00:30:00,01:00:00,\n";
    fs::write(machine.path("toggl.csv"), toggl).unwrap();
    let timew = r#"[{"id":2,"start":"20260505T070000Z","end":"20260505T083000Z","tags":["narrative"]},
        {"id":1,"start":"20260506T060000Z","tags":["now"]}]"#;
    fs::write(machine.path("timew.json"), timew).unwrap();
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire import toggl.csv
        prewire import toggl.csv
        prewire import timew.json
        prewire entry list
        prewire week show
        prewire entry classify t1 band:r
        prewire import toggl.csv
        prewire entry show t1
        "
    ));
}

#[test]
fn blocks_go_out_and_come_back_as_themselves() {
    let machine = machine();
    machine.ok(&["block", "add", "Segment memo on:2026-05-05 at:09:00 est:90m band:s"]);
    machine.ok(&["block", "add", "Leave on:2026-05-08 est:8h band:off"]);
    machine.ok(&["export", "ics", "--out", "plan.ics", "--remind", "10"]);
    let first = fs::read_to_string(machine.path("plan.ics")).unwrap();
    assert!(first.contains("DTSTART:20260505T070000Z\r\nDTEND:20260505T083000Z"), "{first}");
    assert!(first.contains("TRIGGER:-PT10M"), "{first}");
    machine.ok(&["export", "ics", "--out", "again.ics", "--remind", "10"]);
    assert_eq!(first, fs::read_to_string(machine.path("again.ics")).unwrap());
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire import plan.ics
        prewire meeting list
        prewire export ics --out cal/
        prewire block edit k1 at:10:00
        prewire rm k2
        prewire export ics --out cal/
        prewire import cal
        "
    ));
    assert_eq!(fs::read_dir(machine.path("cal")).unwrap().count(), 1);
}

#[test]
fn a_watched_calendar_is_read_again_and_what_fails_keeps_the_last_good() {
    let machine = machine();
    fs::write(machine.path("Work.ics"), WORK).unwrap();
    let path = machine.path("Work.ics").display().to_string();
    machine.ok(&["decision", "add", "Who is the ICP?"]);
    machine.ok(&["week", "calendar", "add", &path]);
    assert_eq!(week(&machine, "2026-W19")["meeting_minutes"], 330);
    fs::write(&path, WORK.replace("RRULE:FREQ=DAILY;UNTIL=20260630T120000Z;INTERVAL=1", "X-A:b"))
        .unwrap();
    machine.ok(&["week", "calendar", "read"]);
    assert_eq!(week(&machine, "2026-W19")["meeting_minutes"], 90);
    fs::write(&path, "BEGIN:VCALENDAR\nBEGIN:VEVENT\n").unwrap();
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire week calendar read
        prewire week calendar read Home
        prewire week calendar rm Home
        "
    ));
    let listed = machine.items(&["week", "calendar", "list"]);
    assert_eq!(
        (listed[0]["ref"].as_str(), listed[0]["state"].as_str()),
        (Some("Work"), Some("failed"))
    );
    assert_eq!(week(&machine, "2026-W19")["meeting_minutes"], 90);
    machine.ok(&["week", "calendar", "rm", "Work"]);
    assert_eq!(week(&machine, "2026-W19")["meeting_minutes"], 0);
    machine.ok(&["undo"]);
    assert_eq!(week(&machine, "2026-W19")["meeting_minutes"], 90);
}

#[test]
fn gaps_are_logged_guesses_accepted_and_figures_explained() {
    let machine = machine();
    fs::write(machine.path("work.ics"), WORK).unwrap();
    machine.ok(&["import", "work.ics"]);
    machine.ok(&["entry", "add", "Call on:2026-05-05 at:14:30 est:15m band:r"]);
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire week gaps --dry-run
        prewire week gaps
        prewire week gaps
        prewire rm t2
        prewire week gaps
        prewire week accept
        prewire week accept
        prewire week show
        prewire week figures
        "
    ));
    let figures = machine.items(&["week", "figures"]);
    assert_eq!(figures[0]["title"], "Reactive");
    assert_eq!(figures[0]["inputs"]["R, reactive"], "15 m");
}

#[test]
fn a_workspace_with_calendars_comes_back_from_json_as_it_was() {
    let machine = machine();
    fs::write(machine.path("work.ics"), WORK).unwrap();
    machine.ok(&["import", "work.ics"]);
    machine.ok(&["week", "gaps"]);
    let first = machine.ok(&["export", "json"]);
    fs::write(machine.path("all.json"), &first).unwrap();
    let other = machine.path("other.db").display().to_string();
    machine.ok(&["--db", &other, "import", "all.json"]);
    assert_eq!(machine.ok(&["--db", &other, "export", "json"]), first);
    machine.ok(&["--db", &other, "import", "work.ics"]);
    assert_eq!(machine.ok(&["--db", &other, "export", "json"]), first);
}

#[test]
fn two_calendars_of_one_name_take_nothing_from_each_other() {
    let machine = machine();
    fs::write(machine.path("work.ics"), WORK).unwrap();
    let other = "BEGIN:VCALENDAR\nX-WR-CALNAME:Work\nBEGIN:VEVENT\nUID:lone\nDTSTART:20260507T100000Z\n\
        DURATION:PT1H\nSUMMARY:Lone\nEND:VEVENT\nEND:VCALENDAR\n";
    fs::write(machine.path("other.ics"), other).unwrap();
    machine.ok(&["import", "work.ics"]);
    machine.ok(&["import", "other.ics"]);
    assert_eq!(week(&machine, "2026-W19")["meeting_minutes"], 390);
}

#[test]
fn a_week_with_a_change_of_the_clocks_holds_the_same_minutes_in_every_zone() {
    // A night call over the autumn change: four hours on the wall, five that pass.
    let night = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:night\nDTSTART:20261024T220000Z\n\
        DTEND:20261025T030000Z\nSUMMARY:Night\nEND:VEVENT\nEND:VCALENDAR\n";
    for zone in ["Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]
    {
        let machine = Machine::new();
        machine.ok(&["config", "set", "zone", zone]);
        fs::write(machine.path("night.ics"), night).unwrap();
        machine.ok(&["import", "night.ics"]);
        let minutes: i64 = ["2026-W43", "2026-W44"]
            .iter()
            .map(|key| week(&machine, key)["meeting_minutes"].as_i64().unwrap())
            .sum();
        assert_eq!(minutes, 300, "{zone}");
    }
}

#[test]
fn a_plan_that_goes_elsewhere_leaves_nothing_behind() {
    let machine = Machine::new();
    machine.ok(&["block", "add", "Memo on:2026-05-07 at:09:00 est:1h band:s"]);
    let files = |folder: &str| std::fs::read_dir(machine.path(folder)).map_or(0, Iterator::count);
    machine.ok(&["week", "calendar", "publish", "one"]);
    assert_eq!(files("one"), 1);
    std::fs::write(machine.path("one/theirs.ics"), "BEGIN:VCALENDAR").unwrap();
    let moved = machine.run(&["week", "calendar", "publish", "two"]);
    assert!(moved.err.contains("1 block taken out of"), "{}", moved.err);
    assert_eq!((files("one"), files("two")), (1, 1));
}

#[test]
fn time_that_two_meetings_claim_is_shared_and_both_are_logged() {
    let machine = Machine::new();
    let event = |uid: &str, title: &str, from: &str, to: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:20260504T{from}Z\r\nDTEND:20260504T{to}Z\r\n\
             SUMMARY:{title}\r\nEND:VEVENT\r\n"
        )
    };
    let both =
        event("a", "Weekly", "090000", "100000") + &event("b", "Deal desk", "093000", "100000");
    let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{both}END:VCALENDAR\r\n");
    std::fs::write(machine.path("two.ics"), text).unwrap();
    machine.ok(&["import", "two.ics"]);
    machine.ok(&["week", "gaps", "2026-W19"]);
    let logged = || {
        let mut all: Vec<(String, i64)> = machine
            .items(&["entry", "list"])
            .iter()
            .map(|one| {
                (one["title"].as_str().unwrap().to_owned(), one["minutes"].as_i64().unwrap())
            })
            .collect();
        all.sort();
        all
    };
    let wanted = [("Deal desk".to_owned(), 15), ("Weekly".to_owned(), 45)];
    assert_eq!(logged(), wanted);
    // Nothing is left, and nothing is shared out again.
    assert_eq!(machine.run(&["week", "gaps", "2026-W19"]).code, 4);
    // One of both thrown away does not give its part to the other.
    machine.ok(&["rm", "t2"]);
    let again = machine.run(&["week", "gaps", "2026-W19"]);
    assert_eq!(again.code, 4, "{}{}", again.out, again.err);
}

#[test]
fn an_archive_says_which_file_in_it_is_to_be_imported() {
    let machine = machine();
    let mut bytes = b"PK\x03\x04 what is packed".to_vec();
    let name = b"Takeout/Calendar/Work.ics";
    let mut head = vec![0_u8; 46];
    head[..4].copy_from_slice(b"PK\x01\x02");
    head[28] = u8::try_from(name.len()).unwrap();
    bytes.extend_from_slice(&head);
    bytes.extend_from_slice(name);
    fs::write(machine.path("takeout.zip"), bytes).unwrap();
    let refused = machine.run(&["import", "takeout.zip"]);
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("this is a ZIP archive, not text"), "{}", refused.err);
    let hint = "nzip it, and import Takeout/Calendar/Work.ics";
    assert!(refused.err.contains(hint), "{}", refused.err);
}

#[test]
fn a_zone_that_nobody_knows_is_asked_with_the_likeliest_answer() {
    let machine = machine();
    let event = |zone: &str| {
        format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Call\nDTSTART;TZID={zone}:20260505T090000\n\
             DTEND;TZID={zone}:20260505T100000\nEND:VEVENT\nEND:VCALENDAR\nX-COMMENT:Cached\n"
        )
    };
    for (zone, likely) in [
        ("custom_America/New_York", "--zone \"custom_America/New_York=America/New_York\""),
        ("Customized Time Zone", "--zone \"Customized Time Zone=Europe/Berlin\""),
    ] {
        fs::write(machine.path("a.ics"), event(zone)).unwrap();
        let asked = machine.run(&["import", "a.ics"]);
        assert_eq!(asked.code, 4);
        assert!(asked.err.contains(likely), "{}", asked.err);
    }
    // So many hours ahead is a zone; and what a vendor adds after the calendar harms nobody.
    fs::write(machine.path("a.ics"), event("UTC+4")).unwrap();
    machine.ok(&["import", "a.ics"]);
    assert_eq!(week(&machine, "2026-W19")["meetings"][0]["at"], "07:00");
}
