//! Keys, pastes and sizes from the terminal, on a thread of its own that can be paused while an
//! editor has the terminal. Only presses count; some systems send releases too.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use crossterm::event::{
    self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

use super::Event;
use crate::app::effect::Msg;
use crate::app::keys::{Code, Key, Modifier};
use crate::app::mouse::Gesture;

/// How long one look for keys takes; a pause is heeded within it.
const LOOK: Duration = Duration::from_millis(50);

/// The thread that reads keys.
pub struct Keys {
    paused: Arc<AtomicBool>,
    resting: Arc<AtomicBool>,
}

impl Keys {
    /// Begins to read keys.
    #[must_use]
    pub fn listen(events: Sender<Event>) -> Self {
        let paused = Arc::new(AtomicBool::new(false));
        let resting = Arc::new(AtomicBool::new(false));
        let keys = Self { paused: Arc::clone(&paused), resting: Arc::clone(&resting) };
        std::thread::spawn(move || read(&events, &paused, &resting));
        keys
    }

    /// Leaves the keys to somebody else; returns when nothing is read any more.
    pub fn pause(&self) {
        self.paused.store(true, Ordering::SeqCst);
        while !self.resting.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn resume(&self) {
        self.paused.store(false, Ordering::SeqCst);
    }
}

fn read(events: &Sender<Event>, paused: &AtomicBool, resting: &AtomicBool) {
    loop {
        if paused.load(Ordering::SeqCst) {
            resting.store(true, Ordering::SeqCst);
            std::thread::sleep(LOOK);
            continue;
        }
        resting.store(false, Ordering::SeqCst);
        match event::poll(LOOK) {
            Ok(false) => continue,
            Ok(true) => {}
            // A hang-up: the signal thread ends the program.
            Err(_) => return,
        }
        let Ok(found) = event::read() else { return };
        if let Some(event) = message(found)
            && events.send(event).is_err()
        {
            return;
        }
    }
}

fn message(found: event::Event) -> Option<Event> {
    let msg = match found {
        event::Event::Key(key) if key.kind == KeyEventKind::Press => Msg::Key(translate(key)?),
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
