//! A program in a pseudo-terminal, as a person has it: keys go in, what comes out is stamped as it
//! arrives and drawn on an emulated screen afterwards, so that the emulation costs nobody time.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

use crate::process;
use crate::workspace::Result;

/// Silence after which the screen counts as settled.
const QUIET: Duration = Duration::from_millis(60);
/// The same after many keys at once.
const LONG_QUIET: Duration = Duration::from_millis(1500);
/// Longest wait for anything at all.
const LONGEST: Duration = Duration::from_secs(20);

/// Columns and rows.
pub type Size = (u16, u16);

/// What came of a key, or of the start.
#[derive(Debug, Clone, Copy, Default)]
pub struct Answer {
    /// From the key to the last byte that changed the screen.
    pub settled: Duration,
    /// Everything that was written meanwhile.
    pub bytes: usize,
}

/// A running program with its screen.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: Parser,
}

impl Session {
    /// Starts a program and waits for its first whole picture.
    ///
    /// # Errors
    /// When it cannot be started, or shows nothing.
    pub fn start(program: &Path, words: &[&str], size: Size) -> Result<(Self, Answer)> {
        let (cols, rows) = size;
        let pair = native_pty_system().openpty(PtySize { rows, cols, ..PtySize::default() })?;
        let mut command = CommandBuilder::new(program);
        command.args(words);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env_remove("PREWIRE_DB");
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench").join("home");
        std::fs::create_dir_all(&home)?;
        for name in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
            command.env(name, &home);
        }
        let mut reader = pair.master.try_clone_reader()?;
        let writer = pair.master.take_writer()?;
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = vec![0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send((Instant::now(), bytes[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let size = |number| NonZeroU16::new(number).unwrap_or(NonZeroU16::MIN);
        let screen = Parser::new(size(rows), size(cols), 0);
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        let mut session = Self { child, _master: pair.master, writer, output, screen };
        let answer = session.settle(begun, QUIET)?;
        Ok((session, answer))
    }

    /// Presses keys at once, and waits until the screen stands still.
    ///
    /// # Errors
    /// When the program is gone, or does not answer.
    pub fn press(&mut self, keys: &str) -> Result<Answer> {
        let begun = Instant::now();
        self.writer.write_all(keys.as_bytes())?;
        self.writer.flush()?;
        self.settle(begun, QUIET)
    }

    /// Holds keys down, as it were, and waits until all of them are taken.
    ///
    /// # Errors
    /// As `press`.
    pub fn burst(&mut self, keys: &str) -> Result<Answer> {
        let begun = Instant::now();
        self.writer.write_all(keys.as_bytes())?;
        self.writer.flush()?;
        self.settle(begun, LONG_QUIET)
    }

    /// Lets it be for a while; returns the bytes that it wrote unasked and the CPU that it took.
    pub fn idle(&mut self, time: Duration) -> (usize, Duration) {
        let before = process::cpu(self.process());
        std::thread::sleep(time);
        let bytes = self.output.try_iter().map(|(_, bytes)| bytes.len()).sum();
        (bytes, process::cpu(self.process()).saturating_sub(before))
    }

    /// The process, for its memory and CPU time.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap_or(0)
    }

    /// The text on the screen.
    #[must_use]
    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Ends the program with its own key.
    ///
    /// # Errors
    /// When it is gone already.
    pub fn quit(mut self) -> Result<()> {
        self.writer.write_all(b"q")?;
        self.writer.flush()?;
        self.child.wait()?;
        Ok(())
    }

    /// Takes what comes until nothing has come for a while. Only what changed the picture counts.
    fn settle(&mut self, begun: Instant, quiet: Duration) -> Result<Answer> {
        let mut chunks = Vec::new();
        loop {
            let patience = if chunks.is_empty() { LONGEST } else { quiet };
            match self.output.recv_timeout(patience) {
                Ok(chunk) => chunks.push(chunk),
                Err(RecvTimeoutError::Timeout) if !chunks.is_empty() => break,
                Err(_) => return Err(format!("no answer:\n{}", self.text()).into()),
            }
        }
        let mut answer = Answer::default();
        let mut before = self.picture();
        for (at, bytes) in chunks {
            answer.bytes += bytes.len();
            self.screen.process(&bytes);
            let after = self.picture();
            if after != before {
                answer.settled = at - begun;
                before = after;
            }
        }
        Ok(answer)
    }

    fn picture(&self) -> (String, (u16, u16), bool) {
        let screen = self.screen.screen();
        let (hidden, position) = (screen.hide_cursor(), screen.cursor_position());
        (screen.contents_formatted(), if hidden { (0, 0) } else { position }, hidden)
    }
}
