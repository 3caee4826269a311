//! The pace of the loop: how long it waits, for what, and when what is typed is kept.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::drafts::Keeper;
use super::{End, Event, Shell};
use crate::app::draft::Unsaved;
use crate::app::effect::{Effect, Load, Msg};
use crate::app::message::Tone;
use crate::app::update;

/// How long a chord may wait before its continuations are shown.
const PAUSE: Duration = Duration::from_millis(300);
/// How long a draw waits for the answer to what a key asked, so that both are one picture.
const PATIENCE: Duration = Duration::from_millis(12);

/// How long a picture has the machine to itself, until whoever shows it has taken it: what comes from a
/// program that goes on at once, is seen only once that rests.
const BREATH: Duration = Duration::from_millis(5);
/// The same for the first picture, behind which keys are waited for.
const FIRST_BREATH: Duration = Duration::from_micros(500);

/// How long nobody is told that an answer does not come.
const HELD_UP: Duration = Duration::from_secs(2);

/// What is waited for from the desk.
#[derive(Debug, Clone, Copy)]
pub(super) enum Waiting {
    /// An answer, since then.
    For(Option<Instant>),
    /// It was told that it does not come.
    Told,
}

/// Who waits for the answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    Picture,
    Nobody,
}

/// What nobody waits for, until the picture was seen.
#[derive(Debug, Default)]
pub(super) struct Later {
    effects: Vec<Effect>,
    due: Option<Instant>,
}

impl Later {
    /// What asks for the same as an earlier one takes its place.
    pub fn put_off(&mut self, effect: Effect) {
        self.effects.retain(|one| match (one, &effect) {
            (
                Effect::Load(Load::More { place, .. }),
                Effect::Load(Load::More { place: now, .. }),
            ) => place != now,
            (one, effect) => one != effect,
        });
        self.effects.push(effect);
    }

    /// When it is done, counted from the first time that this is asked.
    fn due(&mut self) -> Option<Instant> {
        let due =
            (!self.effects.is_empty()).then(|| self.due.unwrap_or_else(|| Instant::now() + BREATH));
        self.due = due;
        due
    }

    fn take(&mut self) -> Vec<Effect> {
        self.due = None;
        std::mem::take(&mut self.effects)
    }
}

/// Lets the first picture be taken by whoever shows it.
pub(super) fn rest() {
    std::thread::sleep(FIRST_BREATH);
}

impl Shell<'_> {
    /// Asks the desk, or tells it something.
    pub(super) fn ask(&mut self, effect: Effect) {
        let waits = match &effect {
            Effect::Follow(_) | Effect::Ahead(_) | Effect::LineUp => None,
            _ if effect.is_waited_for() => Some(Wait::Picture),
            _ => Some(Wait::Nobody),
        };
        // Without the desk the next question tells.
        if self.desk.send(effect).is_ok() {
            self.under_way.extend(waits);
        }
    }

    /// Waits for the next event; a begun chord is told when nobody goes on.
    pub(super) fn next(&mut self, inbox: &Receiver<Event>) -> std::result::Result<Event, End> {
        loop {
            let waits = !self.model.pending.is_empty() && !self.model.hint_pending;
            let begun = waits.then(|| *self.begun.get_or_insert_with(Instant::now));
            self.begun = begun;
            let pause = begun.map(|begun| begun + PAUSE);
            let due = self.keeper.as_ref().and_then(Keeper::due);
            let held = self.held_up();
            let looks = self.keeper.as_ref().and_then(Keeper::looks);
            let later = self.later.due();
            let all = [pause, due, held, looks, later];
            let Some(until) = all.into_iter().flatten().min() else {
                return inbox.recv().map_err(|_| End::Quit);
            };
            match inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => return Ok(event),
                Err(RecvTimeoutError::Disconnected) => return Err(End::Quit),
                Err(RecvTimeoutError::Timeout) if pause == Some(until) => {
                    return Ok(Event::Msg(Msg::Pause));
                }
                Err(RecvTimeoutError::Timeout) if held == Some(until) => {
                    self.waiting = Waiting::Told;
                    let words =
                        "not done yet: the workspace is busy; another program may be writing";
                    return Ok(Event::Msg(Msg::Tell(words.to_owned(), Tone::Plain)));
                }
                Err(RecvTimeoutError::Timeout) if later == Some(until) => {
                    for effect in self.later.take() {
                        self.ask(effect);
                    }
                }
                Err(RecvTimeoutError::Timeout) if looks == Some(until) => {
                    return Ok(Event::Msg(Msg::Unsaved(self.left_since())));
                }
                Err(RecvTimeoutError::Timeout) => self.keep(),
            }
        }
    }

    /// When it is told that an answer does not come; never while an import tells how far it is.
    fn held_up(&mut self) -> Option<Instant> {
        if self.under_way.is_empty() || self.model.progress.is_some() {
            self.waiting = Waiting::For(None);
        }
        match &mut self.waiting {
            Waiting::For(since) if !self.under_way.is_empty() => {
                Some(*since.get_or_insert_with(Instant::now) + HELD_UP)
            }
            Waiting::For(_) | Waiting::Told => None,
        }
    }

    /// Takes what a question was answered with.
    pub(super) fn hear(&mut self, msgs: Vec<Msg>) -> Option<End> {
        let answered = self.under_way.pop_front();
        self.is_seen &= answered == Some(Wait::Nobody);
        self.waiting = Waiting::For(None);
        self.model.now = Some(self.clock.local().time());
        for msg in msgs {
            let effects = update::update(&mut self.model, msg);
            self.notice();
            if let Some(end) = self.perform(effects) {
                return Some(end);
            }
        }
        None
    }

    /// What was left by programs that had typed texts at the start and have ended since.
    pub(super) fn left_since(&mut self) -> Vec<Unsaved> {
        self.keeper.as_mut().map(Keeper::recover_again).unwrap_or_default()
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
            let left = if self.under_way.contains(&Wait::Picture) {
                until.saturating_duration_since(Instant::now())
            } else {
                Duration::ZERO
            };
            let Ok(event) = inbox.recv_timeout(left) else { return None };
            if let Some(end) = self.take(event) {
                return Some(end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_off_is_due_once_after_a_breath_and_nothing_is_due_then() {
        let mut later = Later::default();
        assert_eq!(later.due(), None);
        later.put_off(Effect::LineUp);
        let (begun, due) = (Instant::now(), later.due());
        assert!(due.is_some_and(|due| due >= begun + BREATH));
        later.put_off(Effect::Ahead(Vec::new()));
        later.put_off(Effect::LineUp);
        assert_eq!(later.due(), due, "whoever goes on does not put it off for ever");
        assert_eq!(later.take(), [Effect::Ahead(Vec::new()), Effect::LineUp]);
        assert_eq!(later.due(), None);
    }
}
