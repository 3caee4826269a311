//! Journeys 5 and 6 on the demo, keys counted: the Friday readout and the monthly review, which a
//! kill in the middle does not lose.

use std::path::Path;
use std::process::Command;

use crate::pty::{Session, command, home};

/// The demo as a workspace of one's own, on 6 May 2026.
fn demo(home: &Path) -> String {
    let file = home.join("demo.db").display().to_string();
    run(home, &["demo", "--keep", &file]);
    file
}

/// The same program as a command, on the same day.
fn run(home: &Path, words: &[&str]) {
    let ended = Command::new(env!("CARGO_BIN_EXE_prewire"))
        .env("HOME", home)
        .env("XDG_STATE_HOME", home.join("state"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_DATA_HOME", home.join("data"))
        .args(["--today", "2026-05-06"])
        .args(words)
        .output()
        .unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
}

fn session(home: &Path, file: &str) -> Session {
    let mut command = command(home);
    command.args(["--db", file]);
    let mut session = Session::start(command);
    session.wait("enter open");
    session
}

/// Goes on with Enter until the screen shows this; gives up after so many.
fn enter_until(session: &mut Session, text: &str, most: usize) {
    for _ in 0..most {
        if session.screen.screen().contents().contains(text) {
            return;
        }
        let before = session.screen.screen().contents();
        session.keys("\r");
        // Until it has changed, and then until it rests.
        let (mut last, mut rests) = (before.clone(), 0);
        for _ in 0..60 {
            session.take(std::time::Duration::from_millis(50));
            let now = session.screen.screen().contents();
            rests = if now == last && now != before { rests + 1 } else { 0 };
            last = now;
            if rests > 3 {
                break;
            }
        }
    }
    session.wait(text);
}

#[test]
fn journey_five_the_friday_readout_takes_few_keys() {
    let home = home();
    let file = demo(home.path());
    let mut session = session(home.path(), &file);
    session.keys("Rf").wait("User behaviour");
    // Stretches of time that nothing tells the band of may take a letter each, or be left.
    enter_until(&mut session, "y copies it", 24);
    assert!(session.keys <= 26, "{} keys", session.keys);
    session.keys("\r").wait("Friday readout done");
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn journey_six_the_month_is_held_presented_and_taken_down() {
    let home = home();
    let file = demo(home.path());
    let aim = "Wins unit:percent direction:up cadence:weekly baseline:20 target:60 due:2026-06-30";
    run(home.path(), &["--db", &file, "metric", "add", aim]);
    run(home.path(), &["--db", &file, "metric", "record", "m7", "22%", "period:2026-W18"]);
    let mut session = session(home.path(), &file);
    session.keys("Rn").wait("What changed in the business");
    session.keys("\r").wait("enter explains, w waives");
    session.keys("\r").wait("what the data means");
    session.keys("Fear\r").wait("what changes in the market");
    session.keys("Rivals\r").wait("which decision follows");
    session.keys("A date?\r").wait("messaging");
    session.keys("m\r").wait("explained: Fear / Rivals / A date?");
    session.wait("undoes");
    Session::signal_to(session.drawing(), "KILL");
    session.child.wait().unwrap();
    let mut session = self::session(home.path(), &file);
    session.keys("Rn").wait("goes on where it was left");
    let before = session.keys;
    while session.screen.screen().contents().contains("enter explains") {
        session.keys("w").wait("waived, who: why");
        session.keys("Maya: noise\r").gone("waived, who");
        session.wait("undoes");
    }
    session.keys("z").wait("1 of 8").wait("Decisions asked of this room");
    session.keys("+").keys("Who owns it? approver:lee\r").wait("added d");
    session.keys("l").wait("2 of 8");
    session.keys("\x1b").gone("2 of 8");
    enter_until(&mut session, "y copies it", 12);
    assert!(session.keys - before <= 90, "{} keys", session.keys - before);
    session.wait("What changed in the business");
    session.keys("\r").wait("monthly review done");
    session.keys("q");
    assert_eq!(session.end(), 0);
}
