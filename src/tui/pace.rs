//! The pace of the loop: how long it waits, for what, and when what is typed is kept.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::drafts::Keeper;
use super::{End, Event, Shell};
use crate::app::effect::Msg;

/// How long a chord may wait before its continuations are shown.
const PAUSE: Duration = Duration::from_millis(300);
/// How long a draw waits for the answer to what a key asked, so that both are one picture.
const PATIENCE: Duration = Duration::from_millis(12);

impl Shell<'_> {
    /// Waits for the next event; a begun chord is told when nobody goes on.
    pub(super) fn next(&mut self, inbox: &Receiver<Event>) -> std::result::Result<Event, End> {
        loop {
            let waits = !self.model.pending.is_empty() && !self.model.hint_pending;
            let begun = waits.then(|| *self.begun.get_or_insert_with(Instant::now));
            self.begun = begun;
            let pause = begun.map(|begun| begun + PAUSE);
            let due = self.keeper.as_ref().and_then(Keeper::due);
            let Some(until) = pause.into_iter().chain(due).min() else {
                return inbox.recv().map_err(|_| End::Quit);
            };
            match inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => return Ok(event),
                Err(RecvTimeoutError::Disconnected) => return Err(End::Quit),
                Err(RecvTimeoutError::Timeout) if pause == Some(until) => {
                    return Ok(Event::Msg(Msg::Pause));
                }
                Err(RecvTimeoutError::Timeout) => self.keep(),
            }
        }
    }

    /// Keeps what is typed and not saved.
    pub(super) fn keep(&mut self) {
        if let Some(why) = self.keeper.as_mut().and_then(|keeper| keeper.keep(&self.model)) {
            self.post(Msg::Say(why));
        }
    }

    /// After anything that happened.
    pub(super) fn notice(&mut self) {
        self.guard.look(&self.model, Instant::now());
        let Some(keeper) = &mut self.keeper else { return };
        keeper.noticed(&self.model);
        if keeper.due().is_some_and(|due| due <= Instant::now()) {
            self.keep();
        }
    }

    /// Takes what has come meanwhile, and waits a moment for answers that are on their way, so
    /// that a key and its answer are drawn once.
    pub(super) fn gather(&mut self, inbox: &Receiver<Event>) -> Option<End> {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = if self.under_way == 0 {
                Duration::ZERO
            } else {
                until.saturating_duration_since(Instant::now())
            };
            let Ok(event) = inbox.recv_timeout(left) else { return None };
            if let Some(end) = self.take(event) {
                return Some(end);
            }
        }
    }
}
