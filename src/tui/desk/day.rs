//! The snapshot of the day, made beside the work: begun once nobody presses a key, and resting
//! between any two of its steps for as long as somebody does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::super::Event;
use crate::app::effect::Msg;
use crate::ops::Workspace;

/// How long nothing was asked before it is begun.
const SILENCE: Duration = Duration::from_secs(1);
/// How long it rests when something was asked since its last step.
const REST: Duration = Duration::from_millis(100);

/// Whether it is due, and what tells it that somebody works.
pub struct Day {
    state: State,
    asked: Instant,
    /// How often something was asked.
    questions: Arc<AtomicUsize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unchanged,
    Due,
    Begun,
}

impl Day {
    pub fn begin() -> Self {
        let questions = Arc::default();
        Self { state: State::Unchanged, asked: Instant::now(), questions }
    }

    /// Somebody asked for something.
    pub fn heard(&mut self) {
        self.asked = Instant::now();
        self.questions.fetch_add(1, Ordering::Relaxed);
    }

    /// Something was changed; the first change makes the snapshot due.
    pub fn changed(&mut self) {
        if self.state == State::Unchanged {
            self.state = State::Due;
        }
    }

    /// Begins it, if it is due and nobody asks; a failure is a banner. Whoever leaves before has it
    /// made at the end.
    pub fn keep(&mut self, workspace: &Workspace, events: &Sender<Event>) {
        if self.state != State::Due || self.asked.elapsed() < SILENCE {
            return;
        }
        self.state = State::Begun;
        let events = events.clone();
        let fail = move |why: String| {
            // A program that has ended needs no banner.
            let _ = events.send(Event::Msg(Msg::Banner(Some(why))));
        };
        let rests = rests(Arc::clone(&self.questions));
        match workspace.daily_snapshot() {
            Ok(None) => {}
            Ok(Some(due)) => {
                std::thread::spawn(move || {
                    if let Err(error) = due.run(rests) {
                        fail(format!("no snapshot of today: {error}"));
                    }
                });
            }
            Err(error) => fail(format!("no snapshot of today: {}", error.what())),
        }
    }
}

/// What happens between two steps: nothing, unless something was asked since the last one.
fn rests(questions: Arc<AtomicUsize>) -> impl FnMut() {
    let mut known = questions.load(Ordering::Relaxed);
    move || loop {
        let now = questions.load(Ordering::Relaxed);
        if now == known {
            return;
        }
        known = now;
        std::thread::sleep(REST);
    }
}
