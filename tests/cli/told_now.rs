//! What is told of the present: figures of the last period that is over, files that tell what
//! nobody recorded, milestones with what they wait for.

use crate::program::Machine;

/// The Wednesday of week 19, and the one after it.
const WEDNESDAY: &str = "2026-05-06";
const NEXT: &str = "2026-05-13";

fn status(machine: &Machine, day: &str) -> serde_json::Value {
    machine.items(&["--today", day, "metric", "status"]).swap_remove(0)
}

fn file(machine: &Machine, name: &str, text: &str) -> String {
    let path = machine.path(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn what_is_counted_reads_the_last_period_that_is_over() {
    let machine = Machine::new();
    let deals = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date\n\
                 1,A,closedwon,100,2026-03-20,2026-03-01\n2,B,closedlost,50,2026-03-21,2026-03-02\n";
    let deals = file(&machine, "deals.csv", deals);
    machine.ok(&["deal", "import", &deals]);
    machine.ok(&["metric", "add", "close-rate target:60 baseline:40"]);
    assert_eq!(status(&machine, "2026-04-10")["figure"], "1 of 2");
    let later = status(&machine, "2026-07-10");
    assert_eq!((&later["figure"], &later["status"]), (&"no data".into(), &"no data".into()));
    let sentence = later["sentence"].as_str().unwrap();
    assert!(sentence.ends_with("since March"), "{sentence}");
}

#[test]
fn a_figure_of_a_running_week_is_asked_again_when_it_is_over() {
    let machine = Machine::new();
    machine.ok(&[
        "metric",
        "add",
        "Wins unit:count cadence:weekly direction:up baseline:10 target:100",
    ]);
    machine.ok(&["--today", WEDNESDAY, "metric", "record", "m1", "31 period:2026-W19"]);
    let running = status(&machine, WEDNESDAY);
    assert!(running["untold"].is_null(), "nothing is asked of a week that runs: {running}");
    let over = status(&machine, NEXT);
    assert_eq!(over["due"], "2026-W19");
    assert!(over["sentence"].as_str().unwrap().contains("told before it ended"), "{over}");
    machine.ok(&["--today", NEXT, "metric", "record", "m1", "44 period:2026-W19"]);
    let told = status(&machine, NEXT);
    assert!(
        told["due"].is_null() && !told["sentence"].as_str().unwrap().contains("before"),
        "{told}"
    );
}

#[test]
fn a_watched_file_with_a_bad_row_keeps_the_last_figure_and_says_so() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Act cadence:weekly"]);
    let path = file(&machine, "live.csv", "date,Act\n2026-04-20,31%\n");
    machine.ok(&["metric", "source", "m1", "--file", &path]);
    machine.ok(&["--today", WEDNESDAY, "metric", "refresh", "m1"]);
    for bad in ["2026-04-27,garbage", "2026-04-27,nan", "notadate,35%"] {
        file(&machine, "live.csv", &format!("date,Act\n2026-04-20,31%\n{bad}\n"));
        let ended = machine.run(&["--today", WEDNESDAY, "metric", "refresh", "m1"]);
        assert_eq!(ended.code, 18, "{bad}: {}", ended.err);
        assert!(ended.err.contains("row 3"), "{bad}: {}", ended.err);
    }
    let seen = status(&machine, WEDNESDAY);
    assert_eq!(
        (&seen["figure"], &seen["source_trouble"]),
        (&"31 %".into(), &"source failed".into())
    );
    file(&machine, "live.csv", "date,Act,Oth\n2026-04-20,31%,4\n2026-04-27,32%,5\n");
    machine.ok(&["--today", WEDNESDAY, "metric", "refresh", "m1"]);
    assert_eq!(status(&machine, WEDNESDAY)["figure"], "32 %");
}

#[test]
fn a_delivery_that_was_taken_back_is_told_beside_its_source() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Act cadence:weekly"]);
    let path = file(&machine, "live.csv", "date,Act\n2026-04-20,31%\n");
    machine.ok(&["metric", "source", "m1", "--file", &path]);
    machine.ok(&["--today", WEDNESDAY, "metric", "refresh", "m1"]);
    let state = || machine.items(&["metric", "source"]).swap_remove(0)["state"].clone();
    assert_eq!(state(), "in order");
    machine.ok(&["undo"]);
    let told = state();
    let told = told.as_str().unwrap();
    assert!(told.starts_with("it tells 31 % for 2026-W17"), "{told}");
    machine.ok(&["redo"]);
    assert_eq!(state(), "in order");
}

