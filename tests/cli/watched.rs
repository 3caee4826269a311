//! Calendars that are watched: whose they are, a place once, and zones that only a file explains.

use std::fs;

use crate::calendar::{WORK, machine, week};
use crate::program::Machine;

/// A folder with one calendar file in it.
fn folder(machine: &Machine, name: &str) -> String {
    fs::create_dir(machine.path(name)).unwrap();
    fs::write(machine.path(name).join("work.ics"), WORK).unwrap();
    machine.path(name).canonicalize().unwrap().display().to_string()
}

fn sits(machine: &Machine, name: &str) {
    machine.ok(&["config", "set", "me", name]);
}

fn meetings(machine: &Machine) -> i64 {
    week(machine, "2026-W19")["meeting_minutes"].as_i64().unwrap()
}

fn listed(machine: &Machine) -> Vec<(String, String)> {
    let text = |one: &serde_json::Value, name: &str| one[name].as_str().unwrap_or("").to_owned();
    let all = machine.items(&["week", "calendar", "list"]);
    all.iter().map(|one| (text(one, "ref"), text(one, "of"))).collect()
}

#[test]
fn only_who_watches_a_calendar_ends_that() {
    let machine = machine();
    sits(&machine, "Maya");
    let place = folder(&machine, "cal");
    machine.ok(&["week", "calendar", "add", &place, "--name", "Work"]);
    sits(&machine, "Raj");
    machine.ok(&["person", "add", "Raj"]);
    let before = machine.file();
    let refused = machine.run(&["week", "calendar", "rm", "Work"]);
    assert_eq!(refused.code, 4);
    assert_eq!(
        refused.err,
        "prewire: the calendar Work is watched by Maya, and only they end that. Nothing was changed. \
         Try: prewire config set me 'Maya' if that is you\n"
    );
    assert!(before == machine.file());
    assert_eq!(listed(&machine), [("Work".to_owned(), "Maya".to_owned())]);
    sits(&machine, "maya");
    machine.ok(&["week", "calendar", "rm", "Work"]);
    assert!(listed(&machine).is_empty());
}

#[test]
fn a_place_is_watched_once_by_a_person() {
    let machine = machine();
    sits(&machine, "Maya");
    let place = folder(&machine, "cal");
    machine.ok(&["week", "calendar", "add", &place, "--name", "Work"]);
    let file = format!("{place}/work.ics");
    for (path, why) in [(&place, "is watched already, as Work"), (&file, "is watched as Work")] {
        let refused = machine.run(&["week", "calendar", "add", path, "--name", "Again"]);
        assert_eq!(refused.code, 4, "{}", refused.err);
        assert!(refused.err.contains(why), "{}", refused.err);
        assert!(refused.err.contains("rm 'Work' ends that"), "{}", refused.err);
    }
    // The same name and place is no mistake, and another place under it is where it moved to.
    machine.ok(&["week", "calendar", "add", &place, "--name", "Work"]);
    assert_eq!(meetings(&machine), 330);
    machine.ok(&["week", "calendar", "rm", "Work"]);
    machine.ok(&["week", "calendar", "add", &file, "--name", "One"]);
    let refused = machine.run(&["week", "calendar", "add", &place, "--name", "All"]);
    assert!(refused.err.contains("is watched already, as One"), "{}", refused.err);
    // Somebody else has a machine of their own, where the path is theirs.
    sits(&machine, "Raj");
    machine.ok(&["person", "add", "Raj"]);
    machine.ok(&["week", "calendar", "add", &file, "--name", "One"]);
    assert_eq!(
        listed(&machine),
        [("One".to_owned(), "Maya".to_owned()), ("One (Raj)".to_owned(), String::new())]
    );
    assert_eq!(meetings(&machine), 330);
}

#[test]
fn a_calendar_of_nobody_is_taken_by_who_watches_its_place() {
    let machine = machine();
    let place = folder(&machine, "cal");
    machine.ok(&["week", "calendar", "add", &place, "--name", "Old"]);
    machine.ok(&["person", "add", "Raj"]);
    sits(&machine, "Raj");
    assert_eq!(meetings(&machine), 330);
    let told = machine.ok(&["week", "calendar", "list"]);
    assert!(told.contains("nobody's; week calendar add with its path"), "{told}");
    sits(&machine, "Maya");
    let taken = machine.run(&["week", "calendar", "add", &place, "--name", "Work"]);
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert!(taken.err.contains("calendar Old is read from"), "{}", taken.err);
    assert!(taken.err.contains("and is yours from now on"), "{}", taken.err);
    assert_eq!(meetings(&machine), 330);
    assert_eq!(machine.items(&["meeting", "list"]).len(), 4);
    sits(&machine, "Raj");
    assert_eq!(listed(&machine), [("Old".to_owned(), "Maya".to_owned())]);
    assert_eq!(meetings(&machine), 0);
    machine.ok(&["undo"]);
    assert_eq!(meetings(&machine), 330);
}

