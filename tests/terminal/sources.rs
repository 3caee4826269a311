//! Sources of metrics in the real program: a command runs only once it was approved at a terminal,
//! and only as it was then; one that fails changes nothing; a file written anew shows by itself.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;
use std::time::{Duration, Instant};

use super::pty::{Session, command, home};

fn run(home: &Path, words: &[&str]) -> Output {
    let mut call = std::process::Command::new(env!("CARGO_BIN_EXE_prewire"));
    call.args(["--today", "2026-05-06"]).args(words).env_clear().env("HOME", home);
    for (name, folder) in
        [("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")]
    {
        call.env(name, home.join(folder));
    }
    call.env("TMPDIR", home).stdin(std::process::Stdio::null()).output().unwrap()
}

fn ok(home: &Path, words: &[&str]) -> String {
    let ended = run(home, words);
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{words:?}: {said}");
    String::from_utf8(ended.stdout).unwrap() + &said
}

/// The exit code of a call, and what it said.
fn refused(home: &Path, words: &[&str]) -> (i32, String) {
    let ended = run(home, words);
    (ended.status.code().unwrap(), String::from_utf8(ended.stderr).unwrap())
}

fn figure(home: &Path) -> String {
    let json: serde_json::Value =
        serde_json::from_str(&ok(home, &["metric", "status", "m1", "--json"])).unwrap();
    json["items"][0]["value"].to_string()
}

fn script(path: &Path, text: &str) {
    std::fs::write(path, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn approve(home: &Path, answer: &str) -> u32 {
    let mut call = command(home);
    call.args(["trust", "approve", "m1"]);
    let mut session = Session::start(call);
    session.wait("type approve to let it run here").keys(answer).keys("\r");
    session.end()
}

#[test]
fn a_command_runs_only_as_it_was_approved_at_a_terminal() {
    let home = home();
    let (home, program) = (home.path(), home.path().join("figures"));
    script(&program, "echo 26");
    ok(home, &["metric", "add", "Signups unit:count target:40 baseline:20"]);
    let name = program.to_str().unwrap();
    ok(home, &["metric", "source", "m1", "--command", "--timeout", "1", "--", name, "a b"]);

    let refresh = ["metric", "refresh", "m1"];
    assert_eq!(refused(home, &refresh).0, 17);
    assert_eq!(figure(home), "null");
    // Nothing but the word at a terminal gives it.
    let (code, said) = refused(home, &["trust", "approve", "m1"]);
    assert_eq!(code, 17, "{said}");
    assert_ne!(refused(home, &["trust", "approve", "m1", "--yes"]).0, 0);
    assert_eq!(approve(home, "yes"), 17);
    assert_eq!(refused(home, &refresh).0, 17);
    assert_eq!(approve(home, "approve"), 0);
    ok(home, &refresh);
    assert_eq!(figure(home), "26.0");
    assert!(ok(home, &["trust", "list"]).contains("a b"));

    // Another program under the same name is another command.
    script(&program, "echo 99; touch $HOME/ran");
    assert_eq!(refused(home, &refresh).0, 17);
    assert!(ok(home, &["metric", "source"]).contains("disabled (not approved here)"));
    assert!(!home.join("ran").exists());
    assert_eq!(figure(home), "26.0");
    assert_eq!(approve(home, "approve"), 0);
    ok(home, &refresh);
    assert!(home.join("ran").exists());
    assert_eq!(figure(home), "99.0");
}

#[test]
fn a_command_that_fails_keeps_the_last_figure() {
    let home = home();
    let (home, program) = (home.path(), home.path().join("figures"));
    ok(home, &["metric", "add", "Signups unit:count target:40 baseline:20"]);
    ok(home, &["metric", "record", "m1", "21"]);
    let name = program.to_str().unwrap();
    for (text, told) in [
        ("echo no luck >&2; exit 3", "no luck"),
        ("sleep 60 & echo $! > $HOME/sleeper; wait", "no answer within 1 s"),
        ("yes | head -c 200000; sleep 60", "64 KB"),
        ("echo nonsense", "figures"),
        ("echo inf", "figures"),
    ] {
        script(&program, text);
        ok(home, &["metric", "source", "m1", "--command", "--timeout", "1", "--", name]);
        assert_eq!(approve(home, "approve"), 0);
        let began = Instant::now();
        let (code, said) = refused(home, &["metric", "refresh"]);
        assert_eq!(code, 18, "{text}: {said}");
        assert!(said.contains(told), "{text}: {said}");
        assert!(began.elapsed() < Duration::from_secs(8), "{text}: {:?}", began.elapsed());
        assert_eq!(figure(home), "21.0");
        assert!(ok(home, &["metric", "source"]).contains("failed"), "{text}");
    }
    // What it had started in the background ended with it.
    let sleeper = std::fs::read_to_string(home.join("sleeper")).unwrap();
    let state = std::fs::read_to_string(format!("/proc/{}/stat", sleeper.trim()));
    assert!(!state.is_ok_and(|state| state.contains("(sleep) S")), "{sleeper} goes on");
    // Nothing is left of the folders in which they ran.
    let left = std::fs::read_dir(home).unwrap().flatten().map(|entry| entry.file_name());
    let left: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with("prewire-")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_file_written_anew_shows_by_itself() {
    let home = home();
    let (home, file) = (home.path(), home.path().join("figures.csv"));
    let write = |figure: &str| {
        let text = format!("date,Signups\n2026-04-20,20\n2026-04-27,{figure}\n");
        std::fs::write(&file, text).unwrap();
    };
    write("23");
    ok(home, &["metric", "add", "Signups unit:count target:40 baseline:20"]);
    ok(home, &["metric", "source", "m1", "--file", file.to_str().unwrap()]);
    ok(home, &["metric", "refresh"]);
    assert_eq!(figure(home), "23.0");
    let mut session = Session::start(command(home));
    session.keys("m").wait("Signups").wait("23 → 40");
    let before = Instant::now();
    write("27");
    session.wait("27 → 40");
    assert!(before.elapsed() < Duration::from_secs(6), "{:?}", before.elapsed());
    std::fs::write(&file, "nothing of the kind\n").unwrap();
    session.wait("source failed").wait("27 → 40");
    session.keys("q");
    assert_eq!(session.end(), 0);
    assert_eq!(figure(home), "27.0");
}
