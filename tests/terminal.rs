//! The real program in a pseudo-terminal: the journey of a first day, and a terminal that is given
//! back on every way out.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

#[path = "support/pty.rs"]
mod pty;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pty::{Session, command, home};

#[path = "terminal/ending.rs"]
mod ending;
#[path = "terminal/evidence.rs"]
mod evidence;
#[path = "terminal/live.rs"]
mod live;
#[path = "terminal/plan.rs"]
mod plan;
#[path = "terminal/reach.rs"]
mod reach;
#[path = "terminal/reports.rs"]
mod reports;
#[path = "terminal/reviews.rs"]
mod reviews;
#[path = "terminal/rituals.rs"]
mod rituals;
#[path = "terminal/sizes.rs"]
mod sizes;
#[path = "terminal/sources.rs"]
mod sources;
#[path = "terminal/triage.rs"]
mod triage;
#[path = "terminal/week.rs"]
mod week;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)
}

#[test]
fn a_first_day_import_decide_undo_twice_redo_once_quit_reopen_see_the_same() {
    let home = home();
    let mut session = Session::start(command(home.path()));
    session.wait("every morning");
    // A backlog from another tool.
    session.keys(":import\r").wait("import file");
    session.keys(fixture("linear-29.csv").to_str().unwrap()).keys("\r").wait("f flips the kind");
    session.keys("\r").wait("imported");
    // One decision that holds two assets.
    session.keys("2").wait("Launch tier for Sync");
    session.keys("3").wait("Sync one-pager");
    session.keys("aBattlecard vs Rivo by:d1\r").wait("added a2");
    session.keys("aTalk track by:d1\r").wait("added a3");
    session.keys("2x").wait("decide d1, rationale");
    session.keys("Tier 2, sales-led\r").wait("a2, a3 unblocked");
    session.keys("u").wait("undid");
    session.wait("Launch tier for Sync");
    session.keys("u").wait("undid: added a3");
    session.keys("U").wait("redid: added a3");
    // The row that came back; the picture may be told in pieces.
    session.keys("3").wait("Sync one-pager").wait("a3    Talk track");
    let before = session.screen.screen().contents();
    session.keys("q");
    assert_eq!(session.end(), 0);
    session.assert_given_back();
    let mut again = Session::start(command(home.path()));
    again.wait("a3    Talk track");
    assert_eq!(body(&again.screen.screen().contents()), body(&before));
    again.keys("q");
    assert_eq!(again.end(), 0);
}

