//! Keys and pastes from the terminal, on a thread of its own that sleeps until there are some, and
//! can be paused while an editor has the terminal. Only presses count; some systems send releases
//! too. The terminal's end is seen here, also when nobody sends a signal: crossterm would look for
//! keys for ever.

use std::fs::File;
use std::io::{self, IsTerminal, PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsFd;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossterm::event::{
    self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use signal_hook::consts::SIGHUP;

use super::Event;
use crate::app::effect::Msg;
use crate::app::keys::{Code, Key, Modifier};
use crate::app::mouse::Gesture;

/// How long one look for keys takes where nothing better is to be had.
const LOOK: Duration = Duration::from_millis(500);

/// The thread that reads keys.
pub struct Keys {
    turn: Arc<Turn>,
    /// What is written here wakes the thread.
    wake: Option<PipeWriter>,
}

/// Who has the terminal.
#[derive(Default)]
struct Turn {
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Reading,
    /// Somebody wants the terminal.
    Asked,
    Resting,
    /// Nothing is read any more.
    Over,
}

impl Turn {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A state is set at once, so that it is never half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, state: State) {
        *self.lock() = state;
        self.moved.notify_all();
    }

    fn wait_until(&self, reached: impl Fn(State) -> bool) {
        let mut state = self.lock();
        while !reached(*state) {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn rest(&self) {
        if *self.lock() == State::Asked {
            self.set(State::Resting);
            self.wait_until(|state| state == State::Reading);
        }
    }
}

impl Keys {
    /// Begins to read keys.
    #[must_use]
    pub fn listen(events: Sender<Event>) -> Self {
        let turn = Arc::new(Turn::default());
        let Ok((woken, wake)) = io::pipe() else {
            turn.set(State::Over);
            return Self { turn, wake: None };
        };
        let own = Arc::clone(&turn);
        std::thread::spawn(move || {
            read(&events, &own, woken);
            own.set(State::Over);
        });
        Self { turn, wake: Some(wake) }
    }

    /// Leaves the keys to somebody else; returns when nothing is read any more.
    pub fn pause(&mut self) {
        if *self.turn.lock() == State::Over {
            return;
        }
        self.turn.set(State::Asked);
        if let Some(wake) = &mut self.wake {
            // The thread holds the other end; when it has gone, its state says so.
            let _ = wake.write_all(&[0]);
        }
        self.turn.wait_until(|state| matches!(state, State::Resting | State::Over));
    }

    pub fn resume(&self) {
        if *self.turn.lock() == State::Resting {
            self.turn.set(State::Reading);
        }
    }
}

/// What has come for this thread.
enum Came {
    Keys,
    Wake,
    HangUp,
    /// This system cannot wait for a terminal together with something else.
    Unknown,
}

fn read(events: &Sender<Event>, turn: &Turn, mut woken: PipeReader) {
    let terminal: Box<dyn AsFd> = if io::stdin().is_terminal() {
        Box::new(io::stdin())
    } else {
        let Ok(file) = File::open("/dev/tty") else { return };
        Box::new(file)
    };
    loop {
        match wait(&*terminal, &woken) {
            Ok(Came::Keys) => {}
            Ok(Came::Unknown) => drop(event::poll(LOOK)),
            Ok(Came::Wake) => {
                if woken.read_exact(&mut [0]).is_err() {
                    return;
                }
                turn.rest();
                continue;
            }
            // Whoever listens ends the program; when nobody does, it ends already.
            Ok(Came::HangUp) | Err(_) => return drop(events.send(Event::Stop(SIGHUP))),
        }
        while let Ok(true) = event::poll(Duration::ZERO) {
            let Ok(found) = event::read() else { return };
            if let Some(event) = message(found)
                && events.send(event).is_err()
            {
                return;
            }
        }
    }
}

/// Sleeps until something has come.
fn wait(terminal: &dyn AsFd, woken: &PipeReader) -> io::Result<Came> {
    let mut both = [
        PollFd::from_borrowed_fd(terminal.as_fd(), PollFlags::IN),
        PollFd::new(woken, PollFlags::IN),
    ];
    loop {
        match poll(&mut both, None) {
            Ok(_) => break,
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let (terminal, woken) = (both[0].revents(), both[1].revents());
    Ok(if terminal.intersects(PollFlags::HUP | PollFlags::ERR) {
        Came::HangUp
    } else if !woken.is_empty() {
        Came::Wake
    } else if terminal.contains(PollFlags::NVAL) {
        Came::Unknown
    } else {
        Came::Keys
    })
}

fn message(found: event::Event) -> Option<Event> {
    let msg = match found {
        event::Event::Key(key) if key.kind == KeyEventKind::Press => Msg::Key(translate(key)?),
        event::Event::Mouse(mouse) => {
            return Some(Event::Mouse(gesture(mouse.kind)?, mouse.column, mouse.row));
        }
        event::Event::Paste(text) => Msg::Paste(text),
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
fn translate(key: KeyEvent) -> Option<Key> {
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
