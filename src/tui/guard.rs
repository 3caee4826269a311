//! Keys that were on their way when a question opened were meant for something else: for a moment
//! they are not heard.

use std::time::{Duration, Instant};

use crate::app::model::Model;
use crate::app::popup::Popup;

/// How long a question that may lose something is deaf.
const DEAF: Duration = Duration::from_millis(150);

/// Since when such a question stands on the screen.
#[derive(Debug, Default)]
pub struct Guard {
    since: Option<Instant>,
}

impl Guard {
    /// Looks at the screen after something happened.
    pub fn look(&mut self, model: &Model, now: Instant) {
        let asks = model.is_asking() || matches!(model.popups.last(), Some(Popup::Conflict(_)));
        self.since = if asks { Some(self.since.unwrap_or(now)) } else { None };
    }

    /// Whether a key that comes now is not heard.
    #[must_use]
    pub fn is_deaf(&self, now: Instant) -> bool {
        self.since.is_some_and(|since| now.saturating_duration_since(since) < DEAF)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::choices::confirm;
    use crate::app::model::About;
    use crate::app::popup::{Popup, Risk};
    use crate::domain::day::Calendar;

    #[test]
    fn a_question_hears_nothing_for_a_moment_and_then_all() {
        let today = "2026-05-06".parse().unwrap();
        let calendar = Calendar { today, fiscal_start_month: 1, plan_start: None };
        let mut model = Model::new(About::default(), calendar, (80, 24));
        let (mut guard, start) = (Guard::default(), Instant::now());
        guard.look(&model, start);
        assert!(!guard.is_deaf(start));
        let menu = confirm("Purge d1?", "keep it", ("purge", Risk::Purge(Vec::new())));
        model.popups.push(Popup::Menu(menu));
        guard.look(&model, start);
        assert!(guard.is_deaf(start + Duration::from_millis(149)));
        guard.look(&model, start + Duration::from_millis(140));
        assert!(!guard.is_deaf(start + Duration::from_millis(150)), "looking again starts nothing");
        model.popups.clear();
        guard.look(&model, start + Duration::from_millis(1));
        assert!(!guard.is_deaf(start + Duration::from_millis(2)));
    }
}
