//! The live pane of the real program changes by itself when another process records a figure.

use std::time::{Duration, Instant};

use super::pty::{Session, command, home};

#[test]
fn another_process_records_a_figure_and_the_pane_shows_it() {
    let home = home();
    let run = |arguments: &[&str]| {
        let mut call = std::process::Command::new(env!("CARGO_BIN_EXE_prewire"));
        call.args(["--today", "2026-05-06"]).args(arguments).env_clear().env("HOME", home.path());
        for (name, folder) in
            [("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")]
        {
            call.env(name, home.path().join(folder));
        }
        let ended = call.output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    };
    run(&["metric", "add", "Signup rate target:40 baseline:20"]);
    run(&["metric", "record", "m1", "21%"]);
    let mut session = Session::start(command(home.path()));
    session.keys("m").wait("Signup rate").wait("21 %");
    let before = Instant::now();
    run(&["metric", "record", "m1", "26%", "period:last"]);
    session.wait("26 %");
    // The look at the file is twice a second; a busy machine is given some more.
    assert!(before.elapsed() < Duration::from_secs(6), "{:?}", before.elapsed());
    session.keys("q");
    assert_eq!(session.end(), 0);
}
