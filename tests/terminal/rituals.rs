//! The journeys of the rituals on the real program, keys counted; killed in the middle, nothing
//! that was said is lost.

use std::process::Command;

use crate::pty::{Session, command, home};

/// The same command line without a terminal.
fn run(home: &std::path::Path, words: &[&str], input: Option<&str>) -> String {
    use std::io::Write as _;
    let mut command = Command::new(env!("CARGO_BIN_EXE_prewire"));
    for (name, folder) in
        [("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config")]
    {
        command.env(name, home.join(folder));
    }
    command.env("HOME", home).env_remove("PREWIRE_DB").args(["--today", "2026-05-06"]).args(words);
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    command.stderr(std::process::Stdio::null());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.unwrap_or("").as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// Forty late decisions, each with two options and a recommendation.
fn forty(home: &std::path::Path) {
    let lines: Vec<String> =
        (1..=40).map(|at| format!("Question {at}? due:2026-05-01 @maya")).collect();
    run(home, &["decision", "add", "-"], Some(&lines.join("\n")));
    for at in 1..=40 {
        let own = format!("d{at}");
        run(home, &["decision", "option", &own, "add", "Yes", "--recommend"], None);
    }
}

#[test]
fn journey_three_forty_decisions_at_most_three_keys_a_card() {
    let home = home();
    forty(home.path());
    let mut session = Session::start(command(home.path()));
    session.wait("Question 1?");
    session.keys("Rs").wait("1 of 40");
    let before = session.keys;
    for at in 1..=40 {
        // Decided by option and reason, deferred, or kept, in turn.
        match at % 3 {
            0 => session.keys("x1\r"),
            _ => session.keys("\r"),
        };
        let next = if at < 40 { format!("{} of 40", at + 1) } else { "looked at one".to_owned() };
        session.wait(&next);
    }
    let keys = session.keys - before;
    assert!(keys <= 40 * 3, "{keys} keys");
    session.wait("27 kept as they are");
    session.keys("\r").wait("standup done");
    session.keys("q");
    assert_eq!(session.end(), 0);
    let decided =
        run(home.path(), &["--plain", "decision", "list", "state:decided", "--closed"], None);
    assert_eq!(decided.lines().count(), 13, "{decided}");
}

#[test]
fn journey_two_a_check_in_takes_at_most_twelve_keys() {
    let home = home();
    for line in [
        "Acme renewal on:2026-05-05 at:09:30 est:40m",
        "Launch standup on:2026-05-05 at:10:30 est:30m",
        "Positioning workshop on:2026-05-05 at:13:00 est:2h",
        "Zebra on:2026-05-05 at:16:00 est:1h",
    ] {
        run(home.path(), &["entry", "add", line], None);
    }
    run(home.path(), &["decision", "add", "Which tier? due:fri"], None);
    let mut session = Session::start(command(home.path()));
    session.wait("Check-in not done");
    session.keys("Rc").wait("? no guess");
    session.keys("\r").wait("3 rows");
    session.keys("e").wait("What moved a decision");
    session.keys("\r").wait("Launch standup: execution");
    session.keys("\r").wait("check-in done");
    assert!(session.keys <= 12, "{} keys", session.keys);
    session.keys("q");
    assert_eq!(session.end(), 0);
    let open = run(home.path(), &["--plain", "entry", "list", "band:u"], None);
    assert_eq!(open, "");
}

#[test]
fn a_standup_that_is_killed_goes_on_with_nothing_lost() {
    let home = home();
    forty(home.path());
    let mut session = Session::start(command(home.path()));
    session.wait("Question 1?");
    session.keys("Rs").wait("1 of 40");
    session.keys("\r").wait("2 of 40");
    session.keys("x1\r").wait("3 of 40");
    Session::signal_to(session.drawing(), "KILL");
    session.child.wait().unwrap();
    let mut again = Session::start(command(home.path()));
    again.wait("was left");
    again.keys("Rs").wait("3 of 40").wait("goes on where it was left");
    again.keys("u").wait("2 of 40");
    again.keys("\x1b").wait("left at 1 of 40");
    again.keys("q");
    assert_eq!(again.end(), 0);
}
