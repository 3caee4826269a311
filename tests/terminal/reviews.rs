//! The reviews on the real program, over the workspace of the demo: a Monday and the start of a
//! quarter, keys counted, killed at a moment and taken up again with nothing lost.

use std::path::Path;
use std::process::Command;

use crate::pty::{Session, home, on};

/// The same command line without a terminal, on a day.
fn run(home: &Path, day: &str, words: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prewire"));
    for (name, folder) in
        [("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config")]
    {
        command.env(name, home.join(folder));
    }
    command.env("HOME", home).env_remove("PREWIRE_DB").args(["--today", day]).args(words);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The demo as it stood on a day, where the program looks for the workspace.
fn demo(home: &Path, day: &str) {
    let folder = home.join("data/prewire");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("workspace.db");
    run(home, day, &["demo", "--keep", file.to_str().unwrap()]);
}

const MONDAY: &str = "2026-05-04";

#[test]
fn journey_one_a_monday_from_outcomes_to_a_plan_of_twelve_lines() {
    let home = home();
    demo(home.path(), MONDAY);
    let mut session = Session::start(on(home.path(), MONDAY));
    session.wait("Today");
    let before = session.keys;
    session.keys("Rm").wait("Which outcome does this week serve first?");
    session.wait("Improve win rate in upper mid-market");
    session.keys("\r").wait("What changed in who buys, or why?");
    session.wait("Calls and interviews last week");
    session.keys("\r").wait("What did rivals do or say");
    session.keys("\r").wait("What keeps a launch from its date");
    session.keys("X").wait("dropped");
    session.keys("\r").wait("up to five");
    session.keys(" j ").wait("chosen");
    session.keys("\r").wait("What is blocked, and does it fit?");
    session.keys("f").wait("Planned: ");
    session.keys("\r").wait("What will it say?");
    let typed = "Why tier two wins kind:decision-memo\r";
    session.keys(typed).wait("Why tier two wins");
    session.keys("\r").wait("# Monday review");
    let keys = session.keys - before - typed.len();
    assert!(keys <= 16, "{keys} keys");
    let screen = session.screen.screen().contents();
    let plan = screen.lines().filter(|line| line.trim_start().starts_with("- ")).count();
    assert!((8..=12).contains(&plan), "{plan} lines:\n{screen}");
    // What was copied is said on Today, in the words that were on the screen.
    session.keys("y\r").gone("enter closes");
    session.keys("q");
    assert_eq!(session.end(), 0);
    assert!(run(home.path(), MONDAY, &["artefact", "list"]).contains("Why tier two wins"));
}

#[test]
fn a_monday_that_is_killed_goes_on_with_nothing_lost() {
    let home = home();
    demo(home.path(), MONDAY);
    let mut session = Session::start(on(home.path(), MONDAY));
    session.wait("Today");
    session.keys("Rm").wait("Which outcome does this week serve first?");
    session.keys("\r").wait("What changed in who buys, or why?");
    session.keys("aMid-market asks for proof\r").wait("added");
    Session::signal_to(session.drawing(), "KILL");
    session.child.wait().unwrap();
    let mut again = Session::start(on(home.path(), MONDAY));
    again.wait("was left");
    again.keys("Rm").wait("Mid-market asks for proof").wait("goes on where it was left");
    again.keys("\x1b").gone("Segment shifts");
    again.keys("q");
    assert_eq!(again.end(), 0);
}

const QUARTER: &str = "2026-07-01";

#[test]
fn journey_seven_a_quarter_is_closed_and_the_next_begins() {
    let home = home();
    demo(home.path(), "2026-05-05");
    let mut session = Session::start(on(home.path(), QUARTER));
    session.wait("Today");
    let before = session.keys;
    session.keys("Rq").wait("1 of 3").wait("Close the outcomes");
    let lesson = "Proof beats claims\r";
    session.keys("x").wait("lesson");
    session.keys(lesson).wait("2 of 3");
    let reason = "Began too late\r";
    session.keys("m").wait("esson");
    session.keys(reason).wait("3 of 3");
    session.keys("\r").wait("Review the decisions").wait("Predicted: 75 % sure");
    let happened = "Nobody asked\r";
    session.keys("v").wait("Did d29 work?");
    session.keys("y").wait("what happened");
    session.keys(happened).wait("2 of 2");
    session.keys("v").wait("Did d30 work?");
    session.keys("n").wait("what happened");
    session.keys(happened).wait("Carry or kill the bets").wait("1 of 4");
    session.keys("X").wait("reason");
    session.keys(reason).wait("2 of 4");
    // Killed in the middle: what was said is there, and the third bet waits.
    session.keys("\r").wait("3 of 4");
    Session::signal_to(session.drawing(), "KILL");
    session.child.wait().unwrap();
    let first = session.keys - before;

    let mut session = Session::start(on(home.path(), QUARTER));
    session.wait("was left");
    session.keys("Rq").wait("3 of 4").wait("goes on where it was left");
    session.keys("\r").wait("4 of 4");
    session.keys("\r").wait("Choose at most three outcomes");
    session.wait("Lift activation on the new Clear pricing tier");
    let outcome = "Deeper use in ten accounts baseline:10 target:30 due:eoq\r";
    session.keys("a").wait("choose at most three outcomes");
    session.keys(outcome).wait("Deeper use in ten accounts");
    session.keys("\r").wait("One metric for each marketer");
    session.keys("j ").wait("chosen");
    // Who matters is asked how they see it; it can wait.
    session.keys("\r").wait("1 in the way").wait("enter adds it");
    session.keys("\x1b").gone("enter adds it");
    session.keys("\t").wait("0 to 4, three minutes");
    session.keys("33321232233").wait("Are you asked in before commitments?");
    session.keys("2").wait("The next ninety days").wait("The weakest: ");
    session.keys("\r").wait("# Quarter start");
    session.keys("G");
    session.keys("\r").wait("quarter start done");
    let typed = lesson.len() + 2 * reason.len() + 2 * happened.len() + outcome.len();
    let keys = first + session.keys - typed;
    assert!(keys <= 44, "{keys} keys");
    session.keys("q");
    assert_eq!(session.end(), 0);

    let closed = run(home.path(), QUARTER, &["--plain", "outcome", "list", "--closed"]);
    assert!(closed.contains("met") && closed.contains("missed"), "{closed}");
    let plans = run(home.path(), QUARTER, &["--plain", "plan", "list"]);
    assert!(plans.contains("active"), "{plans}");
    let history = run(home.path(), QUARTER, &["history"]);
    assert!(history.contains("Quarter start, Wed 1 Jul 2026: "), "{history}");
    run(home.path(), QUARTER, &["undo", "--group"]);
    let open = run(home.path(), QUARTER, &["--plain", "outcome", "list"]);
    assert_eq!(open.lines().count(), 3, "{open}");
}
