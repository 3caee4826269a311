//! How fast titles are read ahead: with rests while somebody works, and without once they are waited
//! for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a rest is: until a key is drawn.
const REST: Duration = Duration::from_millis(8);

/// What tells the thread that reads ahead how things stand.
#[derive(Default)]
pub(super) struct Pace {
    reader: Option<JoinHandle<()>>,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    /// How often something was asked.
    questions: AtomicUsize,
    /// Whether the titles are waited for.
    is_wanted: AtomicBool,
}

impl Seen {
    fn lets_rest(&self, known: &AtomicUsize) -> bool {
        let now = self.questions.load(Ordering::SeqCst);
        known.swap(now, Ordering::SeqCst) != now && !self.is_wanted.load(Ordering::SeqCst)
    }
}

/// What makes whoever reads ahead rest a moment; for another thread.
#[derive(Clone)]
pub struct Hush(Arc<Seen>);

impl Hush {
    /// Somebody asked for something, or is about to.
    pub fn hush(&self) {
        self.0.questions.fetch_add(1, Ordering::SeqCst);
    }
}

impl Pace {
    /// What the thread calls now and then: a rest when something was asked since the last one, and the
    /// processor for whoever wants it.
    pub fn rests(&self) -> impl Fn() + use<> {
        let seen = Arc::clone(&self.seen);
        seen.is_wanted.store(false, Ordering::SeqCst);
        let known = AtomicUsize::new(seen.questions.load(Ordering::SeqCst));
        move || {
            if seen.lets_rest(&known) {
                std::thread::park_timeout(REST);
            }
            if !seen.is_wanted.load(Ordering::SeqCst) {
                std::thread::yield_now();
            }
        }
    }

    pub fn is_of(&mut self, reader: JoinHandle<()>) {
        self.reader = Some(reader);
    }

    /// Whether titles are being read.
    pub fn is_reading(&self) -> bool {
        self.reader.as_ref().is_some_and(|reader| !reader.is_finished())
    }

    pub fn hush(&self) -> Hush {
        Hush(Arc::clone(&self.seen))
    }

    /// The titles are waited for, until others are read ahead.
    pub fn hurry(&self) {
        self.seen.is_wanted.store(true, Ordering::SeqCst);
        if let Some(reader) = &self.reader {
            reader.thread().unpark();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rests_when_somebody_asked_and_not_once_it_is_waited_for() {
        let (pace, known) = (Pace::default(), AtomicUsize::new(0));
        drop(pace.rests());
        assert!(!pace.seen.lets_rest(&known));
        pace.hush().hush();
        assert!(pace.seen.lets_rest(&known));
        assert!(!pace.seen.lets_rest(&known));
        pace.hush().hush();
        pace.hurry();
        assert!(!pace.seen.lets_rest(&known));
    }
}
