//! The real program in a pseudo-terminal, and what its screen shows.

#![allow(dead_code, reason = "each test that runs it needs another part of it")]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A running program and what its screen shows.
pub struct Session {
    pub child: Box<dyn Child + Send + Sync>,
    pub writer: Box<dyn Write + Send>,
    pub output: Receiver<Vec<u8>>,
    pub screen: vt100::Parser,
    pub raw: Vec<u8>,
    pub keys: usize,
    master: Box<dyn MasterPty + Send>,
}

pub fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

pub fn command(home: &Path) -> CommandBuilder {
    on(home, "2026-05-06")
}

/// The program on a day.
pub fn on(home: &Path, day: &str) -> CommandBuilder {
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
    command.args(["--today", day]);
    command
}

impl Session {
    pub fn start(command: CommandBuilder) -> Self {
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
        Self { child, writer, output, screen, raw: Vec::new(), keys: 0, master: pair.master }
    }

    /// Types keys, each counted.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.keys += keys.chars().count();
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self
    }

    /// Waits until the screen shows a text.
    pub fn wait(&mut self, text: &str) -> &mut Self {
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

    pub fn take(&mut self, patience: Duration) {
        if let Ok(bytes) = self.output.recv_timeout(patience) {
            self.screen.process(&bytes);
            self.raw.extend(bytes);
        }
    }

    /// Waits until the screen shows a text no more.
    pub fn gone(&mut self, text: &str) -> &mut Self {
        let until = Instant::now() + Duration::from_secs(20);
        while self.screen.screen().contents().contains(text) {
            assert!(Instant::now() < until, "“{text}” stays:\n{}", self.screen.screen().contents());
            self.take(Duration::from_millis(20));
        }
        self
    }

    /// Waits for the end; returns the exit code.
    pub fn end(&mut self) -> u32 {
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

    pub fn assert_given_back(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the other screen is left on");
        assert!(!screen.bracketed_paste(), "bracketed paste is left on");
        assert!(!screen.hide_cursor(), "the cursor is left hidden");
        let mouse = screen.mouse_protocol_mode();
        assert_eq!(mouse, vt100::MouseProtocolMode::None, "the mouse is left on");
    }

    /// Lets the terminal go away, as when its window is closed.
    pub fn hang_up(self) -> Box<dyn Child + Send + Sync> {
        let Self { child, mut writer, output, master, .. } = self;
        // The thread that reads holds the terminal until it finds nobody who wants what it reads.
        drop(output);
        writer.write_all(b"2").unwrap();
        std::thread::sleep(Duration::from_millis(300));
        drop((writer, master));
        child
    }

    /// Gives the window another size.
    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.screen.screen_mut().set_size(rows.try_into().unwrap(), cols.try_into().unwrap());
    }

    /// The process that draws: the child of the one that watches over it.
    pub fn drawing(&self) -> u32 {
        let pid = self.child.process_id().unwrap();
        let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
        let child = children.ok().and_then(|all| all.split_whitespace().next()?.parse().ok());
        child.unwrap_or(pid)
    }

    pub fn signal(&self, name: &str) {
        Self::signal_to(self.child.process_id().unwrap(), name);
    }

    pub fn signal_to(pid: u32, name: &str) {
        let sent = std::process::Command::new("kill")
            .args([format!("-{name}"), pid.to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
    }
}
