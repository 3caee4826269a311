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
    session.wait("a adds a decision").keys("2");
    let quiet = Instant::now() + Duration::from_secs(1);
    while Instant::now() < quiet {
        session.take(Duration::from_millis(50));
    }
    let pid = session.child.process_id().unwrap();
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
