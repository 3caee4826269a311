//! What the days of a command line are read against: today, the plan that runs, the fiscal year. The
//! workspace is opened for it only where a word may mean one of these.

use chrono::NaiveDate;

use crate::domain::day::Calendar;
use crate::ops::Result;

use super::invocation::Invocation;

impl Invocation<'_> {
    /// What relative dates are read against.
    ///
    /// # Errors
    /// When the configuration is wrong.
    pub fn calendar(&self) -> Result<Calendar> {
        Ok(Calendar {
            today: self.clock.today(),
            fiscal_start_month: self.fiscal_start()?,
            plan_start: self.plan_start(),
        })
    }

    /// The first month of the fiscal year: of the workspace, else as configured.
    fn fiscal_start(&self) -> Result<u32> {
        let is_quarter = |word: &str| {
            let word = word.to_lowercase();
            let numbered = |at: usize| word[at + 1..].starts_with(['1', '2', '3', '4']);
            word.contains("eoq")
                || word.contains("quarter")
                || word.match_indices('q').any(|(at, _)| numbered(at))
        };
        let configured = self.config()?.fiscal_year_start;
        if !is_said(is_quarter) {
            return Ok(configured);
        }
        let own = self.workspace().ok().and_then(|workspace| workspace.own_fiscal().ok()?);
        Ok(own.unwrap_or(configured))
    }

    /// Day 1 of the active plan; looked for only where a day of it, or a file of lines, may be meant.
    fn plan_start(&self) -> Option<NaiveDate> {
        let is_day = |word: &str| {
            word.to_lowercase()
                .match_indices("day")
                .any(|(at, _)| word[at + 3..].starts_with(|next: char| next.is_ascii_digit()))
        };
        if !is_said(is_day) {
            return None;
        }
        let head = self.workspace().ok()?.plan_head().ok()??;
        Some(head.start)
    }
}

/// Whether a word of the command line is so, or may be read from a file of lines.
fn is_said(is: impl Fn(&str) -> bool) -> bool {
    std::env::args().skip(1).any(|word| word == "-" || is(&word))
}
