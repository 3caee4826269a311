//! Keys and pastes from the terminal, on a thread of its own that sleeps until something comes, and
//! that can be paused while an editor has the terminal. Only presses count; some systems send
//! releases too. The terminal's end is seen here, also when nobody sends a signal.

use std::io::{PipeReader, PipeWriter, Read, Stdin, Write, stdin};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crossterm::event::{
    self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::SIGHUP;

use super::bytes::{Bytes, Found, Waits};
use super::desk::Herald;
use super::{Event, terminal};
use crate::app::burst;
use crate::app::effect::Msg;
use crate::app::keys::{Code, Key, Modifier};
use crate::app::mouse::Gesture;

/// How long an escape byte waits for what it may begin.
const ESCAPE: Duration = Duration::from_millis(8);
/// How long a sequence or a letter that is surely begun waits for its rest.
const REST: Duration = Duration::from_millis(100);
/// Keys that follow each other faster than this come at once, and most that are taken so.
const AT_ONCE: Duration = Duration::from_millis(20);
const MOST_AT_ONCE: usize = 1 << 17;
/// After how long a silence a paste without an end is over.
const SILENCE: Duration = Duration::from_secs(2);

/// The thread that reads keys.
pub struct Keys {
    /// A byte wakes the thread: one to rest, one to go on.
    bell: Option<PipeWriter>,
    rests: Receiver<()>,
}

impl Keys {
    /// Begins to read keys.
    #[must_use]
    pub fn listen(events: Sender<Event>, early: usize, herald: Herald) -> Self {
        let (resting, rests) = channel();
        // Without a pipe keys are read all the same, but not left to an editor.
        let (ear, bell) =
            std::io::pipe().map_or((None, None), |(ear, bell)| (Some(ear), Some(bell)));
        std::thread::spawn(move || read(&events, ear, &resting, early, &herald));
        Self { bell, rests }
    }

    /// Leaves the keys to somebody else; returns when nothing is read any more.
    pub fn pause(&self) {
        if self.ring() {
            // A thread that is gone reads nothing either.
            let _ = self.rests.recv();
        }
    }

    pub fn resume(&self) {
        self.ring();
    }

    fn ring(&self) -> bool {
        self.bell.as_ref().is_some_and(|mut bell| bell.write_all(b"!").is_ok())
    }
}

fn read(
    events: &Sender<Event>,
    mut ear: Option<PipeReader>,
    resting: &Sender<()>,
    mut early: usize,
    herald: &Herald,
) {
    let input = stdin();
    let mut bytes = Bytes::default();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let found = match wait(&input, ear.as_ref(), patience(bytes.waits())) {
            Ok(Came::Nothing) => bytes.give_up(),
            Ok(Came::Bell) => {
                let Some(ear) = &mut ear else { return };
                if rest(ear, resting).is_none() {
                    return;
                }
                continue;
            }
            Ok(Came::Bytes) => match rustix::io::read(&input, buffer.as_mut_slice()) {
                Ok(count) if count > 0 => {
                    herald.announce();
                    // They were there before anything was read, so one reading has all of them.
                    as_typed(&mut buffer[..count], std::mem::take(&mut early));
                    bytes.take(&buffer[..count])
                }
                Err(Errno::INTR | Errno::AGAIN) => continue,
                // The terminal has hung up, also when nobody sends the signal of it. A loop that is
                // gone needs no word.
                Ok(_) | Err(_) => return drop(events.send(Event::Stop(SIGHUP))),
            },
            Err(_) => return drop(events.send(Event::Stop(SIGHUP))),
        };
        for event in as_told(&input, &mut bytes, &mut buffer, found) {
            if events.send(event).is_err() {
                return;
            }
        }
    }
}

/// Enter as it was typed: a terminal that nobody had taken yet made a line feed of it.
fn as_typed(bytes: &mut [u8], early: usize) {
    for byte in bytes.iter_mut().take(early).filter(|byte| **byte == b'\n') {
        *byte = b'\r';
    }
}

/// What was read, as the program hears it. What may be a paste that nobody marked is read to its
/// end, so that it comes as one.
fn as_told(input: &Stdin, bytes: &mut Bytes, buffer: &mut [u8], first: Vec<Found>) -> Vec<Event> {
    let mut events: Vec<Event> = first.into_iter().flat_map(told).collect();
    while let Some(keys) = text_of(&events) {
        let more = match wait(input, None, Some(AT_ONCE)) {
            Ok(Came::Bytes) if keys.len() < MOST_AT_ONCE => rustix::io::read(input, &mut *buffer),
            Ok(_) | Err(_) => Ok(0),
        };
        match more {
            Ok(count) if count > 0 => {
                events.extend(bytes.take(&buffer[..count]).into_iter().flat_map(told));
            }
            Ok(_) | Err(_) => return vec![Event::Msg(Msg::Burst(keys))],
        }
    }
    events
}

