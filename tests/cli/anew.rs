//! Questions that come back, what lets people go or stands against a decision, tags that name a band,
//! and files that say something odd.

use crate::program::Machine;

/// A question of high stake, framed, with two options; Dana decides.
fn framed(machine: &Machine) {
    machine.ok(&["decision", "add", "Which tier? stake:high approver:dana needed_by:2026-05-08"]);
    let frame =
        ["--happening", "H", "--matters", "M", "--now", "N", "--risk", "R", "--signal", "S"];
    machine.ok(&[&["decision", "frame", "d1"][..], &frame].concat());
    for option in ["A", "B"] {
        let words = ["decision", "option", "d1", "add", option, "--gains", "g", "--gives-up", "u"];
        machine.ok(&words);
    }
    machine.ok(&["decision", "option", "d1", "edit", "a", "--recommend"]);
}

fn on(day: &str, words: &[&str], machine: &Machine) -> (i32, String) {
    let ended = machine.run(&[words, &["--today", day]].concat());
    (ended.code, format!("{}{}", ended.out, ended.err))
}

#[test]
fn a_question_that_was_reopened_is_spoken_of_anew() {
    let machine = Machine::new();
    framed(&machine);
    let let_go = machine.run(&["decision", "edit", "d1", "--stake", "medium"]);
    assert!(let_go.err.contains("Dana need not be spoken to any more"), "{}", let_go.err);
    machine.ok(&["undo"]);
    let held = ["--held", "2026-05-05", "--stance", "against", "--objection", "Too dear"];
    machine.ok(&[&["decision", "prewire", "d1", "@dana"][..], &held].concat());
    let decide = ["decision", "decide", "d1", "--option", "b", "--rationale", "Cheaper"];
    let decided = machine.run(&decide);
    assert!(
        decided.err.contains("Dana decides, and was against when spoken to"),
        "{}",
        decided.err
    );
    assert!(decided.err.contains("still open: “Too dear”"), "{}", decided.err);
    let refused = machine.run(&["decision", "edit", "d1", "--needed-by", "2026-06-01"]);
    assert!(refused.err.contains("“needed by” cannot change any more (I4)"), "{}", refused.err);
    on("2026-05-20", &["decision", "reopen", "d1", "--reason", "Two deals lost"], &machine);
    assert_eq!(machine.items(&["decision", "show", "d1"])[0]["state"], "prewiring");
    let listed = on("2026-05-20", &["decision", "list", "is:unwired"], &machine).1;
    assert!(listed.contains("d1"), "{listed}");
    let (code, told) = on("2026-05-20", &decide, &machine);
    assert_eq!(code, 4);
    assert!(told.contains("since it was reopened on 20 May (I3)"), "{told}");
    let pack = on("2026-05-20", &["report", "pack"], &machine).1;
    assert!(pack.contains("Dana, against, held 5 May 2026, before it was reopened"), "{pack}");
    on("2026-05-20", &["decision", "prewire", "d1", "@dana", "--held", "today"], &machine);
    assert_eq!(on("2026-05-20", &decide, &machine).0, 0);
}

#[test]
fn the_pack_names_who_was_not_asked() {
    let machine = Machine::new();
    framed(&machine);
    let pack = machine.ok(&["report", "pack"]);
    assert!(pack.contains("Pre-wires: nobody yet\n\n- Dana, not asked yet"), "{pack}");
}

#[test]
fn a_card_that_was_answered_is_not_among_the_rest() {
    let machine = Machine::new();
    for due in 1..=3 {
        machine.ok(&["decision", "add", &format!("Question {due}? due:2026-05-0{due}")]);
    }
    machine.fed(&["standup"], "w fri\nq\n");
    let ended = machine.fed(&["standup"], "\n\n\n\n");
    assert!(ended.out.contains("3 looked at one by one\n"), "{}", ended.out);
    assert!(!ended.out.contains("acknowledged"), "{}", ended.out);
}