/// The rows of the list, without the cursor, which starts at the top again.
fn body(contents: &str) -> String {
    let row = |line: &str| line.chars().skip(1).take(57).collect::<String>().trim_end().to_owned();
    contents.lines().skip(2).take(20).map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_bug_gives_the_terminal_back_and_ends_with_70() {
    for (part, keys) in [("screen", "\x1b[200~x\x1b[201~"), ("database", "2aWhat?\r")] {
        let home = home();
        let mut command = command(home.path());
        command.env("PREWIRE_TEST_PANIC", part);
        let mut session = Session::start(command);
        session.wait("every morning").keys(keys);
        assert_eq!(session.end(), 70, "{part}");
        session.assert_given_back();
        let said = String::from_utf8_lossy(&session.raw).into_owned();
        assert!(said.contains("a bug stopped it"), "{part}: {said}");
        assert!(!said.contains("provoked"), "the message of a panic may quote data");
    }
}

#[test]
fn the_terminal_is_given_back_on_every_signal() {
    for (name, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let home = home();
        let mut demo = command(home.path());
        demo.arg("demo");
        let mut session = Session::start(demo);
        session.wait("Decide");
        assert!(
            session.screen.screen().alternate_screen() && session.screen.screen().bracketed_paste()
        );
        session.signal(name);
        assert_eq!(session.end(), code, "{name}");
        session.assert_given_back();
        let left: Vec<_> = std::fs::read_dir(home.path()).unwrap().collect();
        assert!(left.len() <= 3, "the demo is gone: {left:?}");
    }
}

#[test]
fn another_process_is_seen_while_the_screen_is_up() {
    let home = home();
    let mut session = Session::start(command(home.path()));
    session.wait("every morning").keys("2");
    let mut other = std::process::Command::new(env!("CARGO_BIN_EXE_prewire"));
    for (name, folder) in
        [("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config")]
    {
        other.env(name, home.path().join(folder));
    }
    let done = other
        .env("HOME", home.path())
        .args(["decision", "add", "Who came in by the other door?"])
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    session.wait("Who came in by the other door?");
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_paste_never_runs_shortcuts() {
    let home = home();
    let mut demo = command(home.path());
    demo.arg("demo");
    let mut session = Session::start(demo);
    session.wait("Decide");
    session.keys("\x1b[200~ddq\x1b[201~").wait("pasted text goes into a field");
    session.keys("q");
    assert_eq!(session.end(), 0);
    session.assert_given_back();
}

#[test]
fn a_paste_that_the_terminal_does_not_mark_is_asked_about() {
    let home = home();
    let mut demo = command(home.path());
    demo.arg("demo");
    let mut session = Session::start(demo);
    session.wait("Decide").keys("3").wait("asset");
    session.keys("pasted line one\rline two qqq\r").wait("looks like pasted text, 2 lines");
    std::thread::sleep(Duration::from_millis(200));
    session.keys("\x1b").gone("looks like pasted text");
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_paste_without_an_end_does_not_lock_the_keys() {
    let home = home();
    let mut demo = command(home.path());
    demo.arg("demo");
    let mut session = Session::start(demo);
    session.wait("Decide").keys("2").wait("question").keys("a");
    session.keys("\x1b[200~Who pays?").wait("Who pays?");
    session.keys("\r").wait("added d");
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn fifty_megabytes_are_capped_with_a_notice_and_little_memory() {
    let home = home();
    let mut demo = command(home.path());
    demo.arg("demo");
    let mut session = Session::start(demo);
    session.wait("Decide").keys("2").wait("question").keys("cN").wait("note of d");
    session.keys("\x1b[200~");
    let part = "many words in a paste\r\n".repeat(1 << 14);
    for _ in 0..(50 << 20) / part.len() {
        session.keys(&part);
        while session.output.try_recv().is_ok_and(|bytes| !bytes.is_empty()) {}
    }
    session.keys("\x1b[201~").wait("were left out");
    let pid = session.drawing();
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.map(|line| line.trim().trim_end_matches(" kB").parse::<u64>().unwrap());
    assert!(peak.is_none_or(|peak| peak < 256 << 10), "{peak:?} kB");
    session.keys("\x1b").wait("Leave?");
    session.signal("TERM");
    assert_eq!(session.end(), 143);
    session.assert_given_back();
}

#[test]
fn the_screen_is_drawn_anew_when_asked() {
    let home = home();
    let mut demo = command(home.path());
    demo.arg("demo");
    let mut session = Session::start(demo);
    session.wait("Decide");
    session.wait("? help");
    let before = session.raw.len();
    session.keys("\x0c");
    let until = std::time::Instant::now() + std::time::Duration::from_secs(5);
    let anew = |raw: &[u8]| {
        let text = String::from_utf8_lossy(raw).into_owned();
        text.split_once("\u{1b}[2J").is_some_and(|(_, after)| after.contains("help"))
    };
    while !anew(&session.raw[before..]) && std::time::Instant::now() < until {
        session.take(std::time::Duration::from_millis(20));
    }
    let drawn = String::from_utf8_lossy(&session.raw[before..]).into_owned();
    assert!(drawn.contains("Decide") && drawn.contains("Outcomes"), "{drawn:?}");
    assert!(!drawn.contains("\u{1b}[6n"), "the terminal is asked nothing");
    session.keys("q");
    assert_eq!(session.end(), 0);
}

/// Bytes as a terminal sends them: letters, control keys, escape sequences, mouse, paste, junk.
fn random_bytes(seed: &mut u64) -> Vec<u8> {
    const SEQUENCES: [&[u8]; 14] = [
        b"\x1b[A",
        b"\x1b[B",
        b"\x1b[C",
        b"\x1b[5~",
        b"\x1b[Z",
        b"\x1b",
        b"\r",
        b"\t",
        b"\x1b[<0;10;5M",
        b"\x1b[<64;10;5M",
        b"\x1b[200~pasted\r\nq\x03\x1b[201~",
        b"\x1b[999;999R",
        b"\x1b[?62c",
        "漢é🦀".as_bytes(),
    ];
    let mut next = |most: usize| {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        usize::try_from(*seed >> 33).unwrap() % most
    };
    if next(3) == 0 {
        SEQUENCES[next(SEQUENCES.len())].to_vec()
    } else {
        let letter = u8::try_from(1 + next(126)).unwrap();
        // Not the keys that quit or suspend; an end is tested elsewhere.
        let kept = if [3, 26, b'q', b'Q'].contains(&letter) { b'j' } else { letter };
        vec![kept]
    }
}

#[test]
fn random_bytes_harm_neither_the_terminal_nor_the_workspace() {
    let home = home();
    let mut command = command(home.path());
    command.env("EDITOR", "true");
    command.env("VISUAL", "true");
    let mut session = Session::start(command);
    session.wait("every morning");
    let mut seed = 0x2545_F491_4F6C_DD1D;
    for _ in 0..1_500 {
        if session.writer.write_all(&random_bytes(&mut seed)).is_err() {
            break;
        }
        session.take(Duration::from_millis(1));
    }
    if session.child.try_wait().unwrap().is_none() {
        session.signal("TERM");
    }
    let code = session.end();
    // Ctrl-c while an editor has the terminal is a signal.
    assert!([0, 130, 143].contains(&code), "ended with {code}");
    session.assert_given_back();
    let mut doctor = std::process::Command::new(env!("CARGO_BIN_EXE_prewire"));
    for (name, folder) in
        [("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config")]
    {
        doctor.env(name, home.path().join(folder));
    }
    let found = doctor.arg("doctor").output().unwrap();
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stdout));
}

/// Whether the question for the ground was asked.
fn is_asked(session: &Session) -> bool {
    session.raw.windows(5).any(|part| part == b"\x1b]11;")
}

#[test]
fn the_terminal_is_asked_for_its_ground_under_the_settings_and_never_again() {
    let home = home();
    let coloured = || {
        let mut command = command(home.path());
        command.env("COLORTERM", "truecolor");
        command
    };
    let mut session = Session::start(coloured());
    session.wait("every morning").keys("2").wait("a adds a decision");
    assert!(!is_asked(&session), "nobody chose auto yet");
    session.keys(",jjl");
    let until = Instant::now() + Duration::from_secs(10);
    while !is_asked(&session) {
        assert!(Instant::now() < until, "it does not ask");
        session.take(Duration::from_millis(50));
    }
    session.writer.write_all(b"\x1b]11;rgb:fafa/f9f9/f5f5\x1b\\\x1b[?62;4c").unwrap();
    session.writer.flush().unwrap();
    session.wait("the terminal says it is light");
    session.keys("\r").wait("theme → auto").keys("q");
    assert_eq!(session.end(), 0);
    session.assert_given_back();
    let config = std::fs::read_to_string(home.path().join("config/prewire/config.toml")).unwrap();
    assert_eq!(config, "theme = \"auto\"\n");
    // The answer is remembered: the next start is light and asks nothing.
    let mut session = Session::start(coloured());
    session.wait("? help").keys("q");
    assert_eq!(session.end(), 0);
    assert!(!is_asked(&session));
    let ground = b"48;2;250;249;245";
    assert!(session.raw.windows(ground.len()).any(|part| part == ground), "it is not light");
}

#[test]
fn without_colour_no_colour_is_sent_whatever_is_configured() {
    let home = home();
    let config = home.path().join("config/prewire");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "theme = \"dark\"\n").unwrap();
    for (name, value, flags) in
        [("NO_COLOR", "1", &[][..]), ("COLORTERM", "truecolor", &["--color", "never"][..])]
    {
        let mut command = command(home.path());
        command.env(name, value);
        command.args(flags);
        let mut session = Session::start(command);
        session.wait("every morning").keys("q");
        assert_eq!(session.end(), 0);
        let sent = String::from_utf8_lossy(&session.raw);
        assert!(!sent.contains("[38;") && !sent.contains("[48;"), "{name}: {sent:?}");
    }
}
