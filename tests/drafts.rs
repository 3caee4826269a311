//! What is typed and not saved, in the real program: it survives every death, and is offered again.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

#[path = "support/pty.rs"]
mod pty;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use pty::{Session, command, home};

/// Runs the command line beside the screen; what it printed and said.
fn prewire(home: &Path, words: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prewire"));
    for (name, folder) in
        [("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config")]
    {
        command.env(name, home.join(folder));
    }
    let output = command.env("HOME", home).args(words).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    String::from_utf8(text).unwrap()
}

#[test]
fn a_killed_program_loses_at_most_two_seconds_or_twenty_keys() {
    let home = home();
    prewire(home.path(), &["decision", "add", "Who?"]);
    // How long after the first key it is killed, and how quickly keys come, in milliseconds.
    for (kill, every) in [(0, 1), (40, 1), (350, 2), (700, 15), (1_200, 40), (2_600, 90)] {
        let mut session = Session::start(command(home.path()));
        session.wait("Who?").keys("2").wait("question").keys("a");
        let start = Instant::now();
        let mut typed: Vec<Instant> = Vec::new();
        while start.elapsed() < Duration::from_millis(kill) {
            let letter = char::from(b'a' + u8::try_from(typed.len() % 26).unwrap());
            session.keys(&letter.to_string());
            typed.push(Instant::now());
            std::thread::sleep(Duration::from_millis(every));
        }
        let killed = Instant::now();
        Session::signal_to(session.drawing(), "KILL");
        session.child.wait().unwrap();
        let found = prewire(home.path(), &["drafts", "--plain"]);
        let kept = found.lines().last().and_then(|line| line.split('\t').nth(2)).unwrap_or("");
        let old = typed.iter().filter(|at| killed - **at > Duration::from_secs(2)).count();
        assert!(kept.len() >= old, "{} of {} typed, {old} old: {found}", kept.len(), typed.len());
        // Typed faster than twenty keys in two seconds, the count is what holds.
        if every < 90 && typed.len() > 40 {
            let lost = typed.len() - kept.len();
            let late = typed.iter().filter(|at| killed - **at < Duration::from_millis(200)).count();
            assert!(lost <= 20 + late, "{lost} of {} are lost, {late} in flight", typed.len());
        }
        for line in found.lines().filter(|line| line.contains('\t')) {
            prewire(home.path(), &["drafts", "rm", line.split('\t').next().unwrap()]);
        }
    }
}

#[test]
fn what_was_typed_is_offered_again_after_a_death_and_gone_when_it_is_saved() {
    let home = home();
    let mut session = Session::start(command(home.path()));
    session.wait("first steps").keys("\x1b").wait("skipped").keys("2").wait("a adds a decision");
    session.keys("A").wait("new decision").keys("Who pays for it?\t");
    session.wait("Who pays for it?");
    session.signal("TERM");
    assert_eq!(session.end(), 143);
    let list = prewire(home.path(), &["drafts"]);
    assert!(list.contains("1  new decision “Who pays for it?”"), "{list}");
    assert_eq!(prewire(home.path(), &["drafts", "show", "1"]), "Who pays for it?\nnew decision\n");
    let mut again = Session::start(command(home.path()));
    again.wait("not saved last time: new decision “Who pays for it?”");
    again.keys("2").wait("a adds a decision").keys("A").wait("with what you typed before");
    again.keys("\x13").wait("added d1");
    again.keys("q");
    assert_eq!(again.end(), 0);
    assert!(prewire(home.path(), &["drafts"]).contains("everything typed is saved"));
    let mut third = Session::start(command(home.path()));
    third.wait("Who pays for it?").keys("q");
    assert_eq!(third.end(), 0);
    assert!(!third.screen.screen().contents().contains("not saved last time"));
}

#[test]
fn the_first_steps_take_twelve_keys_and_are_offered_once() {
    let home = home();
    let mut session = Session::start(command(home.path()));
    session.wait("first steps 1/4");
    session.keys("6").wait("a adds an outcome").keys("a").wait("tab takes an example");
    session.keys("\t").wait("due:eoq").keys("\r").wait("2/4");
    session.keys("2").wait("a adds a decision:").keys("a").wait("tab takes an example");
    session.keys("\t").wait("due:fri").keys("\r").wait("3/4");
    session.keys("+").wait("says what it waits for").keys("\t").wait("by:d1").keys("\r");
    session.wait("4/4").keys("u").wait("That is all it takes");
    assert_eq!(session.keys, 12);
    session.keys("qq");
    assert_eq!(session.end(), 0);
    std::fs::remove_dir_all(home.path().join("data")).unwrap();
    let mut again = Session::start(command(home.path()));
    again.wait("a adds a decision").keys("q");
    assert_eq!(again.end(), 0);
    assert!(!String::from_utf8_lossy(&again.raw).contains("first steps"));
}

#[test]
fn an_interrupt_at_the_editor_is_the_editors() {
    let home = home();
    prewire(home.path(), &["decision", "add", "Who?"]);
    let mut command = command(home.path());
    command.env("VISUAL", "sh -c 'echo the editor is up; read line'");
    let mut session = Session::start(command);
    session.wait("Who?").keys("2").wait("question").keys("cN").wait("your editor");
    session.keys("half a note").wait("half a note");
    session.keys("\x0f").wait("the editor is up");
    // Whoever watches over the program hears of the key only when the editor is long gone.
    session.signal("STOP");
    session.keys("\x03").wait("the note is as it was").wait("half a note");
    session.signal("CONT");
    std::thread::sleep(Duration::from_millis(200));
    session.keys("\x13").wait("note · u undoes").keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn what_a_program_leaves_that_ends_behind_the_next_one_is_offered_all_the_same() {
    let home = home();
    prewire(home.path(), &["decision", "add", "Who?"]);
    let mut session = Session::start(command(home.path()));
    session.wait("Who?").keys("2").wait("question").keys("aWhat then").wait("What then");
    session.signal("TERM");
    assert_eq!(session.end(), 143);
    let drafts = home.path().join("state/prewire/drafts");
    let folder = std::fs::read_dir(&drafts).unwrap().next().unwrap().unwrap().path();
    let draft = folder.join("1.json");
    let text = std::fs::read_to_string(&draft).unwrap();
    let pid = text.split("\"pid\":").nth(1).unwrap().split([',', '}']).next().unwrap();
    let mut slow = Command::new("sleep").arg("60").spawn().unwrap();
    let text = text.replace(&format!("\"pid\":{pid}"), &format!("\"pid\":{}", slow.id()));
    std::fs::write(&draft, text).unwrap();
    let mut again = Session::start(command(home.path()));
    again.wait("Who?");
    slow.kill().unwrap();
    slow.wait().unwrap();
    again.keys("2").wait("question").keys("a\x1b[A").wait("What then").keys("\r").wait("added d2");
    again.keys("q");
    assert_eq!(again.end(), 0);
}
