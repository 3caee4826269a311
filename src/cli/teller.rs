//! How far long work is, told on standard error while somebody watches.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// How often progress is told.
const PAUSE: Duration = Duration::from_millis(200);

/// Tells the progress on standard error while somebody watches.
pub(super) struct Teller {
    watched: bool,
    told: Option<Instant>,
    start: Instant,
}

impl Teller {
    pub fn new() -> Self {
        Self { watched: std::io::stderr().is_terminal(), told: None, start: Instant::now() }
    }

    pub fn tell(&mut self, done: u64, all: u64) -> ControlFlow<()> {
        let now = Instant::now();
        let due = self.told.unwrap_or(self.start) + PAUSE;
        if self.watched && all > 0 && now >= due {
            self.told = Some(now);
            super::output::progress(done.saturating_mul(100) / all);
        }
        ControlFlow::Continue(())
    }

    pub fn end(&self) {
        if self.told.is_some() {
            super::output::progress_end();
        }
    }
}
