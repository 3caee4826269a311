//! What the real program asks of the terminal and of the system beside drawing: the mouse, the
//! clipboard, links; the popup of a prefix by the clock; a configuration that is wrong.

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use super::*;

fn demo(home: &Path) -> CommandBuilder {
    let mut command = command(home);
    command.arg("demo");
    command
}

fn configure(home: &Path, text: &str) {
    let dir = home.join("config/prewire");
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("config.toml"), text).unwrap();
}

/// A program of this name that does a line of shell.
fn program(home: &Path, name: &str, line: &str) -> PathBuf {
    let dir = home.join("bin");
    std::fs::create_dir_all(&dir).unwrap();
    let file = dir.join(name);
    std::fs::write(&file, format!("#!/bin/sh\n{line}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    dir
}

fn until(what: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !what() {
        assert!(Instant::now() < end, "it did not come");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A press of the first button at a cell, as terminals report it.
fn press(session: &mut Session, x: u16, y: u16) {
    session.keys(&format!("\x1b[<0;{};{}M\x1b[<0;{};{}m", x + 1, y + 1, x + 1, y + 1));
}

#[test]
fn the_mouse_is_asked_for_works_and_is_given_back() {
    let home = home();
    let mut session = Session::start(demo(home.path()));
    session.wait("Decide");
    let raw = String::from_utf8_lossy(&session.raw).into_owned();
    assert!(raw.contains("\x1b[?1000h") && raw.contains("\x1b[?1006h"), "presses are asked for");
    assert!(!raw.contains("\x1b[?1003h"), "a hand that only lies on the mouse sends nothing");
    press(&mut session, 12, 0);
    session.wait("question");
    session.keys("q");
    assert_eq!(session.end(), 0);
    session.assert_given_back();
}

#[test]
fn with_the_mouse_off_no_mode_is_asked_of_the_terminal() {
    let home = home();
    configure(home.path(), "mouse = false\n");
    let mut session = Session::start(demo(home.path()));
    session.wait("Decide");
    // As when another program left it on.
    press(&mut session, 12, 0);
    session.keys("U").wait("nothing to redo");
    assert!(!session.screen.screen().contents().contains("question"), "a click is heard");
    session.keys("q");
    assert_eq!(session.end(), 0);
    let raw = String::from_utf8_lossy(&session.raw).into_owned();
    for mode in ["?1000", "?1002", "?1003", "?1006", "?1015"] {
        assert!(!raw.contains(mode), "{mode}");
    }
}

#[test]
fn a_terminal_without_utf_8_is_sent_no_letter_that_it_has_not() {
    let home = home();
    for words in [["person", "add", "José 東"], ["decision", "add", "Ask José 東"]] {
        let mut add = command(home.path());
        add.args(words);
        assert_eq!(Session::start(add).end(), 0);
    }
    for locale in ["C", "de_DE.ISO-8859-1"] {
        let mut list = command(home.path());
        list.env("LC_ALL", locale);
        list.args(["person", "list"]);
        let mut listed = Session::start(list);
        assert_eq!(listed.end(), 0);
        let told = String::from_utf8(std::mem::take(&mut listed.raw)).unwrap();
        assert!(told.contains("Jos? ??") && told.is_ascii(), "{locale}: {told}");
        let mut screen = command(home.path());
        screen.env("LC_ALL", locale);
        let mut session = Session::start(screen);
        session.wait("? help").keys("2").wait("Ask Jos? ??").keys("/Zoë").wait("/Zo?");
        session.keys("\x1b").gone("Zo?").keys("q");
        assert_eq!(session.end(), 0);
        assert!(session.raw.is_ascii(), "{locale}");
        let mut lines = command(home.path());
        lines.env("LC_ALL", locale);
        lines.arg("--a11y");
        let mut told = Session::start(lines);
        told.wait("Ask Jos? ??").keys("quit\r");
        assert_eq!(told.end(), 0);
        assert!(told.raw.is_ascii(), "{locale}");
    }
    let mut kept = command(home.path());
    kept.args(["decision", "list"]);
    let mut kept = Session::start(kept);
    assert_eq!(kept.end(), 0);
    assert!(String::from_utf8_lossy(&kept.raw).contains("Ask José 東"), "what is kept is whole");
}

#[test]
fn the_popup_of_a_prefix_comes_after_a_moment_and_not_before() {
    let home = home();
    let mut session = Session::start(demo(home.path()));
    session.wait("Decide").keys("2").wait("question");
    let begun = Instant::now();
    session.keys("c").wait("c …");
    let waited = begun.elapsed();
    assert!(waited > Duration::from_millis(250), "{waited:?}");
    session.keys("o").wait("owner of d2");
    session.keys("\x1b").gone("owner of d2").keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_copy_goes_to_the_terminal_and_to_the_program_that_is_there() {
    let home = home();
    let copied = home.path().join("copied");
    let bin = program(home.path(), "wl-copy", &format!("/bin/cat > {}", copied.display()));
    let mut command = demo(home.path());
    command.env("PATH", bin.as_os_str());
    command.env("WAYLAND_DISPLAY", "wayland-0");
    command.env_remove("DISPLAY");
    let mut session = Session::start(command);
    session.wait("Decide").keys("2").wait("question").keys("yt");
    session.wait("copied with wl-copy, and sent to the terminal");
    let title = std::fs::read_to_string(&copied).unwrap();
    assert!(title.ends_with('?'), "{title}");
    assert!(String::from_utf8_lossy(&session.raw).contains("\x1b]52;c;"), "OSC 52");
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn without_a_clipboard_program_the_words_promise_nothing() {
    let home = home();
    let mut command = demo(home.path());
    command.env("PATH", home.path().join("empty").as_os_str());
    let mut session = Session::start(command);
    session.wait("Decide").keys("2").wait("question").keys("yt");
    session.wait("sent to the terminal, if it takes copies; no clipboard program is here");
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_link_goes_to_the_opener_as_one_argument_and_never_through_a_shell() {
    let home = home();
    let seen = home.path().join("seen");
    let line = format!("for a in \"$@\"; do echo \"[$a]\" >> {}; done", seen.display());
    let bin = program(home.path(), "xdg-open", &line);
    let mut command = command(home.path());
    command.env("PATH", bin.as_os_str());
    let mut session = Session::start(command);
    session.wait("every morning");
    session.keys("3aDeck link:https://example.org/a?b=$(touch%20x)&c=1;ls\r").wait("added a1");
    session.wait("serves no outcome").keys("o").wait("opening https://example.org/");
    until(|| std::fs::read_to_string(&seen).is_ok_and(|text| text.ends_with("]\n")));
    let text = std::fs::read_to_string(&seen).unwrap();
    assert_eq!(text, "[https://example.org/a?b=$(touch%20x)&c=1;ls]\n");
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_wrong_configuration_starts_with_the_settings_that_were_right_last() {
    let home = home();
    configure(home.path(), "[keys]\nQ = \"quit\"\nunbind = [\"q\"]\n");
    let mut session = Session::start(command(home.path()));
    session.wait("every morning").keys("q").wait("q has no meaning here");
    session.keys("Q");
    assert_eq!(session.end(), 0);

    configure(home.path(), "[keys]\nQ = \"qiut\"\nx = \"nothing\"\nz = 7\n");
    let mut session = Session::start(command(home.path()));
    session.wait("config.toml has 3 mistakes; what was right last holds for them");
    session.keys("gm").wait("config.toml:2:5: “qiut” is not an");
    session.wait("config.toml:3:5: “nothing”").wait("config.toml:4:5:");
    session.keys("x").wait("every morning").keys("Q");
    assert_eq!(session.end(), 0);

    // The settings tell what is in force, not what the file says wrongly.
    configure(home.path(), "glyphs = \"ascii\"\n[keys]\nQ = \"quit\"\n");
    let mut session = Session::start(command(home.path()));
    session.wait("every morning").keys("Q");
    assert_eq!(session.end(), 0);
    configure(home.path(), "glyphs = \"asci\"\n[keys]\nQ = \"quit\"\n");
    let mut session = Session::start(command(home.path()));
    session.wait("config.toml has 1 mistake; what was right last holds for it");
    session.keys(",").wait("glyphs              ascii");
    session.keys("\u{1b}").wait("every morning").keys("Q");
    assert_eq!(session.end(), 0);
    session.assert_given_back();
}

#[test]
fn a_wrong_configuration_that_was_never_right_starts_with_the_defaults_and_says_so() {
    let home = home();
    configure(home.path(), "theem = \"dark\"\n");
    let mut session = Session::start(demo(home.path()));
    session.wait("config.toml has 1 mistake; the lines that are right hold").keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_question_before_something_is_lost_is_deaf_for_a_moment() {
    let home = home();
    let mut session = Session::start(command(home.path()));
    session.wait("every morning");
    session.keys("2aWho?\r").wait("added d1").keys("d").wait("Trash").keys(":Trash\r");
    session.wait("Trash · 1 of 1");
    // All of it at once: the answer was not meant for a question that nobody could have read.
    session.keys("X\x1b[B\r").wait("Purge d1?").keys("\x1b[B").keys("\r").wait("Purge d1?");
    std::thread::sleep(Duration::from_millis(300));
    session.keys("\x1b[B\r").wait("Nothing was thrown away");
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn what_was_typed_before_the_screen_was_there_is_heard() {
    let home = home();
    let file = home.path().join("plan.prewire");
    let of = |words: &[&str]| {
        let mut command = command(home.path());
        command.args(words);
        command.arg(&file);
        command
    };
    assert_eq!(Session::start(of(&["demo", "--keep"])).end(), 0);
    let lock = rusqlite::Connection::open(&file).unwrap();
    lock.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut session = Session::start(of(&["--db"]));
    // The program waits for its file: nobody has taken the terminal yet, which shows what is typed and
    // makes the end of a line of Enter.
    session.keys(":Trash\r").wait(":Trash");
    lock.execute_batch("COMMIT").unwrap();
    session.wait("Nothing was thrown away").keys("q");
    assert_eq!(session.end(), 0);
    session.assert_given_back();
}