#[test]
fn a_zone_that_only_the_file_explains_is_read_by_its_rules() {
    let machine = machine();
    let explained = WORK.replace("W. Europe Standard Time", "Customized Time Zone").replace(
        "BEGIN:VEVENT\nUID:63dh",
        "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\n\
         BEGIN:STANDARD\nDTSTART:16010101T020000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\n\
         TZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nEND:STANDARD\n\
         BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\n\
         TZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nEND:DAYLIGHT\nEND:VTIMEZONE\n\
         BEGIN:VEVENT\nUID:63dh",
    );
    fs::write(machine.path("work.ics"), &explained).unwrap();
    let done = machine.run(&["import", "work.ics"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let told =
        "the zone “Customized Time Zone” is read as America/New_York, which shows the same time";
    assert!(done.err.contains(told), "{}", done.err);
    // Two in the afternoon of New York.
    assert_eq!(week(&machine, "2026-W19")["meetings"][1]["at"], "20:00");
    // What somebody says goes before.
    machine.ok(&["import", "work.ics", "--zone", "Customized Time Zone=Europe/Berlin"]);
    assert_eq!(week(&machine, "2026-W19")["meetings"][1]["at"], "14:00");
    // Rules that no zone has are asked for, each with what to type.
    let odd = explained.replace("BYMONTH=11", "BYMONTH=9");
    fs::write(machine.path("odd.ics"), odd.replace("Customized Time Zone", "Ours")).unwrap();
    let asked = machine.run(&["import", "odd.ics"]);
    assert_eq!(asked.code, 4);
    assert!(asked.err.contains("--zone \"Ours=Europe/Berlin\""), "{}", asked.err);
}

#[test]
fn an_answer_says_what_was_granted_in_its_first_word() {
    let machine = Machine::new();
    let answered = |words: &[&str]| {
        machine.ok(&["escalation", "add", "Reactive work above its limit"]);
        let all = machine.items(&["escalation", "list"]);
        let newest = all.iter().map(|one| one["ref"].as_str().unwrap()).max().unwrap().to_owned();
        let mut call = vec!["escalation", "answer", &newest];
        call.extend(words);
        let ended = machine.run(&call);
        assert_eq!(ended.code, 0, "{}", ended.err);
        let shown = machine.items(&["escalation", "show", &newest]).remove(0);
        (shown["answer"].as_str().unwrap().to_owned(), shown["answer_note"].clone())
    };
    assert_eq!(answered(&["accepted"]), ("accepted".to_owned(), serde_json::Value::Null));
    assert_eq!(
        answered(&["scope:", "no", "decks"]),
        ("scope".to_owned(), serde_json::json!("no decks"))
    );
    assert_eq!(
        answered(&["kind:capacity", "from", "July"]),
        ("capacity".to_owned(), serde_json::json!("from July"))
    );
    assert_eq!(
        answered(&["scope", "--note", "no decks until July"]),
        ("scope".to_owned(), serde_json::json!("no decks until July"))
    );
    assert_eq!(
        answered(&["--note", "slip until June"]),
        ("accepted".to_owned(), serde_json::json!("slip until June"))
    );
}

#[test]
fn no_more_is_free_than_is_to_come_and_filling_tells_when() {
    let machine = Machine::new();
    machine.ok(&["asset", "add", "Page est:8h"]);
    let at = |today: &str, words: &[&str]| {
        let mut call = vec!["--today", today];
        call.extend(words);
        machine.run(&call)
    };
    let room = |today: &str| {
        let shown = at(today, &["week", "show", "2026-W19"]).out;
        let line = shown.lines().find(|line| line.contains("reactive budget")).unwrap().to_owned();
        line.split(" · ").last().unwrap().to_owned()
    };
    assert_eq!(room("2026-05-04T09:00"), "40 h free");
    assert_eq!(room("2026-05-08T15:10"), "1 h 45 free");
    assert_eq!(room("2026-05-08T17:30"), "no free hours left");
    assert_eq!(room("2026-05-09T09:00"), "no free hours left");
    let dry = at("2026-05-08T15:10", &["week", "fill", "--dry-run"]);
    assert!(dry.out.contains("k1  Fri 8 May 15:15  S"), "{}", dry.out);
    assert!(dry.err.contains("filled 2026-W19: 3 blocks, 1 h 45"), "{}", dry.err);
    assert_eq!(at("2026-05-09T09:00", &["week", "fill"]).code, 4);
    let seen = machine.items(&["--today", "2026-05-08T15:10", "week", "show"]).remove(0);
    assert_eq!((&seen["free"], &seen["free_ahead"]), (&2_400.into(), &105.into()));
    machine.ok(&["week", "terms", "--hours", "10:00-16:00"]);
    assert_eq!(room("2026-05-01T09:00"), "30 h free");
}

#[test]
fn each_publishes_their_plan_into_a_folder_of_their_own() {
    let machine = machine();
    let plans = |machine: &Machine, name: &str| {
        let read = fs::read_dir(machine.path(name));
        read.map(Iterator::count).unwrap_or_default()
    };
    let publish = |machine: &Machine, name: &str| {
        let folder = machine.path(name).display().to_string();
        machine.ok(&["week", "calendar", "publish", &folder]);
    };
    for who in ["Maya", "Raj"] {
        sits(&machine, who);
        machine.ok(&["block", "add", "Memo on:2026-05-08 at:09:00 est:1h band:s"]);
    }
    sits(&machine, "Maya");
    publish(&machine, "maya");
    sits(&machine, "Raj");
    machine.ok(&["block", "add", "Deck on:2026-05-08 at:10:00 est:1h band:e"]);
    assert_eq!((plans(&machine, "maya"), plans(&machine, "raj")), (1, 0));
    publish(&machine, "raj");
    assert_eq!((plans(&machine, "maya"), plans(&machine, "raj")), (1, 2));
    machine.ok(&["week", "calendar", "publish", "--off"]);
    // The same person by a longer name.
    machine.ok(&["edit", "u1", "Maya Okafor"]);
    sits(&machine, "maya okafor");
    machine.ok(&["block", "add", "Page on:2026-05-08 at:11:00 est:1h band:e"]);
    assert_eq!(plans(&machine, "maya"), 2);
}

#[test]
fn what_i_declined_under_the_address_on_record_takes_no_time() {
    let machine = machine();
    machine.ok(&["person", "add", "Maya", "--email", "maya@example.com"]);
    sits(&machine, "Maya");
    let declined = WORK.replace(
        "SUMMARY:Deal desk",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:Maya@Example.com\nSUMMARY:Deal desk",
    );
    fs::write(machine.path("work.ics"), declined).unwrap();
    let done = machine.run(&["import", "work.ics"]);
    assert!(done.err.contains("1 declined"), "{}", done.err);
    assert_eq!(meetings(&machine), 300);
    // Nor does where I work.
    let elsewhere = WORK.replace("BUSYSTATUS:BUSY", "BUSYSTATUS:WORKINGELSEWHERE");
    fs::write(machine.path("work.ics"), elsewhere).unwrap();
    machine.ok(&["import", "work.ics"]);
    assert_eq!(meetings(&machine), 30);
}

#[test]
fn a_zone_is_said_where_a_calendar_is_watched_or_read() {
    let machine = machine();
    let strange = |name: &str| {
        fs::write(machine.path("work.ics"), WORK.replace("W. Europe Standard Time", name)).unwrap();
    };
    let path = machine.path("work.ics").display().to_string();
    strange("Bureau");
    let asked = machine.run(&["week", "calendar", "add", &path]);
    assert_eq!(asked.code, 4);
    assert!(asked.err.contains("--zone \"Bureau=Europe/Berlin\""), "{}", asked.err);
    assert!(!machine.workspace().exists());
    machine.ok(&["week", "calendar", "add", &path, "--zone", "Bureau=Asia/Tokyo"]);
    assert_eq!(week(&machine, "2026-W19")["meetings"][1]["at"], "07:00");
    strange("Office");
    let asked = machine.run(&["week", "calendar", "read"]);
    assert_eq!(asked.code, 18);
    assert!(asked.err.contains("--zone \"Office=Europe/Berlin\""), "{}", asked.err);
    machine.ok(&["week", "calendar", "read", "--zone", "Office=Europe/Berlin"]);
    assert_eq!(week(&machine, "2026-W19")["meetings"][1]["at"], "14:00");
    strange("Bureau");
    machine.ok(&["week", "calendar", "read"]);
    assert_eq!(week(&machine, "2026-W19")["meetings"][1]["at"], "07:00");
}