#[test]
fn a_tag_that_names_a_band_goes_before_the_words_of_a_title() {
    let machine = Machine::new();
    let sheet = "User,Project,Description,Start date,Start time,End date,End time,Duration,Tags\n\
                 Maya,,Battlecard,2026-05-04,09:00:00,2026-05-04,10:00:00,01:00:00,strategic\n\
                 Maya,Big Deals,Battlecard,2026-05-04,11:00:00,2026-05-04,12:00:00,01:00:00,\n";
    std::fs::write(machine.path("time.csv"), sheet).unwrap();
    machine.ok(&["import", "time.csv"]);
    let guesses = |machine: &Machine| -> Vec<String> {
        let all = machine.items(&["--json", "entry", "list"]);
        let mut all: Vec<String> =
            all.iter().map(|one| one["guess"].as_str().unwrap_or("none").to_owned()).collect();
        all.sort();
        all
    };
    assert_eq!(guesses(&machine), ["execution", "strategic"]);
    machine.ok(&["week", "rules", "set", "calendar big deals", "r"]);
    assert_eq!(guesses(&machine), ["reactive", "strategic"]);
}

#[test]
fn what_a_calendar_says_oddly_is_asked_bounded_and_told_by_its_last_revision() {
    let machine = Machine::new();
    machine.ok(&["config", "set", "zone", "Europe/Berlin"]);
    let calendar = |name: &str, lines: &str| {
        let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{lines}END:VCALENDAR\n");
        std::fs::write(machine.path(name), text).unwrap();
        machine.run(&["import", name])
    };
    let event = |uid: &str, lines: &str| format!("BEGIN:VEVENT\nUID:{uid}\n{lines}END:VEVENT\n");
    let office = "DTSTART;TZID=Office:20260505T090000\nDTEND;TZID=Europe/Berlin:20260505T100000\n";
    let asked = calendar("office.ics", &event("o", office));
    assert!(asked.err.contains("which zone is “Office”?"), "{}", asked.err);
    let hours = |rule: &str| {
        format!("DTSTART:20260506T060000Z\nDTEND:20260506T061500Z\nRRULE:{rule}\nSUMMARY:Pulse\n")
    };
    assert_eq!(calendar("pulse.ics", &event("p", &hours("FREQ=HOURLY;COUNT=5"))).code, 0);
    assert_eq!(machine.ok(&["week", "show"]).matches("Pulse").count(), 5);
    for rule in ["FREQ=HOURLY", "FREQ=MINUTELY;COUNT=5000", "FREQ=HOURLY;COUNT=3;BYDAY=MO"] {
        let refused = calendar("more.ics", &event("m", &hours(rule)));
        assert!(refused.err.contains("is more often than daily"), "{rule}: {}", refused.err);
    }
    let revised = |sequence: u8, hour: u8, title: &str| {
        let when = format!("DTSTART:20260507T{hour:02}0000Z\nDTEND:20260507T{hour:02}3000Z\n");
        event("r", &format!("SEQUENCE:{sequence}\n{when}SUMMARY:{title}\n"))
    };
    let both = revised(0, 7, "Old") + &revised(3, 10, "New");
    assert_eq!(calendar("revised.ics", &both).code, 0);
    let listed = machine.ok(&["meeting", "list"]);
    assert!(listed.contains("New") && !listed.contains("Old"), "{listed}");
}

#[test]
fn a_record_whose_date_is_none_says_so_and_a_bet_runs_once_it_is_said_what_proves_it() {
    let machine = Machine::new();
    let record = "---\nstatus: accepted\ndate: 2026-02-30\n---\n# Use X\n## Considered Options\n* A\n\
                  * B\n## Decision Outcome\nChosen option: \"A\", because it is good.\n";
    std::fs::write(machine.path("use.md"), record).unwrap();
    let told = machine.run(&["import", "use.md"]);
    assert!(
        told.err.contains("“2026-02-30” is no date; today stands in its place"),
        "{}",
        told.err
    );
    machine.ok(&["bet", "add", "Proof first"]);
    let refused = machine.run(&["bet", "edit", "b1", "--state", "running"]);
    assert_eq!(refused.code, 4);
    let asks = "before b1 runs, say which decision it improves and what signal would prove it";
    assert!(refused.err.contains(asks), "{}", refused.err);
    machine.ok(&["bet", "edit", "b1", "improves:d1", "signal:Two won", "state:running"]);
    assert_eq!(machine.items(&["bet", "show", "b1"])[0]["state"], "running");
}
