//! The end of a terminal, told by a signal or by nobody; and what wakes while nobody types.

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::pty::{Session, command, home};

#[test]
fn it_ends_when_the_terminal_hangs_up_also_when_nobody_sends_the_signal() {
    for controls in [true, false] {
        let home = home();
        let mut demo = command(home.path());
        demo.arg("demo");
        demo.set_controlling_tty(controls);
        let mut session = Session::start(demo);
        session.wait("Decide");
        let begun = Instant::now();
        let mut child = session.hang_up();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            assert!(begun.elapsed() < Duration::from_secs(5), "it lives on: {controls}");
            sleep(Duration::from_millis(10));
        };
        assert_eq!(status.exit_code(), 129, "{controls}");
        let left: Vec<_> = std::fs::read_dir(home.path()).unwrap().collect();
        assert!(left.len() <= 3, "the demo is gone: {left:?}");
    }
}

/// How often each thread of a process went to sleep so far; nothing where that cannot be asked.
fn sleeps(pid: u32) -> BTreeMap<String, u64> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let of = |status: &str| {
        let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        count.and_then(|count| count.trim().parse().ok())
    };
    tasks
        .filter_map(|task| {
            let status = std::fs::read_to_string(task.path().join("status")).ok()?;
            Some((task.file_name().to_string_lossy().into_owned(), of(&status)?))
        })
        .collect()
}

#[test]
fn while_nobody_types_only_the_look_at_the_file_wakes() {
    let home = home();
    let mut session = Session::start(command(home.path()));
    session.wait("every morning").keys("2");
    let quiet = Instant::now() + Duration::from_secs(1);
    while Instant::now() < quiet {
        session.take(Duration::from_millis(50));
    }
    let pid = session.drawing();
    let (before, drawn) = (sleeps(pid), session.raw.len());
    session.take(Duration::from_millis(2_200));
    let after = sleeps(pid);
    assert_eq!(session.raw.len(), drawn, "something was drawn");
    let woken: Vec<_> = after
        .iter()
        .map(|(thread, count)| count - before.get(thread).copied().unwrap_or(0))
        .filter(|count| *count > 0)
        .collect();
    assert!(woken.len() <= 1, "threads woke so often: {woken:?}");
    assert!(woken.iter().all(|count| *count < 20), "{woken:?}");
    session.keys("q");
    assert_eq!(session.end(), 0);
}

/// The letter by which the system tells what a process does: `T` is stopped.
fn state(pid: u32) -> char {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(") ").next().and_then(|rest| rest.chars().next()).unwrap_or('?')
}

fn until(mut holds: impl FnMut() -> bool, what: &str) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(5), "not within five seconds: {what}");
        sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_screen_that_is_killed_leaves_a_sound_terminal_and_says_what_is_safe() {
    let home = home();
    let mut session = Session::start(command(home.path()));
    session.wait("first steps").keys("\x1b").wait("skipped");
    session.keys("2aWho pays for the rollout?").wait("rollout?");
    sleep(Duration::from_millis(2_200));
    Session::signal_to(session.drawing(), "KILL");
    assert_eq!(session.end(), 137);
    session.assert_given_back();
    let said = String::from_utf8_lossy(&session.raw).into_owned();
    assert!(said.contains("the screen program was killed. Saved work is safe"), "{said}");
    let mut again = Session::start(command(home.path()));
    again.wait("not saved last time");
    again.keys("q");
    assert_eq!(again.end(), 0);
}

#[test]
fn without_its_watcher_the_screen_ends_too_and_gives_the_terminal_back() {
    let home = home();
    let mut demo = command(home.path());
    demo.arg("demo");
    let mut session = Session::start(demo);
    session.wait("Decide");
    let drawing = session.drawing();
    assert_ne!(Some(drawing), session.child.process_id(), "nobody watches over it");
    session.signal("KILL");
    until(|| matches!(state(drawing), '?' | 'Z'), "the screen is gone");
    session.end();
    session.assert_given_back();
    let left: Vec<_> = std::fs::read_dir(home.path()).unwrap().collect();
    assert!(left.len() <= 3, "the demo is gone: {left:?}");
}

#[test]
fn both_stop_and_go_on_together() {
    let home = home();
    for key in [true, false] {
        let mut session = Session::start(command(home.path()));
        session.wait("? help");
        let (watching, drawing) = (session.child.process_id().unwrap(), session.drawing());
        if key {
            session.keys("\x1a");
        } else {
            session.signal("TSTP");
        }
        until(|| state(watching) == 'T' && state(drawing) == 'T', "both are stopped");
        let begun = Instant::now();
        while session.screen.screen().alternate_screen() && begun.elapsed().as_secs() < 5 {
            session.take(Duration::from_millis(50));
        }
        session.assert_given_back();
        for one in [watching, drawing] {
            Session::signal_to(one, "CONT");
        }
        session.keys("2").wait("holds work up");
        session.keys("q");
        assert_eq!(session.end(), 0);
    }
}
