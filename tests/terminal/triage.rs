//! Journey 4 of `spec/4-interface.md §4.6` in the real program, with its keys counted: a request at 14:10,
//! answered, and back where one was.

use super::*;

/// Types a line, and how many keys that took.
fn typed(session: &mut Session, keys: &str) -> usize {
    session.keys(keys);
    keys.chars().count()
}

fn setup(home: &Path) {
    for line in [
        ["outcome", "add", "Win rate in upper mid-market due:2026-06-30"].as_slice(),
        &["asset", "add", "Partner deck est:2h due:2026-05-29"],
        &["block", "add", "Partner deck for:a1 on:2026-05-08 at:10:00 est:95m band:e"],
        &["request", "add", "Deal desk est:145m"],
        &["block", "add", "Deal desk for:r1 on:2026-05-08 at:14:00 est:145m band:r"],
        &["entry", "add", "Calls on:2026-05-04 at:09:00 est:5h band:r"],
    ] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_prewire"));
        command.env_clear().env("HOME", home).current_dir(home);
        command.env("XDG_DATA_HOME", home.join("data"));
        command.env("XDG_STATE_HOME", home.join("state"));
        command.env("XDG_CONFIG_HOME", home.join("config"));
        command.args(["--today", "2026-05-06T14:10"]).args(line);
        assert!(command.output().unwrap().status.success(), "{line:?}");
    }
}

#[test]
fn a_request_at_ten_past_two_takes_two_keys_after_its_line() {
    let home = home();
    setup(home.path());
    let command = command(home.path());
    let mut session = Session::start(command);
    session.wait("Outcomes");
    session.keys("3");
    session.wait("Partner deck");
    typed(&mut session, "+r Battlecard vs Rivo from:sam est:2h due:tomorrow\r");
    session.wait("Triage");
    session.wait("35 m left of 8 h");
    session.wait("this is 1 h 25 too much");
    session.wait("I can do");
    let mut keys = typed(&mut session, "t");
    session.wait("as proposed");
    keys += typed(&mut session, "\r");
    session.wait("traded");
    session.gone("Triage ·");
    assert_eq!(keys, 2);
    session.wait("3 Assets");
    session.keys("u");
    session.wait("undid");
    session.keys("q");
    assert_eq!(session.end(), 0);
    session.assert_given_back();
}