#[test]
fn a_milestone_tells_what_it_waits_for_and_moves_no_further_than_twice_its_plan() {
    let machine = Machine::new();
    machine.ok(&["--today", WEDNESDAY, "plan", "start", "90-day", "--on", "2026-05-04"]);
    let shown = machine.ok(&["--today", WEDNESDAY, "milestone", "show", "s5"]);
    assert!(shown.contains("waits for") && shown.contains("0 of 3 outcomes agreed"), "{shown}");
    let far = machine.run(&["plan", "rebase", "s5:day181", "--reason", "x"]);
    assert_eq!(far.code, 4, "{}", far.err);
    assert!(far.err.contains("past day 180"), "{}", far.err);
    machine.ok(&["plan", "rebase", "s5:day180", "--reason", "x"]);
}

#[test]
fn people_say_when_they_were_reached_last_and_a_claim_has_one_sign() {
    let machine = Machine::new();
    machine.ok(&["person", "add", "Raj role:leader"]);
    machine.ok(&["person", "touch", "u1", "add", "called", "--reached-on", "2026-05-04"]);
    let people = machine.items(&["--today", WEDNESDAY, "person", "list"]);
    assert_eq!(people[0]["last_touch"], "2026-05-04", "{}", people[0]);
    let table = machine.ok(&["--today", WEDNESDAY, "person", "list"]);
    assert!(table.contains("last touch") && table.contains("2 d ago"), "{table}");
    machine.ok(&["claim", "add", "Rollout is feared"]);
    let line = "Heard seg:unknown stage:unknown claim:+c1 claim:-c1";
    let both = machine.run(&["evidence", "add", line]);
    assert_eq!(both.code, 4);
    assert!(both.err.contains("c1 is named with two signs"), "{}", both.err);
}

#[test]
fn the_published_plan_reminds_where_somebody_said_how_long_before() {
    let machine = Machine::new();
    let line = "Memo on:2026-05-07 at:09:00 est:60m band:s";
    machine.ok(&["--today", WEDNESDAY, "block", "add", line]);
    let folder = machine.path("plan").display().to_string();
    let publish = ["--today", WEDNESDAY, "week", "calendar", "publish"];
    machine.ok(&[&publish[..], &[&folder, "--remind", "10"]].concat());
    let read = || {
        let entry = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
        std::fs::read_to_string(entry.path()).unwrap()
    };
    assert!(read().contains("TRIGGER:-PT10M"), "{}", read());
    // A block that moves keeps its alarm; without alarms it has none.
    machine.ok(&["--today", WEDNESDAY, "block", "move", "k1", "at:10:00"]);
    assert!(read().contains("BEGIN:VALARM"), "{}", read());
    machine.ok(&[&publish[..], &["--remind", "none"]].concat());
    assert!(!read().contains("VALARM"), "{}", read());
}

#[test]
fn what_is_known_by_now_is_filled_in_when_an_artefact_goes_out() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Do we gate the price?"]);
    machine.ok(&["artefact", "add", "Memo kind:decision-memo about:d1"]);
    machine.ok(&["decision", "frame", "d1", "--happening", "Rivals publish theirs"]);
    let ended = machine.run(&["artefact", "ship", "f1"]);
    assert!(ended.err.contains("f1 ships without"), "{}", ended.err);
    let shown = machine.ok(&["artefact", "show", "f1"]);
    assert!(shown.contains("Rivals publish theirs"), "{shown}");
}

#[test]
fn slips_about_files_say_what_they_are() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Act cadence:weekly"]);
    let address = machine.run(&["metric", "source", "m1", "--file", "https://example.com/a.csv"]);
    assert_eq!(address.code, 4, "{}", address.err);
    assert!(address.err.contains("nothing is fetched"), "{}", address.err);
    let deals = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date\n\
                 1,A,Fertig,100,2026-03-20,2026-03-01\n2,B,Weg,50,2026-03-21,2026-03-02\n";
    let deals = file(&machine, "deals.csv", deals);
    let told = machine.run(&["deal", "import", &deals]);
    assert!(told.err.contains("“Fertig”, “Weg”; say --won STAGE"), "{}{}", told.out, told.err);
    machine.ok(&["metric", "record", "m1", "44% period:2026-W18"]);
    let list = machine.ok(&["metric", "observation", "m1", "list"]);
    assert!(list.contains("44 %") && !list.contains("0.44"), "{list}");
}
