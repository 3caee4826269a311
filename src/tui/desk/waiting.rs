//! Where questions to the desk are put, and how many of them wait: what it asks ahead gives way to
//! them.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SendError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::app::effect::Effect;
use crate::ops::titles::Hush;
use crate::store::bulk::Breaker;

/// Puts questions to the desk.
pub(crate) struct Questions {
    inbox: Sender<Effect>,
    waiting: Waiting,
}

/// Takes them out again.
pub(super) struct Inbox {
    questions: Receiver<Effect>,
    waiting: Waiting,
}

/// Tells the desk that somebody is about to ask: what it does meanwhile must not keep a key from a
/// processor.
#[derive(Clone)]
pub(crate) struct Herald {
    waiting: Waiting,
    titles: Hush,
}

/// How many questions wait, and what is broken off for them.
#[derive(Clone, Default)]
pub(super) struct Waiting(Arc<Mutex<Queue>>);

#[derive(Default)]
struct Queue {
    length: usize,
    under_way: Option<Breaker>,
    /// Whether that was broken off for somebody who has asked nothing yet.
    is_announced: bool,
}

pub(super) fn open() -> (Questions, Inbox) {
    let ((inbox, questions), waiting) = (channel(), Waiting::default());
    (Questions { inbox, waiting: waiting.clone() }, Inbox { questions, waiting })
}

impl Questions {
    /// # Errors
    /// When the desk has ended.
    pub fn send(&self, effect: Effect) -> Result<(), SendError<Effect>> {
        let mut queue = self.waiting.queue();
        queue.length += 1;
        if let Some(breaker) = &queue.under_way {
            breaker.break_off();
        }
        drop(queue);
        self.inbox.send(effect)
    }
}

impl Herald {
    pub fn announce(&self) {
        self.titles.hush();
        let mut queue = self.waiting.queue();
        if let Some(breaker) = &queue.under_way {
            breaker.break_off();
            queue.is_announced = true;
        }
    }
}

impl Inbox {
    /// The next question, waited for no longer than this.
    pub fn next(&self, most: Duration) -> Result<Effect, RecvTimeoutError> {
        let taken = self.questions.recv_timeout(most);
        if taken.is_ok() {
            self.waiting.queue().length -= 1;
        }
        taken
    }

    pub fn waiting(&self) -> &Waiting {
        &self.waiting
    }

    /// What tells of whoever will ask here.
    pub fn herald(&self, titles: Hush) -> Herald {
        Herald { waiting: self.waiting.clone(), titles }
    }
}

impl Waiting {
    pub fn is_anybody(&self) -> bool {
        self.queue().length > 0
    }

    /// Whether somebody asked for something, or is about to.
    pub fn is_wanted(&self) -> bool {
        let queue = self.queue();
        queue.length > 0 || queue.is_announced
    }

    /// From now on whoever comes breaks off what is under way; nothing may begin where somebody waits
    /// already.
    pub fn breaks(&self, breaker: Breaker) -> bool {
        let mut queue = self.queue();
        queue.under_way = (queue.length == 0).then_some(breaker);
        queue.under_way.is_some()
    }

    /// What is under way from now on is waited for; whether somebody was announced before.
    pub fn breaks_nothing(&self) -> bool {
        let mut queue = self.queue();
        queue.under_way = None;
        std::mem::take(&mut queue.is_announced)
    }

    /// No count is left half done, whatever a thread was at when it ended.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
