//! The real program in a pseudo-terminal: the journey of a first day, and a terminal that is given
//! back on every way out.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A running program and what its screen shows.
struct Session {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
    keys: usize,
    _master: Box<dyn MasterPty + Send>,
}

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn command(home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_prewire"));
    for (name, folder) in
        [("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config")]
    {
        command.env(name, home.join(folder));
    }
    command.env("HOME", home);
    command.env("TMPDIR", home);
    command.env("TERM", "xterm-256color");
    command.env_remove("PREWIRE_DB");
    command.env_remove("NO_COLOR");
    command.args(["--today", "2026-05-06"]);
    command
}

impl Session {
    fn start(command: CommandBuilder) -> Self {
        let size = PtySize { rows: 30, cols: 110, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let screen = vt100::Parser::new(30.try_into().unwrap(), 110.try_into().unwrap(), 0);
        Self { child, writer, output, screen, raw: Vec::new(), keys: 0, _master: pair.master }
    }

    /// Types keys, each counted.
    fn keys(&mut self, keys: &str) -> &mut Self {
        self.keys += keys.chars().count();
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self
    }

    /// Waits until the screen shows a text.
    fn wait(&mut self, text: &str) -> &mut Self {
        let until = Instant::now() + Duration::from_secs(20);
        while !self.screen.screen().contents().contains(text) {
            assert!(
                Instant::now() < until,
                "waited for “{text}”, saw:\n{}",
                self.screen.screen().contents()
            );
            self.take(Duration::from_millis(100));
        }
        self
    }

    fn take(&mut self, patience: Duration) {
        if let Ok(bytes) = self.output.recv_timeout(patience) {
            self.screen.process(&bytes);
            self.raw.extend(bytes);
        }
    }

    /// Waits for the end; returns the exit code.
    fn end(&mut self) -> u32 {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            self.take(Duration::from_millis(50));
            if let Some(status) = self.child.try_wait().unwrap() {
                while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(100)) {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                }
                return status.exit_code();
            }
            assert!(Instant::now() < until, "it did not end:\n{}", self.screen.screen().contents());
        }
    }

    fn assert_given_back(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the other screen is left on");
        assert!(!screen.bracketed_paste(), "bracketed paste is left on");
        assert!(!screen.hide_cursor(), "the cursor is left hidden");
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap();
        let sent = std::process::Command::new("kill")
            .args([format!("-{name}"), pid.to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)
}

#[test]
fn a_first_day_import_decide_undo_twice_redo_once_quit_reopen_see_the_same() {
    let home = home();
    let mut session = Session::start(command(home.path()));
    session.wait("a adds a decision");
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
    session.keys("3").wait("Sync one-pager");
    let before = session.screen.screen().contents();
    session.keys("q");
    assert_eq!(session.end(), 0);
    session.assert_given_back();
    let mut again = Session::start(command(home.path()));
    again.wait("Decide").keys("3").wait("Sync one-pager");
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
        session.wait("a adds a decision").keys(keys);
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
    session.wait("a adds a decision").keys("2");
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
    session.wait("a adds a decision").keys("2").wait("a adds a decision");
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
    session.wait("a adds a decision").keys("q");
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
        session.wait("a adds a decision").keys("q");
        assert_eq!(session.end(), 0);
        let sent = String::from_utf8_lossy(&session.raw);
        assert!(!sent.contains("[38;") && !sent.contains("[48;"), "{name}: {sent:?}");
    }
}