/// The keys, when they are nothing else and read as text.
fn text_of(events: &[Event]) -> Option<Vec<Key>> {
    let key = |event: &Event| match event {
        Event::Msg(Msg::Key(key)) => Some(*key),
        _ => None,
    };
    let keys: Option<Vec<Key>> = events.iter().map(key).collect();
    keys.filter(|keys| burst::is_text(keys))
}

/// What has come for this thread.
enum Came {
    Bytes,
    Bell,
    /// What is begun is not gone on with.
    Nothing,
}

/// Sleeps until something has come, for ever when nothing is begun.
fn wait(
    input: &Stdin,
    ear: Option<&PipeReader>,
    patience: Option<Duration>,
) -> rustix::io::Result<Came> {
    let mut fds = vec![PollFd::new(input, PollFlags::IN)];
    fds.extend(ear.map(|ear| PollFd::new(ear, PollFlags::IN)));
    let until = patience.and_then(|patience| Timespec::try_from(patience).ok());
    loop {
        match poll(&mut fds, until.as_ref()) {
            Ok(0) => return Ok(Came::Nothing),
            Ok(_) => break,
            Err(Errno::INTR) => {}
            Err(error) => return Err(error),
        }
    }
    // Who wants the terminal goes before what it has to say.
    let rings = fds.get(1).is_some_and(|ear| !ear.revents().is_empty());
    Ok(if rings { Came::Bell } else { Came::Bytes })
}

fn patience(waits: Waits) -> Option<Duration> {
    match waits {
        Waits::Nothing => None,
        Waits::Escape => Some(ESCAPE),
        Waits::Rest => Some(REST),
        Waits::Paste => Some(SILENCE),
    }
}

/// Reads nothing until the bell rings again.
fn rest(ear: &mut PipeReader, resting: &Sender<()>) -> Option<()> {
    let mut byte = [0];
    ear.read_exact(&mut byte).ok()?;
    resting.send(()).ok()?;
    ear.read_exact(&mut byte).ok()
}

fn told(found: Found) -> Vec<Event> {
    match found {
        Found::Event(event) => message(event).into_iter().collect(),
        Found::Paste(text, 0) => vec![Event::Msg(Msg::Paste(text))],
        Found::Paste(text, left_out) => {
            let words =
                format!("the paste was too large: {} KB of it were left out", left_out >> 10);
            vec![Event::Msg(Msg::Paste(text)), Event::Msg(Msg::Say(words))]
        }
    }
}

fn message(found: event::Event) -> Option<Event> {
    let msg = match found {
        event::Event::Key(key) if key.kind == KeyEventKind::Press => Msg::Key(translate(key)?),
        // One that was left on by another program is not heard either.
        event::Event::Mouse(_) if !terminal::hears_mouse() => return None,
        event::Event::Mouse(mouse) => {
            return Some(Event::Mouse(gesture(mouse.kind)?, mouse.column, mouse.row));
        }
        event::Event::Paste(text) => Msg::Paste(text),
        event::Event::Resize(width, height) => Msg::Resize(width, height),
        _ => return None,
    };
    Some(Event::Msg(msg))
}

/// What the mouse did; `None` for what means nothing here.
fn gesture(kind: MouseEventKind) -> Option<Gesture> {
    match kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Gesture::Click),
        MouseEventKind::ScrollUp => Some(Gesture::WheelUp),
        MouseEventKind::ScrollDown => Some(Gesture::WheelDown),
        _ => None,
    }
}

/// The key as the program thinks of it; `None` for keys that mean nothing to it.
pub(super) fn translate(key: KeyEvent) -> Option<Key> {
    let modifier = match key.modifiers {
        held if held.contains(KeyModifiers::CONTROL) => Modifier::Ctrl,
        held if held.contains(KeyModifiers::ALT) => Modifier::Alt,
        _ => Modifier::None,
    };
    let code = match key.code {
        KeyCode::Char(letter) if modifier == Modifier::Ctrl => {
            Code::Char(letter.to_ascii_lowercase())
        }
        KeyCode::Char(letter) => Code::Char(letter),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::Function(number),
        _ => return None,
    };
    Some(Key { code, modifier })
}
